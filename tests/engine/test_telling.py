"""How often the result so far is handed on."""

from __future__ import annotations

import time

from autograder.engine.grade import grade
from autograder.engine.telling import Telling
from autograder.verdict import Word
from tests.code.test_laboratory import words
from tests.tiny import assignment, question, submission

FAST = 3600.0


def test_the_first_part_is_told_at_once_and_fast_ones_together():
    """A run that is killed early has something to show, and a hundred fast parts are not told a hundred times."""
    told: list[str] = []
    telling = Telling(told.append, FAST)
    for result in ("first", "second", "third"):
        telling.add(result)
    assert told == ["first"]
    telling.now()
    telling.now()
    assert told == ["first", "third"]


def test_what_was_told_is_never_old():
    """Once the time is over, the next part is told."""
    told: list[str] = []
    telling = Telling(told.append, 0.01)
    for result in ("first", "second"):
        telling.add(result)
        time.sleep(0.02)
    assert told == ["first", "second"]


def test_nobody_listens():
    """A result that nobody wants to hear of before its end is kept."""
    Telling(None, 0.0).add("first")


def test_a_part_is_told_while_the_next_one_takes_its_time():
    """What came before a slow part is written down meanwhile, not after it."""
    reports: list[list[Word]] = []
    three = assignment(question("1a"), question("1b"), question("1c", seconds=0.5))
    handed_in = submission(q1a="right", q1b="right", q1c="hang")
    grade(three, handed_in, seed=1, on_part=lambda so_far: reports.append(words(so_far)), every=0.1)
    assert [Word.OK, Word.OK, Word.WAITING] in reports
    assert reports[-1] == [Word.OK, Word.OK, Word.UNDECIDED]
