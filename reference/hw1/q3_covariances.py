"""Problem 3: the two covariances of the Gaussian model behind ridge regression."""

from __future__ import annotations

import numpy as np
from sympy import BlockMatrix, Identity, ZeroMatrix, block_collapse, sqrt

from autograder import Expression, Half, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue, gaussian_mean

table = declare("X: n*d, lambda > 0")
X, lam = (sympy_symbol(table, name) for name in ("X", "lambda"))
n, d = X.shape

# W and Y are linear in the d + n independent standard normals Z = (W, N): W = [I 0] Z and Y = [X sqrt(lambda) I] Z. The
# covariance of B Z and D Z is B E[Z Z^T] D^T = B D^T.
of_w = BlockMatrix([[Identity(d), ZeroMatrix(d, n)]])
of_y = BlockMatrix([[X, sqrt(lam) * Identity(n)]])
sigma_wy = block_collapse(of_w * of_y.T)
sigma_yy = block_collapse(of_y * of_y.T).doit()


def observation(Z: np.ndarray, X: np.ndarray, lambda_: float) -> tuple[np.ndarray, np.ndarray]:
    """The weights and the noisy observations that a draw of d + n standard normals leads to."""
    weights, noise = Z[: X.shape[1]], Z[X.shape[1] :]
    return weights, X @ weights + np.sqrt(lambda_) * noise


def cross_covariance(X: np.ndarray, lambda_: float) -> np.ndarray:
    """E[W Y^T], averaged over all normals."""

    def product(Z: np.ndarray) -> np.ndarray:
        weights, observed = observation(Z, X, lambda_)
        return weights @ observed.T

    return gaussian_mean(product, sum(X.shape), 1)


def covariance(X: np.ndarray, lambda_: float) -> np.ndarray:
    """E[Y Y^T], averaged over all normals."""

    def product(Z: np.ndarray) -> np.ndarray:
        _, observed = observation(Z, X, lambda_)
        return observed @ observed.T

    return gaussian_mean(product, sum(X.shape), 1)


model = (
    r"Let $W \in \mathbb{R}^d$ and $N \in \mathbb{R}^n$ be independent standard normal vectors, $X$ a fixed $n \times d$ "
    r"matrix and $Y = XW + \sqrt{\lambda}\,N$. "
)

questions = (
    Question(
        id="3.cov_wy",
        title="Covariance of weights and observations",
        points=Half * 3,
        prompt=model + r"Give $\Sigma_{WY} = \mathbb{E}[W Y^\top]$.",
        source=Source("Homework 1", "3"),
        answer=Expression(sigma_wy, targets=("Sigma_WY", "Sigma_{WY}")),
        symbols=table,
        practice=MeasuredValue(by=cross_covariance),
        rows=(43,),
        wrong=(
            Wrong("transposed", X, "How many rows does W have, and how many columns has Y^T?", credit=Half),
            Wrong("gram", X.T * X, "How many columns has Y^T: as many as there are points, or features?"),
            Wrong(
                "times-lambda",
                lam * X.T,
                "Which of the two normals carries the lambda, and is W correlated with it?",
                credit=Half,
            ),
            Wrong("times-root", sqrt(lam) * X.T, "Which of the two normals carries the root of lambda?", credit=Half),
            Wrong("uncorrelated", ZeroMatrix(d, n), "Y is made from W. Write Y out and use linearity."),
        ),
    ),
    Question(
        id="3.cov_yy",
        title="Covariance of the observations",
        points=Half * 3,
        prompt=model + r"Give $\Sigma_{YY} = \mathbb{E}[Y Y^\top]$.",
        source=Source("Homework 1", "3"),
        answer=Expression(sigma_yy, targets=("Sigma_YY", "Sigma_{YY}")),
        symbols=table,
        practice=MeasuredValue(by=covariance),
        rows=(44,),
        wrong=(
            Wrong(
                "gram",
                X.T * X + lam * Identity(d),
                "Y has one entry a point: what is the shape of Y times Y^T?",
                credit=Half,
            ),
            Wrong(
                "unit-noise", X * X.T + Identity(n), "What is the variance of one entry of sqrt(lambda) N?", credit=Half
            ),
            Wrong(
                "lambda-squared",
                X * X.T + lam**2 * Identity(n),
                "What is the variance of one entry of sqrt(lambda) N?",
                credit=Half,
            ),
            Wrong(
                "root-kept",
                X * X.T + sqrt(lam) * Identity(n),
                "What is the variance of one entry of sqrt(lambda) N?",
                credit=Half,
            ),
            Wrong("noise-forgotten", X * X.T, "Y also contains the noise.", credit=Half),
        ),
    ),
)
