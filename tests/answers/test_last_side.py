"""A chain of equal sides is an answer; an equation between different things is none."""

from __future__ import annotations

import pytest

from autograder import Expression, Question, Source, declare
from autograder.submission.written import Written
from autograder.verdict import Word

SAID = "Of the sides joined by =, the last one was read."


def judged(key: str, symbols: str, typed: str):
    question = Question(
        id="1", title="A formula", points=1, prompt="Which?", source=Source("A sheet", "1"), answer=Expression(key),
        symbols=declare(symbols),
    )  # fmt: skip
    return question.answer.judge(question, {"q1": Written(name="q1", content=typed, where="answers.py")}, seed=2)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("2w + w^2 + w + w + 1 = w^2 + 4w + 1", Word.OK),
        ("w + w w + 2w + w + 1 = w (w + 4) + 1 = w^2 + 4w + 1", Word.OK),
        ("count = 1 + foo(3) = w^2 + 4w + 1", Word.OK),
        ("2w + w^2 + w = w^2 + 3w", Word.NOT_YET),
        ("w^2 + 4w + 1 = w^2 + 3w", Word.UNREADABLE),
        ("w^2 + 3w = w^2 + 4w + 1", Word.UNREADABLE),
    ],
)
def test_the_last_of_equal_sides_counts(typed, word):
    """Sides that differ are no chain; what a side means that cannot be read does not matter."""
    verdict = judged("w^2 + 4w + 1", "w: positive int", typed)
    assert verdict.word is word
    assert (SAID in verdict.notices) == (word is not Word.UNREADABLE)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("(A^T A)^-1 A^T b = solve(A^T A, A^T b)", Word.OK),
        ("A^T A x = A^T b", Word.UNREADABLE),
        ("x_opt = argmin(|A u - b|) = (A^T A)^-1 A^T b", Word.OK),
        ("x* = (A^T A)^-1 (A^T b) = (A^T A)^-1 A^T b", Word.OK),
        ("(A^T A) x* = A^T (b) = A^T b", Word.UNREADABLE),
        ("2 x* = argmin(|A x - b|) = (A^T A)^-1 A^T b", Word.UNREADABLE),
        ("A x* = b = (A^T A)^-1 A^T b", Word.UNREADABLE),
    ],
)
def test_an_equation_for_the_unknown_is_no_answer(typed, word):
    """`A^T A x = A^T b` says what x fulfils, not what it is."""
    assert judged("(A^T A)^-1 A^T b", "A: m*n, b: m, x: n", typed).word is word
