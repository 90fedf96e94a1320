"""What the feature matrix's decomposition must look like when it is drawn, and what wrong ways to it look like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from autograder.notebooks.curves import (
    as_matrix,
    counts_instead_of,
    equal_columns,
    is_crowded,
    is_zero,
    same_up_to_columns,
)
from autograder.notebooks.figures import Curve, Matrix, Seen
from reference.hw1.relu_networks import Array, Network, derivatives, features, layers, near_a_kink

_ZERO = 1e-4  # of the largest singular value: below it single precision shows noise
_GAP = 5e-3  # singular vectors of values closer than this cannot be told apart in single precision
_SLACK = 3e-3  # of drawn principal features, for the same reason
_VISIBLE = 0.03  # of the highest column: lower ones drown in that tolerance
_MOST = 10  # leading principal features that are looked for
_DECOMPOSED = ("svd", "svdvals", "svd_lowrank", "pca_lowrank")
_LONGEST, _LARGEST = 1000, 30_000  # of a matrix: the grader's data have a hundred points, and thirty parameters at most
_MOST_MATRICES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Spectrum:
    """A matrix's singular values and right singular vectors, in double precision."""

    matrix: Array
    s: Array
    vh: Array

    @classmethod
    def of(cls, matrix: Array) -> Spectrum:
        """Decompose a matrix."""
        _, s, vh = np.linalg.svd(np.asarray(matrix, np.float64), full_matrices=False)
        return cls(matrix=matrix, s=s, vh=vh)

    @classmethod
    def single(cls, matrix: Array) -> Spectrum:
        """Decompose a matrix in single precision, as torch and float32 arrays are."""
        _, s, vh = np.linalg.svd(np.asarray(matrix, np.float32), full_matrices=False)
        return cls(matrix=np.asarray(matrix, np.float64), s=s.astype(np.float64), vh=vh.astype(np.float64))

    @property
    def live(self) -> list[int]:
        """Numbers of the values that are not zero and lie apart from their neighbours: their vectors are certain."""
        top = self.s[0]
        numbers = range(min(_MOST, len(self.s)))
        return [
            i
            for i in numbers
            if self.s[i] > _ZERO * top and np.delete(np.abs(self.s - self.s[i]), i).min(initial=np.inf) > _GAP * top
        ]


def same_matrix(given: Array, true: Array) -> bool:
    """Whether a feature matrix is right: rows in order, columns in any order and of either sign."""
    return same_up_to_columns(given, true)


def is_product(matrix: Array, true: Array) -> bool:
    """Whether a matrix is that of all products of the columns of the right one, or of all products of its rows.

    Columns may be in any order; the eigenvalues of their products do not depend on it.
    """
    if matrix.shape == (len(true), len(true)) and _close(matrix, true @ true.T):
        return True
    columns = true.shape[1]
    if matrix.shape != (columns, columns) or not _close(matrix, matrix.T):
        return False
    return _close(np.linalg.eigvalsh(matrix), np.linalg.eigvalsh(true.T @ true))


def _close(one: Array, other: Array) -> bool:
    return bool(np.isfinite(one).all() and np.abs(one - other).max() <= _SLACK * np.abs(other).max())


def decomposed(seen: Seen) -> tuple[Matrix, ...]:
    """The different matrices that were given to a singular value decomposition, as far as there is time to look at them."""
    found: dict[tuple[tuple[int, ...], bytes], Matrix] = {}
    for matrix in seen.matrices:
        rows, columns = matrix.values.shape
        if matrix.by in _DECOMPOSED and max(rows, columns) <= _LONGEST and rows * columns <= _LARGEST:
            found.setdefault((matrix.values.shape, matrix.values.tobytes()), matrix)
    return tuple(found.values())[:_MOST_MATRICES]


def is_over_inputs(curve: Curve) -> bool:
    """Whether a curve is drawn over inputs, which lie between 0 and 1 or a little beyond, and not over a count."""
    inside = np.isfinite(curve.x).all() and curve.x.min() >= -1.5 and curve.x.max() <= 2.5
    return bool(inside) and not counts_instead_of(curve)


def is_spectrum(curve: Curve, s: Array) -> bool:
    """Whether a curve falls as singular values do, and has no more points than there are."""
    return len(curve.y) <= len(s) + 1 and bool(np.all(np.diff(curve.y) <= 1e-9)) and bool(np.all(curve.y >= -1e-9))


def clear_of_kinks(curve: Curve, network: Network) -> Curve:
    """A curve over x without points on a kink: on which side they lie is rounding, and every feature jumps there."""
    kept = ~near_a_kink(network, curve.x)
    return replace(curve, x=curve.x[kept], y=curve.y[kept]) if is_over_inputs(curve) and kept.any() else curve


def principal(network: Network, spectrum: Spectrum, x: Array) -> Array:
    """The principal features at any points, with the singular vectors of the training points."""
    return features(network, x) @ spectrum.vh.T


