"""What a check found: one row of the checklist, and all that a check may look at."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from autograder.question import Assignment, Question
from autograder.submission.collect import Submission, collect
from autograder.submission.written import Answers

SOLUTION = "solution"


class Mark(StrEnum):
    """How a row ends."""

    OK = "ok"
    NOTE = "note"  # nothing is wrong, but somebody should know
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the checklist.

    Args:
        check: the check's name.
        part: id of the part, "" for the whole assignment.
        says: what was found, with numbers.
        file: where to look, and `at`: at which field.
        fix: what to do.
        more: further lines: what was accepted and why.
        assignment: its name, put in by the checklist.
    """

    check: str
    part: str
    mark: Mark
    says: str
    file: str = ""
    at: str = ""
    fix: str = ""
    more: tuple[str, ...] = ()
    assignment: str = ""


def accepted(count: int) -> str:
    """How many edits were accepted and are right, for the end of a sentence."""
    return f"; {count} accepted {'is' if count == 1 else 'are'} right, see below" if count else ""


@dataclass(kw_only=True)
class Context:
    """The assignment under verification.

    Args:
        library: the folder of assignments that it comes from.
        part: id of the one part to verify, "" for all.
        seeds: how many seeds are tried where something is random.
    """

    assignment: Assignment
    library: Path
    part: str = ""
    seeds: int = 3
    _files: dict[str, str] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The parts to verify."""
        return (self.assignment.question(self.part),) if self.part else self.assignment.questions

    @property
    def folder(self) -> Path:
        """The assignment's folder."""
        return self.library / self.assignment.name

    @cached_property
    def solution(self) -> Submission:
        """The full-marks submission that was typed by hand.

        Raises:
            SubmissionError: there is none.
        """
        return collect(self.folder / SOLUTION)

    @cached_property
    def answers(self) -> Answers:
        """The written answers of the solution; none where there is no solution."""
        return self.solution.answers if (self.folder / SOLUTION).exists() else {}

    def file(self, question: Question | None = None) -> str:
        """The file that defines a question, from the folder of the library's parent."""
        if question is None:
            return self._shown(self.folder / "assignment.py")
        if question.id not in self._files:
            self._files[question.id] = self._defining(question)
        return self._files[question.id]

    def _defining(self, question: Question) -> str:
        prefix = f"{self.library.name}.{self.assignment.name}."
        for name, module in sorted(sys.modules.items()):
            held = vars(module).values() if name.startswith(prefix) and not name.endswith(".assignment") else ()
            if any(value is question or (isinstance(value, tuple) and question in _questions(value)) for value in held):
                return self._shown(Path(str(module.__file__)))
        return self.file()

    def _shown(self, path: Path) -> str:
        return (
            path.relative_to(self.library.parent).as_posix() if path.is_relative_to(self.library.parent) else str(path)
        )


def _questions(values: tuple[object, ...]) -> list[Question]:
    return [value for value in values if isinstance(value, Question)]


OfAssignment = Callable[[Context], Iterator[Row]]
OfPart = Callable[[Context, Question], Iterator[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: of every part, or of the assignment as a whole.

    Args:
        name: in the checklist.
        about: what it makes sure of, one line.
    """

    name: str
    about: str
    of_part: OfPart | None = None
    of_assignment: OfAssignment | None = None
