"""The evaluator: values, and the reason where there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from autograder.equality.balls import Balls
from autograder.equality.evaluate import Evaluator, Point
from autograder.equality.exact import as_fraction, rationals
from autograder.equality.signals import Misshapen, Signal, TooLarge, Undefined, Unsupported
from autograder.formula import tree as t
from autograder.formula.declare import declare
from tests.equality.typed import tree

TABLE = declare("a, b, n:int, N:int, y:data, u:n, A:n*n, X:n*d", indices=("i",))
Q = rationals()


def _matrix(rows: list[list[int]]) -> Any:
    return Q.matrix(len(rows), len(rows[0]), [Q.number(entry) for row in rows for entry in row])


POINT = Point(
    rationals={
        "a": Fraction(3, 2), "b": Fraction(-1, 2), "n": Fraction(2), "d": Fraction(3), "N": Fraction(3), "i": Fraction(2),
    },
    arrays={
        "y": _matrix([[5], [7], [11]]), "u": _matrix([[1], [-2]]), "A": _matrix([[0, 2], [1, 3]]),
        "X": _matrix([[1, 0, 2], [0, 1, -1]]),
    },
)  # fmt: skip


def exactly(node: t.Node | str) -> Any:
    value = Evaluator(Q, POINT).value(tree(node, TABLE) if isinstance(node, str) else node)
    if not Q.is_matrix(value):
        return as_fraction(value)
    return [[as_fraction(entry) for entry in row] for row in Q.entries(value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a + b", Fraction(1)),
        ("a - b*2", Fraction(5, 2)),
        ("a^-2", Fraction(4, 9)),
        ("sum(y)", Fraction(23)),
        ("sum(k*y_k, (k, 2, N))", Fraction(47)),
        ("sum(y_k, (k, 3, 2))", Fraction(0)),
        ("product(y_k, (k, 3, 2))", Fraction(1)),
        ("product(y_k, (k, 1, N))", Fraction(385)),
        ("sum(sum(j*k, (j, 1, k)), (k, 1, N))", Fraction(25)),
        ("y[N] - y[1]", Fraction(6)),
        ("X[2, 3]", Fraction(-1)),
        ("u^T u", Fraction(5)),
        ("norm(u)^2", Fraction(5)),
        ("u u^T", [[1, -2], [-2, 4]]),
        ("A^2", [[2, 6], [3, 11]]),
        ("A^-1", [[Fraction(-3, 2), 1], [Fraction(1, 2), 0]]),
        ("A^0", [[1, 0], [0, 1]]),
        ("trace(A)", Fraction(3)),
        ("det(A)", Fraction(-2)),
        ("trace(a)", Fraction(3, 2)),
        ("X X^T", [[5, -2], [-2, 2]]),
        ("[A, u; u^T, 1]", [[0, 2, 1], [1, 3, -2], [1, -2, 1]]),
        ("factorial(N)", Fraction(6)),
        ("floor(N/2)", Fraction(1)),
        ("max(N, n)", Fraction(3)),
        ("2^N", Fraction(8)),
        ("(-1)^N", Fraction(-1)),
        ("sqrt(9/4)", Fraction(3, 2)),
        ("Piecewise((a, N < 3), (b, True))", Fraction(-1, 2)),
    ],
)
def test_values_are_those_that_a_hand_computes(text: str, value: object) -> None:
    """Exact values at a small point."""
    assert exactly(text) == value


def _number(value: int) -> t.Number:
    return t.Number(Fraction(value))


A, U = t.Name("A"), t.Name("u")


@pytest.mark.parametrize(
    ("node", "signal", "words"),
    [
        ("1/(a + 3 b)", Undefined, "divides by 0"),
        ("(a + 3 b)^-1", Undefined, "divides by 0"),
        ("0^-1", Undefined, "divides by 0"),
        ("y[N + 1]", Undefined, r"y\[4\] does not exist"),
        ("y[n - 2]", Undefined, r"y\[0\] does not exist"),
        ("inv(A - A)", Undefined, "no inverse"),
        ("inv(X^T X)", Undefined, "no inverse"),
        ("sum(k, (k, 1, a))", Undefined, "not an integer"),
        ("sum(k, (k, 1, 10^9))", TooLarge, "too many terms"),
        ("2^(10^9)", TooLarge, "too large"),
        ("A^1000", TooLarge, "too large"),
        ("sum(k, (k, 1, oo))", Unsupported, "without end"),
        ("exp(a)", Unsupported, "not rational"),
        ("sqrt(a)", Unsupported, "not rational"),
        ("q + 1", Unsupported, "q has no value"),
        ("a^b", Unsupported, "not rational"),
        (t.Mul((A, t.Name("X"), A)), Misshapen, "a product of a 2×3 matrix and a 2×2 matrix"),
        (t.Add((A, U)), Misshapen, "a sum of a 2×2 matrix and a 2×1 matrix"),
        (t.Add((A, t.ONE)), Misshapen, "a sum of a 2×2 matrix and a number"),
        (t.Div(t.ONE, A), Misshapen, "a matrix stands where a number"),
        (t.Pow(t.Name("X"), _number(2)), Misshapen, "a power of a 2×3 matrix"),
        (t.Call("trace", (t.Name("X"),)), Misshapen, "the trace of a 2×3 matrix"),
        (t.Matrix(((A, t.ONE),)), Misshapen, "different heights"),
        (t.Matrix(((A,), (t.ONE,))), Misshapen, "different widths"),
        (t.Identity(None), Unsupported, "size that is not known"),
        (t.Identity(t.ZERO), Undefined, "size 0"),
        (t.Relation((A, U), ("<",)), Unsupported, "relation has no value"),
        (t.Constant("oo"), Undefined, "infinity"),
    ],
)
def test_what_has_no_value_says_why(node: t.Node | str, signal: type[Signal], words: str) -> None:
    """Every way to have no value has its own signal and words."""
    with pytest.raises(signal, match=words):
        Evaluator(Q, POINT).value(
            tree(node, declare("a, b, q, n:int, N:int, y:data, u:n, A:n*n, X:n*d")) if isinstance(node, str) else node
        )


def test_bound_indices_hide_outer_ones_and_give_them_back() -> None:
    """An index is bound inside its sum only, also where an error ends the sum."""
    evaluator = Evaluator(Q, POINT)
    inner = t.Sum(t.Name("i"), "i", t.ONE, _number(3))
    assert as_fraction(evaluator.value(t.Add((inner, t.Name("i"))))) == 8
    with pytest.raises(Undefined):
        evaluator.value(t.Sum(t.Div(t.ONE, t.Add((t.Name("i"), t.Neg(t.ONE)))), "i", t.ONE, _number(3)))
    assert as_fraction(evaluator.value(t.Name("i"))) == 2


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("a > b", True),
        ("b < a <= 3/2", True),
        ("b < a < 3/2", False),
        ("a > 0 and b > 0", False),
        ("a > 0 or b > 0", True),
        ("a != b", True),
        ("N = 3", True),
        ("-oo < a < oo", True),
        ("exp(a) > 4", True),
        ("exp(a) > 5", False),
    ],
)
def test_conditions_hold_or_not(text: str, truth: bool) -> None:  # noqa: FBT001
    """Conditions are decided by exact values where there are some, else by balls."""
    from autograder.formula.read import read

    balls = Balls(128)
    with balls.working():
        point = Point(rationals=POINT.rationals)
        assert Evaluator(balls, point).truth(read(text, TABLE).tree) is truth
