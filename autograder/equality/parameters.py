"""Random rational values for the parameters of a set, within their declared domains."""

from __future__ import annotations

import random
from fractions import Fraction
from math import ceil, floor
from typing import Any

from autograder.equality.balls import Balls
from autograder.equality.complexes import Complex
from autograder.equality.evaluate import Evaluator, Point
from autograder.equality.exactly import exact_value
from autograder.equality.signals import Signal
from autograder.formula.tree import And, Name, Node, Number, Relation, RelationSign, names_in
from autograder.symbols import Bound, Kind, Symbol, SymbolTable

Values = dict[str, Fraction]
_SCALES = (Fraction(1, 8), Fraction(1, 2), Fraction(1), Fraction(1), Fraction(2), Fraction(6))
_PRECISE = 400
_ABOVE: tuple[RelationSign, RelationSign] = (">", ">=")
_BELOW: tuple[RelationSign, RelationSign] = ("<", "<=")
_MOST_BITS = 4096
"""Numbers beyond 2^±4096 are not written out: `exp(10^9)` has half a billion digits."""


class NoPoint(Exception):
    """No values of the parameters lie in the declared domain, or some parameter is no number."""


def domain_of(variable: str, table: SymbolTable, parameters: tuple[str, ...]) -> Node | None:
    """What the declarations say of the variable itself, as a condition; None when they say nothing."""
    clauses: list[Node] = []
    for name in (variable, *parameters):
        symbol = table.get(name)
        if symbol is None:
            continue
        for bound, signs in ((symbol.lower, _ABOVE), (symbol.upper, _BELOW)):
            if bound is not None and (name == variable or variable in names_in(bound.value)):
                sign = signs[0] if bound.strict else signs[1]
                clauses.append(Relation((Name(name), bound.value), (sign,)))
        if name == variable and symbol.nonzero:
            clauses.append(Relation((Name(name), Number(Fraction(0))), ("!=",)))
    return And(tuple(clauses)) if clauses else None


def parameters_of(trees: tuple[Node, ...], variable: str, table: SymbolTable) -> tuple[str, ...]:
    """The parameters that the trees and their domains use, each behind those that its own bounds use.

    Raises:
        NoPoint: one of them is no declared number.
    """
    order: list[str] = []
    waiting: set[str] = set()

    def visit(name: str) -> None:
        if name in order or name in waiting or name == variable:
            return
        waiting.add(name)
        symbol = table.get(name)
        if symbol is None and name not in table.sizes:
            raise NoPoint(f"{name} is not declared")
        if symbol is not None and not symbol.is_scalar:
            raise NoPoint(f"{name} is no single number")
        for bound in () if symbol is None else (symbol.lower, symbol.upper):
            for inner in sorted(names_in(bound.value)) if bound is not None else ():
                visit(inner)
        order.append(name)

    variable_symbol = table.get(variable)
    for bound in () if variable_symbol is None else (variable_symbol.lower, variable_symbol.upper):
        trees = (*trees, bound.value) if bound is not None else trees
    for name in sorted(names_in(*trees)):
        visit(name)
    return tuple(order)


def draw(
    parameters: tuple[str, ...],
    variable: str,
    table: SymbolTable,
    rng: random.Random,
    *,
    squares: bool,
    reach: int = 0,
    together: bool = True,
) -> Values:
    """One point of the domain; with `squares`, positive parameters are squares, so that their roots are rational.

    With a `reach`, the parameters lie as many powers of 2 away from 1: all on its side, or the first only and the others on
    any side.

    Raises:
        NoPoint: thirty attempts found none.
    """
    for _ in range(30):
        values: Values = {}
        others = [reach if together else rng.choice((-reach, reach)) for _ in parameters[1:]]
        sides = [reach, *others][: len(parameters)]
        if all(
            _draw_one(name, variable, table, values, rng, squares=squares, reach=side)
            for name, side in zip(parameters, sides, strict=True)
        ):
            return values
    raise NoPoint("no values of the parameters were found in the declared domain")


def _draw_one(
    name: str, variable: str, table: SymbolTable, values: Values, rng: random.Random, *, squares: bool, reach: int
) -> bool:
    symbol = table.get(name) or Symbol(name=name, kind=Kind.INTEGER)
    low, high = _end(symbol.lower, variable, values), _end(symbol.upper, variable, values)
    whole = symbol.kind is Kind.INTEGER
    found = _integer(symbol, low, high, rng) if whole else _real(low, high, rng, squares=squares, reach=reach)
    if found is None or (symbol.nonzero and found == 0):
        return False
    values[name] = found
    return True


def _end(bound: Bound | None, variable: str, values: Values) -> Fraction | None:
    """The value of a bound, rounded where it is irrational; bounds that use the variable restrict the variable."""
    if bound is None or variable in names_in(bound.value):
        return None
    return number(bound.value, values)


def number(node: Node, values: Values, *, clamped: bool = False) -> Fraction | None:
    """The value of a tree as a rational, rounded to some hundred digits where it is irrational; None without value.

    Args:
        node: the tree.
        values: of every name in it.
        clamped: whether a value of extreme magnitude is given as the largest or smallest one of its sign that is
            handled, for callers that look for changes of sign; else it counts as no value.
    """
    try:
        exact = exact_value(node, values.get)
        if exact is not None:
            return exact
        balls = Balls(_PRECISE)
        with balls.working():
            return rounded(Evaluator(balls, Point(rationals=dict(values))).scalar(node), clamped=clamped)
    except Signal:
        return None


def rounded(ball: Any, *, clamped: bool = False) -> Fraction | None:
    """The middle of a ball as a rational; None when it is not real or not finite, or too extreme and not `clamped`."""
    if isinstance(ball, Complex) or not ball.is_finite():
        return None
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    size = mantissa.bit_length() + exponent
    if mantissa and abs(size) > _MOST_BITS:
        extreme = Fraction(2) ** (_MOST_BITS if size > 0 else -_MOST_BITS)
        return (extreme if mantissa > 0 else -extreme) if clamped else None
    return Fraction(mantissa << exponent) if exponent >= 0 else Fraction(mantissa, 1 << -exponent)


def _integer(symbol: Symbol, low: Fraction | None, high: Fraction | None, rng: random.Random) -> Fraction | None:
    least = 1 if low is None and symbol.lower is None else floor(low or 0) + 1
    if symbol.lower is not None and not symbol.lower.strict and low is not None:
        least = ceil(low)
    most = least + rng.choice((3, 8, 15))
    if high is not None and symbol.upper is not None:
        most = min(most, ceil(high) - 1 if symbol.upper.strict else floor(high))
    return Fraction(rng.randint(least, most)) if least <= most else None


def _real(
    low: Fraction | None, high: Fraction | None, rng: random.Random, *, squares: bool, reach: int
) -> Fraction | None:
    far = Fraction(2) ** reach
    if low is not None and high is not None:
        whole = rng.choice((7, 11, 16, 23, 50))
        share = Fraction(rng.randint(1, whole - 1), whole)
        if reach:
            share = far / 2 if reach < 0 else 1 - 1 / far / 2
        return low + (high - low) * share if low < high else None
    step = far * rng.choice(_SCALES) * Fraction(rng.randint(1, 13), rng.choice((1, 2, 3, 5, 7)))
    if squares and (low is None or low == 0):
        step = Fraction(rng.randint(1, 13), rng.choice((1, 2, 3, 5, 7))) ** 2
    if low is not None:
        return low + step
    if high is not None:
        return high - step
    return step * rng.choice((-1, 1))
