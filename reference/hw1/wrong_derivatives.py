"""What is drawn instead of the output's derivatives by a parameter: each known mistake by the curves that it gives."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from autograder import Half
from autograder.notebooks.curves import Matching, as_matrix, counts_instead_of, equal_columns, is_zero
from autograder.notebooks.figures import Seen
from autograder.notebooks.scenes import Shown
from reference.hw1.relu_networks import Array, Network, derivatives, layers, output


def recognised(
    shown: Shown, network: Network, place: int, X: Array, *, y: Array, matching: Matching
) -> tuple[str, Fraction, str]:
    """The misconception that explains what was drawn, the credit it keeps, and what was seen."""
    seen = shown.seen or Seen()
    if seen.changed:
        return "step-inside", Fraction(0), "Your function changes the network's parameters."
    if not seen.curves:
        return "nothing-drawn", Fraction(0), "It ran, but drew nothing."
    true = derivatives(network, X)
    drawn = as_matrix(seen.curves, len(X))
    if drawn.shape[1] and not drawn.any():
        return "cleared-after", Fraction(0), "All drawn values are zero."
    wide = as_matrix(seen.curves, true[place].shape[1])
    if _all_in(wide, true[place].T):
        return "parameter-index", Fraction(1, 3), "Each line is one point, drawn over the number of the parameter."
    columns = true[place]
    if _all_in(drawn, columns):
        if all(counts_instead_of(curve) for curve in seen.curves):
            return "point-index", Half, "The horizontal axis is the number of the point, not x."
        return "", Fraction(0), "Only some of the parameters are drawn, or not over their x."
    told = f"At x = {X[-1]:.3f} a line of yours is at {drawn[-1, 0]:.4g}." if drawn.shape[1] else ""
    if _all_in(drawn, np.cumsum(columns, axis=0)):
        return "accumulated", Fraction(1, 3), told
    sums, _ = layers(network, X)
    outer = network.weights[2][0]
    if _all_in(drawn, outer * network.weights[0][:, 0] * (sums[0] > 0)):
        return "by-the-input", Fraction(0), told
    if _all_in(drawn, np.maximum(0, sums[0])):
        return "unit-outputs", Fraction(0), told
    others = [other for other in range(len(true)) if other != place]
    if any(_all_in(drawn, true[other]) for other in others):
        return "other-parameters", Fraction(1, 3), told
    if _scaled(drawn, columns, 2 * (output(network, X) - y)) or _common_factor(drawn, columns):
        return "of-the-loss", Fraction(1, 3), told
    return "", Fraction(0), told or f"{len(matching.columns)} of {columns.shape[1]} lines are right."


def _all_in(drawn: Array, columns: Array) -> bool:
    """Whether every drawn curve that is not zero is one of the columns, and there is one."""
    live = [curve for curve in drawn.T if len(curve) == len(columns) and not is_zero(curve, columns)]
    return bool(live) and all(equal_columns(curve, columns) for curve in live)


def _scaled(drawn: Array, columns: Array, factor: Array) -> bool:
    scaled = columns * factor[:, None]
    return _all_in(drawn, scaled) or _all_in(drawn, np.cumsum(scaled, axis=0))


def _common_factor(drawn: Array, columns: Array) -> bool:
    """Whether at every point all lines are wrong by one and the same factor, which changes from point to point."""
    if drawn.shape != columns.shape:
        return False
    factors = []
    for row, true in zip(drawn, columns, strict=True):
        on = np.abs(true) > 1e-3
        if on.sum() >= 2:
            ratio = row[on] / true[on]
            if np.ptp(ratio) > 1e-3 * np.abs(ratio).max():
                return False
            factors.append(float(ratio.mean()))
    return len(factors) >= 5 and float(np.ptp(factors)) > 1e-3
