"""Points between the boundaries of two piecewise formulas, along one variable at a time.

A hinge, a case or a threshold that only one of the formulas has shows only between its own boundary and the next one,
however near to each other they lie; so every gap between neighbouring boundaries gets a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from autograder.equality.boundaries import Place, zeros
from autograder.equality.evaluate import Point
from autograder.equality.frames import NoDomain
from autograder.equality.points import Sampler
from autograder.equality.usage import free_names
from autograder.formula import tree as t
from autograder.symbols import Symbol

_MOST_EXPRESSIONS = 12
_MOST_CELLS = 24


def between_boundaries(expressions: Iterable[t.Node], base: Point, sampler: Sampler) -> Iterator[Point]:
    """Points of the domain that differ from `base` in one number, one in every gap between zeros of the expressions.

    Args:
        expressions: what changes its sign where a formula changes its form.
        base: a point of the domain.
        sampler: of the formulas' symbols.
    """
    scalars = {symbol.name for symbol in sampler.usage.scalars}
    wanted = [node for node in dict.fromkeys(expressions) if _names(node) <= scalars | base.rationals.keys()]
    for symbol in sampler.usage.scalars:
        places: set[Place] = set()
        for expression in [node for node in wanted if symbol.name in _names(node)][:_MOST_EXPRESSIONS]:
            places |= zeros(expression, symbol.name, base.rationals)
        values = sorted({place.value for place in places} | set(_ends(symbol, base, sampler, some=bool(places))))
        for low, high in list(pairwise(values))[:_MOST_CELLS]:
            moved = replace(base, rationals={**base.rationals, symbol.name: (low + high) / 2})
            if _inside(moved, sampler):
                yield moved


def _names(node: t.Node) -> set[str]:
    return {use.name if isinstance(use, t.Name) else use.array for use in free_names(node)}


def _ends(symbol: Symbol, base: Point, sampler: Sampler, *, some: bool) -> Iterator[Fraction]:
    """The ends of the symbol's domain, which close the outermost gaps."""
    if some:
        try:
            yield from (end for end in sampler.ends(symbol, base) if end is not None)
        except NoDomain:
            return


def _inside(point: Point, sampler: Sampler) -> bool:
    try:
        return all(sampler.admits(symbol, point) for symbol in sampler.usage.scalars)
    except NoDomain:
        return False
