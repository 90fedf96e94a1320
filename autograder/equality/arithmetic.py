"""What the evaluator asks of an arithmetic, and matrices over any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Protocol

from autograder.equality.signals import Misshapen, Undefined

MOST_BITS = 4096
"""Largest number, in bits, that exponents, bounds and exact values may reach."""


class Arithmetic(Protocol):
    """Numbers in which a formula is evaluated; scalars support `+`, `-` and `*` among themselves.

    `ordered` says whether signs exist (real numbers) or not (residues); where they do not, square roots come from the
    way a symbol was sampled.
    """

    ordered: bool

    def number(self, value: Fraction | int) -> Any:
        """The scalar of an exact rational.

        Raises:
            Undefined: the denominator vanishes in this arithmetic.
        """
        ...

    def constant(self, name: str) -> Any:
        """The scalar of `pi` or `e`."""
        ...

    def add(self, left: Any, right: Any) -> Any:
        """The sum of two scalars."""
        ...

    def divide(self, left: Any, right: Any) -> Any:
        """The quotient of two scalars.

        Raises:
            Undefined: the divisor is 0.
        """
        ...

    def power(self, base: Any, exponent: int) -> Any:
        """A scalar to an integer power; `x^0` is 1."""
        ...

    def real_power(self, base: Any, exponent: Any) -> Any:
        """A scalar to a power that is not known to be an integer, on the principal branch."""
        ...

    def call(self, function: str, argument: Any) -> Any:
        """A function of one scalar, by canonical name."""
        ...

    def call_two(self, function: str, left: Any, right: Any) -> Any:
        """`max` or `min` of two scalars."""
        ...

    def sign(self, value: Any) -> int:
        """-1, 0 or 1."""
        ...

    def matrix(self, rows: int, cols: int, entries: Sequence[Any]) -> Any:
        """The matrix of these scalars, row by row."""
        ...

    def is_matrix(self, value: Any) -> bool:
        """Whether a value is a matrix."""
        ...

    def entries(self, matrix: Any) -> list[list[Any]]:
        """The scalars of a matrix, row by row."""
        ...

    def inverse(self, matrix: Any) -> Any:
        """The inverse of a square matrix.

        Raises:
            Undefined: there is none.
        """
        ...

    def determinant(self, matrix: Any) -> Any:
        """The determinant of a square matrix."""
        ...


def shape_of(arithmetic: Arithmetic, value: Any) -> tuple[int, int]:
    """Rows and columns of a value; (1, 1) for scalars."""
    return (value.nrows(), value.ncols()) if arithmetic.is_matrix(value) else (1, 1)


def describe(arithmetic: Arithmetic, value: Any) -> str:
    """A value's shape in words."""
    rows, cols = shape_of(arithmetic, value)
    return "a number" if rows == 1 == cols else f"a {rows}×{cols} matrix"


class ListMatrix:
    """A matrix over scalars with Python operators: what stands in where python-flint is missing."""

    __slots__ = ("_rows",)

    def __init__(self, rows: list[list[Any]]) -> None:
        self._rows = rows

    def nrows(self) -> int:
        """Number of rows."""
        return len(self._rows)

    def ncols(self) -> int:
        """Number of columns."""
        return len(self._rows[0])

    def tolist(self) -> list[list[Any]]:
        """The scalars, row by row."""
        return self._rows

    def transpose(self) -> ListMatrix:
        """Rows become columns."""
        return ListMatrix([list(column) for column in zip(*self._rows, strict=True)])

    def __getitem__(self, place: tuple[int, int]) -> Any:
        return self._rows[place[0]][place[1]]

    def __add__(self, other: ListMatrix) -> ListMatrix:
        pairs = zip(self._rows, other.tolist(), strict=True)
        return ListMatrix([[a + b for a, b in zip(left, right, strict=True)] for left, right in pairs])

    def __sub__(self, other: ListMatrix) -> ListMatrix:
        return self + -other

    def __neg__(self) -> ListMatrix:
        return ListMatrix([[-a for a in row] for row in self._rows])

    def __mul__(self, other: Any) -> ListMatrix:
        if not isinstance(other, ListMatrix):
            return ListMatrix([[a * other for a in row] for row in self._rows])
        columns = [list(column) for column in zip(*other.tolist(), strict=True)]
        return ListMatrix([[_dot(row, column) for column in columns] for row in self._rows])


def _dot(row: list[Any], column: list[Any]) -> Any:
    total = row[0] * column[0]
    for a, b in zip(row[1:], column[1:], strict=True):
        total = total + a * b
    return total


Pivot = Callable[[list[Any]], int | None]
"""Picks, from a column, the place of an entry that is certainly not 0; None where all are certainly 0."""


def eliminate(matrix: ListMatrix, pivot: Pivot, reciprocal: Callable[[Any], Any]) -> tuple[ListMatrix | None, Any]:
    """Inverse and determinant of a square matrix by Gauss and Jordan; (None, 0 as the last pivot found) if singular.

    Raises:
        Misshapen: the matrix is not square.
    """
    size = matrix.nrows()
    if size != matrix.ncols():
        raise Misshapen(f"a {size}×{matrix.ncols()} matrix is not square")
    rows = [list(row) for row in matrix.tolist()]
    nought = rows[0][0] - rows[0][0]
    one = None
    right: list[list[Any]] = [[nought] * size for _ in range(size)]
    determinant: Any = None
    for column in range(size):
        found = pivot([rows[place][column] for place in range(column, size)])
        if found is None:
            return None, nought
        place = column + found
        inverse = reciprocal(rows[place][column])
        if one is None:
            one = rows[place][column] * inverse
            for diagonal in range(size):
                right[diagonal][diagonal] = one
        determinant = rows[place][column] if determinant is None else determinant * rows[place][column]
        if place != column:
            rows[place], rows[column] = rows[column], rows[place]
            right[place], right[column] = right[column], right[place]
            determinant = -determinant
        rows[column] = [entry * inverse for entry in rows[column]]
        right[column] = [entry * inverse for entry in right[column]]
        for other in range(size):
            if other != column:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column], strict=True)]
                right[other] = [a - factor * b for a, b in zip(right[other], right[column], strict=True)]
    return ListMatrix(right), determinant


def first_nonzero(column: list[Any]) -> int | None:
    """The pivot of an exact arithmetic."""
    return next((place for place, entry in enumerate(column) if entry != 0), None)


def singular() -> Undefined:
    """The signal that an inverse does not exist."""
    return Undefined("a matrix in it has no inverse")
