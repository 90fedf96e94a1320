"""Problem 1(g), code: gradient descent on least squares, its stable rates and the best one."""

from __future__ import annotations

import numpy as np

from autograder import Function, Functions, Half, Question, Source, Wrong
from autograder.functions import Draw, Fault, Input, Matches, MeasuredFunctions, Property, Zero, matrix_inputs
from autograder.functions.draw import Arguments, Array
from autograder.functions.paths import first_stray
from autograder.oracles import slope
from autograder.oracles.calculus import valley

Path, Rates = Array, tuple[float, float]


def singular_values(X: Array) -> Array:
    """The min(n, d) singular values, largest first."""
    return np.linalg.svd(X, compute_uv=False)


def step(w: Array, X: Array, y: Array, eta: float) -> Array:
    """How far one step goes: eta times the gradient of |Xw - y|^2, downhill."""
    return 2 * eta * (y - w @ X.T) @ X


# Rows of w are iterates, so that `step` moves a whole path at once.
def descend(X: Array, y: Array, eta: float, steps: int, *, start: float = 0.0) -> Path:
    """The iterates, one a row."""
    path = [np.full(X.shape[1], start)]
    for _ in range(steps):
        path.append(path[-1] + step(path[-1], X, y, eta))
    return np.array(path)


def stable_rates(X: Array) -> Rates:
    """Between 0 and where the factor 1 - 2 eta s^2 of the largest singular value reaches -1."""
    return 0.0, 1 / singular_values(X)[0] ** 2


def best_rate(X: Array) -> float:
    """Where the factors of the largest and the smallest singular value are opposite."""
    s = singular_values(X)
    return 1 / (s[0] ** 2 + s[-1] ** 2)


def slowest(X: Array, eta: float) -> float:
    """What one step leaves of the error in the direction in which it leaves most."""
    return float(np.max(np.abs(1 - 2 * eta * singular_values(X) ** 2)))


def at_the_border(low: Array, high: Array, X: Array) -> str:
    """Just below the upper end no error grows, just above it one does."""
    del low
    if high <= 0:
        return f"its upper end is {high:.4g}, but small positive rates are stable"
    below, above = slowest(X, 0.99 * high), slowest(X, 1.01 * high)
    if below > 1:
        return f"at 0.99 times its upper end, {0.99 * high:.4g}, an error is multiplied by {below:.4g} in every step"
    if above < 1 + 1e-6:
        return f"at 1.01 times its upper end, {1.01 * high:.4g}, no error grows, so that the range goes further"
    return ""


def beats_its_neighbours(eta: Array, X: Array) -> str:
    """A rate 2 % off must not shrink the slowest direction's error faster."""
    here = min(slowest(X, float(eta) * near) for near in (1 - 1e-6, 1.0, 1 + 1e-6))
    for other in (0.98 * float(eta), 1.02 * float(eta)):
        if slowest(X, other) < here:
            return (
                f"at your rate {eta:.4g} the slowest direction keeps {here:.6g} of its error in a step, "
                f"at the rate {other:.4g} only {slowest(X, other):.6g}"
            )
    return ""


def with_rate(draw: Draw, X: Array) -> Arguments:
    """Targets, a stable rate and a few steps."""
    rate = draw.between(0.1, 0.9) * stable_rates(X)[1]
    return X, draw.normal(len(X)), float(f"{rate:.2g}"), draw.size(3, 5)


def no_steps(draw: Draw) -> Arguments:
    """Only the start is asked for."""
    return draw.normal(3, 2), draw.normal(3), 0.1, 0


def unstable(draw: Draw) -> Arguments:
    """A rate at which the iterates grow."""
    X = draw.normal(4, 2)
    return X, draw.normal(4), float(f"{1.5 * stable_rates(X)[1]:.2g}"), 4


only_features = matrix_inputs(lambda draw, X: (X,))

descent = Function(
    name="gradient_descent",
    signature="X: n*d, y: n, eta > 0, steps >= 0 -> path: steps+1*d",
    about="Gradient descent on |Xw - y|^2 (the plain sum of squares) from w = 0: all iterates, one a row, the start first.",
    inputs=(
        *matrix_inputs(with_rate),
        Input(name="no steps", group="edge", make=no_steps),
        Input(name="a rate that is too large", group="edge", make=unstable),
    ),
    checks=(
        Zero(terms=lambda path, *_: (path[0],), says="the first row, where the path must start,"),
        Zero(
            terms=lambda path, X, y, eta, _: (path[1:], -path[:-1], -step(path[:-1], X, y, eta)),
            says="a row of your path minus the row before it, minus one step of gradient descent from there,",
            sees=lambda path, X, y, eta, _: first_stray(path, path[:-1] + step(path[:-1], X, y, eta)),
        ),
    ),
    reference=descend,
    worth=2,
)

rates = Function(
    name="stable_learning_rates",
    signature="X: n*d -> low, high",
    about="The ends (0, high) of the rates for which gradient descent on |Xw - y|^2 converges from every start.",
    inputs=only_features,
    checks=(
        Zero(terms=lambda low, high, X: (low,), says="the lower end"),
        Property(by=at_the_border),
        Matches(reference=stable_rates),
    ),
    reference=stable_rates,
)

# With a singular value 0 every stable rate is as good as any other: nothing there shrinks an error in that direction.
best = Function(
    name="best_learning_rate",
    signature="X: n*d -> eta",
    about="The rate whose slowest direction converges fastest (of the min(n, d) singular directions of X).",
    inputs=tuple(kind for kind in only_features if kind.name != "a zero column"),
    checks=(Property(by=beats_its_neighbours), Matches(reference=best_rate)),
    reference=best_rate,
)


