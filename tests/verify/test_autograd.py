"""Torch as a witness: it differentiates what oracles state in NumPy, and says where it cannot follow."""

from __future__ import annotations

import math

import numpy as np
import pytest

from autograder.errors import AuthorError
from autograder.oracles import slope
from autograder.oracles.autograd import by_autograd, gradient, measures_slopes
from autograder.oracles.measured import MeasuredValue

A, b = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]]), np.array([1.0, 0.0, -2.0])


def scaled(v, factor=2.0):
    return factor * float(np.sum((A @ v - b) ** 2))


def through_a_closure(power):
    return lambda v: math.exp(float(v[0])) + float(v[1]) ** power


LOSSES = {
    "plain operators": lambda v: v[0] ** 3 * v[1] - 2 / v[1],
    "a helper with float": scaled,
    "a closure and math": through_a_closure(3),
    "a maximum": lambda v: np.maximum(0, A @ v + 0.3).sum(),
    "Python's max": lambda v: max(0.0, float(v[0])) * v[1],
    "mean and transposes": lambda v: np.mean((v @ A.T - b) ** 2),
    "functions of vectors": lambda v: np.linalg.norm(A @ v) + np.concatenate([v, np.exp(v)]).sum(),
    "a loop over entries": lambda v: sum(np.sin(entry) for entry in v),
    "a constant": lambda v: 1.5,
}


@pytest.mark.parametrize("name", LOSSES)
def test_torch_and_differences_agree(name):
    """The same function, differentiated and measured, has the same gradient."""
    at = np.array([0.7, 1.3])
    assert gradient(LOSSES[name], at) == pytest.approx(slope(LOSSES[name], at), abs=1e-8)


def test_slopes_inside_are_exact():
    """Inside the block every slope is torch's, to the last digit, and counted; outside it is measured again."""
    with by_autograd() as count:
        exact = slope(lambda x: float(x) ** 3, 2.0)
        assert exact.tolist() == 12.0
        assert count == [1]
    assert slope(lambda x: float(x) ** 3, 2.0).tolist() != 12.0


def test_what_torch_cannot_follow_is_told():
    """An operation that torch does not have is named, instead of a gradient that is silently cut off."""
    with pytest.raises(AuthorError, match=r"torch (does not follow|has no)"):
        gradient(lambda v: np.interp(v, np.arange(3.0), np.arange(3.0)).sum(), np.array([0.5]))


def test_oracles_that_measure_slopes_are_known():
    """A slope is found inside lambdas, helpers and closures; an oracle without one is left alone."""

    def helper(x):
        return float(slope(lambda z: z**2, x))

    assert measures_slopes(MeasuredValue(by=lambda x: helper(x) + 1))
    assert not measures_slopes(MeasuredValue(by=lambda x: 2 * x))
