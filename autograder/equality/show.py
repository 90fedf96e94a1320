"""Points and values as text, for witnesses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from autograder.equality.evaluate import Point
from autograder.equality.exact import as_fraction, rationals
from autograder.equality.usage import Usage

_LONGEST = 24
_MOST_ENTRIES = 24


def show_fraction(value: Fraction) -> str:
    """A rational as text; a decimal with "≈" where numerator and denominator are long."""
    # the length is bounded before the digits are written: Python refuses to write integers beyond 4,300 digits
    if value.numerator.bit_length() + value.denominator.bit_length() > 4 * _LONGEST:
        return f"≈{_decimal(value)}"
    text = str(value)
    return text if len(text) <= _LONGEST else f"≈{_decimal(value)}"


def _decimal(value: Fraction) -> str:
    bits = abs(value.numerator).bit_length() - value.denominator.bit_length()
    if abs(bits) < 1000:
        return f"{float(value):.10g}"
    return f"{'-' if value < 0 else ''}2^{bits}"


def show_exact(value: Any, *, pure: bool) -> str:
    """A rational scalar or matrix as text."""
    arithmetic = rationals(pure=pure)
    if not arithmetic.is_matrix(value):
        return show_fraction(as_fraction(value))
    rows = [[show_fraction(as_fraction(entry)) for entry in row] for row in arithmetic.entries(value)]
    return show_table(rows)


def show_table(rows: list[list[str]]) -> str:
    """A matrix as text; columns as plain lists; large ones shortened."""
    if len(rows) * len(rows[0]) > _MOST_ENTRIES:
        return f"a {len(rows)}×{len(rows[0])} matrix"
    if len(rows[0]) == 1:
        return f"[{', '.join(row[0] for row in rows)}]"
    return "[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]"


def show_point(point: Point, usage: Usage, *, pure: bool) -> tuple[tuple[str, str], ...]:
    """The values of all symbols used, as text."""
    shown = []
    for name in usage.names:
        if name in point.rationals:
            shown.append((name, show_fraction(point.rationals[name])))
        elif name in point.arrays:
            shown.append((name, show_exact(point.arrays[name], pure=pure)))
    return tuple(shown)
