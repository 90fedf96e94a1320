"""Foundations: the derived keys, checked once more by simulation, by known numbers and by hand-made special cases."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from numpy.random import default_rng
from sympy import Rational, expand, integrate, limit, oo, pi, simplify, sqrt, symbols

from reference.foundations import q1_steps, q2_units, q3_risk


@pytest.mark.parametrize("alpha", [0.05, 0.2, 0.6, 0.9])
def test_noise_floor_by_simulation(alpha: float) -> None:
    """Many chains of stochastic steps, run long enough, spread as the formula says."""
    rng = default_rng(1)
    y = np.array([-1.0, 0.5, 0.8, 2.0])
    theta = np.zeros(200_000)
    for _ in range(120):
        theta -= 2 * alpha * (theta - rng.choice(y, size=theta.size))
    expected = float(q1_steps.floor.subs({q1_steps.alpha: alpha, q1_steps.V: y.var()}))
    assert theta.var() == pytest.approx(expected, rel=0.02)


def test_noise_floor_at_both_ends() -> None:
    """It vanishes with the rate, is the data's variance at a half (each step lands on a point), and is infinite at 1."""
    floor, alpha, V = q1_steps.floor, q1_steps.alpha, q1_steps.V
    assert floor.subs(alpha, 0) == 0
    assert simplify(floor.subs(alpha, Rational(1, 2)) - V) == 0
    assert limit(floor.subs(V, 1), alpha, 1, "-") == oo


def test_floor_with_interpolation() -> None:
    """When all points agree there is no variance to start with, and a constant rate converges."""
    assert q1_steps.floor.subs(q1_steps.V, 0) == 0


def test_density_of_the_ratio() -> None:
    """It is Cauchy: a density with quartiles at plus and minus 1, and without a mean."""
    q = q2_units.q
    assert simplify(q2_units.density - 1 / (pi * (1 + q**2))) == 0
    assert integrate(q2_units.density, (q, -oo, oo)) == 1
    assert integrate(q2_units.density, (q, -1, 1)) == Rational(1, 2)
    assert integrate(q * q2_units.density, (q, 0, oo)) == oo


def test_tail_by_simulation() -> None:
    """Normal biases and weights, drawn: the share of elbows beyond some distances."""
    rng = default_rng(2)
    b, w = 0.7 * rng.normal(size=2_000_000), 1.6 * rng.normal(size=2_000_000)
    for r in (0.1, 0.7 / 1.6, 2.0, 10.0):
        at = {q2_units.r: r, q2_units.s_b: 0.7, q2_units.s_w: 1.6}
        assert float(np.mean(np.abs(b / w) > r)) == pytest.approx(float(q2_units.tail.subs(at)), abs=2e-3)


def test_tail_at_the_quartile() -> None:
    """Half of all elbows lie beyond the quotient of both scales."""
    tail, r, s_b, s_w = q2_units.tail, q2_units.r, q2_units.s_b, q2_units.s_w
    assert simplify(tail.subs(r, s_b / s_w)) == Rational(1, 2)
    assert limit(tail.subs({s_b: 1, s_w: 1}), r, oo) == 0


def test_ridge_from_a_normal_prior() -> None:
    """Minus the logarithm of likelihood times prior is the sum of the losses plus lambda theta^2."""
    wanted = sum(q3_risk.three) + q3_risk.lam * q3_risk.theta**2
    assert expand(q3_risk.from_the_prior - wanted) == 0


def test_penalty_as_a_parameter_is_unbounded() -> None:
    """Along the weight alone the penalised risk is linear with a positive slope: no minimum, and 0 where that is the end."""
    slope = sympy.diff(q3_risk.penalised, q3_risk.lam)
    assert simplify(slope - q3_risk.theta**2) == 0


def test_step_is_the_smallest_on_a_paraboloid() -> None:
    """The step's length is the rate times the gradient's, however it was derived."""
    theta, eta, g = q1_steps.theta, q1_steps.eta, q1_steps.g
    assert simplify(sqrt((q1_steps.step - theta) ** 2) - eta * sympy.Abs(g)) == 0


def test_first_order_value_is_exact_for_lines_only() -> None:
    """What is left out begins with the second derivative."""
    second = symbols("second")
    rest = (q1_steps.smooth - q1_steps.first_order).subs(q1_steps.z, q1_steps.theta + q1_steps.d)
    assert expand(rest).coeff(q1_steps.d, 1) == 0
    assert expand(rest).coeff(q1_steps.d, 2) == second / 2
