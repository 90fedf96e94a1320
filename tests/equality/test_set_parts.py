"""What the comparison of sets is made of: roots of polynomials, boundaries, and random parameters."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
import sympy
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.equality.balls import Balls
from autograder.equality.boundaries import Place, boundaries, numeric_zeros
from autograder.equality.exact import HAS_FLINT, square_root
from autograder.equality.membership import NotASet, condition_of
from autograder.equality.parameters import NoPoint, draw, parameters_of, rounded
from autograder.equality.polynomials import BITS, Polynomial, evaluate, plus, real_roots, times, trim
from autograder.equality.trials import between
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.formula.tree import (
    And,
    Assigned,
    Constant,
    Interval,
    Member,
    Name,
    Neg,
    Node,
    Not,
    Number,
    Or,
    Relation,
    Sequence,
    SetOf,
    Union,
)

COEFFICIENTS = st.lists(st.fractions(min_value=-9, max_value=9, max_denominator=4), min_size=1, max_size=5)
RATIONALS = st.fractions(min_value=-6, max_value=6, max_denominator=9)


@given(COEFFICIENTS)
def test_real_roots_agree_with_sympy(coefficients: list[Fraction]) -> None:
    """Every real root is found once, and nothing else."""
    polynomial = trim(list(coefficients))
    found = real_roots(polynomial)
    if len(polynomial) < 2:
        assert found == []
        return
    x = sympy.Symbol("x")
    terms = [sympy.Rational(a.numerator, a.denominator) * x**power for power, a in enumerate(polynomial)]
    wanted = [root.evalf(60) for root in dict.fromkeys(sympy.Poly(sum(terms), x).real_roots())]
    assert len(found) == len(wanted)
    for root, expected in zip(found, wanted, strict=True):
        assert abs(sympy.Rational(root.numerator, root.denominator) - expected) < sympy.Float("1e-50")


@given(st.lists(RATIONALS, min_size=1, max_size=5))
def test_rational_roots_are_exact(roots: list[Fraction]) -> None:
    """Roots that are rational are found exactly, repeated ones too."""
    polynomial: Polynomial = (Fraction(1),)
    for root in roots:
        polynomial = times(polynomial, (-root, Fraction(1)))
    assert real_roots(polynomial) == sorted(set(roots))


def test_irrational_roots_are_close() -> None:
    """An irrational root has an error below 2^-BITS."""
    root = real_roots((Fraction(-2), Fraction(0), Fraction(0), Fraction(1)))[0]
    assert abs(root**3 - 2) < Fraction(8, 1 << BITS)


def test_polynomials_add_and_evaluate() -> None:
    """(1 + x) + (2 - x) is 3, at every x."""
    total = plus((Fraction(1), Fraction(1)), (Fraction(2), Fraction(-1)))
    assert total == (Fraction(3),)
    assert evaluate(total, Fraction(17)) == 3


LINE = declare("x, a > 0, b > a, k: int, 0 < e < 1, q != 0, v: data")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("x < 3", {3}),
        ("abs(x - 1) < 2", {-1, 1, 3}),
        ("1/(x - 5) > 2", {5, Fraction(11, 2)}),
        ("max(x, 2 - x) < 3", {3, -1}),
        ("x^2 = 4", {-2, 2}),
        ("ln(x - 1) < 0", {1}),
        ("sign(x - 4) > 0", {4}),
        ("relu(x - 1) > 1", {1, 2}),
        ("Piecewise((x, x > 1), (2 - x, True)) < 0", {0, 1, 2}),
    ],
)
def test_boundaries_hold_every_place_of_change(text: str, places: set[Fraction]) -> None:
    """Roots on every branch, poles and ends of domains are among the places."""
    found, _ = boundaries(read(text, LINE).tree, "x", {})
    assert {Place(Fraction(place)) for place in places} <= found


def test_what_is_not_rational_is_found_on_a_grid() -> None:
    """A sign change on the grid is refined; a rational crossing is recognised."""
    expression = read("exp(x) - exp(3/4)", LINE).tree
    grid = [Fraction(value) for value in range(-3, 4)]
    assert numeric_zeros(expression, "x", {}, grid) == {Place(Fraction(3, 4))}
    (root,) = numeric_zeros(read("exp(x) - 2", LINE).tree, "x", {}, grid)
    assert not root.exact
    assert abs(float(root.value) - 0.6931471805599453) < 1e-15


def test_parameters_honour_their_domains() -> None:
    """Bounds, orders, integers and exclusions hold at every point; squares are squares."""
    order = parameters_of((read("a + b + k + e + q", LINE).tree,), "x", LINE)
    assert order.index("a") < order.index("b")
    rng = random.Random(1)
    for squares in (True, False) * 20:
        values = draw(order, "x", LINE, rng, squares=squares)
        assert 0 < values["a"] < values["b"]
        assert values["k"].denominator == 1
        assert 0 < values["e"] < 1
        assert values["q"] != 0
        if squares:
            assert square_root(values["a"]) is not None


def test_data_are_no_parameters() -> None:
    """A set that depends on data is not compared here."""
    with pytest.raises(NoPoint, match="v is no single number"):
        parameters_of((Name("v"),), "x", LINE)
    with pytest.raises(NoPoint, match="z is not declared"):
        parameters_of((Name("z"),), "x", LINE)


@pytest.mark.parametrize("pure", sorted({True, not HAS_FLINT}))
def test_balls_are_rounded_to_rationals(pure: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    """The middle of a ball is an exact rational, with and without python-flint."""
    balls = Balls(128, pure=pure)
    with balls.working():
        assert rounded(balls.number(Fraction(-3, 8))) == Fraction(-3, 8)
        assert abs(rounded(balls.constant("pi")) - Fraction(355, 113)) < Fraction(1, 10**6)  # type: ignore[operator]
        assert rounded(balls.call("sqrt", balls.number(-1))) is None


def test_extreme_numbers_are_not_written_out() -> None:
    """A number of a billion digits counts as no value, or as the largest or smallest one of its sign."""
    balls = Balls(128)
    with balls.working():
        large, small = balls.call("exp", balls.number(10**9)), balls.call("exp", balls.number(-(10**9)))
        assert rounded(large) is None is rounded(small)
        assert rounded(-large, clamped=True) == -(Fraction(2) ** 4096)
        assert rounded(small, clamped=True) == Fraction(1, 2**4096)


@given(low=st.fractions(), width=st.fractions(min_value=Fraction(1, 10**12), max_value=10**6))
@example(low=Fraction(0), width=Fraction(1))
@example(low=Fraction(-1, 2), width=Fraction(1))
@example(low=Fraction(31415926, 10**7), width=Fraction(1, 10**7))
def test_a_simple_number_between_two_others(low, width) -> None:
    """Between two numbers it is one in the middle third, and none there has a smaller denominator."""
    found = between(low, low + width)
    first, last = low + width / 3, low + width * 2 / 3
    assert first <= found <= last
    smaller = range(1, min(found.denominator, 200))
    assert not any(math.ceil(first * denominator) <= last * denominator for denominator in smaller)


X, ONE, TWO = Name("x"), Number(Fraction(1)), Number(Fraction(2))
BELOW = Relation((X, TWO), ("<",))


@pytest.mark.parametrize(
    ("tree", "condition"),
    [
        (TWO, BELOW),
        (Interval(ONE, TWO, low_closed=True, high_closed=False), Relation((ONE, X, TWO), ("<=", "<"))),
        (Interval(Neg(Constant("oo")), TWO, low_closed=False, high_closed=False), And((BELOW,))),
        (Sequence((ONE, TWO), "]", "["), Relation((ONE, X, TWO), ("<", "<"))),
        (Sequence((ONE, TWO), "{", "}"), Or((Relation((X, ONE), ("=",)), Relation((X, TWO), ("=",))))),
        (Sequence((BELOW, BELOW), "", ""), And((BELOW, BELOW))),
        (Member(X, BELOW), BELOW),
        (SetOf(Name("s"), Relation((Name("s"), TWO), ("<",))), BELOW),
        (
            SetOf(Member(Name("s"), Sequence((ONE, TWO), "(", ")")), Relation((Name("s"), TWO), ("<",))),
            And((BELOW, Relation((ONE, X, TWO), ("<", "<")))),
        ),
        (Union((Sequence((ONE, TWO), "[", "]"), BELOW)), Or((Relation((ONE, X, TWO), ("<=", "<=")), BELOW))),
        (Relation((X, Sequence((ONE, TWO), "(", ")")), ("=",)), Relation((ONE, X, TWO), ("<", "<"))),
        (Assigned("x", BELOW), BELOW),
        (Not(Sequence((ONE, TWO), "(", ")")), Not(Relation((ONE, X, TWO), ("<", "<")))),
    ],
)
def test_sets_become_conditions(tree: Node, condition: Node) -> None:
    """Every form of a set is a condition on the variable."""
    assert condition_of(tree, "x") == condition


@pytest.mark.parametrize(
    "tree",
    [X, Sequence((ONE, TWO, TWO), "(", ")"), And((BELOW, TWO)), Relation((X, BELOW), ("<",)), Member(X, TWO)],
)
def test_what_is_no_set_is_refused(tree: Node) -> None:
    """Expressions and lists that are no sets are refused with a reason."""
    with pytest.raises(NotASet, match=r"it |one of its parts"):
        condition_of(tree, "x")
