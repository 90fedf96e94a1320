"""Problem 5: the written parts of the notebook problem on linearised networks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.random import default_rng
from sympy import Heaviside, Max, diff, expand

from autograder import Expression, Half, Question, Several, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue, slope

unit = declare("x, w_i, b_i, a_i")
x, w_i, b_i, a_i = (sympy_symbol(unit, name) for name in ("x", "w_i", "b_i", "a_i"))

# Of the network's output, a sum over units plus a constant, only unit i depends on w_i and b_i.
contribution = a_i * Max(0, w_i * x + b_i)
by_weight, by_bias = diff(contribution, w_i), diff(contribution, b_i)
active = Heaviside(w_i * x + b_i)


def output_slopes(x: float, w_i: float, b_i: float, a_i: float) -> tuple[float, float] | None:
    """Differences of the unit's output in its weight and its bias; None too close to its kink."""
    if abs(w_i * x + b_i) < 1e-3:
        return None

    def output(parameters: np.ndarray) -> float:
        return float(a_i * max(0.0, parameters[0] * x + parameters[1]))

    by_w, by_b = slope(output, np.array([w_i, b_i]), width=1e-6)
    return float(by_w), float(by_b)


width = declare("w: positive int")
w = sympy_symbol(width, "w")

# For fixed units the features are x and 1, each where its unit is on (2w columns), the units' outputs and the constant. An
# output is a combination of its own unit's two, so that 2w + 1 columns span everything, and generic units reach that.
features_of_a_unit = 2
constant = 1
rank = features_of_a_unit * w + constant


def largest_rank(w: int) -> int:
    """The largest rank of the feature matrix seen over random networks of width w, on a fine grid."""
    rng, found = default_rng(0), 0
    grid = np.linspace(0, 1, 40 * w)[:, None]
    for _ in range(10):
        weights, bias, outer = rng.normal(size=w), np.zeros(w), rng.normal(size=w)
        bias = -weights * (np.arange(w) + rng.uniform(0.2, 0.8, size=w)) / w  # kinks apart from each other
        on = (grid * weights + bias > 0).astype(float)
        matrix = np.hstack([outer * grid * on, outer * on, np.maximum(0, grid * weights + bias), np.ones_like(grid)])
        found = max(found, int(np.linalg.matrix_rank(matrix, tol=1e-9)))
    return found


# Layers of sizes 1, w, w, 1: every layer has a weight for each pair and a bias for each output.
sizes = (1, w, w, 1)
parameters = expand(sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(sizes)))


def count_entries(w: int) -> int:
    """The number of entries of all weight matrices and bias vectors of the network with two hidden layers."""
    arrays = [np.empty((w, 1)), np.empty(w), np.empty((w, w)), np.empty(w), np.empty((1, w)), np.empty(1)]
    return sum(array.size for array in arrays)


questions = (
    Question(
        id="5a.formulas",
        title="Derivatives of the output by a unit's weight and bias",
        points=2,
        prompt=r"A network with one hidden layer computes $y(x) = c + \sum_i a_i \max(0, w_i x + b_i)$. Give "
        r"$\partial y / \partial w_i$ and $\partial y / \partial b_i$ away from the kink, as a list.",
        source=Source("Homework 1", "5(a)"),
        answer=Several(names=("dy/dw_i", "dy/db_i"), answers=(Expression(by_weight), Expression(by_bias))),
        symbols=unit,
        practice=MeasuredValue(by=output_slopes),
        rows=(55,),
        wrong=(
            Wrong(
                "outer-weight-lost",
                (x * active, active),
                "By what is the unit's output multiplied before it reaches y?",
                credit=Half,
            ),
            Wrong(
                "wrong-switch",
                (a_i * x * Heaviside(x), a_i * Heaviside(x)),
                "What must be positive for the unit to be on?",
            ),
            Wrong(
                "wrong-switch-without-outer-weight",
                (x * Heaviside(x), None),
                "What must be positive for the unit to be on, and by what is its output multiplied?",
            ),
            Wrong(
                "by-the-input",
                (a_i * w_i * active, None),
                "That is the derivative by the input x. The weight is what varies here.",
            ),
            Wrong(
                "weight-on-bias",
                (None, a_i * w_i * active),
                "The bias is added as it is: what is the derivative of w_i x + b_i by b_i?",
                credit=Half,
            ),
            Wrong(
                "weight-for-outer-weight",
                (None, w_i * active),
                "By what is the unit's output multiplied before it reaches y?",
                credit=Half,
            ),
            Wrong(
                "unit-kept",
                (a_i * x * Max(0, w_i * x + b_i), None),
                "The derivative of max(0, u) by u is not max(0, u).",
            ),
            Wrong(
                "order-swapped",
                (by_bias, by_weight),
                "Both are here, in the other order: first by the weight, then by the bias.",
                credit=Half,
            ),
            Wrong(
                "input-lost",
                (a_i * active, by_bias),
                "What is the derivative of w_i x + b_i by w_i?",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="5b.rank",
        title="Rank of the linearised features",
        points=1,
        prompt=r"For a network with one hidden layer of width $w$, the feature matrix has a column for each of the $3w + 1$ "
        r"parameters and as many rows as you like. What is the largest rank that it can have, over all parameters?",
        source=Source("Homework 1", "5(b)"),
        answer=Expression(rank, targets=("rank",), at_most=True),
        symbols=width,
        practice=MeasuredValue(by=largest_rank, rounds=4),
        rows=(59,),
        wrong=(
            Wrong(
                "all-columns",
                3 * w + 1,
                "Write the derivative by an output weight with those by its unit's weight and bias.",
            ),
            Wrong("constant-forgotten", 2 * w, "One parameter belongs to no unit.", credit=Half),
            Wrong(
                "one-per-unit",
                w + 1,
                "How many independent functions does one unit bring: think of a ray and a step.",
                credit=Half,
            ),
            Wrong("outputs-only", w, "The features are derivatives by all parameters, not the units' outputs."),
        ),
    ),
    Question(
        id="5c.count",
        title="Parameters with two hidden layers",
        points=1,
        prompt=r"How many parameters has the network with two fully connected hidden layers of width $w$ each, one input and one "
        r"output, biases included?",
        source=Source("Homework 1", "5(c)"),
        answer=Expression(parameters),
        symbols=width,
        practice=MeasuredValue(by=count_entries),
        rows=(63,),
        wrong=(
            Wrong("biases-forgotten", w**2 + 2 * w, "Every hidden unit and the output have a bias too.", credit=Half),
            Wrong("one-layer-of-biases", w**2 + 3 * w + 1, "Count the biases of each layer again.", credit=Half),
            Wrong("one-hidden-layer", 3 * w + 1, "This is the network with a single hidden layer."),
            Wrong("not-fully-connected", 5 * w + 1, "How many weights lie between w units and w units?", credit=Half),
            Wrong("output-bias-forgotten", w**2 + 4 * w, "The output has a bias too.", credit=Half),
        ),
    ),
)
