"""Polynomials in one variable over the rationals, and their real roots.

A polynomial is the tuple of its coefficients, the constant first. Written out in plain Python: the degrees are small,
and the roots must not depend on which libraries are there.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import isqrt

from autograder.equality.exact import square_root

Polynomial = tuple[Fraction, ...]

BITS = 280
"""Irrational roots are known to about that many bits behind the point."""

ZERO: Polynomial = ()
ONE: Polynomial = (Fraction(1),)
X: Polynomial = (Fraction(0), Fraction(1))


def trim(coefficients: list[Fraction]) -> Polynomial:
    """The polynomial of these coefficients without leading zeros."""
    end = len(coefficients)
    while end and coefficients[end - 1] == 0:
        end -= 1
    return tuple(coefficients[:end])


def plus(left: Polynomial, right: Polynomial) -> Polynomial:
    """The sum."""
    longest = max(len(left), len(right))
    return trim([_at(left, power) + _at(right, power) for power in range(longest)])


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product."""
    out = [Fraction(0)] * max(0, len(left) + len(right) - 1)
    for place, a in enumerate(left):
        for other, b in enumerate(right):
            out[place + other] += a * b
    return trim(out)


def negative(polynomial: Polynomial) -> Polynomial:
    """The polynomial times -1."""
    return tuple(-a for a in polynomial)


def _at(polynomial: Polynomial, power: int) -> Fraction:
    return polynomial[power] if power < len(polynomial) else Fraction(0)


def evaluate(polynomial: Polynomial, x: Fraction) -> Fraction:
    """The value at x."""
    value = Fraction(0)
    for a in reversed(polynomial):
        value = value * x + a
    return value


def real_roots(polynomial: Polynomial) -> list[Fraction]:
    """Every real root: rational ones exactly, others within 2^-BITS; in rising order, without repetition.

    Between two neighbouring roots of the derivative a polynomial is monotone, so that it crosses 0 there once or never;
    a root that is also one of the derivative is found among those.
    """
    while polynomial and polynomial[0] == 0 and len(polynomial) > 1:
        rest = real_roots(polynomial[1:])
        return sorted({*rest, Fraction(0)})
    degree = len(polynomial) - 1
    if degree < 1:
        return []
    if degree == 1:
        return [-polynomial[0] / polynomial[1]]
    if degree == 2:
        return _quadratic(polynomial)
    bends = real_roots(tuple(power * a for power, a in enumerate(polynomial))[1:])
    reach = 1 + max(abs(a / polynomial[-1]) for a in polynomial)
    places = [-reach, *bends, reach]
    found = {place for place in bends if abs(evaluate(polynomial, place)) < _tiny(polynomial)}
    for low, high in pairwise(places):
        at_low, at_high = evaluate(polynomial, low), evaluate(polynomial, high)
        if low not in found and high not in found and (at_low < 0) != (at_high < 0):
            found.add(_refine(polynomial, low, high))
    return sorted(found)


def _tiny(polynomial: Polynomial) -> Fraction:
    return max(abs(a) for a in polynomial) / (1 << (BITS // 2))


def _quadratic(polynomial: Polynomial) -> list[Fraction]:
    c, b, a = polynomial
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        return []
    root = square_root(discriminant)
    if root is None:
        scale = 1 << BITS + 20
        root = Fraction(isqrt(int(discriminant * scale * scale)), scale)
    return sorted({(-b - root) / (2 * a), (-b + root) / (2 * a)})


def _refine(polynomial: Polynomial, low: Fraction, high: Fraction) -> Fraction:
    """The root between two places of opposite signs, by Newton's steps kept inside by bisection."""
    slope = tuple(power * a for power, a in enumerate(polynomial))[1:]
    rising = evaluate(polynomial, high) > 0
    place = short((low + high) / 2)
    for _ in range(4 * BITS):
        value = evaluate(polynomial, place)
        if value == 0:
            return place
        low, high = (low, place) if (value > 0) == rising else (place, high)
        steep = evaluate(slope, place)
        step = place - value / steep if steep else low
        if not low < step < high:
            step = (low + high) / 2
        new = short(step)
        if new == place or high - low < Fraction(1, 1 << BITS):
            break
        place = new
    simple = place.limit_denominator(10**24)
    return simple if evaluate(polynomial, simple) == 0 else place


def short(value: Fraction) -> Fraction:
    """The value rounded to a little more than BITS bits behind the point."""
    scale = 1 << BITS + 20
    return value if scale % value.denominator == 0 else Fraction(round(value * scale), scale)
