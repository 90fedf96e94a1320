"""What an instructor sets in the platform's web form: the container's size, the time limit, the points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from autograder.answers.function import Functions
from autograder.answers.sandboxed import runs_student_code
from autograder.engine.grade import SECONDS
from autograder.gradescope import own_seconds
from autograder.question import Assignment

MIB = 1024 * 1024
_GRADER = 300 * MIB  # the grader with NumPy and SymPy, and its judging process
_STUDENT = 512 * MIB  # what student code may take where its kind of answer does not say
_CODE_SECONDS = 20.0  # the same for time
_LIMITS = (10, 20, 40)  # minutes that the platform offers


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A size that the platform offers."""

    processors: float
    memory: int

    def __str__(self) -> str:
        return f"{self.processors:g} CPU, {self.memory / MIB / 1000:.2g} GB"


CONTAINERS = tuple(
    Container(processors=processors, memory=memory * MIB)
    for processors, memory in ((0.5, 768), (1, 1500), (2, 3000), (4, 6000))
)


def memory(assignment: Assignment) -> int:
    """Bytes that one grading may need: the grader, and the most that one call of student code is allowed."""
    allowed = [_allowed(question.answer) for question in assignment if runs_student_code(question.answer)]
    return _GRADER + max(allowed, default=0)


def container(assignment: Assignment) -> Container:
    """The smallest container in which no allowed use of memory ends the run."""
    needed = memory(assignment)
    return next((size for size in CONTAINERS if size.memory >= needed), CONTAINERS[-1])


def seconds(assignment: Assignment) -> float:
    """Seconds of a run in which every part uses up its time once."""
    return sum(_seconds(question.answer) for question in assignment)


def minutes(assignment: Assignment) -> int:
    """The smallest limit of the platform within which such a run ends by itself."""
    worst = seconds(assignment)
    return next((limit for limit in _LIMITS if own_seconds(str(60 * limit)) >= worst), _LIMITS[-1])


def total(assignment: Assignment) -> Fraction:
    """The points of all parts."""
    return sum((Fraction(question.points) for question in assignment), Fraction(0))


def _allowed(answer: Any) -> int:
    if isinstance(answer, Functions):
        return max(function.memory for function in answer.functions)
    return _STUDENT


def _seconds(answer: Any) -> float:
    if isinstance(answer, Functions):
        return sum(function.seconds for function in answer.functions)
    return float(getattr(answer, "seconds", _CODE_SECONDS if runs_student_code(answer) else SECONDS))
