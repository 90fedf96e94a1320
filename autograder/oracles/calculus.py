"""Instruments for derivatives and minima of functions that are given as Python functions."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

instead: ContextVar[Callable[[Callable[[Any], Any], Any], Any] | None] = ContextVar("instead", default=None)
"""What measures slopes in the place of differences, see `autograder.oracles.autograd`."""


def slope(function: Callable[[Array], float], at: Array | float, *, width: float = 1e-5) -> Array:
    """The gradient by central differences, in the shape of `at`.

    The error is of order `width**2` times the third derivative: none but rounding for a quadratic.

    >>> float(slope(lambda x: float(x) ** 2, 3.0).round(6))
    6.0
    """
    other = instead.get()
    if other is not None:
        return np.asarray(other(function, at))
    point = np.asarray(at, dtype=float)
    gradient = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        ahead, behind = point.copy(), point.copy()
        ahead[index] += width
        behind[index] -= width
        gradient[index] = (function(ahead) - function(behind)) / (2 * width)
    return gradient


def minimiser(function: Callable[[Array], float], start: Array) -> Array:
    """The minimiser of a strictly convex quadratic function, in the shape of `start`.

    One Newton step with differences of width 1 is exact for a quadratic, up to rounding, so that no iteration and no
    formula for the minimiser is needed.

    >>> minimiser(lambda x: float((x[0] - 2) ** 2 + 3 * (x[1] + 1) ** 2), np.zeros(2)).round(9).tolist()
    [2.0, -1.0]
    """
    size = start.size
    units = [unit.reshape(start.shape) for unit in np.eye(size)]
    gradient = np.array([(function(start + e) - function(start - e)) / 2 for e in units])
    base = function(start)
    hessian = np.empty((size, size))
    for i, e in enumerate(units):
        for j, f in enumerate(units):
            hessian[i, j] = function(start + e + f) - function(start + e) - function(start + f) + base
    return start - np.linalg.solve(hessian, gradient).reshape(start.shape)


def valley(function: Callable[[float], float], low: float, high: float, *, rounds: int = 120) -> float:
    """The minimiser of a function with a single valley between `low` and `high`, by ternary search.

    >>> round(valley(lambda x: abs(x - 0.3), 0.0, 1.0), 9)
    0.3
    """
    for _ in range(rounds):
        third = (high - low) / 3
        if function(low + third) <= function(high - third):
            high -= third
        else:
            low += third
    return (low + high) / 2
