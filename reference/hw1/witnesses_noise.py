"""What wrong answers to Problems 4 and 5 are shown: the noise as two equal chances, a unit's output, small networks."""

from __future__ import annotations

from itertools import product

import numpy as np

from autograder.oracles import Behaves, Shows, minimiser, slope
from autograder.oracles.telling import lower_nearby, moves_on, next_step_missed, run
from autograder.oracles.witnesses import Yours, told
from reference.hw1.q4a import noisy
from reference.hw1.q4b import mean_of_a_step, mean_settles

_X, _Y = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([[1.0], [2.0], [5.0]])


def _ridge_with(yours: Yours, sigma: float) -> str:
    penalty = float(yours())
    if not penalty >= 0:
        return f"yours gives λ = {told(penalty)}; a penalty is not negative."

    def ridge(w: np.ndarray) -> float:
        return float(np.mean((_X @ w - _Y) ** 2) + penalty * np.sum(w**2))

    found = minimiser(ridge, np.zeros((2, 1)))
    return lower_nearby(
        lambda w: noisy(w, _X, _Y, sigma), found, 2, name="w", what="the expected sum of squares",
        place=f"with X = {told(_X)}, y = {told(_Y)} and your λ = {told(penalty)} ridge regression gives w = {{here}}, where",
    )  # fmt: skip


def _rows(yours: Yours, X: np.ndarray, y: np.ndarray, w: np.ndarray, sigma: float) -> str:
    def squares(row: int) -> str:
        cases = [((X[row, 0] + sign * sigma) * w.item() - y[row, 0]) ** 2 for sign in (1, -1)]
        return " or ".join(map(told, cases))

    return (
        f"if the noise is +{told(sigma)} or −{told(sigma)} with equal chances, row 1 brings {squares(0)} and row 2 {squares(1)}; "
        f"yours says {told(yours())} for both rows on average."
    )


def _noisy_lower(yours: Yours, X: np.ndarray, y: np.ndarray, sigma: float) -> str:
    return lower_nearby(
        lambda w: noisy(w, X, y, sigma), yours(), X.shape[1], name="w", what="the expected sum of squares"
    )


def _two_chances(yours: Yours, Ew: float, x: float, y: float, sigma: float, eta: float) -> str:
    ends = [Ew - eta * ((x + noise) * Ew - y) * (x + noise) for noise in (sigma, -sigma)]
    return (
        f"if the noise is +{told(sigma)} or −{told(sigma)} with equal chances, one step from w = {told(Ew)} leads to "
        f"{told(ends[0])} or {told(ends[1])}; yours says {told(yours())} on average."
    )


def _mean_runs(x: float, y: float, sigma: float, eta: float) -> str:
    said = run(lambda w: mean_of_a_step(w, x, y, sigma, eta), 0.0, name="E[w]")
    return said.replace("the recurrence", "the mean", 1)


def _unit(yours: Yours, x: float, w_i: float, b_i: float, a_i: float) -> str:
    def output(parameters: np.ndarray) -> float:
        return float(a_i * max(0.0, parameters[0] * x + parameters[1]))

    at = np.array([w_i, b_i])
    measured = slope(output, at)
    for place, (name, mine) in enumerate(zip(("w_i", "b_i"), map(float, yours()), strict=True)):
        if abs(mine - measured[place]) > 1e-6:
            moved = at + 0.1 * np.eye(2)[place]
            return (
                f"the unit adds {told(output(at))} to y, and {told(output(moved))} once {name} grows by 0.1; "
                f"your derivative by {name} is {told(mine)}."
            )
    return ""


_POINTS = ({"x": 2, "y": 3, "sigma": 1}, {"x": 1, "y": 3, "sigma": 2}, {"x": -1, "y": 2, "sigma": 0.5})
_PATH = tuple({**point, "eta": 0.1, "t": 2, "w_0": 2} for point in _POINTS)

