"""Derivations that the matrix questions share: gradient and normal equations of a sum of squared norms, of any shape."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Identity, MatAdd, MatMul, MatrixExpr, MatrixSymbol, ZeroMatrix

Squares = Sequence[tuple[Expr | int, MatrixExpr]]
"""The objective: of each squared norm its weight and the residual, a column that is affine in the unknown."""


def gradient(objective: Squares, of: MatrixSymbol) -> MatrixExpr:
    """The gradient as a column: |r|^2 with r = J x + r0 has the gradient 2 J^T r.

    Raises:
        ValueError: a residual is not affine.
    """
    return MatAdd(*(2 * weight * _jacobian(residual, of).T * residual for weight, residual in objective)).doit()


def normal_equations(objective: Squares, of: MatrixSymbol) -> tuple[MatrixExpr, MatrixExpr]:
    """The matrix and the right-hand side of `gram * x = right`, which says that the gradient is 0.

    Raises:
        ValueError: a residual is not affine.
    """
    gram, right = [], []
    for weight, residual in objective:
        jacobian = _jacobian(residual, of)
        gram.append(weight * jacobian.T * jacobian)
        right.append(-weight * jacobian.T * residual.subs(of, ZeroMatrix(*of.shape)))
    return MatAdd(*gram).doit(), MatAdd(*right).doit()


def _jacobian(residual: MatrixExpr, of: MatrixSymbol) -> MatrixExpr:
    """The matrix J of a column J x + r0, by the rules for sums and for products of which only the last factor has x."""
    if residual == of:
        return Identity(of.rows)
    if isinstance(residual, MatAdd):
        return MatAdd(*(_jacobian(term, of) for term in residual.args)).doit()
    if isinstance(residual, MatMul):
        *before, last = residual.args
        if not any(factor.has(of) for factor in before):
            return MatMul(*before, _jacobian(last, of)).doit()
    if residual.has(of):
        raise ValueError(f"{residual} is not affine in {of}")
    return ZeroMatrix(residual.rows, of.rows)
