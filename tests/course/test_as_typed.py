"""What students type in other ways than the tables: right is right, wrong is wrong, and nothing is left open."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.assignments import load
from autograder.question import Question
from autograder.verdict import Word
from tests.course.answer_table import Together
from tests.course.as_typed import RIGHT, WRONG
from tests.course.judged import judge

pytestmark = pytest.mark.untraced

ERRORS = {"10": {"ridge": "0.05", "out": "0.1", "all": "0.07"}}
"""The numbers beside an order of test errors."""


def rows(table: dict[str, tuple[Any, ...]]) -> list[Any]:
    return [
        pytest.param(part, typed, id=f"{part}-{typed!r}"[:100]) for part, answers in table.items() for typed in answers
    ]


def judged(part: str, typed: Any) -> Any:
    assignment, _, name = part.partition("/")
    question: Question = load(assignment).question(name)
    beside = {question.answer_name: typed, "q2_errors": ERRORS}
    return judge(question, Together(beside) if name == "2.order10" else typed)


@pytest.mark.parametrize(("part", "typed"), rows(RIGHT))
def test_right_in_other_words(part: str, typed: Any) -> None:
    """Whatever notation a right answer is typed in, it is right."""
    verdict = judged(part, typed)
    assert verdict.word is Word.OK, (verdict.read_as, verdict.feedback)


@pytest.mark.parametrize(("part", "typed"), rows(WRONG))
def test_wrong_in_other_words(part: str, typed: Any) -> None:
    """A wrong answer is told to be wrong in any notation, and earns less than all."""
    verdict = judged(part, typed)
    assert verdict.word is Word.NOT_YET, verdict.read_as
    assert verdict.credit < 1
