"""Derivations that both models share: gradient, optimum, step and contributions of a mean of squares, by SymPy."""

from __future__ import annotations

from sympy import Eq, Expr, Sum, Symbol, diff, solve


def mean(term: Expr, index: Symbol, count: Symbol) -> Expr:
    """The mean of a term over all points."""
    return Sum(term, (index, 1, count)) / count


def optimum(gradient: Expr, theta: Symbol) -> Expr:
    """Where the gradient vanishes. It is affine in theta: its value at 0 and its slope are all of it."""
    at_zero, slope = gradient.subs(theta, 0), diff(gradient, theta)
    (found,) = solve(Eq(at_zero + slope * theta, 0), theta)
    return found.doit()
