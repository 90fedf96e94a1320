"""Problem 1(b): how many steps gradient descent needs, and how it behaves in each range of rates."""

from __future__ import annotations

from numpy.random import Generator
from sympy import Abs, log

from autograder import Bound, Choice, Half, Option, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredBound, MeasuredChoice, iterate, steps_within
from reference.hw1.q1a import descend, step, w
from reference.hw1.q1a import table as scalar
from reference.hw1.recurrence import contraction, zero_of

table = declare("sigma > 0, 0 < eta < 1/sigma^2, 0 < epsilon < 1, t (T) >= 0: int")
sigma, eta, epsilon, t = (sympy_symbol(table, name) for name in ("sigma", "eta", "epsilon", "t"))

# One step multiplies the error by the factor, so that after t steps a share |factor|^t of it is left. That share is
# epsilon where its logarithm t log|factor| is log(epsilon).
same_names = {sympy_symbol(scalar, name): sympy_symbol(table, name) for name in ("eta", "sigma")}
factor = contraction(step, w).subs(same_names)
share = Abs(factor)
steps = zero_of(t * log(share) - log(epsilon), t)

how_long = Question(
    id="1b",
    title="Steps until the error is small",
    points=3,
    prompt=r"Let $\eta$ be one of the rates of 1a. How many steps $t$ does it take until "
    r"$|w_t - w^*| \le \epsilon\,|w^*|$, with $w^* = y/\sigma$ and $0 < \epsilon < 1$? Give a bound or a formula for $t$; "
    r"rounding up is welcome, not needed.",
    source=Source("Homework 1", "1(b)"),
    answer=Bound(
        "t",
        steps,
        # Without the modulus of the factor, from 1 - u <= exp(-u): enough steps, though more than needed.
        also=(
            ("as a number of steps that is enough for eta <= 1/(2 sigma^2)", log(1 / epsilon) / (2 * eta * sigma**2)),
        ),
    ),
    symbols=table.only("t", "sigma", "eta", "epsilon"),
    practice=MeasuredBound(
        by=lambda eta, sigma, epsilon: steps_within(
            lambda w: descend(w, sigma, sigma, eta), 0.0, 1.0, epsilon
        )  # y = sigma, so that the goal is 1
    ),
    rows=(27,),
    wrong=(
        Wrong(
            "epsilon-misread",
            log(1 - epsilon) / log(share),
            "Which error is allowed at the end: a share epsilon of the goal, or all but epsilon of it?",
            credit=Half,
        ),
        Wrong(
            "ratio-inverted",
            log(share) / log(epsilon),
            "A smaller epsilon should ask for more steps. Does it here?",
        ),
        Wrong(
            "no-modulus",
            log(epsilon) / log(factor),
            "Try a rate near the upper end: what is the sign of the number whose logarithm you take?",
            credit=Half,
        ),
        Wrong(
            "direction",
            t <= steps,
            "You divided an inequality by a logarithm. What is its sign?",
            credit=Half,
        ),
        Wrong(
            "lost-two",
            log(epsilon) / log(Abs(1 - eta * sigma**2)),
            "Compare the factor in your logarithm with the one in front of w_t in the recurrence.",
            credit=Half,
        ),
        Wrong(
            "order-only",
            log(1 / epsilon),
            "The number of steps also depends on the rate: by which factor does one step shrink the error?",
        ),
    ),
)


def watch(rng: Generator) -> tuple[str, ...]:
    """What the recurrence does at a rate drawn from each case, told from its errors alone."""
    deviation = float(rng.uniform(0.5, 2.0))
    cases = (rng.uniform(0.05, 0.45), rng.uniform(0.55, 0.95), 1.0, rng.uniform(1.05, 1.5))
    return tuple(_behaviour(deviation, float(share) / deviation**2) for share in cases)


def _behaviour(sigma: float, eta: float) -> str:
    errors = [iterate(lambda w: descend(w, sigma, sigma, eta), 0.0, count) - 1 for count in range(12)]
    if abs(errors[-1]) > 2 * abs(errors[0]):
        return "d"
    if abs(errors[-1]) > 0.99 * abs(errors[0]):
        return "c"
    return "b" if errors[0] * errors[1] < 0 else "a"


regimes = Question(
    id="1b.regime",
    title="Four ranges of the rate",
    points=2,
    prompt=r"What does $w_t$ of 1a do in each of the four cases? Name one option per case, in the order of the cases.",
    source=Source("Homework 1", "1(b)"),
    answer=Choice(
        cases=(
            # told by the upper end u of 1a, so that the form does not give 1a away
            "eta below u/2, where u is the upper end of the range in 1a",
            "eta between u/2 and u",
            "eta exactly at u",
            "eta above u",
        ),
        options=(
            Option("a", "converges monotonically", "the error is multiplied by a number between 0 and 1"),
            Option("b", "converges, with an error of alternating sign", "the factor lies between -1 and 0"),
            Option("c", "oscillates for ever between two values", "the factor is -1"),
            Option("d", "diverges", "the factor is below -1"),
        ),
        key=("a", "b", "c", "d"),
    ),
    practice=MeasuredChoice(by=watch),
    rows=(28, 36),
    wrong=(
        Wrong(
            "settles-at-the-end",
            ("a", "b", ("a", "b"), "d"),
            "Follow the recurrence for four steps exactly at the bound.",
            credit=Half,
        ),
        Wrong(
            "diverges-at-the-end",
            ("a", "b", "d", "d"),
            "Follow the recurrence for four steps exactly at the bound: does the error grow?",
            credit=Half,
        ),
        Wrong(
            "overshoot-diverges",
            ("a", "d", None, "d"),
            "Stepping over the goal is no harm by itself. Compare the size of the error before and after a step.",
        ),
        Wrong(
            "overshoot-oscillates",
            ("a", "c", None, "d"),
            "The error changes sign here, but what happens to its size?",
        ),
        Wrong(
            "no-change-of-sign",
            ("a", "a", "c", "d"),
            "What is the sign of the factor between the two bounds?",
            credit=Half,
        ),
    ),
)

questions = (how_long, regimes)
