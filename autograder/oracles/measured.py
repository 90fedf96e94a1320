"""Oracles that compare a formula with what a Python function measures at random points of the domain."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.linalg import LinAlgError
from numpy.random import Generator, default_rng

from autograder.formula.tree import Interval as Between
from autograder.formula.tree import Name, Node, Relation, walk
from autograder.oracles.keys import key_trees
from autograder.oracles.numeric import MultipleOfIdentity, Point, close, holds, number, show, value
from autograder.oracles.points import call, draw
from autograder.question import Question
from autograder.symbols import SymbolTable


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """What all measuring oracles share.

    Args:
        by: a function written from the statement; its parameters name symbols of the question (`lambda_` for `lambda`).
            It returns what it measured, or None where it cannot tell.
        rounds: how many random points are tried.
        sizes: sizes of matrices, where random ones would not do.
    """

    by: Callable[..., Any]
    rounds: int = 8
    sizes: Mapping[str, int] = field(default_factory=dict)

    def points(self, table: SymbolTable, rng: Generator) -> Iterator[Point]:
        """The random points of all rounds."""
        for _ in range(self.rounds):
            yield draw(table, rng, sizes=self.sizes)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredValue(_Measured):
    """The formula's value must be what `by` returns: a number, an array, or one of those per entry of a list."""

    tolerance: float = 1e-6

    def agrees(self, question: Question, *, seed: int) -> str:
        """Compare at random points; "" when all agree."""
        keys = key_trees(question)
        for point in self.points(question.symbols, default_rng(seed)):
            found = call(self.by, point)
            wanted = found if isinstance(found, tuple) else (found,)
            if found is None:
                continue
            for tree, measured in zip(keys, wanted, strict=True):
                try:
                    given = value(tree, point)
                except LinAlgError:
                    return f"{_at(point)}: the formula has no value, the statement {show(measured)}"
                if not close(given, measured, self.tolerance):
                    return f"{_at(point)}: the formula gives {show(given)}, the statement {show(measured)}"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredInterval(_Measured):
    """A value of `variable` must belong to the set exactly where `by` returns True.

    Values are drawn over four decades, and on and just beside every end that the formula itself names.
    """

    variable: str
    rounds: int = 6

    def agrees(self, question: Question, *, seed: int) -> str:
        """Compare membership with what was measured; "" when all agree."""
        rng = default_rng(seed)
        for drawn in self.points(question.symbols, rng):
            for tree in key_trees(question):
                ends = ends_of(tree, self.variable, drawn)
                beside = [end * factor for end in ends for factor in (0.97, 1.0, 1.03)]
                for here in [*np.exp(rng.uniform(-4.6, 4.6, size=12)), *beside]:
                    point = {**drawn, self.variable: float(here)}
                    measured = call(self.by, point)
                    if measured is not None and measured != holds(tree, point, variable=self.variable):
                        word = "belongs to the range" if measured else "does not belong to the range"
                        return f"{_at(point)}: by the statement, {self.variable} {word}"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredBound(_Measured):
    """The bound, rounded up, must be the number of steps that `by` counts."""

    def agrees(self, question: Question, *, seed: int) -> str:
        """Compare counts at random points off the integers; "" when all agree."""
        (tree,) = key_trees(question)
        bound, is_lower = _bound(tree)
        if not is_lower:
            return "at every point: the formula bounds the number of steps from above, and more steps are enough too"
        for point in self.points(question.symbols, default_rng(seed)):
            counted, steps = call(self.by, point), number(value(bound, point))
            if math.isnan(steps):
                return f"{_at(point)}: the formula has no value"
            if counted is not None and abs(steps - round(steps)) > 1e-6 and math.ceil(steps) != counted:
                return f"{_at(point)}: the formula asks for {math.ceil(steps)} steps, the count is {counted}"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredObjective(_Measured):
    """As a function of the vector `of`, the formula must be a positive multiple of `by` plus a constant."""

    of: str

    def agrees(self, question: Question, *, seed: int) -> str:
        """Compare differences at random points; "" when all agree."""
        (tree,) = key_trees(question)
        rng = default_rng(seed)
        for point in self.points(question.symbols, rng):
            places = [{**point, self.of: rng.normal(size=np.shape(point[self.of]))} for _ in range(5)]
            given = np.array([number(value(tree, place)) for place in places])
            stated = np.array([number(call(self.by, place)) for place in places])
            ratios = (given[1:] - given[0]) / (stated[1:] - stated[0])
            if ratios.min() <= 0 or not np.allclose(ratios, ratios[0], rtol=1e-6):
                return f"{_at(point)}: differences of the formula are {show(ratios)} times those of the statement"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredChoice:
    """The options that an experiment singles out must be the key's: `by(rng)` returns a letter, or one per case."""

    by: Callable[[Generator], str | tuple[str, ...]]

    def agrees(self, question: Question, *, seed: int) -> str:
        """Run the experiment and compare; "" when it singles out the key."""
        measured = self.by(default_rng(seed))
        given = question.answer.key  # type: ignore[attr-defined]  # a choice has one
        return "" if measured == given else f"the experiment singles out {measured}, the key says {given}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredProperty(_Measured):
    """For answers judged by a property, `by` returns the two values whose equality the statement asks for.

    Its parameters may name the answers themselves (`W1`, `C`) besides the question's symbols.
    """

    answers: SymbolTable  # the answers' names with their shapes
    tolerance: float = 1e-8

    def agrees(self, question: Question, *, seed: int) -> str:
        """Compare both values at random points; "" when all agree."""
        trees = key_trees(question)
        for point in self.points(question.symbols, default_rng(seed)):
            values = {
                symbol.name: _shaped(value(tree, point), symbol.shape, point)
                for symbol, tree in zip(self.answers.symbols, trees, strict=True)
            }
            given, wanted = call(self.by, {**point, **values})
            if not close(given, wanted, self.tolerance):
                return f"{_at(point)}: the answer leads to {show(given)}, the statement to {show(wanted)}"
        return ""


def ends_of(tree: Node, variable: str, point: Point) -> list[float]:
    """The positive numbers between which the formula's conditions change."""
    found: list[Node] = []
    for node in walk(tree):
        if isinstance(node, Relation):
            found += [side for side in node.operands if Name(variable) not in walk(side)]
        elif isinstance(node, Between):
            found += [node.low, node.high]
    numbers = [number(value(end, point)) for end in found]
    return [end for end in numbers if 0 < end < math.inf]


def _bound(tree: Node) -> tuple[Node, bool]:
    """The formula beside the counting variable, and whether it is a lower bound."""
    if not isinstance(tree, Relation):
        return tree, True
    left, right = tree.operands
    if isinstance(left, Name):
        return right, tree.signs[0] in (">", ">=")
    return left, tree.signs[0] in ("<", "<=")


def bound_beside(tree: Node) -> Node:
    """The formula of a bound, without the counting variable."""
    return _bound(tree)[0]


def _shaped(found: Any, shape: tuple[str | int, str | int], point: Point) -> Any:
    """An identity or a zero whose size was left open, in the size that its place asks for."""
    rows, cols = (size if isinstance(size, int) else int(point.get(size, 0)) for size in shape)
    if isinstance(found, MultipleOfIdentity):
        return found.factor * np.eye(cols)
    return np.zeros((rows or cols, cols)) if np.ndim(found) == 0 and found == 0 else found


def _at(point: Point) -> str:
    names = [f"{name} = {found:.6g}" for name, found in point.items() if isinstance(found, float | int)]
    return "at " + ", ".join(names) if names else "at a random point"
