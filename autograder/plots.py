"""What a verdict may show as a picture: numbers with names, drawn by whoever renders the verdict, and told as a table."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_POINTS = 400
"""Points of one series; more would be a table that nobody reads."""

MOST_SERIES = 8


class Drawn(StrEnum):
    """How a series is drawn."""

    LINE = "line"
    POINTS = "points"
    BOTH = "both"  # a line through marked points: a sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points with a name, in the order in which a line would join them; finite numbers only.

    Args:
        name: what it shows ("w[1]", "yours").
        x, y: as many of the one as of the other.
        drawn: as a line, as points, or both.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    drawn: Drawn = Drawn.LINE

    def __post_init__(self) -> None:
        if len(self.x) != len(self.y) or not 1 <= len(self.x) <= MOST_POINTS:
            raise ValueError(f"series {self.name!r}: {len(self.x)} x and {len(self.y)} y; 1 to {MOST_POINTS} points")
        if not all(map(math.isfinite, (*self.x, *self.y))):
            raise ValueError(f"series {self.name!r} has a number that is not finite")

    @classmethod
    def of(cls, name: str, x: Iterable[float], y: Iterable[float], *, drawn: Drawn = Drawn.LINE) -> Series | None:
        """The series of the finite points, evenly thinned to what a table can hold; None where there are none.

        >>> Series.of("a", range(3), [1.0, float("inf"), 3.0]).x
        (0.0, 2.0)
        """
        pairs = [(float(a), float(b)) for a, b in zip(x, y, strict=True) if math.isfinite(a) and math.isfinite(b)]
        step = -(-len(pairs) // MOST_POINTS) or 1
        kept = pairs[::step]
        return cls(name=name, x=tuple(a for a, _ in kept), y=tuple(b for _, b in kept), drawn=drawn) if kept else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One picture.

    Args:
        title: what is shown, a few words.
        x_label, y_label: what the axes are.
        series: what is drawn.
        says: what there is to see, in a sentence; people who do not see the picture read this and the table.
        log_x, log_y: whether an axis shows powers; its numbers must be positive.
    """

    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    says: str = ""
    log_x: bool = False
    log_y: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"plot {self.title!r} has {len(self.series)} series; give 1 to {MOST_SERIES}")
        for is_log, name in ((self.log_x, "x"), (self.log_y, "y")):
            if is_log and any(number <= 0 for series in self.series for number in getattr(series, name)):
                raise ValueError(f"plot {self.title!r}: a logarithmic axis {name} needs positive numbers")
