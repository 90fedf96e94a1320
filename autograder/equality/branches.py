"""Looking for points at which `abs`, `max`, conditions, logarithms, … go the way that was not seen yet.

A hinge whose points all lie on one side is a different formula that looks the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from autograder.equality.balls import Balls
from autograder.equality.evaluate import Evaluator, Point
from autograder.equality.frames import NoDomain
from autograder.equality.points import Sampler, lifted
from autograder.equality.signals import Signal
from autograder.equality.usage import free_names
from autograder.formula import tree as t
from autograder.formula.signs import is_nonnegative
from autograder.symbols import Symbol, SymbolTable

_BITS = 256
_STEPS = 3
_MARGINS = (Fraction(1, 4), Fraction(1, 100), Fraction(1, 10**5), Fraction(1, 10**9))
_DECADES = (-30, -18, -9, -4, 4, 9, 18, 30)
_JUMPING = frozenset({"sign", "step"})
_SIGNED_CALLS = frozenset({"abs", "sign", "relu", "step", "ln", "sqrt"})

Branch = tuple[int, int]
"""A node's id and the way it went: a sign, or 10 and 11 for a condition that fails or holds."""


@dataclass(frozen=True, slots=True)
class Switch:
    """An expression whose sign decides which way a node goes."""

    node: t.Node
    expression: t.Node


def switches(root: t.Node) -> Iterator[Switch]:
    """Every place of a tree where a sign decides."""
    for node in t.walk(root):
        match node:
            case t.Call(function, args) if function in _SIGNED_CALLS:
                yield Switch(node, args[0])
            case t.Call("max" | "min", args):
                for other in args[1:]:
                    yield Switch(other, t.Add((other, t.Neg(args[0]))))
            case t.Relation(operands):
                for left, right in pairwise(operands):
                    yield Switch(node, t.Add((left, t.Neg(right))))


def unseen(found: list[Switch], seen: set[Branch], table: SymbolTable) -> list[tuple[Switch, int]]:
    """The switches and signs that no point has taken and that the declared domain does not rule out."""
    return [
        (switch, sign)
        for switch in found
        for sign in (1, -1)
        if (id(switch.node), sign) not in seen and (sign == 1 or not is_nonnegative(switch.expression, table))
    ]


def jumps(found: list[Switch]) -> list[Switch]:
    """The switches at which a value may jump; two formulas with boundaries close to each other differ only between."""
    return [
        switch
        for switch in found
        if isinstance(switch.node, t.Relation) or (isinstance(switch.node, t.Call) and switch.node.function in _JUMPING)
    ]


def seek(switch: Switch, sign: int, base: Point, sampler: Sampler, *, close: bool = False) -> Point | None:
    """A point on the wanted side of a switch, by moving one scalar along a secant; `close` to its boundary, or anywhere."""
    names = {use.name for use in free_names(switch.expression) if isinstance(use, t.Name)}
    for symbol in sampler.usage.scalars:
        if symbol.name not in names:
            continue
        for candidate in _candidates(switch.expression, symbol.name, base, sampler, close=close):
            for change in _moves(symbol, candidate, base, sampler):
                moved = replace(base, rationals={**base.rationals, **change})
                if _inside(moved, sampler):
                    value = _value(switch.expression, moved, sampler)
                    if value is not None and value * sign > 0:
                        return moved
                    break
    return None


def _moves(symbol: Symbol, candidate: Fraction, base: Point, sampler: Sampler) -> Iterator[dict[str, Fraction]]:
    """One scalar alone, then with the ones that its bounds tie it to, by the same share or by its inverse.

    Where `sigma_l > sigma_s`, a small `sigma_l` needs a small `sigma_s` too; where `eta < 1/sigma`, a large rate needs a
    small `sigma`.
    """
    yield {symbol.name: candidate}
    here = base.rationals[symbol.name]
    if here == 0 or candidate / here <= 0:
        return
    partners = [other.name for other in sampler.usage.scalars if _tied(symbol, other)]
    for share in (candidate / here, here / candidate) if partners else ():
        yield {symbol.name: candidate, **{name: base.rationals[name] * share for name in partners}}


def _tied(one: Symbol, other: Symbol) -> bool:
    """Whether a bound of one of two scalars uses the other."""
    pairs = ((one, other.name), (other, one.name))
    return any(
        name in t.names_in(bound.value) for symbol, name in pairs for bound in (symbol.lower, symbol.upper) if bound
    )


def _inside(point: Point, sampler: Sampler) -> bool:
    try:
        return all(sampler.admits(symbol, point) for symbol in sampler.usage.scalars)
    except NoDomain:
        return False


def _candidates(expression: t.Node, name: str, base: Point, sampler: Sampler, *, close: bool) -> Iterator[Fraction]:
    """Places of other magnitudes, and places on both sides of the roots that secant steps lead to."""
    first = base.rationals[name]
    for exponent in () if close else _DECADES:
        yield first * Fraction(10) ** exponent
    second = first + max(abs(first), Fraction(1)) / 3
    for _ in range(_STEPS):
        values = [
            _value(expression, replace(base, rationals={**base.rationals, name: at}), sampler) for at in (first, second)
        ]
        if values[0] is None or values[1] is None or values[0] == values[1]:
            return
        slope = (values[1] - values[0]) / (second - first)
        root = (first - values[0] / slope).limit_denominator(10**40)
        span = max(abs(root), Fraction(1, 1000))
        for margin in _MARGINS[-2:] if close else _MARGINS:
            yield root + span * margin
            yield root - span * margin
        first, second = second, root
        if first == second:
            return


def _value(expression: t.Node, point: Point, sampler: Sampler) -> Fraction | None:
    balls = Balls(_BITS, pure=sampler.pure)
    try:
        with balls.working():
            return balls.middle(Evaluator(balls, lifted(point, balls)).scalar(expression))
    except Signal:
        return None  # no number there: nothing to steer by
