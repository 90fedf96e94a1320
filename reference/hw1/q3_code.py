"""Problem 3, code: ridge regression by the d x d system and by the n x n one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder import Function, Functions, Half, Question, Source, Wrong
from autograder.functions import Draw, Fault, Input, Matches, MeasuredFunctions, Zero, matrix_inputs
from autograder.functions.draw import Arguments, Array
from autograder.oracles import minimiser
from reference.hw1.q2_code import solved

LARGE = 20_000  # a square matrix of this size takes 3.2 GB, six times what a call may use


def estimate(X: Array, y: Array, lam: float) -> Array:
    """The ridge estimate from the singular value decomposition: neither form, and as good for any shape."""
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt.T @ (s / (s**2 + lam) * (U.T @ y))


def condition(X: Array, y: Array, lam: float) -> float:
    """The worse of both systems: the smallest eigenvalue of the larger one is lam."""
    del y
    return float((np.linalg.norm(X, 2) ** 2 + lam) / lam)


def with_targets(draw: Draw, X: Array) -> Arguments:
    """Targets and a penalty."""
    return X, draw.normal(len(X)), draw.between(0.2, 4.0)


def large(rows: int, columns: int, why: str) -> Input:
    """An input for which one of the two systems is too large."""

    def make(draw: Draw) -> Arguments:
        return with_targets(draw, draw.normal(rows, columns))

    return Input(name=f"{rows} x {columns}", group="efficient", make=make, large=True, why=why)


checks = (
    Zero(
        terms=lambda w, X, y, lam: (X.T @ (X @ w), lam * w, -X.T @ y),
        says="half the gradient of |Xw - y|^2 + lam |w|^2 at your w",
        condition=condition,
    ),
    Matches(reference=estimate, condition=condition),
)

ridge = Function(
    name="ridge",
    signature="X: n*d, y: n, lam > 0 -> w: d",
    about="The w that minimises |Xw - y|^2 + lam |w|^2, with little work when n is much larger than d.",
    inputs=(
        *matrix_inputs(with_targets),
        large(LARGE, 5, "with so many rows and few columns, no matrix of size n x n is needed"),
    ),
    checks=checks,
    reference=estimate,
)

kernel_ridge = Function(
    name="kernel_ridge",
    signature="X: n*d, y: n, lam > 0 -> w: d",
    about="The same w by the kernel form, with little work when d is much larger than n.",
    inputs=(
        *matrix_inputs(with_targets),
        large(5, LARGE, "with so many columns and few rows, no matrix of size d x d is needed"),
    ),
    checks=checks,
    reference=estimate,
)


def by_differences(X: Array, y: Array, lam: float) -> Array:
    """The minimiser of the objective, found without a formula."""
    return minimiser(lambda w: float(np.sum((X @ w - y) ** 2) + lam * np.sum(w**2)), np.zeros(X.shape[1]))


def both(wrong: Callable[[Array, Array, float], Array]) -> dict[str, Callable[[Array, Array, float], Array]]:
    """A mistake that looks the same from outside, whichever system is solved."""
    return {"ridge": wrong, "kernel_ridge": wrong}


questions = (
    Question(
        id="3.code",
        title="Ridge and kernel ridge in code",
        points=4,
        prompt=r"Write `ridge(X, y, lam)` and `kernel_ridge(X, y, lam)`. Both return the $w$ that minimises "
        r"$\|Xw - y\|^2 + \lambda \|w\|^2$ for any shape of $X$; the first must be fast for $n \gg d$, the second for "
        r"$d \gg n$.",
        source=Source("Homework 1", "3"),
        answer=Functions(functions=(ridge, kernel_ridge)),
        practice=MeasuredFunctions(by=both(by_differences)),
        after=("3.map",),
        rows=(43, 44, 45, 46, 47),
        wrong=(
            Wrong(
                "lam-squared",
                both(lambda X, y, lam: estimate(X, y, lam**2)),
                "Does the penalty grow like lam, or like its square?",
                credit=Half,
            ),
            Wrong(
                "lam-rooted",
                both(lambda X, y, lam: estimate(X, y, lam**0.5)),
                "Does the penalty grow like lam, or like its root?",
                credit=Half,
            ),
            Wrong(
                "lam-inverted",
                both(lambda X, y, lam: estimate(X, y, 1 / lam)),
                "A larger lam should draw w nearer to 0. Does it?",
                credit=Half,
            ),
            Wrong(
                "lam-halved",
                both(lambda X, y, lam: estimate(X, y, lam / 2)),
                "Differentiate both terms: do they have the same factor?",
                credit=Half,
            ),
            Wrong(
                "lam-doubled",
                both(lambda X, y, lam: estimate(X, y, 2 * lam)),
                "Differentiate both terms: do they have the same factor?",
                credit=Half,
            ),
            Wrong(
                "mean-loss",
                both(lambda X, y, lam: estimate(X, y, len(X) * lam)),
                "The loss is the plain sum of squares, not their mean.",
                credit=Half,
            ),
            Wrong(
                "lam-everywhere",
                {
                    "ridge": lambda X, y, lam: np.linalg.solve(X.T @ X + lam, X.T @ y),
                    "kernel_ridge": lambda X, y, lam: X.T @ np.linalg.solve(X @ X.T + lam, y),
                },
                "Adding a number to a matrix changes all of its entries. Which ones should change?",
                credit=Half,
            ),
            Wrong(
                "least-squares",
                both(lambda X, y, lam: np.linalg.lstsq(X, y, rcond=None)[0]),
                "Where does lam come in?",
            ),
            Wrong(
                "penalty-forgotten",
                {
                    "ridge": lambda X, y, lam: solved(X.T @ X, X.T @ y),
                    "kernel_ridge": lambda X, y, lam: X.T @ solved(X @ X.T, y),
                },
                "Where does lam come in?",
            ),
            Wrong(
                "sign-of-lam",
                both(lambda X, y, lam: estimate(X, y, -lam)),
                "Both terms are added. With which sign do their second derivatives meet?",
                credit=Half,
            ),
            Wrong(
                "sign",
                both(lambda X, y, lam: -estimate(X, y, lam)),
                "Your w predicts the opposite of y.",
                credit=Half,
            ),
            Wrong(
                "weights-of-rows",
                both(lambda X, y, lam: np.linalg.solve(X @ X.T + lam * np.eye(len(X)), y)),
                "This is one weight for each row of X. How do they give a weight for each column?",
                credit=Half,
            ),
            Wrong(
                "predictions",
                both(lambda X, y, lam: X @ estimate(X, y, lam)),
                "These are the predictions; the weights are asked for.",
                credit=Half,
            ),
            Wrong(
                "in-place",
                {"ridge": Fault.CHANGED, "kernel_ridge": Fault.CHANGED},
                "Whoever calls your function still needs its arguments.",
                credit=Half,
            ),
        ),
    ),
)
