"""Oracles: checks that need no key, since they compute what the statement itself says.

An oracle takes a plain Python function written from the statement, draws the question's symbols from their domains, and
compares what the function finds with the value of the formula under test. `recurrences`, `calculus` and `gaussian` hold
the instruments that such functions are made of.
"""

from autograder.oracles.calculus import minimiser, slope
from autograder.oracles.drawings import Iterates, PenaltyPath, Trajectory
from autograder.oracles.gaussian import gaussian_mean
from autograder.oracles.measured import (
    MeasuredBound,
    MeasuredChoice,
    MeasuredInterval,
    MeasuredObjective,
    MeasuredProperty,
    MeasuredValue,
)
from autograder.oracles.orders import MeasuredOrder
from autograder.oracles.rankings import MeasuredRanking
from autograder.oracles.recurrences import iterate, limit, settles, steps_within
from autograder.oracles.scenes import MeasuredScenes
from autograder.oracles.witnesses import Behaves, Counts, Shows
from autograder.oracles.zeros import MeasuredPoints

__all__ = [
    "Behaves",
    "Counts",
    "Iterates",
    "MeasuredBound",
    "MeasuredChoice",
    "MeasuredInterval",
    "MeasuredObjective",
    "MeasuredOrder",
    "MeasuredPoints",
    "MeasuredProperty",
    "MeasuredRanking",
    "MeasuredScenes",
    "MeasuredValue",
    "PenaltyPath",
    "Shows",
    "Trajectory",
    "gaussian_mean",
    "iterate",
    "limit",
    "minimiser",
    "settles",
    "slope",
    "steps_within",
]
