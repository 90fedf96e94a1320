"""Outcomes of the sandbox on their way to an author's tests: categories and plain values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.sandbox.outcome import (
    Crashed,
    Exited,
    Missing,
    NoAnswer,
    NotRun,
    Outcome,
    OutOfMemory,
    Raised,
    Refused,
    Returned,
    TimedOut,
    TooMuchOutput,
)

_CATEGORIES: Mapping[type[Outcome], str] = {
    Returned: "returned",
    Raised: "raised",
    Missing: "missing",
    Refused: "refused",
    TimedOut: "timed out",
    OutOfMemory: "out of memory",
    TooMuchOutput: "too much output",
    Crashed: "crashed",
    Exited: "exited",
    NoAnswer: "no answer",
    NotRun: "not run",
}

ENDED = frozenset({"timed out", "too much output", "crashed", "exited", "no answer", "not run"})
"""Categories after which the student's process is gone: the next call needs a fresh one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One outcome as plain values; see `autograder.sandbox.outcome` for what each category means."""

    category: str
    message: str
    value: Any = None
    changed: Mapping[int | str, Any] = field(default_factory=dict)
    kind: str = ""
    error: str = ""
    trace: str = ""
    stdout: str = ""
    stderr: str = ""
    seconds: float = 0.0


def category(outcome: Outcome) -> str:
    """The category of an outcome, in words."""
    return _CATEGORIES[type(outcome)]


def answered(outcome: Outcome) -> Answered:
    """An outcome as it crosses to an author's test."""
    raised = outcome.cause if isinstance(outcome, Missing) else outcome
    theirs: dict[str, str] = {}
    if isinstance(raised, Raised):
        lines = [f"{frame.file}, line {frame.line}: {frame.code}" for frame in raised.traceback]
        theirs = {"kind": raised.kind, "error": raised.error, "trace": "\n".join(lines)}
    return Answered(
        category=category(outcome),
        message=outcome.message,
        value=outcome.value if isinstance(outcome, Returned) else None,
        changed=dict(outcome.changed_arguments) if isinstance(outcome, Returned) else {},
        stdout=outcome.stdout,
        stderr=outcome.stderr,
        seconds=outcome.usage.wall,
        **theirs,
    )
