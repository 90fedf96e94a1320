"""Input that would hang or blow up a naive checker ends quickly and without a wrong verdict."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from autograder.compare import compare_lines
from autograder.equality.decide import decide
from autograder.equality.decision import Outcome
from autograder.formula import tree as t
from autograder.formula.declare import declare

TABLE = declare("x, y, z, w, n>=1:int, N:int, d:data")
X = t.Name("x")


def number(value: int) -> t.Number:
    return t.Number(Fraction(value))


def nested(function: str, depth: int) -> t.Node:
    node: t.Node = X
    for _ in range(depth):
        node = t.Call(function, (node,))
    return node


def tower(height: int) -> t.Node:
    node: t.Node = number(9)
    for _ in range(height - 1):
        node = t.Pow(number(9), node)
    return node


LONG_SUM = t.Sum(t.Name("i"), "i", t.ONE, number(10**9))
HANGS = {
    "9^9^9^9": tower(4),
    "9^9^9": tower(3),
    "x^(9^9^9)": t.Pow(X, tower(3)),
    "(9^9^9)^x": t.Pow(tower(3), X),
    "factorial(10^7)": t.Call("factorial", (number(10**7),)),
    "factorial(factorial(20))": t.Call("factorial", (t.Call("factorial", (number(20),)),)),
    "2^(2^100)": t.Pow(number(2), t.Pow(number(2), number(100))),
    "exp 12 deep": nested("exp", 12),
    "a sum of 10^9 terms": LONG_SUM,
    "sums in sums": t.Sum(t.Sum(t.Sum(X, "i", t.ONE, number(999)), "j", t.ONE, number(999)), "k", t.ONE, number(999)),
    "a product of 10^9 factors": t.Product(t.Name("i"), "i", t.ONE, number(10**9)),
    "x^(10^100)": t.Pow(X, t.Pow(number(10), number(100))),
}


@pytest.mark.parametrize("name", HANGS)
def test_what_is_too_large_is_never_decided_wrongly(name: str) -> None:
    """Undecided, or different with a witness, but never equal to something else."""
    assert decide(X, HANGS[name], TABLE, seed=1).outcome is not Outcome.EQUAL
    assert decide(HANGS[name], t.Add((HANGS[name], X)), TABLE, seed=1).outcome is not Outcome.EQUAL


@pytest.mark.parametrize("name", HANGS)
def test_what_is_too_large_is_still_equal_to_itself(name: str) -> None:
    """The same tree needs no evaluation."""
    assert decide(HANGS[name], HANGS[name], TABLE, seed=1).equal


def test_sines_sixty_deep_are_decided() -> None:
    """Depth alone is no danger for balls."""
    assert decide(nested("sin", 60), t.Mul((t.ONE, nested("sin", 60))), TABLE, seed=1).equal
    assert decide(nested("sin", 60), nested("sin", 61), TABLE, seed=1).different


def test_numbers_of_4300_digits_are_compared() -> None:
    """Long literals are exact, and their witness does not print them."""
    large = number(10**4299)
    assert decide(t.Mul((large, X)), t.Mul((X, large)), TABLE, seed=1).equal
    assert decide(t.Add((large, X)), t.Add((X, number(10**4299 + 1))), TABLE, seed=1).different
    assert decide(t.Call("exp", (X,)), t.Mul((large, t.Call("exp", (X,)))), TABLE, seed=1).different


def test_a_power_of_sums_is_not_multiplied_out() -> None:
    """(x + y + z + w)^60 has 39,711 terms; it is evaluated, not expanded."""
    names = [t.Name(name) for name in "xyzw"]
    sixty = number(60)
    forward, backward = t.Pow(t.Add(tuple(names)), sixty), t.Pow(t.Add(tuple(reversed(names))), sixty)
    halves = t.Mul((t.Pow(t.Add(tuple(names)), number(30)),) * 2)
    assert decide(forward, backward, TABLE, seed=1).equal
    assert decide(forward, halves, TABLE, seed=1).equal
    assert decide(forward, t.Pow(t.Add(tuple(names[:3])), sixty), TABLE, seed=1).different


def test_trees_nested_thousands_deep_are_undecided_at_worst() -> None:
    """No RecursionError escapes."""
    deep: t.Node = X
    for _ in range(5000):
        deep = t.Neg(deep)
    assert decide(X, deep, TABLE, seed=1).outcome is Outcome.UNDECIDED


def test_rows_are_answered_whatever_they_hold() -> None:
    """A malformed row is an error row, an endless one undecided, and the rows around them are decided."""
    rows = [
        '{"expected": "x", "given": "x"}',
        "no json",
        "[1, 2]",
        '{"expected": "x"}',
        '{"expected": "x", "given": 7}',
        '{"expected": "x", "given": "x", "symbols": "x >"}',
        '{"expected": "((", "given": "x"}',
        '{"expected": "x", "given": "(("}',
        '{"expected": "x", "given": "9^9^9^9"}',
        '{"expected": "x", "given": "' + "(" * 3000 + '"}',
        json.dumps({"expected": "x", "given": "x" * 10**5}),
        "[" * 10**5,
        '{"expected": "x + q", "given": "q + x", "extra": NaN}',
    ]
    answers = list(compare_lines(rows, seed=1))
    assert [row["verdict"] for row in answers] == [
        "equal", "error", "error", "error", "error", "error", "error", "unreadable", "undecided", "unreadable",
        "unreadable", "error", "equal",
    ]  # fmt: skip
    for row in answers:
        assert json.loads(json.dumps(row, allow_nan=False)) == row
        assert row["ms"] >= 0
        assert row["verdict"] != "error" or row["error"]
