"""Pictures of a decomposition: singular values and principal features as drawn, beside those of the matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.notebooks.figures import Curve
from autograder.plots import Drawn, Plot, Series
from reference.hw1.relu_networks import Array

_SHOWN = 2  # leading principal features: more would be a tangle
_ZERO = 1e-6  # of the largest singular value: below it a logarithm shows noise


def values_plot(drawn: Sequence[Array], s: Array) -> tuple[Plot, ...]:
    """The first curve that may be singular values, beside those of the matrix that was decomposed."""
    if not drawn:
        return ()
    mine = np.sort(drawn[0])[::-1]
    series = (_over_count("of the matrix", s, s[0], Drawn.LINE), _over_count("drawn by you", mine, s[0], Drawn.POINTS))
    found = tuple(one for one in series if one is not None)
    if not found:
        return ()
    says = "Largest first; what is zero up to rounding is left out."
    return (
        Plot(title="Singular values", x_label="number", y_label="singular value", series=found, says=says, log_y=True),
    )


def _over_count(name: str, values: Array, top: float, drawn: Drawn) -> Series | None:
    live = values[(values > _ZERO * top) & (values > 0)]
    return Series.of(name, range(1, len(live) + 1), live, drawn=drawn)


def features_plot(curves: Sequence[Curve], columns: Callable[[Array], Array | None]) -> tuple[Plot, ...]:
    """The leading principal features, each beside the drawn curve that comes nearest to it.

    Args:
        curves: what was drawn over inputs.
        columns: the principal features at any x, (points, features); None where they are not known.
    """
    known = [(curve, table) for curve in curves if (table := columns(curve.x)) is not None and curve.y.any()]
    if not known:
        return ()
    series: list[Series | None] = []
    for column in range(min(_SHOWN, *(table.shape[1] for _, table in known))):
        curve, table = min(known, key=lambda pair: _distance(pair[0].y, pair[1][:, column])[0])
        _, sign = _distance(curve.y, table[:, column])
        order = np.argsort(curve.x, kind="stable")
        x = curve.x[order]
        series += [
            Series.of(f"feature {column + 1}", x, table[order, column]),
            Series.of(f"nearest curve of yours to feature {column + 1}", x, sign * curve.y[order], drawn=Drawn.POINTS),
        ]
    found = tuple(one for one in series if one is not None)
    if not found:
        return ()
    says = "The leading principal features at the grader's network; signs are arbitrary, yours are turned to match."
    return (Plot(title="Principal features beside yours", x_label="x", y_label="feature", series=found, says=says),)


def _distance(y: Array, column: Array) -> tuple[float, float]:
    """How far a curve is from a column, up to sign, and the sign that brings it nearest."""
    if not np.isfinite(y).all():
        return np.inf, 1.0
    with np.errstate(over="ignore"):
        return min((float(np.linalg.norm(sign * y - column)), sign) for sign in (1.0, -1.0))
