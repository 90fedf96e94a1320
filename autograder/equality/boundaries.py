"""Where a condition on one variable may change between true and false, once all parameters are numbers.

The places found are a superset: roots of `left - right` for every way its absolute values, maxima and cases can go,
poles, and ends of domains of logarithms and roots. Between two neighbouring places nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from autograder.equality.exactly import exact_value
from autograder.equality.parameters import Values, number
from autograder.equality.polynomials import (
    BITS,
    ONE,
    Polynomial,
    X,
    evaluate,
    negative,
    plus,
    real_roots,
    short,
    times,
    trim,
)  # fmt: skip
from autograder.equality.signals import Signal
from autograder.formula.tree import (
    Add,
    Call,
    Div,
    Indicator,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Relation,
    names_in,
    walk,
)  # fmt: skip

MOST_VARIANTS = 48
MOST_DEGREE = 20
_EDGE_FUNCTIONS = frozenset({"ln", "sqrt", "sign", "step", "abs", "relu", "norm"})

_POWERS = [
    Fraction(2) ** power for power in (-400, -200, -100, -60, -40, -28, *range(-20, 21, 2), 28, 40, 60, 100, 200, 400)
]
_GRID = [*(-power for power in reversed(_POWERS)), Fraction(0), *_POWERS]

Form = tuple[Polynomial, Polynomial]
"""A rational function: numerator and denominator."""

Sample = tuple[Fraction, Fraction]
"""A value of the variable and the value of an expression there."""


class NotRational(Exception):
    """The expression is no rational function of the variable on any of its branches, or has too many branches."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A value of the variable; `exact` is False where an irrational number was rounded."""

    value: Fraction
    exact: bool = True


def boundaries(condition: Node, variable: str, values: Values) -> tuple[set[Place], list[Node]]:
    """The places where the condition may change, and those expressions whose zeros could not be found exactly."""
    places: set[Place] = set()
    unsolved: list[Node] = []
    for expression in _expressions(condition, variable):
        try:
            places |= _zeros(expression, variable, values)
        except NotRational:
            unsolved.append(expression)
        except Signal:
            continue  # it has no value for any value of the variable
    return places, unsolved


def zeros(expression: Node, variable: str, values: Values) -> set[Place]:
    """Zeros and poles of one expression; of one that is no rational function those that a grid shows."""
    try:
        return _zeros(expression, variable, values)
    except NotRational:
        return numeric_zeros(expression, variable, values, _GRID)
    except Signal:
        return set()


def _expressions(condition: Node, variable: str) -> list[Node]:
    """The expressions in the variable at whose zeros something may change."""
    found: dict[Node, None] = {}
    for node in walk(condition):
        match node:
            case Relation(operands):
                for left, right in pairwise(operands):
                    found.setdefault(Add((left, Neg(right))))
            case Div(_, bottom):
                found.setdefault(bottom)
            case Pow(base, exponent) if not (isinstance(exponent, Number) and exponent.value > 0):
                found.setdefault(base)
            case Call(function, args) if function in _EDGE_FUNCTIONS:
                found.setdefault(args[0])
            case _:
                pass
    return [node for node in found if variable in names_in(node)]


def _zeros(expression: Node, variable: str, values: Values) -> set[Place]:
    forms = Forms(variable, values)
    found: set[Place] = set()
    for top, bottom in forms.of(expression):
        for polynomial in (top, bottom):
            for root in real_roots(polynomial):
                found.add(_place(root, exact=forms.exact and evaluate(polynomial, root) == 0))
    return found


