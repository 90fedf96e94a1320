"""Problem 2, code: the minimiser of Tikhonov's objective, and the same objective as one plain norm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from autograder import Function, Functions, Half, Question, Source, Wrong
from autograder.functions import Draw, Fault, Input, Matches, MeasuredFunctions, Property, Zero
from autograder.functions.draw import Arguments, Array, converted
from autograder.oracles import minimiser
from reference.hw1.q2a import objective

_WORST = 15.0  # condition of the stacked matrix: what its square does to single precision is still harmless


def stack(W1: Array, A: Array, b: Array, W2: Array, c: Array) -> tuple[Array, Array]:
    """The weighted rows of both norms on top of each other."""
    return np.vstack([W1 @ A, W2]), np.concatenate([W1 @ b, W2 @ c])


def solve(A: Array, b: Array, c: Array, W1: Array, W2: Array) -> Array:
    """The minimiser, from the stacked least-squares problem."""
    return np.linalg.lstsq(*stack(W1, A, b, W2, c), rcond=None)[0]


def condition(A: Array, b: Array, c: Array, W1: Array, W2: Array) -> float:
    """That of the normal equations."""
    return float(np.linalg.cond(stack(W1, A, b, W2, c)[0]) ** 2)


def sizes(m: int, n: int, k: int, p: int, *, zero_column: bool = False, nearly_equal: bool = False) -> Input:
    """Inputs of given sizes, drawn again until the minimiser is unique and well determined."""

    def make(draw: Draw) -> Arguments:
        while True:
            A, b, c, W1, W2 = (draw.normal(*shape) for shape in ((m, n), (m,), (n,), (k, m), (p, n)))
            if zero_column:
                A[:, 0] = 0.0
            if nearly_equal:  # what A leaves open, W2 decides
                A[:, 1] = A[:, 0] + 1e-2 * draw.normal(m)
            if condition(A, b, c, W1, W2) < _WORST**2:
                return A, b, c, W1, W2

    return Input(name="", group="edge", make=make)


def named(name: str, group: str, kind: Input, dtype: str = "") -> Input:
    """An input with its name and group, in another type of numbers if asked."""
    make = (lambda draw: converted(kind.make(draw), dtype)) if dtype else kind.make
    return Input(name=name, group=group, make=make, advisory=bool(dtype))


inputs = (
    named("m > n", "tall", sizes(m=4, n=2, k=3, p=3)),
    named("m < n", "wide", sizes(m=2, n=3, k=4, p=5)),
    named("square matrices", "edge", sizes(m=3, n=3, k=3, p=3)),
    named("one equation", "edge", sizes(m=1, n=2, k=2, p=3)),
    named("one unknown", "edge", sizes(m=3, n=1, k=2, p=2)),
    named("W2 with fewer rows than unknowns", "edge", sizes(m=4, n=2, k=5, p=1)),
    named("A with a zero column", "edge", sizes(m=3, n=2, k=4, p=3, zero_column=True)),
    named("A with nearly equal columns", "edge", sizes(m=4, n=2, k=4, p=3, nearly_equal=True)),
    named("float32", "edge", sizes(m=4, n=2, k=3, p=4), "float32"),
    named("integers", "edge", sizes(m=4, n=2, k=3, p=4), "int64"),
)


def reordered(kind: Input) -> Input:
    """The same input in the order of `tikhonov_stacked`."""

    def make(draw: Draw) -> Arguments:
        A, b, c, W1, W2 = kind.make(draw)
        return W1, A, b, W2, c

    return replace(kind, make=make)


def same_objective(C: Array, d: Array, W1: Array, A: Array, b: Array, W2: Array, c: Array) -> str:
    """Both functions agree at 0, at plus and minus every unit vector and at sums of two: then everywhere."""
    units = np.eye(len(c))
    points = [0 * units[0], *units, *-units, *(e + f for i, e in enumerate(units) for f in units[:i])]
    for x in points:
        wanted, given = objective(x, W1, A, b, W2, c), float(np.sum((C @ x - d) ** 2))
        if not abs(given - wanted) <= 1e-5 * wanted + 1e-9:
            return f"at x = {x.tolist()} your |Cx - d|^2 is {given:.6g}, the objective is {wanted:.6g}"
    return ""


tikhonov = Function(
    name="tikhonov",
    signature="A: m*n, b: m, c: n, W1: k*m, W2: p*n -> x: n",
    about="The x that minimises |W1 (A x - b)|^2 + |W2 (x - c)|^2.",
    inputs=inputs,
    checks=(
        Zero(
            terms=lambda x, A, b, c, W1, W2: (
                A.T @ (W1.T @ (W1 @ (A @ x))),
                -A.T @ (W1.T @ (W1 @ b)),
                W2.T @ (W2 @ x),
                -W2.T @ (W2 @ c),
            ),
            says="half the gradient of the objective at your x",
            condition=condition,
        ),
        Matches(reference=solve, condition=condition),
    ),
    reference=solve,
    columns=True,
)

stacked = Function(
    name="tikhonov_stacked",
    signature="W1: k*m, A: m*n, b: m, W2: p*n, c: n -> C: r*n, d: r",
    about="C and d with |C x - d|^2 = |W1 (A x - b)|^2 + |W2 (x - c)|^2 for every x.",
    inputs=tuple(reordered(kind) for kind in inputs),
    checks=(Property(by=same_objective),),
    reference=stack,
    columns=True,
)


def minimiser_found(A: Array, b: Array, c: Array, W1: Array, W2: Array) -> Array:
    """The minimiser by differences of the objective."""
    return minimiser(lambda x: objective(x, W1, A, b, W2, c), np.zeros(len(c)))


def solved(G: Array, g: Array) -> Array:
    """The solution of a square system that has just one.

    Raises:
        LinAlgError: the matrix is singular up to rounding, which NumPy's own solver may not notice.
    """
    if np.linalg.matrix_rank(G) < len(G):
        raise np.linalg.LinAlgError("singular")
    return np.linalg.solve(G, g)


def normal(A: Array, b: Array, c: Array, V: Array, P: Array) -> Array:
    """The minimiser for given weights of both squares, from the normal equations."""
    return solved(A.T @ V @ A + P, A.T @ V @ b + P @ c)


def eye(like: Array) -> Array:
    """The identity that multiplies as many entries as a vector has."""
    return np.eye(len(like))


questions = (
    Question(
        id="2.code",
        title="Tikhonov in code",
        points=4,
        prompt=r"Write `tikhonov(A, b, c, W1, W2)`, the minimiser of 2a, and `tikhonov_stacked(W1, A, b, W2, c)`, a pair "
        r"$(C, d)$ as in 2b. Vectors have shape (m,) and (n,); matrices of one column are taken as well, if they come out "
        r"as they went in.",
        source=Source("Homework 1", "2"),
        answer=Functions(functions=(tikhonov, stacked)),
        practice=MeasuredFunctions(by={"tikhonov": minimiser_found, "tikhonov_stacked": stack}),
        after=("2a", "2b.C", "2b.d"),
        rows=(37, 39),
        wrong=(
            Wrong(
                "data-weights-dropped",
                {
                    "tikhonov": lambda A, b, c, W1, W2: normal(A, b, c, eye(b), W2.T @ W2),
                    "tikhonov_stacked": lambda W1, A, b, W2, c: (np.vstack([A, W2]), np.concatenate([b, W2 @ c])),
                },
                "Let a row of W1 grow: your function does not notice.",
                credit=Half,
            ),
            Wrong(
                "prior-weights-dropped",
                {"tikhonov": lambda A, b, c, W1, W2: normal(A, b, c, W1.T @ W1, eye(c))},
                "Let a row of W2 grow: your function does not notice.",
                credit=Half,
            ),
            Wrong(
                "weight-not-squared",
                {"tikhonov": lambda A, b, c, W1, W2: normal(A, b, c, W1.T @ W1, W2)},
                "The norm contains W2 twice, and it need not be square.",
                credit=Half,
            ),
            Wrong(
                "weights-transposed",
                {"tikhonov": lambda A, b, c, W1, W2: normal(A, b, c, W1 @ W1.T, W2 @ W2.T)},
                "Expand the square of a norm: which of the two factors is transposed?",
                credit=Half,
            ),
            Wrong(
                "centre-forgotten",
                {
                    "tikhonov": lambda A, b, c, W1, W2: normal(A, b, 0 * c, W1.T @ W1, W2.T @ W2),
                    "tikhonov_stacked": lambda W1, A, b, W2, c: stack(W1, A, b, W2, 0 * c),
                },
                "Let b be 0 and W2 very large: where should the minimiser be drawn to?",
                credit=Half,
            ),
            Wrong(
                "centre-not-weighted",
                {
                    "tikhonov": lambda A, b, c, W1, W2: np.linalg.solve(
                        A.T @ W1.T @ W1 @ A + W2.T @ W2, A.T @ W1.T @ W1 @ b + c
                    ),
                    "tikhonov_stacked": lambda W1, A, b, W2, c: (np.vstack([W1 @ A, W2]), np.concatenate([W1 @ b, c])),
                },
                "Expand the second norm again: what stands in front of c?",
                credit=Half,
            ),
            Wrong(
                "plain-ridge",
                {"tikhonov": lambda A, b, c, W1, W2: normal(A, b, 0 * c, eye(b), W2.T @ W2)},
                "Two of the arguments do not matter to your function at all.",
            ),
            Wrong(
                "prior-dropped",
                {"tikhonov": lambda A, b, c, W1, W2: normal(A, b, c, W1.T @ W1, 0 * eye(c))},
                "Without the second norm there may be no unique minimiser. Where is it?",
            ),
            Wrong(
                "data-not-weighted",
                {"tikhonov_stacked": lambda W1, A, b, W2, c: (np.vstack([W1 @ A, W2]), np.concatenate([b, W2 @ c]))},
                "Compare what multiplies A in C with what multiplies b in d.",
                credit=Half,
            ),
            Wrong(
                "side-by-side",
                {
                    "tikhonov_stacked": lambda W1, A, b, W2, c: (
                        np.hstack([W1 @ A, W2]),
                        np.concatenate([W1 @ b, W2 @ c]),
                    )
                },
                "Two norms are added: should their rows stand on top of each other or side by side?",
                credit=Half,
            ),
            Wrong(
                "orders-differ",
                {
                    "tikhonov_stacked": lambda W1, A, b, W2, c: (
                        np.vstack([W1 @ A, W2]),
                        np.concatenate([W2 @ c, W1 @ b]),
                    )
                },
                "Every row of C has its entry of d: are they in the same order?",
                credit=Half,
            ),
            Wrong(
                "sign-of-centre",
                {
                    "tikhonov": lambda A, b, c, W1, W2: normal(A, b, -c, W1.T @ W1, W2.T @ W2),
                    "tikhonov_stacked": lambda W1, A, b, W2, c: stack(W1, A, b, W2, -c),
                },
                "Let A be 0: where does the minimum of the second norm lie?",
                credit=Half,
            ),
            Wrong(
                "in-place",
                {"tikhonov": Fault.CHANGED, "tikhonov_stacked": Fault.CHANGED},
                "Whoever calls your function still needs its arguments.",
                credit=Half,
            ),
        ),
    ),
)
