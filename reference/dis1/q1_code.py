"""Problem 1, code: both gradients, and gradient descent on any function of one number."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from autograder import Function, Functions, Half, Question, Source, Wrong
from autograder.functions import Draw, Fault, Input, MeasuredFunctions, Zero
from autograder.functions.draw import Arguments, Array
from autograder.functions.paths import first_stray
from autograder.oracles import slope as measured
from autograder.oracles.telling import slope_seen
from autograder.oracles.witnesses import told


def constant_gradient(theta: float, y: Array) -> float:
    """The derivative of the mean of (y_i - theta)^2."""
    return float(2 * np.mean(theta - y))


def linear_gradient(theta: float, x: Array, y: Array) -> float:
    """The derivative of the mean of (y_i - theta x_i)^2."""
    return float(2 * np.mean((theta * x - y) * x))


def steepness(theta: Array | float, slope: float, target: float, bend: float) -> Array:
    """The gradient that the wrapper passes on: a line with a ripple, so that no closed form helps."""
    return np.asarray(slope * (theta - target) + bend * np.sin(theta))


def descend(slope: float, target: float, bend: float, theta0: float, alpha: float, steps: int) -> Array:
    """All iterates, the start first."""
    path = [theta0]
    for _ in range(steps):
        path.append(path[-1] - alpha * float(steepness(path[-1], slope, target, bend)))
    return np.array(path)


def fixed_gradient(slope: float, target: float, bend: float, theta0: float, alpha: float, steps: int) -> Array:
    """The mistake of taking the gradient at the start in every step."""
    return theta0 - alpha * np.arange(steps + 1) * float(steepness(theta0, slope, target, bend))


def points(draw: Draw, *, count: int, scale: float = 1.0) -> tuple[float, Array, Array]:
    """A parameter and two arrays of data."""
    return float(np.round(draw.normal(), 1)), draw.normal(count), scale * draw.normal(count)


def data_inputs(*, with_x: bool) -> tuple[Input, ...]:
    """Inputs for a gradient: many points, one point, large targets, a fit that is exact."""

    def chosen(drawn: tuple[float, Array, Array]) -> Arguments:
        theta, x, y = drawn
        return (theta, x, y) if with_x else (theta, y)

    def exact(draw: Draw) -> Arguments:
        theta, x, _ = points(draw, count=draw.size(3, 5))
        return chosen((theta, x, theta * x if with_x else np.full(len(x), theta)))

    return (
        Input(name="several points", group="usual", make=lambda draw: chosen(points(draw, count=draw.size(4, 7)))),
        Input(name="large targets", group="usual", make=lambda draw: chosen(points(draw, count=5, scale=100.0))),
        Input(name="one point", group="edge", make=lambda draw: chosen(points(draw, count=1))),
        Input(name="an exact fit", group="edge", make=exact),
    )


def run(draw: Draw, *, steps: int, bend: float) -> Arguments:
    """A gradient, a start, a rate that converges, and a number of steps."""
    return (
        draw.between(0.5, 2),
        float(np.round(draw.normal(), 1)),
        bend,
        draw.between(2, 5),
        draw.between(0.1, 0.4),
        steps,
    )


constant = Function(
    name="constant_gradient",
    signature="theta, y: N -> gradient",
    about="The derivative by theta of the mean of (y_i - theta)^2.",
    inputs=data_inputs(with_x=False),
    checks=(
        Zero(
            terms=lambda g, theta, y: (g, -2 * theta, 2 * np.mean(y)),
            says="your value minus the derivative of the loss",
            sees=lambda g, theta, y: slope_seen(
                lambda t: float(np.mean((y - t) ** 2)), theta, g, name="theta", what="the loss"
            ),
        ),
    ),
    reference=constant_gradient,
)
linear = Function(
    name="linear_gradient",
    signature="theta, x: N, y: N -> gradient",
    about="The derivative by theta of the mean of (y_i - theta x_i)^2.",
    inputs=data_inputs(with_x=True),
    checks=(
        Zero(
            terms=lambda g, theta, x, y: (g, -2 * theta * np.mean(x**2), 2 * np.mean(x * y)),
            says="your value minus the derivative of the loss",
            sees=lambda g, theta, x, y: slope_seen(
                lambda t: float(np.mean((y - t * x) ** 2)), theta, g, name="theta", what="the loss"
            ),
        ),
    ),
    reference=linear_gradient,
)
descent = Function(
    name="gradient_descent_1d",
    signature="slope, target, bend, theta0, alpha, steps >= 0 -> path: steps+1",
    about="Gradient descent with step size alpha: all iterates, the start theta0 first.",
    inputs=(
        Input(name="a parabola", group="usual", make=lambda draw: run(draw, steps=draw.size(3, 6), bend=0.0)),
        Input(name="a ripple", group="usual", make=lambda draw: run(draw, steps=draw.size(3, 6), bend=0.5)),
        Input(name="no steps", group="edge", make=lambda draw: run(draw, steps=0, bend=0.5)),
        Input(name="one step", group="edge", make=lambda draw: run(draw, steps=1, bend=0.5)),
    ),
    checks=(
        Zero(
            terms=lambda path, slope, target, bend, theta0, alpha, steps: (path[:1], -np.array([theta0])),
            says="your first iterate minus the start",
            sees=lambda path, *_: f"your path begins at {told(path[0])}, which is not theta0",
        ),
        Zero(
            terms=lambda path, slope, target, bend, theta0, alpha, steps: (
                *(np.append(part, 0.0) for part in (path[1:], -path[:-1])),
                np.append(alpha * steepness(path[:-1], slope, target, bend), 0.0),
            ),
            says="an iterate minus the one before it, plus alpha times the gradient there,",
            sees=lambda path, slope, target, bend, theta0, alpha, steps: first_stray(
                path, path[:-1] - alpha * steepness(path[:-1], slope, target, bend)
            ),
        ),
    ),
    reference=descend,
    worth=2,
    wrapper=(
        "def call_gradient_descent_1d(slope, target, bend, theta0, alpha, steps):\n"
        "    import math\n"
        "    grad = lambda theta: slope * (theta - target) + bend * math.sin(theta)\n"
        "    return gradient_descent_1d(grad, theta0, alpha, steps)\n"
    ),
    takes=(
        ("grad", "a function that returns the gradient at a number"),
        ("theta0", "a number"),
        ("alpha", "a number > 0"),
        ("steps", "a whole number >= 0"),
    ),
    gives=(("path", "(steps+1,)"),),
)


def slope_of(loss: Callable[[Array], float], at: float) -> float:
    """The measured slope; at a minimum, where rounding is all that is left of it, 0."""
    return round(float(measured(loss, at)), 9)


def by_adding_up(slope: float, target: float, bend: float, theta0: float, alpha: float, steps: int) -> Array:
    """The iterates with gradients measured on the function itself, whose derivative the wrapper's gradient is."""

    def height(theta: Array) -> float:
        return slope * (float(theta) - target) ** 2 / 2 - bend * math.cos(float(theta))

    path = [theta0]
    for _ in range(steps):
        path.append(path[-1] - alpha * float(measured(height, path[-1])))
    return np.array(path)


