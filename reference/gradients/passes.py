"""Passes over the data: batches, the step for each point in an order that a seed decides, and what must hold of them."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from autograder.functions.draw import Array

SEEDS = 12
"""How many seeds in a row a function is called with: an order that none of them changes is no shuffled one."""
_SLACK = 1e-5


def full_batch(X: Array, y: Array, w: Array, lr: float) -> Array:
    """One step down the mean squared error."""
    return w - lr * 2 * X.T @ (X @ w - y) / len(y)


def one_pass(X: Array, y: Array, w: Array, lr: float, order: Array | tuple[int, ...]) -> Array:
    """A step for one point after the other."""
    for i in order:
        w = w - lr * 2 * (X[i] @ w - y[i]) * X[i]
    return w


def passes(X: Array, y: Array, w: Array, lr: float, seed: int) -> Array:
    """Where a pass ends for each of several seeds in a row, the first one twice."""
    orders = [np.random.default_rng(seed + k).permutation(len(y)) for k in (0, *range(SEEDS))]
    return np.array([one_pass(X, y, w, lr, order) for order in orders])


def batches(n: int, b: int, seed: int) -> tuple[Array, Array, Array]:
    """Points and sizes of the batches, and the points for several seeds in a row."""
    orders = np.array([np.random.default_rng(seed + k).permutation(n) for k in range(SEEDS)])
    return orders[0], np.array([len(range(first, min(first + b, n))) for first in range(0, n, b)]), orders


def partition(points: Array, lengths: Array, orders: Array, n: int, b: int, seed: int) -> str:
    """Each point once, batches of b with the rest last, and an order that the seed decides."""
    del seed
    if sorted(points.tolist()) != list(range(n)):
        missing = sorted(set(range(n)) - set(points.tolist()))
        twice = sorted({int(p) for p in points if np.sum(points == p) > 1})
        said = f"point {missing[0]} is in no batch" if missing else f"{points.max():g} is no index of {n} points"
        return (
            f"point {twice[0]} is there {int(np.sum(points == twice[0]))} times in one pass"
            if twice and not missing
            else said
        )
    wanted = [min(b, n - first) for first in range(0, n, b)]
    if lengths.tolist() != wanted:
        return f"the batches have {_listed(lengths)} points, not {_listed(np.array(wanted))}"
    if not np.array_equal(points, orders[0]):
        return "the same seed gives another order when it is called again"
    if n > 3 and all(np.array_equal(order, orders[0]) for order in orders):
        return f"{SEEDS} seeds in a row all give the same order"
    return ""


def _listed(numbers: Array) -> str:
    return ", ".join(f"{number:g}" for number in numbers)


def ends_of_passes(ends: Array, X: Array, y: Array, w: Array, lr: float, seed: int) -> str:
    """Each end is that of some order of all points with the unbiased step, and seeds lead to different orders."""
    del seed
    possible = _ends(X, y, w, lr)
    off = [end for end in ends if not _among(end, possible)]
    if off:
        return f"for one of several seeds {_explained(off[0], X, y, w, lr)}"
    if np.abs(ends[0] - ends[1]).max() > _SLACK * _size(possible):
        return "the same seed gives another w when it is called again"
    spread = np.ptp(possible, axis=0).max()
    if (
        len(y) > 2
        and spread > 1e-3 * _size(possible)
        and all(np.allclose(end, ends[0], rtol=0, atol=1e-9) for end in ends)
    ):
        return "several seeds in a row all end in the same w: is the order of the points shuffled?"
    return ""


def _ends(X: Array, y: Array, w: Array, lr: float) -> Array:
    """Where all orders of the points lead, one a row."""
    return np.array([one_pass(X, y, w, lr, order) for order in permutations(range(len(y)))])


def _size(ends: Array) -> float:
    return max(1e-12, float(np.abs(ends).max()))


def _among(end: Array, possible: Array) -> bool:
    return bool(np.any(np.abs(possible - end).max(axis=1) <= _SLACK * _size(possible)))


def _explained(end: Array, X: Array, y: Array, w: Array, lr: float) -> str:
    """Which well-known slip leads to this end, else only that no order does."""
    n = len(y)
    slips = {
        "steps divided by the number of points lead to your w; is their mean over the points the full step?": lr / n,
        "steps of half the length lead to your w; differentiate the square again": lr / 2,
        "steps uphill lead to your w": -lr,
    }
    for said, rate in slips.items():
        if n > 1 and _among(end, _ends(X, y, w, rate)):
            return said
    if np.allclose(end, full_batch(X, y, w, lr)):
        return "one step on all points leads to your w; here every point has a step of its own"
    if any(np.allclose(end, one_pass(X, y, w, lr, (i,))) for i in range(n)) and n > 1:
        return "a single step leads to your w; a pass has one for every point"
    return "no order of the points, each taken once, leads to your w"
