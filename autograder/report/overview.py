"""A result at a glance: what is missing in one line a problem, what has one cause said once, what to look at first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from autograder.verdict import Cause, PartResult, Result, Word

_LONG = 40  # characters of feedback from which on repeating it is worth a reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The parts of one problem for which nothing was handed in.

    Args:
        problem: the number that their ids begin with ("1").
        parts: at least two of them, in the order of the paper.
    """

    problem: str
    parts: tuple[PartResult, ...]

    @property
    def points(self) -> Fraction:
        """What they are worth together."""
        return sum((part.points for part in self.parts), Fraction(0))

    @property
    def says(self) -> str:
        """One line on all of them."""
        return f"no answer yet to {', '.join(part.id for part in self.parts)}"

    @property
    def how(self) -> str:
        """How the first of them is answered."""
        return next(iter(self.parts[0].verdict.feedback), "")


def is_missing(part: PartResult) -> bool:
    """Whether nothing was handed in for a part."""
    return part.verdict.cause is Cause.ABSENT


def problem_of(part: PartResult) -> str:
    """The number that a part's id begins with: "1" for "1a.path"."""
    found = re.match(r"[0-9]+", part.id)
    return found[0] if found else part.id


def blocks(result: Result) -> list[PartResult | Missing]:
    """The parts in the order of the paper, several missing ones of a problem as one, where the first of them stands."""
    told: list[PartResult | Missing] = []
    for problem, of_problem in groupby(result.parts, key=problem_of):
        parts = tuple(of_problem)
        missing = tuple(filter(is_missing, parts))
        for part in parts:
            if len(missing) < 2 or not is_missing(part):
                told.append(part)
            elif part is missing[0]:
                told.append(Missing(problem=problem, parts=missing))
    return told


def said_once(result: Result) -> Result:
    """The result in which a long message that several parts share is told at the first, and referred to at the others.

    A file that cannot be loaded makes all of its functions fail alike: that is one line at each of them.
    """
    seen: dict[tuple[str, tuple[str, ...]], PartResult] = {}
    parts = []
    for part in result.parts:
        verdict = part.verdict
        key = (str(verdict.word), verdict.feedback)
        repeats = key in seen and sum(map(len, verdict.feedback)) >= _LONG and not verdict.witness
        if repeats and not is_missing(part) and verdict.misconception is None:
            verdict = replace(verdict, feedback=(f"The same as for {seen[key].id}.",))
        seen.setdefault(key, part)
        parts.append(replace(part, verdict=verdict))
    return replace(result, parts=tuple(parts))


def look_first(result: Result) -> list[str]:
    """What to look at first, one line a kind: what could not be read, what is off by its points, what waits, what is missing."""
    lines = []
    unread = [part for part in result.parts if part.verdict.word is Word.UNREADABLE]
    if unread:
        lines.append(f"Could not be read: {_ids(unread)}.")
    off = [part for part in result.parts if part.verdict.word is Word.NOT_YET and not is_missing(part)]
    if off:
        lines.append(
            f"Not yet right, most points first: {_ids(sorted(off, key=lambda part: part.score - part.points))}."
        )
    carried = [part for part in result.parts if part.verdict.carried]
    if carried:
        lines.append(f"Right, given an earlier slip of your own: {_ids(carried)}.")
    failed = [part for part in result.parts if part.verdict.cause is Cause.OURS]
    if failed:
        lines.append(f"Not judged, which is our fault and costs nothing: {_ids(failed)}.")
    undecided = [part for part in result.parts if part.verdict.word is Word.UNDECIDED and part not in failed]
    if undecided:
        lines.append(f"Could not be decided, a person will look: {_ids(undecided)}.")
    missing = [part for part in result.parts if is_missing(part)]
    if missing and len(missing) == len(result.parts):
        lines.append("No part has an answer yet.")
    elif missing:
        lines.append(f"No answer yet: {_ids(missing)}.")
    return lines


def _ids(parts: list[PartResult]) -> str:
    return ", ".join(part.id for part in parts)
