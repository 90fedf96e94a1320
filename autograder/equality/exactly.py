"""Exact rational values of those parts of a formula that must be known exactly: bounds, indices, exponents, sizes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial

from autograder.equality.arithmetic import MOST_BITS
from autograder.equality.exact import check_power
from autograder.equality.signals import TooLarge, Undefined
from autograder.formula import tree as t

Lookup = Callable[[str], Fraction | None]


def exact_value(node: t.Node, lookup: Lookup) -> Fraction | None:
    """The value as an exact rational where every part is one (by `lookup` for names), else None.

    Raises:
        Undefined: it divides by 0.
        TooLarge: it has more than a few thousand bits.
    """
    match node:
        case t.Number(value):
            return value
        case t.Name(name):
            return lookup(name)
        case t.Neg(arg):
            inner = exact_value(arg, lookup)
            return None if inner is None else -inner
        case t.Add(args) | t.Mul(args) | t.Call("max" | "min" | "floor" | "ceil" | "abs" | "sign" | "factorial", args):
            parts: list[Fraction] = []
            for arg in args:
                part = exact_value(arg, lookup)
                if part is None:
                    return None
                parts.append(part)
            return _bounded(_combine(node, parts))
        case t.Div(top, bottom):
            upper, lower = exact_value(top, lookup), exact_value(bottom, lookup)
            if upper is None or lower is None:
                return None
            if lower == 0:
                raise Undefined("it divides by 0")
            return upper / lower
        case t.Pow(base, exponent):
            return _power(exact_value(base, lookup), exact_value(exponent, lookup))
    return None


def _power(base: Fraction | None, exponent: Fraction | None) -> Fraction | None:
    if base is None or exponent is None or exponent.denominator != 1:
        return None
    if base == 0 and exponent < 0:
        raise Undefined("it divides by 0")
    check_power(base, int(exponent), MOST_BITS)
    # bases 1 and -1 pass that check with exponents of any size, and stay small
    return base ** int(exponent)


def _bounded(value: Fraction | None) -> Fraction | None:
    if value is not None and max(abs(value.numerator), value.denominator).bit_length() > 4 * MOST_BITS:
        raise TooLarge("a number in it is too large")
    return value


def _combine(node: t.Node, parts: list[Fraction]) -> Fraction | None:
    match node:
        case t.Add():
            return sum(parts, start=Fraction(0))
        case t.Mul():
            product = Fraction(1)
            for part in parts:
                product *= part
            return product
        case t.Call("max"):
            return max(parts)
        case t.Call("min"):
            return min(parts)
        case t.Call("floor"):
            return Fraction(parts[0].__floor__())
        case t.Call("ceil"):
            return Fraction(parts[0].__ceil__())
        case t.Call("abs"):
            return abs(parts[0])
        case t.Call("sign"):
            return Fraction((parts[0] > 0) - (parts[0] < 0))
        case t.Call("factorial"):
            return _exact_factorial(parts[0])
    return None


def _exact_factorial(value: Fraction) -> Fraction | None:
    if value.denominator != 1:
        return None
    if value < 0:
        raise Undefined("it takes the factorial of a negative number")
    if value > MOST_BITS // 8:
        raise TooLarge("a factorial in it is too large to compute")
    return Fraction(factorial(int(value)))
