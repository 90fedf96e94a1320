"""Part 3, code: descent on any function, a step on all the data, batches, and a pass of single points."""

from __future__ import annotations

import math

import numpy as np

from autograder import Function, Functions, Half, Question, Source, Wrong
from autograder.functions import Draw, Fault, Input, MeasuredFunctions, Property, Zero, matrix_inputs
from autograder.functions.draw import Arguments, Array
from autograder.oracles import slope
from autograder.oracles.telling import slope_seen
from autograder.oracles.witnesses import told
from reference.gradients.passes import SEEDS, batches, ends_of_passes, full_batch, partition, passes


def steepness(x: float, slope: float, target: float, bend: float) -> float:
    """The derivative that the wrapper passes on."""
    return slope * (x - target) + bend * math.sin(x)


def descend(slope: float, target: float, bend: float, x0: float, lr: float, steps: int) -> float:
    """The last iterate."""
    for _ in range(steps):
        x0 = x0 - lr * steepness(x0, slope, target, bend)
    return x0


def followed(new: Array, X: Array, y: Array, w: Array, lr: float) -> str:
    """What the gradient that the student's step follows makes of the loss, beside the loss itself."""
    said = slope_seen(
        lambda v: float(np.mean((X @ v - y) ** 2)), w, (w - new) / lr, name="w", what="the mean of the squares"
    )
    return said and f"your step is lr times a gradient of {told((w - new) / lr)}; {said.rstrip('.')}"


def run(draw: Draw, *, steps: int, bend: float) -> Arguments:
    """A derivative, a start, a rate and a number of steps."""
    return (
        draw.between(0.5, 2),
        float(np.round(draw.normal(), 1)),
        bend,
        draw.between(2, 5),
        draw.between(0.1, 0.4),
        steps,
    )


def with_targets(draw: Draw, X: Array) -> Arguments:
    """Targets, weights and a rate that suits the features."""
    rate = draw.between(0.02, 0.1)
    return X, draw.normal(len(X)), draw.normal(X.shape[1]), rate


descent = Function(
    name="descend",
    signature="slope, target, bend, x0, lr, steps >= 0 -> x",
    about="Gradient descent from x0 with learning rate lr: the last iterate.",
    inputs=(
        Input(name="a parabola", group="usual", make=lambda draw: run(draw, steps=draw.size(3, 6), bend=0.0)),
        Input(name="a ripple", group="usual", make=lambda draw: run(draw, steps=draw.size(3, 6), bend=0.5)),
        Input(name="no steps", group="edge", make=lambda draw: run(draw, steps=0, bend=0.5)),
        Input(name="one step", group="edge", make=lambda draw: run(draw, steps=1, bend=0.5)),
    ),
    checks=(
        Zero(
            terms=lambda x, *arguments: (x, -np.array(descend(*arguments))),
            says="your x minus where the steps lead",
            sees=lambda x, *_: f"your x, {told(x)}, is not where the steps lead",
        ),
    ),
    reference=descend,
    wrapper=(
        "def call_descend(slope, target, bend, x0, lr, steps):\n"
        "    import math\n"
        "    df = lambda x: slope * (x - target) + bend * math.sin(x)\n"
        "    return descend(df, x0, lr, steps)\n"
    ),
    takes=(
        ("df", "a function that returns the derivative at a number"),
        ("x0", "a number"),
        ("lr", "a number > 0"),
        ("steps", "a whole number >= 0"),
    ),
    gives=(("x", "a number"),),
)
step = Function(
    name="full_batch",
    signature="X: n*d, y: n, w: d, lr > 0 -> next: d",
    about="The weights after one step of gradient descent on the mean of (x_i . w - y_i)^2.",
    inputs=matrix_inputs(with_targets),
    checks=(
        Zero(
            terms=lambda new, X, y, w, lr: (new, -w, lr * 2 * X.T @ (X @ w - y) / len(y)),
            says="your weights minus the old ones, plus lr times the gradient of the mean,",
            sees=followed,
        ),
    ),
    reference=full_batch,
)
minibatches = Function(
    name="minibatches",
    signature=f"n, b, seed -> points: p, lengths: k, orders: {SEEDS}*q",
    about="The indices 0 to n - 1 in an order that the seed decides, cut into batches of b; the last one may be shorter.",
    inputs=(
        Input(name="b divides n", group="usual", make=lambda draw: (12, draw.size(2, 4), draw.size(0, 99))),
        # A rest of one point: batches as even as can be, such as 3, 2, 2 of 7, differ from batches of 3.
        Input(name="a rest", group="usual", make=lambda draw: (3 * draw.size(2, 3) + 1, 3, draw.size(0, 99))),
        Input(name="one point a batch", group="edge", make=lambda draw: (5, 1, draw.size(0, 99))),
        Input(name="one batch", group="edge", make=lambda draw: (6, 6, draw.size(0, 99))),
        Input(name="a batch larger than the data", group="edge", make=lambda draw: (4, 9, draw.size(0, 99))),
    ),
    checks=(Property(by=partition),),
    reference=batches,
    wrapper=(
        "def call_minibatches(n, b, seed):\n"
        "    import numpy\n"
        "    def joined(found):\n"
        "        found = [numpy.ravel(batch) for batch in found]\n"  # a generator will do
        "        return numpy.concatenate(found) if found else numpy.zeros(0)\n"
        "    found = list(minibatches(n, b, seed))\n"
        f"    orders = [joined(minibatches(n, b, seed + k)) for k in range({SEEDS})]\n"
        "    return joined(found), [numpy.size(batch) for batch in found], orders\n"
    ),
    takes=(("n", "a whole number > 0"), ("b", "a whole number > 0"), ("seed", "a whole number")),
    gives=(("batches", "a list of arrays of indices"),),
)
epoch = Function(
    name="sgd_epoch",
    signature=f"X: n*d, y: n, w: d, lr > 0, seed -> ends: {SEEDS + 1}*d",
    about="The weights after one pass of stochastic gradient descent on the mean of (x_i . w - y_i)^2: every point once, in an "
    "order that the seed decides, each with a step whose mean over the points is the full step.",
    inputs=matrix_inputs(lambda draw, X: (*with_targets(draw, X), draw.size(0, 99))),
    checks=(Property(by=ends_of_passes),),
    reference=passes,
    worth=2,
    wrapper=(
        "def call_sgd_epoch(X, y, w, lr, seed):\n"
        f"    ends = [sgd_epoch(X.copy(), y.copy(), w.copy(), lr, seed + k) for k in range({SEEDS})]\n"
        "    return [sgd_epoch(X, y, w, lr, seed), *ends]\n"
    ),
    takes=(
        ("X", "(n, d)"),
        ("y", "(n,)"),
        ("w", "(d,)"),
        ("lr", "a number > 0"),
        ("seed", "a whole number"),
    ),
    gives=(("w", "(d,)"),),
)


