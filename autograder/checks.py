"""The parts of a part: single checks with a score, a place in the report and a rule about who sees them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Visibility(StrEnum):
    """Who sees a check, and when; the platform's own words."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"


class Standing(StrEnum):
    """What came of one check."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    OPEN = "open"  # nothing can be said yet: our fault, or not reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check of a part.

    Args:
        name: what it checks, as the author named it.
        standing: what came of it.
        number: the author's number for it ("1.1"), or "".
        worth: the share of the part's points that it is worth; exact.
        earned: the share of the part's points that it earned; at most `worth`.
        output: what the student reads, once the check may be seen at all.
        visibility: who sees it, and when.
        tags: words that the author files it under.
    """

    name: str
    standing: Standing
    number: str = ""
    worth: Fraction = Fraction(0)
    earned: Fraction = Fraction(0)
    output: str = ""
    visibility: Visibility = Visibility.VISIBLE
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.earned <= self.worth <= 1:
            raise ValueError(f"check {self.name!r}: earned {self.earned} of {self.worth} of the part's points")

    @property
    def seen(self) -> bool:
        """Whether a student may see it now."""
        return self.visibility is Visibility.VISIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A student's value in one column of the platform's leaderboard; `order` is "asc" or "desc"."""

    name: str
    value: float | str
    order: str = "desc"

    def __post_init__(self) -> None:
        if self.order not in ("asc", "desc"):
            raise ValueError(f"leaderboard {self.name!r}: the order is {self.order!r}, neither 'asc' nor 'desc'")
        if not isinstance(self.value, str) and not math.isfinite(self.value):
            raise ValueError(f"leaderboard {self.name!r}: {self.value} is no finite number")
