"""Between SymPy and trees: keys come in, proofs go out, and nothing changes on the way."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

from autograder.equality.decide import decide
from autograder.errors import AuthorError, Undecided
from autograder.formula import tree as t
from autograder.formula.declare import declare
from autograder.formula.from_sympy import from_sympy
from autograder.formula.read import read
from autograder.formula.shapes import elaborate
from autograder.formula.to_sympy import sympy_symbol, to_sympy
from autograder.symbols import SymbolTable

TABLE = declare(
    "a, b, x!=0, p>0, q>=0, r<0, s<=0, sigma_l > sigma_s > 0, k>=0:int, N:int, y:data, X:n*d, A:n*n, B:n*n, u:n, w:d",
    indices=("i",),
)
a, b, p, k = (sympy_symbol(TABLE, name) for name in "abpk")
y, X, A, B, u, w, N, n, d = (sympy_symbol(TABLE, name) for name in ("y", "X", "A", "B", "u", "w", "N", "n", "d"))
i, j = sp.symbols("i j", integer=True)


def elaborated(node: t.Node, table: SymbolTable = TABLE) -> t.Node:
    return elaborate(node, table)[0]


SCALARS = [
    (a + 2 * b, "a + 2*b"),
    (a - b / 3, "a - b/3"),
    (-a * b, "-a*b"),
    (a / b**2, "a/b^2"),
    (-2 * a / (3 * b), "-2*a/(3*b)"),
    (1 / (a + b), "1/(a+b)"),
    (sp.sqrt(p) * p ** sp.Rational(3, 2), "p^2"),
    (p ** sp.Rational(-1, 2), "1/sqrt(p)"),
    (sp.exp(a) * sp.E, "exp(a + 1)"),
    (sp.log(p) / sp.log(2), "ln(p)/ln(2)"),
    (sp.Abs(a) + sp.sign(a) + sp.Max(a, b, 0) - sp.Min(a, b), "abs(a) + sign(a) + max(a, b, 0) - min(a, b)"),
    (sp.floor(a) + sp.ceiling(b) + sp.factorial(k), "floor(a) + ceil(b) + factorial(k)"),
    (sp.sin(a) + sp.tanh(b) + sp.erf(a) + sp.atan(b), "sin(a) + tanh(b) + erf(a) + atan(b)"),
    (sp.Piecewise((a, a > 0), (b, a < -1), (0, True)), "Piecewise((a, a > 0), (b, a < -1), (0, True))"),
    (sp.Heaviside(a), "step(a)"),
    (sp.pi * a**k, "pi*a^k"),
    (sp.Float("0.1") + a, "1/10 + a"),
    (sp.Rational(-7, 2), "-7/2"),
    (sp.Sum((a - y[i]) ** 2, (i, 1, N)) / N, "mean((a - y_i)^2)"),
    (sp.Sum(i * y[i], (i, 1, N)), "sum(i*y_i, (i, 1, N))"),
    (sp.Sum(y[i] * y[j], (j, 1, i), (i, 1, N)), "sum(sum(y_i*y_j, (j, 1, i)), (i, 1, N))"),
    (sp.Product(y[i], (i, 1, N)), "product(y_i, (i, 1, N))"),
    (sp.diff(sp.Sum((a - y[i]) ** 2, (i, 1, N)), a), "2*sum(a - y_i)"),
    (sp.Function("relu")(a), "relu(a)"),
    (sp.Function("sigmoid")(a), "1/(1 + exp(-a))"),
    (sp.KroneckerDelta(k, 3), "1[k = 3]"),
    (sp.Trace(A * B), "trace(B*A)"),
    (sp.Determinant(A), "det(A)"),
    (u.T * A * u, "u^T A u"),
    (X[0, 1] + u[2, 0], "X[1,2] + u[3]"),
]


@pytest.mark.parametrize(("expression", "text"), SCALARS, ids=lambda value: str(value)[:50])
def test_scalar_keys_mean_what_they_meant(expression: Any, text: str) -> None:
    """The tree of a SymPy expression equals the same formula typed by hand."""
    ours, typed = elaborated(from_sympy(expression, TABLE)), elaborated(read(text, TABLE).tree)
    assert decide(typed, ours, TABLE, seed=1).equal


MATRICES = [
    (X.T * X + p * sp.Identity(d), "X^T X + p I"),
    ((X.T * X + p * sp.Identity(d)).I * X.T * u, "inv(X^T X + p I) X^T u"),
    (A * B - B * A, "A B - B A"),
    (-A * B, "-A B"),
    (A**3, "A A A"),
    (A**-1, "inv(A)"),
    ((A * B).T, "B^T A^T"),
    (2 * A / 3, "2/3 A"),
    (sp.ZeroMatrix(n, d) + X, "X"),
    (A * sp.OneMatrix(n, 1), "A*ones(n)"),
    (sp.BlockMatrix([[A, u], [u.T, sp.Identity(1)]]), "[A, u; u^T, 1]"),
    (sp.Matrix([[a, b], [1, a * b]]), "[[a, b], [1, a*b]]"),
    ((X * w - u).T * (X * w - u) + p * w.T * w, "norm(X w - u)^2 + p norm(w)^2"),
]


@pytest.mark.parametrize(("expression", "text"), MATRICES, ids=lambda value: str(value)[:50])
def test_matrix_keys_mean_what_they_meant(expression: Any, text: str) -> None:
    """Order, transposes, inverses and blocks arrive unchanged."""
    ours, shape = elaborate(from_sympy(expression, TABLE), TABLE)
    typed, _ = elaborate(read(text, TABLE).tree, TABLE, expected=shape)
    assert decide(typed, ours, TABLE, seed=1).equal


@pytest.mark.parametrize(
    ("expression", "tree"),
    [
        (a < b, t.Relation((t.Name("a"), t.Name("b")), ("<",))),
        (sp.Ne(a, 0), t.Relation((t.Name("a"), t.ZERO), ("!=",))),
        (sp.Interval.Lopen(0, a), t.Interval(t.ZERO, t.Name("a"), low_closed=False, high_closed=True)),
        (sp.Interval(0, sp.oo), t.Interval(t.ZERO, t.Constant("oo"), low_closed=True, high_closed=False)),
        ((a, 1), t.Sequence((t.Name("a"), t.ONE), "(", ")")),
        ([a], t.Sequence((t.Name("a"),), "(", ")")),
        ({a}, t.Sequence((t.Name("a"),), "{", "}")),
        (sp.FiniteSet(b), t.Sequence((t.Name("b"),), "{", "}")),
        (3, t.Number(Fraction(3))),
        (Fraction(1, 2), t.Number(Fraction(1, 2))),
        (sp.oo, t.Constant("oo")),
        (-sp.oo, t.Neg(t.Constant("oo"))),
        (sp.Not(sp.And(a > 0, b > 0), evaluate=False), None),
    ],
    ids=str,
)
def test_conditions_sets_and_lists(expression: Any, tree: t.Node | None) -> None:
    """What is no value arrives as the same kind of tree."""
    found = from_sympy(expression, TABLE)
    assert found == tree if tree is not None else isinstance(found, t.Not | t.Or)


def test_what_has_no_counterpart_is_the_authors_error() -> None:
    """The message names the part."""
    for expression in (sp.Integral(a, a), sp.besselj(0, a), sp.zeta(a)):
        with pytest.raises(AuthorError, match="has no counterpart"):
            from_sympy(expression, TABLE)


def test_symbols_carry_the_declared_assumptions() -> None:
    """Positive, nonnegative, negative, nonzero, integer, and positive by way of another symbol."""
    symbol = {name: sympy_symbol(TABLE, name) for name in ("a", "p", "q", "r", "s", "x", "k", "sigma_l", "N", "n")}
    assert symbol["a"].is_real
    assert symbol["a"].is_positive is None
    assert symbol["p"].is_positive
    assert symbol["q"].is_nonnegative
    assert symbol["q"].is_positive is None
    assert symbol["r"].is_negative
    assert symbol["s"].is_nonpositive
    assert symbol["x"].is_nonzero
    assert symbol["k"].is_integer
    assert symbol["sigma_l"].is_positive
    assert symbol["N"].is_integer
    assert symbol["N"].is_positive
    assert symbol["n"].is_positive
    assert X.shape == (n, d)
    assert u.shape == (n, 1)
    assert isinstance(y, sp.IndexedBase)
    with pytest.raises(AuthorError, match="not declared"):
        sympy_symbol(TABLE, "nobody")


ROUND = [
    "a + b - 2*a*b/3", "(a + b)^k", "sqrt(p)*ln(p)", "abs(a) + max(a, b, 1) + min(a, b)", "mean(y_i^2) - mean(y)^2",
    "sum(sum(y_i*y_j, (j, 1, i)), (i, 1, N))", "relu(a) + sigmoid(b) + normcdf(a) + step(b)",
    "Piecewise((a, a > b), (b, True))", "a*1[a > 0]", "sin(a)*cosh(b) + atan(a)", "norm(u)^2", "trace(A B) + det(A)",
    "u^T A u + a", "factorial(k) + floor(a)", "e^a*pi", "X[1,2] + u[2]", "product(y_i, (i, 1, N))",
]  # fmt: skip


@pytest.mark.parametrize("text", ROUND)
def test_there_and_back_changes_nothing(text: str) -> None:
    """A tree that goes to SymPy and comes back is an equal formula."""
    node = elaborated(read(text, TABLE).tree)
    assert decide(node, elaborated(from_sympy(to_sympy(node, TABLE), TABLE)), TABLE, seed=1).equal


@pytest.mark.parametrize(
    "text", ["X^T X + p*eye(d)", "inv(A B)", "A B A", "[A, u; u^T, 1]", "A*ones(n)", "X + zeros(n, d)"]
)
def test_matrices_go_there_and_back(text: str) -> None:
    """Matrix expressions too."""
    node = elaborated(read(text, TABLE).tree)
    assert decide(node, elaborated(from_sympy(to_sympy(node, TABLE), TABLE)), TABLE, seed=1).equal


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (t.Pow(t.Number(Fraction(9)), t.Number(Fraction(10**9))), "too large"),
        (t.Call("factorial", (t.Number(Fraction(10**7)),)), "too large"),
        (t.Call("norm1", (t.Name("u"),)), "number|norm1"),
        (t.Name("y"), "data"),
        (t.Identity(None), "size"),
        (t.Union(()), "union"),
    ],
)
def test_sympy_is_not_asked_for_what_it_cannot_do(node: t.Node, words: str) -> None:
    """Huge numbers are refused before SymPy computes them."""
    with pytest.raises(Undecided, match=words):
        to_sympy(node, TABLE)


def test_indices_of_sums_hide_symbols_of_the_same_name() -> None:
    """Inside a sum over `a`, `a` is the index."""
    node = t.Sum(t.Name("a"), "a", t.ONE, t.Number(Fraction(3)))
    assert to_sympy(t.Add((node, t.Name("a"))), TABLE).doit() == 6 + a
