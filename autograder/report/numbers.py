"""Points as people read them, and the one sentence that sums a result up."""

from __future__ import annotations

import math
from fractions import Fraction

from autograder.verdict import PartResult, Result


def points(value: Fraction) -> str:
    """Points in decimals: exact where two places are enough, else rounded down, so that no sum reads too high.

    >>> points(Fraction(3)), points(Fraction(3, 2)), points(Fraction(2, 3))
    ('3', '1.5', '0.66')
    """
    hundredths = math.floor(value * 100)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


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
