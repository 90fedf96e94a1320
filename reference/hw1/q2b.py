"""Problem 2(b): the same problem as ordinary least squares with stacked blocks."""

from __future__ import annotations

import numpy as np
from sympy import BlockMatrix, block_collapse

from autograder import Carried, Expression, Half, Question, Reduces, Several, Source, Wrong, declare
from autograder.oracles import MeasuredProperty, MeasuredValue, slope
from reference.hw1.q2a import W1, W2, A, b, c, data_gram, objective, prior_gram

table = declare("W1: k*m, A: m*n, b: m, W2: p*n, c: n, Q: orthogonal k*k, R: orthogonal p*p")
pair = declare("C: r*n, d: r")
stacked = ("[W1*A; W2]", "[W1*b; W2*c]")
sizes = {"k": 4, "m": 5, "n": 3, "p": 2}

# |C x - d|^2 = x^T C^T C x - 2 (C^T d)^T x + d^T d is the stated objective for every x exactly when these three agree.
gram = "A^T*W1^T*W1*A + W2^T*W2"
right = "A^T*W1^T*W1*b + W2^T*W2*c"
value_at_zero = "b^T*W1^T*W1*b + c^T*W2^T*W2*c"


def at_a_few_points(
    C: np.ndarray, d: np.ndarray, W1: np.ndarray, A: np.ndarray, b: np.ndarray, W2: np.ndarray, c: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Both objectives at points enough to tell two quadratics apart."""
    n = len(c)
    points = [
        np.zeros((n, 1)),
        *(e[:, None] + f[:, None] for e in np.eye(n) for f in np.eye(n)),
        *np.eye(n)[:, :, None],
    ]
    return (
        np.array([np.sum((C @ x - d) ** 2) for x in points]),
        np.array([objective(x, W1, A, b, W2, c) for x in points]),
    )


matrix_and_vector = (
    Question(
        id="2b.C",
        title="The stacked matrix",
        points=Half * 3,
        prompt=r"Find $C$ and $d$ with $\|Cx - d\|^2 = \|W_1(Ax - b)\|^2 + \|W_2(x - c)\|^2$ for every $x$. Give $C$. "
        r"Any such pair is right; $Q$ ($k \times k$) and $R$ ($p \times p$) may stand for orthogonal matrices.",
        source=Source("Homework 1", "2(b)"),
        answer=Reduces(parts=pair, where=("2b.C", "2b.d"), judged="C", identities=(("C^T*C", gram),), key=stacked),
        symbols=table,
        practice=MeasuredProperty(by=at_a_few_points, answers=pair, sizes=sizes),
        rows=(39,),
        wrong=(
            Wrong(
                "data-weights-dropped",
                (("C^T*C", "A^T*A + W2^T*W2"),),
                "Write W1(Ax - b) as a matrix times x minus a vector: what is that matrix?",
                credit=Half,
            ),
            Wrong(
                "weights-squared",
                (("C^T*C", "A^T*W1^T*W1*W1^T*W1*A + W2^T*W2*W2^T*W2"),),
                "The squared length brings the second copy of each weight by itself.",
                credit=Half,
            ),
            Wrong(
                "prior-weights-dropped",
                (("C^T*C", "A^T*W1^T*W1*A + I"),),
                "Write W2(x - c) as a matrix times x minus a vector: what is that matrix?",
                credit=Half,
            ),
            Wrong(
                "one-block",
                (("C^T*C", "A^T*W1^T*W1*A"),),
                "Only the first norm is in your matrix.",
            ),
            Wrong(
                "scaled",
                (("C^T*C/trace(C^T*C)", f"({gram})/trace({gram})"),),  # of C = 0 this is no value
                "The minimiser stays, but the objective is a multiple of the one that is asked for.",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="2b.d",
        title="The stacked vector",
        points=Half * 3,
        prompt=r"Give the vector $d$ that belongs to your matrix $C$ of 2b.C.",
        source=Source("Homework 1", "2(b)"),
        answer=Reduces(
            parts=pair,
            where=("2b.C", "2b.d"),
            judged="d",
            identities=(("C^T*d", right), ("d^T*d", value_at_zero)),
            key=stacked,
            # A wrong C costs once: d then counts where it belongs to one of the usual matrices.
            alone=("[W1*b; W2*c]", "[W2*c; W1*b]"),
            earlier=(("C^T*C", gram),),
        ),
        symbols=table,
        practice=MeasuredProperty(by=at_a_few_points, answers=pair, sizes=sizes),
        after=("2b.C",),
        rows=(39,),
        wrong=(
            Wrong(
                "unweighted",
                (("d", "[b; c]"),),
                "Multiply out W1(Ax - b): is b left as it is?",
                credit=Half,
            ),
            Wrong(
                "centre-forgotten",
                (("d^T*d", "b^T*W1^T*W1*b"),),
                "At x = 0 the second norm is not 0.",
                credit=Half,
            ),
            Wrong(
                "same-minimiser",
                (("(C^T*C)^-1*C^T*d", f"({gram})^-1*({right})"),),
                "The minimiser is right. Compare the values of both objectives at x = 0.",
                credit=Half,
            ),
            Wrong(
                "blocks-not-matched",
                (("d^T*d", value_at_zero),),
                "Each block of d belongs beside the block of C that it is compared with: check their order and signs.",
                credit=Half,
            ),
        ),
    ),
)

C = BlockMatrix([[W1 * A], [W2]])
d = BlockMatrix([[W1 * b], [W2 * c]])
gram_of_stacked = block_collapse(C.T * C)
right_of_stacked = block_collapse(C.T * d)


def measured_normal_equations(
    W1: np.ndarray, A: np.ndarray, b: np.ndarray, W2: np.ndarray, c: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Half the second and minus half the first derivative of the objective at 0, by differences."""
    zero = np.zeros_like(c)

    def gradient(x: np.ndarray) -> np.ndarray:
        return slope(lambda at: objective(at, W1, A, b, W2, c), x, width=1.0)

    columns = [(gradient(e[:, None]) - gradient(zero)) / 2 for e in np.eye(len(c))]
    return np.hstack(columns), -gradient(zero) / 2


normal_equations = Question(
    id="2b.normal",
    title="The normal equations of the stacked problem",
    points=2,
    prompt=r"Multiply out $C^\top C$ and $C^\top d$ in terms of $W_1, A, b, W_2, c$. Give both as a list.",
    source=Source("Homework 1", "2(b)"),
    answer=Several(
        names=("C^T*C", "C^T*d"),
        answers=(
            Expression(gram_of_stacked, targets=("C^T*C",)),
            Expression(right_of_stacked, targets=("C^T*d",)),
        ),
    ),
    symbols=table.only("W1", "A", "b", "W2", "c"),
    practice=MeasuredValue(by=measured_normal_equations),
    after=("2b.C", "2b.d"),
    carried=Carried(key=("q2b_C^T*q2b_C", "q2b_C^T*q2b_d")),
    rows=(40,),
    wrong=(
        Wrong(
            "outer-product",
            (BlockMatrix([[W1 * A * A.T * W1.T, W1 * A * W2.T], [W2 * A.T * W1.T, W2 * W2.T]]), None),
            "That is C times its transpose. Which order do the normal equations need?",
            credit=Half,
        ),
        Wrong(
            "data-weights-dropped",
            (A.T * A + prior_gram, A.T * b + prior_gram * c),
            "Let a row of W1 grow: your matrices do not notice.",
            credit=Half,
        ),
        Wrong(
            "centre-forgotten",
            (None, A.T * W1.T * W1 * b),
            "The second block of d has a product too.",
            credit=Half,
        ),
        Wrong(
            "prior-dropped",
            (data_gram, None),
            "The second block of C has a product too.",
            credit=Half,
        ),
    ),
)

questions = (*matrix_and_vector, normal_equations)
