"""What a question's oracle measures at a few points, written down, so that a kit needs neither the oracle nor a key.

An oracle computes what the statement says, but its text can be as telling as the key: a loop that adds up is a sum. The numbers
that it gives are what a report shows as a witness.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.random import Generator, default_rng

from autograder.answers.keys import key_tree, key_with_shape
from autograder.answers.objective import Objective
from autograder.equality.bounds import bound_of
from autograder.formula.tree import Mul
from autograder.kit.forms import Form, Lines
from autograder.kit.recorded import Counts, Membership, Recorded, Rises, SameLines, Spot, Values
from autograder.oracles.measured import MeasuredBound, MeasuredInterval, MeasuredObjective, MeasuredValue
from autograder.oracles.numeric import number, value
from autograder.oracles.points import call, draw
from autograder.question import Assignment, Question
from autograder.symbols import Structure, SymbolTable

Point = dict[str, Any]

_DIGITS = 9  # of what was measured: enough to tell formulas apart
_STEPS = 12  # of the search for the ends of a range: to a few thousandths of it
_NEAR = 2e-3  # relative distance from an end within which an oracle may not be able to tell
_BITS = 6  # ends with so few binary digits are exact in floating point
_ROUND_POINTS = 2
_PLACES = 5
_MORE = 3


def recorded(assignment: Assignment, question: Question, form: Form, table: SymbolTable) -> Recorded | None:
    """The measurements of a part, None where its oracle knows the answer itself (a letter) or works on code."""
    rng = default_rng(zlib.crc32(assignment.part(question).encode()))
    practice = question.practice
    match practice:
        case MeasuredValue():
            spots = tuple(_measured(practice.by, _points(practice, table, rng)))
            tolerance = max(practice.tolerance, 10.0 ** (3 - _DIGITS))
            return Values(spots=spots, tolerance=tolerance, also=tuple(_also(question, spots))) if spots else None
        case MeasuredInterval(variable=variable):
            places = [*_points(practice, table, rng), *_round_points(practice, table, rng)]
            found = [spot for point in places for spot in _around_ends(practice, point, rng)]
            return Membership(spots=tuple(found), variable=variable) if found else None
        case MeasuredBound():
            spots = tuple(_measured(practice.by, _points(practice, table, rng)))
            return _counts(question, spots)
        case MeasuredObjective(of=of):
            return Rises(spots=tuple(_rises(practice, of, point, rng) for point in _points(practice, table, rng)))
    if isinstance(form, Lines):
        return SameLines(points=tuple(_rounded(draw(table, rng), table) for _ in range(_PLACES)))
    return None


def _points(practice: Any, table: SymbolTable, rng: Generator) -> Iterator[Point]:
    """As many points as the oracle tries; more where they are only numbers, since a kit keeps the ones it has."""
    times = 1 if table.sizes else _MORE
    return (_rounded(point, table) for _ in range(times) for point in practice.points(table, rng))


def _rounded(point: Any, table: SymbolTable) -> Point:
    """The point with short numbers, where no property of a matrix is lost by it."""
    kept = {symbol.name for symbol in table.symbols if symbol.structure not in (Structure.GENERAL, Structure.SYMMETRIC)}
    return {
        name: found if name in kept or isinstance(found, int) else _short(found, 4) for name, found in point.items()
    }


def _short(found: Any, digits: int) -> Any:
    """A number or an array with so many digits that count."""
    if isinstance(found, bool | int):
        return found
    if np.ndim(found) == 0:
        return float(f"{float(found):.{digits}g}")
    return np.array([float(f"{one:.{digits}g}") for one in np.ravel(found)]).reshape(np.shape(found))


def _measured(by: Callable[..., Any], points: Iterator[Point]) -> Iterator[Spot]:
    for point in points:
        found = call(by, point)
        if found is not None:
            several = found if isinstance(found, tuple) else (found,)
            yield Spot(point=point, measured=tuple(_short(one, _DIGITS) for one in several))


def _also(question: Question, spots: tuple[Spot, ...]) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """The values under each further convention that counts as right; no more of it than these numbers."""
    answer: Any = question.answer
    further = [key for _, key in getattr(answer, "also", ())]
    if isinstance(answer, Objective):
        whole = key_tree(answer.key, question.symbols)
        further = [Mul((key_tree(factor, question.symbols), whole)) for _, factor in answer.named]
    for key in further:
        tree, _ = key_with_shape(key, question.symbols)
        with suppress(np.linalg.LinAlgError):  # it holds for other sizes only; such an answer cannot be tried either
            yield tuple((_short(value(tree, spot.point), _DIGITS),) for spot in spots)


def _counts(question: Question, spots: tuple[Spot, ...]) -> Counts:
    answer: Any = question.answer
    also = []
    for _, key in answer.also:
        bound = bound_of(key_tree(key, question.symbols), answer.variable)
        if bound is not None:
            also.append(tuple(math.ceil(number(value(bound.expression, spot.point))) for spot in spots))
    return Counts(spots=spots, variable=answer.variable, also=tuple(also))


def _round_points(practice: MeasuredInterval, table: SymbolTable, rng: Generator) -> Iterator[Point]:
    """Points of powers of two, at which ends of ranges have no rounding error, so that whether they belong can be asked."""
    found = 0
    for _ in range(200):
        point = {
            name: one
            if isinstance(one, int) or np.ndim(one)
            else float(np.copysign(2.0 ** round(math.log2(abs(one))), one))
            for name, one in draw(table, rng, sizes=practice.sizes).items()
        }
        scalars = [one for name, one in point.items() if name != practice.variable and isinstance(one, float)]
        if len(set(scalars)) == len(scalars):
            yield point
            found += 1
        if found == _ROUND_POINTS:
            return


def _around_ends(practice: MeasuredInterval, point: Point, rng: Generator) -> Iterator[Spot]:
    """Values of the variable over four decades, one on each side of every end that the search finds, and short ends."""

    def belongs(here: float) -> bool | None:
        found: bool | None = call(practice.by, {**point, practice.variable: here})
        return found

    places = [_short(here, 3) for here in np.exp(np.sort(rng.uniform(-4.6, 4.6, size=16)))]
    told = [(here, said) for here in places if (said := belongs(here)) is not None]
    for (low, inside), (high, outside) in pairwise(told):
        if inside is not outside:
            end = _end(belongs, low, high, inside=inside)
            places += [_short(0.97 * end, 4), _short(1.03 * end, 4)]
            places += _round_number(end)
    for here in places:
        said = belongs(here)
        if said is not None:
            yield Spot(point={**point, practice.variable: here}, measured=(said,))


def _round_number(end: float) -> list[float]:
    """The number of fewest binary digits beside an end, where it is one: most likely the end itself."""
    scale = 2.0 ** math.floor(math.log2(end))
    near = (round(end / scale * 2**bits) * scale / 2**bits for bits in range(_BITS))
    return [one for one in near if abs(end / one - 1) < _NEAR][:1]


def _end(belongs: Callable[[float], bool | None], low: float, high: float, *, inside: bool) -> float:
    for _ in range(_STEPS):
        middle = math.sqrt(low * high)
        if belongs(middle) is inside:
            low = middle
        else:
            high = middle
    return low


def _rises(practice: MeasuredObjective, of: str, point: Point, rng: Generator) -> tuple[Spot, ...]:
    places = [{**point, of: _short(rng.normal(size=np.shape(point[of])), 4)} for _ in range(_PLACES)]
    return tuple(Spot(point=place, measured=(float(call(practice.by, place)),)) for place in places)
