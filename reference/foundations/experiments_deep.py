"""An experiment on a network with two hidden layers: whether it learns, and what its number of parameters says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from autograder.oracles import slope
from reference.foundations.experiments_descent import holding

Array = np.ndarray
WIDTH = 3
SIZES = (WIDTH, WIDTH, WIDTH * WIDTH, WIDTH, WIDTH, 1)
"""Entries of the weights and biases of both hidden layers, and of the output."""


def _deep(parameters: Array, x: Array) -> Array:
    w, b, V, c, a, d = np.split(parameters, np.cumsum(SIZES)[:-1])
    first = np.maximum(0, x[:, None] * w + b)
    second = np.maximum(0, first @ V.reshape(WIDTH, WIDTH) + c)
    return np.asarray(second @ a + d)


def _start(rng: Generator) -> Array:
    """Elbows spread over the data, everything else at random."""
    w = rng.choice([-1.0, 1.0], size=WIDTH)
    b = -w * np.linspace(-0.8, 0.8, WIDTH)
    V, c, a = rng.normal(size=WIDTH * WIDTH) / np.sqrt(WIDTH), rng.uniform(0, 0.2, WIDTH), rng.normal(size=WIDTH)
    return np.concatenate([w, b, V, c, a, [0.0]])


def claims_on_depth(rng: Generator) -> tuple[str, ...]:
    """Train a small deep network, count its parameters and the directions in which they move its outputs at all."""
    x = np.linspace(-1, 1, 60)
    pattern = np.abs(x) - 0.5

    def loss(parameters: Array) -> float:
        return float(np.mean((_deep(parameters, x) - pattern) ** 2))

    starts = [_start(rng) for _ in range(3)]
    learned = min(_trained(start, loss) for start in starts) < 0.1 * float(np.var(pattern))
    jacobian = np.array([slope(lambda p, at=at: float(_deep(p, x[at : at + 1])[0]), starts[0]) for at in range(len(x))])
    freedom = int(np.linalg.matrix_rank(jacobian, tol=1e-6))
    knots = np.linspace(-1, 1, 101)
    by_one_layer = float(np.abs(np.interp(x, knots, np.sin(3 * knots)) - np.sin(3 * x)).max())
    one_layer = 3 * WIDTH + 1
    return holding(
        {
            "a": learned,
            "b": by_one_layer > 0.01,
            "c": sum(SIZES) < one_layer,
            "d": freedom == sum(SIZES),
            "e": freedom < sum(SIZES),
        }
    )


def _trained(start: Array, loss: Callable[[Array], float]) -> float:
    parameters = start
    for _ in range(250):
        parameters = parameters - 0.1 * slope(loss, parameters)
    return loss(parameters)
