"""Problem 4(b) to (d): descent on one noisy point, followed in expectation."""

from __future__ import annotations

import sympy
from sympy import Rational, Symbol, diff, expand, factor

from autograder import Carried, Expression, Half, Interval, Question, Source, Update, Wrong, declare, sympy_symbol
from autograder.oracles import (
    Iterates,
    MeasuredInterval,
    MeasuredValue,
    Trajectory,
    gaussian_mean,
    iterate,
    limit,
    settles,
)
from reference.hw1.recurrence import contraction, gaussian_expectation, path, stable_rates, zero_of

table = declare(
    "x != 0, y, sigma > 0, eta > 0, t >= 0: int, Ew (E[w_t], E[w], E(w_t), E(w), E w_t, w_t, w, \\langle w_t \\rangle, \\langle w \\rangle), w_0"
)
x, y, sigma, eta, t, Ew, w_0 = (sympy_symbol(table, name) for name in ("x", "y", "sigma", "eta", "t", "Ew", "w_0"))
N = Symbol("N", real=True)

# The statement: one step on half the squared error at the noisy input x + N. N is independent of the iterate, so that the
# expectation over N acts on polynomials of N alone, and the iterate enters through its mean.
loss = Rational(1, 2) * ((x + N) * Ew - y) ** 2
mean_step = gaussian_expectation(Ew - eta * diff(loss, Ew), N, sigma)

ratio = contraction(mean_step, Ew)
stable = stable_rates(ratio, eta)
end = zero_of(mean_step - Ew, Ew)
shrink = factor(end / (y / x))
after_t = path(mean_step, Ew, t, start=sympy.Integer(0))

# For comparison: the second moment of the error shrinks only where E[(1 - eta (x + N)^2)^2] < 1, a narrower range.
spread = gaussian_expectation((1 - eta * (x + N) ** 2) ** 2, N, sigma)
mean_square_end = zero_of(expand((spread - 1) / eta), eta)


def mean_of_a_step(Ew: float, x: float, y: float, sigma: float, eta: float) -> float:
    """The mean of one step of descent over the noise, from a given iterate."""
    return float(gaussian_mean(lambda Z: Ew - eta * ((x + sigma * Z[0]) * Ew - y) * (x + sigma * Z[0]), 1))


def next_mean(w: float, x: float, y: float, sigma: float, eta: float) -> float:
    """The same, as a step of a recurrence."""
    return mean_of_a_step(w, x, y, sigma, eta)


def follow(x: float, y: float, sigma: float, eta: float, t: int) -> float:
    """The mean after t steps from 0."""
    return iterate(lambda w: mean_of_a_step(w, x, y, sigma, eta), 0.0, t)


def mean_settles(x: float, sigma: float, eta: float) -> bool | None:
    """Whether the mean converges from 0, by running it (the step is affine, so that two of its values give them all)."""
    at_zero, at_one = (mean_of_a_step(w, x, x, sigma, eta) for w in (0.0, 1.0))
    return settles(lambda w: at_zero + (at_one - at_zero) * w, 0.0)


def mean_limit(x: float, y: float, sigma: float) -> float | None:
    """Where the mean ends up, at a rate small enough for these numbers."""
    return limit(lambda w: mean_of_a_step(w, x, y, sigma, 0.2 / (abs(x) + sigma) ** 2), 0.0)


setting = (
    r"One point $(x, y)$ with $x \ne 0$; step $t$ of gradient descent on $\frac12 (\tilde X_t w - y)^2$ uses "
    r"$\tilde X_t = x + N_t$ with fresh independent noise of mean 0 and variance $\sigma^2$, from $w_0 = 0$. "
)
in_expectation = table.only("x", "y", "sigma", "eta", "Ew")