def by_finite_differences(X: Array, y: Array, eta: float, steps: int) -> Path:
    """The iterates with the gradient measured on the loss itself."""
    path = [np.zeros(X.shape[1])]
    for _ in range(steps):
        path.append(path[-1] - eta * slope(lambda w: float(np.sum((X @ w - y) ** 2)), path[-1], width=1e-2))
    return np.array(path)


def by_trying(X: Array) -> Rates:
    """The upper end found by halving, from whether an error along the top direction grows when descent is run."""
    start = np.linalg.svd(X)[2][0]
    low, high = 0.0, 10 / float(np.sum(X**2)) * min(X.shape)
    for _ in range(60):
        middle = (low + high) / 2
        error = start - 2 * middle * X.T @ (X @ start)
        low, high = (middle, high) if np.linalg.norm(error) < 1 else (low, middle)
    return 0.0, low


def by_search(X: Array) -> float:
    """The lowest point of the slowest factor, found by ternary search between 0 and the upper end."""
    return valley(lambda eta: slowest(X, eta), 0.0, by_trying(X)[1])


questions = (
    Question(
        id="1g.code",
        title="Gradient descent for least squares",
        points=4,
        prompt=r"Write `gradient_descent(X, y, eta, steps)`, the iterates of gradient descent on $\|Xw - y\|^2$ from $w = 0$ "
        r"as an array of shape (steps + 1, d); `stable_learning_rates(X)`, the range (0, upper) of 1g as two numbers; "
        r"and `best_learning_rate(X)`, the rate of 1e for $X$, from the largest and the smallest of its min(n, d) "
        r"singular values.",
        source=Source("Homework 1", "1(g)"),
        answer=Functions(functions=(descent, rates, best)),
        practice=MeasuredFunctions(
            by={
                "gradient_descent": by_finite_differences,
                "stable_learning_rates": by_trying,
                "best_learning_rate": by_search,
            },
        ),
        after=("1g", "1e"),
        rows=(34,),
        wrong=(
            Wrong(
                "factor-two",
                {"gradient_descent": lambda X, y, eta, steps: descend(X, y, eta / 2, steps)},
                "Differentiate the square again: does your step have its factor?",
                credit=Half,
            ),
            Wrong(
                "mean-loss",
                {
                    "gradient_descent": lambda X, y, eta, steps: descend(X, y, eta / len(X), steps),
                    "stable_learning_rates": lambda X: (0.0, len(X) * stable_rates(X)[1]),
                    "best_learning_rate": lambda X: len(X) * best_rate(X),
                },
                "The loss is the plain sum of squares, not their mean.",
                credit=Half,
            ),
            Wrong(
                "half-loss",
                {
                    "stable_learning_rates": lambda X: (0.0, 2 * stable_rates(X)[1]),
                    "best_learning_rate": lambda X: 2 * best_rate(X),
                },
                "This is right for a loss with a factor 1/2 in front.",
                credit=Half,
            ),
            Wrong(
                "ascent",
                {"gradient_descent": lambda X, y, eta, steps: descend(X, y, -eta, steps)},
                "Does the loss fall along your path?",
            ),
            Wrong(
                "last-only",
                {"gradient_descent": lambda X, y, eta, steps: descend(X, y, eta, steps)[-1]},
                "All iterates are asked for, not only the last one.",
                credit=Half,
            ),
            Wrong(
                "start-left-out",
                {"gradient_descent": lambda X, y, eta, steps: descend(X, y, eta, steps)[1:]},
                "The start is the first row.",
                credit=Half,
            ),
            Wrong(
                "starts-at-ones",
                {"gradient_descent": lambda X, y, eta, steps: descend(X, y, eta, steps, start=1.0)},
                "Where does the path start?",
                credit=Half,
            ),
            Wrong(
                "path-transposed",
                {"gradient_descent": lambda X, y, eta, steps: descend(X, y, eta, steps).T},
                "One iterate a row, not one a column.",
                credit=Half,
            ),
            Wrong(
                "sigma-not-squared",
                {
                    "stable_learning_rates": lambda X: (0.0, 1 / singular_values(X)[0]),
                    "best_learning_rate": lambda X: 1 / (singular_values(X)[0] + singular_values(X)[-1]),
                },
                "The step contains X twice. Which power of its singular values acts on the error?",
                credit=Half,
            ),
            Wrong(
                "only-the-smallest",
                {"stable_learning_rates": lambda X: (0.0, 1 / singular_values(X)[-1] ** 2)},
                "Which singular direction is the first to become unstable?",
            ),
            Wrong(
                "sum-of-all",
                {"stable_learning_rates": lambda X: (0.0, 1 / np.sum(X**2))},
                "Does each direction add to the instability, or does the worst one decide?",
                credit=Half,
            ),
            Wrong(
                "zero-directions-counted",
                {"best_learning_rate": lambda X: best_rate(np.vstack([X, np.zeros((X.shape[1], X.shape[1]))]))},
                "A wide X has directions in which the loss is flat; they never move and do not count.",
                credit=Half,
            ),
            Wrong(
                "half-of-the-range",
                {"best_learning_rate": lambda X: stable_rates(X)[1] / 2},
                "This rate is best for the largest singular value alone. What does it do to the smallest?",
            ),
            Wrong(
                "in-place",
                dict.fromkeys(("gradient_descent", "stable_learning_rates", "best_learning_rate"), Fault.CHANGED),
                "Whoever calls your function still needs its arguments.",
                credit=Half,
            ),
        ),
    ),
)