witnesses = {
    "4a": Shows(at=({"sigma": 2, "m": 3, "n": 2}, {"sigma": 0.5, "m": 3, "n": 2}), tells=_ridge_with),
    "4a.objective": Shows(
        at=({"X": [[1], [1]], "y": [3, 1], "w": [2], "sigma": 1, "m": 2, "n": 1},
            {"X": [[2], [1]], "y": [3, 1], "w": [1], "sigma": 3, "m": 2, "n": 1}),
        unnamed=("m", "n"),
        tells=_rows,
    ),
    "4a.minimiser": Shows(
        at=({"X": [[1], [2]], "y": [3, 1], "sigma": 2, "m": 2, "n": 1},
            {"X": _X.tolist(), "y": [1, 2, 4], "sigma": 1, "m": 3, "n": 2}),
        unnamed=("m", "n"),
        tells=_noisy_lower,
    ),
    "4b": Shows(
        at=tuple({**point, "eta": 0.1, "Ew": at} for point, at in product(_POINTS[:2], (1, 2))),
        unnamed=("Ew",),
        tells=_two_chances,
    ),
    "4c": Behaves(
        variable="eta",
        at=(
            {"x": 1, "y": 2, "sigma": 1, "eta": 1.2},
            {"x": 1, "y": 2, "sigma": 1, "eta": 0.8},
            {"x": 2, "y": 3, "sigma": 1, "eta": 0.35},
            {"x": 2, "y": 3, "sigma": 1, "eta": 0.45},
            {"x": 1, "y": 2, "sigma": 1, "eta": 0.2},
            {"x": 1, "y": 2, "sigma": 1, "eta": 1},
        ),
        by=mean_settles,
        tells=_mean_runs,
    ),
    "4d": Shows(
        at=_POINTS,
        tells=lambda yours, x, y, sigma: moves_on(
            lambda w: mean_of_a_step(w, x, y, sigma, 0.1), yours(), name="E[w]", how="one mean step with η = 0.1"
        ),
    ),
    "4d.shrink": Shows(
        at=tuple({name: point[name] for name in ("x", "sigma")} for point in _POINTS),
        tells=lambda yours, x, sigma: moves_on(
            lambda share: mean_of_a_step(share, x, x, sigma, 0.1), yours(),  # y = x, so that the noise-free optimum is 1
            name="E[w]", how="for y = x the best weight without noise is 1, and one mean step with η = 0.1",
        ),
    ),
    "4d.path": Shows(
        at=_PATH,
        unnamed=("t", "w_0"),
        tells=lambda yours, x, y, sigma, eta: next_step_missed(
            lambda w: mean_of_a_step(w, x, y, sigma, eta), lambda t: yours(t=t), 0.0, name="w"
        )
        or f"yours gives {told(yours(t=1))} at t = 1; take the first mean step from 0 by hand.",
    ),
    "5a.formulas": Shows(
        at=({"x": 2, "w_i": 3, "b_i": -1, "a_i": 5}, {"x": -2, "w_i": 3, "b_i": 1, "a_i": 5},
            {"x": -2, "w_i": -3, "b_i": 1, "a_i": -2}, {"x": 2, "w_i": -3, "b_i": 1, "a_i": 5},
            {"x": 1, "w_i": 1, "b_i": -2, "a_i": 3}),
        tells=_unit,
    ),
    "5b.rank": Shows(
        at=({"w": 1}, {"w": 2}),
        tells=lambda yours, w: (
            f"yours gives {told(yours())}. Write the {told(3 * w + 1)} derivatives of such a network down as functions of the "
            f"input, and see which of them are combinations of others."
        ),
    ),
    "5c.count": Shows(
        at=({"w": 1}, {"w": 2}),
        tells=lambda yours, w: (
            f"yours gives {told(yours())}. Draw the network with layers of 1, {told(w)}, {told(w)} and 1, and count its "
            f"connections and biases."
        ),
    ),
}  # fmt: skip
