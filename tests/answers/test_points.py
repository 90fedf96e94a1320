"""Sets of points: ways of writing them, free parameters, decimals, credit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import ImmutableMatrix, Symbol

from autograder import Level, Points, Question, Source, Wrong, declare
from autograder.errors import AuthorError
from autograder.verdict import Word
from tests.course.judged import judge

TABLE = declare("x, y, z, k > 0")
ALONE = "(1, 2, 3)"


def question(*key: object, wrong: tuple[Wrong, ...] = (), level: Level = Level.COUNTEREXAMPLE) -> Question:
    answer = Points(coordinates=("x", "y", "z"), key=key or ("(0, y, 2*y)", "(1, 2, 3)", "(sqrt(2), 0, 0)"))
    return Question(
        id="1",
        title="T",
        points=3,
        prompt="P",
        source=Source("D", "1"),
        answer=answer,
        symbols=TABLE,
        wrong=wrong,
        level=level,
    )


LINE = question("(0, y, 2*y)")


@pytest.mark.parametrize(
    "typed",
    [
        "(0, y, 2y)",
        "(0, t, 2t)",
        "(0, s/2, s)",
        "(0, 1 - t, 2 - 2t)",
        "(0, t^3, 2 t^3)",
        "[0, y, 2*y]",
        ["0", "y", "2*y"],
        ["(0, y, 2y)"],
        [["0", "y", "2y"]],
        "{(0, y, 2y)}",
        "{(0, y, 2y) : y in R}",
        r"\{(0, y, 2y) \mid y \in \mathbb{R}\}",
        r"\left(0, t, 2t\right), t \in \mathbb{R}",
        "(0, y, 2y) for all y",
        "(0, y, 2y) for every real y",
        "(0, t, 2t) with t ∈ ℝ",
        "(0, y, 2y), y free",
        "(0, y, 2y) where y is arbitrary",
        "(x, y, z) = (0, y, 2y)",
        "(x, y, z) = (0, t, 2t), t ∈ R",
        "x = 0, z = 2y",
        "x = 0 and z = 2*y",
        "x = 0, z = 2y, y free",
        "x = 0, y arbitrary, z = 2y",
        "x = 0, y is free, z = 2y",
        "y free, x = 0, z = 2y",
        "x = y - y, y free, z = 2y",
        "x = 0, y = t, z = 2t",
        {"x": "0", "z": "2*y"},
        {"the line": "(0, y, 2y)"},
        "(0, y, 2y)^T",
        r"\begin{pmatrix} 0 \\ y \\ 2y \end{pmatrix}",
        "[0; y; 2y]",
        "Matrix([0, y, 2*y])",
        ["(0, y, 2y)", "(0, 1, 2)", "(0, y, 2y)"],
    ],
)
def test_a_line_in_many_spellings(typed):
    """Tuples, sets, equations, columns and words for a free parameter all mean the same line."""
    verdict = judge(LINE, typed)
    assert (verdict.word, verdict.credit) == (Word.OK, 1), verdict.feedback


@pytest.mark.parametrize(
    "typed",
    [
        "(0, y, y)",
        "x = 0, y arbitrary, z = 0",
        "x = 0, y free, z free",
        "y free, z = 2y",
        "(0, t^2, 2t^2)",
        "(0, t, 2s)",
        "(y, y, 2y)",
        "(0, 1, 2)",
        "(0, y, z)",
        "(x, y, z)",
        "(0, k, 2k)",
        "y = 0",
    ],
)
def test_what_is_not_the_line(typed):
    """Other lines, half lines, planes and single points are not the line; a declared symbol is no free parameter."""
    assert judge(LINE, typed).word is Word.NOT_YET


@pytest.mark.parametrize("typed", ["(0, exp(t), 2*exp(t))", "(0, tan(t), 2*tan(t))", "(0, t^99999999, 2*t^99999999)"])
def test_a_parameter_whose_range_is_not_told(typed):
    """A parametrisation that is no polynomial of moderate degree is left to a person."""
    assert judge(LINE, typed).word is Word.UNDECIDED


@pytest.mark.parametrize(
    ("typed", "error"),
    [("(0, y)", "WrongKind"), ("y^2", "WrongKind"), ("(0, y, foo)", "UnknownName"), ("(0, y, 2y) for y > 0", "WrongKind"),
     ("x < 0", "WrongKind"), ("(0, , 1)", None)],
)  # fmt: skip
def test_what_cannot_be_read(typed, error):
    """What is no point of three coordinates is unreadable, and the place is shown."""
    verdict = judge(LINE, typed)
    assert verdict.word is Word.UNREADABLE
    assert error is None or error in verdict.staff
    assert "^" in verdict.feedback[1]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("(1.414, 0, 0)", Word.OK),
        ("(1.42, 0, 0)", Word.OK),
        ("(1.43, 0, 0)", Word.NOT_YET),
        ("(-1.414, 0, 0)", Word.NOT_YET),
        ("(2^(1/2), 0, 0)", Word.OK),
        ("(2/sqrt(2), 0, 0)", Word.OK),
        ("(1, 0, 0)", Word.NOT_YET),
        ("(1.414, 0.001, 0)", Word.NOT_YET),
        ("(7/5, 0, 0)", Word.NOT_YET),
    ],
)
def test_decimals(typed, word):
    """A decimal may be off by one per cent of the number; a fraction is meant exactly, and 0 has no rounding."""
    assert judge(question("(sqrt(2), 0, 0)"), typed).word is word


@pytest.mark.parametrize(
    ("typed", "credit"),
    [
        (["(0, t, 2t)", ALONE, "(1.414, 0, 0)"], Fraction(1)),
        (["(1.414, 0, 0)", ALONE, "(0, t, 2t)"], Fraction(1)),
        (["(0, t, 2t)", ALONE], Fraction(2, 3)),
        (["(0, t, 2t)", ALONE, "(5, 5, 5)"], Fraction(2, 3)),
        (["(0, t, 2t)", ALONE, "(1.414, 0, 0)", "(5, 5, 5)"], Fraction(2, 3)),
        ([ALONE, "(5, 5, 5)", "(6, 6, 6)", "(7, 7, 7)"], Fraction(0)),
        ([ALONE, ALONE, ALONE], Fraction(1, 3)),
        (["(0, 1, 2)"], Fraction(0)),
    ],
)
def test_credit(typed, credit):
    """The share that is found; a stranger costs once there are more of them than points still missing."""
    assert judge(question(), typed).credit == credit


@pytest.mark.parametrize(
    "typed", ["x = y/2, y = 2z/3, z = 3", "z = 3, y = 2z/3, x = y/2", "y = 2z/3, x = y/2, z = x + 2*1"]
)
def test_equations_that_need_each_other(typed):
    """Values are put in until nothing is left to put in; a circle stays open and is no point."""
    assert (judge(question(ALONE), typed).word is Word.OK) is ("x + 2" not in typed)


def test_a_misconception_is_a_whole_set():
    """A rule fires for exactly its own set, and says its sentence."""
    rule = Wrong("line-missed", (ALONE,), "What if x is 0?", Fraction(1, 4))
    asked = question("(0, y, 2*y)", ALONE, wrong=(rule,))
    verdict = judge(asked, ALONE)
    assert (verdict.misconception, verdict.credit, verdict.feedback) == (
        "line-missed",
        Fraction(1, 4),
        ("What if x is 0?",),
    )
    assert judge(asked, [ALONE, "(9, 9, 9)"]).misconception is None


def test_feedback_names_a_stranger_and_a_part_of_a_line():
    """A point that does not belong is shown, and one that could move is asked about; the key is not."""
    verdict = judge(question(), ["(0, 1, 2)", "(5, 5, 5)"])
    assert verdict.feedback == (
        "0 of the 3 points or families of points are there.",
        "(5, 5, 5) does not belong to the set: put it into the condition.",
        "(0, 1, 2) belongs to it, but is it alone? Which coordinate could move?",
    )
    assert len(judge(question(level=Level.VERDICT), ["(5, 5, 5)"]).feedback) == 1


def test_keys_from_sympy():
    """A key may be a column of SymPy expressions."""
    y = Symbol("y", real=True)
    assert judge(question(ImmutableMatrix([0, y, 2 * y])), "(0, t, 2t)").word is Word.OK


def test_a_key_that_is_no_point():
    """An author's key of the wrong size, or a line without a coordinate of its own, is the author's error."""
    with pytest.raises(AuthorError, match="no point with 3 coordinates"):
        judge(question("(0, 1)"), ALONE)
    with pytest.raises(AuthorError, match="stand for itself"):
        judge(question("(0, t, 2*t)"), "(0, t, 2*t)")
