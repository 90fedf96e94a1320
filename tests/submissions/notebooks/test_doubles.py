"""The doubles of missing estimators: shapes as the real ones have them, values at the minimum of what they minimise."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.notebooks.stage.doubles import LinearRegression, Ridge, doubles


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
