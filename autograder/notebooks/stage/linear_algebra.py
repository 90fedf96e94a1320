"""Doubles of `scipy.linalg`, and of the sparse `svds`, by NumPy: the functions that a linear system or a decomposition is written with.

Switches that only save work or memory are taken and ignored; any other one is an error, so that nothing is computed otherwise
than it would be there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

_SAVING = frozenset({"check_finite", "overwrite_a", "overwrite_b", "assume_a", "lapack_driver", "driver"})


def _without_switches(function: Callable[..., Any]) -> Callable[..., Any]:
    def called(*args: Any, **keywords: Any) -> Any:
        return function(*args, **{name: value for name, value in keywords.items() if name not in _SAVING})

    return called


def _same(name: str) -> Callable[..., Any]:
    """NumPy's function of that name, looked up when it is called: the stage may have put one that takes note in its place."""

    def called(*args: Any, **keywords: Any) -> Any:
        return getattr(np.linalg, name)(*args, **keywords)

    return called


def _lstsq(a: Any, b: Any, cond: float | None = None) -> Any:
    return np.linalg.lstsq(a, b, rcond=cond)


def _triangle(a: Any, *, lower: bool) -> Any:
    return np.tril(a) if lower else np.triu(a)


def _cholesky(a: Any, lower: bool = False) -> Any:  # noqa: FBT001, FBT002  # the library's own signature
    """Upper, unless asked otherwise: NumPy's is always lower."""
    factor = np.linalg.cholesky(a)
    return factor if lower else factor.T


def _cho_factor(a: Any, lower: bool = False) -> Any:  # noqa: FBT001, FBT002  # as above
    return _cholesky(a, lower), lower


def _cho_solve(factored: Any, b: Any) -> Any:
    factor, lower = factored
    left = _triangle(factor, lower=lower)
    return np.linalg.solve(left @ left.T if lower else left.T @ left, b)


def _solve_triangular(a: Any, b: Any, trans: int = 0, lower: bool = False) -> Any:  # noqa: FBT001, FBT002  # as above
    matrix = _triangle(a, lower=lower)
    return np.linalg.solve(matrix.T if trans in (1, 2, "T", "C") else matrix, b)


def _qr(a: Any, mode: str = "full") -> Any:
    modes: dict[str, Any] = {"full": "complete", "economic": "reduced", "r": "r"}
    return np.linalg.qr(a, modes[mode])


def _svdvals(a: Any) -> Any:
    return np.linalg.svd(a, compute_uv=False)


def _svds(A: Any, k: int = 6) -> Any:
    """The k largest values, the smallest of them first."""
    u, s, vh = np.linalg.svd(A, full_matrices=False)
    return u[:, :k][:, ::-1], s[:k][::-1], vh[:k][::-1]


def _block_diag(*blocks: Any) -> Any:
    matrices = [np.atleast_2d(block) for block in blocks]
    whole = np.zeros(np.sum([matrix.shape for matrix in matrices], axis=0))
    row = column = 0
    for matrix in matrices:
        rows, columns = matrix.shape
        whole[row : row + rows, column : column + columns] = matrix
        row, column = row + rows, column + columns
    return whole


_SAME = ("solve", "inv", "svd", "eigh", "eigvalsh", "norm", "det", "pinv")

_OWN: dict[str, Callable[..., Any]] = {
    "svdvals": _svdvals,
    "svds": _svds,
    "lstsq": _lstsq,
    "cholesky": _cholesky,
    "cho_factor": _cho_factor,
    "cho_solve": _cho_solve,
    "solve_triangular": _solve_triangular,
    "qr": _qr,
    "block_diag": _block_diag,
}

LINEAR_ALGEBRA = {
    name: _without_switches(function) for name, function in ({name: _same(name) for name in _SAME} | _OWN).items()
}
