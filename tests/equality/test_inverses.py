"""What multiplying out alone can show, where inverses are matrices of which nothing is known."""

from __future__ import annotations

import pytest

from autograder.equality.inverses import only_multiplied_out
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.formula.shapes import elaborate

TABLE = declare("X: n*d, y: n, S: symmetric n*n, M: n*n, lambda > 0")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("X^T (S + lambda I)^-1 y", "2 X^T (2 S + 2 lambda I)^-1 y", True),
        ("X^T (S + lambda I)^-1 y", "X^T ((S + lambda I)^-1)^T (y + y)/2", True),
        ("M^-1 y", "(M^-1)^T y", False),
        ("M^-2 y", "M^-1 M^-1 y", True),
        ("(X^T M^-1 X)^-1 X^T y", "(X^T (3 M)^-1 X)^-1 X^T y/3", True),
        ("M^-1 M y", "y", False),
        ("X^T (X X^T + lambda I)^-1 y", "(X^T X + lambda I)^-1 X^T y", False),
        ("y/(y^T y)", "2 y (y^T (y + y))^-1", True),
    ],
)
def test_inverses_are_unknown_matrices(one, other, same):
    """Multiples and transposes of inverses are followed; that an inverse undoes its matrix is not known."""
    left, right = (elaborate(read(text, TABLE).tree, TABLE)[0] for text in (one, other))
    assert only_multiplied_out(left, right, TABLE, seed=1) is same
