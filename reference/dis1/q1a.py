"""Problem 1(a): fitting a constant by gradient descent."""

from __future__ import annotations

import numpy as np
import sympy
from numpy.random import Generator
from sympy import Sum, Symbol, diff

from autograder import Carried, Choice, Expression, Half, Option, Question, Source, Update, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredChoice, MeasuredValue, minimiser, slope
from reference.dis1.least_squares import mean, optimum

table = declare("theta (theta_t, theta_k, theta_old), alpha > 0, y: data, N").with_indices("i")
theta, alpha, y, N = (sympy_symbol(table, name) for name in ("theta", "alpha", "y", "N"))
i = Symbol("i", integer=True)

# The statement: the mean squared error of a constant. The rest is derived from these two lines.
term = (y[i] - theta) ** 2
loss = mean(term, i, N)

gradient = diff(loss, theta)
best = optimum(gradient, theta)
step = theta - alpha * gradient
contribution = diff(term, theta) / N  # the gradient is the sum of these over all points
total = Sum(y[i], (i, 1, N))


def mean_squared_error(theta: float, y: np.ndarray) -> float:
    """The loss, as the statement writes it."""
    return float(np.mean((y - theta) ** 2))


def measured_slope(theta: float, y: np.ndarray) -> float:
    """The derivative of the loss by differences."""
    return float(slope(lambda at: mean_squared_error(float(at), y), theta))


def share_of_a_point(theta: float, y: np.ndarray, i: int) -> float:
    """How much of the slope is lost when point i is left out of the sum (and N stays)."""
    without = np.delete(y, i - 1)
    rest = slope(lambda at: float(np.sum((without - at) ** 2)) / len(y), theta)
    return measured_slope(theta, y) - float(rest)


def votes(rng: Generator) -> str:
    """Which claim on the contributions holds for random data: equal moves, equal weights, or weights by size."""
    y = rng.normal(size=6)
    theta = float(rng.normal()) + 3
    shares = np.array([share_of_a_point(theta, y, at + 1) for at in range(6)])
    claims = {
        "a": bool(np.allclose(shares, shares[0])),
        "b": bool(np.allclose(shares / (theta - y), shares[0] / (theta - y[0]))),
        "c": bool(np.allclose(shares[1:], 0)),
        "d": bool(np.allclose(shares / y, shares[0] / y[0])),
        "e": bool(np.allclose(shares / (theta - y), 2 / 6**2)),
    }
    (letter,) = [name for name, true in claims.items() if true]
    return letter


CONVENTIONS = (
    ("as the share of the update", -alpha * contribution),
    ("as the discussion's step, to be subtracted", alpha * contribution),
    ("as the discussion's update, with 1/N", theta - alpha * contribution),
    ("as the unbiased step of SGD, to be subtracted", alpha * N * contribution),
    ("as the unbiased step of SGD", -alpha * N * contribution),
    ("as the unbiased update of SGD, without 1/N", theta - alpha * N * contribution),
)
MODEL = r"The constant model $\hat y_i = \theta$ is fitted to $y_1, \dots, y_N$ by minimising "
LOSS = r"$L(\theta) = \frac1N \sum_{i=1}^N (y_i - \theta)^2$. "
ITERATES = ("theta", "theta_{t+1}", "theta'", "theta_new")

