"""The notebook's data and its networks, small enough for experiments: a piecewise-linear target, elbows, ridge, descent."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

Array = np.ndarray

NOISE = 0.1
WIDTHS = (10, 20, 40)
KINKS = np.arange(1, 10) / 10


def target(x: Array) -> Array:
    """The function behind the data: linear between values sin(12345 j) at j/10."""
    knots = np.sin(12345 * np.arange(11))
    return np.interp(x, np.arange(11) / 10, knots)


def training_set(rng: Generator, points: int = 200) -> tuple[Array, Array]:
    """Noisy points of the target, sorted as in the notebook."""
    x = np.sort(rng.random(points))
    return x, target(x) + NOISE * rng.normal(size=points)


def random_units(rng: Generator, width: int) -> tuple[Array, Array]:
    """First-layer weights, and biases that put the elbows at random into [0, 1]."""
    weights = rng.uniform(-1, 1, size=width)
    return weights, -rng.random(width) * weights


def features(x: Array, weights: Array, bias: Array) -> Array:
    """Outputs of the hidden units, with a column of ones last."""
    hidden = np.maximum(0.0, x[:, None] * weights + bias)
    return np.column_stack([hidden, np.ones_like(x)])


def ridge(phi: Array, y: Array, lam: float) -> Array:
    """The output layer by its closed form."""
    return np.linalg.solve(phi.T @ phi + lam * np.eye(phi.shape[1]), phi.T @ y)


def after_descent(phi: Array, y: Array, rate: float, steps: int) -> Array:
    """Where full gradient descent on the mean squared error stands after many steps from 0, by its eigenvalues."""
    curvature, axes = np.linalg.eigh(2 * phi.T @ phi / len(y))
    kept = (1 - rate * np.clip(curvature, 0, None)) ** steps
    with np.errstate(divide="ignore", invalid="ignore"):
        gained = np.where(curvature > 1e-14, (1 - kept) / curvature, rate * steps)
    return axes @ (gained * (axes.T @ (2 * phi.T @ y / len(y))))


def after_descent_on_all(
    rng: Generator, x: Array, y: Array, w: Array, b: Array, steps: int
) -> tuple[Array, Array, Array]:
    """Weights, biases and output layer (the constant last) after full gradient descent on all of them at the rate 0.1."""
    a, c = rng.uniform(-1, 1, len(w)) / np.sqrt(len(w)), 0.0
    for _ in range(steps):
        pre = x[:, None] * w + b
        hidden, on = np.maximum(0, pre), pre > 0
        residual = 2 * (hidden @ a + c - y) / len(x)
        back = residual[:, None] * on * a
        gradients = hidden.T @ residual, residual.sum(), back.T @ x, back.sum(axis=0)
        a, c, w, b = (value - 0.1 * by for value, by in zip((a, c, w, b), gradients, strict=True))
    return w, b, np.append(a, c)


def error_on_grid(phi_of: Callable[[Array], Array], coefficients: Array, points: int = 1000) -> float:
    """Mean squared error against the noiseless target on a grid."""
    grid = np.linspace(0, 1, points, endpoint=False)
    return float(np.mean((phi_of(grid) @ coefficients - target(grid)) ** 2))
