"""Problem 2(c): a choice of weights and centre that gives back ridge regression."""

from __future__ import annotations

import numpy as np

from autograder import Half, Question, Reduces, Source, Wrong, declare
from autograder.oracles import MeasuredProperty, minimiser
from reference.hw1.q2a import objective

table = declare("lambda > 0, k != 0: real, Q: orthogonal m*m, R: orthogonal n*n, A: m*n, b: m")
triple = declare("W1: r*m, W2: s*n, c: n")

# The stated property itself, for every A and b. It holds exactly when W1^T W1 = v I, W2^T W2 = lambda v I with one v > 0
# and c = 0: put b = 0, then compare the terms that are linear in A. So a common scale, orthogonal factors and the negative
# root are right, and nothing else is.
gram, right = "A^T*W1^T*W1*A + W2^T*W2", "A^T*W1^T*W1*b + W2^T*W2*c"
tikhonov = f"({gram})^-1*({right})"


def ridge(penalty: str) -> str:
    """The ridge estimator with that penalty."""
    return f"(A^T*A + {penalty}*I)^-1*A^T*b"


def both_minimisers(
    W1: np.ndarray, W2: np.ndarray, c: np.ndarray, A: np.ndarray, b: np.ndarray, lambda_: float
) -> tuple[np.ndarray, np.ndarray]:
    """Where the general and the ridge objective have their minima, found without a formula for either."""
    start = np.zeros((A.shape[1], 1))
    return (
        minimiser(lambda x: objective(x, W1, A, b, W2, c), start),
        minimiser(lambda x: float(np.sum((A @ x - b) ** 2) + lambda_ * np.sum(x**2)), start),
    )


questions = (
    Question(
        id="2c",
        title="Weights that give ridge regression",
        points=3,
        prompt=r"Choose $W_1$, $W_2$ and $c$ so that the minimiser of 2a becomes $(A^\top A + \lambda I)^{-1} A^\top b$ for "
        r"every $A$ ($m \times n$) and $b$. Any choice that does so is right; $k \ne 0$ may stand for a number, $Q$ "
        r"($m \times m$) and $R$ ($n \times n$) for orthogonal matrices.",
        source=Source("Homework 1", "2(c)"),
        answer=Reduces(
            parts=triple,
            where=("2c",),
            judged="all",
            identities=((tikhonov, ridge("lambda")),),
            free_of=("A", "b"),
            key=("I_m", "sqrt(lambda)*I_n", "0"),
        ),
        symbols=table,
        practice=MeasuredProperty(by=both_minimisers, answers=triple, sizes={"m": 4, "n": 3}),
        after=("2a",),
        rows=(41,),
        wrong=(
            Wrong(
                "root-forgotten",
                ((tikhonov, ridge("lambda^2")),),
                "The norm squares what you put in: which matrix ends up beside A^T A?",
                credit=Half,
            ),
            Wrong(
                "no-lambda",
                ((tikhonov, ridge("1")),),
                "Where does lambda come in?",
                credit=Half,
            ),
            Wrong(
                "root-inverted",
                ((tikhonov, ridge("lambda^-1")),),
                "A larger lambda should pull x to 0 harder. Does it here?",
                credit=Half,
            ),
            Wrong(
                "scalar-weight",
                (("W2", "sqrt(lambda)"),),
                "W2 is a matrix that multiplies x - c: which matrix is meant by this number?",
                credit=Half,
            ),
            Wrong("centre-at-data", (("c", "b"),), "Where does ridge regression pull x to, when there is no data?"),
            Wrong("data-as-weight", (("W1", "A"),), "W1 weighs residuals; A is in the objective already."),
            Wrong(
                "sizes-swapped",
                (("W1", "I_n"), ("W2", "sqrt(lambda)*I_m")),
                "Which of the two multiplies a vector of residuals, and how many residuals are there?",
                credit=Half,
            ),
        ),
    ),
)
