"""The argument by conditioning, carried out with numbers: every fact is computed from those that it rests on.

No step knows the formulas of problem 3 but the last, which is compared with the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.oracles import MeasuredOrder

Array = np.ndarray
LogDensity = Callable[[Array], float]


def given(rng: np.random.Generator) -> dict[str, Any]:
    """The statement's model: X (3, 2), the values y (3,) and the variance lambda of the noise."""
    return {"X": rng.normal(size=(3, 2)), "y": rng.normal(size=3), "lambda_": rng.uniform(0.5, 2)}


def joint(X: Array, lambda_: float) -> Array:
    """(c) The covariance of W and Y together, (d + n, d + n): both are linear in the same independent normals."""
    n, d = X.shape
    linear = np.block([[np.eye(d), np.zeros((d, n))], [X, np.sqrt(lambda_) * np.eye(n)]])
    return linear @ linear.T


def mean(joint: Array, y: Array) -> Array:
    """(a) The conditional mean of W, (d,), by the covariances of the joint normal."""
    d = len(joint) - len(y)
    return joint[:d, d:] @ np.linalg.solve(joint[d:, d:], y)


def conditional(joint: Array, y: Array) -> LogDensity:
    """(e) The logarithm of the density of W given Y = y, up to a constant: the joint one with y put in."""
    precision = np.linalg.inv(joint)

    def at(w: Array) -> float:
        both = np.concatenate([w, y])
        return float(-both @ precision @ both / 2)

    return at


def highest(conditional: LogDensity) -> Array:
    """(b) Where that density is largest: one Newton step with differences, exact for a quadratic."""
    d = 2
    e, h = np.eye(d), 1e-2
    at = np.zeros(d)
    slope = np.array([(conditional(at + h * i) - conditional(at - h * i)) / (2 * h) for i in e])
    bend = np.array(
        [
            [
                (
                    conditional(at + h * (i + j))
                    - conditional(at + h * (i - j))
                    - conditional(at + h * (j - i))
                    + conditional(at - h * (i + j))
                )
                / (4 * h**2)
                for j in e
            ]
            for i in e
        ]
    )
    return at - np.linalg.solve(bend, slope)


def kernel_form(X: Array, y: Array, lambda_: float, mean: Array) -> Array:
    """(d) The kernel form; it must be the conditional mean."""
    form = X.T @ np.linalg.solve(X @ X.T + lambda_ * np.eye(len(X)), y)
    return form if np.allclose(form, mean) else np.full_like(form, np.nan)


def objection(results: Mapping[str, Any]) -> str:
    """The density must be largest at the conditional mean, and that must be the kernel form."""
    same = np.allclose(results["highest"], results["mean"], atol=1e-6) and np.allclose(
        results["kernel_form"], results["mean"]
    )
    return "" if same else "the mode, the conditional mean and the kernel form differ"


oracle = MeasuredOrder(
    given=given, steps={"a": mean, "b": highest, "c": joint, "d": kernel_form, "e": conditional}, objection=objection
)
