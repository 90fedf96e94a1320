"""Singular values as they are drawn: as they are, over a common factor, as logarithms, or something else made of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.notebooks.figures import Seen
from reference.hw1.relu_networks import Array

_ZERO = 1e-4  # of the largest singular value: below it single precision shows noise
_SAME = 1e-3  # of the largest value
_FEWEST = 3  # leading values that tell a spectrum; of two alone much else has the ratio
_LOGARITHM = 0.03  # a value just above `_ZERO` is known to a few per cent
_BASES = (1.0, 1 / np.log(10), 1 / np.log(2), 20 / np.log(10))  # the last one gives decibels


def singular_value_curves(seen: Seen, count: int) -> list[Array]:
    """Drawn curves that could be singular values: over a count, or as many as there may be; largest first.

    Logarithms of zeros are left out.
    """
    found = []
    for curve in sorted(seen.curves, key=lambda curve: not _counts(curve.x)):
        values = np.sort(curve.y[np.isfinite(curve.y)])[::-1]
        if len(values) > 1 and len(curve.y) <= max(count, 2):
            found.append(values)
    return found


def shows_values(candidates: Sequence[Array], s: Array) -> bool:
    """Whether one of the drawn curves is the singular values, or the leading ones; those that are zero may be missing or noise."""
    return any(_leads(values, _live(s), _SAME * s[0]) for values in candidates)


def scale_of_values(candidates: Sequence[Array], s: Array) -> float | None:
    """The factor by which one of the drawn curves is the singular values, such as 1 / s[0]; None where there is none."""
    for values in candidates:
        if values[0] > 0 and len(values) >= _FEWEST:
            factor = float(values[0] / s[0])
            if _leads(values, factor * _live(s), _SAME * values[0]):
                return factor
    return None


def shows_logarithms(candidates: Sequence[Array], s: Array) -> bool:
    """Whether one of the drawn curves is the logarithms of the singular values, to a usual base, and up to a common factor."""
    live = np.log(_live(s))
    for values in candidates:
        size = min(len(values), len(live))
        for base in _BASES if size >= _FEWEST else ():
            same = np.abs(values[:size] - values[0] - base * (live[:size] - live[0])) <= base * _LOGARITHM
            if same.all() and np.all(values[size:] <= values[size - 1]) and _enough(size, live):
                return True
    return False


def shows_sums(candidates: Sequence[Array], s: Array) -> bool:
    """Whether one of the drawn curves is running sums of the values or of their squares, up to a common factor."""
    for values in candidates:
        for summed in (np.cumsum(s), np.cumsum(s**2)):
            size = min(len(values), len(summed))
            shares = values[::-1][:size] / (values[-1] or 1.0)
            if size >= _FEWEST and np.all(np.abs(shares - summed[:size] / summed[0]) <= _SAME * summed[-1] / summed[0]):
                return True
    return False


def _live(s: Array) -> Array:
    return s[s > _ZERO * s[0]]


def _enough(size: int, live: Array) -> bool:
    return size == len(live) or size >= _FEWEST


def _leads(values: Array, live: Array, bound: float) -> bool:
    size = min(len(values), len(live))
    close = np.all(np.abs(values[:size] - live[:size]) <= bound)
    return bool(_enough(size, live) and close and np.all(np.abs(values[size:]) <= 10 * bound))


def _counts(x: Array) -> bool:
    steps = np.diff(np.sort(x))
    return bool(len(x) > 1 and np.allclose(steps, 1))