questions = (
    Question(
        id="1a.i",
        title="Gradient for a constant",
        points=3,
        prompt=MODEL + LOSS + r"Give $\frac{dL}{d\theta}$.",
        source=Source("Discussion 1", "1(a)i"),
        answer=Expression(
            gradient, targets=("dL/dtheta", "L'(theta)", r"\nabla L", r"\frac{\partial L}{\partial \theta}")
        ),
        symbols=table.only("theta", "y", "N"),
        practice=MeasuredValue(by=measured_slope),
        rows=(1,),
        wrong=(
            Wrong("sign", -gradient, "The inner derivative of y_i - theta is -1.", Half),
            Wrong("lost-two", gradient / 2, "A square brings down a factor.", Half),
            Wrong("lost-mean", N * gradient, "Where did the 1/N of the loss go?", Half),
            Wrong(
                "constant-not-repeated",
                2 / N * (theta - total),
                "Adding up theta for every point gives more than one theta.",
                Half,
            ),
            Wrong(
                "one-point-only",
                contribution,
                "This is what a single point brings. The loss adds up all of them.",
                Half,
            ),
            Wrong("loss-itself", loss, "This is the loss. Its derivative is asked for."),
        ),
    ),
    Question(
        id="1a.ii",
        title="The best constant",
        points=2,
        prompt=MODEL + LOSS + r"Give the best $\theta$.",
        source=Source("Discussion 1", "1(a)ii"),
        answer=Expression(best, targets=("theta", "theta^*", r"\hat{\theta}", "theta_hat", r"\hat\theta")),
        symbols=table.only("y", "N"),
        practice=MeasuredValue(
            by=lambda y: float(minimiser(lambda at: mean_squared_error(float(at[0]), y), np.zeros(1))[0])
        ),
        after=("1a.i",),
        carried=Carried(either=((("q1a_i[theta = given]", "0"),),)),
        rows=(2,),
        wrong=(
            Wrong("lost-mean", total, "Let all y_i be equal: what should theta be?", Half),
            Wrong("kept-two", 2 * best, "Let all y_i be equal: what should theta be?", Half),
            Wrong("sign", -best, "Let all y_i be equal: what should theta be?", Half),
            Wrong("zero", sympy.Integer(0), "The derivative is 0 at the best theta; theta itself need not be."),
            Wrong("one-point-only", y[i], "One point alone is fitted by this. The loss counts all of them."),
        ),
    ),
    Question(
        id="1a.iii",
        title="One step of gradient descent",
        points=2,
        prompt=MODEL + LOSS + r"Write the gradient-descent update of $\theta$ with step size $\alpha$.",
        source=Source("Discussion 1", "1(a)iii"),
        answer=Update("theta", step),
        symbols=table,
        practice=MeasuredValue(by=lambda theta, alpha, y: theta - alpha * measured_slope(theta, y)),
        after=("1a.i",),
        carried=Carried(key="theta - alpha*q1a_i"),
        rows=(3,),
        wrong=(
            Wrong("ascent", theta + alpha * gradient, "Does the loss fall in the direction of this step?", Half),
            Wrong("lost-two", theta - alpha * gradient / 2, "A square brings down a factor.", Half),
            Wrong("lost-mean", theta - alpha * N * gradient, "Where did the 1/N of the loss go?", Half),
            Wrong("start-lost", alpha * gradient, "This is how far the step goes. From where does it start?", Half),
            Wrong(
                "start-lost-downhill",
                -alpha * gradient,
                "This is how far the step goes. From where does it start?",
                Half,
            ),
            Wrong("rate-lost", theta - gradient, "The gradient is multiplied by the step size.", Half),
        ),
    ),
    Question(
        id="1a.iv",
        title="What one point contributes",
        points=2,
        prompt=MODEL
        + LOSS
        + r"What does point $i$ contribute to the gradient of 1a.i? (A step of stochastic gradient descent at point $i$, with "
        r"step size $\alpha$, is an answer too; the report names which one was read.)",
        source=Source("Discussion 1", "1(a)iv"),
        answer=Expression(contribution, also=CONVENTIONS, targets=ITERATES),
        symbols=table,
        practice=MeasuredValue(by=share_of_a_point),
        after=("1a.i",),
        rows=(4,),
        wrong=(
            Wrong("averaged-twice", contribution / N, "The contributions must add up to the gradient of 1a.i.", Half),
            Wrong("lost-mean", N * contribution, "The contributions must add up to the gradient of 1a.i.", Half),
            Wrong("sign", -contribution, "The contributions must add up to the gradient of 1a.i.", Half),
            Wrong("lost-two", contribution / 2, "The contributions must add up to the gradient of 1a.i.", Half),
            Wrong("all-points", gradient, "This is the sum over all points. What is the part of point i?"),
            Wrong(
                "weight-alone",
                2 / N,
                "This is the weight. Does a point that is fitted already contribute as much?",
                Half,
            ),
            Wrong(
                "ascent",
                theta + alpha * N * contribution,
                "Does this step bring theta closer to y_i or further away?",
                Half,
            ),
        ),
    ),
    Question(
        id="1a.vote",
        title="Do all points count the same?",
        points=1,
        prompt=MODEL + LOSS + "Which statement on the contributions of 1a.iv is true?",
        source=Source("Discussion 1", "1(a)iv"),
        answer=Choice(
            shuffle=True,
            options=(
                Option(
                    "a", "Every point moves theta by the same amount.", "a point that is fitted already moves nothing"
                ),
                Option(
                    "b",
                    "Every point has the same weight, but its contribution is as large as its residual.",
                    "the weight is 2/N for all, the size 2/N times the residual",
                ),
                Option(
                    "c",
                    "Only one point contributes to the full gradient, the one that is sampled.",
                    "it is a sum over all",
                ),
                Option("d", "The contribution of a point is proportional to y_i.", "it is proportional to theta - y_i"),
                Option(
                    "e",
                    "Every point has the same weight 2/N^2, since the mean is taken twice.",
                    "the mean is taken once",
                ),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=votes),
        after=("1a.iv",),
        rows=(4,),
        wrong=(
            Wrong(
                "same-amount", "a", "Put y_i = theta into your contribution: how far does this point move theta?", Half
            ),
            Wrong("sampled-only", "c", "What is sampled in the full gradient?"),
            Wrong("by-target", "d", "When does a point contribute nothing: for y_i = 0 or for y_i = theta?"),
            Wrong(
                "averaged-twice",
                "e",
                "Where would a second mean come from? Add up all contributions: what must come out?",
            ),
        ),
    ),
)
