"""What wrong answers to Problems 2 and 3 are shown: the objectives and the random vectors, at small numbers."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from autograder.oracles import Shows, minimiser
from autograder.oracles.numeric import MultipleOfIdentity
from autograder.oracles.telling import as_column, lower_nearby, slope_seen
from autograder.oracles.witnesses import Yours, told
from reference.hw1.q2a import objective
from reference.hw1.q3 import minus_log_posterior

_ONE = {"k": 1, "m": 1, "n": 1, "p": 1}
_NUMBERS = {"W1": [[2]], "A": [[1]], "b": [3], "W2": [[1]], "c": [1], **_ONE}
_OTHERS = {"W1": [[3]], "A": [[2]], "b": [1], "W2": [[2]], "c": [-1], **_ONE}
_MATRICES = {
    "W1": [[1, 0], [1, 1]], "A": [[1, 2], [0, 1]], "b": [1, 2], "W2": [[1, 1], [0, 2]], "c": [1, -1],
    "k": 2, "m": 2, "n": 2, "p": 2,
}  # fmt: skip
_SIZES = ("k", "m", "n", "p")


def _tikhonov_lower(yours: Yours, W1: Any, A: Any, b: Any, W2: Any, c: Any) -> str:
    return lower_nearby(lambda x: objective(x, W1, A, b, W2, c), yours(), len(c), name="x", what="the objective")


def _tikhonov_slope(yours: Yours, x: Any, W1: Any, A: Any, b: Any, W2: Any, c: Any) -> str:
    return slope_seen(lambda at: objective(at, W1, A, b, W2, c), x, yours(), name="x", what="the objective")


def _lengths(yours: Yours, W1: Any, A: Any, W2: Any) -> str:
    found = yours()
    matrix = np.atleast_2d(found[0] if isinstance(found, tuple) else found)
    one = np.ones((A.shape[1], 1))
    stated = objective(one, W1, A, np.zeros((len(A), 1)), W2, np.zeros_like(one))
    mine = float(np.sum((matrix @ one) ** 2))
    if abs(mine - stated) < 1e-9:
        return ""
    return f"at x = {told(one)} with b = 0 and c = 0 the objective is {told(stated)}; your C x has the squared length {told(mine)}."


def _value_at_zero(yours: Yours, W1: Any, A: Any, b: Any, W2: Any, c: Any) -> str:
    found = yours()
    pair = found if isinstance(found, tuple) else (None, found)
    target = np.asarray(pair[1], dtype=float).reshape(-1, 1)
    for x in (np.zeros_like(c), np.ones_like(c)):
        fitted = np.zeros_like(target) if not x.any() else np.atleast_2d(pair[0]) @ x if pair[0] is not None else None
        if fitted is None:
            continue
        stated, mine = objective(x, W1, A, b, W2, c), float(np.sum((fitted - target) ** 2))
        if abs(mine - stated) > 1e-9:
            return f"at x = {told(x)} the objective is {told(stated)}; with yours, ‖C x − d‖² is {told(mine)} there."
    return ""


def _change(yours: Yours, W1: Any, A: Any, b: Any, W2: Any, c: Any) -> str:
    gram, right = (np.atleast_2d(part) for part in yours())
    right = right.reshape(-1, 1)
    zero = np.zeros_like(c)
    for x in (np.ones_like(c), -np.ones_like(c)):
        stated = objective(x, W1, A, b, W2, c) - objective(zero, W1, A, b, W2, c)
        mine = (x.T @ gram @ x - 2 * right.T @ x).item()
        if abs(stated - mine) > 1e-9:
            return (
                f"from x = 0 to x = {told(x)} the objective changes by {told(stated)}; with your matrices, "
                f"xᵀCᵀC x − 2 (Cᵀd)ᵀx changes by {told(mine)}."
            )
    return ""


def _ridge_lower(yours: Yours, A: Any, b: Any, lambda_: float) -> str:
    W1, W2, centre = yours()
    c = np.zeros((A.shape[1], 1)) if np.size(centre) == 1 and not np.any(centre) else as_column(centre, A.shape[1])
    W1, W2 = _square(W1, len(A)), _square(W2, A.shape[1])
    found = minimiser(lambda x: objective(x, W1, A, b, W2, c), np.zeros((A.shape[1], 1)))

    def ridge(x: np.ndarray) -> float:
        return float(np.sum((A @ x - b) ** 2) + lambda_ * np.sum(x**2))

    return lower_nearby(
        ridge, found, len(found), name="x", what="‖Ax − b‖² + λ‖x‖²", place="your choice leads to x = {here}, where"
    )


def _square(found: Any, size: int) -> Any:
    return found.factor * np.eye(size) if isinstance(found, MultipleOfIdentity) else np.atleast_2d(found)


def _products(yours: Yours, X: np.ndarray, lambda_: float, *, squares: bool) -> str:
    """The cases W, N = +1 or -1, which have the normals' mean and variance."""
    x, root = X.item(), lambda_**0.5
    cases = [(w, x * w + root * noise) for w, noise in product((1, -1), repeat=2)]
    values = sorted(y * y if squares else w * y for w, y in cases)
    what = "Y Y" if squares else "W Y"
    return (
        f"the observation is Y = {told(x)} W + {told(root)} N. If W and N were +1 or −1 by chance (the same means and variances), {what} would be "
        f"{', '.join(map(told, values))}, equally likely; yours says {told(yours())} on average."
    )