def _place(value: Fraction, *, exact: bool) -> Place:
    """The place, on a simple rational when the value can only be that."""
    if exact:
        return Place(value)
    simple = value.limit_denominator(10**15)
    if abs(simple - value) < Fraction(1, 1 << BITS // 2):
        return Place(simple)
    return Place(value, exact=False)


class Forms:
    """An expression as rational functions of the variable, one for each way its branches can go."""

    def __init__(self, variable: str, values: Values) -> None:
        self._variable = variable
        self._values = values
        self.exact = True

    def of(self, node: Node) -> list[Form]:
        """The forms, without repetition.

        Raises:
            NotRational: see there.
            Signal: a part without the variable has no value.
        """
        forms = list(dict.fromkeys(self._of(node)))
        if len(forms) > MOST_VARIANTS or any(len(top) + len(bottom) > MOST_DEGREE for top, bottom in forms):
            raise NotRational
        return forms

    def _of(self, node: Node) -> list[Form]:
        if self._variable not in names_in(node):
            return [self._constant(node)]
        match node:
            case Name():
                return [(X, ONE)]
            case Neg(arg):
                return [(negative(top), bottom) for top, bottom in self.of(arg)]
            case Add(args):
                return self._fold(args, _sum)
            case Mul(args):
                return self._fold(args, lambda a, b: (times(a[0], b[0]), times(a[1], b[1])))
            case Div(top, bottom):
                return self._fold((top, bottom), lambda a, b: (times(a[0], b[1]), times(a[1], b[0])))
            case Pow(base, exponent):
                return self._power(base, exponent)
            case Call(function, args):
                return self._call(function, args)
            case Piecewise(branches, otherwise):
                parts = [value for value, _ in branches] + ([] if otherwise is None else [otherwise])
                return [form for part in parts for form in self.of(part)]
            case Indicator():
                return [((), ONE), (ONE, ONE)]
            case _:
                raise NotRational

    def _constant(self, node: Node) -> Form:
        try:
            value = exact_value(node, self._values.get)
        except Signal:
            raise NotRational from None
        if value is None:
            self.exact = False
            value = number(node, self._values)
            if value is None:
                raise NotRational
        return trim([value]), ONE

    def _fold(self, args: tuple[Node, ...], combine: Callable[[Form, Form], Form]) -> list[Form]:
        forms = self.of(args[0])
        for arg in args[1:]:
            forms = list(dict.fromkeys(combine(a, b) for a, b in product(forms, self.of(arg))))
            if len(forms) > MOST_VARIANTS:
                raise NotRational
        return forms

    def _power(self, base: Node, exponent: Node) -> list[Form]:
        try:
            power = exact_value(exponent, self._values.get)
        except Signal:
            power = None
        if power is None or power.denominator != 1 or abs(power) > MOST_DEGREE:
            raise NotRational
        found = []
        for top, bottom in self.of(base):
            if power < 0:
                top, bottom = bottom, top  # noqa: PLW2901 - the reciprocal
            found.append((_to_power(top, abs(int(power))), _to_power(bottom, abs(int(power)))))
        return found

    def _call(self, function: str, args: tuple[Node, ...]) -> list[Form]:
        if function in ("max", "min"):
            return [form for arg in args for form in self.of(arg)]
        if function in ("abs", "norm"):
            return [signed for top, bottom in self.of(args[0]) for signed in ((top, bottom), (negative(top), bottom))]
        if function == "relu":
            return [((), ONE), *self.of(args[0])]
        if function in ("sign", "step"):
            return [((), ONE), (ONE, ONE), (negative(ONE), ONE)]
        if function == "sqrt" and isinstance(args[0], Pow) and args[0].exponent == Number(Fraction(2)):
            return self._call("abs", (args[0].base,))
        raise NotRational


def _sum(left: Form, right: Form) -> Form:
    if left[1] == right[1]:
        return plus(left[0], right[0]), left[1]
    return plus(times(left[0], right[1]), times(right[0], left[1])), times(left[1], right[1])


def _to_power(polynomial: Polynomial, power: int) -> Polynomial:
    result = ONE
    for _ in range(power):
        result = times(result, polynomial)
        if len(result) > MOST_DEGREE:
            raise NotRational
    return result


def numeric_zeros(expression: Node, variable: str, values: Values, grid: list[Fraction]) -> set[Place]:
    """Zeros of an expression that is no rational function: sign changes between neighbours on a grid, refined."""

    def at(place: Fraction) -> Fraction | None:
        return number(expression, {**values, variable: place}, clamped=True)

    found: set[Place] = set()
    before: Sample | None = None
    for place in grid:
        value = at(place)
        if value == 0:
            found.add(Place(place))
        elif value is not None and before is not None and before[1] != 0 and (before[1] < 0) != (value < 0):
            root = _crossing(at, before, (place, value))
            found.add(_place(root, exact=False))
        before = None if value is None else (place, value)
    return found


def _middle(low: Fraction, high: Fraction) -> Fraction:
    """The mean of two places; of places of very different magnitude one of a magnitude in between."""
    small, large = sorted((abs(low), abs(high)))
    if low * high > 0 and large > 16 * small:
        middle = small * (1 << int(large / small).bit_length() // 2)
        return middle if low > 0 else -middle
    return (low + high) / 2


def _crossing(at: Callable[[Fraction], Fraction | None], low: Sample, high: Sample) -> Fraction:
    """The zero between two places of opposite signs: bisection first, then secants."""
    for step in range(70):
        width = high[0] - low[0]
        secant = low[0] - low[1] * width / (high[1] - low[1])
        place = short(secant if step > 24 and step % 3 else _middle(low[0], high[0]))
        if not low[0] < place < high[0]:
            break
        value = at(place)
        if value is None:
            break
        if value == 0:
            return place
        if (value < 0) == (low[1] < 0):
            low = (place, value)
        else:
            high = (place, value)
    return (low if abs(low[1]) < abs(high[1]) else high)[0]
