"""What a wrong answer is shown: one number that a student can check from the statement, at one of a few fixed points.

A witness says what the statement does at a point (a recurrence that runs, an objective at two places, a difference) and
what the student's answer says there. It never says what the right answer is there. The points belong to the part, not to
the submission or its seed: the same answer always gets the same point, and whatever a student hands in, no more than
`MOST` points of a part are ever told.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from autograder.answers.judging import to_name
from autograder.errors import AuthorError
from autograder.formula.tree import Node, Product, Sum, children, walk
from autograder.oracles.keys import key_trees
from autograder.oracles.measured import bound_beside
from autograder.oracles.numeric import Point, close, holds, value
from autograder.oracles.points import call
from autograder.question import Question

MOST = 6
"""How many points a part may have."""

_LARGEST_TREE = 600
_DEEPEST_RANGES = 2
_NOTHING = 1e-9  # below it a number is what rounding left of 0
_LONGEST = 420  # characters of a witness
_NO_NUMBER = re.compile(r"\b(?:nan|inf)\b")
_CANNOT = (AuthorError, ArithmeticError, ValueError, TypeError, LookupError, MemoryError, RecursionError)
"""What evaluating a student's formula at a point may raise; then there is no number to show."""

Yours = Callable[..., Any]
"""The student's formula as a function of symbols to change: `yours()`, `yours(t=2)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Witness:
    """What all witnesses share.

    Args:
        at: the fixed points, the most telling first: values by symbol, sizes included.
    """

    at: tuple[Mapping[str, Any], ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.at) <= MOST:
            raise AuthorError(f"a witness has {len(self.at)} points; give 1 to {MOST}.")

    def points(self) -> list[dict[str, Any]]:
        """The points with arrays for lists: a list is a column, a list of lists a matrix."""
        return [{name: _array(found) for name, found in point.items()} for point in self.at]

    def first(self, given: tuple[Node, ...], tell: Callable[[Point], str]) -> str:
        """What is told at the first point that shows something, "" where none does or a formula is too large."""
        if not all(map(_is_small, given)):
            return ""
        return next(filter(None, (_quietly(partial(tell, point)) for point in self.points())), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shows(_Witness):
    """For formulas: what the statement says at the first point at which the student's formula is off.

    Args:
        tells: takes `yours` and symbols of the point, and tells what can be seen there, without the right value; "" where
            this point shows nothing.
        unnamed: symbols of the point that the sentence does not begin with (sizes, what `tells` says itself).
    """

    tells: Callable[..., str]
    unnamed: tuple[str, ...] = ()

    def show(self, question: Question, given: tuple[Node, ...]) -> str:
        """The sentence for the trees of an answer, "" where nothing can be shown."""
        return self.first(given, partial(self._tell, key_trees(question), given))

    def _tell(self, keys: tuple[Node, ...], given: tuple[Node, ...], point: Point) -> str:
        def yours(**changes: Any) -> Any:
            found = tuple(value(tree, {**point, **changes}) for tree in given)
            return found if len(found) > 1 else found[0]

        if len(keys) == len(given) and _agree(keys, given, point):
            return ""
        said = call(self.tells, point, yours=yours)
        return _joined(place_of(point, self.unnamed), said) if said else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaves(_Witness):
    """For ranges of one variable: what the statement does at a value that the student's range has wrong.

    Args:
        variable: the variable of the range.
        by: whether the value belongs to the range, measured from the statement.
        tells: what is seen there ("the recurrence grows: w = 0, 6, −2.4, …").
    """

    variable: str
    by: Callable[..., bool | None]
    tells: Callable[..., str]

    def show(self, question: Question, given: tuple[Node, ...]) -> str:
        """The sentence for a range, "" where none of the points tells it from the statement."""
        del question
        return self.first(given, partial(self._tell, given[0]))

    def _tell(self, tree: Node, point: Point) -> str:
        belongs, claimed = call(self.by, point), holds(tree, point, variable=self.variable)
        if belongs is None or belongs == claimed:
            return ""
        here = f"{to_name(self.variable)} = {told(point[self.variable])}"
        claim = "contains" if claimed else "does not contain"
        return _joined(place_of(point), f"{call(self.tells, point)}; your range {claim} {here}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(_Witness):
    """For numbers of steps: how much is left after the student's number of steps.

    Args:
        by: the number of steps, counted.
        left: the share that is left after `steps` steps, followed from the statement.
        asked: the share that is asked for.
    """

    by: Callable[..., int | None]
    left: Callable[..., float]
    asked: str

    def show(self, question: Question, given: tuple[Node, ...]) -> str:
        """The sentence for a bound, "" where every point agrees."""
        del question
        return self.first(given, partial(self._tell, given[0]))

    def _tell(self, tree: Node, point: Point) -> str:
        counted, mine = call(self.by, point), float(value(bound_beside(tree), point))
        if math.isnan(mine):
            return f"{place_of(point)}your formula has no value."
        steps = max(0, math.ceil(mine - 1e-9))
        if counted is None or steps == counted or steps > _MOST_STEPS:
            return ""
        asked = f"{self.asked} = {told(point[_symbol(self.asked)])}"
        if steps < counted:
            share = call(self.left, {**point, "steps": steps})
            return f"{place_of(point)}your formula asks for {_steps(steps)}; {told(share)} of the error is left then, more than {asked}."
        # One step less, and not a number between both, from which the right one could be computed.
        share = call(self.left, {**point, "steps": steps - 1})
        said = f"after {_steps(steps - 1)} {told(share)} of the error is left already, and {asked}."
        return f"{place_of(point)}your formula asks for {_steps(steps)}; {said}"


_MOST_STEPS = 5_000


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _symbol(shown: str) -> str:
    return {"ε": "epsilon"}.get(shown, shown)


def plainly(question: Question, given: tuple[Node, ...]) -> str:
    """Where the author gave no witness: one point of the part at which the answer is off, and what it gives there.

    The points are drawn once for the part, from its id alone.
    """
    from zlib import crc32

    from numpy.random import default_rng

    from autograder.oracles.points import draw

    if not all(map(_is_small, given)):
        return ""

    def tell() -> str:
        keys = key_trees(question)
        rng = default_rng(crc32(question.id.encode()))
        for _ in range(3):
            point = {name: _rounded(found) for name, found in draw(question.symbols, rng).items()}
            if len(keys) == len(given) == 1 and not _agree(keys, given, point):
                mine = value(given[0], point)
                if np.ndim(mine) == 0 and math.isfinite(mine) and not any(map(np.ndim, point.values())):
                    return f"{place_of(point)}yours gives {told(mine)}. Follow the statement with these numbers."
        return ""

    return _quietly(tell)


def told(found: Any) -> str:
    """A number, vector or matrix as people write it, with four digits.

    >>> told(-2.4000000001), told(3.0), told([[1.0], [0.5]]), told(1 / 3), told(123456.7)
    ('−2.4', '3', '(1, 0.5)', '0.3333', '123456.7')
    """
    array = np.asarray(found, dtype=float)
    if array.size == 1:
        number = float(array.item())
        if abs(number) < _NOTHING:
            return "0"
        if number == 0 or 1e-4 <= abs(number) < 1e6:
            text = f"{number:.4g}" if abs(number) < 1e4 else f"{number:.7g}"
        else:
            text = f"{number:.3g}"
        return "0" if float(text) == 0 else text.replace("-", "−")
    if array.ndim == 1 or 1 in array.shape:
        return f"({', '.join(map(told, array.ravel()))})"
    return f"[{', '.join('[' + ', '.join(map(told, row)) + ']' for row in array)}]"


def _rounded(found: Any) -> Any:
    return round(found, 1) if isinstance(found, float) else found


def place_of(point: Point, unnamed: tuple[str, ...] = ()) -> str:
    """How a sentence on a point begins: "With σ = 2, y = 5 "."""
    named = ", ".join(f"{to_name(name)} = {told(found)}" for name, found in point.items() if name not in unnamed)
    return f"With {named} " if named else ""


def _joined(place: str, said: str) -> str:
    """One sentence from the numbers and what is seen with them."""
    comma = place and said.partition(" ")[0] in _AFTER_A_COMMA
    return f"{place.rstrip()}, {said}" if comma else place + said if place else said[:1].upper() + said[1:]


_AFTER_A_COMMA = frozenset({"at", "if", "for", "from", "one", "with", "where"})


def _array(found: Any) -> Any:
    if isinstance(found, list | tuple):
        array = np.array(found, dtype=float)
        return array[:, None] if array.ndim == 1 else array
    return found


def _agree(keys: tuple[Node, ...], given: tuple[Node, ...], point: Point) -> bool:
    return all(close(value(mine, point), value(key, point), 1e-9) for key, mine in zip(keys, given, strict=True))


def _is_small(tree: Node) -> bool:
    """Whether a student's formula can be evaluated in no time."""
    return len(list(walk(tree))) <= _LARGEST_TREE and _depth_of_ranges(tree) <= _DEEPEST_RANGES


def _depth_of_ranges(tree: Node) -> int:
    inside = max(map(_depth_of_ranges, children(tree)), default=0)
    return inside + isinstance(tree, Sum | Product)


def _quietly(tell: Callable[[], str]) -> str:
    """What there is to tell, "" where a formula has no value at the point or the text would flood the page."""
    try:
        with np.errstate(all="ignore"):
            said = tell()
    except _CANNOT:
        return ""
    return said if len(said) <= _LONGEST and not _NO_NUMBER.search(said) else ""
