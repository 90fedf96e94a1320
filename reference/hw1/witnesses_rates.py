"""What wrong answers to Problem 1 are shown: the recurrences, run at a few numbers."""

from __future__ import annotations

import numpy as np

from autograder.oracles import Behaves, Counts, Shows, settles, steps_within
from autograder.oracles.telling import as_column, next_step_missed, run
from autograder.oracles.witnesses import Yours, told
from reference.hw1.q1a import descend
from reference.hw1.q1c import both_settle
from reference.hw1.q1d import large_one_is_ahead
from reference.hw1.q1e import slower_share


def _run(eta: float, sigma: float, y: float) -> str:
    return run(lambda w: descend(w, y, sigma, eta), 0.0, name="w")


def _run_both(eta: float, sigma_l: float, sigma_s: float, y: float) -> str:
    large, small = (_run(eta, sigma, y) for sigma in (sigma_l, sigma_s))
    first, second = large.removeprefix("the recurrence "), small.removeprefix("the recurrence ")
    return f"the coordinate of σ_l {first}; that of σ_s {second}"


def _factors(eta: float, sigma_l: float, sigma_s: float) -> str:
    kept = [abs(descend(0.0, s, s, eta) - 1) for s in (sigma_l, sigma_s)]
    return f"one step leaves {told(kept[0])} of the error beside σ_l and {told(kept[1])} of the one beside σ_s"


def _share_at(yours: Yours, sigma_l: float, sigma_s: float) -> str:
    rate = float(yours())
    here = slower_share(rate, sigma_l, sigma_s)
    if rate <= 0:
        return f"your rate is {told(rate)}; a step with it does not go downhill."
    for factor in (1.1, 0.9):
        there = slower_share(factor * rate, sigma_l, sigma_s)
        if there < here - 1e-9:
            return (
                f"your rate {told(rate)} leaves the slower error {told(here)} of its size in one step, "
                f"the rate {told(factor * rate)} only {told(there)}."
            )
    return ""


def _shares_around(yours: Yours, sigma_l: float, sigma_s: float) -> str:
    rates = [share / sigma_l**2 for share in (0.4, 0.6, 0.97)]
    kept = ", ".join(told(slower_share(rate, sigma_l, sigma_s)) for rate in rates)
    return (
        f"at the rates {', '.join(map(told, rates))} the slower error keeps {kept} of its size in one step; "
        f"at the best rate yours says {told(yours())}."
    )


def _along_the_top(eta: float, sigma_max: float, sigma_min: float) -> str:
    top, low = (1 - 2 * eta * sigma**2 for sigma in (sigma_max, sigma_min))
    return (
        f"one step multiplies the error along the largest direction by {told(top)}, along the smallest by {told(low)}"
    )


def _both_directions(eta: float, sigma_max: float, sigma_min: float) -> bool | None:
    return both_settle(eta, sigma_max, sigma_min)


def _back(yours: Yours, V: np.ndarray, w: np.ndarray) -> str:
    z = as_column(yours(), len(w))
    return f"yours gives z = {told(z)}; going back, V z = {told(V @ z)}, which should be w again."


def _settles(eta: float, sigma: float, y: float) -> bool | None:
    return settles(lambda w: descend(w, y, sigma, eta), 0.0)


def _left(eta: float, sigma: float, steps: int) -> float:
    return float(abs(1 - 2 * eta * sigma**2) ** steps)


witnesses = {
    "1a": Behaves(
        variable="eta",
        at=(
            {"sigma": 2, "y": 5, "eta": 0.3},
            {"sigma": 2, "y": 5, "eta": 0.2},
            {"sigma": 1, "y": 3, "eta": 0.9},
            {"sigma": 1, "y": 3, "eta": 1.1},
            {"sigma": 0.5, "y": 1, "eta": 3},
            {"sigma": 2, "y": 5, "eta": 0.25},
        ),
        by=_settles,
        tells=_run,
    ),
    "1a.path": Shows(
        at=({"sigma": 2, "y": 5, "eta": 0.2, "t": 2, "w_0": 2}, {"sigma": 1, "y": 3, "eta": 0.25, "t": 2, "w_0": 1}),
        unnamed=("t", "w_0"),
        tells=lambda yours, sigma, y, eta: (
            next_step_missed(lambda w: descend(w, y, sigma, eta), lambda t: yours(t=t), 0.0, name="w")
            or f"yours gives w_1 = {told(yours(t=1))}; take the first step from 0 by hand."
        ),
    ),
    "1b": Counts(
        at=(
            {"sigma": 1, "eta": 0.1, "epsilon": 0.01},
            {"sigma": 2, "eta": 0.2, "epsilon": 0.05},
            {"sigma": 1, "eta": 0.45, "epsilon": 0.001},
        ),
        by=lambda eta, sigma, epsilon: steps_within(
            lambda w: descend(w, sigma, sigma, eta), 0.0, 1.0, epsilon
        ),  # y = sigma, so that the goal is 1
        left=_left,
        asked="ε",
    ),
    "1c": Behaves(
        variable="eta",
        at=(
            {"sigma_l": 2, "sigma_s": 1, "y": 5, "eta": 0.3},
            {"sigma_l": 2, "sigma_s": 1, "y": 5, "eta": 0.2},
            {"sigma_l": 1, "sigma_s": 0.5, "y": 3, "eta": 0.9},
            {"sigma_l": 1, "sigma_s": 0.5, "y": 3, "eta": 1.1},
            {"sigma_l": 2, "sigma_s": 1, "y": 5, "eta": 0.25},
        ),
        by=both_settle,
        tells=_run_both,
    ),
    "1d": Behaves(
        variable="eta",
        at=(
            {"sigma_l": 2, "sigma_s": 1, "eta": 0.22},
            {"sigma_l": 2, "sigma_s": 1, "eta": 0.05},
            {"sigma_l": 2, "sigma_s": 1, "eta": 0.15},
            {"sigma_l": 1, "sigma_s": 0.5, "eta": 0.7},
            {"sigma_l": 2, "sigma_s": 1, "eta": 0.2},
        ),
        by=large_one_is_ahead,
        tells=_factors,
    ),
    "1e": Shows(at=({"sigma_l": 2, "sigma_s": 1}, {"sigma_l": 3, "sigma_s": 1}), tells=_share_at),
    "1e.rate": Shows(at=({"sigma_l": 2, "sigma_s": 1}, {"sigma_l": 3, "sigma_s": 1}), tells=_shares_around),
    "1g": Behaves(
        variable="eta",
        at=(
            {"sigma_max": 2, "sigma_min": 1, "eta": 0.3},
            {"sigma_max": 2, "sigma_min": 1, "eta": 0.2},
            {"sigma_max": 1, "sigma_min": 0.5, "eta": 0.9},
            {"sigma_max": 1, "sigma_min": 0.5, "eta": 1.1},
            {"sigma_max": 2, "sigma_min": 1, "eta": 0.25},
        ),
        by=_both_directions,
        tells=_along_the_top,
    ),
    "1g.coordinates": Shows(
        at=(
            {"V": [[0, -1], [1, 0]], "w": [2, 1], "S": [[3, 0], [0, 2]], "U": [[1, 0], [0, 1]], "n": 2, "d": 2},
            {"V": [[0.6, -0.8], [0.8, 0.6]], "w": [1, 2], "S": [[3, 0], [0, 2]], "U": [[0, 1], [1, 0]], "n": 2, "d": 2},
        ),
        unnamed=("S", "U", "n", "d"),
        tells=_back,
    ),
}
