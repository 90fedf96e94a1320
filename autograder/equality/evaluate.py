"""One evaluator over trees, generic in the arithmetic: residues, rationals or real balls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

from autograder.equality import compound
from autograder.equality.arithmetic import Arithmetic, describe, shape_of
from autograder.equality.exactly import exact_value
from autograder.equality.powers import power
from autograder.equality.signals import Misshapen, Undefined, Unsupported
from autograder.formula import tree as t


@dataclass(slots=True, kw_only=True)
class Point:
    """Values of all symbols in one arithmetic.

    Args:
        rationals: what is known as an exact rational: sizes and integers always, scalars except modulo a prime.
        scalars: scalars in the arithmetic, where they are not among `rationals`.
        roots: square roots of those scalars that were sampled as squares.
        arrays: data, vectors and matrices.
        array_roots: square roots of positive definite matrices that were sampled as squares.
    """

    rationals: dict[str, Fraction] = field(default_factory=dict)
    scalars: dict[str, Any] = field(default_factory=dict)
    roots: dict[str, Any] = field(default_factory=dict)
    arrays: dict[str, Any] = field(default_factory=dict)
    array_roots: dict[str, Any] = field(default_factory=dict)


class Evaluator:
    """Evaluates trees at one point.

    `branches` collects which way every `abs`, `max`, condition, … went, as (id of the node, outcome), so that sampling
    can look for points that go the other way.
    """

    __slots__ = ("arithmetic", "bound", "branches", "point", "terms")

    def __init__(self, arithmetic: Arithmetic, point: Point, branches: set[tuple[int, int]] | None = None) -> None:
        self.arithmetic = arithmetic
        self.point = point
        self.bound: dict[str, Fraction] = {}
        self.terms = 0
        self.branches = branches

    def value(self, node: t.Node) -> Any:
        """The value of a tree: a scalar or a matrix of the arithmetic.

        Raises:
            Signal: there is none; see `autograder.equality.signals`.
        """
        method = _METHODS.get(type(node))
        if method is None:
            raise Unsupported(f"a {type(node).__name__.lower()} has no value")
        return method(self, node)

    def scalar(self, node: t.Node) -> Any:
        """The value of a tree that must be a single number."""
        value = self.value(node)
        if self.arithmetic.is_matrix(value):
            raise Misshapen("a matrix stands where a number is needed")
        return value

    def single(self, matrix: Any) -> Any:
        """A 1×1 matrix as its entry, any other as itself."""
        return matrix[0, 0] if matrix.nrows() == 1 == matrix.ncols() else matrix

    def plus(self, left: Any, right: Any) -> Any:
        """The sum of two values."""
        arithmetic = self.arithmetic
        if not arithmetic.is_matrix(left) and not arithmetic.is_matrix(right):
            return arithmetic.add(left, right)
        if shape_of(arithmetic, left) != shape_of(arithmetic, right):
            raise Misshapen(f"a sum of {describe(arithmetic, left)} and {describe(arithmetic, right)}")
        return left + right

    def times(self, left: Any, right: Any) -> Any:
        """The product of two values, in this order."""
        arithmetic = self.arithmetic
        if not arithmetic.is_matrix(left):
            return scaled(right, left) if arithmetic.is_matrix(right) else left * right
        if not arithmetic.is_matrix(right):
            return scaled(left, right)
        if left.ncols() != right.nrows():
            raise Misshapen(f"a product of {describe(arithmetic, left)} and {describe(arithmetic, right)}")
        return self.single(left * right)

    def exact(self, node: t.Node) -> Fraction | None:
        """The value as an exact rational where every part is one, else None."""
        return exact_value(node, self._known)

    def _known(self, name: str) -> Fraction | None:
        found = self.bound.get(name)
        return found if found is not None else self.point.rationals.get(name)

    def integer(self, node: t.Node, what: str) -> int:
        """The value as an integer: a bound, an index or a size.

        Raises:
            Undefined: it is not an integer.
            Unsupported: it is not known exactly.
        """
        value = self.exact(node)
        if value is None:
            raise Unsupported(f"{what} is not known as an integer")
        if value.denominator != 1:
            raise Undefined(f"{what} is {value}, not an integer")
        return int(value)

    def truth(self, node: t.Node) -> bool:
        """Whether a condition holds."""
        match node:
            case t.And(args):
                return all(self.truth(arg) for arg in args)
            case t.Or(args):
                return any(self.truth(arg) for arg in args)
            case t.Not(arg):
                return not self.truth(arg)
            case t.Member(element, t.Interval(low, high, low_closed, high_closed)):
                ends = ("<=" if low_closed else "<", "<=" if high_closed else "<")
                return self.truth(t.Relation((low, element, high), cast("tuple[t.RelationSign, ...]", ends)))
            case t.Relation(operands, signs):
                pairs = zip(operands, signs, operands[1:], strict=False)
                return all(_holds(self._comparison(node, left, right), sign) for left, sign, right in pairs)
        raise Unsupported(f"a {type(node).__name__.lower()} is not a condition")

    def _comparison(self, node: t.Node, left: t.Node, right: t.Node) -> int:
        for side, sign in ((left, -1), (right, 1)):
            infinite = _infinity(side)
            if infinite:
                return -sign * infinite
        one, two = self.exact(left), self.exact(right)
        if one is not None and two is not None:
            outcome = (one > two) - (one < two)
        else:
            arithmetic = self.arithmetic
            outcome = arithmetic.sign(arithmetic.add(self.scalar(left), -self.scalar(right)))
        self.note(node, outcome)
        return outcome

    def note(self, node: t.Node, outcome: int) -> None:
        """Remember which way a branch went."""
        if self.branches is not None:
            self.branches.add((id(node), outcome))


def scaled(matrix: Any, factor: Any) -> Any:
    """A matrix times a number."""
    try:
        return matrix * factor
    except TypeError:
        raise Undefined("a matrix is multiplied by a number that is not real") from None


def _infinity(node: t.Node) -> int:
    match node:
        case t.Constant("oo"):
            return 1
        case t.Neg(t.Constant("oo")):
            return -1
    return 0


def _holds(sign: int, relation: str) -> bool:
    return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0, "=": sign == 0, "!=": sign != 0}[relation]


def _number(self: Evaluator, node: t.Number) -> Any:
    return self.arithmetic.number(node.value)


def _constant(self: Evaluator, node: t.Constant) -> Any:
    if node.name == "oo":
        raise Undefined("it contains infinity")
    return self.arithmetic.constant(node.name)


def _name(self: Evaluator, node: t.Name) -> Any:
    name = node.name
    bound = self.bound.get(name)
    if bound is not None:
        return self.arithmetic.number(bound)
    point = self.point
    for values in (point.scalars, point.arrays):
        if name in values:
            return values[name]
    if name in point.rationals:
        return self.arithmetic.number(point.rationals[name])
    raise Unsupported(f"{name} has no value here")


def _entry(self: Evaluator, node: t.Entry) -> Any:
    array = self.point.arrays.get(node.array)
    if array is None:
        raise Unsupported(f"{node.array} has no entries here")
    rows, cols = shape_of(self.arithmetic, array)
    places = [self.integer(index, "an index") for index in node.indices]
    if len(places) == 1:
        places = [places[0], 1] if cols == 1 else [1, places[0]]
        if rows > 1 < cols:
            raise Misshapen(f"{node.array} needs two indices")
    if len(places) != 2 or not (1 <= places[0] <= rows and 1 <= places[1] <= cols):
        shown = ", ".join(str(place) for place in places[: len(node.indices)])
        raise Undefined(f"{node.array}[{shown}] does not exist")
    return array if not self.arithmetic.is_matrix(array) else array[places[0] - 1, places[1] - 1]


def _row(self: Evaluator, node: t.Row) -> Any:
    array = self.point.arrays.get(node.array)
    if array is None:
        raise Unsupported(f"{node.array} has no rows here")
    place = self.integer(node.index, "an index")
    rows, cols = shape_of(self.arithmetic, array)
    if not 1 <= place <= rows:
        raise Undefined(f"{node.array}[{place}] does not exist")
    if not self.arithmetic.is_matrix(array):
        return array
    return self.arithmetic.matrix(1, cols, self.arithmetic.entries(array)[place - 1])


def _neg(self: Evaluator, node: t.Neg) -> Any:
    return -self.value(node.arg)


def _add(self: Evaluator, node: t.Add) -> Any:
    total = self.value(node.args[0])
    for arg in node.args[1:]:
        total = self.plus(total, self.value(arg))
    return total


def _mul(self: Evaluator, node: t.Mul) -> Any:
    product = self.value(node.args[0])
    for arg in node.args[1:]:
        product = self.times(product, self.value(arg))
    return product


def _div(self: Evaluator, node: t.Div) -> Any:
    top, bottom = self.value(node.numerator), self.scalar(node.denominator)
    arithmetic = self.arithmetic
    if arithmetic.is_matrix(top):
        return scaled(top, arithmetic.divide(arithmetic.number(1), bottom))
    return arithmetic.divide(top, bottom)


def _transpose(self: Evaluator, node: t.Transpose) -> Any:
    value = self.value(node.arg)
    return value.transpose() if self.arithmetic.is_matrix(value) else value


_METHODS: dict[type[t.Node], Callable[[Evaluator, Any], Any]] = {
    t.Number: _number,
    t.Constant: _constant,
    t.Name: _name,
    t.Entry: _entry,
    t.Row: _row,
    t.Neg: _neg,
    t.Add: _add,
    t.Mul: _mul,
    t.Div: _div,
    t.Pow: power,
    t.Transpose: _transpose,
    t.Call: compound.call,
    t.Sum: compound.total,
    t.Product: compound.product,
    t.Identity: compound.identity_matrix,
    t.Constants: compound.constant_matrix,
    t.Matrix: compound.blocks,
    t.Piecewise: compound.piecewise,
    t.Indicator: compound.indicator,
}
