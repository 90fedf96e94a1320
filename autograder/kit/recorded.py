"""What the statement gives at a few points, recorded when the kit was made, and whether a formula gives the same there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.equality.bounds import Direction, Rounding, bound_of
from autograder.formula.tree import Node
from autograder.oracles.numeric import close, holds, number, show, value

Point = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One point, and what was measured there."""

    point: Point
    measured: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """The formulas must have the values that were measured, up to `tolerance` of their size.

    Args:
        spots: the points.
        also: at the same points, what the statement gives under each other convention that it allows.
    """

    spots: tuple[Spot, ...]
    tolerance: float
    also: tuple[tuple[tuple[Any, ...], ...], ...] = ()

    def objection(self, trees: tuple[Node, ...]) -> str:
        """Where the first formula that is off is off; "" when all agree under one convention."""
        given = [tuple(value(tree, spot.point) for tree in trees) for spot in self.spots]
        first = ""
        for measured in (tuple(spot.measured for spot in self.spots), *self.also):
            off = self._off(given, measured)
            if not off:
                return ""
            first = first or off
        return first

    def _off(self, given: list[tuple[Any, ...]], measured: tuple[tuple[Any, ...], ...]) -> str:
        for spot, mine, stated in zip(self.spots, given, measured, strict=True):
            for one, other in zip(mine, stated, strict=True):
                if not close(one, other, self.tolerance):
                    return f"{at(spot.point)} yours gives {show(one)}; the statement gives {show(other)}."
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A value of `variable` must belong to the set where it was measured to."""

    spots: tuple[Spot, ...]
    variable: str

    def objection(self, trees: tuple[Node, ...]) -> str:
        """The first value of which something else is said; "" when there is none."""
        for spot in self.spots:
            (measured,) = spot.measured
            if holds(trees[0], spot.point, variable=self.variable) != measured:
                said = ("no", "yes") if measured else ("yes", "no")
                return f"{at(spot.point)} your range says {said[0]}; the statement says {said[1]}."
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The bound on `variable`, rounded up, must be the number of steps that was counted."""

    spots: tuple[Spot, ...]
    variable: str
    also: tuple[tuple[int, ...], ...] = ()  # the counts under each other convention that the statement allows

    def objection(self, trees: tuple[Node, ...]) -> str:
        """Where another number of steps is asked for; "" when none is."""
        bound = bound_of(trees[0], self.variable)
        if bound is None or bound.direction is Direction.UPPER:
            return "This bounds the number of steps from above; more steps are enough too."
        if bound.rounding is Rounding.DOWN and not bound.strict:
            return "Rounding down can leave the last step missing."
        given = [number(value(bound.expression, spot.point)) for spot in self.spots]
        first = ""
        for counts in (tuple(spot.measured[0] for spot in self.spots), *self.also):
            off = self._off(given, counts)
            if not off:
                return ""
            first = first or off
        return first

    def _off(self, given: list[float], counts: tuple[int, ...]) -> str:
        for spot, steps, counted in zip(self.spots, given, counts, strict=True):
            if math.isnan(steps):
                return f"{at(spot.point)} yours has no value."
            if abs(steps - round(steps)) > 1e-6 and math.ceil(steps) != counted:
                return f"{at(spot.point)} yours asks for {math.ceil(steps)} steps; counted were {counted}."
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rises:
    """From the first of some places to the others, the formula must rise by one positive multiple of what was measured.

    Each spot holds one place per entry of `measured`, told apart by the values of the varied symbol `of`.
    """

    spots: tuple[tuple[Spot, ...], ...]

    def objection(self, trees: tuple[Node, ...]) -> str:
        """Say that it does not; "" when it does."""
        for places in self.spots:
            given = np.array([number(value(trees[0], place.point)) for place in places])
            stated = np.array([place.measured[0] for place in places])
            ratios = (given[1:] - given[0]) / (stated[1:] - stated[0])
            if not np.all(np.isfinite(ratios)) or ratios.min() <= 0 or not np.allclose(ratios, ratios[0], rtol=1e-5):
                return (
                    "Between some points its rise is not the same positive multiple of the rise that the statement gives: "
                    f"{show(ratios)}."
                )
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameLines:
    """Every line must have the same value as the one before; nothing else is known of them."""

    points: tuple[Point, ...]

    def objection(self, trees: tuple[Node, ...]) -> str:
        """The first step that does not hold; "" when all do."""
        for step, (before, after) in enumerate(pairwise(trees), 1):
            for point in self.points:
                if not close(value(after, point), value(before, point), 1e-8):
                    return f"Line {step + 1} is not equal to line {step}."
        return ""


Recorded = Values | Membership | Counts | Rises | SameLines


def tried(recorded: Recorded) -> int:
    """At how many points it was measured."""
    return len(recorded.points) if isinstance(recorded, SameLines) else len(recorded.spots)


def at(point: Point) -> str:
    """A point for people; arrays are too much to print."""
    names = [f"{name} = {found:.6g}" for name, found in point.items() if isinstance(found, float | int)]
    return f"At {', '.join(names)}" if names else "At random matrices"
