"""Derivations that the matrix questions share: gradient and normal equations of a quadratic objective of any shape."""

from __future__ import annotations

from sympy import MatrixExpr, MatrixSymbol, ZeroMatrix, diff


def gradient(objective: MatrixExpr, of: MatrixSymbol) -> MatrixExpr:
    """The gradient as a column, by SymPy's calculus for matrices of symbolic shape."""
    return diff(objective, of)


def normal_equations(slope: MatrixExpr, of: MatrixSymbol) -> tuple[MatrixExpr, MatrixExpr]:
    """The matrix and the right-hand side of `gram * x = right`, which says that the gradient `slope` is 0.

    The gradient of a quadratic is affine: its derivative is the matrix, its value at 0 the right-hand side, both doubled.
    """
    gram = (diff(slope.expand(), of) / 2).doit()
    right = (-slope.subs(of, ZeroMatrix(*of.shape)).doit() / 2).doit()
    return gram, right
