"""The arithmetics, each with python-flint and in pure Python, against plain fractions and against each other."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import Any

import mpmath
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from autograder.equality.arithmetic import Arithmetic
from autograder.equality.balls import Balls
from autograder.equality.complexes import settle
from autograder.equality.exact import as_fraction, is_prime, random_prime, rationals, residues, square_root
from autograder.equality.signals import Indeterminate, Misshapen, TooLarge, Undefined, Unsupported

P = 2305843009213693951
BOTH = pytest.mark.parametrize("pure", [False, True], ids=["flint", "pure"])
fractions = st.fractions(min_value=-50, max_value=50, max_denominator=60)


def test_primes_are_prime_and_fresh() -> None:
    """Miller and Rabin agree with SymPy; no two draws give the same prime."""
    rng = random.Random(4)
    drawn = [random_prime(rng) for _ in range(20)]
    assert all(sympy.isprime(prime) and 1 << 60 < prime < 1 << 61 for prime in drawn)
    assert len(set(drawn)) == 20
    odd = range(43, 3000, 2)
    assert [number for number in odd if is_prime(number)] == [number for number in odd if sympy.isprime(number)]
    assert not is_prime(3215031751)  # a strong pseudoprime to bases 2, 3, 5 and 7


@given(fractions, fractions)
def test_residues_are_a_field(left: Fraction, right: Fraction) -> None:
    """Sums, products and quotients modulo a prime come from those of fractions, in both implementations."""
    for pure in (False, True):
        field = residues(P, pure=pure)
        one, two = field.number(left), field.number(right)
        assert field.add(one, two) == field.number(left + right)
        assert one * two == field.number(left * right)
        assert -one == field.number(-left)
        if right:
            assert field.divide(one, two) == field.number(left / right)
            assert field.power(two, -3) == field.number(right**-3)


@BOTH
@pytest.mark.parametrize(
    "kind", [lambda pure: residues(P, pure=pure), lambda pure: rationals(pure=pure)], ids=["mod p", "Q"]
)
def test_exact_matrices_invert(kind: Any, *, pure: bool) -> None:
    """A times its inverse is I, the determinant is right, and a singular matrix has no inverse."""
    field: Arithmetic = kind(pure)

    def matrix(rows: list[list[int]]) -> Any:
        return field.matrix(len(rows), len(rows[0]), [field.number(entry) for row in rows for entry in row])

    square = matrix([[0, 2, 1], [1, 0, 3], [4, 1, 0]])
    assert field.entries(square * field.inverse(square)) == field.entries(matrix([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    assert field.determinant(square) == field.number(25)
    with pytest.raises(Undefined):
        field.inverse(matrix([[1, 2], [2, 4]]))
    assert field.determinant(matrix([[1, 2], [2, 4]])) == field.number(0)
    assert field.determinant(matrix([[0, 0], [0, 0]])) == field.number(0)
    for operation in (field.inverse, field.determinant):
        with pytest.raises(Misshapen):
            operation(matrix([[1, 2, 3], [4, 5, 6]]))


@BOTH
def test_what_exact_arithmetic_cannot_do_is_said(*, pure: bool) -> None:
    """Division by 0, transcendental functions and huge powers each have their own signal."""
    for field in (residues(P, pure=pure), rationals(pure=pure)):
        nought, two = field.number(0), field.number(2)
        with pytest.raises(Undefined):
            field.divide(two, nought)
        with pytest.raises(Undefined):
            field.power(nought, -1)
        for call in (
            lambda field=field, two=two: field.call("ln", two),
            lambda field=field: field.constant("pi"),
            lambda field=field, two=two: field.real_power(two, two),
            lambda field=field, two=two: field.sign(two),
            lambda field=field, two=two: field.call_two("max", two, two),
        ):
            with pytest.raises(Unsupported):
                call()
    with pytest.raises(TooLarge):
        rationals(pure=pure).power(rationals(pure=pure).number(2), 10**9)
    assert residues(P, pure=pure).power(residues(P, pure=pure).number(2), P - 1) == residues(P, pure=pure).number(1)


def test_square_roots_of_fractions() -> None:
    """Only squares of fractions have a rational root."""
    assert square_root(Fraction(9, 4)) == Fraction(3, 2)
    assert square_root(Fraction(2)) is None
    assert square_root(Fraction(-4)) is None


ELEMENTARY = {
    "exp": mpmath.exp, "ln": mpmath.log, "sqrt": mpmath.sqrt, "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan,
    "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan, "sinh": mpmath.sinh, "cosh": mpmath.cosh,
    "tanh": mpmath.tanh, "erf": mpmath.erf, "abs": abs, "floor": mpmath.floor, "ceil": mpmath.ceil,
    "factorial": mpmath.factorial, "relu": lambda x: max(x, 0), "step": lambda x: int(x > 0),
    "sign": mpmath.sign, "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)), "normcdf": mpmath.ncdf,
}  # fmt: skip


@BOTH
@pytest.mark.parametrize(
    ("function", "value"),
    [
        (function, value)
        for function in ELEMENTARY
        for value in (Fraction(1, 3), Fraction(7, 8), Fraction(-2, 5), Fraction(0))
        if value > 0 or (function != "ln" and (function, value) != ("sqrt", Fraction(-2, 5)))
    ],
)
def test_functions_enclose_the_true_value(function: str, value: Fraction, *, pure: bool) -> None:
    """The value by mpmath at 400 bits lies inside the ball, and the ball is narrow."""
    balls = Balls(200, pure=pure)
    with balls.working():
        found = balls.call(function, balls.number(value))
        middle, radius = balls.middle(found), balls.middle(found.rad())
    with mpmath.workprec(400):
        true = mpmath.mpmathify(ELEMENTARY[function](mpmath.mpf(value.numerator) / value.denominator))
        distance = abs(true - mpmath.mpf(middle.numerator) / middle.denominator)
        assert distance <= mpmath.mpf(radius.numerator) / radius.denominator + mpmath.mpf(2) ** -380
    assert radius < Fraction(1, 2**150)


@given(fractions, fractions)
def test_balls_enclose_rational_arithmetic(left: Fraction, right: Fraction) -> None:
    """The exact result lies in the ball of every operation."""
    for pure in (False, True):
        balls = Balls(64, pure=pure)
        with balls.working():
            one, two = balls.number(left), balls.number(right)
            results = [(balls.add(one, two), left + right), (one * two, left * right), (balls.power(one, 3), left**3)]
            if right:
                results.append((balls.divide(one, two), left / right))
            for ball, true in results:
                assert abs(balls.middle(ball) - true) <= balls.middle(ball.rad())


@BOTH
def test_balls_never_guess(*, pure: bool) -> None:
    """A sign, a root or an inverse that the precision does not show is indeterminate; what does not exist, undefined."""
    balls = Balls(64, pure=pure)
    with balls.working():
        third = balls.number(Fraction(1, 3))
        about_zero = third * balls.number(3) - balls.number(1)
        for operation in (
            lambda: balls.sign(about_zero),
            lambda: balls.divide(third, about_zero),
            lambda: balls.call("ln", about_zero),
            lambda: balls.call("sqrt", about_zero),
            lambda: balls.call("step", about_zero),
            lambda: balls.real_power(about_zero, third),
            lambda: balls.inverse(balls.matrix(2, 2, [about_zero] * 4)),
        ):
            with pytest.raises(Indeterminate):
                operation()
        nought = balls.number(0)
        for operation in (
            lambda: balls.divide(third, nought),
            lambda: balls.call("ln", nought),
            lambda: balls.call("asin", balls.number(2)),
            lambda: balls.call("factorial", balls.number(-2)),
            lambda: balls.constant("oo"),
            lambda: balls.real_power(nought, balls.number(-1)),
            lambda: balls.power(nought, -1),
        ):
            with pytest.raises(Undefined):
                operation()
        for operation in (
            lambda: balls.call("factorial", balls.number(10**7)),
            lambda: balls.call("exp", balls.call("exp", balls.number(10**6))),
        ):
            with pytest.raises((TooLarge, Indeterminate)):
                operation()


@BOTH
def test_a_logarithm_may_leave_the_reals_and_come_back(*, pure: bool) -> None:
    """exp(3 ln(-2)) is -8; exp(ln(-2)/2) is not real."""
    balls = Balls(128, pure=pure)
    with balls.working():
        logarithm = balls.call("ln", balls.number(-2))
        cubed = settle(balls.call("exp", logarithm * balls.number(3)), 128)
        assert float(balls.middle(cubed)) == pytest.approx(-8)
        with pytest.raises(Undefined, match="not a real number"):
            settle(balls.call("exp", logarithm * balls.number(Fraction(1, 2))), 128)
        with pytest.raises(Undefined, match="not real"):
            balls.call("floor", logarithm)
        with pytest.raises(Undefined, match="not real"):
            balls.sign(logarithm)
        root = balls.call("sqrt", balls.number(-4))
        assert float(balls.middle(settle(root * root, 128))) == pytest.approx(-4)
        assert float(balls.middle(balls.call("abs", root))) == pytest.approx(2)
        assert float(balls.middle(settle(balls.power(root, 4), 128))) == pytest.approx(16)
        assert float(balls.middle(settle(balls.divide(root, root), 128))) == pytest.approx(1)
        assert float(balls.middle(settle(balls.call("ln", balls.call("exp", root)) - root, 128))) == pytest.approx(0)


@BOTH
def test_terms_that_leave_no_trace_are_remembered(*, pure: bool) -> None:
    """1 + exp(-1000) looks like 1 at 128 bits, and tanh(1000) too: such a point must count for nothing."""
    for spoil in (
        lambda balls: balls.add(balls.number(1), balls.call("exp", balls.number(-1000))),
        lambda balls: balls.call("tanh", balls.number(1000)),
        lambda balls: balls.call("exp", balls.call("exp", balls.number(-1000))),
        lambda balls: balls.call("sigmoid", balls.number(1000)),
    ):
        balls = Balls(128, pure=pure)
        with balls.working():
            spoil(balls)
        assert balls.absorbed
    balls = Balls(128, pure=pure)
    with balls.working():
        balls.add(balls.number(1), balls.call("exp", balls.number(-3)))
        balls.add(balls.number(1), balls.number(0))
        balls.call("tanh", balls.number(1))
    assert not balls.absorbed


@BOTH
def test_ball_matrices_invert(*, pure: bool) -> None:
    """The product with the inverse encloses I."""
    balls = Balls(128, pure=pure)
    with balls.working():
        square = balls.matrix(2, 2, [balls.number(value) for value in (0, 2, 3, 1)])
        product = balls.entries(square * balls.inverse(square))
        assert [[round(float(entry)) for entry in row] for row in product] == [[1, 0], [0, 1]]
        assert math.isclose(float(balls.middle(balls.determinant(square))), -6)
        with pytest.raises(Misshapen):
            balls.inverse(balls.matrix(1, 2, [balls.number(1)] * 2))
        with pytest.raises(Undefined, match="not a real number"):
            balls.matrix(1, 2, [balls.number(1), balls.call("ln", balls.number(-1))])


def test_fractions_come_back_from_both_implementations() -> None:
    """as_fraction is the inverse of number."""
    for pure in (False, True):
        assert as_fraction(rationals(pure=pure).number(Fraction(-22, 7))) == Fraction(-22, 7)
