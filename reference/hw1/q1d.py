"""Problem 1(d): which of the two coordinates is faster, depending on the rate."""

from __future__ import annotations

import sympy
from sympy import Symbol

from autograder import Half, Interval, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredInterval
from reference.hw1.q1a import descend, step, w
from reference.hw1.q1a import eta as rate_of_one
from reference.hw1.q1a import sigma as sigma_of_one
from reference.hw1.recurrence import contraction, zero_of

table = declare("sigma_l > sigma_s > 0, eta > 0")
sigma_l, sigma_s, eta = (sympy_symbol(table, name) for name in ("sigma_l", "sigma_s", "eta"))

# Faster means a smaller factor in absolute value. The difference of the squares of the two factors is a parabola in the
# rate which is 0 where they are equal, at rate 0, and where they are opposite; in between it is negative, since it opens upwards.
rate = Symbol("rate", real=True)
factor_l, factor_s = (contraction(step, w).subs({rate_of_one: rate, sigma_of_one: s}) for s in (sigma_l, sigma_s))
low, high = zero_of(factor_l - factor_s, rate), zero_of(factor_l + factor_s, rate)
large_is_faster = sympy.Interval.open(low, high)
stable_end = 1 / sigma_l**2


def large_one_is_ahead(eta: float, sigma_l: float, sigma_s: float) -> bool | None:
    """Whether the coordinate of sigma_l keeps the smaller share of its error; None outside the stable range."""
    shares = [abs(descend(0.0, s, s, eta) - 1) for s in (sigma_l, sigma_s)]  # both goals are 1
    return None if max(shares) >= 1 else shares[0] < shares[1] - 1e-12


questions = (
    Question(
        id="1d",
        title="Where the large coordinate is the faster one",
        points=3,
        prompt=r"Among the rates of 1c, for which $\eta$ does the coordinate of $\sigma_\ell$ converge strictly faster than "
        r"that of $\sigma_s$?",
        source=Source("Homework 1", "1(d)"),
        answer=Interval("eta", large_is_faster, within=eta < stable_end),
        symbols=table,
        practice=MeasuredInterval(by=large_one_is_ahead, variable="eta"),
        after=("1c",),
        rows=(30,),
        wrong=(
            Wrong(
                "large-always",
                sympy.Interval.open(0, stable_end),
                "Compare the absolute values of the two factors at a rate close to the end of the stable range.",
            ),
            Wrong(
                "small-always",
                "eta < 0",  # none of the rates
                "Compare the two factors at a very small rate: which error shrinks more in one step?",
            ),
            Wrong(
                "sides-swapped",
                sympy.Interval.open(high, stable_end),
                "The threshold matters, but try a very small rate: which coordinate is faster there?",
                credit=Half,
            ),
            Wrong(
                "no-overshoot",
                sympy.Interval.open(0, 1 / (2 * sigma_l**2)),
                "There the large coordinate converges in one step. Does it fall behind as soon as it steps over its goal?",
            ),
            Wrong(
                "tie-counted",
                sympy.Interval.Lopen(0, high),
                "What holds exactly at the upper end of your range?",
                credit=Half,
            ),
        ),
    ),
)
