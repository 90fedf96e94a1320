"""Part 3, formulas: the empirical risk, and the same with a ridge penalty."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from sympy import Abs, Product, Sum, Symbol, exp, expand_log, log, prod, symbols

from autograder import Carried, Expression, Half, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue

risk_table = declare("l: data[n], n: int, n > 1")
losses, n = (sympy_symbol(risk_table, name) for name in ("l", "n"))
i = Symbol("i", integer=True)
summed = Sum(losses[i], (i, 1, n))
risk = summed / n


def chance(l: np.ndarray) -> float:  # noqa: E741 - the statement's own letter
    """The expected loss of a training point that is drawn at random, each as likely as any other."""
    return float(sum(weight * one for weight, one in zip(np.full(len(l), 1 / len(l)), l[:, 0], strict=True)))


ridge_table = declare("l: data[n], n: int, n > 1, lambda (lam) > 0, theta")
lam, theta = (sympy_symbol(ridge_table, name) for name in ("lambda", "theta"))
penalised = risk + lam * theta**2

# Where the penalty comes from: losses l_i = -log p(y_i | theta) and a normal prior of variance s^2 leave, of the negative
# logarithm of likelihood times prior, the sum of the losses plus theta^2/(2 s^2), whose factor is called lambda.
three = symbols("l_1:4", real=True)
variance = symbols("variance", positive=True)
likelihood = prod(exp(-one) for one in three)
minus_log = -expand_log(log(likelihood), force=True) + theta**2 / (2 * variance)
from_the_prior = minus_log.subs(variance, 1 / (2 * lam))


def penalised_by_hand(l: np.ndarray, lambda_: float, theta: float) -> float:  # noqa: E741 - the statement's own letter
    """The mean loss, and the squared distance from 0 times lambda, from loops."""
    total = 0.0
    for one in l[:, 0]:
        total += float(one)
    return total / len(l) + lambda_ * abs(theta) * abs(theta)


questions = (
    Question(
        id="3.erm",
        title="The empirical risk",
        points=1,
        prompt=r"Let $l_i = l(y_i, f_\theta(x_i))$ be the loss of training point $i = 1, \dots, n$. What does empirical risk "
        r"minimisation minimise over $\theta$? Write the objective alone, without argmin.",
        source=Source("Lecture 2", "2, equation (2.1)"),
        answer=Expression(
            risk,
            also=(("as the sum of the losses, with the same minimiser", summed),),
            targets=("J", "J(theta)", "R", "L", "L(theta)"),
        ),
        symbols=risk_table,
        practice=MeasuredValue(by=chance),
        rows=(94,),
        wrong=(
            Wrong("sign", -risk, "Minimising this would make losses large.", Half),
            Wrong(
                "squared-losses",
                Sum(losses[i] ** 2, (i, 1, n)) / n,
                "The losses are what is averaged, as they are.",
                Half,
            ),
            Wrong(
                "one-short", summed / (n - 1), "This is for estimating a variance. How many losses are averaged?", Half
            ),
            Wrong("product", Product(losses[i], (i, 1, n)), "Likelihoods are multiplied. What is done with losses?"),
            Wrong("one-point", losses[n], "How many of the training points count?"),
            Wrong("times-n", n * summed, "A mean divides by the number of points.", Half),
        ),
    ),
    Question(
        id="3.map",
        title="With a ridge penalty",
        points=1,
        prompt=r"Add the ridge penalty with weight $\lambda > 0$ for a single parameter $\theta$ to the empirical risk. The "
        r"minimiser is then a maximum-a-posteriori estimate. Write the objective.",
        source=Source("Lecture 2", "3, equation (3.1)"),
        answer=Expression(
            penalised,
            also=(
                ("with the sum of the losses, as in minus the log posterior", summed + lam * theta**2),
                ("as minus the log posterior divided by n", (summed + lam * theta**2) / n),
                ("n times the objective, with the same minimiser", summed + n * lam * theta**2),
                ("with lambda/2 for the weight", risk + lam * theta**2 / 2),
                ("with the sum of the losses and lambda/2 for the weight", summed + lam * theta**2 / 2),
            ),
            targets=("J", "J(theta)", "L(theta)"),
        ),
        symbols=ridge_table,
        practice=MeasuredValue(by=penalised_by_hand),
        after=("3.erm",),
        carried=Carried(key="q3_erm + lambda*theta^2"),
        rows=(98,),
        wrong=(
            Wrong("minus", risk - lam * theta**2, "Should large parameters be rewarded or punished?", Half),
            Wrong(
                "modulus",
                risk + lam * Abs(theta),
                "This is another penalty, the lasso. Which norm does ridge take?",
                Half,
            ),
            Wrong(
                "not-squared", risk + lam * theta, "With this penalty, what is a very negative parameter worth?", Half
            ),
            Wrong("weight-lost", risk + theta**2, "How is the strength of the penalty set?", Half),
            Wrong(
                "weight-on-the-data", lam * risk + theta**2, "Let the weight grow: should the parameter shrink?", Half
            ),
            Wrong("no-penalty", risk, "Where is the penalty?"),
            Wrong(
                "weight-squared", risk + lam**2 * theta**2, "Is it the weight or the parameter that is squared?", Half
            ),
            Wrong(
                "weight-inverted",
                risk + theta**2 / lam,
                "Let the weight grow: should the parameter shrink?",
                Fraction(1, 4),
            ),
        ),
    ),
)
