"""Derivations that several questions share: gradient descent on a square as a linear recurrence, and its stability."""

from __future__ import annotations

import sympy
from sympy import Expr, Symbol, diff, expand, factor, factorial2
from sympy.solvers.solveset import linear_coeffs


def contraction(step: Expr, iterate: Symbol) -> Expr:
    """The factor by which one step of a linear recurrence stretches a difference of two iterates."""
    return diff(step, iterate)


def stable_rates(stretch: Expr, rate: Symbol) -> sympy.Interval:
    """The rates at which a factor that falls linearly in the rate stays strictly between -1 and 1."""
    return sympy.Interval.open(zero_of(stretch - 1, rate), zero_of(stretch + 1, rate))


def zero_of(linear: Expr, unknown: Symbol) -> Expr:
    """Where an expression that is linear in an unknown is 0.

    Raises:
        NonlinearError: it is not linear.
    """
    slope, rest = linear_coeffs(linear, unknown)
    return factor(-rest / slope)


def path(step: Expr, iterate: Symbol, steps: Symbol, start: Expr) -> Expr:
    """The iterate after `steps` steps of a linear recurrence: its difference to the iterate that stays is stretched each time."""
    stays = zero_of(step - iterate, iterate)
    return stays + (start - stays) * contraction(step, iterate) ** steps


def gaussian_expectation(polynomial: Expr, noise: Symbol, deviation: Expr) -> Expr:
    """The expectation over a zero-mean normal variable, from its moments 0, s^2, 0, 3 s^4, ..."""
    total = sympy.Integer(0)
    for (power,), coefficient in sympy.Poly(expand(polynomial), noise).terms():
        if power % 2 == 0:
            total += coefficient * factorial2(power - 1) * deviation**power
    return total
