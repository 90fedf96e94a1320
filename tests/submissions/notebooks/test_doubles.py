"""The doubles of missing estimators: shapes as the real ones have them, values at the minimum of what they minimise."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from autograder.notebooks.stage.charts import CHARTS
from autograder.notebooks.stage.doubles import PCA, LinearRegression, Ridge, TruncatedSVD, doubles
from autograder.notebooks.stage.linear_algebra import LINEAR_ALGEBRA as LA


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize(("estimator", "alpha"), [(Ridge, 0.3), (LinearRegression, 0.0)])
def test_a_fit_is_a_minimum(estimator, alpha, intercept) -> None:
    """No small change of a coefficient or of the intercept lowers the penalised sum of squares."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(9, 4)), rng.normal(size=9)
    model = estimator(fit_intercept=intercept) if alpha == 0 else estimator(alpha, fit_intercept=intercept)
    model.fit(X, y)

    def cost(w, b) -> float:
        return float(np.sum((X @ w + b - y) ** 2) + alpha * np.sum(w**2))

    least = cost(model.coef_, model.intercept_)
    assert np.allclose(model.predict(X), X @ model.coef_ + model.intercept_)
    for step in (1e-4, -1e-4):
        assert not intercept or cost(model.coef_, model.intercept_ + step) > least
        for move in step * np.eye(4):
            assert cost(model.coef_ + move, model.intercept_) > least


@pytest.mark.parametrize(
    ("estimator", "shape", "coefficients", "intercept"),
    [
        (Ridge, (9,), (4,), ()),
        (Ridge, (9, 1), (4,), (1,)),
        (Ridge, (9, 2), (2, 4), (2,)),
        (LinearRegression, (9,), (4,), ()),
        (LinearRegression, (9, 1), (1, 4), (1,)),
    ],
)
def test_shapes_are_those_of_the_library(estimator, shape, coefficients, intercept) -> None:
    """As scikit-learn 1.9.1 gave them for the same input, so that what a student does with them works."""
    rng = np.random.default_rng(0)
    model = estimator().fit(rng.normal(size=(9, 4)), rng.normal(size=shape))
    assert (model.coef_.shape, np.shape(model.intercept_)) == (coefficients, intercept)


def test_other_modules_have_no_doubles() -> None:
    """Only what is known is stood in for by something that computes."""
    assert not doubles("plotly")
    assert set(doubles("sklearn")) == {"Ridge", "LinearRegression", "PCA", "TruncatedSVD"}


def test_decompositions() -> None:
    """Components and values are the leading ones, of the matrix as it is or less its columns' means."""
    X = np.random.default_rng(2).normal(size=(9, 4)) + 1
    for estimator, matrix in ((TruncatedSVD, X), (PCA, X - X.mean(axis=0))):
        s = np.linalg.svd(matrix, compute_uv=False)
        model = estimator(n_components=3)
        along = model.fit_transform(X)
        assert np.allclose(model.singular_values_, s[:3])
        assert np.allclose(along, matrix @ model.components_.T)
        assert np.allclose(np.linalg.norm(along, axis=0), s[:3])
        assert np.allclose(model.explained_variance_ratio_, s[:3] ** 2 / np.sum(s**2))
    u, s, vh = LA["svds"](X, k=2)
    assert np.allclose(s, np.linalg.svd(X, compute_uv=False)[[1, 0]])
    assert np.allclose(u * s, X @ vh.T)


def test_charts() -> None:
    """Lines run from left to right through the mean of what has one x; names stand for columns of the data."""
    with mpl.rc_context({"backend": "agg"}):
        axes = Figure().add_subplot()
        CHARTS["lineplot"](x=[2, 0, 0], y=[5, 1, 3], ax=axes, label="a", errorbar=None)
        CHARTS["lineplot"]([[1, 2], [3, 4]], ax=axes)
        CHARTS["lineplot"](data={"t": [0, 1], "v": [7, 8]}, x="t", y="v", ax=axes)
        drawn = [line.get_xydata().tolist() for line in axes.get_lines()]
        assert drawn == [[[0, 2], [2, 5]], [[0, 1], [1, 3]], [[0, 2], [1, 4]], [[0, 7], [1, 8]]]
        CHARTS["scatterplot"](x=[0, 1], y=[2, 3], ax=axes)
        CHARTS["barplot"](y=[4, 5], ax=axes)
        assert axes.collections[0].get_offsets().tolist() == [[0, 2], [1, 3]]
        assert [bar.get_height() for bar in axes.patches] == [4, 5]


def test_linear_algebra() -> None:
    """The functions solve, factor and decompose as `scipy.linalg` documents, upper triangles first."""
    rng = np.random.default_rng(1)
    B, b = rng.normal(size=(4, 4)), rng.normal(size=4)
    A = B @ B.T + np.eye(4)
    x = np.linalg.solve(A, b)
    for lower in (False, True):
        factor = LA["cholesky"](A, lower=lower, overwrite_a=True)
        assert np.allclose(factor @ factor.T if lower else factor.T @ factor, A)
        assert np.allclose(factor, np.tril(factor) if lower else np.triu(factor))
        assert np.allclose(LA["cho_solve"](LA["cho_factor"](A, lower), b), x)
        triangle = np.tril(B) if lower else np.triu(B)
        assert np.allclose(triangle @ LA["solve_triangular"](B, b, lower=lower), b)
        assert np.allclose(triangle.T @ LA["solve_triangular"](B, b, trans="T", lower=lower), b)
    assert np.allclose(LA["solve"](A, b, assume_a="pos"), x)
    assert np.allclose(LA["lstsq"](B[:, :2], b)[0], np.linalg.pinv(B[:, :2]) @ b)
    tall = B[:, :2]
    assert [part.shape for part in LA["qr"](tall)] == [(4, 4), (4, 2)]
    assert [part.shape for part in LA["qr"](tall, mode="economic")] == [(4, 2), (2, 2)]
    assert np.allclose(LA["svdvals"](A), LA["svd"](A)[1])
    assert LA["block_diag"]([[1, 2]], 3).tolist() == [[1, 2, 0], [0, 0, 3]]
    with pytest.raises(TypeError, match="transposed"):
        LA["solve"](A, b, transposed=True)
