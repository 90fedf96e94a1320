"""Problem 1(f): further singular values between the extremes."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from autograder import Choice, Half, Option, Question, Source, Wrong
from autograder.oracles import MeasuredChoice, settles
from autograder.oracles.calculus import valley
from reference.hw1.q1a import descend


def _slowest(eta: float, deviations: np.ndarray) -> float:
    return max(abs(descend(0.0, s, s, eta) - 1) for s in map(float, deviations))


def with_and_without(rng: Generator) -> str:
    """Add coordinates in between and look: does the range change, does the best rate, does a factor fall all the way?"""
    outer = np.sort(rng.uniform(0.3, 2.0, size=2))
    all_of_them = np.concatenate([outer, rng.uniform(*outer, size=7)])
    top = 10 / outer[1] ** 2
    best_before, best_after = (valley(lambda eta, d=d: _slowest(eta, d), 0.0, top) for d in (outer, all_of_them))
    rates = np.geomspace(0.01, 10, 60)
    before, after = (
        [all(settles(lambda w, s=s, eta=eta: descend(w, 1.0, s, eta), 0.0) for s in d) for eta in rates]
        for d in (outer, all_of_them)
    )
    shares = [abs(descend(0.0, s, s, best_after) - 1) for s in np.linspace(*outer, 50)]
    falls = bool(np.all(np.diff(shares) <= 0))
    if before != after:
        return "d"
    if abs(best_before - best_after) > 1e-6:
        return "b"
    return "a" if falls else "c"


questions = (
    Question(
        id="1f",
        title="Singular values in between",
        points=2,
        prompt=r"Many more coordinates are added, each with a $\sigma_i$ between $\sigma_s$ and $\sigma_\ell$. Do they change "
        r"the range of stable rates, or the fastest rate, and why?",
        source=Source("Homework 1", "1(f)"),
        answer=Choice(
            options=(
                Option(
                    "a",
                    "Neither changes, because the factor |1 - 2 eta sigma^2| falls steadily as sigma grows.",
                    "the factor turns: it falls to 0 and rises again",
                ),
                Option(
                    "b",
                    "The range stays, but the fastest rate moves to the one that suits the mean of the sigma_i^2.",
                    "the slowest coordinate decides, not a typical one",
                ),
                Option(
                    "c",
                    "Neither changes, because |1 - 2 eta sigma^2| is convex in sigma^2 and so is largest at one of the two ends.",
                    "a convex function on an interval is largest at an end",
                ),
                Option(
                    "d",
                    "Both change, because every coordinate adds a condition of its own.",
                    "the added conditions follow from those of the two extremes",
                ),
                Option(
                    "e",
                    "Both change: from now on the middle one of the sigma_i sets the limit.",
                    "the largest still becomes unstable first",
                ),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=with_and_without),
        after=("1c", "1e"),
        rows=(33,),
        wrong=(
            Wrong(
                "steady-fall",
                "a",
                "The conclusion is right. Draw the factor over sigma^2 at the fastest rate: does it fall all the way?",
                credit=Half,
            ),
            Wrong("mean", "b", "Which coordinate decides the overall speed: the slowest or a typical one?"),
            Wrong(
                "all-matter",
                "d",
                "Each adds a condition, but does that condition forbid anything that was allowed before?",
            ),
            Wrong("median", "e", "Which coordinate is the first to diverge as the rate grows?"),
        ),
    ),
)
