"""What came of an author's tests, as it crosses from their process to the grader."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """Who has to look when a test did not pass."""

    CHECK = "check"  # a check of the author's does not hold: the answer is not right yet
    STUDENT = "student"  # the student's code gave no value
    AUTHOR = "author"  # the test itself is wrong
    UNCLEAR = "unclear"  # the test stopped over a value of the student's: either may be wrong
    NOT_RUN = "not run"  # there was no time left for the student's code


class Ending(StrEnum):
    """How a test ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"  # by the test itself, while it ran
    LEFT_OUT = "left out"  # by declaration, whatever was handed in
    EXPECTED_FAILURE = "expected failure"
    UNEXPECTED_SUCCESS = "unexpected success"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One reason why a test did not pass.

    Args:
        fault: who has to look.
        message: what a student may read of it, where the author's declarations allow.
        trace: the traceback in the author's files, for instructors.
        place: the subtest or the fixture ("i=3", "setUpClass"), or "".
    """

    fault: Fault
    message: str
    trace: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A test that was collected: its id, its name for people, and its declarations as they were read.

    Args:
        problem: what is wrong with its declarations, or "".
    """

    id: str
    name: str
    weight: str | None = None
    number: str = ""
    visibility: str = "visible"
    tags: tuple[str, ...] = ()
    partial: bool = False
    hide_errors: str | None = None
    column: str | None = None
    order: str = "desc"
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What came of one test.

    Args:
        ending: how it ended.
        troubles: why it did not pass, in the order in which they came.
        reason: why it was skipped or expected to fail, or "".
        printed: what the test itself printed.
        score: what it set as its score, exact ("7/2"), or None; "" when that is no finite number.
        value: what it set for the leaderboard, a text or a number, or None.
        set_value: whether it set one at all.
    """

    id: str
    ending: Ending
    troubles: tuple[Trouble, ...] = ()
    reason: str = ""
    printed: str = ""
    score: str | None = None
    value: float | str | None = None
    set_value: bool = False


def to_wire(item: Found | Ran) -> dict[str, Any]:
    """As plain values."""
    return {name: _plain(value) for name, value in asdict(item).items()}


def trouble_to_wire(trouble: Trouble) -> dict[str, Any]:
    """As plain values."""
    return {name: _plain(value) for name, value in asdict(trouble).items()}


def trouble_from_wire(data: dict[str, Any]) -> Trouble:
    """What `trouble_to_wire` made of a reason."""
    return Trouble(**{**data, "fault": Fault(data["fault"])})


def found_from_wire(data: dict[str, Any]) -> Found:
    """What `to_wire` made of a test that was collected."""
    return Found(**data)


def ran_from_wire(data: dict[str, Any]) -> Ran:
    """What `to_wire` made of a test that ran."""
    troubles = tuple(trouble_from_wire(trouble) for trouble in data["troubles"])
    return Ran(**{**data, "ending": Ending(data["ending"]), "troubles": troubles})


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str(value).encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot cross
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    return value
