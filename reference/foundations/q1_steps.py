"""Part 1, formulas: the step, the first-order value behind it, the loss of a batch, and the noise floor of stochastic steps."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import sympy
from sympy import Sum, Symbol, diff, expand, factor, series, solve, symbols

from autograder import Expression, Half, Question, Source, Update, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue, gaussian_mean, limit, minimiser, slope

GRADIENT = ", ".join((
    "g_t", "g(theta)", "g(theta_t)", "grad", "dL/dtheta", r"\frac{dL}{d\theta}", "L'(theta)", "L'(theta_t)",
    *(sign + loss for loss in ("L", r"\mathcal{L}", "J", "f") for sign in ("grad ", r"\nabla ", r"\nabla_\theta ")),
    *(
        sign + loss + at
        for loss in ("L", r"\mathcal{L}", "J", "f")
        for sign in ("grad ", r"\nabla ", r"\nabla_\theta ")
        for at in ("(theta)", "(theta_t)")
    ),
))  # fmt: skip
"""How people write the gradient at the current parameters."""
step_table = declare("theta, eta > 0, g (" + GRADIENT + "), t > 0: int")
theta, eta, g, t = (sympy_symbol(step_table, name) for name in ("theta", "eta", "g", "t"))

# Where the first-order value plus the price (z - theta)^2 / (2 eta) for going far is smallest.
z = Symbol("z", real=True)
(step,) = solve(diff(g * (z - theta) + (z - theta) ** 2 / (2 * eta), z), z)


def smallest_on_the_line(theta: float, eta: float, g: float) -> float:
    """The same minimum, found by differences."""
    found = minimiser(lambda z: g * float(z[0] - theta) + float(z[0] - theta) ** 2 / (2 * eta), np.zeros(1))
    return float(found[0])


value_table = declare("L (L(theta), L_0), g (g(theta), grad L, L'(theta)), d (Delta, Delta theta)")
L, g_here, d = (sympy_symbol(value_table, name) for name in ("L", "g", "d"))

# Any smooth loss with that value and derivative at theta, here with a free second and third derivative: its series in d.
second, third = symbols("second third")
smooth = L + g_here * (z - theta) + second * (z - theta) ** 2 / 2 + third * (z - theta) ** 3 / 6
first_order = series(smooth.subs(z, theta + d), d, 0, 2).removeO()


def tangent(L: float, g: float, d: float) -> float:
    """The tangent of a curved loss that has the value L and the slope g at 0."""

    def loss(x: float) -> float:
        return L + g * float(np.sin(x)) + 3 * (float(np.cosh(x)) - 1)

    return loss(0.0) + d * float(slope(lambda x: loss(float(x)), 0.0))


NEARLY = r"^\s*\$?\s*(?:(?:\\mathcal\{L\}|L)\s*\([^()]*\))?\s*(?:≈|≃|~=|~|\\approx|\\simeq|\\sim)"
REMAINDER = r"\+\s*(?:\\mathcal\s*\{?\s*O\s*\}?|[oO])\s*(?:\\left)?\(\s*(?:\|?\s*d\s*\|?)(?:\s*(?:\^|\*\*)\s*\{?2\}?|²)?\s*(?:\\right)?\)(?=\s*\$?\s*$)"
DOTS = r"\+\s*(?:\.\.\.|…|\\[lc]?dots)(?=[\s$.]*$)"
"""What people write around a first-order value: that it is nearly so, and a remainder."""
batch_table = declare("l: data[b], R, b (|B|): int, b > 1, n: int, n > b")
losses, R, b, n = (sympy_symbol(batch_table, name) for name in ("l", "R", "b", "n"))
i = Symbol("i", integer=True)
summed = Sum(losses[i], (i, 1, b))
batch_loss = summed / b + R


def mean_of_a_drawn_point(l: np.ndarray, R: float) -> float:  # noqa: E741 - the statement's own letter
    """The expected regularised loss of one point of the batch, each as likely as any other."""
    return sum(float(one) + R for one in l[:, 0]) / len(l)


noise_table = declare("0 < alpha < 1, V (Var(y), var(y), Var(y_i), sigma^2) > 0")
alpha, V = (sympy_symbol(noise_table, name) for name in ("alpha", "V"))

# The statement: theta <- theta - 2 alpha (theta - y_i). With the error e = theta - E y and the noise u = y_i - E y, which
# has mean 0, variance V and nothing to do with e, the error's variance v is multiplied by a^2 and gets c^2 V on top.
e, u, v = symbols("e u v", real=True)
next_error = expand(e - 2 * alpha * (e - u))
kept, added = next_error.coeff(e), next_error.coeff(u)
(floor,) = map(factor, solve(kept**2 * v + added**2 * V - v, v))
(half_step_floor,) = map(factor, solve((1 - alpha) ** 2 * v + alpha**2 * V - v, v))  # the step alpha (theta - y_i)
(not_squared,) = solve(kept * v + added**2 * V - v, v)


def variance_in_the_long_run(alpha: float, V: float) -> float | None:
    """The variance of the iterate, carried from step to step until it no longer moves."""

    def one_step(v: float) -> float:
        def square(noise: np.ndarray) -> float:
            theta, y = np.sqrt(v) * noise[0], np.sqrt(V) * noise[1]
            return float((theta - 2 * alpha * (theta - y)) ** 2)

        return float(gaussian_mean(square, 2))

    return limit(one_step, 0.0)


questions = (
    Question(
        id="1.update",
        title="One step of gradient descent",
        points=1,
        prompt=r"Let $g$ be the gradient of the training loss at the current $\theta$. Write one step of gradient descent with "
        r"learning rate $\eta$. (`t` counts the steps, in case you want it.)",
        source=Source("Note 2", "1; Lecture 2, 4"),
        answer=Update("theta", step),
        symbols=step_table,
        practice=MeasuredValue(by=smallest_on_the_line),
        rows=(67, 103),
        wrong=(
            Wrong(
                "ascent", theta + eta * g, "The gradient points to where the loss grows. Which way do you want?", Half
            ),
            Wrong("step-alone", -eta * g, "This is how far the step goes. Where does it start?", Half),
            Wrong("gradient-alone", eta * g, "A step starts at the current parameters and goes downhill."),
            Wrong(
                "rate-divided", theta - eta / t * g, "Here the rate is constant: it does not depend on the step.", Half
            ),
            Wrong("rate-lost", theta - g, "Where is the learning rate?", Half),
            Wrong("rate-inverted", theta - g / eta, "Should a larger rate make longer or shorter steps?", Half),
        ),
    ),
    Question(
        id="1.taylor",
        title="The loss a small step away, to first order",
        points=1,
        prompt=r"The loss has the value $L$ and the derivative $g$ at $\theta$ (numbers). What is it at $\theta + d$, to first "
        r"order in $d$? The remainder need not be written.",
        source=Source("Note 2", "1; Lecture 2, 4"),
        answer=Expression(
            first_order, targets=("L(theta + d)", "L(theta+Delta)", "L(theta_t + d)"), ignored=(NEARLY, REMAINDER, DOTS)
        ),
        symbols=value_table,
        practice=MeasuredValue(by=tangent),
        rows=(68, 103),
        wrong=(
            Wrong(
                "extra-half",
                L + g_here * d / 2,
                "A half belongs to the second-order term. Differentiate your formula by d: is it the slope?",
                Half,
            ),
            Wrong("value-forgotten", g_here * d, "Put d = 0: what is the loss there?", Half),
            Wrong("minus", L - g_here * d, "With a positive slope, is the loss larger or smaller to the right?", Half),
            Wrong("step-forgotten", L + g_here, "The change grows with the length of the step.", Half),
            Wrong(
                "second-order-term",
                L + g_here * d + d**2 / 2,
                "Only first order is asked, and nothing is known of the curvature.",
            ),
        ),
    ),
    Question(
        id="1.batch",
        title="The regularised loss of a batch",
        points=2,
        prompt=r"The training loss is the mean of the losses of all $n$ points plus the regulariser $R$. A batch has $b$ of the "
        r"points, $1 < b < n$, with losses $l_i$, $i = 1, \dots, b$. Write what a step on this batch follows instead.",
        source=Source("Note 2", "1.1"),
        answer=Expression(batch_loss, targets=("L", "L_batch", "L_train", "L(theta)", "L_b")),
        symbols=batch_table,
        practice=MeasuredValue(by=mean_of_a_drawn_point),
        rows=(69,),
        wrong=(
            Wrong(
                "regulariser-divided",
                (summed + R) / b,
                "The regulariser is no property of a point. Is it averaged over the batch as well?",
                Half,
            ),
            Wrong("sum-without-mean", summed + R, "Would this be comparable between a small and a large batch?", Half),
            Wrong("divided-by-all", summed / n + R, "Over how many points is this sum taken?", Half),
            Wrong("regulariser-lost", summed / b, "The parameters are to be kept small on a batch as well.", Half),
            Wrong("rescaled-to-all", n * summed / b + R, "This estimates a sum over all points, not a mean.", Half),
            Wrong("minus", summed / b - R, "Should large parameters be rewarded or punished?", Half),
        ),
    ),
    Question(
        id="1.noise_floor",
        title="How far stochastic gradient descent dances",
        points=3,
        prompt=r"Stochastic gradient descent fits one constant $\theta$ to data $y_i$ of variance $V$: every step draws a "
        r"fresh $y_i$ and goes $\theta \leftarrow \theta - 2\alpha(\theta - y_i)$ with the same $0 < \alpha < 1$. Which "
        r"variance does $\theta$ have in the long run?",
        source=Source("Note 2", "1.2"),
        answer=Expression(floor, targets=("Var(theta)", "v", r"Var[theta]", r"Var(theta_\infty)")),
        symbols=noise_table,
        practice=MeasuredValue(by=variance_in_the_long_run),
        rows=(77,),
        wrong=(
            Wrong("converges", sympy.Integer(0), "Once at the mean of the data, does the next step leave it there?"),
            Wrong(
                "half-step",
                half_step_floor,
                "Which factor stands before the error after one step: is the 2 of the step in it?",
                Half,
            ),
            Wrong(
                "small-rate-only",
                alpha * V,
                "This is right in the limit of small rates. Solve the recurrence of the variance without leaving a term out.",
                Half,
            ),
            Wrong(
                "one-step-only",
                added**2 * V,
                "This is what a single step adds. What is left of the noise of earlier steps?",
                Half,
            ),
            Wrong("data-variance", V, "Let the rate become tiny: does the iterate still spread like the data?"),
            Wrong(
                "factor-not-squared",
                not_squared,
                "A random number that is multiplied by a factor has how many times the variance?",
                Half,
            ),
            Wrong("deviation", sympy.sqrt(floor), "This is the standard deviation; the variance is asked.", Half),
            Wrong(
                "inverted",
                (1 - alpha) / alpha * V,
                "Should a larger rate leave more or less noise?",
                Fraction(1, 4),
            ),
        ),
    ),
)
