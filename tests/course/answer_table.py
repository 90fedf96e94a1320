"""The form of the tables of answers: per part, what students type and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Typed = Any
"""A text, a list of texts, a dict of texts by name; a `Together` where several answers are judged together."""


@dataclass(frozen=True, slots=True)
class Together:
    """Several answers by name, for a part that looks at another one."""

    answers: Mapping[str, Typed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The rows of one part.

    Args:
        right: answers with the word "ok".
        convention: answers with the word "ok" under a named convention.
        wrong: by the name of the misconception that must fire, and no other.
        off: wrong answers that no rule names.
        unreadable: by the name of the error class.
    """

    right: tuple[Typed, ...] = ()
    convention: Mapping[str, tuple[Typed, ...]] = field(default_factory=dict)
    wrong: Mapping[str, tuple[Typed, ...]] = field(default_factory=dict)
    off: tuple[Typed, ...] = ()
    unreadable: Mapping[str, tuple[Typed, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer with what must be said of it."""

    part: str
    typed: Typed
    word: str
    misconception: str | None = None
    convention: str = ""
    error: str = ""


def rows(table: Mapping[str, Part]) -> Iterator[Row]:
    """Every row of a table, in order."""
    for part, said in table.items():
        yield from (Row(part=part, typed=typed, word="ok") for typed in said.right)
        for name, answers in said.convention.items():
            yield from (Row(part=part, typed=typed, word="ok", convention=name) for typed in answers)
        for name, answers in said.wrong.items():
            yield from (Row(part=part, typed=typed, word="not yet", misconception=name) for typed in answers)
        yield from (Row(part=part, typed=typed, word="not yet") for typed in said.off)
        for name, answers in said.unreadable.items():
            yield from (Row(part=part, typed=typed, word="unreadable", error=name) for typed in answers)
