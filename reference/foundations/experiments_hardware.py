"""An experiment for the batch size in practice: equal time on a machine that works on some points at once."""

from __future__ import annotations

import numpy as np

_POINTS, _AT_ONCE, _DIMENSIONS, _TIME, _RATE, _RUNS = 4096, 512, 4, 120, 0.1, 10
_SAME = 1.5  # errors whose ratio is smaller tell nothing


def best_batch_size(rng: np.random.Generator) -> str:
    """The letter of the size whose error is smallest after the same time: a step takes the time of each started load of 512 points.

    One point a step wastes the machine, all points take eight loads for one step, and the square root of n fills an eighth of one.
    """
    sizes = {"a": 1, "b": _POINTS, "d": _AT_ONCE, "e": int(np.sqrt(_POINTS))}
    errors = {letter: np.mean([_error(rng, size) for _ in range(_RUNS)]) for letter, size in sizes.items()}
    best = min(errors, key=lambda letter: errors[letter])
    second = min(error for letter, error in errors.items() if letter != best)
    return best if second > _SAME * errors[best] else "c"


def _error(rng: np.random.Generator, size: int) -> float:
    """The squared distance to the least-squares solution after as many steps of SGD as the time allows."""
    X, truth = rng.normal(size=(_POINTS, _DIMENSIONS)), rng.normal(size=_DIMENSIONS)
    y = X @ truth + rng.normal(size=_POINTS)
    best, w = np.linalg.lstsq(X, y, rcond=None)[0], np.zeros(_DIMENSIONS)
    for _ in range(_TIME // -(-size // _AT_ONCE)):
        chosen = rng.integers(_POINTS, size=size)
        w = w - _RATE * X[chosen].T @ (X[chosen] @ w - y[chosen]) / size
    return float(np.sum((w - best) ** 2))
