"""Rows of a data matrix: `X[i]` lies, the point `x_i` stands; both are decided like any other matrix."""

from __future__ import annotations

import pytest

from autograder.equality.decide import decide
from autograder.errors import Unreadable
from autograder.formula.declare import declare
from autograder.formula.echo import to_latex, to_unicode
from autograder.formula.read import read
from autograder.formula.shapes import elaborate

TABLE = declare("X: n*d, y: n, w: d, lambda > 0")


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        (r"\sum_{i=1}^n (y_i - x_i^\top w)^2", "Σ_{i=1}^{n} (y[i] − X[i]·w)²"),
        (r"\sum_i (y_i - \mathbf{x}_i^T w)^2", "Σ_{i=1}^{n} (y[i] − X[i]·w)²"),
        ("sum((y[i] - X[i,:] w)^2, (i, 1, n))", "Σ_{i=1}^{n} (y[i] − X[i]·w)²"),
        ("sum((y[i] - X[i] @ w)**2 for i in range(n))", "Σ_{i=1}^{n} (y[i] − X[i]·w)²"),
        (r"\sum_i (y_i - \langle x_i, w \rangle)^2", "Σ_{i=1}^{n} (y[i] − X[i]·w)²"),
        (r"\sum_i x_i x_i^T", "Σ_{i=1}^{n} X[i]ᵀ·X[i]"),
        (r"\sum_i x_i y_i", "Σ_{i=1}^{n} X[i]ᵀ·y[i]"),
        (r"\sum_i ((Xw)_i - y_i)^2", "Σ_{i=1}^{n} (X[i]·w − y[i])²"),
        (r"\sum_{i=1}^n \left(Xw - y\right)_i^2", "Σ_{i=1}^{n} (X[i]·w − y[i])²"),
        ("sum(((X@w)[i] - y[i])**2 for i in range(n))", "Σ_{i=1}^{n} (X[i]·w − y[i])²"),
        ("(X w/2 - lambda y)_1", "X[1]·w/2 − λ·y[1]"),
    ],
)
def test_rows_are_read_in_every_spelling(typed, echo):
    """The echo shows the row, and both echoes read back as the same tree."""
    tree = read(typed, TABLE).tree
    assert to_unicode(tree) == echo
    assert read(to_unicode(tree), TABLE).tree == tree
    assert read(to_latex(tree), TABLE).tree == tree


@pytest.mark.parametrize(
    ("expected", "given", "equal"),
    [
        ("||X w - y||^2", r"\sum_i (y_i - x_i^T w)^2", True),
        ("||X w - y||^2", "sum((X[i] w - y[i])^2, (i, 1, n))", True),
        ("X^T X", r"\sum_i x_i x_i^T", True),
        ("X^T y", r"\sum_i y_i x_i", True),
        ("(X^T X + lambda I)^-1 X^T y", r"(\sum_i x_i x_i^T + \lambda I)^{-1} \sum_i x_i y_i", True),
        ("X[1] X[2]^T", "X[2] X[1]^T", True),
        ("||X w - y||^2", r"\sum_i (y_i - x_i^T w)", False),
        ("X^T X", r"\sum_i x_1 x_i^T", False),
        ("X[1] w", "X[2] w", False),
        ("||X w - y||^2", r"\sum_i (Xw - y)_i^2", True),
        ("||X w - y||^2", r"\sum_{i=1}^n (Xw - y)_1^2", False),
        ("||X w - y||^2", r"\sum_i (Xw)_i^2 - y_i^2", False),
    ],
)
def test_rows_are_decided_like_the_matrix(expected, given, equal):
    """Sums over rows equal the matrix form exactly when they should."""
    key, shape = elaborate(read(expected, TABLE).tree, TABLE)
    tree, _ = elaborate(read(given, TABLE).tree, TABLE, expected=shape)
    decision = decide(key, tree, TABLE, seed=1)
    assert (decision.equal, decision.different) == (equal, not equal)


@pytest.mark.parametrize("typed", ["(X^T y)_i", "(y^T X)_1", "(X w)_0", "(lambda)_1", "(X)_i", "(X w > y)_i"])
def test_what_has_no_such_entry_is_refused(typed):
    """A column of the matrix, a row, entry 0 and an entry of a number are said to be wrong where they stand."""
    with pytest.raises(Unreadable, match="_ cannot stand here"):
        read(rf"\sum_{{i=1}}^n {typed}", TABLE)


def test_a_point_that_stands_where_it_should_lie_is_explained():
    """The message names the transpose that is missing."""
    tree = read(r"\sum_i (y_i - x_i w)^2", TABLE).tree
    with pytest.raises(Unreadable, match=r"`x_i w` multiplies d×1 by d×1\. Did you mean `x_i\^T\*w`\?"):
        elaborate(tree, TABLE, text=r"\sum_i (y_i - x_i w)^2")


@pytest.mark.parametrize("typed", ["X[0] w", "X[0,:] w"])
def test_rows_count_from_one(typed):
    """Row 0 is refused, as entry 0 is."""
    with pytest.raises(Unreadable, match="X has no row 0"):
        read(typed, TABLE)


def test_a_name_x_of_its_own_is_no_point():
    """Where the question declares x, `x_i` is an entry of it."""
    table = declare("X: n*d, x: d")
    assert to_unicode(read("x_1", table).tree) == "x[1]"
