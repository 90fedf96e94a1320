"""Real balls in pure Python: what stands in for python-flint's `arb` where that is missing.

Only the methods that `autograder.equality.balls` uses, under arb's names. Ends are rounded outward by a few units in
the last place after every operation (mpmath's elementary functions are accurate to about one), so that an interval that
excludes 0 is trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath


class Interval:
    """The real numbers between two ends; `nan` ends stand for "anything"."""

    __slots__ = ("high", "low")

    def __init__(self, low: Any, high: Any | None = None) -> None:
        self.low = mpmath.mpf(low)
        self.high = self.low if high is None else mpmath.mpf(high)

    @classmethod
    def of(cls, value: Fraction | int) -> Interval:
        """The interval around an exact rational."""
        if value.denominator == 1 and abs(value.numerator).bit_length() <= mpmath.mp.prec:
            return cls(value.numerator)
        return _outward(*[mpmath.mpf(value.numerator) / value.denominator] * 2)

    @classmethod
    def pi(cls) -> Interval:
        """The interval around pi."""
        return _outward(+mpmath.pi, +mpmath.pi)

    def __add__(self, other: Interval) -> Interval:
        if not isinstance(other, Interval):
            return NotImplemented
        if self.is_zero():
            return other
        if other.is_zero():
            return self
        return _outward(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        if not isinstance(other, Interval):
            return NotImplemented
        return self + -other

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __mul__(self, other: Interval) -> Interval:
        if not isinstance(other, Interval):
            return NotImplemented
        products = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return _outward(min(products), max(products))

    def __truediv__(self, other: Interval) -> Interval:
        if not isinstance(other, Interval):
            return NotImplemented
        if not (other > 0 or other < 0):
            return Interval(mpmath.nan)
        quotients = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return _outward(min(quotients), max(quotients))

    def __pow__(self, exponent: int | Interval) -> Interval:
        if isinstance(exponent, Interval):
            return (self.log() * exponent).exp()
        if exponent < 0:
            return Interval(1) / self**-exponent
        if exponent % 2 == 0 and self.low < 0 < self.high:
            return _outward(0, max(-self.low, self.high) ** exponent)
        ends = sorted((self.low**exponent, self.high**exponent))
        return _outward(*ends)

    def __gt__(self, other: int) -> bool:
        return bool(self.low > other)

    def __lt__(self, other: int) -> bool:
        return bool(self.high < other)

    def __abs__(self) -> Interval:
        if self.low < 0 < self.high:
            return Interval(0, max(-self.low, self.high))
        return -self if self.high <= 0 else self

    def is_zero(self) -> bool:
        """Whether it is exactly 0."""
        return bool(self.low == 0 == self.high)

    def is_finite(self) -> bool:
        """Whether both ends are numbers."""
        return bool(mpmath.isfinite(self.low) and mpmath.isfinite(self.high))

    def contains(self, value: int) -> bool:
        """Whether an integer lies inside."""
        return bool(self.low <= value <= self.high)

    def mid(self) -> Interval:
        """The middle."""
        return Interval((self.low + self.high) / 2)

    def rad(self) -> Interval:
        """Half of the width, rounded up."""
        return Interval((self.high - self.low) / 2 * (1 + mpmath.mpf(2) ** (4 - mpmath.mp.prec)))

    def man_exp(self) -> tuple[int, int]:
        """The exact middle as mantissa and exponent of 2."""
        middle = (self.low + self.high) / 2
        mantissa, exponent = middle.man_exp  # of the absolute value: mpmath keeps the sign apart
        return int(mantissa) * (-1 if middle < 0 else 1), int(exponent)

    def __float__(self) -> float:
        return float((self.low + self.high) / 2)

    def str(self, digits: int, *, radius: bool) -> str:
        """The middle in decimals; `radius` is there for arb's sake and must be False."""
        assert not radius
        return f"{mpmath.nstr((self.low + self.high) / 2, digits)}"

    def max(self, other: Interval) -> Interval:
        """The larger of two."""
        return Interval(max(self.low, other.low), max(self.high, other.high))

    def min(self, other: Interval) -> Interval:
        """The smaller of two."""
        return Interval(min(self.low, other.low), min(self.high, other.high))

    def floor(self) -> Interval:
        """Rounded down."""
        return Interval(mpmath.floor(self.low), mpmath.floor(self.high))

    def ceil(self) -> Interval:
        """Rounded up."""
        return Interval(mpmath.ceil(self.low), mpmath.ceil(self.high))

    def _increasing(self, function: Callable[[Any], Any]) -> Interval:
        return _outward(function(self.low), function(self.high))

    def exp(self) -> Interval:
        """The exponential."""
        if self.high > 10**9:
            return Interval(mpmath.nan)
        return self._increasing(mpmath.exp)

    def log(self) -> Interval:
        """The natural logarithm of a positive interval."""
        return self._increasing(mpmath.log) if self > 0 else Interval(mpmath.nan)

    def sqrt(self) -> Interval:
        """The square root of an interval without negative numbers."""
        return self._increasing(mpmath.sqrt) if self.low >= 0 else Interval(mpmath.nan)

    def _bounded(self, function: Callable[[Any], Any]) -> Interval:
        # |sin'| and |cos'| are at most 1, so that the image lies within the radius of the middle's value
        middle, radius = function((self.low + self.high) / 2), self.rad().low
        found = _outward(middle - radius, middle + radius)
        return Interval(max(found.low, -1), min(found.high, 1))

    def sin(self) -> Interval:
        """The sine."""
        return self._bounded(mpmath.sin)

    def cos(self) -> Interval:
        """The cosine."""
        return self._bounded(mpmath.cos)

    def asin(self) -> Interval:
        """The inverse sine of an interval within [-1, 1]."""
        return self._increasing(mpmath.asin)

    def acos(self) -> Interval:
        """The inverse cosine of an interval within [-1, 1]."""
        return self._falling(mpmath.acos)

    def _falling(self, function: Callable[[Any], Any]) -> Interval:
        return _outward(function(self.high), function(self.low))

    def atan(self) -> Interval:
        """The inverse tangent."""
        return self._increasing(mpmath.atan)

    def sinh(self) -> Interval:
        """The hyperbolic sine."""
        return self._increasing(mpmath.sinh)

    def cosh(self) -> Interval:
        """The hyperbolic cosine."""
        size = abs(self)
        return _outward(mpmath.cosh(size.low), mpmath.cosh(size.high))

    def tanh(self) -> Interval:
        """The hyperbolic tangent."""
        return self._increasing(mpmath.tanh)

    def erf(self) -> Interval:
        """The error function."""
        return self._increasing(mpmath.erf)

    def erfc(self) -> Interval:
        """1 minus the error function, without cancellation."""
        return self._falling(mpmath.erfc)

    def gamma(self) -> Interval:
        """The gamma function, where it increases."""
        return self._increasing(mpmath.gamma) if self > 2 else Interval(mpmath.nan)


def _outward(low: Any, high: Any) -> Interval:
    unit = mpmath.mpf(2) ** (3 - mpmath.mp.prec)
    return Interval(low - abs(low) * unit, high + abs(high) * unit)
