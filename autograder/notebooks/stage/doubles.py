"""Doubles of what fits, decompositions and charts are written with elsewhere, and of progress bars, where those are not here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Self

import numpy as np

from .charts import CHARTS
from .linear_algebra import LINEAR_ALGEBRA


class Ridge:
    """The estimator of that name: |y - X w|^2 + alpha |w|^2; the intercept, where there is one, is not penalised."""

    _flat = True  # for one target in a column

    def __init__(self, alpha: float = 1.0, *, fit_intercept: bool = True, **_: Any) -> None:
        self.alpha, self.fit_intercept = alpha, fit_intercept

    def fit(self, X: Any, y: Any) -> Self:
        """Fit; `coef_` and `intercept_` have the shapes that scikit-learn 1.9 gives them."""
        X, y = np.asarray(X, float), np.asarray(y, float)
        columns = y.reshape(len(y), -1)
        middle_x = X.mean(axis=0) if self.fit_intercept else np.zeros(X.shape[1])
        middle_y = columns.mean(axis=0) if self.fit_intercept else np.zeros(columns.shape[1])
        weights = self._weights(X - middle_x, columns - middle_y)
        offset = middle_y - middle_x @ weights
        self.coef_ = weights[:, 0] if y.ndim == 1 or (self._flat and columns.shape[1] == 1) else weights.T
        self.intercept_: Any = (float(offset[0]) if y.ndim == 1 else offset) if self.fit_intercept else 0.0
        return self

    def predict(self, X: Any) -> Any:
        """The fitted values."""
        return np.asarray(X, float) @ np.asarray(self.coef_).T + self.intercept_

    def _weights(self, X: Any, Y: Any) -> Any:
        columns = X.shape[1]
        # Stacked rows instead of X'X: as accurate as the estimator's own solvers, and right for alpha = 0.
        stacked = np.vstack([X, np.sqrt(self.alpha) * np.eye(columns)])
        return np.linalg.lstsq(stacked, np.vstack([Y, np.zeros((columns, Y.shape[1]))]), rcond=None)[0]


class LinearRegression(Ridge):
    """The estimator of that name: least squares."""

    _flat = False

    def __init__(self, *, fit_intercept: bool = True, **_: Any) -> None:
        super().__init__(0.0, fit_intercept=fit_intercept)


class TruncatedSVD:
    """The estimator of that name: the leading singular values and vectors of a matrix as it is."""

    _centred = False

    def __init__(self, n_components: int | None = 2, **_: Any) -> None:
        self.n_components = n_components

    def fit(self, X: Any, y: Any = None) -> Self:
        """Decompose."""
        del y
        X = np.asarray(X, float)
        self.mean_ = X.mean(axis=0) if self._centred else np.zeros(X.shape[1])
        _, s, vh = np.linalg.svd(X - self.mean_, full_matrices=False)
        self.singular_values_, self.components_ = s[: self.n_components], vh[: self.n_components]
        self.explained_variance_ = self.singular_values_**2 / (len(X) - 1)
        self.explained_variance_ratio_ = self.singular_values_**2 / np.sum(s**2)
        return self

    def transform(self, X: Any) -> Any:
        """The coordinates along the components."""
        return (np.asarray(X, float) - self.mean_) @ self.components_.T

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """Both."""
        return self.fit(X, y).transform(X)


class PCA(TruncatedSVD):
    """The estimator of that name, which takes off the columns' means first."""

    _centred = True

    def __init__(self, n_components: int | None = None, **_: Any) -> None:
        super().__init__(n_components)


class Bar:
    """A progress bar of tqdm: what it was given, and nothing shown."""

    def __init__(self, iterable: Iterable[Any] = (), *_: Any, **__: Any) -> None:
        self.iterable = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self.iterable)

    def __len__(self) -> int:
        return len(self.iterable)  # type: ignore[arg-type]  # raises, as the bar's own does, where there is no length

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was entered."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing

    @staticmethod
    def write(*_: Any, **__: Any) -> None:
        """Show nothing."""


def _nothing(*_: Any, **__: Any) -> None:
    """Show nothing."""


def _bar_over_range(*bounds: int, **_: Any) -> Bar:
    return Bar(range(*bounds))


def doubles(module: str) -> dict[str, Any]:
    """What a missing module is said to hold."""
    if module == "sklearn":
        return {"Ridge": Ridge, "LinearRegression": LinearRegression, "PCA": PCA, "TruncatedSVD": TruncatedSVD}
    if module == "seaborn":
        return dict(CHARTS)
    if module == "scipy":
        return dict(LINEAR_ALGEBRA)
    if module == "tqdm":
        return {"tqdm": Bar, "trange": _bar_over_range}
    if module == "numba":
        return {"prange": range}
    return {}
