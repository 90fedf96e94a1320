"""Vectors and matrices that are typed out: shapes, names, and credit entry by entry."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder import Entries, Level, Question, Source, Wrong, declare
from autograder.verdict import Word
from tests.course.judged import judge

TABLE = declare("x, y")


def question(
    key: str, *, by: tuple[str, ...] = (), level: Level = Level.COUNTEREXAMPLE, wrong: tuple[Wrong, ...] = ()
) -> Question:
    return Question(
        id="1", title="T", points=3, prompt="P", source=Source("D", "1"), answer=Entries(key, by=by), symbols=TABLE,
        level=level, wrong=wrong,
    )  # fmt: skip


VECTOR = question("[2*x, y^2, 3]", by=("a", "b", "c"))
MATRIX = question("[[2*x, y], [y, 0]]")


@pytest.mark.parametrize(
    "typed",
    [
        "[2x, y^2, 3]", "(2x, y^2, 3)", "2x, y^2, 3", "[2x; y^2; 3]", "[2x, y^2, 3]^T", "[2x; y^2; 3]^T", ["2*x", "y**2", "3"],
        [["2*x"], ["y**2"], ["3"]], [["2*x", "y**2", "3"]], {"a": "2x", "b": "y^2", "c": "3"}, {"c": "3", "b": "y^2", "a": "2x"},
        r"\begin{bmatrix} 2x \\ y^2 \\ 3 \end{bmatrix}", r"\begin{pmatrix} 2x & y^2 & 3 \end{pmatrix}", "Matrix([2*x, y**2, 3])",
        "np.array([2*x, y**2, 3])", "[x + x, y*y, 6/2]",
    ],
)  # fmt: skip
def test_a_vector_in_many_spellings(typed):
    """Rows, columns, lists, dicts by variable, LaTeX and NumPy say the same vector."""
    verdict = judge(VECTOR, typed)
    assert verdict.word is Word.OK, verdict.feedback


@pytest.mark.parametrize(
    "typed",
    ["[[2x, y], [y, 0]]", [["2x", "y"], ["y", "0"]], "[2x, y; y, 0]", r"\begin{bmatrix} 2x & y \\ y & 0 \end{bmatrix}",
     "Matrix([[2*x, y], [y, 0]])", "[[2x, y], [y, 0]]^T"],
)  # fmt: skip
def test_a_matrix_in_many_spellings(typed):
    """Lists of rows, semicolons, LaTeX and SymPy say the same matrix."""
    assert judge(MATRIX, typed).word is Word.OK


@pytest.mark.parametrize(
    ("asked", "typed", "credit", "said"),
    [
        (VECTOR, "[2x, y^2, 4]", Fraction(2, 3), "2 of 3 entries are right; look again at 3."),
        (VECTOR, "[2x; y; 4]", Fraction(1, 3), "1 of 3 entries are right; look again at 2, 3."),
        (VECTOR, {"a": "2x", "b": "y", "c": "3"}, Fraction(2, 3), "2 of 3 entries are right; look again at 2."),
        (MATRIX, "[[2x, y], [x, 0]]", Fraction(3, 4), "3 of 4 entries are right; look again at (2, 1)."),
    ],
)
def test_credit_is_exact_for_each_entry(asked, typed, credit, said):
    """Each entry has its share, and those that are off are named by their place."""
    verdict = judge(asked, typed)
    assert (verdict.word, verdict.credit, verdict.feedback[0]) == (Word.NOT_YET, credit, said)


@pytest.mark.parametrize(
    "typed", ["[1, 1]", "3", "[[2x, y^2], [3, 0]]", "[0, 0, 0]", "[y^2, 3, 2x]", "[[2x, y^2, 3], [0, 0, 0]]"]
)
def test_other_shapes_and_all_wrong_earn_nothing(typed):
    """Without a single right entry, or in another shape, there is no credit."""
    verdict = judge(VECTOR, typed)
    assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)


@pytest.mark.parametrize(
    "typed",
    [
        "df/da = 2x, df/db = y^2, df/dc = 3",
        "df/dc = 3, df/da = 2x, df/db = y^2",
        ["∂f/∂a = 2x", "∂f/∂b = y^2", "∂f/∂c = 3"],
        r"\frac{\partial f}{\partial a} = 2x, \frac{\partial f}{\partial b} = y^2, \frac{\partial f}{\partial c} = 3",
        "f_a = 2x; f_b = y^2; f_c = 3",
        "a = 2x\nb = y^2\nc = 3",
    ],
)
def test_entries_with_their_derivatives_in_front(typed):
    """Entries that say which partial derivative they are may come in any order."""
    assert judge(VECTOR, typed).word is Word.OK


def test_entries_with_one_derivative_missing():
    """When a variable is missing, the entries are not matched by guessing."""
    assert judge(VECTOR, "df/da = 2x, df/db = y^2, df/db = 3").word is not Word.OK


def test_a_dict_with_a_missing_name():
    """A missing name is told."""
    verdict = judge(VECTOR, {"a": "2x", "b": "y^2"})
    assert (verdict.word, verdict.feedback) == (
        Word.UNREADABLE,
        ("Give each of a, b, c under its name; c is missing.",),
    )


def test_a_dict_where_no_names_are_declared():
    """A matrix has no names; a list is asked for."""
    assert judge(MATRIX, {"a": "1"}).feedback == ("Write the entries as a list, such as [a, b].",)


def test_a_rule_comes_before_the_entries():
    """A misconception keeps its own credit and sentence."""
    rule = Wrong("power-kept", "[2*x, y, 3]", "Differentiate y^2 again.", Fraction(1, 4))
    verdict = judge(question("[2*x, y^2, 3]", wrong=(rule,)), "[2x, y, 3]")
    assert (verdict.misconception, verdict.credit, verdict.feedback[0]) == ("power-kept", Fraction(1, 4), rule.sentence)


def test_verdict_alone_says_no_places():
    """At the lowest level of feedback no entry is named."""
    verdict = judge(question("[2*x, y^2, 3]", level=Level.VERDICT), "[2x, y, 3]")
    assert verdict.credit == Fraction(2, 3)
    assert verdict.feedback == ()


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("[[2x, y^2, 3]]", "row"),
        (r"\begin{pmatrix} 2x & y^2 & 3 \end{pmatrix}", "row"),
        ("[2x; y^2; 3]", "column"),
        (r"\begin{pmatrix} 2x & y^2 & 3 \end{pmatrix}^T", "column"),
        ("[2x, y^2, 3]", ""),
    ],
)
def test_the_layout_that_was_seen_is_named(typed, seen):
    """A row and a column are both right, and the verdict says which of them was read; a plain list is neither."""
    notices = judge(VECTOR, typed).notices
    assert [notice.split(",")[0] for notice in notices] == ([f"Read as a {seen}"] if seen else [])
