"""A cheap first test for many candidate formulas: their values at a few points, to some thirty digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Any

from autograder.equality.balls import Balls
from autograder.equality.evaluate import Evaluator, Point
from autograder.equality.exact import HAS_FLINT
from autograder.equality.frames import NoDomain, frames
from autograder.equality.parameters import rounded
from autograder.equality.points import Sampler, Style, lifted
from autograder.equality.seeds import generator
from autograder.equality.signals import Signal
from autograder.equality.usage import usage_of
from autograder.formula.tree import Add, Name, Node, walk
from autograder.symbols import SymbolTable

_BITS = 160
_POINTS = 3
_ATTEMPTS = 12
_STEP = Fraction(101, 100)
_CLOSE = Fraction(1, 1 << 90)

Values = list[Fraction]
"""The entries of a value, row by row; one entry for a number."""


class Sieve:
    """The key's values at a few points of the domain, and who else has them.

    Args:
        expected: the key.
        given: the student's formula, which has a value at the points too.
        table: the declared symbols; all its numbers and sizes get a value, so that edits may use them.
        seed: of the points.
        work: how many nodes may be evaluated in all; what comes later is not tried (so that the outcome does not depend
            on how fast the machine is).
    """

    def __init__(self, expected: Node, given: Node, table: SymbolTable, *, seed: int, work: int) -> None:
        self._left = work
        self._points: list[Point] = []
        self._numbers: list[dict[str, Fraction]] = []
        self.expected: list[Values] = []
        self.given: list[Values] = []
        self._balls = Balls(_BITS, pure=not HAS_FLINT)
        try:
            self._draw(expected, given, table, seed)
        except (NoDomain, Signal):
            return

    def _draw(self, expected: Node, given: Node, table: SymbolTable, seed: int) -> None:
        names = (*(symbol.name for symbol in table.symbols if symbol.is_scalar), *table.sizes)
        everything = Add((expected, given, *(Name(name) for name in names)))
        usage = usage_of((everything,), table)
        sampler = Sampler(usage, table, generator(seed, "sieve"), pure=not HAS_FLINT)
        trials = frames(usage, generator(seed, "sieve sizes"), huge=False)
        for frame in islice(trials, _ATTEMPTS):
            if len(self._points) == _POINTS:
                break
            exact = sampler.rational_point(frame, Style())
            with self._balls.working():
                point = lifted(exact, self._balls)
            sides = self._values(expected, point), self._values(given, point)
            if sides[0] is None or sides[1] is None or not any(sides[0]):
                continue  # a value of 0 says nothing of factors
            self._points.append(point)
            self._numbers.append(dict(exact.rationals))
            self.expected.append(sides[0])
            self.given.append(sides[1])

    @property
    def ready(self) -> bool:
        """Whether enough points were found."""
        return len(self._points) == _POINTS

    @property
    def exhausted(self) -> bool:
        """Whether the work that was allowed is done."""
        return self._left <= 0

    def numbers(self, name: str) -> Values:
        """The values of a number or size at the points."""
        return [point[name] for point in self._numbers]

    def names(self) -> list[str]:
        """Every number and size that has a value."""
        return list(self._numbers[0]) if self._numbers else []

    def passes(self, candidate: Node) -> bool:
        """Whether a formula has the key's values at all points."""
        size = len(walk(candidate))
        for point, wanted in zip(self._points, self.expected, strict=True):
            self._left -= size
            if self.exhausted:
                return False
            found = self._values(candidate, point)
            if found is None or not close(found, wanted):
                return False
        return True

    def depends(self, node: Node, name: str) -> bool:
        """Whether a formula's value changes with one of the numbers or arrays."""
        for point in self._points:
            with self._balls.working():
                moved = _moved(point, name, self._balls)
            before, after = self._values(node, point), self._values(node, moved)
            if before is not None and after is not None and not close(before, after):
                return True
        return False

    def _values(self, node: Node, point: Point) -> Values | None:
        with self._balls.working():
            try:
                value = Evaluator(self._balls, point).value(node)
            except (Signal, RecursionError):
                return None
            rows = self._balls.entries(value) if self._balls.is_matrix(value) else [[value]]
            return _entries([entry for row in rows for entry in row])


def _moved(point: Point, name: str, balls: Balls) -> Point:
    if name in point.rationals:
        return replace(point, rationals={**point.rationals, name: point.rationals[name] * _STEP})
    return replace(point, arrays={**point.arrays, name: point.arrays[name] * balls.number(_STEP)})


def _entries(balls: Sequence[Any]) -> Values | None:
    found: Values = []
    for ball in balls:
        middle = rounded(ball)
        if middle is None:
            return None
        found.append(middle)
    return found


def close(left: Values, right: Values) -> bool:
    """Whether two values agree to nearly all of their digits."""
    return len(left) == len(right) and all(
        abs(a - b) <= _CLOSE * max(abs(a), abs(b), Fraction(1)) for a, b in zip(left, right, strict=True)
    )


def ratio(top: Values, bottom: Values) -> Fraction | None:
    """The one number by which `bottom` must be multiplied to give `top`, None when there is none."""
    found: Fraction | None = None
    if len(top) != len(bottom):
        return None
    for a, b in zip(top, bottom, strict=True):
        if b == 0 or a == 0:
            if a != b:
                return None
            continue
        if found is None:
            found = a / b
        elif not close([a / b], [found]):
            return None
    return found
