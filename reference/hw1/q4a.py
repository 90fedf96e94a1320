"""Problem 4(a): noise on the inputs acts, on average, like a ridge penalty."""

from __future__ import annotations

import numpy as np
from sympy import Identity, Inverse, Symbol, expand

from autograder import Carried, Expression, Half, Objective, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue, PenaltyPath, gaussian_mean, minimiser
from reference.hw1 import quadratic
from reference.hw1.recurrence import gaussian_expectation

table = declare("X: m*n, y: m, w: n, sigma > 0, m, n")
X, y, w, sigma, m, n = (sympy_symbol(table, name) for name in ("X", "y", "w", "sigma", "m", "n"))

# One row, with fitted value f and noise N (independent zero-mean normals of variance sigma^2): the entry of noisy X times
# w is f + g, where g = N^T w is normal with variance sigma^2 |w|^2. Its expected square, by moments:
fitted, label, g, length = (Symbol(name, real=True) for name in ("f", "y_i", "g", "length"))
expected_row = gaussian_expectation((fitted + g - label) ** 2, g, sigma * length)
per_row = expand(expected_row - (fitted - label) ** 2).coeff(length, 2)  # what each of the m rows adds to |w|^2

misfit, size = (X * w - y).T * (X * w - y), w.T * w
expected = misfit + m * per_row * size
penalty = m * per_row / m  # the sum of the rows, divided by m as in the question
gram, right = quadratic.normal_equations(((1, X * w - y), (m * per_row, w)), w)


def noisy(w: np.ndarray, X: np.ndarray, y: np.ndarray, sigma: float) -> float:
    """The expected sum of squares with noise on every entry of X, averaged over all noise."""
    return float(gaussian_mean(lambda N: np.sum(((X + sigma * N) @ w - y) ** 2), *X.shape))


def penalty_by_curvature(sigma: float, m: int, n: int) -> float:
    """What the noise adds to the curvature of the mean squared error, for an X of zeros: twice lambda."""
    X, y = np.zeros((m, n)), np.ones((m, 1))
    start = np.zeros((n, 1))
    up = start.copy()
    up[0] = 1.0
    return (noisy(up, X, y, sigma) - 2 * noisy(start, X, y, sigma) + noisy(-up, X, y, sigma)) / (2 * m)


noise = (
    r"Row $i$ of the $m \times n$ matrix $\tilde X$ is $x_i + N_i$, where row $i$ of $X$ is $x_i$ and the entries of all $N_i$ "
    r"are independent with mean 0 and variance $\sigma^2$. "
)

