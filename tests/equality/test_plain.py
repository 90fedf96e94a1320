"""Trees without factors and terms that change nothing."""

from __future__ import annotations

import pytest

from autograder.equality.plain import plain
from autograder.equality.structural import same_tree
from autograder.formula.declare import declare
from autograder.formula.read import read

TABLE = declare("X: n*d, y: n, lambda > 0")


def same(one: str, two: str) -> bool:
    return same_tree(plain(read(one, TABLE).tree, TABLE), plain(read(two, TABLE).tree, TABLE), TABLE)


@pytest.mark.parametrize(
    "text",
    ["1*X'*y", "I*X'*y", "X'*I*y", "X'*y + 0", "X'*y + 0*X'*y", "2*X'*y/2", "--X'*y", "X'''*y", "1/2*(4*X'*y)/2",
     "X'*y^1", "X'*I^-1*y", "X'*I'*y", "X'*(1*(I*y))"],
)  # fmt: skip
def test_idle_parts_fall_away(text: str) -> None:
    """Factors 1 and I, terms 0, and signs and transposes that undo each other."""
    assert same(text, "X'*y")


@pytest.mark.parametrize("text", ["2*X'*y", "X*y", "X'*y + 1", "-X'*y", "X'*y^2", "0*X'*y", "I", "1"])
def test_what_counts_stays(text: str) -> None:
    """Nothing that changes the value is taken away."""
    assert not same(text, "X'*y")


def test_only_idle_parts() -> None:
    """A product of ones is 1, a product of identities is I, a sum of zeros is one zero."""
    assert same("1*1", "1")
    assert same("I*I", "I")
    assert same("0 + 0", "0")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("(y'*X)'", "X'*y"),
        ("((X*X' + lambda*I)^-1*X)'*y", "X'*(X*X' + lambda*I)^-1*y"),
        ("(y'*(X*X' + lambda*I)^-1*X)'", "X'*(lambda*I + X*X')^-1*y"),
        ("X'*lambda*y", "lambda*X'*y"),
        ("-(y'*X/lambda)'", "-X'*y/lambda"),
    ],
)
def test_transposes_of_products_and_sums_are_multiplied_out(one: str, two: str) -> None:
    """A transpose twice over, or a number in another place, is no step."""
    assert same(one, two)
    assert not same(one, two.replace("X'", "X", 1))