questions = (
    Question(
        id="4b",
        title="The mean's recurrence",
        points=3,
        prompt=setting
        + r"Express $\mathbb{E}[w_{t+1}]$ by $\mathbb{E}[w_t]$ (typed `Ew`), $x$, $y$, $\sigma$ and $\eta$.",
        source=Source("Homework 1", "4(b)"),
        answer=Update("Ew", mean_step, targets=("E[w_{t+1}]", "E[w_{t+1} | w_t]", "w_{t+1}")),
        symbols=in_expectation,
        practice=MeasuredValue(by=mean_of_a_step),
        rows=(51,),
        wrong=(
            Wrong(
                "no-half",
                (1 - 2 * eta * (x**2 + sigma**2)) * Ew + 2 * eta * x * y,
                "The loss has a factor 1/2 in front.",
                credit=Half,
            ),
            Wrong(
                "noise-averaged-away",
                (1 - eta * x**2) * Ew + eta * x * y,
                "The noisy input enters as a square. Is the mean of a square the square of the mean?",
            ),
            Wrong(
                "deviation-for-variance",
                (1 - eta * (x**2 + sigma)) * Ew + eta * x * y,
                "The mean of a squared noise value is not its standard deviation.",
                credit=Half,
            ),
            Wrong(
                "sign-of-target",
                (1 - eta * (x**2 + sigma**2)) * Ew - eta * x * y,
                "Take Ew = 0: the first step should move towards the target.",
                credit=Half,
            ),
            Wrong(
                "square-of-the-sum",
                (1 - eta * (x + sigma) ** 2) * Ew + eta * x * y,
                "Expand the square of the noisy input before taking the mean: what becomes of the mixed term?",
            ),
            Wrong(
                "rate-lost",
                (1 - eta * (x**2 + sigma**2)) * Ew + x * y,
                "The whole gradient is multiplied by the rate.",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="4c",
        title="Rates at which the mean converges",
        points=2,
        prompt=setting + r"For which $\eta > 0$ does $\mathbb{E}[w_t]$ converge?",
        source=Source("Homework 1", "4(c)"),
        answer=Interval("eta", stable),
        symbols=table.only("x", "sigma", "eta"),
        practice=MeasuredInterval(by=mean_settles, variable="eta"),
        draws=Trajectory(variable="eta", start=0.0, steps={"E[w]": next_mean}, at={"x": 1.0, "y": 2.0, "sigma": 0.5}),
        after=("4b",),
        carried=Carried(
            key="abs(q4b[Ew = 1] - q4b[Ew = 0]) < 1",
            provided=(("q4b[Ew = 2] - q4b[Ew = 0]", "2*(q4b[Ew = 1] - q4b[Ew = 0])"),),
        ),
        rows=(52,),
        wrong=(
            Wrong(
                "half-range",
                sympy.Interval.open(0, 1 / (x**2 + sigma**2)),
                "Which values of the factor in front of the mean are allowed: is 0 the lower limit?",
                credit=Half,
            ),
            Wrong(
                "half-range-closed",
                sympy.Interval.Lopen(0, 1 / (x**2 + sigma**2)),
                "Which values of the factor in front of the mean are allowed: is 0 the lower limit?",
                credit=Half,
            ),
            Wrong(
                "noise-averaged-away",
                sympy.Interval.open(0, 2 / x**2),
                "Noise changes the range. Look at the factor in front of the mean again.",
            ),
            Wrong(
                "noise-alone",
                sympy.Interval.open(0, 2 / sigma**2),
                "Let the noise vanish: does your range still depend on x?",
            ),
            Wrong(
                "closed-end",
                sympy.Interval.Lopen(0, stable.end),
                "What does the mean do at the largest rate of your range?",
                credit=Half,
            ),
            Wrong(
                "mean-square",
                sympy.Interval.open(0, mean_square_end),
                "This is where the second moment settles too. Only the mean is asked for.",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="4d",
        title="The limit of the mean",
        points=2,
        prompt=setting + r"At a rate of 4c, what does $\mathbb{E}[w_t]$ converge to?",
        source=Source("Homework 1", "4(d)"),
        answer=Expression(
            end, targets=("w^*", "E[w]", "E[w_t]", "Ew", r"\lim_{t\to\infty} E[w_t]", r"\lim E[w_t]", r"E[w_\infty]")
        ),
        symbols=table.only("x", "y", "sigma", "eta"),  # eta cancels in a fixed point that is not simplified
        practice=MeasuredValue(by=mean_limit),
        after=("4b",),
        carried=Carried(either=((("q4b[Ew = given]", "given"),),)),
        rows=(53,),
        wrong=(
            Wrong(
                "noise-averaged-away", y / x, "This is the limit without noise. Does a large noise leave it as it is?"
            ),
            Wrong(
                "noise-counted-twice",
                x * y / (x**2 + 2 * sigma**2),
                "How often does the variance enter the recurrence?",
                credit=Half,
            ),
            Wrong(
                "sum-of-deviations", y / (x + sigma), "Solve the recurrence for the value that a step leaves as it is."
            ),
            Wrong(
                "deviation-for-variance",
                x * y / (x**2 + sigma),
                "The mean of a squared noise value is not its standard deviation.",
                credit=Half,
            ),
            Wrong(
                "input-lost", y / (x**2 + sigma**2), "Let the noise vanish: does your limit fit the point?", credit=Half
            ),
            Wrong("grows", x * y / (x**2 - sigma**2), "Does noise make the limit larger or smaller?", credit=Half),
        ),
    ),
    Question(
        id="4d.shrink",
        title="The limit compared with the noise-free optimum",
        points=1,
        prompt=setting + r"By which factor does the limit of 4d differ from the best weight without noise?",
        source=Source("Homework 1", "4(d)"),
        answer=Expression(shrink),
        symbols=table.only("x", "y", "sigma"),  # y cancels in a ratio of the two optima
        practice=MeasuredValue(
            by=lambda x, sigma: mean_limit(x, x, sigma)
        ),  # y = x, so that the noise-free optimum is 1
        after=("4d",),
        carried=Carried(key="q4d*x/y"),
        rows=(53,),
        wrong=(
            Wrong(
                "inverted",
                1 / shrink,
                "Which of the two is compared with which? Noise should make the weight smaller.",
                credit=Half,
            ),
            Wrong("complement", 1 - shrink, "This is the share that is lost. The ratio is asked for.", credit=Half),
            Wrong("unbiased", sympy.Integer(1), "Let the noise be very large: what happens to the limit?"),
            Wrong("sum-of-deviations", x / (x + sigma), "Divide your limit by the noise-free one and simplify."),
            Wrong(
                "noise-counted-twice",
                x**2 / (x**2 + 2 * sigma**2),
                "How often does the variance enter the recurrence?",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="4d.path",
        title="The mean after t steps",
        points=1,
        prompt=setting + r"Give $\mathbb{E}[w_t]$ for $t = 0, 1, 2, \dots$",
        source=Source("Homework 1", "4(d)"),
        answer=Expression(after_t, targets=("E[w_t]", "Ew", "w_t")),
        symbols=table.only("t", "x", "y", "sigma", "eta", "w_0"),
        practice=MeasuredValue(by=follow),
        draws=Iterates(
            steps="t", step=next_mean, at={"x": 1.0, "y": 2.0, "sigma": 0.5, "eta": 0.5, "w_0": 0.0}, name="E[w]"
        ),
        after=("4b", "4d"),
        carried=Carried(either=((("given[t = 0]", "0"), ("given[t = t + 1]", "q4b[Ew = given]")),)),
        rows=(54,),
        wrong=(
            Wrong("no-half", end * (1 - (2 * ratio - 1) ** t), "The loss has a factor 1/2 in front.", credit=Half),
            Wrong(
                "noise-averaged-away",
                y / x * (1 - (1 - eta * x**2) ** t),
                "Compare your formula at t = 1 and t = 2 with the recurrence.",
            ),
            Wrong(
                "error-alone",
                end * ratio**t,
                "This has the size of the error that is left. The mean itself is asked for.",
                credit=Half,
            ),
            Wrong(
                "one-step-late",
                after_t.subs(t, t + 1),
                "Check t = 0: your formula should give the starting value.",
                credit=Half,
            ),
            Wrong("start-not-used", end + ratio**t * (w_0 - end), "The start is given: put its value in.", credit=Half),
        ),
    ),
)
