"""Axes: which numbers are marked, where a number stands, and how it is written."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_MINUS = "−"


def shown(number: float) -> str:
    """A number in at most four digits, as people write it.

    >>> shown(0.25), shown(-1234567.0), shown(3e-7), shown(-0.0)
    ('0.25', '−1.235×10⁶', '3×10⁻⁷', '0')
    """
    if number == 0:
        return "0"
    power = math.floor(math.log10(abs(number)))
    if -4 <= power < 5:
        return f"{number:.4g}".replace("-", _MINUS)
    digits = f"{number / 10.0**power:.4g}".replace("-", _MINUS)
    return f"{digits}×10{str(power).translate(str.maketrans('0123456789-', '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """From numbers to a distance along a side, 0 to 1."""

    low: float
    high: float
    is_log: bool

    @classmethod
    def around(cls, numbers: Iterable[float], *, is_log: bool) -> Axis:
        """The axis on which all of the numbers lie, with a little room."""
        values = list(numbers)
        least, most = min(values), max(values)
        if is_log:
            least, most = math.log10(least), math.log10(most)
        room = 0.04 * (most - least) or 0.5 * max(abs(least), 1.0)
        return cls(low=least - room, high=most + room, is_log=is_log)

    def at(self, number: float) -> float:
        """Where a number stands."""
        placed = math.log10(number) if self.is_log else number
        return (placed - self.low) / (self.high - self.low)

    def marks(self) -> list[float]:
        """Four to ten round numbers on the axis."""
        return self._decades() if self.is_log and self.high - self.low >= 2 else self._steps()

    def _decades(self) -> list[float]:
        first, last = math.ceil(self.low), math.floor(self.high)
        step = -(-(last - first + 1) // 8)
        return [10.0**power for power in range(first, last + 1, step)]

    def _steps(self) -> list[float]:
        low, high = (10.0**self.low, 10.0**self.high) if self.is_log else (self.low, self.high)
        rough = (high - low) / 6
        size = 10.0 ** math.floor(math.log10(rough))
        step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)
        first = math.ceil(low / step)
        return [round(step * k, 12) for k in range(first, math.floor(high / step) + 1)]
