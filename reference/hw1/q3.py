"""Problem 3: ridge and kernel ridge regression are the same estimator."""

from __future__ import annotations

import numpy as np
from sympy import Symbol, cancel, diff, exp, log, pi, sqrt

from autograder import (
    Derivation,
    Half,
    Objective,
    Option,
    Ordering,
    Question,
    Source,
    Wrong,
    declare,
    sympy_symbol,
)
from autograder.oracles import MeasuredObjective, MeasuredProperty, minimiser
from reference.hw1 import conditioning
from reference.hw1.q3_covariances import model

estimator = declare("X: n*d, y: n, lambda > 0")
ends = declare("kernel: d, plain: d")


def least_of_ridge(
    kernel: np.ndarray, plain: np.ndarray, X: np.ndarray, y: np.ndarray, lambda_: float
) -> tuple[np.ndarray, np.ndarray]:
    """Both ends side by side, and twice the minimiser of the ridge objective, found without a formula."""
    found = minimiser(lambda w: float(np.sum((X @ w - y) ** 2) + lambda_ * np.sum(w**2)), np.zeros((X.shape[1], 1)))
    return np.hstack([kernel, plain]), np.hstack([found, found])


same_estimator = Question(
    id="3.map",
    title="From kernel ridge to ridge",
    points=4,
    prompt=r"Show that $X^\top (X X^\top + \lambda I)^{-1} y$ equals $(X^\top X + \lambda I)^{-1} X^\top y$: a list of "
    r"expressions that starts with one, ends with the other, and has at least two in between, each equal to the one before.",
    source=Source("Homework 1", "3"),
    answer=Derivation(
        start="X^T*(X*X^T + lambda*I)^-1*y",
        end="(X^T*X + lambda*I)^-1*X^T*y",
        fewest=2,
    ),
    symbols=estimator,
    practice=MeasuredProperty(by=least_of_ridge, answers=ends),
    after=("3.cov_wy", "3.cov_yy"),
    rows=(45,),
)

argument = Question(
    id="3.argument",
    title="The argument by conditioning",
    points=1,
    prompt=model
    + r"Put the five facts in an order in which each follows from those before it (or from the model), so that "
    r"together they show that the kernel form is the MAP estimate of $W$ given $Y = y$.",
    source=Source("Homework 1", "3"),
    answer=Ordering(
        options=(
            Option(
                "a",
                "The conditional mean of W given Y = y is Sigma_WY Sigma_YY^-1 y.",
                "needs zero-mean joint normality",
            ),
            Option(
                "b",
                "A normal density is largest at its mean, so the MAP estimate is the conditional mean.",
                "needs normality given y",
            ),
            Option("c", "W and Y are jointly normal with mean 0.", "both are linear in the same independent normals"),
            Option(
                "d",
                "Putting both covariances into the conditional mean gives the kernel form.",
                "needs the formula for the mean",
            ),
            Option("e", "Given Y = y, the weights W are normal again.", "needs joint normality"),
        ),
        key=(("c", "a"), ("c", "e"), ("e", "b"), ("a", "d")),  # (earlier, later); everything else is free
    ),
    practice=conditioning.oracle,
    rows=(46,),
)

# The statement's model: w has independent N(0, 1) entries, y - X w independent N(0, lambda) entries. Per entry z of variance
# v the negative logarithm of the density is q(v) z^2 plus a constant; sums of z^2 are squared norms.
table = declare("X: n*d, y: n, w: d, lambda > 0")
X, y, w, lam = (sympy_symbol(table, name) for name in ("X", "y", "w", "lambda"))
z, v = Symbol("z", real=True), Symbol("v", positive=True)
density = exp(-(z**2) / (2 * v)) / sqrt(2 * pi * v)
quadratic = cancel(-diff(log(density), z, 2) / 2)
misfit, size = (X * w - y).T * (X * w - y), w.T * w
posterior = quadratic.subs(v, lam) * misfit + quadratic.subs(v, 1) * size


def minus_log_posterior(w: np.ndarray, X: np.ndarray, y: np.ndarray, lambda_: float) -> float:
    """Minus the logarithm of the densities' product, entry by entry."""
    densities = [np.exp(-(e**2) / 2) / np.sqrt(2 * np.pi) for e in w.ravel()]
    densities += [np.exp(-(e**2) / (2 * lambda_)) / np.sqrt(2 * np.pi * lambda_) for e in (y - X @ w).ravel()]
    return -float(sum(np.log(density) for density in densities))


objective = Question(
    id="3.objective",
    title="The negative log posterior",
    points=2,
    prompt=model
    + r"Write the negative log posterior of $w$ given $Y = y$ as a function of $w$, up to an additive constant and "
    r"a positive factor.",
    source=Source("Homework 1", "3"),
    answer=Objective(posterior, of="w", scale="positive", shift="constant"),
    symbols=table,
    practice=MeasuredObjective(by=minus_log_posterior, of="w", sizes={"n": 4, "d": 3}),
    rows=(47,),
    wrong=(
        Wrong(
            "lambda-inverted",
            lam * misfit + size,
            "When the noise is large, should the data count more or less?",
            credit=Half,
        ),
        Wrong(
            "variance-squared",
            misfit / lam**2 + size,
            "In the exponent of a normal density, what stands below the square: the variance, or its square?",
            credit=Half,
        ),
        Wrong(
            "deviation-for-variance",
            misfit / sqrt(lam) + size,
            "In the exponent of a normal density, what stands below the square: the variance, or its root?",
            credit=Half,
        ),
        Wrong(
            "lambda-lost",
            misfit + size,
            "What is the variance of the noise?",
            credit=Half,
        ),
        Wrong(
            "prior-forgotten",
            misfit,
            "This is the likelihood's part. Where is the prior?",
        ),
        Wrong(
            "sign",
            -posterior,
            "This is largest where it should be smallest.",
            credit=Half,
        ),
    ),
)

questions = (same_estimator, argument, objective)
