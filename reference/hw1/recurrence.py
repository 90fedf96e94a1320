"""Derivations that several questions share: gradient descent on a square as a linear recurrence, and its stability."""

from __future__ import annotations

import sympy
from sympy import Dummy, Expr, Function, Symbol, diff, expand, factorial2, rsolve, solve


def contraction(step: Expr, iterate: Symbol) -> Expr:
    """The factor by which one step of a linear recurrence stretches a difference of two iterates."""
    return diff(step, iterate)


def stable_rates(factor: Expr, rate: Symbol) -> sympy.Interval:
    """The rates at which a factor that falls linearly in the rate stays strictly between -1 and 1."""
    free = Dummy(real=True)  # the rate itself is declared positive, which would hide the end at 0
    (low,), (high,) = (solve(factor.subs(rate, free) - end, free) for end in (1, -1))
    return sympy.Interval.open(low, high)


def path(step: Expr, iterate: Symbol, steps: Symbol, start: Expr) -> Expr:
    """The iterate after `steps` steps in closed form."""
    w = Function("w")
    return rsolve(w(steps + 1) - expand(step.subs(iterate, w(steps))), w(steps), {w(0): start})


def gaussian_expectation(polynomial: Expr, noise: Symbol, deviation: Expr) -> Expr:
    """The expectation over a zero-mean normal variable, from its moments 0, s^2, 0, 3 s^4, ..."""
    total = sympy.Integer(0)
    for (power,), coefficient in sympy.Poly(expand(polynomial), noise).terms():
        if power % 2 == 0:
            total += coefficient * factorial2(power - 1) * deviation**power
    return total
