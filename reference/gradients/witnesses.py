"""What wrong answers to the slides' exercises are shown: functions at two places, and descent on a parabola."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.oracles import Behaves, Shows, settles
from autograder.oracles.telling import next_step_missed, run, slope_seen
from autograder.oracles.witnesses import Yours, told
from reference.gradients.q1 import slopes
from reference.gradients.q2 import measured_hessian, value
from reference.gradients.q3 import descend


def _slopes_of(function: Callable[..., float]) -> Callable[..., str]:
    def numbered(yours: Yours, x_1: float, x_2: float, x_3: float) -> str:
        point = np.array([x_1, x_2, x_3], dtype=float)
        return slope_seen(
            lambda at: function(*at), point, yours(), name="x", what="f", width=0.01, entries=("x_1", "x_2", "x_3")
        )

    return numbered


def _named_slopes_of(function: Callable[..., float]) -> Callable[..., str]:
    def named(yours: Yours, x: float, y: float, z: float) -> str:
        point = np.array([x, y, z], dtype=float)
        return slope_seen(
            lambda at: function(*at), point, yours(), name="x", what="f", width=0.01, entries=("x", "y", "z")
        )

    return named


def _bend(yours: Yours, x: float, y: float, z: float) -> str:
    mine, measured = np.asarray(yours(), dtype=float).reshape(3, 3), measured_hessian(x, y, z)
    off = np.argwhere(np.abs(mine - measured) > 1e-3)
    if not len(off):
        return ""
    row, column = (int(at) for at in off[0])
    point = np.array([x, y, z], dtype=float)
    moved = point + 0.01 * np.eye(3)[column]
    before, after = (float(slopes(value, *at)[row, 0]) for at in (point, moved))
    names = "xyz"
    return (
        f"the slope of f along {names[row]} is {told(before)}, and {told(after)} once {names[column]} grows by 0.01; "
        f"your entry ({row + 1}, {column + 1}) is {told(mine[row, column])}."
    )


def _step(yours: Yours, x: float, lr: float) -> str:
    there = float(yours())
    return (
        f"f is {told(x**2)}, and {told((x + 0.1) ** 2)} at {told(x + 0.1)}; your step with lr = {told(lr)} leads to "
        f"{told(there)}, where f is {told(there**2)}. How far should it go, and which way?"
    )


def _ten(yours: Yours, x_0: float) -> str:
    steps = [x_0]
    for _ in range(3):
        steps.append(descend(steps[-1], 2.0))
    return f"the first steps are {', '.join(map(told, steps))}, …; yours ends at {told(yours())} after ten."


_NAMED = ({"x": 1, "y": 2, "z": 1}, {"x": -1, "y": 1, "z": 2})

witnesses = {
    "1.f": Shows(
        at=({"x_1": 1, "x_2": 3, "x_3": 2}, {"x_1": -2, "x_2": 1, "x_3": 1}),
        tells=_slopes_of(lambda a, b, c: a**3 + 2 * b + 5 * c**4),
    ),
    "1.g": Shows(
        at=({"x": 1, "y": 3, "z": 2}, {"x": -2, "y": 1, "z": 1}),
        tells=_named_slopes_of(lambda a, b, c: a**3 + 2 * b + 5 * c**4),
    ),
    "1.h": Shows(
        at=({"x": 1, "y": 3, "z": 2}, {"x": -2, "y": 1, "z": 1}),
        tells=_named_slopes_of(lambda a, b, c: a**3 * b**2 + 2 * a * b + 5 * b * c**4),
    ),
    "2.gradient": Shows(at=_NAMED, tells=_named_slopes_of(value)),
    "2.hessian": Shows(at=_NAMED, tells=_bend),
    "3.update": Shows(at=({"x": 3, "lr": 0.1}, {"x": -1, "lr": 0.3}), tells=_step),
    "3.range": Behaves(
        variable="lr",
        at=({"lr": 1.2}, {"lr": 0.8}, {"lr": 0.2}, {"lr": 2.5}, {"lr": 1}),
        by=lambda lr: settles(lambda x: descend(x, lr), 1.0),
        tells=lambda lr: run(lambda x: descend(x, lr), 1.0, name="x"),
    ),
    "3.path": Shows(
        at=({"x_0": 4, "lr": 0.2, "t": 2}, {"x_0": 1, "lr": 0.7, "t": 3}),
        unnamed=("t",),
        tells=lambda yours, x_0, lr: next_step_missed(
            lambda x: descend(x, lr), lambda t: yours(t=t), x_0, name="x"
        ),
    ),
    "3.after10": Shows(at=({"x_0": 1}, {"x_0": 2}), tells=_ten),
    "4.cost": Shows(
        at=({"b": 3}, {"b": 8}),
        tells=lambda yours, b: (
            f"yours gives {told(yours())}. Write the inner products of {told(b)} points down, coordinate by coordinate, and count."
        ),
    ),
    "4.updates": Shows(
        at=({"b": 5000}, {"b": 2500}),
        tells=lambda yours, b: (
            f"yours gives {told(yours())}. Count the batches of {told(b)} that it takes until 10000 points are used up."
        ),
    ),
}  # fmt: skip
