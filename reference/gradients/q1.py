"""Part 1: partial derivatives of three functions, as one vector each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sympy import Expr, ImmutableMatrix, Symbol, diff

from autograder import Entries, Half, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue, slope

numbered = declare("x_1 (x), x_2 (y), x_3 (z)")
named = declare("x, y, z")
x_1, x_2, x_3 = (sympy_symbol(numbered, name) for name in ("x_1", "x_2", "x_3"))
x, y, z = (sympy_symbol(named, name) for name in ("x", "y", "z"))


def gradient(function: Expr, variables: tuple[Symbol, ...]) -> ImmutableMatrix:
    """All partial derivatives, as a column."""
    return ImmutableMatrix([diff(function, variable) for variable in variables])


def column(*entries: Expr | int) -> ImmutableMatrix:
    """Entries on top of each other."""
    return ImmutableMatrix(entries)


def slopes(function: Callable[..., float], *at: float) -> np.ndarray:
    """The partial derivatives by differences, as a column."""
    return slope(lambda point: function(*point), np.array(at))[:, None]


# The statement: three functions. The keys are derived from these lines alone.
f = x_1**3 + 2 * x_2 + 5 * x_3**4
g = x**3 + 2 * y + 5 * z**4
h = x**3 * y**2 + 2 * x * y + 5 * y * z**4

layout = "As a list in the order of the variables; it may lie (the derivative) or stand (the gradient)."

questions = (
    Question(
        id="1.f",
        title="Derivative of a function of a vector",
        points=2,
        prompt=r"Give all partial derivatives of $f(\mathbf{x}) = x_1^3 + 2x_2 + 5x_3^4$. " + layout,
        source=Source("Gradient descent slides", "p. 6"),
        answer=Entries(gradient(f, (x_1, x_2, x_3)), by=("x_1", "x_2", "x_3")),
        symbols=numbered,
        practice=MeasuredValue(by=lambda x_1, x_2, x_3: slopes(lambda a, b, c: a**3 + 2 * b + 5 * c**4, x_1, x_2, x_3)),
        rows=(107, 110),
        wrong=(
            Wrong(
                "power-not-multiplied",
                column(3 * x_1**2, 2, 5 * x_3**3),
                "In the last entry: when a power is differentiated, its exponent comes down as a factor.",
                credit=Half,
            ),
            Wrong(
                "linear-kept",
                column(3 * x_1**2, 2 * x_2, 20 * x_3**3),
                "In the second entry: how much does 2 x_2 grow when x_2 grows by 1?",
                credit=Half,
            ),
            Wrong(
                "linear-dropped",
                column(3 * x_1**2, 0, 20 * x_3**3),
                "In the second entry: a linear term is no constant.",
                credit=Half,
            ),
            Wrong(
                "sum-of-entries",
                3 * x_1**2 + 2 + 20 * x_3**3,
                "There is one number for each variable. Keep them apart instead of adding them.",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="1.g",
        title="The same function with named variables",
        points=2,
        prompt=r"Give all partial derivatives of $f(x, y, z) = x^3 + 2y + 5z^4$. " + layout,
        source=Source("Gradient descent slides", "p. 6"),
        answer=Entries(gradient(g, (x, y, z)), by=("x", "y", "z")),
        symbols=named,
        practice=MeasuredValue(by=lambda x, y, z: slopes(lambda a, b, c: a**3 + 2 * b + 5 * c**4, x, y, z)),
        rows=(108,),
        wrong=(
            Wrong(
                "power-not-multiplied",
                column(3 * x**2, 2, 5 * z**3),
                "In the last entry: when a power is differentiated, its exponent comes down as a factor.",
                credit=Half,
            ),
            Wrong(
                "linear-kept",
                column(3 * x**2, 2 * y, 20 * z**3),
                "In the second entry: how much does 2 y grow when y grows by 1?",
                credit=Half,
            ),
            Wrong(
                "linear-dropped",
                column(3 * x**2, 0, 20 * z**3),
                "In the second entry: a linear term is no constant.",
                credit=Half,
            ),
            Wrong(
                "sum-of-entries",
                3 * x**2 + 2 + 20 * z**3,
                "There is one number for each variable. Keep them apart instead of adding them.",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="1.h",
        title="A function with products of variables",
        points=3,
        prompt=r"Give all partial derivatives of $f(x, y, z) = x^3y^2 + 2xy + 5yz^4$. " + layout,
        source=Source("Gradient descent slides", "p. 6"),
        answer=Entries(gradient(h, (x, y, z)), by=("x", "y", "z")),
        symbols=named,
        practice=MeasuredValue(
            by=lambda x, y, z: slopes(lambda a, b, c: a**3 * b**2 + 2 * a * b + 5 * b * c**4, x, y, z)
        ),
        rows=(109,),
        wrong=(
            Wrong(
                "term-missed-in-y",
                column(*gradient(h, (x, y, z))[:1], 2 * x**3 * y + 2 * x, 20 * y * z**3),
                "In the second entry: y occurs in three terms.",
                credit=Half,
            ),
            Wrong(
                "term-missed-in-x",
                column(3 * x**2 * y**2, *gradient(h, (x, y, z))[1:]),
                "In the first entry: x occurs in two terms.",
                credit=Half,
            ),
            Wrong(
                "factor-lost",
                column(*gradient(h, (x, y, z))[:2], 20 * z**3),
                "In the last entry: y is a constant factor there, and stays.",
                credit=Half,
            ),
            Wrong(
                "powers-alone",
                column(3 * x**2 * y**2, 2 * x**3 * y, 20 * y * z**3),
                "The mixed term 2 x y has a part in two of the entries, and the last term in two as well.",
            ),
            Wrong(
                "both-differentiated",
                column(6 * x**2 * y + 2, 6 * x**2 * y + 2 + 20 * z**3, 20 * z**3),
                "Only one variable moves at a time; the others are constants.",
            ),
        ),
    ),
)
