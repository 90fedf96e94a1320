"""What an author declared of one test, checked before anything is scored with it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from autograder.checks import Visibility
from autograder.errors import AuthorError

_LARGEST = 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The decorators of one test.

    Args:
        weight: points, exact; None where none are declared.
        partial: the test sets its score itself.
        hide_errors: what a student is told instead of the failure, or None.
        column: the column of the leaderboard that the test measures, or None.
        order: how that column is sorted, "asc" or "desc".
    """

    weight: Fraction | None = None
    number: str = ""
    visibility: Visibility = Visibility.VISIBLE
    tags: tuple[str, ...] = ()
    partial: bool = False
    hide_errors: str | None = None
    column: str | None = None
    order: str = "desc"


def declared(test: Any) -> Declared:
    """What the decorators of a test function say.

    Raises:
        AuthorError: one of them says what cannot be; the message says which and what to write.
    """
    weight = getattr(test, "__weight__", None)
    hidden = getattr(test, "__hide_errors__", None)
    column = getattr(test, "__leaderboard_column__", None)
    order = getattr(test, "__leaderboard_sort_order__", None) or "desc"
    if order not in ("asc", "desc"):
        raise AuthorError(f'@leaderboard sorts by {order!r}; write "asc" or "desc".')
    return Declared(
        weight=None if weight is None else _weight(weight),
        number=str(getattr(test, "__number__", "") or ""),
        visibility=_visibility(getattr(test, "__visibility__", None)),
        tags=tuple(str(tag) for tag in getattr(test, "__tags__", ())),
        partial=bool(getattr(test, "__partial_credit__", False)),
        hide_errors=None if hidden is None else str(hidden),
        column=None if column is None else str(column),
        order=order,
    )


def exact(value: object) -> Fraction | None:
    """A number as its decimal digits say (0.1 is 1/10), or None for what is no finite number.

    >>> exact(0.1), exact(float("nan")), exact(True), exact("2")
    (Fraction(1, 10), None, None, None)
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, Decimal):
        return Fraction(value) if value.is_finite() else None
    if isinstance(value, bool | str) or type(value).__name__ == "bool":  # NumPy's bool as well
        return None
    try:
        plain = float(value)  # type: ignore[arg-type]  # a NumPy number is one too
    except (TypeError, ValueError, OverflowError):
        return None
    return Fraction(repr(plain)) if math.isfinite(plain) else None


def _weight(value: object) -> Fraction:
    weight = exact(value)
    if weight is None or not 0 <= weight <= _LARGEST:
        raise AuthorError(f"the weight {value!r:.60} is no number of points; write a finite number, 0 or more.")
    return weight


def _visibility(value: object) -> Visibility:
    if value is None:
        return Visibility.VISIBLE
    try:
        return Visibility(str(value))
    except ValueError:
        known = ", ".join(repr(str(item)) for item in Visibility)
        raise AuthorError(f"@visibility({value!r:.60}) is not known; write one of {known}.") from None
