"""Which part of which assignment covers each row of the course's inventory, and what vouches for that part's key."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.answers.sandboxed import runs_student_code
from autograder.assignments import available, load
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.question import Assignment, Question
from autograder.submission.collect import Submission, collect


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A row and one part that covers it.

    Args:
        row: number in the inventory.
        document: the document that the row comes from.
        part: the part's key, "dis1/1a.i".
        kind: of its answer.
        witnesses: what vouches for its key: "key" (derived in the question), "solution" (typed by hand), "oracle" (needs no
            key), as far as there are such.
    """

    row: int
    document: str
    part: str
    kind: str
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All rows with their parts.

    Args:
        covered: in the order of the rows; a row with several parts is there several times.
        missing: rows without a part, by document.
        unknown: parts that name a row which the inventory does not have, with that row.
    """

    covered: tuple[Covered, ...]
    missing: Mapping[str, tuple[int, ...]]
    unknown: tuple[tuple[str, int], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every row has a part, and every part a row that exists."""
        return not any(self.missing.values()) and not self.unknown

    def parts(self, row: int) -> tuple[str, ...]:
        """The parts that cover a row."""
        return tuple(one.part for one in self.covered if one.row == row)


def of_library(library: Path = LIBRARY) -> Coverage:
    """The coverage of the inventory that lies beside the assignments.

    Raises:
        AuthorError: there is no `inventory.py` with `ROWS`, or an assignment cannot be loaded.
    """
    assignments = [load(name, library) for name in available(library)]
    try:
        rows = importlib.import_module(f"{library.name}.inventory").ROWS
    except (ImportError, AttributeError) as error:
        raise AuthorError(
            f"{library / 'inventory.py'} must define ROWS, the numbers of the rows by document: {error}"
        ) from error
    solutions = {a.name: collect(library / a.name / "solution") for a in assignments if _has_solution(library, a)}
    return coverage(rows, assignments, solutions)


def _has_solution(library: Path, assignment: Assignment) -> bool:
    return (library / assignment.name / "solution").is_dir()


def coverage(
    rows: Mapping[str, Iterable[int]], assignments: Iterable[Assignment], solutions: Mapping[str, Submission]
) -> Coverage:
    """Match rows with parts.

    Args:
        rows: the numbers of the rows, by document.
        solutions: the full-marks submissions, by the name of their assignment.
    """
    document_of = {row: document for document, numbers in rows.items() for row in numbers}
    found: list[Covered] = []
    unknown: list[tuple[str, int]] = []
    for assignment in assignments:
        for question in assignment:
            for row in question.rows:
                if row not in document_of:
                    unknown.append((assignment.part(question), row))
                    continue
                found.append(
                    Covered(
                        row=row,
                        document=document_of[row],
                        part=assignment.part(question),
                        kind=question.answer.kind,
                        witnesses=witnesses(question, solutions.get(assignment.name)),
                    )
                )
    there = {one.row for one in found}
    missing = {document: tuple(row for row in numbers if row not in there) for document, numbers in rows.items()}
    return Coverage(covered=tuple(sorted(found, key=lambda one: one.row)), missing=missing, unknown=tuple(unknown))


def witnesses(question: Question, solution: Submission | None) -> tuple[str, ...]:
    """What vouches for a part's key."""
    return tuple(
        name
        for name, there in (
            ("key", _has_key(question)),
            ("solution", solution is not None and _is_answered(question, solution)),
            ("oracle", question.practice is not None),
        )
        if there
    )


def _has_key(question: Question) -> bool:
    """Whether the question itself says what is right: by a key, those of its parts, both ends, or checks of code."""
    return any(hasattr(question.answer, name) for name in ("key", "answers", "start", "functions", "perform"))


def _is_answered(question: Question, solution: Submission) -> bool:
    if runs_student_code(question.answer):
        return question.answer.unanswered(question, solution) is None
    written = solution.answers.get(question.answer_name)
    return written is not None and not written.blank and not written.trouble
