"""The notebook's data: a piecewise linear function, noisy at random points, exact on a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def f_true(x: Array) -> Array:
    """The interpolation of sin(12345 j) at x = j/10, with the notebook's slip of being 0 at x = 1."""
    T, k = 10 * x, 12345
    return (T - np.floor(T)) * np.sin(k * np.ceil(T)) - (T - np.ceil(T)) * np.sin(k * np.floor(T))


def training_data(rng: np.random.Generator, points: int) -> tuple[Array, Array]:
    """Sorted inputs and noisy values; (points, 1) each. One input in every interval of equal length: no gap hides a kink."""
    X = (np.arange(points)[:, None] + rng.uniform(0, 1, (points, 1))) / points
    return X, f_true(X) + 0.1 * rng.normal(size=X.shape)


def test_data(X: Array, points: int) -> tuple[Array, Array]:
    """The training inputs and a grid, sorted, with exact values."""
    X_test = np.sort(np.concatenate([X, np.linspace(0, 1, points)[:, None]]), axis=0)
    return X_test, f_true(X_test)
