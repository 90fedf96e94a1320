"""Two conditions on one variable, compared at one point of the parameters: at every boundary and between them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from autograder.equality.balls import Balls
from autograder.equality.boundaries import Place, boundaries, numeric_zeros
from autograder.equality.complexes import Complex
from autograder.equality.evaluate import Evaluator, Point
from autograder.equality.exactly import exact_value
from autograder.equality.parameters import NoPoint, Values, draw
from autograder.equality.signals import Signal, Undefined
from autograder.formula.tree import (
    Add,
    And,
    Call,
    Indicator,
    Neg,
    Node,
    Not,
    Or,
    Piecewise,
    Relation,
    RelationSign,
    names_in,
    walk,
)  # fmt: skip
from autograder.symbols import Kind, SymbolTable

_SLACK = Fraction(1, 1 << 180)
_PRECISIONS = (128, 512)
_MOST_UNSOLVED = 8
"""Expressions whose zeros are searched on a grid; each costs some 100 evaluations a trial."""

_JUMPS = frozenset({"sign", "step", "floor", "ceil"})


class Unknown(Exception):
    """Whether the condition holds cannot be told at this place."""


_REACHES = (-40, 40)
"""Powers of 2 by which parameters lie away from 1 in a trial that is far out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One value of the variable and what both sides say of it."""

    place: Place
    boundary: bool
    expected: bool
    given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Both sides at one point of the parameters; `exact` when no boundary was rounded or missed."""

    values: Values
    marks: tuple[Mark, ...]
    exact: bool

    @property
    def differences(self) -> tuple[Mark, ...]:
        """Where the sides disagree."""
        return tuple(mark for mark in self.marks if mark.expected != mark.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """What is compared: two conditions within a domain."""

    expected: Node
    given: Node
    domain: Node | None
    variable: str
    table: SymbolTable
    parameters: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether the variable takes integers only."""
        symbol = self.table.get(self.variable)
        return symbol is not None and symbol.kind is Kind.INTEGER

    def trials(self, seed: int, count: int) -> Iterator[Trial]:
        """Trials at random parameters, every other one at squares, every fourth far out; one without parameters.

        Far out, since a number that somebody typed (`and eta < 10^6`) may bound the set at small parameters only.

        Raises:
            NoPoint: the declared domain is empty, or the conditions are too costly.
        """
        rng = random.Random(seed)  # noqa: S311 - a repeatable choice of points, no secret
        for number in range(count if self.parameters else 1):
            reach = _REACHES[number // 4 % 2] if number % 4 == 2 else 0
            values = draw(
                self.parameters,
                self.variable,
                self.table,
                rng,
                squares=number % 2 == 1,
                reach=reach,
                together=number < 8,
            )
            trial = self._trial(values)
            if trial.exact or not reach:  # far out a rounded boundary is not close enough to its place
                yield trial

    def _trial(self, values: Values) -> Trial:
        places, exact = self._places(values)
        tests = self._integers(places) if self.whole else _with_cells(places)
        marks = []
        for place, boundary in tests:
            judge = Judge(self.variable, values, place)
            try:
                if self.domain is not None and not judge.holds(self.domain):
                    continue
                expected, given = judge.holds(self.expected), judge.holds(self.given)
            except Unknown:
                exact = False
                continue
            marks.append(Mark(place=place, boundary=boundary, expected=expected, given=given))
        return Trial(values=values, marks=tuple(marks), exact=exact)

    def _places(self, values: Values) -> tuple[list[Place], bool]:
        places: set[Place] = set()
        unsolved: list[Node] = []
        for condition in (self.expected, self.given, self.domain):
            if condition is not None:
                found, rest = boundaries(condition, self.variable, values)
                places |= found
                unsolved += rest
        unsolved = list(dict.fromkeys(unsolved))
        if len(unsolved) > _MOST_UNSOLVED:
            raise NoPoint(f"too many roots, logarithms or exponentials of {self.variable}")
        for expression in unsolved:
            places |= numeric_zeros(expression, self.variable, values, self._grid(values))
        exact = not unsolved and all(place.exact for place in places)
        return sorted(places), exact

    def _grid(self, values: Values) -> list[Fraction]:
        if self.whole:
            wanted = [Fraction(n) for n in (*range(25), *(1 << k for k in range(5, 14)))]
        else:
            wanted = [Fraction(2) ** k * Fraction(half, 2) for k in range(-14, 14) for half in (2, 3)]
            wanted = [-value for value in reversed(wanted)] + [Fraction(0), *wanted]
        if self.domain is None:
            return wanted
        return [value for value in wanted if _allowed(self.domain, Judge(self.variable, values, Place(value)))]

    @staticmethod
    def _integers(places: list[Place]) -> list[tuple[Place, bool]]:
        tests: dict[Fraction, bool] = {Fraction(number): False for number in (*range(-2, 9), 20, 100, 1000)}
        for place in places:
            nearest = round(place.value)
            for number in range(nearest - 2, nearest + 3):
                tests[Fraction(number)] = tests.get(Fraction(number), False) or number == place.value
        return [(Place(value), boundary) for value, boundary in sorted(tests.items())]


def _allowed(domain: Node, judge: Judge) -> bool:
    try:
        return judge.holds(domain)
    except Unknown:
        return False


def _with_cells(places: list[Place]) -> list[tuple[Place, bool]]:
    """The boundaries, a simple number between every two neighbours, and numbers beyond the ends."""
    if not places:
        return [(Place(Fraction(value)), False) for value in (-3, -1, 0, 1, 3)]
    tests: list[tuple[Place, bool]] = [(place, True) for place in places]
    for low, high in pairwise(places):
        if low.value < high.value:
            tests.append((Place(between(low.value, high.value)), False))
    reach = 1 + max(abs(place.value) for place in places)
    for beyond in (1, 7):
        tests.append((Place(Fraction(int(places[0].value - beyond * reach) - 1)), False))
        tests.append((Place(Fraction(int(places[-1].value + beyond * reach) + 1)), False))
    return sorted(tests)


def between(low: Fraction, high: Fraction) -> Fraction:
    """The rational with the smallest denominator in the middle third between two numbers, in the middle where many are whole.

    It is found through the continued fractions of the ends, which agree as far as its own goes: Knuth, TAOCP 2, 4.5.3, exercise 39.

    >>> between(Fraction(1, 3), Fraction(2, 5)), between(Fraction(-7), Fraction(6))
    (Fraction(3, 8), Fraction(0, 1))
    """
    third = (high - low) / 3
    if abs((middle := Fraction(round((low + high) / 2))) - (low + high) / 2) <= third / 2:
        return middle
    (p, q), (r, s) = (low + third).as_integer_ratio(), (high - third).as_integer_ratio()
    before, numerator, earlier, denominator = 0, 1, 1, 0  # of the convergents of what both ends begin with
    while True:
        whole = -(-p // q)  # the smallest integer that is not below the lower end
        if whole * s <= r:
            break
        whole -= 1
        before, numerator = numerator, whole * numerator + before
        earlier, denominator = denominator, whole * denominator + earlier
        p, q, r, s = s, r - whole * s, q, p - whole * q
    return Fraction(whole * numerator + before, whole * denominator + earlier)


class Judge:
    """Decides conditions at one point, parameters and variable included."""

    def __init__(self, variable: str, values: Values, place: Place) -> None:
        self._variable = variable
        self._values = {**values, variable: place.value}
        self._rounded = not place.exact

    def holds(self, condition: Node) -> bool:
        """Whether the condition holds; what has no value does not hold.

        Raises:
            Unknown: no precision tells.
        """
        return self._truth(condition) is True

    def _truth(self, condition: Node) -> bool | None:
        match condition:
            case And(args):
                found = [self._truth(arg) for arg in args]
                return False if False in found else None if None in found else True
            case Or(args):
                found = [self._truth(arg) for arg in args]
                return True if True in found else None if None in found else False
            case Not(arg):
                inner = self._truth(arg)
                return None if inner is None else not inner
            case Relation(operands, signs):
                links = zip(operands, signs, operands[1:], strict=False)
                found = [self._link(left, sign, right) for left, sign, right in links]
                return False if False in found else None if None in found else True
            case _:
                raise Unknown(f"a {type(condition).__name__} is not a condition")

    def _link(self, left: Node, sign: RelationSign, right: Node) -> bool | None:
        try:
            order = self._order(left, right)
        except Undefined:
            return None
        except Signal as signal:
            raise Unknown(str(signal)) from None
        outcome = {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0, "=": order == 0}
        return order != 0 if sign == "!=" else outcome[sign]

    def _order(self, left: Node, right: Node) -> int:
        """The sign of left - right; a place that was rounded counts as the boundary that it stands for."""
        if self._rounded and _jumps(left, right, self._variable):
            raise Unknown("the formula jumps near here")
        one, two = exact_value(left, self._values.get), exact_value(right, self._values.get)
        if one is not None and two is not None:
            slack = _SLACK * max(Fraction(1), abs(one)) if self._rounded else Fraction(0)
            return 0 if abs(one - two) <= slack else 1 if one > two else -1
        for bits in _PRECISIONS:
            balls = Balls(bits)
            with balls.working():
                value = Evaluator(balls, Point(rationals=self._values)).scalar(Add((left, Neg(right))))
                if isinstance(value, Complex):
                    raise Undefined("it compares numbers that are not real")
                width = balls.number(_SLACK)
                if not self._rounded and (value > 0 or value < 0):
                    return 1 if value > 0 else -1
                # a number below 2^-180 is 0: no sampled value comes so close to another by chance
                if abs(value) - width < 0:
                    return 0
                if value > 0 or value < 0:
                    return 1 if value > 0 else -1
        raise Unknown("no precision tells the two sides apart")


def _jumps(left: Node, right: Node, variable: str) -> bool:
    jumping = (
        node
        for node in (*walk(left), *walk(right))
        if isinstance(node, Piecewise | Indicator) or (isinstance(node, Call) and node.function in _JUMPS)
    )
    return any(variable in names_in(node) for node in jumping)
