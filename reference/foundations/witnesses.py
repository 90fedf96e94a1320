"""What wrong answers to the formulas of the foundations are shown, at small numbers."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from autograder.oracles import Shows
from autograder.oracles.telling import slope_seen
from autograder.oracles.witnesses import Yours, told


def _next(yours: Yours, theta: float, eta: float, g: float) -> str:
    there = float(yours())
    way = "grows" if g > 0 else "falls"
    return (
        f"the loss {way} by about {told(abs(0.01 * g))} once θ grows by 0.01; your step leads to θ = {told(there)}, which is "
        f"{told(there - theta)} away. With η = {told(eta)}, which way should it go and how far?"
    )


def _near(yours: Yours, L: float, g: float, d: float) -> str:
    bent = [L + g * d + sign * 5 * d**2 for sign in (-1, 1)]
    return (
        f"two losses with this value and slope, one bent up and one down, are {told(bent[0])} and {told(bent[1])} a step of "
        f"{told(d)} away; yours gives {told(yours())} for both."
    )


def _batch(yours: Yours, l: np.ndarray, R: float) -> str:  # noqa: E741 - the statement's own letter
    single = ", ".join(told(float(one) + R) for one in l[:, 0])
    return f"a step on one of these points alone would follow {single}; on the batch yours is {told(yours())}."


def _dance(yours: Yours, alpha: float, V: float) -> str:
    here = float(yours())
    there = (1 - 2 * alpha) ** 2 * here + 4 * alpha**2 * V
    if abs(there - here) < 1e-9:
        return ""
    return (
        f"if θ has the variance {told(here)} (yours), it has {told(there)} after one more step; a variance of the long run "
        "would stay."
    )


def _elbow(yours: Yours, w: float, b: float) -> str:
    return f"at your x = {told(yours())} the unit's input w x + b is {told(w * float(yours()) + b)}; at an elbow it changes its sign."


def _unit_slope(yours: Yours, w: float, b: float, x: float) -> str:
    return slope_seen(lambda at: max(0.0, w * float(at) + b), x, yours(), name="x", what="the unit")


def _draws(yours: Yours, r: float, s_b: float, s_w: float) -> str:
    rng = default_rng(1)
    ratios = np.abs(rng.normal(size=20) * s_b / (rng.normal(size=20) * s_w))
    return f"of 20 elbows drawn at random {int(np.sum(ratios > r))} lay further out than r; yours gives the probability {told(yours())}."


def _mean_loss(yours: Yours, l: np.ndarray) -> str:  # noqa: E741 - the statement's own letter
    return f"the losses of the points are {', '.join(map(told, l[:, 0]))}; yours makes their risk {told(yours())}."


def _penalty(yours: Yours, l: np.ndarray, lambda_: float, theta: float) -> str:  # noqa: E741 - the statement's own letter
    return (
        f"yours gives {told(yours())}, and {told(yours(theta=0.0))} with θ = 0, where no penalty is left. By how much should "
        f"θ = {told(theta)} and λ = {told(lambda_)} raise it above the mean of {told(l)}?"
    )


witnesses = {
    "1.update": Shows(
        at=({"theta": 1, "eta": 0.1, "g": 4, "t": 2}, {"theta": 2, "eta": 0.5, "g": -3, "t": 3}),
        unnamed=("t",),
        tells=_next,
    ),
    "1.taylor": Shows(at=({"L": 3, "g": 2, "d": 0.1}, {"L": 1, "g": -4, "d": 0.2}), tells=_near),
    "1.batch": Shows(
        at=({"l": [1, 2, 6], "R": 0.5, "b": 3, "n": 10}, {"l": [4, 1], "R": 2, "b": 2, "n": 5}), tells=_batch
    ),
    "1.noise_floor": Shows(at=({"alpha": 0.2, "V": 4}, {"alpha": 0.5, "V": 3}), tells=_dance),
    "2.elbow": Shows(at=({"w": 2, "b": 3}, {"w": -4, "b": 1}), tells=_elbow),
    "2.slope": Shows(
        at=(
            {"w": -2, "b": 1, "x": -1}, {"w": -2, "b": 1, "x": 2}, {"w": 1, "b": 2, "x": 1}, {"w": 3, "b": 2, "x": -1},
            {"w": -2, "b": -1, "x": 1},
        ),
        tells=_unit_slope,
    ),
    "2.relu": Shows(
        at=({"x": -2}, {"x": 3}, {"x": 0.5}),
        tells=lambda yours: f"yours gives {told(yours())}. Draw the graph of the ReLU and read it off there.",
    ),
    "2.cauchy": Shows(at=({"r": 1, "s_b": 2, "s_w": 1}, {"r": 3, "s_b": 1, "s_w": 1}), tells=_draws),
    "3.erm": Shows(at=({"l": [1, 2, 6], "n": 3}, {"l": [4, 1], "n": 2}), tells=_mean_loss),
    "3.map": Shows(
        at=({"l": [1, 2, 6], "n": 3, "lambda": 0.5, "theta": 2}, {"l": [4, 1], "n": 2, "lambda": 3, "theta": -1}),
        tells=_penalty,
    ),
}  # fmt: skip
