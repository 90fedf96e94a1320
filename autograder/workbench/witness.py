"""The witness as a picture for authors: the answer and the key along one symbol, around the point at which they differ."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.answers.bound import Bound
from autograder.answers.expression import Expression
from autograder.answers.interval import Interval
from autograder.answers.judging import to_name
from autograder.answers.keys import key_tree
from autograder.answers.update import Update
from autograder.equality.decide import decide
from autograder.equality.decision import Witness
from autograder.equality.sets import decide_sets
from autograder.errors import AutograderError
from autograder.formula.tree import Node, names_in
from autograder.oracles.measured import bound_beside
from autograder.oracles.numeric import Point, holds, number, value
from autograder.oracles.witnesses import told
from autograder.plots import Drawn, Plot, Series
from autograder.question import Question
from autograder.symbols import Kind
from autograder.workbench.beside import telling_point

_STEPS = 160
_NO_VALUE = (AutograderError, ArithmeticError, ValueError, TypeError, LookupError)


def witness_plot(question: Question, reading: Node, seed: int) -> tuple[Plot, ...]:
    """The plot, () where answer and key are no numbers or nothing tells them apart at numbers alone."""
    answer = question.answer
    if isinstance(answer, Interval):
        key = answer.as_condition(key_tree(answer.key, question.symbols))
        given = answer.as_condition(reading)
        decision = decide_sets(key, given, answer.variable, question.symbols, seed=seed)
        there = _numbers(decision.witness) if decision.different else None
        return _drawn(there, key, given, answer.variable, _membership(answer.variable))
    if isinstance(answer, Bound | Update) or (
        isinstance(answer, Expression) and answer.shape(question.symbols).is_scalar
    ):
        key, given = bound_beside(key_tree(answer.key, question.symbols)), bound_beside(reading)
        decision = decide(key, given, question.symbols, seed=seed)
        used = names_in(key)
        free = [s for s in question.symbols.symbols if s.is_scalar and s.name in used]
        free.sort(key=lambda symbol: symbol.kind is Kind.INTEGER)  # a line says more than a few points
        if not free or not decision.different:
            return ()
        numbers: Point | None = _numbers(decision.witness)
        point = numbers or telling_point(question, (key,), (given,))
        return _drawn(point, key, given, free[0].name, _value, counts=free[0].kind is Kind.INTEGER)
    return ()


def _drawn(
    point: Point | None,
    key: Node,
    given: Node,
    variable: str,
    at: Callable[[Node, Point], float | None],
    *,
    counts: bool = False,
) -> tuple[Plot, ...]:
    """Both along one symbol, which takes whole numbers only where it `counts`."""
    if point is None or variable not in point:
        return ()
    here = float(point[variable])
    grid = _around_whole(here) if counts else _around(here)
    line = Drawn.BOTH if counts else Drawn.LINE

    def series(name: str, tree: Node, xs: list[float], drawn: Drawn) -> Series | None:
        pairs = [(x, y) for x in xs if (y := at(tree, {**point, variable: x})) is not None]
        return Series.of(name, [x for x, _ in pairs], [y for _, y in pairs], drawn=drawn) if pairs else None

    found = tuple(
        one
        for one in (
            series("the key", key, grid, line),
            series("the answer", given, grid, line),
            series("the answer at the witness", given, [here], Drawn.POINTS),
        )
        if one is not None
    )
    others = ", ".join(f"{to_name(name)} = {told(found)}" for name, found in point.items() if name != variable)
    symbol = to_name(variable)
    says = f"{f'With {others}. ' if others else ''}The witness is {symbol} = {here:.4g}."
    label = "value" if at is _value else "belongs (1) or not (0)"
    return (Plot(title="The witness", x_label=symbol, y_label=label, series=found, says=says),) if found else ()


def _around(here: float) -> list[float]:
    """Numbers on both sides of a point and the point itself, of its sign where it has one."""
    reach = max(abs(here), 0.5)
    low = max(here - reach, here / 20) if here > 0 else here - reach
    return sorted([*np.linspace(low, here + 1.5 * reach, _STEPS).tolist(), here])


def _around_whole(here: float) -> list[float]:
    """The same for a symbol that counts."""
    middle = round(here)
    return [float(n) for n in range(max(0, middle - 6), middle + 7)]


def _numbers(witness: Witness | None) -> dict[str, float] | None:
    """The point as numbers, None where a matrix or data belong to it."""
    if witness is None or not witness.point:
        return None
    try:
        return {name: float(Fraction(text)) for name, text in witness.point}
    except ValueError:
        return None


def _value(tree: Node, point: Point) -> float | None:
    try:
        with np.errstate(all="ignore"):
            found = number(value(tree, point))
    except _NO_VALUE:
        return None
    return found if math.isfinite(found) else None


def _membership(variable: str) -> Callable[[Node, Point], float | None]:
    def at(tree: Node, point: Any) -> float | None:
        try:
            return float(holds(tree, point, variable=variable))
        except _NO_VALUE:
            return None

    return at
