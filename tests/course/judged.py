"""Judging one row of a table of answers, for every assignment alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.question import Assignment, Question
from autograder.submission.written import Answers, Content, Written
from autograder.verdict import Verdict
from tests.course.answer_table import Part, Row, Together, Typed

SEED = 20250209


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An assignment with its tables.

    Args:
        rows: every row of the tables, in order.
    """

    assignment: Assignment
    table: Mapping[str, Part]
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The assignment's name."""
        return self.assignment.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One row of an assignment's tables, named for a test."""

    course: Course
    row: Row

    @property
    def question(self) -> Question:
        """The part that the row answers."""
        return self.course.assignment.question(self.row.part)

    def __str__(self) -> str:
        row = self.row
        return f"{self.course.name}/{row.part}-{row.misconception or row.word}-{row.typed!r}"[:110]


def cases(*courses: Course) -> tuple[Case, ...]:
    """Every row of several assignments."""
    return tuple(Case(course=course, row=row) for course in courses for row in course.rows)


def content(typed: Typed) -> Content:
    """What a student typed, as the collector would read it."""
    if isinstance(typed, str):
        return typed
    if isinstance(typed, dict):
        return {str(name): content(part) for name, part in typed.items()}
    if isinstance(typed, int | float):
        return str(typed)
    return tuple(content(part) for part in typed)


def written(question: Question, typed: Typed) -> Answers:
    """The answers of a submission with this one alone, or with those that are judged together."""
    by_name: Mapping[str, Typed] = typed.answers if isinstance(typed, Together) else {question.answer_name: typed}
    return {name: Written(name=name, content=content(part), where="answers.py") for name, part in by_name.items()}


def judge(question: Question, typed: Typed) -> Verdict:
    """The verdict on one answer."""
    return question.answer.judge(question, written(question, typed), seed=SEED)
