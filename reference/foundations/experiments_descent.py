"""Experiments that single out the true statements on batches, rates and what stochastic steps do in the long run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations, product

import numpy as np
from numpy.random import Generator

Array = np.ndarray
Step = Callable[[float, int], float]


def problem(rng: Generator, points: int = 12, features: int = 3, noise: float = 1.0) -> tuple[Array, Array]:
    """Data of a linear regression."""
    X = rng.normal(size=(points, features))
    return X, X @ rng.normal(size=features) + noise * rng.normal(size=points)


def gradients(X: Array, y: Array, w: Array) -> Array:
    """One row per point: the gradient of its squared error."""
    return 2 * (X @ w - y)[:, None] * X


def holding(claims: Mapping[str, bool]) -> tuple[str, ...]:
    """The letters of the claims that hold."""
    return tuple(letter for letter, holds in claims.items() if holds)


def the_one(claims: Mapping[str, bool]) -> str:
    """The letter of the only claim that holds."""
    (letter,) = holding(claims)
    return letter


def _draws(points: int, size: int) -> dict[str, list[tuple[int, ...]]]:
    """Every equally likely batch, with and without replacement."""
    return {
        "with": list(product(range(points), repeat=size)),
        "without": list(combinations(range(points), size)),
    }


def _moments(g: Array, size: int) -> dict[str, tuple[Array, float]]:
    """Exact mean and total variance of the batch gradient, with and without replacement."""
    found = {}
    for way, draws in _draws(len(g), size).items():
        estimates = np.array([g[list(batch)].mean(axis=0) for batch in draws])
        found[way] = estimates.mean(axis=0), float(estimates.var(axis=0).sum())
    return found


def is_the_batch_gradient_right_on_average(rng: Generator) -> str:
    """Exact expectations for every size of the batch."""
    X, y = problem(rng, points=4)
    g = gradients(X, y, rng.normal(size=3))
    unbiased, exact, scaled = {}, {}, {}
    for size in range(1, 5):
        for way, (mean, variance) in _moments(g, size).items():
            unbiased[way, size] = bool(np.allclose(mean, g.mean(axis=0)))
            exact[way, size] = variance < 1e-20
            scaled[way, size] = bool(np.allclose(mean, size / 4 * g.mean(axis=0)))
    return the_one(
        {
            "a": not unbiased["with", 2] and unbiased["without", 4],
            "b": all(unbiased.values()) and not all(exact.values()),
            "c": unbiased["with", 2] and not unbiased["without", 2],
            "d": all(exact.values()),
            "e": all(scaled.values()),
        }
    )


def what_half_the_batch_changes(rng: Generator) -> tuple[str, ...]:
    """Variance, expectation, points read per step and steps per pass, for batches of 4 and of 2."""
    X, y = problem(rng, points=8)
    g = gradients(X, y, rng.normal(size=3))
    (mean, variance), (mean_of_half, variance_of_half) = (_moments(g, size)["with"] for size in (4, 2))
    return holding(
        {
            "a": variance_of_half > variance,
            "b": not np.allclose(mean, mean_of_half),
            "c": g[:2].size < g[:4].size,
            "d": len(range(0, 8, 2)) < len(range(0, 8, 4)),
            "e": bool(np.isclose(variance_of_half, 2 * variance)),
        }
    )


def why_stochastic_steps_pay(rng: Generator) -> tuple[str, ...]:
    """A large, redundant data set: the direction and the progress of small batches far from the optimum."""
    X, y = problem(rng, points=2000, noise=0.5)
    w = 10 * rng.normal(size=3)
    full = gradients(X, y, w).mean(axis=0)
    batches = [gradients(X[batch], y[batch], w).mean(axis=0) for batch in rng.integers(0, 2000, size=(300, 16))]
    downhill = np.mean([batch @ full > 0 for batch in batches])

    def loss(w: Array) -> float:
        return float(np.mean((X @ w - y) ** 2))

    moved = w
    for batch in rng.integers(0, 2000, size=(50, 16)):  # 800 of the 2000 points
        moved = moved - 0.05 * gradients(X[batch], y[batch], moved).mean(axis=0)
    return holding(
        {
            "a": len(X) > 16,
            "b": bool(np.allclose(batches, full)),
            "c": downhill > 0.95,
            "d": bool(np.allclose(batches, 0)),
            "e": loss(moved) < 0.1 * loss(w),
        }
    )


def rates_far_off(rng: Generator) -> tuple[str, ...]:
    """Fifty steps on a parabola with a rate far above and one far below its stable range."""
    curvature = float(rng.uniform(0.5, 2))
    letters = []
    for rate in (20 / curvature, 1e-5 / curvature):
        losses = [curvature * (1 - 2 * rate * curvature) ** (2 * step) for step in range(50)]
        if losses[-1] > 1e6 * losses[0]:
            letters.append("b")
        elif losses[-1] > 0.98 * losses[0]:
            letters.append("d")
        else:
            letters.append("a")
    return tuple(letters)


def spread_at_the_end(rng: Generator, y: Array, rate: float, *, steps: int = 4000, batch: int = 1) -> float:
    """How much the iterate of the constant model still moves in its last hundred steps."""
    theta, seen = 0.0, []
    for step in range(steps):
        theta -= 2 * rate * (theta - float(rng.choice(y, batch, replace=False).mean()))
        if step >= steps - 100:
            seen.append(theta)
    return float(np.ptp(seen))


def _spread_in_passes(rng: Generator, y: Array, rate: float) -> float:
    """The same within the last of many passes, every point once in each."""
    theta, seen = 0.0, []
    for _ in range(200):
        seen = []
        for value in rng.permutation(y):
            theta -= 2 * rate * (theta - float(value))
            seen.append(theta)
    return float(np.ptp(seen))


def same_rate_for_both(rng: Generator) -> str:
    """A rate that settles full descent: does it settle stochastic descent, does that diverge, and when points agree?"""
    y = rng.normal(size=20)
    rate = 0.3
    full, single, pairs = (spread_at_the_end(rng, y, rate, batch=size) for size in (20, 1, 2))
    agreeing = spread_at_the_end(rng, np.full(20, y[0]), rate)
    assert full < 1e-9
    return the_one(
        {
            "a": single < 1e-9,
            "b": single < 1e-9 < pairs,
            "c": single > 1e-3 and agreeing < 1e-9,
            "d": single > 1e3,
            "e": _spread_in_passes(rng, y, rate) < 1e-9,
        }
    )


def at_the_optimum(rng: Generator) -> tuple[str, ...]:
    """Gradients of all points, of each and of small batches at the fitted weights of a regression."""
    X, y = problem(rng)
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    g = gradients(X, y, w)
    batches = np.array([g[list(batch)].mean(axis=0) for batch in combinations(range(len(y)), 2)])
    return holding(
        {
            "a": bool(np.allclose(g, 0)),
            "b": bool(np.allclose(g.sum(axis=0), 0)),
            "c": bool(np.allclose(np.mean((X @ w - y) ** 2), 0)),
            "d": bool(np.linalg.norm(batches, axis=1).min() > 1e-9),
            "e": bool(np.allclose(w - 0.1 * g.mean(axis=0), w)),
        }
    )


def long_runs(rng: Generator) -> tuple[str, ...]:
    """Full descent at the border of stability; stochastic on points that disagree, that agree, and with a falling rate."""
    y = rng.normal(size=20)
    disagree = _run(rng, lambda theta, _: theta - 0.6 * (theta - float(rng.choice(y))))
    falling = _run(rng, lambda theta, step: theta - (theta - float(rng.choice(y))) / (step + 1))
    agree = _run(rng, lambda theta, _: theta - 0.6 * (theta - float(y[0])))
    border = _run(rng, lambda theta, _: theta - 2 * (theta - float(y.mean())))
    return tuple(_behaviour(run) for run in (border, disagree, agree, falling))


def _run(rng: Generator, step: Step) -> Array:
    theta, seen = float(rng.normal()) + 2, []
    for count in range(20_000):
        theta = step(theta, count)
        seen.append(theta)
    return np.array(seen[-200:])


def _behaviour(run: Array) -> str:
    if np.ptp(run) < 2e-2:
        return "a"
    return "b" if np.allclose(run[2:], run[:-2]) else "c" if np.abs(run).max() < 100 else "d"


def steps_of_an_epoch(rng: Generator) -> tuple[str, ...]:
    """Batches that a shuffled pass over 600 points is cut into."""
    counts = {1: "a", 20: "b", 30: "c", 600: "d"}
    order = rng.permutation(600)
    return tuple(counts[len([order[at : at + size] for at in range(0, 600, size)])] for size in (600, 30, 1))


def what_reshuffling_changes(rng: Generator) -> str:
    """Passes over sorted data in order and reshuffled: where they end on average, the summed gradient, the work."""
    y = np.sort(rng.normal(size=30))
    ends: dict[str, list[float]] = {"in order": [], "reshuffled": []}
    for _ in range(200):
        for way, found in ends.items():
            theta = 0.0
            for _ in range(5):
                for value in y if way == "in order" else rng.permutation(y):
                    theta -= 0.2 * (theta - float(value))
            found.append(theta)
    drift = {way: abs(float(np.mean(all_ends)) - float(y.mean())) for way, all_ends in ends.items()}
    summed = np.isclose(sum(2 * (0.5 - y)), sum(2 * (0.5 - rng.permutation(y))))
    shrunk = abs(np.mean(ends["reshuffled"])) < 0.5 * abs(y.mean())
    return the_one(
        {
            "a": not summed,
            "b": bool(shrunk and drift["reshuffled"] > drift["in order"]),
            "c": drift["in order"] > 3 * drift["reshuffled"],
            "d": len(y) != len(rng.permutation(y)),
            "e": len({int(np.sum(y == value)) for value in y}) > 1,  # visits of a point in a pass in order
        }
    )


def both_ways_of_drawing(rng: Generator) -> str:
    """Exact means and variances of batches of two among five, and their quotient."""
    X, y = problem(rng, points=5)
    g = gradients(X, y, rng.normal(size=3))
    found = _moments(g, 2)
    unbiased = {way: bool(np.allclose(mean, g.mean(axis=0))) for way, (mean, _) in found.items()}
    quotient = found["without"][1] / found["with"][1]
    return the_one(
        {
            "a": unbiased["with"] and not unbiased["without"],
            "b": unbiased["without"] and not unbiased["with"],
            "c": all(unbiased.values()) and bool(np.isclose(quotient, 1)),
            "d": all(unbiased.values()) and bool(np.isclose(quotient, (5 - 2) / (5 - 1))),
            "e": all(unbiased.values()) and bool(quotient > 1),
        }
    )


def which_batches_lead_home(rng: Generator) -> str:
    """Where descent with a small rate ends: a kept batch, the smallest, largest or first ones, fresh batches, in each 5 of 60."""
    y = rng.normal(size=60) + 3 * (rng.random(60) < 0.3)
    goal = float(y.mean())
    fixed = rng.choice(60, 5, replace=False)
    batches: dict[str, Callable[[float], Array]] = {
        "a": lambda theta: y[fixed],
        "b": lambda theta: y[rng.choice(60, 5, replace=False)],
        "c": lambda theta: y[np.argsort((y - theta) ** 2)[:5]],
        "d": lambda theta: y[np.argsort(-((y - theta) ** 2))[:5]],
        "e": lambda theta: np.sort(y)[:5],
    }
    off = {}
    for letter, batch in batches.items():
        theta, seen = 0.0, []
        for step in range(3000):
            theta -= 0.02 * (theta - float(batch(theta).mean()))
            seen += [theta] if step >= 1000 else []
        off[letter] = abs(float(np.mean(seen)) - goal)
    return min(off, key=lambda letter: off[letter])
