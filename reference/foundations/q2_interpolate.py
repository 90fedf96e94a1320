"""Part 2, code: a network of ReLU units through given points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder import Function, Functions, Half, Question, Source, Wrong
from autograder.functions import Draw, Fault, Input, MeasuredFunctions, Property
from autograder.functions.draw import Arguments, Array

Net = tuple[Array, Array, Array, float]
_SLACK = 1e-6
_ROOM = 1e3


def network(x: Array, w: Array, b: Array, a: Array, c: Array | float) -> Array:
    """The network's outputs, c + sum_j a_j max(0, w_j x + b_j)."""
    return np.asarray(c + np.maximum(0, np.multiply.outer(x, w) + b) @ a)


def interpolant(xs: Array, ys: Array) -> Net:
    """A unit that switches on at every point but the last, and turns the slope to that of the next piece."""
    order = np.argsort(xs)
    x, y = xs[order], ys[order]
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), float(y[0])


def goes_through(w: Array, b: Array, a: Array, c: Array, xs: Array, ys: Array) -> str:
    """Every point is met up to rounding beside the sizes that are added up there, by no more units than points.

    Sizes far beyond those of the points count no further: beside huge terms that cancel, any outputs would do.
    """
    if len(w) > len(xs):
        return f"it has {len(w)} units for {len(xs)} points; one for each point is more than enough"
    outputs = network(xs, w, b, a, c)
    sizes = np.abs(c) + np.abs(np.maximum(0, np.multiply.outer(xs, w) + b)) @ np.abs(a) + np.abs(ys)
    off = ~(np.abs(outputs - ys) <= _SLACK * np.minimum(sizes, _ROOM * np.max(np.abs(ys))))  # NaN is off, too
    if not off.any():
        return ""
    first = int(np.argmax(off))
    said = f"at x = {xs[first]:.4g} your network gives {outputs[first]:.4g}, and the point has y = {ys[first]:.4g}"
    return f"{said}; {int(off.sum())} of {len(xs)} points are missed"


def points(low: int, high: int, *, ordered: bool, shift: float = 0.0) -> Callable[[Draw], Arguments]:
    """Points with different x, in order or not."""

    def make(draw: Draw) -> Arguments:
        n = draw.size(low, high)
        while True:
            xs = draw.normal(n) * 2 + shift
            gaps = np.diff(np.sort(xs))
            sorted_by_chance = n > 1 and bool(np.all(np.diff(xs) > 0))
            if not np.any(gaps < 0.15) and (ordered or not sorted_by_chance):
                return np.sort(xs) if ordered else xs, draw.normal(n)

    return make


def on_a_line(draw: Draw) -> Arguments:
    """No kink is needed."""
    xs = np.array([-1.0, 0.5, 2.0, 3.0])
    return xs, draw.between(0.5, 2) * xs + float(draw.normal(1)[0])


def with_net(change: Callable[[Array, Array, Net], Net]) -> Callable[[Array, Array], Net]:
    """A mistake: the right network with something of it changed."""
    return lambda xs, ys: change(xs, ys, interpolant(xs, ys))


def unsorted(xs: Array, ys: Array) -> Net:
    """The same recipe on the points as they come."""
    slopes = np.diff(ys) / np.diff(xs)
    return np.ones(len(xs) - 1), -xs[:-1], np.diff(slopes, prepend=0.0), float(ys[0])


def right_of_zero(xs: Array, ys: Array) -> Net:
    """Units that switch on at the points' x, and the value of the first point as if it lay at 0: the first slope is lost."""
    w, b, a, c = interpolant(xs, ys)
    return w[1:], b[1:], a[1:], c


interpolate = Function(
    name="relu_interpolant",
    signature="xs: n, ys: n -> w: k, b: k, a: k, c",
    about="A network c + sum_j a_j max(0, w_j x + b_j) through all points (xs[i], ys[i]), with at most n units; any will do.",
    inputs=(
        Input(name="points from left to right", group="ordered", make=points(4, 6, ordered=True)),
        Input(name="points to the left of 0", group="ordered", make=points(3, 5, ordered=True, shift=-9.0)),
        Input(name="points in any order", group="any order", make=points(4, 6, ordered=False)),
        Input(name="two points", group="edge", make=points(2, 2, ordered=True)),
        Input(name="a single point", group="edge", make=points(1, 1, ordered=True)),
        Input(name="points on a line", group="edge", make=on_a_line),
    ),
    checks=(Property(by=goes_through),),
    reference=interpolant,
)


questions = (
    Question(
        id="2.interpolate",
        title="A network through given points",
        points=2,
        prompt=r"Write `relu_interpolant(xs, ys)`, which returns arrays `w`, `b`, `a` and a number `c` such that "
        r"$c + \sum_j a_j \max(0, w_j x + b_j)$ goes through every point (xs[i], ys[i]), with no more units than points. The "
        r"xs are different, in any order.",
        source=Source("Note 2", "2.3"),
        answer=Functions(functions=(interpolate,)),
        practice=MeasuredFunctions(
            by={"relu_interpolant": lambda xs, ys: None}
        ),  # the property decides, any net will do
        after=("2.elbow", "2.slope"),
        rows=(86, 87),
        wrong=(
            Wrong(
                "elbow-sign",
                {"relu_interpolant": with_net(lambda _, __, net: (net[0], -net[1], net[2], net[3]))},
                "Where does a unit with this weight and bias switch?",
                Half,
            ),
            Wrong(
                "slopes-instead-of-changes",
                {"relu_interpolant": with_net(lambda _, __, net: (net[0], net[1], np.cumsum(net[2]), net[3]))},
                "To the right of two elbows both units are on. What is the slope there?",
                Half,
            ),
            Wrong(
                "constant-forgotten",
                {"relu_interpolant": with_net(lambda _, __, net: (*net[:3], 0.0))},
                "Which value does the network have to the left of all elbows?",
                Half,
            ),
            Wrong(
                "gaps-forgotten",
                {
                    "relu_interpolant": with_net(
                        lambda xs, ys, net: (net[0], net[1], np.diff(np.diff(ys[np.argsort(xs)]), prepend=0.0), net[3])
                    )
                },
                "A slope is a rise over a run.",
                Half,
            ),
            Wrong("not-sorted", {"relu_interpolant": unsorted}, "The points may come in any order.", Half),
            Wrong(
                "first-slope-lost", {"relu_interpolant": right_of_zero}, "What bends the first piece up or down?", Half
            ),
            Wrong(
                "in-place",
                {"relu_interpolant": Fault.CHANGED},
                "Whoever calls your function still needs its points.",
                Half,
            ),
        ),
    ),
)
