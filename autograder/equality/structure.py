"""Random arrays with declared structure, in any arithmetic.

Every construction reaches a dense part of its kind, so that a rational identity that holds for the samples holds for
all: symmetric matrices by free entries on and above the diagonal; positive definite ones as multiples of
M'M + I (an open set);
orthogonal ones by Cayley's transform times a diagonal of signs, since Cayley alone never has determinant -1.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from autograder.equality.arithmetic import Arithmetic
from autograder.equality.powers import identity
from autograder.symbols import Structure, Symbol

Draw = Callable[[], Any]


def draw_array(
    arithmetic: Arithmetic, symbol: Symbol, shape: tuple[int, int], draw: Draw, rng: random.Random, *, squared: bool
) -> tuple[Any, Any]:
    """A random array of the symbol's structure, and its positive definite square root where `squared` asks for one.

    Raises:
        Undefined: an unlucky draw (Cayley's transform of a singular matrix); draw again.
    """
    rows, cols = shape
    if rows == 1 == cols:
        return draw(), None
    match symbol.structure:
        case Structure.SYMMETRIC:
            upper = {(row, col): draw() for row in range(rows) for col in range(row, rows)}
            entries = [upper[min(row, col), max(row, col)] for row in range(rows) for col in range(rows)]
            return arithmetic.matrix(rows, rows, entries), None
        case Structure.DIAGONAL:
            nought = arithmetic.number(0)
            entries = [draw() if row == col else nought for row in range(rows) for col in range(rows)]
            return arithmetic.matrix(rows, rows, entries), None
        case Structure.POSITIVE_DEFINITE:
            free = arithmetic.matrix(rows, rows, [draw() for _ in range(rows * rows)])
            scale = draw()
            # without the scale no eigenvalue below 1 would ever be seen
            definite = (free.transpose() * free + identity(arithmetic, rows)) * (scale * scale)
            return (definite * definite, definite) if squared else (definite, None)
        case Structure.ORTHOGONAL:
            return _orthogonal(arithmetic, rows, cols, draw, rng), None
    return arithmetic.matrix(rows, cols, [draw() for _ in range(rows * cols)]), None


def _orthogonal(arithmetic: Arithmetic, rows: int, cols: int, draw: Draw, rng: random.Random) -> Any:
    size = max(rows, cols)
    above = {(row, col): draw() for row in range(size) for col in range(row + 1, size)}
    nought = arithmetic.number(0)
    skew = [
        above[row, col] if row < col else (-above[col, row] if col < row else nought)
        for row in range(size)
        for col in range(size)
    ]
    one = identity(arithmetic, size)
    antisymmetric = arithmetic.matrix(size, size, skew)
    rotation = (one - antisymmetric) * arithmetic.inverse(one + antisymmetric)
    signs = [rng.choice((1, -1)) for _ in range(size)]
    table = arithmetic.entries(rotation)
    # orthonormal columns (thin) where the symbol is not square: the first columns or rows of a square one
    entries = [table[row][col] * arithmetic.number(signs[col]) for row in range(rows) for col in range(cols)]
    return arithmetic.matrix(rows, cols, entries)