def _posterior(yours: Yours, X: np.ndarray, y: np.ndarray, lambda_: float) -> str:
    def mine(w: np.ndarray) -> float:
        return float(np.asarray(yours(w=w)).item())

    start = np.zeros((1, 1))
    values = [mine(start + at) for at in (-10, 0, 10)]
    if max(values[0], values[2]) < values[1]:
        left, middle, right = map(told, values)
        return f"your function is {middle} at w = 0, {left} at w = −10 and {right} at w = 10: it has no minimum there."
    least = minimiser(mine, start)
    if min(mine(least - 0.01), mine(least + 0.01)) < mine(least):
        return ""  # no parabola
    return lower_nearby(
        lambda w: minus_log_posterior(w, X, y, lambda_), least, 1, name="w", what="minus the log posterior",
        place="where yours is smallest, at w = {here},",
    )  # fmt: skip


witnesses = {
    "2a": Shows(at=(_NUMBERS, _OTHERS, _MATRICES), unnamed=_SIZES, tells=_tikhonov_lower),
    "2a.gradient": Shows(
        at=({"x": [2], **_OTHERS}, {"x": [1], **_NUMBERS}, {"x": [1, 2], **_MATRICES}),
        unnamed=_SIZES,
        tells=_tikhonov_slope,
    ),
    "2b.C": Shows(
        at=(_OTHERS, {**_MATRICES, "Q": [[1, 0], [0, 1]], "R": [[1, 0], [0, 1]]}),
        unnamed=(*_SIZES, "b", "c", "Q", "R"),
        tells=_lengths,
    ),
    "2b.d": Shows(
        at=(_OTHERS, {**_MATRICES, "Q": [[1, 0], [0, 1]], "R": [[1, 0], [0, 1]]}),
        unnamed=(*_SIZES, "Q", "R"),
        tells=_value_at_zero,
    ),
    "2b.normal": Shows(at=(_OTHERS, _NUMBERS, _MATRICES), unnamed=_SIZES, tells=_change),
    "2c": Shows(
        at=(
            {"A": [[2]], "b": [3], "lambda": 4, "k": 2, "Q": [[1]], "R": [[1]], "m": 1, "n": 1},
            {"A": [[1, 2], [0, 1]], "b": [1, 2], "lambda": 3, "k": 2, "Q": [[0, 1], [1, 0]], "R": [[0, 1], [1, 0]], "m": 2, "n": 2},
        ),
        unnamed=("m", "n", "k", "Q", "R"),
        tells=_ridge_lower,
    ),
    "3.cov_wy": Shows(
        at=({"X": [[2]], "lambda": 9, "n": 1, "d": 1},),
        unnamed=("n", "d"),
        tells=lambda yours, X, lambda_: _products(yours, X, lambda_, squares=False),
    ),
    "3.cov_yy": Shows(
        at=({"X": [[2]], "lambda": 9, "n": 1, "d": 1},),
        unnamed=("n", "d"),
        tells=lambda yours, X, lambda_: _products(yours, X, lambda_, squares=True),
    ),
    "3.objective": Shows(
        at=({"X": [[2]], "y": [3], "lambda": 4, "w": [1], "n": 1, "d": 1, "const": 0},),
        unnamed=("w", "n", "d", "const"),
        tells=_posterior,
    ),
}  # fmt: skip
