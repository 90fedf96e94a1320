"""What the platform says of a submission: when it was handed in, what is due when, which attempts came before.

None of it is relied on: the file may be absent, and every field may be missing or odd.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from autograder.report.numbers import points as shown_points

_SIZE = 16_000_000  # earlier results come back in it
_MOST_ATTEMPTS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the platform says of a submission, as far as it can be understood.

    Args:
        total_points: what the assignment is worth in the platform's settings.
        handed_in: when the submission was made.
        due: when it is due for everybody.
        own_due: when it is due for this student, where that differs.
        late_due: until when it may be late.
        used: how many attempts were graded before; failures of the grader are none.
        last_score: the score of the latest of them.
        notes: what could not be understood, for instructors.
    """

    total_points: Fraction | None = None
    handed_in: datetime | None = None
    due: datetime | None = None
    own_due: datetime | None = None
    late_due: datetime | None = None
    used: int = 0
    last_score: Fraction | None = None
    notes: tuple[str, ...] = ()

    @property
    def says(self) -> tuple[str, ...]:
        """What to tell the student of the due date, an extension and lateness; what follows from it is not ours to say."""
        due = self.own_due or self.due
        lines = []
        if self.own_due is not None:
            lines.append(f"Your own due date, with your extension, is {_shown(self.own_due)}.")
        if self.handed_in is not None and due is not None and self.handed_in > due:
            late = f"This was handed in {_long(self.handed_in - due)} after the due date ({_shown(due)})"
            if self.late_due is not None:
                word = "before" if self.handed_in <= self.late_due else "also after"
                late += f", {word} the last date for late work ({_shown(self.late_due)})"
            lines.append(f"{late}. What that means is for your course to say; nothing was subtracted here.")
        return tuple(lines)

    def attempt(self, limit: int) -> str:
        """Which attempt this is, for an assignment that allows so many."""
        return f"This is graded attempt {self.used + 1} of {limit}."

    def spent(self, limit: int) -> str:
        """What to tell a student who has no attempt left."""
        score = (
            f" The score of your last graded attempt stays: {shown_points(self.last_score)}."
            if self.last_score is not None
            else ""
        )
        return (
            f"This submission was not graded: all {limit} graded attempts are used.{score} Another one can be made to count in "
            "your submission history. If you need a further attempt, ask your instructor."
        )


def read_metadata(path: Path) -> Metadata:
    """Read submission_metadata.json."""
    try:
        if path.stat().st_size > _SIZE:
            return Metadata(notes=(f"{path.name} is too large and was not read.",))
        data: Any = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Metadata()
    except (OSError, ValueError, RecursionError) as error:
        return Metadata(notes=(f"{path.name} could not be read: {error}",))
    data = data if isinstance(data, dict) else {}
    assignment = _dict(data.get("assignment"))
    points = assignment.get("total_points")
    number = _points(points)
    odd = points is not None and number is None
    earlier = [entry for entry in _list(data.get("previous_submissions")) if isinstance(entry, dict)]
    due = _time(assignment.get("due_date"))
    own = _own(data, "due_date")
    return Metadata(
        total_points=number,
        handed_in=_time(data.get("created_at")),
        due=due,
        own_due=own if own != due else None,
        late_due=_own(data, "late_due_date") or _time(assignment.get("late_due_date")),
        used=_used(earlier),
        last_score=_last_score(earlier),
        notes=(f"{path.name} gives total_points as {points!r:.60}, which is no number.",) if odd else (),
    )


def _own(data: dict[str, Any], name: str) -> datetime | None:
    """The latest date of that name that the members of the submission have for themselves."""
    users = (_dict(user) for user in _list(data.get("users")))
    dates = [found for user in users if (found := _time(_dict(user.get("assignment")).get(name))) is not None]
    return max(dates, default=None)


def _used(earlier: list[dict[str, Any]]) -> int:
    """How many attempts were graded: as the latest results say, else as the platform's list of submissions says."""
    for told in _told(earlier):
        return told
    return sum(not entry.get("autograder_error") and _points(entry.get("score")) is not None for entry in earlier)


def _told(earlier: list[dict[str, Any]]) -> Iterator[int]:
    for entry in sorted(earlier, key=lambda entry: str(entry.get("submission_time", "")), reverse=True):
        count = _dict(_dict(entry.get("results")).get("extra_data")).get("attempts")
        if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= _MOST_ATTEMPTS:
            yield count


def _last_score(earlier: list[dict[str, Any]]) -> Fraction | None:
    graded = [
        entry for entry in earlier if not entry.get("autograder_error") and _points(entry.get("score")) is not None
    ]
    graded.sort(key=lambda entry: str(entry.get("submission_time", "")))
    return _points(graded[-1].get("score")) if graded else None


def _points(value: object) -> Fraction | None:
    """A number of points, which the platform writes as a text ("100.0"); long exponents are no points."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or len(str(value)) > 20:
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return Fraction(str(value).strip()) if 0 <= number < 1e9 and "/" not in str(value) else None


def _time(value: object) -> datetime | None:
    """A time with its offset from UTC; without one it cannot be compared."""
    if not isinstance(value, str) or len(value) > 60:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _shown(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC{time:%z}"


def _long(span: timedelta) -> str:
    """How long a time is, in its two largest units.

    >>> _long(timedelta(days=1, hours=2, minutes=5)), _long(timedelta(minutes=61)), _long(timedelta(seconds=20))
    ('1 day 2 hours', '1 hour 1 minute', 'less than a minute')
    """
    minutes = int(span.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    named = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in named if count]
    return " ".join(said[:2]) or "less than a minute"


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
