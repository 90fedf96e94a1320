"""Experiments that single out the true statements on full, mini-batch and stochastic gradient descent."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
from numpy.random import Generator

from autograder.oracles import slope

Array = np.ndarray


def _problem(rng: Generator, points: int = 40, features: int = 3, noise: float = 1.0) -> tuple[Array, Array]:
    X = rng.normal(size=(points, features))
    return X, X @ rng.normal(size=features) + noise * rng.normal(size=points)


def _losses(X: Array, y: Array, w: Array) -> Array:
    return (X @ w - y) ** 2


def _gradients(X: Array, y: Array, w: Array) -> Array:
    """One row per point: the gradient of its own loss, by differences."""
    rows = [slope(lambda v, i=i: float(_losses(X, y, v)[i]), w, width=1e-3) for i in range(len(y))]  # type: ignore[misc]  # mypy wants no defaults in a lambda
    return np.array(rows)


def what_descent_lowers(rng: Generator) -> str:
    """The quantity that is flat at the fitted weights: mean or largest training loss, mean test loss, its negative."""
    X, y = _problem(rng)
    X_test, y_test = _problem(rng)
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    around = [w + 1e-2 * rng.normal(size=w.size) for _ in range(200)]
    quantities = {
        "a": lambda v: float(_losses(X, y, v).mean()),
        "b": lambda v: float(_losses(X, y, v).max()),
        "c": lambda v: float(_losses(X_test, y_test, v).mean()),
        "e": lambda v: -float(_losses(X, y, v).mean()),
    }
    (letter,) = [name for name, of in quantities.items() if all(of(v) > of(w) for v in around)]
    return letter


def which_step_goes_down(rng: Generator) -> str:
    """The assignment that, repeated at a small rate, ends at the bottom of a bowl."""
    bottom = rng.normal(size=2) + 3
    eta = 0.1

    def risk(w: Array) -> float:
        return float(np.sum((w - bottom) ** 2)) + 1

    steps = {
        "a": lambda w: w + eta * slope(risk, w),
        "b": lambda w: eta * slope(risk, w),
        "c": lambda w: w - eta * slope(risk, w),
        "d": lambda w: w - slope(risk, w) / eta,
        "e": lambda w: w - eta * risk(w),
    }
    found = []
    for letter, step in steps.items():
        w = bottom + rng.normal(size=2)
        for _ in range(60):
            w = np.clip(step(w), -1e6, 1e6)
        if np.linalg.norm(w - bottom) < 1e-3:
            found.append(letter)
    (letter,) = found
    return letter


def updates_per_pass(rng: Generator) -> str:
    """For which sizes of the batch a pass takes a single update."""
    n = int(rng.integers(5, 30))
    single = [size for size in range(1, n + 1) if len(range(0, n, size)) == 1]
    claims = {"a": single == list(range(1, n + 1)), "b": single == [n], "c": single == [1], "d": not single}
    claims["e"] = single == [size for size in range(1, n + 1) if n % size == 0]
    (letter,) = [name for name, true in claims.items() if true]
    return letter


def noise_and_cost(rng: Generator) -> tuple[str, ...]:
    """Points read per step, spread of directions, and share of steps that raise the loss, for batches of N, 5 and 1."""
    X, y = _problem(rng)
    w = np.linalg.lstsq(X, y, rcond=None)[0] + 0.3
    gradients = _gradients(X, y, w)
    sizes = {"a": len(y), "b": 5, "c": 1}
    spread, rises = {}, {}
    for letter, size in sizes.items():
        batches = [rng.choice(len(y), size, replace=False) for _ in range(400)]
        directions = np.array([gradients[batch].mean(axis=0) for batch in batches])
        spread[letter] = float(directions.var(axis=0).sum())
        before = _losses(X, y, w).mean()
        rises[letter] = float(np.mean([_losses(X, y, w - 0.01 * d).mean() > before for d in directions]))
    costly = max(sizes, key=lambda letter: sizes[letter] if rises[letter] == 0 else 0)
    noisy, middle, _ = sorted(spread, key=lambda letter: -spread[letter])
    assert rises[noisy] == max(rises.values()) > 0
    return costly, noisy, middle


def unbiased_estimates(rng: Generator) -> tuple[str, ...]:
    """Exact expectations over every equally likely draw of two points among four."""
    X, y = _problem(rng, points=4)
    g = _gradients(X, y, rng.normal(size=3))
    full = g.mean(axis=0)
    expectations = {
        "a": g.mean(axis=0),
        "b": np.mean([g[list(pair)].sum(axis=0) for pair in combinations(range(4), 2)], axis=0),
        "c": np.mean([g[list(pair)].mean(axis=0) for pair in product(range(4), repeat=2)], axis=0),
        "d": np.mean([g[list(pair)].mean(axis=0) for pair in combinations(range(4), 2)], axis=0),
        "e": np.mean(g / 4, axis=0),
    }
    return tuple(letter for letter, mean in expectations.items() if np.allclose(mean, full))


def early_progress(rng: Generator) -> str:
    """Whether half a pass lowers the loss on all the data: in batches, one by one, and with the full gradient."""
    X, y = _problem(rng, points=200, noise=0.1)
    lowered = {}
    for size in (1, 10, 200):
        w, read = np.zeros(3), 0
        while read + size <= 100:
            batch = slice(read, read + size)
            w = w - 0.02 * 2 * X[batch].T @ (X[batch] @ w - y[batch]) / size
            read += size
        lowered[size] = bool(_losses(X, y, w).mean() < _losses(X, y, np.zeros(3)).mean())
    letters = {
        (True, True, False): "c",
        (False, False, False): "a",
        (False, False, True): "b",
        (True, False, False): "e",
    }
    return letters[lowered[1], lowered[10], lowered[200]]


def cost_of_a_step(rng: Generator) -> str:
    """How many entries of X an update on 8 points reads, as the number of points grows a thousandfold."""
    counts = []
    for points in (20, 200, 20_000):
        batch = rng.choice(points, 8, replace=False)
        counts.append(sum(3 for _ in batch))
    growth = counts[-1] / counts[0]
    return "d" if growth == 1 else "b" if growth < 10 else "a"


def at_a_fixed_rate(rng: Generator) -> str:
    """Whether the iterate comes to rest at a fixed rate, with and without momentum, on noisy and on exactly fitted data."""
    away = {
        (fitted, momentum): _distance_at_the_end(rng, noise=0.0 if fitted else 1.0, momentum=momentum)
        for fitted in (True, False)
        for momentum in (0.0, 0.5)
    }
    rests = {run: distance < 1e-6 for run, distance in away.items()}
    claims = {
        "a": rests[False, 0.0],
        "b": not rests[True, 0.0],
        "c": rests[True, 0.0] and not rests[False, 0.0] and not rests[False, 0.5],
        "d": rests[False, 0.5] and not rests[False, 0.0],
        "e": away[False, 0.0] > 1e3,
    }
    (letter,) = [name for name, true in claims.items() if true]
    return letter


def _distance_at_the_end(rng: Generator, *, noise: float, momentum: float) -> float:
    X, y = _problem(rng, points=20, noise=noise)
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    w, velocity = np.zeros(3), np.zeros(3)
    for i in rng.integers(0, 20, size=6000):
        velocity = momentum * velocity - 0.02 * 2 * (X[i] @ w - y[i]) * X[i]
        w = w + velocity
    return float(np.linalg.norm(w - best))
