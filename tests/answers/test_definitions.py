"""Answers that define a function may not use it."""

from __future__ import annotations

import pytest

from autograder import Expression, Question, Source, declare
from autograder.submission.written import Written
from autograder.verdict import Word

DEFINITION = Question(
    id="1a",
    title="t",
    points=1,
    prompt="p",
    source=Source("D", "1"),
    answer=Expression("max(0, x)", without=("relu",)),
    symbols=declare("x"),
)


def judged(text: str):
    answers = {"q1a": Written(name="q1a", content=text, where="answers.py, line 1")}
    return DEFINITION.answer.judge(DEFINITION, answers, seed=0)


@pytest.mark.parametrize("text", ["relu(x)", "ReLU(x)", "0 + x*relu(x)/x", "(relu(x) + relu(x))/2"])
def test_a_circle_is_told_and_pointed_at(text):
    """The function is found wherever it stands; it costs an attempt, not a verdict on the formula."""
    verdict = judged(text)
    assert verdict.word is Word.UNREADABLE
    assert verdict.feedback[0] == "this uses relu, and its definition is asked. Write it out."
    assert "^" in verdict.feedback[1]


@pytest.mark.parametrize("text", ["max(0, x)", "(x + |x|)/2", "x*(x > 0)"])
def test_the_same_written_out_is_right(text):
    """Other functions are as welcome as ever."""
    assert judged(text).word is Word.OK
