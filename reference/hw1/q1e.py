"""Problem 1(e): the rate at which the slower coordinate is as fast as it can be."""

from __future__ import annotations

from sympy import factor

from autograder import Carried, Expression, Half, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue, Trajectory
from autograder.oracles.calculus import valley
from reference.hw1.q1a import descend, step, w
from reference.hw1.q1a import eta as rate_of_one
from reference.hw1.q1a import sigma as sigma_of_one
from reference.hw1.q1c import both_coordinates
from reference.hw1.recurrence import contraction, zero_of

table = declare("sigma_l > sigma_s > 0, eta > 0")
sigma_l, sigma_s, eta = (sympy_symbol(table, name) for name in ("sigma_l", "sigma_s", "eta"))

# The larger of |f_l| and |f_s| is a V in the rate: f_s falls from 1, and once f_l is negative, -f_l rises. The bottom is
# where they meet.
factor_l, factor_s = (contraction(step, w).subs({rate_of_one: eta, sigma_of_one: s}) for s in (sigma_l, sigma_s))
best = zero_of(factor_s + factor_l, eta)
rate_at_best = factor(factor_s.subs(eta, best))


def slower_share(eta: float, sigma_l: float, sigma_s: float) -> float:
    """The share of its error that the slower coordinate keeps in one step, measured."""
    return max(abs(descend(0.0, s, s, eta) - 1) for s in (sigma_l, sigma_s))  # both goals are 1


def fastest(sigma_l: float, sigma_s: float) -> float:
    """The rate with the smallest share, by search."""
    return valley(lambda eta: slower_share(eta, sigma_l, sigma_s), 0.0, 10 / sigma_l**2)


best_rate = Question(
    id="1e",
    title="The fastest learning rate",
    points=3,
    prompt=r"Both coordinates of 1c count, so the slower one decides. Which $\eta$ makes the slower one as fast as possible?",
    source=Source("Homework 1", "1(e)"),
    answer=Expression(best, targets=("eta", "eta^*", "eta_best", "eta_opt")),
    symbols=table.only("sigma_l", "sigma_s"),
    practice=MeasuredValue(by=fastest),
    draws=Trajectory(variable="eta", start=0.0, steps=both_coordinates, at={"sigma_l": 2.0, "sigma_s": 1.0}),
    rows=(31,),
    wrong=(
        Wrong(
            "half-loss",
            2 * best,
            "This is the best rate for a loss with a factor 1/2 in front.",
            credit=Half,
        ),
        Wrong(
            "one-step-of-the-large",
            1 / (2 * sigma_l**2),
            "Here the large coordinate is done in one step. Could a larger rate help the other one?",
        ),
        Wrong(
            "end-of-the-range",
            1 / sigma_l**2,
            "How does the large coordinate behave at this rate?",
        ),
        Wrong(
            "one-step-of-the-small",
            1 / (2 * sigma_s**2),
            "Here the small coordinate is done in one step. Is the large one stable?",
        ),
        Wrong(
            "average-of-ends",
            (1 / sigma_l**2 + 1 / sigma_s**2) / 2,
            "Is this rate in the range of 1c? Compare the factors instead of averaging bounds.",
        ),
        Wrong(
            "average-of-best",
            (1 / (2 * sigma_l**2) + 1 / (2 * sigma_s**2)) / 2,
            "Is this rate in the range of 1c? Compare the factors instead of averaging the two best rates.",
        ),
        Wrong(
            "sigma-not-squared",
            1 / (sigma_l + sigma_s),
            "Check the units: a rate times which power of sigma is a pure number?",
            credit=Half,
        ),
    ),
)

contraction_at_best = Question(
    id="1e.rate",
    title="The error's factor at the fastest rate",
    points=2,
    prompt=r"At the rate of 1e, by which factor (in absolute value) does the error of the slower coordinate shrink in one step?",
    source=Source("Homework 1", "1(e)"),
    answer=Expression(rate_at_best, targets=("r", "rho", "rate")),
    symbols=table.only("sigma_l", "sigma_s"),
    practice=MeasuredValue(by=lambda sigma_l, sigma_s: slower_share(fastest(sigma_l, sigma_s), sigma_l, sigma_s)),
    after=("1e",),
    carried=Carried(key="max(abs(1 - 2*q1e*sigma_l^2), abs(1 - 2*q1e*sigma_s^2))"),
    rows=(32,),
    wrong=(
        Wrong(
            "sigma-not-squared",
            (sigma_l - sigma_s) / (sigma_l + sigma_s),
            "Put your best rate into the factor of one coordinate again and watch the powers.",
            credit=Half,
        ),
        Wrong(
            "inverted",
            1 / rate_at_best,
            "Errors shrink here. Is your factor below 1?",
            credit=Half,
        ),
        Wrong(
            "negative",
            -rate_at_best,
            "This is the signed factor of one coordinate. Its absolute value is asked for.",
            credit=Half,
        ),
        Wrong(
            "approximation",
            1 - 2 * sigma_s**2 / sigma_l**2,
            "This is close when sigma_s is much the smaller one. The exact factor is asked for.",
            credit=Half,
        ),
    ),
)

questions = (best_rate, contraction_at_best)
