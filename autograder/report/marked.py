"""A submission of a class with everything that reports need: who handed it in, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.verdict import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A student as the platform knows them; any field may be ""."""

    name: str = ""
    email: str = ""
    sid: str = ""

    @property
    def key(self) -> str:
        """What tells people apart: the student number, else the email."""
        return self.sid or self.email


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A graded submission, or one whose grading failed.

    Args:
        id: stable within the class.
        people: who handed it in.
        created: when, as the platform wrote it, or "".
        result: what was found, or None where grading failed.
        failure: why it failed, or "".
        content: hash of the files; equal for equal submissions.
        seconds: how long grading took.
        sources: hashes of its functions by name.
    """

    id: str
    people: tuple[Person, ...] = ()
    created: str = ""
    result: Result | None = None
    failure: str = ""
    content: str = ""
    seconds: float = 0.0
    sources: tuple[tuple[str, str], ...] = ()
