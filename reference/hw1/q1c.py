"""Problem 1(c): one rate for a large and a small singular value."""

from __future__ import annotations

import numpy as np
import sympy
from numpy.random import Generator
from sympy import Min

from autograder import Carried, Choice, Half, Interval, Option, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredChoice, MeasuredInterval, Trajectory, settles
from reference.hw1.q1a import descend, stable
from reference.hw1.q1a import sigma as sigma_of_one

table = declare("sigma_l > sigma_s > 0, eta > 0")
sigma_l, sigma_s, eta = (sympy_symbol(table, name) for name in ("sigma_l", "sigma_s", "eta"))

# The coordinates do not meet: each is a problem 1a of its own, and one rate must suit both.
upper_l, upper_s = (stable.end.subs(sigma_of_one, deviation) for deviation in (sigma_l, sigma_s))
stable_for_both = sympy.Interval.open(0, Min(upper_l, upper_s))


def both_settle(eta: float, sigma_l: float, sigma_s: float) -> bool | None:
    """Whether both coordinates converge, by running them."""
    seen = [settles(lambda w, s=s: descend(w, 1.0, s, eta), 0.0) for s in (sigma_l, sigma_s)]  # type: ignore[misc]  # mypy wants no defaults in a lambda
    return False if False in seen else (None if None in seen else True)


def step_of_the_large(w: float, eta: float, sigma_l: float) -> float:
    """One step in the coordinate of the large number; both goals are 1."""
    return descend(w, sigma_l, sigma_l, eta)


def step_of_the_small(w: float, eta: float, sigma_s: float) -> float:
    """One step in the coordinate of the small number."""
    return descend(w, sigma_s, sigma_s, eta)


both_coordinates = {"w[1]": step_of_the_large, "w[2]": step_of_the_small}

range_for_both = Question(
    id="1c",
    title="Stable learning rates for two coordinates",
    points=3,
    prompt=r"Now $\sigma_\ell w[1] = y[1]$ and $\sigma_s w[2] = y[2]$ are solved at once, with $\sigma_\ell > \sigma_s > 0$, "
    r"the sum of both squared errors, one rate $\eta > 0$ and start 0. For which $\eta$ do both coordinates converge?",
    source=Source("Homework 1", "1(c)"),
    answer=Interval("eta", stable_for_both),
    symbols=table,
    practice=MeasuredInterval(by=both_settle, variable="eta"),
    draws=Trajectory(variable="eta", start=0.0, steps=both_coordinates, at={"sigma_l": 2.0, "sigma_s": 1.0}),
    after=("1a",),
    carried=Carried(key="[q1a[sigma = sigma_l], q1a[sigma = sigma_s]]"),
    rows=(29,),
    wrong=(
        Wrong(
            "only-the-small",
            sympy.Interval.open(0, upper_s),
            "Take a rate near the upper end of your range and follow the other coordinate.",
        ),
        Wrong(
            "fastest-rate",
            sympy.Interval.open(0, 1 / (sigma_l**2 + sigma_s**2)),
            "The end of your range is a good rate, but are all rates above it bad?",
        ),
        Wrong(
            "half-loss",
            sympy.Interval.open(0, 2 / sigma_l**2),
            "This is the range for a loss with a factor 1/2 in front.",
            credit=Half,
        ),
        Wrong(
            "no-overshoot",
            sympy.Interval.open(0, 1 / (2 * sigma_l**2)),
            "In this range no coordinate steps over its goal. Must that be so, in order to converge?",
        ),
        Wrong(
            "sigma-not-squared",
            sympy.Interval.open(0, 1 / sigma_l),
            "Count how often sigma enters one step.",
            credit=Half,
        ),
        Wrong(
            "closed-end",
            sympy.Interval.Lopen(0, 1 / sigma_l**2),
            "Put the largest rate of your range into the recurrence and follow a few steps by hand.",
            credit=Half,
        ),
    ),
)


def who_limits(rng: Generator) -> str:
    """Shrink either deviation a little at a rate just above the range, and see which change rescues convergence."""
    sigma_s, sigma_l = np.sort(rng.uniform(0.5, 2.0, size=2)) * (1, 1.3)
    eta = next(
        float(rate) for rate in np.geomspace(1e-2, 10, 4000) if both_settle(float(rate), sigma_l, sigma_s) is False
    )
    rescued_by = {"l": both_settle(eta, 0.95 * sigma_l, sigma_s), "s": both_settle(eta, sigma_l, 0.95 * sigma_s)}
    letters = {(True, False): "b", (False, True): "a", (True, True): "c", (False, False): "d"}
    return letters[rescued_by["l"] is True, rescued_by["s"] is True]


limiting = Question(
    id="1c.limit",
    title="Which coordinate limits the rate",
    points=1,
    prompt=r"Which of the two numbers decides where the range of 1c ends?",
    source=Source("Homework 1", "1(c)"),
    answer=Choice(
        options=(
            Option(
                "a",
                "sigma_s, since its coordinate is the slow one",
                "slow is not unstable: it converges at small rates",
            ),
            Option("b", "sigma_l, since its coordinate is the first to become unstable", "its factor reaches -1 first"),
            Option("c", "both, through the sum of their squares", "that sum decides the fastest rate, not the range"),
            Option("d", "neither: the range depends on their ratio only", "scaling both by 2 does change the range"),
        ),
        key="b",
    ),
    practice=MeasuredChoice(by=who_limits),
    after=("1c",),
    rows=(29,),
    wrong=(
        Wrong(
            "slow-is-unstable",
            "a",
            "The slow coordinate decides how long it takes. Which one breaks first as the rate grows?",
        ),
        Wrong("sum-of-squares", "c", "Let sigma_s go to 0: does the range of rates change?"),
        Wrong("ratio-only", "d", "Double both numbers: does the range of rates stay as it was?"),
    ),
)

questions = (range_for_both, limiting)
