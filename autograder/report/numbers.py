"""Points as people read them, and the one sentence that sums a result up."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.verdict import PartResult, Result

UNITS = 100
"""Scores are written in hundredths of a point."""


def points(value: Fraction) -> str:
    """Points in decimals: exact where two places are enough, else rounded down, so that no sum reads too high.

    >>> points(Fraction(3)), points(Fraction(3, 2)), points(Fraction(2, 3))
    ('3', '1.5', '0.66')
    """
    hundredths = math.floor(value * 100)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def hundredths(values: list[Fraction]) -> list[int]:
    """Each value in hundredths, rounded so that they add up to the rounded-down total and none is off by more than one.

    >>> hundredths([Fraction(1, 3)] * 3), hundredths([Fraction(3, 2)])
    ([33, 33, 34], [150])
    """
    units = []
    sum_so_far = Fraction(0)
    for value in values:
        before = math.floor(sum_so_far * UNITS)
        sum_so_far += value
        units.append(math.floor(sum_so_far * UNITS) - before)
    return units


def points_word(value: Fraction) -> str:
    """The word that follows a number of points."""
    return "point" if value == 1 else "points"


def worth(part: PartResult) -> str:
    """What a part earned, or that its points are still open."""
    if part.pending:
        return f"{points(part.points)} open"
    return f"{points(part.score)} of {points(part.points)}"


def total(result: Result) -> str:
    """The honest total: what is earned, and what is still open."""
    text = f"{points(result.score)} of {points(result.points)} {points_word(result.points)}"
    if result.pending:
        verb = "waits" if result.pending == 1 else "wait"
        text += f"; {points(result.pending)} {points_word(result.pending)} {verb} for a person"
    if not result.complete:
        text += "; grading had not finished"
    return text + "."
