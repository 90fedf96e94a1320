"""What was not checked is no ok; verdicts that change, bytes that change and containers that are too small are failures."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.assignments import KEY_VARIABLE, load
from autograder.build.advice import MIB
from autograder.verdict import Word
from autograder.verify import budgets, gradings, rewrites
from autograder.verify.container import Spent
from autograder.verify.leaks import check_feedback, check_leaks
from autograder.verify.rows import Context, Mark
from autograder.verify.sentences import check_sentences
from autograder.verify.spies import check_spies
from tests.verify.course import write

FREE = (
    ("Expression(key)", "Completeness()"),
    ("Choice, Expression,", "Choice, Completeness,"),
    (
        """    practice=MeasuredValue(by=lambda x, a, b: slope(lambda x: (a * x - b) ** 2, x)),
    wrong=(
        Wrong("lost-inner", 2 * (a * x - b), "What is the derivative of the inside?", credit=Half),
        Wrong("sign", -key, "Look at the sign of the inside.", credit=Half),
    ),
""",
        "",
    ),
)
"""The formula of the demonstration as a text of which any will do."""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    return tmp_path / f"shelf_{tmp_path.name}"


def of(shelf: Path, seeds: int = 2) -> Context:
    return Context(assignment=load("demo", shelf), library=shelf, seeds=seeds)


def test_where_there_is_no_key_nothing_is_said_to_keep_it(shelf):
    """A part of which any text is right has no row on sentences, one whose rules type nothing none on verdicts; no key at all is a note."""
    context = of(write(shelf, edits=FREE, code=()))
    text, code = context.assignment.question("1a"), context.assignment.question("2.code")
    assert list(check_sentences(context, text)) == []
    assert list(check_feedback(context, code)) == []
    (row,) = check_leaks(context)
    assert (row.mark, row.says) == (Mark.NOTE, "no part has a key that could be spelled out")


def test_spies_without_functions_are_told(shelf):
    """Where the typed functions stand in another file, it is told that no spy was made."""
    write(shelf, code=())
    (shelf / "demo" / "solution" / "functions.py").rename(shelf / "demo" / "solution" / "code.py")
    (row,) = check_spies(of(shelf))
    assert (row.mark, row.says) == (Mark.NOTE, "the solution has no functions.py, so that no spy could be made")


def test_one_seed_says_nothing_of_others(shelf):
    """With one seed there is nothing to compare; the bytes of results.json are compared all the same."""
    found = [(row.mark, row.says) for row in gradings.check_stability(of(write(shelf), seeds=1))]
    assert found == [
        (Mark.NOTE, "one seed alone: nothing to compare verdicts with"),
        (Mark.OK, "results.json is the same to the byte for the same seed"),
    ]


def test_a_verdict_that_changes_with_the_seed_is_told(shelf, monkeypatch):
    """A part that is right with one seed and not with the next fails the row, and no other part does."""
    context, graded, seen = of(write(shelf), seeds=3), gradings._graded, []

    def unsteady(context, submission, seed=None):
        result = graded(context, submission, seed)
        first = result.parts[0]
        if seed not in seen:
            seen.append(seed)
        other = replace(first, verdict=replace(first.verdict, word=Word.NOT_YET))
        return replace(result, parts=(other if seen.index(seed) == 1 else first, *result.parts[1:]))

    monkeypatch.setattr(gradings, "_graded", unsteady)
    failing = [row for row in gradings.check_stability(context) if row.mark is Mark.FAIL]
    assert [(row.part, row.at) for row in failing] == [("1a", "answer")]
    assert failing[0].says.startswith("the verdict changes with the seed (")
    assert failing[0].fix


def test_bytes_that_change_are_shown(shelf, monkeypatch):
    """Two runs with one seed that differ fail the row, with the place where they do."""
    texts = iter([b"the time is 1", b"the time is 2"])
    monkeypatch.setattr(gradings, "as_bytes", lambda _: next(texts))
    (row,) = [row for row in gradings.check_stability(of(write(shelf), seeds=2)) if row.mark is Mark.FAIL]
    assert "'the time is 1' and 'the time is 2'" in row.says
    assert (row.at, bool(row.fix)) == ("answer", True)


def test_an_equal_spelling_that_is_refused_is_told(shelf, monkeypatch):
    """A right spelling that is not accepted fails the row with its verdict; that of the key itself does not."""
    context = of(write(shelf))
    monkeypatch.setattr(rewrites, "_rewritings", lambda *_: [("echo", "2 a (a x - b)"), ("expand", "2 a^2 x - 3 a b")])
    (row,) = rewrites.check_rewrites(context, context.assignment.question("1a"))
    assert (row.mark, row.part, row.at) == (Mark.FAIL, "1a", "answer.key")
    assert row.says == "expand: 2 a^2 x - 3 a b is judged not yet"


FITS = Spent(code=0, elapsed=10.0, processor=5.0, memory=200 * MIB, killed=False, how="a test")


@pytest.mark.parametrize(
    ("spent", "mark", "said"),
    [
        (FITS, Mark.OK, "in the smallest container ("),
        (replace(FITS, elapsed=1e6), Mark.FAIL, "1000000 s, of "),
        (replace(FITS, code=3), Mark.FAIL, "grading the solution ended with code 3"),
        (replace(FITS, killed=True), Mark.FAIL, "killed at the memory of the smallest container"),
        (replace(FITS, kept=False), Mark.NOTE, "not within the limits of a container: "),
    ],
)
def test_budgets(shelf, monkeypatch, spent, mark, said):
    """Too long, too large or failing is told; where no limits could be kept, nothing is said to fit."""
    monkeypatch.setattr(budgets, "run_within", lambda *_: spent)
    (row,) = budgets.check_budgets(of(write(shelf)))
    assert (row.mark, said in row.says) == (mark, True), row
    assert bool(row.fix) is (mark is not Mark.OK)


def test_an_answer_of_several_formulas_is_spelled_otherwise_one_by_one(shelf, monkeypatch):
    """Each formula of a pair has its spellings tried beside the other; one that is refused names its formula."""
    pair = (
        ("Choice, Expression,", "Choice, Expression, Several,"),
        ("answer=Expression(key)", 'answer=Several(names=("s", "b"), answers=(Expression(key), Expression(b)))'),
        ("    practice=MeasuredValue(by=lambda x, a, b: slope(lambda x: (a * x - b) ** 2, x)),\n", ""),
        ("2 * (a * x - b)", "(2 * (a * x - b), None)"),
        ('"sign", -key', '"sign", (-key, None)'),
    )
    context = of(write(shelf, edits=pair, solution='q1a = ["2 a (a x - b)", "b"]\nq1b = "a"\n'))
    question = context.assignment.question("1a")
    (row,) = rewrites.check_rewrites(context, question)
    assert (row.mark, row.says.endswith("other spellings are accepted")) == (Mark.OK, True), row
    monkeypatch.setattr(rewrites, "_rewritings", lambda *_: [("echo", "b")])
    (row,) = rewrites.check_rewrites(context, question)
    assert (row.mark, row.says) == (Mark.FAIL, "s, echo: b is judged not yet")