def shows_principal(curves: Sequence[Curve], columns: dict[int, Array], wanted: Sequence[int]) -> bool:
    """Whether the wanted columns are among the curves, up to sign.

    Args:
        curves: what was drawn.
        columns: for the number of a curve, the columns at its own points.
        wanted: columns of which the leading ones must be there, as many as are drawn at all.
    """
    found: set[int] = set()
    visible: set[int] = set()
    drawn = 0
    for number, curve in enumerate(curves):
        table = columns.get(number)
        if table is None or is_zero(curve.y, table):
            continue
        drawn += 1
        heights = np.abs(table).max(axis=0)
        visible |= set(np.flatnonzero(heights > _VISIBLE * heights.max()).tolist())
        found |= equal_columns(curve.y, table, either_sign=True, slack=_SLACK)
    needed = {column for column in wanted if column in visible and column < max(2, drawn)}
    return bool(needed) and needed <= found


def lines_of_nothing(curves: Sequence[Curve], columns: dict[int, Array]) -> int:
    """How many curves are none of the columns, where they are more than may stand beside them; arguments as above."""
    strangers = sum(
        not is_zero(curves[number].y, table)
        and not equal_columns(curves[number].y, table, either_sign=True, slack=_SLACK)
        for number, table in columns.items()
    )
    count = max((table.shape[1] for table in columns.values()), default=0)
    return strangers if is_crowded(strangers, count) else 0


def wrong_features(network: Network, x: Array) -> Iterator[tuple[str, Array]]:
    """Features at any points that are not the ones asked for, by the rule that names them."""
    true = features(network, x)
    sums, _ = layers(network, x)
    parts = derivatives(network, x)
    units, ones = np.maximum(0, sums[-2]), np.ones((len(x), 1))
    yield "only-weights", np.hstack(parts[::2])
    yield "only-weights", parts[0]
    yield "extra-input", np.hstack([true, x[:, None]])
    yield "unit-outputs", units
    yield "unit-outputs", np.hstack([units, ones])
    yield "unit-outputs", np.hstack([units, x[:, None]])
    for part in parts:
        yield "per-layer", part
    for layer in range(0, len(parts), 2):
        yield "per-layer", np.hstack(parts[layer : layer + 2])


def named_matrix(given: Sequence[Matrix], network: Network, X: Array) -> str:
    """The rule that explains the decomposed matrices, or ""."""
    true = features(network, X)
    candidates = [
        ("accumulated", np.cumsum(true, axis=0)),
        ("centred", true - true.mean(axis=0)),
        *wrong_features(network, X),
    ]
    for matrix in given:
        if same_up_to_columns(matrix.values.T, true):
            return "transposed"
        for rule, wrong in candidates:
            if same_up_to_columns(matrix.values, wrong):
                return rule
    return ""


def own_principal(network: Network, X: Array, matrix: Array, x: Array) -> Array | None:
    """The principal features at any points of a feature matrix that is wrong in a known way, else None."""
    for (_, at_training), (_, at_x) in zip(wrong_features(network, X), wrong_features(network, x), strict=True):
        if same_up_to_columns(matrix, at_training):
            return at_x @ Spectrum.of(at_training).vh.T
    return None


def wrong_principal(spectrum: Spectrum) -> Iterator[tuple[str, Array]]:
    """What is drawn instead of the principal features at the training points; columns are curves."""
    matrix = spectrum.matrix
    u, s, vh = np.linalg.svd(matrix, full_matrices=True)  # as NumPy does unless told otherwise
    thin = u[:, : len(s)]
    yield "left-vectors", thin
    yield "left-vectors", u
    yield "left-times-features", u @ matrix
    if thin.shape[1] == matrix.shape[0]:
        yield "left-times-features", thin @ matrix
    if matrix.shape[1] == vh.shape[0]:
        yield "not-transposed", matrix @ vh
    if spectrum.vh.shape[0] == matrix.shape[1]:
        yield "not-transposed", matrix @ spectrum.vh
    yield "right-vectors", spectrum.vh.T
    yield "right-vectors", spectrum.vh
    yield "feature-columns", matrix


def is_not_transposed(curves: Sequence[Curve], spectrum: Spectrum) -> bool:
    """Whether the curves are the matrix times vh, whose rows for singular values that are zero may be any.

    Times the right singular vectors such curves give the columns of the matrix again, up to sign.
    """
    drawn = as_matrix(curves, len(spectrum.matrix))
    if drawn.shape != spectrum.matrix.shape or not spectrum.live:
        return False
    back = drawn @ spectrum.vh.T
    return all(
        column in equal_columns(back[:, column], spectrum.matrix, either_sign=True, slack=_SLACK)
        for column in spectrum.live
        if not is_zero(spectrum.matrix[:, column], spectrum.matrix)
    )


def named_principal(curves: Sequence[Curve], spectra: Sequence[Spectrum]) -> str:
    """The rule that explains the drawn curves, or ""."""
    for rule, columns in (pair for spectrum in spectra for pair in wrong_principal(spectrum)):
        drawn = as_matrix(curves, len(columns))
        live = [curve for curve in drawn.T if not is_zero(curve, columns)]
        # Singular vectors are arbitrary where singular values coincide, as zeros do: most curves must fit, not all.
        off = (not equal_columns(curve, columns, either_sign=True, slack=_SLACK) for curve in live)
        if len(live) >= 2 and len(list(islice(filter(None, off), len(live) // 2 + 1))) * 2 <= len(live):
            return rule
    return ""
