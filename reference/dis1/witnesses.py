"""What wrong answers to the discussion's formulas are shown: the loss at two places, for two points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.oracles import Shows
from autograder.oracles.telling import lower_nearby, slope_seen
from autograder.oracles.witnesses import Yours, told
from reference.dis1.q1a import mean_squared_error as error_of_a_constant
from reference.dis1.q1b import mean_squared_error as error_of_a_line

_CONSTANT: Mapping[str, Any] = {"y": [1, 5], "N": 2}
_LINE: Mapping[str, Any] = {"x": [1, 2], "y": [3.5, 1.25], "N": 2}
_HERE = {"theta": 2}


def _points(data: Mapping[str, Any], further: Mapping[str, Any] | None = None) -> tuple[dict[str, Any], ...]:
    """Two fixed points for the data: the given one, and one with more points and another parameter."""
    more = {"y": [2, 0, 4], "N": 3, **({"x": [1, -1, 2]} if "x" in data else {})}
    return ({**_HERE, **data, "i": 2, **(further or {})}, {"theta": -1, **more, "i": 2, **(further or {})})


def _constant_slope(yours: Yours, theta: float, y: np.ndarray) -> str:
    return slope_seen(lambda at: error_of_a_constant(float(at), y), theta, yours(), name="θ", what="the loss")


def _line_slope(yours: Yours, theta: float, x: np.ndarray, y: np.ndarray) -> str:
    return slope_seen(lambda at: error_of_a_line(float(at), x, y), theta, yours(), name="θ", what="the loss")


def _step(loss: Any, yours: Yours, theta: float, alpha: float) -> str:
    there = float(yours())
    return (
        f"the loss is {told(loss(theta))}, and {told(loss(theta + 0.1))} at θ = {told(theta + 0.1)}; your step leads to "
        f"θ = {told(there)}, where it is {told(loss(there))}. How far should a step go with α = {told(alpha)}?"
    )


def _shares(loss: Any, yours: Yours, theta: float, size: int) -> str:
    shares = [float(yours(i=at + 1)) for at in range(size)]
    return (
        f"the loss is {told(loss(theta))}, and {told(loss(theta + 0.1))} at θ = {told(theta + 0.1)}; yours gives "
        f"{' and '.join(map(told, shares))} for the {size} points, together {told(sum(shares))}."
    )


witnesses = {
    "1a.i": Shows(at=_points(_CONSTANT), unnamed=("N", "i"), tells=_constant_slope),
    "1a.ii": Shows(
        at=_points(_CONSTANT),
        unnamed=("N", "theta", "i"),
        tells=lambda yours, y: lower_nearby(
            lambda at: error_of_a_constant(at.item(), y), yours(), 1, name="θ", what="the loss"
        ),
    ),
    "1a.iii": Shows(
        at=_points(_CONSTANT, {"alpha": 0.1}),
        unnamed=("N", "i"),
        tells=lambda yours, theta, alpha, y: _step(lambda at: error_of_a_constant(at, y), yours, theta, alpha),
    ),
    "1a.iv": Shows(
        at=_points(_CONSTANT, {"alpha": 0.1}),
        unnamed=("N", "alpha", "i"),
        tells=lambda yours, theta, y: _shares(lambda at: error_of_a_constant(at, y), yours, theta, len(y)),
    ),
    "1b.i": Shows(at=_points(_LINE), unnamed=("N", "i"), tells=_line_slope),
    "1b.ii": Shows(
        at=_points(_LINE),
        unnamed=("N", "theta", "i"),
        tells=lambda yours, x, y: lower_nearby(
            lambda at: error_of_a_line(at.item(), x, y), yours(), 1, name="θ", what="the loss"
        ),
    ),
    "1b.iii": Shows(
        at=_points(_LINE, {"alpha": 0.2}),
        unnamed=("N", "i"),
        tells=lambda yours, theta, alpha, x, y: _step(
            lambda at: error_of_a_line(at, x, y), yours, theta, alpha
        ),
    ),
    "1b.iv": Shows(
        at=_points(_LINE, {"alpha": 0.2}),
        unnamed=("N", "alpha", "i"),
        tells=lambda yours, theta, x, y: _shares(
            lambda at: error_of_a_line(at, x, y), yours, theta, len(y)
        ),
    ),
    "2.pieces": Shows(
        at=({"w": 1}, {"w": 2}),
        tells=lambda yours, w: (
            f"yours gives {told(yours())}. Draw a sum of {told(w)} ReLU unit{'s' if w > 1 else ''} and count the straight pieces."
        ),
    ),
}  # fmt: skip
