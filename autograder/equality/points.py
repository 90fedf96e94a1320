"""Points of the declared domain, drawn as exact rationals or as residues."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import isqrt
from typing import Any

from autograder.equality.arithmetic import Arithmetic
from autograder.equality.balls import Balls
from autograder.equality.evaluate import Evaluator, Point
from autograder.equality.exact import as_fraction, rationals
from autograder.equality.exactly import exact_value
from autograder.equality.frames import Frame, NoDomain, is_infinite
from autograder.equality.signals import Signal, Undefined
from autograder.equality.structure import Draw, draw_array
from autograder.equality.usage import Usage
from autograder.formula.signs import symbol_is_nonnegative
from autograder.symbols import Bound, Symbol, SymbolTable

_TRIES = 40
_SCALES = (Fraction(1), Fraction(1), Fraction(1), Fraction(5), Fraction(1, 5), Fraction(30), Fraction(1, 100))
_FAR_SCALES = (Fraction(1, 10**4), Fraction(10**3), Fraction(1, 10**7), Fraction(10**6))


@dataclass(frozen=True, slots=True)
class Style:
    """How numbers are drawn: `nice` for people (small numerators), else generic; `far` adds extreme magnitudes."""

    nice: bool = False
    far: bool = False


class Sampler:
    """Draws points for the symbols that are used.

    Args:
        usage: what the formulas use.
        table: the declarations.
        rng: where the randomness comes from.
        pure: whether to do without python-flint.
    """

    def __init__(self, usage: Usage, table: SymbolTable, rng: random.Random, *, pure: bool) -> None:
        self.usage = usage
        self.table = table
        self.rng = rng
        self.pure = pure
        self._exact = rationals(pure=pure)
        self._nonnegative = {symbol.name for symbol in usage.scalars if symbol_is_nonnegative(symbol, table)}
        large = [number for number in usage.literals if number > 20 or number < Fraction(1, 20)]
        self._typed_scales = [scale for number in large for scale in (number, _rough_root(number), 1 / number)]

    def residue_point(self, frame: Frame, arithmetic: Arithmetic, prime: int) -> Point:
        """Uniform residues; scalars that are 0 or more are drawn as squares where a root occurs.

        Bounds play no part here: a rational identity on an open set holds everywhere. Integers keep their values.
        """
        point = Point(rationals=dict(frame))

        def draw() -> Any:
            return arithmetic.number(self.rng.randrange(1, prime))

        for symbol in self.usage.scalars:
            value = draw()
            if self.usage.roots and symbol.name in self._nonnegative:
                point.roots[symbol.name] = value
                value = value * value
            point.scalars[symbol.name] = value
        self._draw_arrays(point, arithmetic, lambda _: draw)
        return point

    def rational_point(self, frame: Frame, style: Style) -> Point:
        """An exact point inside the declared domain.

        Raises:
            NoDomain: no such point was found.
        """
        for _ in range(_TRIES):
            point = Point(rationals=dict(frame))
            if all(self._draw_scalar(symbol, point, style) for symbol in self.usage.scalars):
                self._draw_arrays(point, self._exact, partial(self._entries, point, style))
                return point
        raise NoDomain("no point was found inside the declared domain")

    def is_thin(self, frame: Frame) -> bool:
        """Whether bounds pin a scalar to one value, so that an identity on the domain says nothing beyond it.

        Raises:
            NoDomain: the domain has no point at all.
        """
        point = self.rational_point(frame, Style())
        ends = [self.ends(symbol, point) for symbol in self.usage.scalars]
        return any(low is not None and low == high for low, high in ends)

    def _draw_arrays(self, point: Point, arithmetic: Arithmetic, draw_for: Callable[[Symbol], Draw]) -> None:
        for symbol in self.usage.arrays:
            shape = tuple(int(point.rationals[size]) if isinstance(size, str) else size for size in symbol.shape)
            for _ in range(_TRIES):
                try:
                    drawn, root = draw_array(
                        arithmetic, symbol, (shape[0], shape[1]), draw_for(symbol), self.rng, squared=self.usage.roots
                    )
                except Undefined:
                    continue
                point.arrays[symbol.name] = drawn
                if root is not None:
                    point.array_roots[symbol.name] = root
                break
            else:
                raise NoDomain(f"no value was found for {symbol.name}")

    def _entries(self, point: Point, style: Style, symbol: Symbol) -> Draw:
        low, high = self.ends(symbol, point)
        return lambda: self._exact.number(self._number(low, high, style))

    def _draw_scalar(self, symbol: Symbol, point: Point, style: Style) -> bool:
        low, high = self.ends(symbol, point)
        if low is not None and high is not None and low >= high:
            if low > high or not _closed(symbol):
                return False
            point.rationals[symbol.name] = low
            return True
        value = self._number(low, high, style)
        if self.usage.roots and symbol.name in self._nonnegative:
            root = _near_root(value, nice=style.nice)
            value = root * root
            point.roots[symbol.name] = self._exact.number(root)
        point.rationals[symbol.name] = value
        return self.admits(symbol, point)

    def admits(self, symbol: Symbol, point: Point) -> bool:
        """Whether the value of a scalar at a point lies within its bounds, ends of closed bounds included."""
        value = point.rationals[symbol.name]
        low, high = self.ends(symbol, point)
        if symbol.nonzero and value == 0:
            return False
        if low is not None and (value < low or (value == low and symbol.lower is not None and symbol.lower.strict)):
            return False
        return high is None or value < high or (value == high and symbol.upper is not None and not symbol.upper.strict)

    def ends(self, symbol: Symbol, point: Point) -> tuple[Fraction | None, Fraction | None]:
        """The ends of a symbol's domain at a point that already has the symbols that they use."""
        return self._end(symbol.lower, point), self._end(symbol.upper, point)

    def _end(self, bound: Bound | None, point: Point) -> Fraction | None:
        if bound is None or is_infinite(bound):
            return None
        try:
            exact = exact_value(bound.value, point.rationals.get)
            if exact is not None:
                return exact
            balls = Balls(128, pure=self.pure)
            with balls.working():
                return balls.middle(Evaluator(balls, lifted(point, balls)).scalar(bound.value))
        except Signal as signal:
            raise NoDomain(f"a bound of the domain: {signal}") from None

    def _number(self, low: Fraction | None, high: Fraction | None, style: Style) -> Fraction:
        rng = self.rng
        if low is not None and high is not None:
            if style.nice:
                bottom = rng.randint(2, 10)
                return low + (high - low) * Fraction(rng.randint(1, bottom - 1), bottom)
            share = Fraction(rng.randint(1, 9972), 9973)
            if rng.random() < (0.5 if style.far else 0.15):
                share /= 10 ** rng.randint(1, 4 if style.far else 2)
            return low + (high - low) * (share if rng.random() < 0.5 else 1 - share)
        size = self._size(style)
        if low is not None:
            return low + size
        if high is not None:
            return high - size
        return size if rng.random() < 0.5 else -size

    def _size(self, style: Style) -> Fraction:
        rng = self.rng
        if style.nice:
            return Fraction(rng.randint(1, 5), rng.choice((1, 1, 1, 2)))
        scale = rng.choice(_SCALES)
        if style.far and rng.random() < 0.6:
            scale = rng.choice([*_FAR_SCALES, *self._typed_scales])
        elif self._typed_scales and rng.random() < 0.25:
            scale = rng.choice(self._typed_scales)
        return scale * Fraction(rng.randint(1, 2 * 9973), 9973)


def _closed(symbol: Symbol) -> bool:
    ends = (symbol.lower, symbol.upper)
    return all(end is not None and not end.strict for end in ends)


def _rough_root(number: Fraction) -> Fraction:
    return Fraction(isqrt(int(number))) if number >= 1 else Fraction(1, isqrt(int(1 / number)))


def _near_root(value: Fraction, *, nice: bool) -> Fraction:
    """A rational whose square is near a positive rational."""
    bottom = 4 if nice else 9973
    return max(Fraction(isqrt(int(value * bottom * bottom)), bottom), Fraction(1, bottom * bottom))


def lifted(point: Point, balls: Balls) -> Point:
    """An exact point in ball arithmetic of the present precision."""
    exact = rationals(pure=balls.pure)

    def lift(value: Any) -> Any:
        if not exact.is_matrix(value):
            return balls.number(as_fraction(value))
        flat = [balls.number(as_fraction(entry)) for row in exact.entries(value) for entry in row]
        return balls.matrix(value.nrows(), value.ncols(), flat)

    return Point(
        rationals=point.rationals,
        arrays={name: lift(value) for name, value in point.arrays.items()},
        array_roots={name: lift(value) for name, value in point.array_roots.items()},
    )
