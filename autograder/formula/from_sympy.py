"""From SymPy to our tree: an author's key is derived with SymPy and compared as a tree.

SymPy's own order of commuting factors and terms is kept; matrices keep theirs. Entries of `MatrixSymbol` count from 0 in
SymPy and from 1 in the tree; `Indexed` data (`IndexedBase("y")[i]`) count from 1 in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from autograder.errors import AuthorError
from autograder.formula import tree as t
from autograder.symbols import SymbolTable

_FUNCTIONS = {
    "exp": "exp", "log": "ln", "Abs": "abs", "sign": "sign", "Max": "max", "Min": "min", "floor": "floor",
    "ceiling": "ceil", "factorial": "factorial", "sin": "sin", "cos": "cos", "tan": "tan", "asin": "asin",
    "acos": "acos", "atan": "atan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "erf": "erf", "Heaviside": "step",
    "Trace": "trace", "Determinant": "det", "Norm": "norm",
}  # fmt: skip
_RELATIONS: dict[str, t.RelationSign] = {
    "StrictLessThan": "<", "LessThan": "<=", "StrictGreaterThan": ">", "GreaterThan": ">=", "Equality": "=",
    "Unequality": "!=",
}  # fmt: skip
_CONSTANTS: dict[str, t.Node] = {
    "Pi": t.Constant("pi"), "Exp1": t.Constant("e"), "Infinity": t.Constant("oo"),
    "NegativeInfinity": t.Neg(t.Constant("oo")),
}  # fmt: skip
_HALF = Fraction(1, 2)


def from_sympy(expression: Any, table: SymbolTable) -> t.Node:
    """The tree of a SymPy expression, matrix expression, relation or set, or of a tuple, list or set of such.

    Raises:
        AuthorError: a part of it has no counterpart; the message names it.
    """
    if isinstance(expression, set | frozenset):
        return t.Sequence(tuple(from_sympy(item, table) for item in sorted(expression, key=str)), "{", "}")
    if isinstance(expression, tuple | list):
        return t.Sequence(tuple(from_sympy(item, table) for item in expression), "(", ")")
    if isinstance(expression, int | Fraction):
        return t.Number(Fraction(expression))
    return _convert(expression, table)


def _convert(node: Any, table: SymbolTable) -> t.Node:
    kind = type(node).__name__
    if getattr(node, "is_Rational", False):
        return _signed_number(Fraction(int(node.p), int(node.q)))
    if getattr(node, "is_Float", False):
        return _signed_number(Fraction(str(node)))
    if kind in _CONSTANTS:
        return _CONSTANTS[kind]
    if kind in _RELATIONS:
        return t.Relation((_convert(node.lhs, table), _convert(node.rhs, table)), (_RELATIONS[kind],))
    if kind in _FUNCTIONS:
        args = node.args[:1] if kind == "Heaviside" else node.args
        if kind == "log" and len(args) == 2:
            return t.Div(*(t.Call("ln", (_convert(arg, table),)) for arg in args))
        return t.Call(_FUNCTIONS[kind], tuple(_convert(arg, table) for arg in args))
    converter = _CONVERTERS.get(kind)
    if converter is not None:
        return converter(node, table)
    if getattr(node, "is_Symbol", False):
        return t.Name(str(node.name))
    if kind in t.FUNCTIONS:  # an undefined function of SymPy that carries one of our names: Function("relu")(x)
        return t.Call(kind, tuple(_convert(arg, table) for arg in node.args))
    if getattr(node, "is_Matrix", False) and hasattr(node, "tolist"):
        return t.Matrix(tuple(tuple(_convert(cell, table) for cell in row) for row in node.tolist()))
    raise AuthorError(
        f"the key contains {kind} ({str(node)[:60]}), which has no counterpart in a formula; write it out."
    )


def _signed_number(value: Fraction) -> t.Node:
    magnitude: t.Node = t.Number(Fraction(abs(value).numerator))
    if value.denominator != 1:
        magnitude = t.Div(magnitude, t.Number(Fraction(value.denominator)))
    return t.Neg(magnitude) if value < 0 else magnitude


def _all(nodes: Iterable[Any], table: SymbolTable) -> tuple[t.Node, ...]:
    return tuple(_convert(node, table) for node in nodes)


def _add(node: Any, table: SymbolTable) -> t.Node:
    ordered = node.as_ordered_terms() if type(node).__name__ == "Add" else node.args
    return t.Add(_all(ordered, table))


def _mul(node: Any, table: SymbolTable) -> t.Node:
    """A product as a fraction, with its sign in front."""
    coefficient, _ = node.as_coeff_Mul()
    factors = [factor for factor in node.args if not factor.is_Rational]
    above: list[t.Node] = []
    below: list[t.Node] = []
    number = Fraction(int(coefficient.p), int(coefficient.q)) if coefficient.is_Rational else Fraction(1)
    if not coefficient.is_Rational:
        factors = list(node.args)
    for factor in factors:
        if factor.is_Pow and factor.exp.is_Rational and factor.exp < 0 and factor.is_commutative:
            below.append(_convert(factor.base**-factor.exp, table))
        else:
            above.append(_convert(factor, table))
    if abs(number.numerator) != 1 or not above:
        above.insert(0, t.Number(Fraction(abs(number.numerator))))
    if number.denominator != 1:
        below.insert(0, t.Number(Fraction(number.denominator)))
    top = above[0] if len(above) == 1 else t.Mul(tuple(above))
    result: t.Node = top
    if below:
        result = t.Div(top, below[0] if len(below) == 1 else t.Mul(tuple(below)))
    return t.Neg(result) if number < 0 else result


def _power(node: Any, table: SymbolTable) -> t.Node:
    base, exponent = node.args
    if exponent.is_Rational and Fraction(int(exponent.p), int(exponent.q)) == _HALF:
        return t.Call("sqrt", (_convert(base, table),))
    if exponent.is_Rational and exponent < 0 and not getattr(base, "is_Matrix", False):
        return t.Div(t.ONE, _convert(base**-exponent, table))
    return t.Pow(_convert(base, table), _convert(exponent, table))


def _inverse(node: Any, table: SymbolTable) -> t.Node:
    return t.Pow(_convert(node.arg, table), t.Number(Fraction(-1)))


def _transpose(node: Any, table: SymbolTable) -> t.Node:
    return t.Transpose(_convert(node.arg, table))


def _matrix_product(node: Any, table: SymbolTable) -> t.Node:
    factors: list[t.Node] = []
    negative = False
    for factor in node.args:
        converted = _convert(factor, table)
        if isinstance(converted, t.Neg):
            negative, converted = not negative, converted.arg
        if converted != t.ONE:
            factors.append(converted)
    product = factors[0] if len(factors) == 1 else t.Mul(tuple(factors))
    return t.Neg(product) if negative else product


def _matrix_entry(node: Any, table: SymbolTable) -> t.Node:
    array, row, col = node.args
    if not hasattr(array, "name"):
        raise AuthorError(f"the key takes an entry of {array}; take entries of symbols only.")
    places = (row + 1,) if array.shape[1] == 1 else (row + 1, col + 1)
    return t.Entry(str(array.name), _all(places, table))


def _indexed(node: Any, table: SymbolTable) -> t.Node:
    return t.Entry(str(node.base.label), _all(node.indices, table))


def _sum(node: Any, table: SymbolTable) -> t.Node:
    body = _convert(node.function, table)
    wrap = t.Sum if type(node).__name__ == "Sum" else t.Product
    for index, low, high in node.limits:
        body = wrap(body, str(index.name), _convert(low, table), _convert(high, table))
    return body


def _piecewise(node: Any, table: SymbolTable) -> t.Node:
    branches: list[tuple[t.Node, t.Node]] = []
    for value, condition in node.args:
        if condition == True:  # noqa: E712 - SymPy's true is not Python's
            return t.Piecewise(tuple(branches), _convert(value, table)) if branches else _convert(value, table)
        branches.append((_convert(value, table), _convert(condition, table)))
    return t.Piecewise(tuple(branches))


def _block_matrix(node: Any, table: SymbolTable) -> t.Node:
    return t.Matrix(tuple(_all(row, table) for row in node.blocks.tolist()))


def _interval(node: Any, table: SymbolTable) -> t.Node:
    low, high = _convert(node.start, table), _convert(node.end, table)
    return t.Interval(low, high, not node.left_open, not node.right_open)


def _finite_set(node: Any, table: SymbolTable) -> t.Node:
    return t.Sequence(_all(node.args, table), "{", "}")


def _sequence(node: Any, table: SymbolTable) -> t.Node:
    return t.Sequence(_all(node.args, table), "(", ")")


_CONVERTERS: dict[str, Callable[[Any, SymbolTable], t.Node]] = {
    "Add": _add, "MatAdd": _add, "Mul": _mul, "MatMul": _matrix_product, "Pow": _power, "MatPow": _power,
    "Inverse": _inverse, "Transpose": _transpose, "MatrixElement": _matrix_entry, "Indexed": _indexed, "Sum": _sum,
    "Product": _sum, "Piecewise": _piecewise, "BlockMatrix": _block_matrix, "Interval": _interval,
    "FiniteSet": _finite_set, "Tuple": _sequence,
    "IndexedBase": lambda node, _: t.Name(str(node.label)),
    "MatrixSymbol": lambda node, _: t.Name(str(node.name)),
    "Identity": lambda node, table: t.Identity(_convert(node.shape[0], table)),
    "ZeroMatrix": lambda node, table: t.Constants(0, *_all(node.shape, table)),
    "OneMatrix": lambda node, table: t.Constants(1, *_all(node.shape, table)),
    "And": lambda node, table: t.And(_all(node.args, table)),
    "Or": lambda node, table: t.Or(_all(node.args, table)),
    "Not": lambda node, table: t.Not(_convert(node.args[0], table)),
    "Union": lambda node, table: t.Union(_all(node.args, table)),
    "KroneckerDelta": lambda node, table: t.Indicator(t.Relation(_all(node.args[:2], table), ("=",))),
}  # fmt: skip
