"""The doubles of missing estimators: shapes as the real ones have them, values at the minimum of what they minimise."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.notebooks.stage.doubles import LinearRegression, Ridge, doubles
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
    assert not doubles("seaborn")
    assert set(doubles("sklearn")) == {"Ridge", "LinearRegression"}


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
