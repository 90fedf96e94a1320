"""Points close to a point: whether something holds there only by accident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from autograder.equality.evaluate import Point
from autograder.equality.exact import as_fraction, rationals
from autograder.equality.frames import NoDomain
from autograder.equality.points import Sampler
from autograder.equality.usage import is_structured

_STEP = Fraction(1, 10**7)


def nearby(point: Point, sampler: Sampler, count: int) -> Iterator[Point]:
    """Up to `count` points around one, with the same integers; none where there is nothing to move."""
    scalars = sampler.usage.scalars
    arrays = [symbol.name for symbol in sampler.usage.arrays if not is_structured(symbol)]
    if not scalars and not arrays:
        return
    rng, exact = sampler.rng, rationals(pure=sampler.pure)

    def moved(value: Fraction) -> Fraction:
        return value + (abs(value) + _STEP) * _STEP * Fraction(rng.randint(-9972, 9972), 9973)

    def moved_array(value: Any) -> Any:
        if not exact.is_matrix(value):
            return exact.number(moved(as_fraction(value)))
        flat = [exact.number(moved(as_fraction(entry))) for row in exact.entries(value) for entry in row]
        return exact.matrix(value.nrows(), value.ncols(), flat)

    for _ in range(count):
        changed = {symbol.name: moved(point.rationals[symbol.name]) for symbol in scalars}
        other = replace(
            point,
            rationals={**point.rationals, **changed},
            arrays={name: moved_array(value) if name in arrays else value for name, value in point.arrays.items()},
        )
        try:
            if all(sampler.admits(symbol, other) for symbol in scalars):
                yield other
        except NoDomain:
            continue
