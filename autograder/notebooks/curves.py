"""Drawn curves compared with columns of numbers: up to order, subset, layout and, where asked, sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.notebooks.figures import Array, Curve

Table = Callable[[Array], Array]
"""Columns as functions of x: (points,) gives (points, columns)."""

_TOLERANCE = 2e-4  # networks and drawings are float32; a mistake is larger by far
_BESIDE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Which curves are which columns.

    Args:
        columns: numbers of the columns that were drawn.
        strangers: numbers of the curves that are not zero and no column.
    """

    columns: frozenset[int]
    strangers: tuple[int, ...]


def matched(
    curves: Sequence[Curve], table: Table, *, either_sign: bool = False, ignore: Table | None = None, slack: float = 0.0
) -> Matching:
    """Find each curve among the columns at the curve's own x.

    Args:
        either_sign: whether a column times -1 is that column.
        ignore: (points,) gives True where a point is too close to a kink to be compared.
        slack: tolerance added to that of single precision, relative to the largest entry.
    """
    columns: set[int] = set()
    strangers: list[int] = []
    for number, curve in enumerate(curves):
        if not np.isfinite(curve.x).all():
            strangers.append(number)
            continue
        expected = table(curve.x)
        counts = np.ones(len(curve.x), bool) if ignore is None else ~ignore(curve.x).astype(bool)
        found = equal_columns(curve.y[counts], expected[counts], either_sign=either_sign, slack=slack)
        if found:
            columns |= found
        elif not is_zero(curve.y, expected):
            strangers.append(number)
    return Matching(columns=frozenset(columns), strangers=tuple(strangers))


def is_crowded(strangers: int, columns: int) -> bool:
    """Whether beside so many columns there are more other curves than a figure has to show something.

    Among thousands of lines anything can be found; so there is a bound, with room for what is drawn as well.

    >>> is_crowded(30, 13), is_crowded(300, 13)
    (False, True)
    """
    return strangers > _BESIDE + 2 * columns


def equal_columns(y: Array, expected: Array, *, either_sign: bool = False, slack: float = 0.0) -> set[int]:
    """Numbers of the columns that equal y; a column that is zero equals nothing."""
    if not np.isfinite(y).all() or not len(y):
        return set()
    scale = float(np.abs(expected).max(initial=0.0))
    bound = (_TOLERANCE + slack) * scale + 1e-9
    near = np.all(np.abs(y[:, None] - expected) <= bound, axis=0)
    if either_sign:
        near |= np.all(np.abs(y[:, None] + expected) <= bound, axis=0)
    return set(np.flatnonzero(near & ~(np.abs(expected).max(axis=0) <= 4 * bound)).tolist())


def is_zero(y: Array, expected: Array) -> bool:
    """Whether a curve is nothing but rounding, measured at what was expected; an axis line is one too."""
    scale = float(np.abs(expected).max(initial=0.0))
    return bool(np.isfinite(y).all() and np.abs(y).max() <= 10 * _TOLERANCE * scale + 1e-9)


def as_matrix(curves: Sequence[Curve], length: int) -> Array:
    """The curves of one length, a column each; (length, curves)."""
    chosen = [curve.y for curve in curves if len(curve.y) == length and np.isfinite(curve.y).all()]
    return np.stack(chosen, axis=1) if chosen else np.empty((length, 0))


def same_up_to_columns(A: Array, B: Array, *, either_sign: bool = True, slack: float = 0.0) -> bool:
    """Whether two matrices have the same columns in any order."""
    if A.shape != B.shape:
        return False
    left = set(range(B.shape[1]))
    scale = float(np.abs(B).max(initial=0.0))
    bound = (_TOLERANCE + slack) * scale + 1e-9
    for column in A.T:
        near = [
            j
            for j in left
            if np.all(np.abs(column - B[:, j]) <= bound) or (either_sign and np.all(np.abs(column + B[:, j]) <= bound))
        ]
        if not near:
            return False
        left.remove(near[0])
    return True


def counts_instead_of(curve: Curve) -> bool:
    """Whether the x of a curve are 0, 1, 2, … or 1, 2, 3, …, and not values of an input."""
    first = curve.x[0]
    return len(curve.x) > 2 and first in (0.0, 1.0) and bool(np.all(np.diff(curve.x) == 1))


def goes_back(curve: Curve) -> bool:
    """Whether a line that joins its points turns round on the way."""
    steps = np.diff(curve.x)
    return curve.joined and bool((steps < 0).any() and (steps > 0).any())
