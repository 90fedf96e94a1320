"""Checks and leaderboard entries as strict JSON; what is malformed is told by its field."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from autograder.checks import Check, Entry, Standing, Visibility
from autograder.errors import GraderBug

_CHECK_TEXTS = ("name", "standing", "number", "worth", "earned", "output", "visibility")


def check_to_json(check: Check) -> dict[str, Any]:
    """A check as strings and a list; shares as exact fractions ("1/2")."""
    return {**{name: str(getattr(check, name)) for name in _CHECK_TEXTS}, "tags": list(check.tags)}


def check_from_json(data: object) -> Check:
    """The check that `check_to_json` wrote.

    Raises:
        GraderBug: the data is anything else.
        ValueError: a field has a value that cannot be.
    """
    if not isinstance(data, dict) or set(data) != {*_CHECK_TEXTS, "tags"}:
        raise GraderBug(f"a check came back as {data!r:.200}")
    tags = data["tags"]
    if not isinstance(tags, list) or not all(isinstance(text, str) for text in (*tags, *map(data.get, _CHECK_TEXTS))):
        raise GraderBug(f"a check came back with a field that is no text: {data!r:.200}")
    return Check(
        name=data["name"],
        standing=Standing(data["standing"]),
        number=data["number"],
        worth=Fraction(data["worth"]),
        earned=Fraction(data["earned"]),
        output=data["output"],
        visibility=Visibility(data["visibility"]),
        tags=tuple(tags),
    )


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """A leaderboard entry as it is."""
    return {"name": entry.name, "value": entry.value, "order": entry.order}


def entry_from_json(data: object) -> Entry:
    """The entry that `entry_to_json` wrote.

    Raises:
        GraderBug: the data is anything else.
        ValueError: a field has a value that cannot be.
    """
    if isinstance(data, dict) and set(data) == {"name", "value", "order"}:
        match data:
            case {"name": str(name), "value": float() | int() | str() as value, "order": str(order)}:
                if not isinstance(value, bool):
                    return Entry(name=name, value=value, order=order)
    raise GraderBug(f"a leaderboard entry came back as {data!r:.200}")
