"""The checks of `verify` that take little time, for every part of the course; the verb runs them all."""

from __future__ import annotations

import pytest

from autograder.assignments import available, load
from autograder.places import LIBRARY
from autograder.question import Assignment, Question
from autograder.verify.books import LOCK_FILE, check_ids, check_points, check_sources
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.sentences import check_sentences
from autograder.verify.witnesses import check_witnesses

COURSE = {name: Context(assignment=load(name, LIBRARY), library=LIBRARY) for name in available()}
PARTS = [(name, question) for name, context in COURSE.items() for question in context.assignment]
WORTH = {"hw1": 100, "dis1": 40, "gradients": 40, "foundations": 40}


def failing(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row.at, row.says) for row in rows if row.mark is Mark.FAIL]


@pytest.mark.parametrize(("name", "question"), PARTS, ids=lambda item: getattr(item, "id", item))
def test_witnesses_agree(name: str, question: Question) -> None:
    """The derived key, the solution typed by hand and the oracle that needs no key agree, with three seeds."""
    assert failing(list(check_witnesses(COURSE[name], question))) == []


@pytest.mark.parametrize(("name", "question"), PARTS, ids=lambda item: getattr(item, "id", item))
def test_texts_keep_the_key_to_themselves(name: str, question: Question) -> None:
    """Neither prompt nor hint nor any sentence on a mistake holds a piece that is judged right."""
    assert failing(list(check_sentences(COURSE[name], question))) == []


@pytest.mark.parametrize("name", COURSE)
def test_books_are_in_order(name: str) -> None:
    """Points add up to what the course says, sources are named, and ids are those of the last release."""
    context = COURSE[name]
    rows = [*check_points(context), *check_sources(context), *check_ids(context)]
    assert failing(rows) == []
    assert context.assignment.points == WORTH[name]
    assert (context.folder / LOCK_FILE).is_file()


def test_every_assignment_is_here() -> None:
    """None is left out by a slip in a list."""
    assert set(COURSE) == set(WORTH)
    assert all(isinstance(context.assignment, Assignment) for context in COURSE.values())
