"""Problem 1(b): fitting a line through the origin by gradient descent, and whether a sampled step is unbiased."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from sympy import Sum, Symbol, diff

from autograder import Carried, Choice, Expression, Half, Option, Question, Source, Update, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredChoice, MeasuredValue, minimiser, slope
from reference.dis1.least_squares import mean, optimum

table = declare("theta (theta_t, theta_k, theta_old), alpha > 0, x: data, y: data, N").with_indices("i")
theta, alpha, x, y, N = (sympy_symbol(table, name) for name in ("theta", "alpha", "x", "y", "N"))
i = Symbol("i", integer=True)

# The statement: the mean squared error of a line through the origin.
term = (y[i] - theta * x[i]) ** 2
loss = mean(term, i, N)

gradient = diff(loss, theta)
best = optimum(gradient, theta)
step = theta - alpha * gradient
contribution = diff(term, theta) / N


def over_points(term: object) -> Sum:
    """The sum of a term over all points."""
    return Sum(term, (i, 1, N))


def mean_squared_error(theta: float, x: np.ndarray, y: np.ndarray) -> float:
    """The loss, as the statement writes it."""
    return float(np.mean((y - theta * x) ** 2))


def measured_slope(theta: float, x: np.ndarray, y: np.ndarray) -> float:
    """The derivative of the loss by differences."""
    return float(slope(lambda at: mean_squared_error(float(at), x, y), theta))


def share_of_a_point(theta: float, x: np.ndarray, y: np.ndarray, i: int) -> float:
    """How much of the slope is lost when point i is left out of the sum (and N stays)."""
    x_rest, y_rest = np.delete(x, i - 1), np.delete(y, i - 1)
    rest = slope(lambda at: float(np.sum((y_rest - at * x_rest) ** 2)) / len(y), theta)
    return measured_slope(theta, x, y) - float(rest)


def votes(rng: Generator) -> str:
    """Put points with equal residuals, or with equal pulls, at different x and see what their contributions follow."""
    x = np.array([0.0, 0.5, 1.0, -2.0, 3.0])
    theta, residual = float(rng.normal()), float(rng.uniform(0.5, 2))
    y = theta * x - residual  # the same residual everywhere
    shares = np.abs([share_of_a_point(theta, x, y, at + 1) for at in range(len(x))])
    order = np.argsort(np.abs(x))
    claims = {
        "a": bool(np.allclose(shares, shares[0]) and shares[0] > 0),
        "b": bool(np.allclose(shares, shares.mean())),
        "c": bool(np.all(np.diff(shares[order]) > 0) and shares[order[0]] < 1e-9),
        "d": bool(np.all(np.diff(shares[order]) < 0)),
        "e": bool(np.allclose(shares * (x < 0), 0) or np.allclose(shares * (x > 0), 0)),
    }
    (letter,) = [name for name, true in claims.items() if true]
    return letter


def mean_of_sampled_steps(rng: Generator) -> tuple[str, ...]:
    """The mean over all points of both forms of the sampled step, compared with the full step."""
    x, y = rng.normal(size=(2, 7))
    theta, alpha = float(rng.normal()), 0.1
    full = -alpha * measured_slope(theta, x, y)
    own = np.array([slope(lambda at, k=k: (y[k] - float(at) * x[k]) ** 2, theta) for k in range(7)])  # type: ignore[misc]  # mypy wants no defaults in a lambda
    ratios = [float(np.mean(-alpha * share)) / full for share in (own, own / 7)]
    letters = {1.0: "a", round(1 / 7, 6): "b", 7.0: "c"}
    return tuple(letters.get(round(ratio, 6), "d") for ratio in ratios)


MODEL = r"The model $\hat y_i = \theta x_i$ (not all $x_i$ are 0) is fitted by minimising "
LOSS = r"$L(\theta) = \frac1N \sum_{i=1}^N (y_i - \theta x_i)^2$. "
CONVENTIONS = (
    ("as the share of the update", -alpha * contribution),
    ("as the discussion's step, to be subtracted", alpha * contribution),
    ("as the discussion's update, with 1/N", theta - alpha * contribution),
    ("as the unbiased step of SGD, to be subtracted", alpha * N * contribution),
    ("as the unbiased step of SGD", -alpha * N * contribution),
    ("as the unbiased update of SGD, without 1/N", theta - alpha * N * contribution),
)
ITERATES = ("theta", "theta_{t+1}", "theta'", "theta_new")
mean_x, mean_y = over_points(x[i]) / N, over_points(y[i]) / N
without_x = 2 / N * over_points(theta * x[i] - y[i])

questions = (
    Question(
        id="1b.i",
        title="Gradient for a line",
        points=3,
        prompt=MODEL + LOSS + r"Give $\frac{dL}{d\theta}$.",
        source=Source("Discussion 1", "1(b)i"),
        answer=Expression(
            gradient, targets=("dL/dtheta", "L'(theta)", r"\nabla L", r"\frac{\partial L}{\partial \theta}")
        ),
        symbols=table.only("theta", "x", "y", "N"),
        practice=MeasuredValue(by=measured_slope),
        rows=(5,),
        wrong=(
            Wrong("input-lost", without_x, "The inner derivative of theta x_i by theta is not 1.", Half),
            Wrong("sign", -gradient, "The inner derivative of y_i - theta x_i has a minus sign.", Half),
            Wrong(
                "input-twice",
                2 / N * over_points((theta * x[i] - y[i]) * x[i] ** 2),
                "The inner derivative is taken once, not twice.",
                Half,
            ),
            Wrong("lost-two", gradient / 2, "A square brings down a factor.", Half),
            Wrong("lost-mean", N * gradient, "Where did the 1/N of the loss go?", Half),
            Wrong(
                "one-point-only",
                contribution,
                "This is what a single point brings. The loss adds up all of them.",
                Half,
            ),
        ),
    ),
    Question(
        id="1b.ii",
        title="The best slope",
        points=2,
        prompt=MODEL + LOSS + r"Give the best $\theta$.",
        source=Source("Discussion 1", "1(b)ii"),
        answer=Expression(best, targets=("theta", "theta^*", r"\hat{\theta}", "theta_hat", r"\hat\theta")),
        symbols=table.only("x", "y", "N"),
        practice=MeasuredValue(
            by=lambda x, y: float(minimiser(lambda at: mean_squared_error(float(at[0]), x, y), np.zeros(1))[0])
        ),
        after=("1b.i",),
        carried=Carried(either=((("q1b_i[theta = given]", "0"),),)),
        rows=(6,),
        wrong=(
            Wrong(
                "mean-of-ratios",
                over_points(y[i] / x[i]) / N,
                "Each point's own slope is y_i/x_i. Do all of these count the same? What if an x_i is almost 0?",
            ),
            Wrong(
                "ratio-of-sums",
                over_points(y[i]) / over_points(x[i]),
                "Put your answer into the derivative for the points (1, 1) and (2, 0): is it 0?",
            ),
            Wrong(
                "with-intercept",
                over_points((x[i] - mean_x) * (y[i] - mean_y)) / over_points((x[i] - mean_x) ** 2),
                "This fits a line with an intercept. The model goes through the origin.",
                Half,
            ),
            Wrong(
                "product-of-sums",
                over_points(x[i] * y[i]) * over_points(x[i] ** 2),
                "Solve for theta: by what is the other side divided?",
                Half,
            ),
            Wrong(
                "inverted",
                over_points(x[i] ** 2) / over_points(x[i] * y[i]),
                "Double all y_i: should theta become larger or smaller?",
                Half,
            ),
            Wrong(
                "square-of-the-sum",
                over_points(x[i] * y[i]) / over_points(x[i]) ** 2,
                "The sum of squares is not the square of the sum.",
                Half,
            ),
            Wrong(
                "mean-above-only",
                over_points(x[i] * y[i]) / N / over_points(x[i] ** 2),
                "The 1/N stands on both sides of the equation. Try a single point twice.",
                Half,
            ),
        ),
    ),
    Question(
        id="1b.iii",
        title="One step of gradient descent",
        points=2,
        prompt=MODEL + LOSS + r"Write the gradient-descent update of $\theta$ with step size $\alpha$.",
        source=Source("Discussion 1", "1(b)iii"),
        answer=Update("theta", step),
        symbols=table,
        practice=MeasuredValue(by=lambda theta, alpha, x, y: theta - alpha * measured_slope(theta, x, y)),
        after=("1b.i",),
        carried=Carried(key="theta - alpha*q1b_i"),
        rows=(7,),
        wrong=(
            Wrong("ascent", theta + alpha * gradient, "Does the loss fall in the direction of this step?", Half),
            Wrong(
                "input-lost", theta - alpha * without_x, "The inner derivative of theta x_i by theta is not 1.", Half
            ),
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
        id="1b.iv",
        title="What one point contributes",
        points=2,
        prompt=MODEL
        + LOSS
        + r"What does point $i$ contribute to the gradient of 1b.i? (A step of stochastic gradient descent at point $i$, with "
        r"step size $\alpha$, is an answer too; the report names which one was read.)",
        source=Source("Discussion 1", "1(b)iv"),
        answer=Expression(contribution, also=CONVENTIONS, targets=ITERATES),
        symbols=table,
        practice=MeasuredValue(by=share_of_a_point),
        after=("1b.i",),
        rows=(9,),
        wrong=(
            Wrong(
                "input-lost",
                2 / N * (theta * x[i] - y[i]),
                "The inner derivative of theta x_i by theta is not 1.",
                Half,
            ),
            Wrong(
                "step-without-input",
                theta - 2 * alpha * (theta * x[i] - y[i]),
                "The inner derivative of theta x_i by theta is not 1.",
                Half,
            ),
            Wrong("all-points", gradient, "This is the sum over all points. What is the part of point i?"),
            Wrong("all-points-step", step, "This step uses all points. What does it look like with point i alone?"),
            Wrong("lost-mean", N * contribution, "The contributions must add up to the gradient of 1b.i.", Half),
            Wrong("averaged-twice", contribution / N, "The contributions must add up to the gradient of 1b.i.", Half),
            Wrong("sign", -contribution, "The contributions must add up to the gradient of 1b.i.", Half),
            Wrong(
                "ascent", theta + alpha * N * contribution, "Does this step make the error at point i smaller?", Half
            ),
        ),
    ),
    Question(
        id="1b.vote",
        title="Do all points get the same vote?",
        points=1,
        prompt=MODEL + LOSS + "Do all points count the same in the update, given equal residuals?",
        source=Source("Discussion 1", "1(b)iv"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "Yes: each of them has the factor 1/N.", "the input is a further factor"),
                Option("b", "Yes: only the residual counts.", "the residual is multiplied by the input"),
                Option(
                    "c",
                    "No: points with larger |x_i| count more, and a point at the origin has no say.",
                    "as a vote for its own slope y_i/x_i, a point has the weight x_i^2",
                ),
                Option("d", "No: points with smaller |x_i| count more.", "near the origin a slope changes little"),
                Option("e", "No: it depends on the sign of x_i.", "the sign turns the direction, not the size"),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=votes),
        after=("1b.iv",),
        rows=(8,),
        wrong=(
            Wrong("all-the-same", "a", "Compare the contributions of points at x_i = 0 and x_i = 2 with one residual."),
            Wrong("residual-only", "b", "What multiplies the residual in your contribution?", Half),
            Wrong(
                "smaller-counts-more", "d", "Which point says more on the slope: one near the origin or one far away?"
            ),
            Wrong("sign-counts", "e", "Mirror a point at the origin, (-x_i, -y_i): does its contribution change?"),
        ),
    ),
    Question(
        id="1.unbiased",
        title="Is a sampled step right on average?",
        points=1,
        prompt=r"One point $i$ is drawn uniformly, and $\theta$ moves by the step of each case. What is the mean of this step over the "
        r"draw, compared with the full step $-\alpha \frac{dL}{d\theta}$?",
        source=Source("Discussion 1", "1(a)iv and 1(b)iv"),
        answer=Choice(
            shuffle=True,
            cases=("-2 alpha (theta x_i - y_i) x_i", "-(2 alpha/N) (theta x_i - y_i) x_i"),
            options=(
                Option("a", "the same: the step is unbiased", "the mean over i is 1/N times the sum"),
                Option("b", "1/N of it: the direction is right, as if alpha were divided by N", "1/N is there twice"),
                Option("c", "N times as large", "the mean divides by N"),
                Option("d", "another direction", "the mean is a multiple of the gradient"),
                Option(
                    "e", "the same, but only for points drawn without replacement", "a single draw has no replacement"
                ),
            ),
            key=("a", "b"),
        ),
        practice=MeasuredChoice(by=mean_of_sampled_steps),
        after=("1a.iv", "1b.iv"),
        rows=(10,),
        wrong=(
            Wrong(
                "turned-round", (("b", "c"), "a"), "Write the mean over i as 1/N times a sum: how often is 1/N there?"
            ),
            Wrong("always-unbiased", ("a", "a"), "Both steps differ by the factor N. Can both have the same mean?"),
            Wrong("never-unbiased", ("d", "d"), "Add the steps of all points and divide by N."),
            Wrong("replacement", ("e", None), "One point is drawn. Is there anything to put back?", Half),
        ),
    ),
)
