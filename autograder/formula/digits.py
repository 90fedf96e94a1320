"""Exact numbers as text."""

from __future__ import annotations

from fractions import Fraction


def write_number(value: Fraction, minus: str, *, whole: int, quotient: int, negative: int) -> tuple[str, int]:
    """An exact number with how tightly its text binds: integers and finite decimals in digits, others as a quotient.

    >>> write_number(Fraction(1, 8), "-", whole=100, quotient=60, negative=51)
    ('0.125', 100)
    >>> write_number(Fraction(-1, 3), "-", whole=100, quotient=60, negative=51)
    ('-1/3', 51)
    """
    sign, value = (minus, -value) if value < 0 else ("", value)
    binding = negative if sign else whole
    if value.denominator == 1:
        return f"{sign}{value}", binding
    rest, places = value.denominator, 0
    for factor in (10, 5, 2):
        while rest % factor == 0:
            rest, places = rest // factor, places + 1
    if rest != 1:
        return f"{sign}{value.numerator}/{value.denominator}", negative if sign else quotient
    digits = str((value * 10**places).numerator).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}", binding
