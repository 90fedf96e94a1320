"""How large the degree of a formula is as a rational function: an arithmetic of degrees for the same evaluator.

A scalar stands for the larger degree of numerator and denominator, a matrix for that of its entries over one common
denominator. Both are upper bounds: sums and products add degrees, the inverse of an n×n matrix multiplies by n.
Schwartz and Zippel: a non-zero rational function of degree d vanishes at a random point modulo p with probability at
most d/p.
"""

# ruff: noqa: D102 - the protocol `Arithmetic` documents these methods

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from autograder.equality.evaluate import Point
from autograder.equality.exact import ExactArithmetic
from autograder.equality.frames import Frame
from autograder.equality.usage import Usage
from autograder.symbols import Structure


class Degree:
    """An upper bound of a scalar's degree."""

    __slots__ = ("bound",)

    def __init__(self, bound: int) -> None:
        self.bound = bound

    def __add__(self, other: Degree) -> Degree:
        return Degree(self.bound + other.bound)

    __sub__ = __mul__ = __truediv__ = __add__

    def __neg__(self) -> Degree:
        return self


class DegreeMatrix:
    """An upper bound of the degree of a matrix over a common denominator."""

    __slots__ = ("bound", "cols", "rows")

    def __init__(self, rows: int, cols: int, bound: int) -> None:
        self.rows = rows
        self.cols = cols
        self.bound = bound

    def nrows(self) -> int:
        return self.rows

    def ncols(self) -> int:
        return self.cols

    def transpose(self) -> DegreeMatrix:
        return DegreeMatrix(self.cols, self.rows, self.bound)

    def __getitem__(self, place: tuple[int, int]) -> Degree:
        return Degree(self.bound)

    def __neg__(self) -> DegreeMatrix:
        return self

    def __add__(self, other: DegreeMatrix) -> DegreeMatrix:
        return DegreeMatrix(self.rows, self.cols, self.bound + other.bound)

    def __mul__(self, other: DegreeMatrix | Degree) -> DegreeMatrix:
        cols = other.cols if isinstance(other, DegreeMatrix) else self.cols
        return DegreeMatrix(self.rows, cols, self.bound + other.bound)


class Degrees(ExactArithmetic):
    """The arithmetic of degrees."""

    def number(self, value: Fraction | int) -> Degree:  # noqa: ARG002 - the protocol's signature
        return Degree(0)

    def divide(self, left: Degree, right: Degree) -> Degree:
        return left + right

    def power(self, base: Degree, exponent: int) -> Degree:
        return Degree(base.bound * abs(exponent))

    def matrix(self, rows: int, cols: int, entries: Sequence[Degree]) -> DegreeMatrix:
        # distinct cells may have distinct denominators
        return DegreeMatrix(rows, cols, sum(entry.bound for entry in entries))

    def is_matrix(self, value: Any) -> bool:
        return isinstance(value, DegreeMatrix)

    def entries(self, matrix: DegreeMatrix) -> list[list[Degree]]:
        return [[Degree(matrix.bound)] * matrix.cols for _ in range(matrix.rows)]

    def inverse(self, matrix: DegreeMatrix) -> DegreeMatrix:
        return DegreeMatrix(matrix.rows, matrix.cols, matrix.bound * matrix.rows)

    def determinant(self, matrix: DegreeMatrix) -> Degree:
        return Degree(matrix.bound * matrix.rows)


def degree_point(usage: Usage, frame: Frame) -> Point:
    """Degrees of all symbols, by the way they are sampled."""
    point = Point(rationals=dict(frame))
    scale = 2 if usage.roots else 1
    for symbol in usage.scalars:
        point.scalars[symbol.name] = Degree(scale)
        point.roots[symbol.name] = Degree(1)
    for symbol in usage.arrays:
        rows, cols = (int(frame[size]) if isinstance(size, str) else size for size in symbol.shape)
        bound = {Structure.POSITIVE_DEFINITE: 4 * scale, Structure.ORTHOGONAL: 2 * max(rows, cols)}.get(
            symbol.structure, 1
        )
        single = rows == 1 == cols
        point.arrays[symbol.name] = Degree(bound) if single else DegreeMatrix(rows, cols, bound)
        if not single and usage.roots and symbol.structure is Structure.POSITIVE_DEFINITE:
            point.array_roots[symbol.name] = DegreeMatrix(rows, cols, 4)
    return point
