"""Choosing with a validation set: errors of the candidates, the slips that leak, and data on which every slip shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.functions import Draw
from autograder.functions.draw import Arguments, Array

Errors = Array
Degree, Lambda = Callable[..., float], Callable[..., float]
_CLEAR = 1.1
"""How much worse than the best every other candidate is: rounding never decides."""


def polynomial_errors(x: Array, y: Array, x_val: Array, y_val: Array, degrees: Array) -> Errors:
    """The validation error of the least-squares polynomial of every degree."""
    fits = [np.polynomial.Polynomial.fit(x, y, int(degree), domain=[-1, 1]) for degree in degrees]
    return np.array([float(np.mean((fit(x_val) - y_val) ** 2)) for fit in fits])


def ridge_errors(X: Array, y: Array, lams: Array, X_val: Array, y_val: Array) -> Errors:
    """The validation error of the ridge weights for every lambda."""
    weights = [np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y) for lam in lams]
    return np.array([float(np.mean((X_val @ w - y_val) ** 2)) for w in weights])


def best(errors: Errors, candidates: Array, sign: int) -> float:
    """The candidate with the smallest error; of equal ones the smallest (sign 1) or the largest (sign -1)."""
    return float(min(zip(errors, sign * candidates, strict=True))[1] * sign)


def degree_of(x: Array, y: Array, x_val: Array, y_val: Array, degrees: Array) -> float:
    """The degree to choose."""
    return best(polynomial_errors(x, y, x_val, y_val, degrees), degrees, 1)


def lambda_of(X: Array, y: Array, lams: Array, X_val: Array, y_val: Array) -> float:
    """The lambda to choose."""
    return best(ridge_errors(X, y, lams, X_val, y_val), lams, -1)


def both(first: Array, second: Array) -> Array:
    """Training and validation set in one: the leak."""
    return np.concatenate([first, second])


# Slips of the nested optimisation: which set fits, and which one decides. The first two let validation data into the fit.
DEGREE_LEAKS: dict[str, Degree] = {
    "fitted-on-both": lambda x, y, x_val, y_val, degrees: degree_of(
        both(x, x_val), both(y, y_val), x_val, y_val, degrees
    ),
    "fitted-on-validation": lambda x, y, x_val, y_val, degrees: degree_of(x_val, y_val, x_val, y_val, degrees),
    "training-error": lambda x, y, x_val, y_val, degrees: degree_of(x, y, x, y, degrees),
    "sets-swapped": lambda x, y, x_val, y_val, degrees: degree_of(x_val, y_val, x, y, degrees),
}
LAMBDA_LEAKS: dict[str, Lambda] = {
    "fitted-on-both": lambda X, y, lams, X_val, y_val: lambda_of(both(X, X_val), both(y, y_val), lams, X_val, y_val),
    "fitted-on-validation": lambda X, y, lams, X_val, y_val: lambda_of(X_val, y_val, lams, X_val, y_val),
    "training-error": lambda X, y, lams, X_val, y_val: lambda_of(X, y, lams, X, y),
    "sets-swapped": lambda X, y, lams, X_val, y_val: lambda_of(X_val, y_val, lams, X, y),
}


def centred_on_both(X: Array, y: Array, lams: Array, X_val: Array, y_val: Array) -> float:
    """The lambda that is chosen when the columns are centred at the mean of all points: a leak before the fit."""
    centre = both(X, X_val).mean(axis=0)
    return lambda_of(X - centre, y, lams, X_val - centre, y_val)


def telling(
    make: Callable[[Draw], Arguments],
    errors: Callable[..., Errors],
    right: Callable[..., float],
    rivals: Sequence[Callable[..., float]],
) -> Callable[[Draw], Arguments]:
    """Draw again until the best candidate is clearly the best and every rival chooses another one."""

    def drawn(draw: Draw) -> Arguments:
        while True:
            arguments = make(draw)
            found = np.sort(errors(*arguments))
            clear = len(found) < 2 or found[1] > _CLEAR * found[0]
            if clear and all(rival(*arguments) != right(*arguments) for rival in rivals):
                return arguments

    return drawn


def curve(draw: Draw, *, shift: float = 0.0, backwards: bool = False) -> Arguments:
    """A noisy cubic; validation targets may lie `shift` higher."""
    digits = 2 if draw.tidy else 8
    x, x_val = (np.round(draw.rng.uniform(-1, 1, size=size), digits) for size in (14, 10))
    noise = draw.rng.uniform(0.2, 0.6)
    y, y_val = (np.round(2 * z**3 - z + noise * draw.rng.normal(size=len(z)), digits) for z in (x, x_val))
    degrees = np.arange(1, 7)
    return x, y, x_val, y_val + shift, degrees[::-1].copy() if backwards else degrees


def regression(
    draw: Draw, *, scale: float = 1.0, points: int = 8, backwards: bool = False, offset: float = 0.0
) -> Arguments:
    """Few noisy points in several directions, columns around `offset`; validation targets may be `scale` times as large."""
    X, X_val, w = draw.normal(points, 4) + offset, draw.normal(6, 4) + offset, draw.normal(4)
    digits = 2 if draw.tidy else 8
    y = np.round(X @ w + 2 * draw.normal(points), digits)
    y_val = np.round(scale * (X_val @ w + draw.normal(6)), digits)
    lams = np.array([0.01, 0.1, 1.0, 10.0, 100.0])
    return X, y, lams[::-1].copy() if backwards else lams, X_val, y_val


def nothing_to_learn_of_a_curve(draw: Draw) -> Arguments:
    """All training targets are 0, so that every degree predicts 0: a tie."""
    x, y, x_val, y_val, _ = curve(draw)
    return x, 0 * y, x_val, y_val, np.array([3, 5, 2, 4])


def nothing_to_learn(draw: Draw) -> Arguments:
    """All training targets are 0, so that every lambda leads to the weights 0: a tie."""
    X, y, _, X_val, y_val = regression(draw)
    return X, 0 * y, np.array([0.1, 10.0, 1.0]), X_val, y_val
