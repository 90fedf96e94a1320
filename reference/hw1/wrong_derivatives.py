"""What is drawn instead of the output's derivatives by a parameter: each known mistake by the curves that it gives."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from autograder import Half
from autograder.notebooks.curves import Matching, as_matrix, counts_instead_of, equal_columns, is_zero, matched
from autograder.notebooks.figures import Seen
from autograder.notebooks.scenes import Shown
from reference.hw1.relu_networks import Array, Network, derivatives, layers, near_a_kink, output


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
        if matching.columns and not matching.strangers:
            some = f"Only {len(matching.columns)} of {columns.shape[1]} lines are drawn: every parameter has one."
            return "", Fraction(1, 3), some
        return "", Fraction(0), "The values are those of some derivatives, but they are not drawn over their x."
    told = _farthest(drawn, columns, X)
    if _all_in(drawn, np.cumsum(columns, axis=0)):
        return "accumulated", Fraction(1, 3), told
    sums, _ = layers(network, X)
    outer = network.weights[2][0]
    slopes = outer * network.weights[0][:, 0] * (sums[0] > 0)
    if _all_in(drawn, slopes) or _all_in(drawn, slopes.sum(axis=1, keepdims=True)):
        return "by-the-input", Fraction(0), told
    if _all_in(drawn, np.maximum(0, sums[0])):
        return "unit-outputs", Fraction(0), told
    others = [other for other in range(len(true)) if other != place]
    if any(_all_in(drawn, true[other]) for other in others):
        return "other-parameters", Fraction(1, 3), told
    if _scaled(drawn, columns, 2 * (output(network, X) - y)) or _common_factor(drawn, columns):
        return "of-the-loss", Fraction(1, 3), told
    return "", Fraction(0), told or f"{len(matching.columns)} of {columns.shape[1]} lines are right."


def draws_other_layer(seen: Seen, network: Network, place: int, matching: Matching) -> bool:
    """Whether besides the lines that are asked for there are those by another array of the hidden layers, all of them."""
    others = [seen.curves[number] for number in matching.strangers]
    hidden = [other for other in range(len(network.weights) - 2) if other != place]
    for other in hidden if others else ():
        found = matched(
            others,
            lambda x, other=other: derivatives(network, x)[other],  # type: ignore[misc]  # mypy wants no defaults in a lambda
            ignore=lambda x: near_a_kink(network, x),
        )
        heights = np.abs(derivatives(network, np.linspace(0, 1, 50))[other]).max(axis=0)
        if set(np.flatnonzero(heights > 1e-2 * heights.max()).tolist()) <= found.columns:
            return True
    return False


def _farthest(drawn: Array, columns: Array, X: Array) -> str:
    """Where a drawn line is farthest from all the right ones."""
    if not drawn.shape[1]:
        return ""
    away = np.abs(drawn[:, :, None] - columns[:, None, :]).min(axis=2)
    point, line = np.unravel_index(int(away.argmax()), away.shape)
    if away[point, line] <= 1e-3 * np.abs(columns).max():
        return "Every value that is drawn is one of the derivatives', but no line is one of theirs."
    return f"At x = {X[point]:.3f} a line of yours is at {drawn[point, line]:.4g}, where none of the derivatives is."


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
