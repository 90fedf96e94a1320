"""The twelve items as questions of this project."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder import Assignment, Expression, Function, Functions, Question, Source, declare
from autograder.functions import Draw, Input, Matches, Zero
from autograder.functions.draw import Arguments, Array

INSTANCES = 11  # published ones, in three groups; three hidden ones of each make it 20
_PAPER = Source("Benchmark", "twelve items")


def formula(place: int, title: str, symbols: str, key: str) -> Question:
    """A formula, compared exactly."""
    return Question(
        id=str(place), title=title, points=1, prompt=title, source=_PAPER, answer=Expression(key), symbols=declare(symbols)
    )  # fmt: skip


def function(  # noqa: PLR0917 - a table with these columns
    place: int, name: str, signature: str, make: Any, instances: int, check: Any, reference: Any
) -> Question:
    """A function, tried on random instances."""
    inputs = tuple(Input(name=f"instance {number}", group="abc"[number % 3], make=make) for number in range(instances))
    asked = Function(name=name, signature=signature, about=name, inputs=inputs, checks=(check,), reference=reference)
    return Question(
        id=str(place), title=name, points=1, prompt=name, source=_PAPER, answer=Functions(functions=(asked,))
    )


def ridge(X: Array, y: Array, lam: float) -> Array:
    """The ridge solution."""
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)


def kernel_ridge(X: Array, y: Array, lam: float) -> Array:
    """The same by the dual."""
    return X.T @ np.linalg.solve(X @ X.T + lam * np.eye(len(X)), y)


def tikhonov(A: Array, b: Array, c: Array, W: Array) -> Array:
    """Weighted and centred ridge."""
    return np.linalg.solve(A.T @ A + W.T @ W, A.T @ b + W.T @ W @ c)


def best_rate(X: Array) -> float:
    """The rate whose slowest direction is fastest."""
    s = np.linalg.svd(X, compute_uv=False)
    return float(1 / (s[0] ** 2 + s[-1] ** 2))


def relu_values(X: Array, W: Array, b: Array) -> Array:
    """Singular values of the features max(X W^T + b, 0)."""
    return np.linalg.svd(np.maximum(X @ W.T + b, 0), compute_uv=False)


def path(X: Array, y: Array, eta: float, steps: int) -> Array:
    """Iterates of descent on |Xw - y|^2."""
    rows = [np.zeros(X.shape[1])]
    for _ in range(steps):
        rows.append(rows[-1] - 2 * eta * X.T @ (X @ rows[-1] - y))
    return np.array(rows)


def features(draw: Draw) -> Arguments:
    """X, y and a penalty."""
    return draw.normal(6, 3), draw.normal(6), draw.between(0.1, 2.0)


def weighted(draw: Draw) -> Arguments:
    """A, b, c and W."""
    return draw.normal(3, 2), draw.normal(3), draw.normal(2), draw.normal(2, 2)


def network(draw: Draw) -> Arguments:
    """X, W and b of six hidden units."""
    return draw.normal(8, 2), draw.normal(6, 2), draw.normal(6)


def descent(draw: Draw) -> Arguments:
    """X, y, a stable rate and a number of steps."""
    X = draw.normal(6, 3)
    return X, draw.normal(6), 0.5 * best_rate(X), 10


def step_of_path(found: Array, X: Array, y: Array, eta: float, steps: int) -> tuple[Array, ...]:
    """What vanishes along a path of descent."""
    del steps
    return found[1:], -found[:-1], 2 * eta * (found[:-1] @ X.T - y) @ X


assignment = Assignment(
    name="twelve",
    title="Twelve items",
    points=12,
    questions=(
        formula(1, "gradient", "sigma > 0, w, y", "2*sigma*(sigma*w - y)"),
        formula(2, "optimum", "x, y, lam > 0", "x*y/(x^2 + lam)"),
        formula(3, "recurrence", "sigma > 0, y, eta > 0, t >= 0: int", "y/sigma*(1 - (1 - 2*eta*sigma^2)^t)"),
        formula(4, "stability bound", "sigma > 0", "1/sigma^2"),
        formula(5, "noise limit", "x != 0, y, s > 0", "x*y/(x^2 + s^2)"),
        formula(6, "3 x 2 Tikhonov", "A: 3*2, b: 3, W: 2*2, c: 2", "(A^T*A + W^T*W)^-1*(A^T*b + W^T*W*c)"),
        function(7, "ridge", "X: n*d, y: n, lam > 0 -> w: d", features, INSTANCES, Matches(reference=ridge), ridge),
        function(
            8, "kernel_ridge", "X: n*d, y: n, lam > 0 -> w: d", features, INSTANCES, Matches(reference=kernel_ridge),
            kernel_ridge,
        ),
        function(
            9, "tikhonov", "A: m*n, b: m, c: n, W: n*n -> z: n", weighted, INSTANCES, Matches(reference=tikhonov), tikhonov
        ),
        function(
            10, "best_learning_rate", "X: n*d -> eta", lambda draw: (draw.normal(6, 3),), INSTANCES,
            Matches(reference=best_rate), best_rate,
        ),
        function(
            11, "relu_singular_values", "X: n*d, W: h*d, b: h -> s: h", network, 1, Matches(reference=relu_values),
            relu_values,
        ),
        function(
            12, "gradient_descent", "X: n*d, y: n, eta > 0, steps >= 0 -> path: steps+1*d", descent, 1,
            Zero(terms=step_of_path, says="a step of your path minus a step of descent"), path,
        ),
    ),
)  # fmt: skip
