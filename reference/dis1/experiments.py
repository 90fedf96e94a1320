"""Experiments with the notebook's networks that single out the true statements of problem 2."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.random import Generator

from reference.dis1 import relu

Array = np.ndarray


def _fit(rng: Generator, width: int, lam: float = 1e-5) -> float:
    """The test error of ridge on a random hidden layer."""
    x, y = relu.training_set(rng)
    weights, bias = relu.random_units(rng, width)
    coefficients = relu.ridge(relu.features(x, weights, bias), y, lam)
    return relu.error_on_grid(lambda grid: relu.features(grid, weights, bias), coefficients)


def _at_elbows(rng: Generator, elbows: Array) -> float:
    """The test error of ridge with units that switch on at the given places."""
    x, y = relu.training_set(rng)
    weights = np.ones(len(elbows))
    coefficients = relu.ridge(relu.features(x, weights, -elbows), y, 1e-8)
    return relu.error_on_grid(lambda grid: relu.features(grid, weights, -elbows), coefficients)


def cause_of_the_gap(rng: Generator) -> str:
    """What makes the test error the smaller one: add noise to the test targets, move or thin out the points, drop the penalty."""
    elbows = np.concatenate([[0.0], relu.KINKS])
    x, y = relu.training_set(rng)

    def phi(points: Array) -> Array:
        return relu.features(points, np.ones(10), -elbows)

    def gap(lam: float, *, points: int, noise: float, at: Array | None = None) -> bool:
        c = relu.ridge(phi(x), y, lam)
        there = np.linspace(0, 1, points, endpoint=False) if at is None else at
        labels = relu.target(there) + noise * rng.normal(size=len(there))
        return bool(np.mean((phi(there) @ c - labels) ** 2) < 0.7 * np.mean((phi(x) @ c - y) ** 2))

    always = gap(1e-5, points=1000, noise=0.0)
    claims = {
        "a": always and not gap(1e-5, points=1000, noise=relu.NOISE),
        "b": not always,
        "c": always and not gap(1e-5, points=50, noise=0.0),
        "d": always and not gap(0.0, points=1000, noise=0.0),
        "e": always and not gap(1e-5, points=0, noise=0.0, at=x),
    }
    (letter,) = [name for name, true in claims.items() if true]
    return letter


def errors_by_width(rng: Generator) -> str:
    """How the median test error moves from width 10 to 20 to 40."""
    medians = [float(np.median([_fit(rng, width) for _ in range(15)])) for width in relu.WIDTHS]
    if medians[0] > 1.2 * medians[1] and medians[1] > 1.2 * medians[2]:
        return "a"
    if medians[0] < medians[1] < medians[2]:
        return "b"
    return "c" if max(medians) < 1.2 * min(medians) else "d"


def best_elbows(rng: Generator) -> str:
    """Which placement of at most nine elbows beside one at 0 gives the smallest error: at kinks, at random, and so on."""
    slopes = np.diff(relu.target(np.arange(11) / 10))
    extrema = relu.KINKS[slopes[:-1] * slopes[1:] < 0]
    placements = {
        "a": rng.random(9),
        "b": relu.KINKS,
        "c": extrema,
        "d": 1 + rng.random(9),
        "e": np.full(9, 0.5),
    }
    errors = {letter: _at_elbows(rng, np.concatenate([[0.0], places])) for letter, places in placements.items()}
    return min(errors, key=lambda letter: errors[letter])


def elbows_in_training(rng: Generator) -> str:
    """The mean distance from an elbow to the nearest kink, before and after descent on all layers."""
    before, after, moved = [], [], []
    for _ in range(3):
        x, y = relu.training_set(rng)
        w, b = relu.random_units(rng, 20)
        start = -b / w
        w, b, _ = relu.after_descent_on_all(rng, x, y, w, b, steps=12_000)
        end = -b / np.where(np.abs(w) > 1e-9, w, 1e-9)
        before.append(_distance(start))
        after.append(_distance(end))
        moved.append(float(np.median(np.abs(end - start))))
    if max(moved) < 1e-3:
        return "b"
    near, nearer = np.median(before), np.median(after)
    return "c" if nearer < 1e-3 else "a" if nearer < near else "d"


def _distance(elbows: Array) -> float:
    """From the elbows in [0, 1] to the nearest kink, on average."""
    inside = elbows[(elbows > 0) & (elbows < 1)]
    return float(np.abs(inside[:, None] - relu.KINKS).min(axis=1).mean())


def what_elbows_set(rng: Generator) -> str:
    """Which feature of the learned function follows a shift of all elbows, and whether heights stay as weights double."""
    grid = np.linspace(-1, 2, 3001)
    weights = np.ones(4)
    elbows, outer = np.array([0.1, 0.35, 0.6, 0.85]), rng.uniform(0.5, 2, 4) * np.array([1, -1, 1, -1])

    def bends_and_slopes(at: Array, offset: float) -> tuple[Array, Array, float]:
        f = relu.features(grid, weights, -at) @ np.append(outer, offset)
        slopes = np.diff(f) / np.diff(grid)
        where = grid[1:-1][np.abs(np.diff(slopes)) > 1e-6]
        return where[np.concatenate([[True], np.diff(where) > 0.01])], np.unique(slopes.round(4)), float(f[0])

    def heights(factor: float) -> Array:
        return relu.features(elbows, weights, -elbows) @ np.append(factor * outer, 0.3)

    bends, slopes, offset = bends_and_slopes(elbows, 0.3)
    moved, same, still = bends_and_slopes(elbows + 0.05, 0.3)
    follow = bool(np.allclose(moved - bends, 0.05, atol=2e-3))
    claims = {
        "a": follow,
        "b": not np.array_equal(np.intersect1d(slopes, same), np.union1d(slopes, same)) and len(slopes) != len(same),
        "c": offset != still,
        "e": bool(np.allclose(heights(1.0), heights(2.0))),
    }
    (letter,) = [name for name, true in claims.items() if true]
    return letter


PENALTIES = (1e-8, 1e-5, 1e-3, 1e-2, 1e-1, 1.0)


def claims_on_ridge(rng: Generator) -> tuple[str, ...]:
    """Which claims hold for ridge against descent on the output layer, and for the size of the penalty."""
    lower, without_penalty, settled, best = [], [], [], []
    errors = {width: np.zeros(len(PENALTIES)) for width in relu.WIDTHS}
    for width in relu.WIDTHS:
        for _ in range(7):
            x, y = relu.training_set(rng)
            weights, bias = relu.random_units(rng, width)
            phi = relu.features(x, weights, bias)

            def error(c: Array, w: Array = weights, b: Array = bias) -> float:
                return relu.error_on_grid(lambda grid: relu.features(grid, w, b), c)

            by_penalty = np.array([error(relu.ridge(phi, y, lam)) for lam in PENALTIES])
            errors[width] += by_penalty
            run, long_run = (error(relu.after_descent(phi, y, 0.2, steps)) for steps in (150_000, 10**9))
            lower.append(by_penalty[1] < run)
            without_penalty.append(by_penalty[0] < run)
            settled.append(abs(long_run - by_penalty[1]) < abs(run - by_penalty[1]))
            best.append(PENALTIES[int(by_penalty.argmin())])
    same_problem = np.mean(lower) > 0.9 and np.mean(settled) > 0.8
    small = np.mean([lam <= 1e-5 for lam in best]) > 0.7
    work = (40 + 1) ** 3 + 200 * 41**2 < 150_000 * 40 * 41  # one solve at width 40, and every step of descent
    claims = {
        "a": bool(same_problem),
        "b": bool(np.mean(lower) > 0.9 and np.mean(without_penalty) < 0.5),
        "c": work,
        "d": bool(small and all(total[2] > total[1] for total in (errors[10], errors[20]))),
        "e": all(bool(np.all(np.diff(total) < 0)) for total in errors.values()),
        "f": all(bool(total.max() < 1.1 * total.min()) for total in errors.values()),
    }
    return tuple(letter for letter, true in claims.items() if true)


def errors_of_a_run(width: int) -> Callable[[Generator], dict[str, float]]:
    """One run of the notebook at a width, with full gradients in place of its batches: the error of each way to train."""

    def run(rng: Generator) -> dict[str, float]:
        x, y = relu.training_set(rng)
        w, b = relu.random_units(rng, width)
        phi = relu.features(x, w, b)
        of_all = relu.after_descent_on_all(rng, x, y, w, b, steps=3000)

        def error(units: tuple[Array, Array], outer: Array) -> float:
            return relu.error_on_grid(lambda grid: relu.features(grid, *units), outer)

        return {
            "ridge": error((w, b), relu.ridge(phi, y, 1e-5)),
            "out": error((w, b), relu.after_descent(phi, y, 0.2, 150_000)),
            "all": error(of_all[:2], of_all[2]),
        }

    return run


def training_work(rng: Generator) -> dict[str, float]:
    """Multiply-adds of the three ways at a random width: one solve, and each step's forward and backward pass on 40 points."""
    width = int(rng.choice(relu.WIDTHS))
    features, forward = width + 1, 40 * 2 * width
    output_layer, first_layer = 40 * (width + 1), 40 * 3 * width
    return {
        "ridge": 200 * features**2 + features**3,
        "out": 150_000 * (forward + output_layer),
        "all": 150_000 * (forward + output_layer + first_layer),
    }


def count_pieces(w: int) -> int:
    """The most linear pieces seen in random networks of width w, from the changes of slope between their elbows."""
    rng, most = np.random.default_rng(0), 0
    for _ in range(20):
        weights, outer = rng.normal(size=w), rng.normal(size=w)
        elbows = np.sort(rng.random(w))
        places = np.concatenate([[elbows[0] - 1], (elbows[1:] + elbows[:-1]) / 2, [elbows[-1] + 1]])
        slopes = [float(np.sum(outer * weights * (weights * (at - elbows) > 0))) for at in places]
        most = max(most, 1 + sum(abs(a - b) > 1e-12 for a, b in pairwise(slopes)))
    return most