questions = (
    Question(
        id="4a",
        title="The penalty that noise amounts to",
        points=3,
        prompt=noise
        + r"For which $\lambda$ does $\frac{1}{m}\|Xw - y\|^2 + \lambda \|w\|^2$ have the same minimiser as "
        r"$\mathbb{E}\,\|\tilde X w - y\|^2$?",
        source=Source("Homework 1", "4(a), equation (9)"),
        answer=Expression(penalty, targets=("lambda", "lam")),
        symbols=table.only("sigma", "m", "n"),
        practice=MeasuredValue(by=penalty_by_curvature),
        after=("4a.objective",),
        carried=Carried(
            either=(  # as the sum of all rows, or divided by their number
                (("q4a_objective", "||X*w - y||^2 + m*given*||w||^2"),),
                (("m*q4a_objective", "||X*w - y||^2 + m*given*||w||^2"),),
            )
        ),
        rows=(48,),
        wrong=(
            Wrong(
                "sum-not-mean",
                m * sigma**2,
                "This goes with the plain sum of squares. Look at what stands in front of the first norm.",
                credit=Half,
            ),
            Wrong(
                "features-counted",
                n * sigma**2,
                "Take a single row and expand: what is the expectation of (N^T w)^2?",
            ),
            Wrong(
                "deviation-for-variance",
                sigma,
                "The expectation of a squared noise entry is not its standard deviation.",
                credit=Half,
            ),
            Wrong(
                "divided-twice",
                sigma**2 / m,
                "Each of the m rows brings a penalty. Divide their sum by m once.",
                credit=Half,
            ),
            Wrong(
                "doubled",
                2 * sigma**2,
                "Compare the objectives, not their gradients: where does the 2 come from?",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="4a.objective",
        title="The expected objective",
        points=2,
        prompt=noise
        + r"Compute $\mathbb{E}\,\|\tilde X w - y\|^2$, or that divided by $m$, in terms of $X$, $y$, $w$, "
        r"$\sigma$ and $m$.",
        source=Source("Homework 1", "4(a), equations (8) and (9)"),
        answer=Objective(
            expected,
            of="w",
            scale="named",
            shift="none",
            named=(("equation (8): the sum", 1), ("equation (9): divided by m", 1 / m)),
        ),
        symbols=table,
        practice=MeasuredValue(by=noisy, sizes={"m": 3, "n": 2}),
        rows=(49,),
        wrong=(
            Wrong(
                "one-row",
                misfit + sigma**2 * size,
                "How many rows does the first norm add up, and how many of them carry noise?",
                credit=Half,
            ),
            Wrong(
                "features-counted",
                misfit + n * sigma**2 * size,
                "Take a single row and expand: what is the expectation of (N^T w)^2?",
            ),
            Wrong(
                "m-on-one-term",
                misfit / m + m * sigma**2 * size,
                "Divide both terms by m, or none.",
                credit=Half,
            ),
            Wrong(
                "deviation-for-variance",
                misfit + m * sigma * size,
                "The expectation of a squared noise entry is not its standard deviation.",
                credit=Half,
            ),
            Wrong(
                "noise-averaged-away",
                misfit,
                "The noise has mean 0, but its square has not.",
            ),
        ),
    ),
    Question(
        id="4a.minimiser",
        title="The minimiser of the expected objective",
        points=2,
        prompt=noise + r"Give the $w$ that minimises $\mathbb{E}\,\|\tilde X w - y\|^2$.",
        source=Source("Homework 1", "4(a)"),
        answer=Expression(Inverse(gram) * right, targets=("w", "w^*")),
        symbols=table.only("X", "y", "sigma", "m", "n"),
        practice=MeasuredValue(
            by=lambda X, y, sigma: minimiser(lambda w: noisy(w, X, y, sigma), np.zeros((X.shape[1], 1))), tolerance=1e-6
        ),
        draws=PenaltyPath(
            variable="sigma",
            at={"X": [[1.0, 0.2], [0.4, 1.0], [0.8, -0.5]], "y": [1.0, 2.0, -0.5], "m": 3, "n": 2},
            without=lambda X, y: np.linalg.lstsq(X, y, rcond=None)[0],
        ),
        after=("4a.objective",),
        carried=Carried(either=((("q4a_objective[w = given + w]", "q4a_objective[w = given - w]"),),)),
        rows=(50,),
        wrong=(
            Wrong(
                "one-row",
                Inverse(X.T * X + sigma**2 * Identity(n)) * X.T * y,
                "X^T X adds up m rows. How many rows carry noise?",
                credit=Half,
            ),
            Wrong(
                "features-counted",
                Inverse(X.T * X + n * sigma**2 * Identity(n)) * X.T * y,
                "Does the penalty grow with the number of features, or with the number of points?",
                credit=Half,
            ),
            Wrong(
                "deviation-for-variance",
                Inverse(X.T * X + m * sigma * Identity(n)) * X.T * y,
                "The expectation of a squared noise entry is not its standard deviation.",
                credit=Half,
            ),
            Wrong(
                "noise-averaged-away",
                Inverse(X.T * X) * X.T * y,
                "The noise has mean 0, but its square has not.",
            ),
        ),
    ),
)