def by_rolling_down(slope_: float, target: float, bend: float, x0: float, lr: float, steps: int) -> float:
    """The last iterate with slopes measured on the function whose derivative the wrapper passes on."""
    for _ in range(steps):
        x0 -= lr * float(slope(lambda x: slope_ * (float(x) - target) ** 2 / 2 - bend * math.cos(float(x)), x0))
    return x0


def by_differences(X: Array, y: Array, w: Array, lr: float) -> Array:
    """A step along the measured gradient of the mean squared error."""
    return w - lr * slope(lambda v: float(np.mean((X @ v - y) ** 2)), w, width=1e-3)


def passes_by_differences(X: Array, y: Array, w: Array, lr: float, seed: int) -> Array:
    """Passes along the measured gradients of single squared errors."""
    ends = []
    for k in (0, *range(SEEDS)):
        v = w
        for i in np.random.default_rng(seed + k).permutation(len(y)):
            v = v - lr * slope(lambda u, i=i: float((X[i] @ u - y[i]) ** 2), v, width=1e-3)  # type: ignore[misc]  # mypy wants no defaults in a lambda
        ends.append(v)
    return np.array(ends)


questions = (
    Question(
        id="3.code",
        title="Descent, batches and a pass in code",
        points=5,
        prompt="Write `descend(df, x0, lr, steps)`, the last iterate of gradient descent with the derivative `df`; "
        "`full_batch(X, y, w, lr)`, the weights after one step on the mean of $(x_i \\cdot w - y_i)^2$; "
        "`minibatches(n, b, seed)`, a list of index arrays with each of n points once, the last one possibly short; and "
        "`sgd_epoch(X, y, w, lr, seed)`, the weights after one pass with one point a step and unbiased steps (the mean over the "
        "points of a single step is the full step).",
        source=Source("Gradient descent slides", "p. 17 and 23 to 30"),
        answer=Functions(functions=(descent, step, minibatches, epoch)),
        practice=MeasuredFunctions(
            by={
                "descend": by_rolling_down,
                "full_batch": by_differences,
                "minibatches": batches,
                "sgd_epoch": passes_by_differences,
            }
        ),
        after=("3.update", "4.unbiased"),
        rows=(123, 124, 126, 127, 128, 129),
        wrong=(
            Wrong(
                "ascent",
                {
                    "descend": lambda s, t, b, x0, lr, n: descend(s, t, b, x0, -lr, n),
                    "full_batch": lambda X, y, w, lr: full_batch(X, y, w, -lr),
                },
                "Which way does the gradient point?",
                Half,
            ),
            Wrong(
                "one-step-only",
                {"descend": lambda s, t, b, x0, lr, n: descend(s, t, b, x0, lr, min(n, 1))},
                "How many steps were asked for?",
            ),
            Wrong(
                "gradient-at-the-start",
                {"descend": lambda s, t, b, x0, lr, n: x0 - n * lr * steepness(x0, s, t, b)},
                "Where must the derivative be taken in the second step?",
            ),
            Wrong(
                "one-step-more",
                {"descend": lambda s, t, b, x0, lr, n: descend(s, t, b, x0, lr, n + 1)},
                "Count the steps of your loop for steps = 0 and steps = 1.",
                Half,
            ),
            Wrong(
                "sum-not-mean",
                {"full_batch": lambda X, y, w, lr: full_batch(X, y, w, lr * len(y))},
                "The loss is the mean over the points, not their sum.",
                Half,
            ),
            Wrong(
                "lost-two",
                {"full_batch": lambda X, y, w, lr: full_batch(X, y, w, lr / 2)},
                "A square brings down a factor.",
                Half,
            ),
            Wrong(
                "gradient-alone",
                {"full_batch": lambda X, y, w, lr: 2 * X.T @ (X @ w - y) / len(y)},
                "This is the gradient. The new weights are asked for.",
                Half,
            ),
            Wrong(
                "in-place",
                dict.fromkeys(("full_batch", "sgd_epoch"), Fault.CHANGED),
                "Whoever calls your function still needs its arguments (`w -= ...` changes the caller's array).",
                Half,
            ),
        ),
    ),
)
