"""Problem 1(a): when gradient descent on one squared error is stable, and where it stands after t steps."""

from __future__ import annotations

import sympy
from sympy import Symbol, diff

from autograder import Expression, Half, Interval, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import Iterates, MeasuredInterval, MeasuredValue, Trajectory, iterate, settles
from reference.hw1.recurrence import contraction, path, stable_rates

table = declare("eta > 0, sigma > 0, y, t >= 0: int, w_0")
eta, sigma, y, t, w_0 = (sympy_symbol(table, name) for name in ("eta", "sigma", "y", "t", "w_0"))
w = Symbol("w", real=True)

# The statement: descend on (y - sigma w)^2 from 0. Everything below is derived from these two lines.
loss = (y - sigma * w) ** 2
step = w - eta * diff(loss, w)

factor = contraction(step, w)
stable = stable_rates(factor, eta)
after_t = path(step, w, t, start=sympy.Integer(0))
target = y / sigma


def descend(w: float, y: float, sigma: float, eta: float) -> float:
    """One step down the squared error, as the statement writes it."""
    return w + 2 * eta * sigma * (y - sigma * w)


range_of_rates = Question(
    id="1a",
    title="Stable learning rates",
    points=3,
    prompt=r"Gradient descent with rate $\eta > 0$ runs on $L(w) = (y - \sigma w)^2$ from $w_0 = 0$. "
    r"For which $\eta$ does it converge, whatever $y$ is?",
    source=Source("Homework 1", "1(a)"),
    answer=Interval("eta", stable),
    symbols=table.only("eta", "sigma"),
    practice=MeasuredInterval(
        by=lambda eta, sigma: settles(lambda w: descend(w, 1.0, sigma, eta), 0.0), variable="eta"
    ),
    draws=Trajectory(variable="eta", start=0.0, steps={"w": descend}, at={"sigma": 2.0, "y": 5.0}),
    rows=(25, 35),
    wrong=(
        Wrong(
            "half-loss",
            sympy.Interval.open(0, 2 / sigma**2),
            "This is the range for a loss with a factor 1/2 in front. Differentiate the loss that is given here.",
            credit=Half,
        ),
        Wrong(
            "no-overshoot",
            sympy.Interval.open(0, 1 / (2 * sigma**2)),
            "In this range the iterate never steps over its goal. Must it, in order to converge?",
        ),
        Wrong(
            "sigma-not-squared",
            sympy.Interval.open(0, 1 / sigma),
            "Count how often sigma enters one step: once from the residual, and once more.",
            credit=Half,
        ),
        Wrong(
            "closed-end",
            sympy.Interval.Lopen(0, 1 / sigma**2),
            "Put the largest rate of your range into the recurrence and follow a few steps by hand.",
            credit=Half,
        ),
        Wrong(
            "reversed",
            sympy.Interval.open(1 / sigma**2, sympy.oo),
            "Try a very small and a very large rate: which of the two settles?",
        ),
    ),
)

closed_form = Question(
    id="1a.path",
    title="The iterate after t steps",
    points=2,
    prompt=r"Solve the recurrence of 1a: give $w_t$ for $t = 0, 1, 2, \dots$, from $w_0 = 0$.",
    source=Source("Homework 1", "1(a), equation (3)"),
    answer=Expression(after_t, targets=("w_t",)),
    symbols=table.only("t", "eta", "sigma", "y", "w_0"),
    practice=MeasuredValue(by=lambda t, eta, sigma, y: iterate(lambda w: descend(w, y, sigma, eta), 0.0, t)),
    draws=Iterates(steps="t", step=descend, at={"sigma": 2.0, "y": 5.0, "eta": 0.2, "w_0": 0.0}),
    rows=(26,),
    wrong=(
        Wrong(
            "one-step-late",
            after_t.subs(t, t + 1),
            "Check t = 0: your formula should give the starting value.",
            credit=Half,
        ),
        Wrong(
            "one-step-early",
            after_t.subs(t, t - 1),
            "Check t = 0: your formula should give the starting value.",
            credit=Half,
        ),
        Wrong(
            "lost-two",
            target * (1 - (1 - eta * sigma**2) ** t),
            "Compute w_1 by hand from the recurrence and compare it with your formula at t = 1.",
            credit=Half,
        ),
        Wrong(
            "start-not-used",
            target + factor**t * (w_0 - target),
            "The start is given: put its value in.",
            credit=Half,
        ),
        Wrong(
            "error-alone",
            target * factor**t,
            "This has the size of the error that is left after t steps. The question asks for the iterate.",
            credit=Half,
        ),
        Wrong(
            "error-with-sign",
            -target * factor**t,
            "This is the error that is left after t steps. The question asks for the iterate.",
            credit=Half,
        ),
    ),
)

questions = (range_of_rates, closed_form)
