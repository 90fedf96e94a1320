"""The notebook's data: a piecewise linear function, noisy at random points, exact on a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def f_true(x: Array) -> Array:
    """The interpolation of sin(12345 j) at x = j/10, with the notebook's slip of being 0 at x = 1."""
    T, k = 10 * x, 12345
    return (T - np.floor(T)) * np.sin(k * np.ceil(T)) - (T - np.ceil(T)) * np.sin(k * np.floor(T))


def inputs(rng: np.random.Generator, points: int) -> Array:
    """Sorted inputs, one in every interval of equal length: no gap hides a kink; (points,)."""
    return (np.arange(points) + rng.uniform(0, 1, points)) / points


def noisy(rng: np.random.Generator, x: Array) -> Array:
    """The function's values with the notebook's noise."""
    return f_true(x) + 0.1 * rng.normal(size=x.shape)