questions = (
    Question(
        id="1.code",
        title="Gradients and descent in code",
        points=4,
        prompt="Write `constant_gradient(theta, y)` and `linear_gradient(theta, x, y)`, the derivatives of 1a.i and 1b.i, and "
        "`gradient_descent_1d(grad, theta0, alpha, steps)`: the steps + 1 iterates of gradient descent as an array, where "
        "`grad` is a function that returns the gradient at a number.",
        source=Source("Discussion 1", "1"),
        answer=Functions(functions=(constant, linear, descent)),
        practice=MeasuredFunctions(
            by={
                "constant_gradient": lambda theta, y: slope_of(lambda at: float(np.mean((y - at) ** 2)), theta),
                "linear_gradient": lambda theta, x, y: slope_of(lambda at: float(np.mean((y - at * x) ** 2)), theta),
                "gradient_descent_1d": by_adding_up,
            }
        ),
        after=("1a.i", "1b.i", "1a.iii"),
        rows=(1, 3, 5, 7),
        wrong=(
            Wrong(
                "sign",
                {
                    "constant_gradient": lambda theta, y: -constant_gradient(theta, y),
                    "linear_gradient": lambda theta, x, y: -linear_gradient(theta, x, y),
                },
                "Your gradient points the other way. Where does the loss grow?",
                Half,
            ),
            Wrong(
                "lost-two",
                {
                    "constant_gradient": lambda theta, y: constant_gradient(theta, y) / 2,
                    "linear_gradient": lambda theta, x, y: linear_gradient(theta, x, y) / 2,
                },
                "A square brings down a factor.",
                Half,
            ),
            Wrong(
                "lost-mean",
                {
                    "constant_gradient": lambda theta, y: len(y) * constant_gradient(theta, y),
                    "linear_gradient": lambda theta, x, y: len(y) * linear_gradient(theta, x, y),
                },
                "The loss is the mean over the points, not their sum.",
                Half,
            ),
            Wrong(
                "input-lost",
                {"linear_gradient": lambda theta, x, y: 2 * np.mean(theta * x - y)},
                "The inner derivative of theta x_i by theta is not 1.",
                Half,
            ),
            Wrong(
                "loss-for-gradient",
                {
                    "constant_gradient": lambda theta, y: np.mean((y - theta) ** 2),
                    "linear_gradient": lambda theta, x, y: np.mean((y - theta * x) ** 2),
                },
                "This is the loss. Its derivative is asked for.",
            ),
            Wrong(
                "not-summed",
                {
                    "constant_gradient": lambda theta, y: 2 * (theta - y) / len(y),
                    "linear_gradient": lambda theta, x, y: 2 * (theta * x - y) * x / len(y),
                },
                "These are the contributions of the points. The gradient is their sum.",
                Half,
            ),
            Wrong(
                "ascent",
                {"gradient_descent_1d": lambda s, t, b, theta0, alpha, n: descend(s, t, b, theta0, -alpha, n)},
                "Which way does the gradient point?",
                Half,
            ),
            Wrong(
                "last-only",
                {"gradient_descent_1d": lambda *arguments: descend(*arguments)[-1]},
                "All iterates are asked for, not only the last one.",
                Half,
            ),
            Wrong(
                "start-left-out",
                {"gradient_descent_1d": lambda *arguments: descend(*arguments)[1:]},
                "The start is the first iterate.",
                Half,
            ),
            Wrong(
                "gradient-at-the-start",
                {"gradient_descent_1d": fixed_gradient},
                "Where must the gradient be taken in the second step?",
            ),
            Wrong(
                "in-place",
                dict.fromkeys(("constant_gradient", "linear_gradient"), Fault.CHANGED),
                "Whoever calls your function still needs its arguments.",
                Half,
            ),
        ),
    ),
)
