"""Problem 2(a): the gradient and the minimiser of the weighted and centred least squares problem of Tikhonov."""

from __future__ import annotations

import numpy as np
from sympy import Inverse

from autograder import Carried, Expression, Half, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue, minimiser, slope
from reference.hw1.quadratic import gradient, normal_equations

table = declare("W1: k*m, A: m*n, b: m, W2: p*n, c: n, x: n")
W1, A, b, W2, c, x = (sympy_symbol(table, name) for name in ("W1", "A", "b", "W2", "c", "x"))

# The statement: two squared norms, for matrices of any shape. The gradient is 0 where gram * x = right.
stated = ((1, W1 * (A * x - b)), (1, W2 * (x - c)))
downhill = gradient(stated, x)
gram, right = normal_equations(stated, x)
solution = Inverse(gram) * right
# The same by the matrix inversion lemma; it also needs W1^T W1 and W2^T W2 to be invertible.
spread = Inverse(W2.T * W2) * A.T
kernel_form = c + spread * Inverse(A * spread + Inverse(W1.T * W1)) * (b - A * c)


def objective(x: np.ndarray, W1: np.ndarray, A: np.ndarray, b: np.ndarray, W2: np.ndarray, c: np.ndarray) -> float:
    """The objective as the statement writes it."""
    return float(np.sum((W1 @ (A @ x - b)) ** 2) + np.sum((W2 @ (x - c)) ** 2))


data_gram, prior_gram = A.T * W1.T * W1 * A, W2.T * W2

questions = (
    Question(
        id="2a",
        title="The minimiser",
        points=5,
        prompt=r"Give the $x$ that minimises $\|W_1(Ax - b)\|^2 + \|W_2(x - c)\|^2$, when there is only one. "
        r"($W_1$ is $k \times m$, $A$ is $m \times n$, $W_2$ is $p \times n$.)",
        source=Source("Homework 1", "2(a)"),
        answer=Expression(
            solution,
            also=(("in kernel form, where W1^T W1 and W2^T W2 are invertible", kernel_form),),
            targets=("x", "x^*"),
        ),
        symbols=table.only("W1", "A", "b", "W2", "c"),
        practice=MeasuredValue(
            by=lambda W1, A, b, W2, c: minimiser(lambda x: objective(x, W1, A, b, W2, c), np.zeros_like(c)),
            sizes={"k": 4, "m": 5, "n": 3, "p": 2},
        ),
        after=("2a.gradient",),
        carried=Carried(either=((("q2a_gradient[x = given]", "0*given"),),)),
        rows=(37,),
        wrong=(
            Wrong(
                "centre-forgotten",
                Inverse(gram) * (A.T * W1.T * W1 * b),
                "Let b be 0 and W2 very large: where should the minimiser be drawn to?",
                credit=Half,
            ),
            Wrong(
                "centre-not-weighted",
                Inverse(gram) * (A.T * W1.T * W1 * b + c),
                "Expand the second norm again: what stands in front of c?",
                credit=Half,
            ),
            Wrong(
                "sign-of-centre",
                Inverse(gram) * (A.T * W1.T * W1 * b - W2.T * W2 * c),
                "Let A be 0: where does the minimum of the second norm lie?",
                credit=Half,
            ),
            Wrong(
                "sign-of-prior",
                Inverse(data_gram - prior_gram) * right,
                "Both norms are added. With which sign do their second derivatives meet?",
                credit=Half,
            ),
            Wrong(
                "data-weights-dropped",
                Inverse(A.T * A + prior_gram) * (A.T * b + prior_gram * c),
                "Let a row of W1 grow: your formula does not notice.",
                credit=Half,
            ),
            Wrong(
                "plain-ridge",
                Inverse(A.T * A + prior_gram) * A.T * b,
                "Two of the given quantities do not occur in your formula at all.",
            ),
            Wrong(
                "prior-dropped",
                Inverse(data_gram) * (A.T * W1.T * W1 * b),
                "Differentiate the second norm too.",
            ),
            Wrong(
                "inverse-of-a-sum",
                (Inverse(data_gram) + Inverse(prior_gram)) * right,
                "The inverse of a sum is not the sum of the inverses: try it with numbers.",
            ),
            Wrong(
                "not-solved",
                gram * right,
                "You have the right matrix and vector. How does one get x from gram * x = right?",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="2a.gradient",
        title="The gradient of the objective",
        points=2,
        prompt=r"Give the gradient in $x$ of the objective of 2a, the one that you set to zero. "
        r"(Column or row; a common factor 2 may be dropped.)",
        source=Source("Homework 1", "2(a)"),
        answer=Expression(
            downhill,
            also=(("without the common factor 2", downhill / 2),),
            row_or_column=True,
        ),
        symbols=table,
        practice=MeasuredValue(
            by=lambda x, W1, A, b, W2, c: slope(lambda at: objective(at, W1, A, b, W2, c), x), tolerance=1e-4
        ),
        rows=(38,),
        wrong=(
            Wrong(
                "negative",
                -downhill,
                "Does your vector point to where the objective grows, or to where it falls?",
                credit=Half,
            ),
            Wrong(
                "centre-forgotten",
                2 * A.T * W1.T * W1 * (A * x - b) + 2 * prior_gram * x,
                "At which x does the second norm alone have its minimum?",
                credit=Half,
            ),
            Wrong(
                "data-weights-dropped",
                2 * A.T * (A * x - b) + 2 * prior_gram * (x - c),
                "Let a row of W1 grow: your formula does not notice.",
                credit=Half,
            ),
            Wrong(
                "prior-weights-dropped",
                2 * A.T * W1.T * W1 * (A * x - b) + 2 * (x - c),
                "Let a row of W2 grow: your formula does not notice.",
                credit=Half,
            ),
            Wrong(
                "two-on-one-term",
                2 * A.T * W1.T * W1 * (A * x - b) + prior_gram * (x - c),
                "Both norms are squared, so both bring the same factor.",
                credit=Half,
            ),
            Wrong(
                "prior-dropped",
                2 * A.T * W1.T * W1 * (A * x - b),
                "Differentiate the second norm too.",
            ),
        ),
    ),
)
