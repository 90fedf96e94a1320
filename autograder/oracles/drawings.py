"""What an answer is shown as a picture: the statement at the student's own bound, rate or formula, never the right one.

A drawing evaluates the answer at fixed numbers of the part and lets the statement do the rest: run its recurrence at the
end of the range that was given, take one step from each iterate that was given, follow an estimate along its penalty.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

import numpy as np

from autograder.answers.judging import to_name
from autograder.errors import AuthorError
from autograder.formula.measure import size_of_tree
from autograder.formula.roles import CONDITION
from autograder.formula.tree import Interval, Node, Union
from autograder.oracles.measured import ends_of
from autograder.oracles.numeric import number, value
from autograder.oracles.points import call
from autograder.plots import Drawn, Plot, Series

_LARGEST_TREE = 400
_MOST_SUMS = 2  # nested sums cost a power of their length
_FAR = 1e6  # what is larger would flatten the rest of a picture
_GROWN = 30.0  # how far a recurrence that grows is followed, relative to its first step
_NO_VALUE = (AuthorError, ArithmeticError, ValueError, TypeError, LookupError)
"""What evaluating a student's formula may raise; then there is nothing to draw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """The statement's recurrence, run at the end of the student's range or at the student's rate.

    Args:
        variable: the rate's symbol ("eta").
        start: where the recurrence starts.
        steps: by name of a coordinate ("w"), one step from it: its first parameter, the others name symbols.
        at: numbers for the other symbols.
        length: how many steps are run.
    """

    variable: str
    start: float
    steps: Mapping[str, Callable[..., float]]
    at: Mapping[str, float]
    length: int = 12

    def draw(self, reading: Node) -> tuple[Plot, ...]:
        """The plot for an answer, () where it names no number."""
        is_range = isinstance(reading, (*CONDITION, Interval, Union))
        rate = self._end(reading) if is_range else _number_at(reading, self.at)
        if rate is None or not 0 < rate < _FAR:
            return ()
        place, name = (
            ("the end of your range", f"{to_name(self.variable)} = {rate:.4g}") if is_range else ("your rate", "")
        )
        rates = {name or f"{to_name(self.variable)} = {rate:.4g}": rate}
        if is_range and len(self.steps) == 1:
            rates[f"a tenth below, {to_name(self.variable)} = {0.9 * rate:.4g}"] = 0.9 * rate
        series = tuple(
            one
            for coordinate, step in self.steps.items()
            for named, at in rates.items()
            if (one := self._run(f"{coordinate} at {named}", step, at)) is not None
        )
        says = f"The recurrence of the statement, run from {self.start:g} {_with(self.at)}at {place}."
        return (
            Plot(title=f"The recurrence at {place}", x_label="t", y_label=_names(self.steps), series=series, says=says),
        )

    def _end(self, reading: Node) -> float | None:
        """The largest number at which the student's range ends."""
        try:
            return max(ends_of(reading, self.variable, {**self.at, self.variable: 1.0}), default=None)
        except _NO_VALUE:
            return None

    def _run(self, name: str, step: Callable[..., float], rate: float) -> Series | None:
        point = {**self.at, self.variable: rate}
        values = [self.start, _after(step, self.start, point)]
        far = _GROWN * max(map(abs, values))
        while len(values) <= self.length and abs(values[-1]) < far:
            values.append(_after(step, values[-1], point))
        return Series.of(name, range(len(values)), values, drawn=Drawn.BOTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Iterates:
    """The student's formula for the iterates, and where one step of the statement leads from those that have gone astray.

    From an iterate that is right, a step would be the next right one: it is marked only where the whole formula is right.

    Args:
        steps: the symbol that counts steps ("t").
        step: one step of the statement from its first parameter; its others name symbols.
        at: numbers for the other symbols.
        start: the one of them from which the statement starts ("w_0").
        name: how the iterate is called.
    """

    steps: str
    step: Callable[..., float]
    at: Mapping[str, float]
    start: str = "w_0"
    name: str = "w"
    length: int = 8

    def draw(self, reading: Node) -> tuple[Plot, ...]:
        """The plot for a formula, () where it has no values."""
        yours = [_number_at(reading, {**self.at, self.steps: t}) for t in range(self.length + 1)]
        found = [(t, w) for t, w in enumerate(yours) if w is not None and abs(w) < _FAR]
        marked = self._astray(found) or found
        if marked and marked[-1][0] == self.length:
            marked = marked[:-1]  # a step from the last one would leave the picture
        series = (
            Series.of("your formula", [t for t, _ in found], [w for _, w in found], drawn=Drawn.BOTH),
            Series.of(
                "one step of the statement from your iterate before",
                [t + 1 for t, _ in marked],
                [_after(self.step, w, self.at) for _, w in marked],
                drawn=Drawn.POINTS,
            ),
        )
        drawn = tuple(one for one in series if one is not None)
        if len(drawn) < len(series):
            return ()
        says = (
            f"Drawn {_with(self.at)}from your formula; one that follows the recurrence goes through every marked step."
        )
        return (Plot(title="Your iterates, step by step", x_label="t", y_label=self.name, series=drawn, says=says),)

    def _astray(self, found: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """The iterates that the statement does not reach from its start."""
        stated = [self.at[self.start]]
        for _ in range(self.length):
            stated.append(_after(self.step, stated[-1], self.at))
        return [(t, w) for t, w in found if abs(w - stated[t]) > 1e-9 * max(1.0, abs(stated[t]))]


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyPath:
    """The entries of the student's estimate as the penalty grows, beside the estimate without one.

    Args:
        variable: the symbol that makes the penalty grow.
        at: numbers, lists (columns) and lists of lists (matrices) for the other symbols.
        without: the estimate that the statement gives where there is no penalty.
        name: how the estimate is called.
    """

    variable: str
    at: Mapping[str, Any]
    without: Callable[..., Any]
    name: str = "w"

    def draw(self, reading: Node) -> tuple[Plot, ...]:
        """The plot for a formula, () where it has no values of the right shape."""
        point = {name: _array(found) for name, found in self.at.items()}
        free = np.ravel(call(self.without, point))
        grid = [float(x) for x in np.geomspace(1e-2, 1e2, 33)]
        rows = [(x, w) for x in grid if (w := _array_at(reading, {**point, self.variable: x}, len(free))) is not None]
        if not rows:
            return ()
        drawn = [
            Series.of(f"{self.name}[{k + 1}], yours", [x for x, _ in rows], [float(w[k]) for _, w in rows])
            for k in range(len(free))
        ]
        drawn += [
            Series.of(f"{self.name}[{k + 1}] without a penalty", grid[:1], [float(entry)], drawn=Drawn.POINTS)
            for k, entry in enumerate(free)
        ]
        symbol = to_name(self.variable)
        says = (
            f"Your estimate for one small data set. Where {symbol} is small it should begin at least squares (marked)."
        )
        series = tuple(one for one in drawn if one is not None)
        title = "The path of your estimate as the penalty grows"
        return (Plot(title=title, x_label=symbol, y_label=self.name, series=series, says=says, log_x=True),)


def _is_small(tree: Node) -> bool:
    nodes, _, sums = size_of_tree(tree)
    return nodes <= _LARGEST_TREE and sums <= _MOST_SUMS


def _number_at(tree: Node, point: Mapping[str, Any]) -> float | None:
    """The value of a formula, None where it has none."""
    if not _is_small(tree):
        return None
    try:
        with np.errstate(all="ignore"):
            found = number(value(tree, point))
    except _NO_VALUE:
        return None
    return found if math.isfinite(found) else None


def _array_at(tree: Node, point: Mapping[str, Any], size: int) -> Any:
    """The value of a formula as so many finite numbers, None where it is none such."""
    if not _is_small(tree):
        return None
    try:
        with np.errstate(all="ignore"):
            found = np.ravel(np.asarray(value(tree, point), dtype=float))
    except _NO_VALUE:
        return None
    return found if len(found) == size and np.isfinite(found).all() else None


def _array(found: Any) -> Any:
    if not isinstance(found, list):
        return found
    array = np.array(found, dtype=float)
    return array[:, None] if array.ndim == 1 else array


def _after(step: Callable[..., float], here: float, point: Mapping[str, float]) -> float:
    """Where one step leads from `here`."""
    return float(call(step, point, **{next(iter(signature(step).parameters)): here}))


def _with(point: Mapping[str, float]) -> str:
    named = ", ".join(f"{to_name(symbol)} = {found:g}" for symbol, found in point.items())
    return f"with {named} " if named else ""


def _names(steps: Mapping[str, object]) -> str:
    return next(iter(steps)) if len(steps) == 1 else "the coordinates"
