"""The value of a formula at a point in floating point, independent of the engine that decides equality."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.errors import AuthorError
from autograder.formula import tree as t

_SINGULAR = 1e10  # condition beyond which an inverse is rounding errors

Point = Mapping[str, Any]
"""Values by canonical name: floats, integers, and arrays of two axes (vectors and data are columns)."""


@dataclass(frozen=True, slots=True)
class MultipleOfIdentity:
    """`factor * I` whose size no neighbour has told yet."""

    factor: float

    def like(self, matrix: Any) -> Any:
        """The square matrix of the neighbour's size; beside a number it is the number."""
        return self.factor if np.ndim(matrix) == 0 else self.factor * np.eye(len(matrix))


def number(found: Any) -> float:
    """A value as one number; a 1 by 1 matrix counts as one.

    Raises:
        AuthorError: it is a larger matrix.
    """
    if isinstance(found, MultipleOfIdentity) or np.size(found) != 1:
        raise AuthorError(f"the oracle expected a number and got {found!r}.")
    return float(np.asarray(found).item())


def value(node: t.Node, point: Point) -> Any:
    """The value of a tree: a float, a bool, a `MultipleOfIdentity`, or an array of two axes.

    Raises:
        AuthorError: the tree has a node or a name that has no value here; oracles see keys and well-formed answers only.
    """
    match node:
        case t.Number(value=fraction):
            return float(fraction)
        case t.Constant(name=name):
            return {"pi": math.pi, "e": math.e, "oo": math.inf}[name]
        case t.Name(name=name):
            return _named(name, point)
        case t.Entry(array=array, indices=indices):
            place = [round(number(value(index, point))) - 1 for index in indices]
            return float(_named(array, point)[place[0], place[1] if len(place) > 1 else 0])
        case t.Row(array=array, index=index):
            row = round(number(value(index, point))) - 1
            return _named(array, point)[row : row + 1]
        case t.Neg(arg=arg):
            return _times(-1.0, value(arg, point))
        case t.Add(args=args):
            return _fold(_plus, args, point)
        case t.Mul(args=args):
            return _fold(_times, args, point)
        case t.Div(numerator=above, denominator=below):
            return _times(1 / number(value(below, point)), value(above, point))
        case t.Pow(base=base, exponent=exponent):
            return _power(value(base, point), number(value(exponent, point)))
        case t.Transpose(arg=arg):
            return _transposed(value(arg, point))
        case t.Call(function=function, args=args):
            return _called(function, [value(arg, point) for arg in args])
        case t.Sum() | t.Product():
            return _ranged(node, point)
        case _:
            return _array_or_condition(node, point)


def _array_or_condition(node: t.Node, point: Point) -> Any:
    match node:
        case t.Identity(size=size):
            return MultipleOfIdentity(1.0) if size is None else np.eye(round(number(value(size, point))))
        case t.Constants(value=filling, rows=rows, cols=cols):
            if rows is None or cols is None:
                return float(filling)
            return np.full((round(number(value(rows, point))), round(number(value(cols, point)))), float(filling))
        case t.Matrix(rows=rows):
            return _blocks([[value(block, point) for block in row] for row in rows])
        case t.Sequence(items=items):
            columns = [np.atleast_2d(value(item, point)) for item in items]
            return np.vstack(columns) if all(column.size == 1 for column in columns) else np.hstack(columns)
        case t.Piecewise(branches=branches, otherwise=otherwise):
            for branch, condition in branches:
                if holds(condition, point):
                    return value(branch, point)
            return math.nan if otherwise is None else value(otherwise, point)
        case t.Indicator(condition=condition):
            return float(holds(condition, point))
    raise AuthorError(f"the oracle cannot compute a {type(node).__name__}.")


def _blocks(rows: list[list[Any]]) -> Any:
    """A block matrix; an identity of open size is as wide as the blocks above or below it, or as high as those beside it."""
    sized: list[list[Any]] = []
    for row in rows:
        sized.append([])
        for at, block in enumerate(row):
            if isinstance(block, MultipleOfIdentity):
                column = [np.atleast_2d(other[at]).shape[1] for other in rows if not _is_open(other[at])]
                beside = [len(np.atleast_2d(other)) for other in row if not _is_open(other)]
                block = block.factor * np.eye(next(iter([*column, *beside]), 1))  # noqa: PLW2901 - sized once
            sized[-1].append(np.atleast_2d(block))
    return np.block(sized)


def _is_open(block: Any) -> bool:
    return isinstance(block, MultipleOfIdentity)


def holds(condition: t.Node, point: Point, *, variable: str | None = None) -> bool:
    """Whether a condition holds, or whether `variable` lies in a set."""
    match condition:
        case t.And(args=args):
            return all(holds(arg, point, variable=variable) for arg in args)
        case t.Or(args=args) | t.Union(args=args):
            return any(holds(arg, point, variable=variable) for arg in args)
        case t.Not(arg=arg):
            return not holds(arg, point, variable=variable)
        case t.Member(element=element, container=container):
            return isinstance(element, t.Name) and holds(container, point, variable=element.name)
        case t.Relation(operands=operands, signs=signs):
            values = [number(value(operand, point)) for operand in operands]
            return all(_COMPARE[sign](a, b) for a, b, sign in zip(values, values[1:], signs, strict=False))
        case t.Interval(low=low, high=high, low_closed=low_closed, high_closed=high_closed) if variable is not None:
            here, least, most = float(point[variable]), number(value(low, point)), number(value(high, point))
            return (least < here or (low_closed and least == here)) and (here < most or (high_closed and here == most))
    raise AuthorError(f"the oracle cannot test a {type(condition).__name__}.")


def close(given: Any, wanted: Any, tolerance: float) -> bool:
    """Whether two values agree, relative to the size of what is wanted; a number is no matrix."""
    if isinstance(given, MultipleOfIdentity):
        given = given.like(wanted)
    if np.ndim(given) == 0 and np.size(wanted) > 1 and given != 0:
        return False  # a number is no matrix; only 0 may stand for one
    if np.ndim(given) > 0 and np.ndim(wanted) > 0 and np.size(wanted) > 1 and np.shape(given) != np.shape(wanted):
        return False
    scale = max(1.0, float(np.max(np.abs(wanted))))
    return bool(np.allclose(given, wanted, rtol=0, atol=tolerance * scale))


def show(found: Any) -> str:
    """A value on one line, in digits enough to compare it by hand."""
    if isinstance(found, MultipleOfIdentity):
        return f"{found.factor:.6g}·I"
    if np.size(found) == 1:
        return f"{np.asarray(found).item():.6g}"
    return np.array2string(np.asarray(found), precision=6, separator=", ").replace("\n", "")


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}

_FUNCTIONS: dict[str, Callable[..., float]] = {
    "ln": lambda x: math.log(x) if x > 0 else math.nan, "exp": math.exp, "sqrt": math.sqrt, "abs": abs, "max": max, "min": min, "floor": math.floor,
    "ceil": math.ceil, "factorial": lambda n: math.gamma(n + 1), "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "asin": math.asin, "acos": math.acos, "atan": math.atan, "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh,
    "sign": lambda x: float((x > 0) - (x < 0)), "relu": lambda x: max(0.0, x), "step": lambda x: float(x > 0),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)), "erf": math.erf,
    "normcdf": lambda x: (1 + math.erf(x / math.sqrt(2))) / 2,
}  # fmt: skip

_LONGEST_RANGE = 200

_OF_MATRICES: dict[str, Callable[[Any], Any]] = {
    "trace": lambda a: float(np.trace(a)),
    "det": lambda a: float(np.linalg.det(a)),
    "norm": lambda a: float(np.linalg.norm(a)),
    "pinv": np.linalg.pinv,
    "norm1": lambda a: float(np.abs(a).sum()),
}


def _named(name: str, point: Point) -> Any:
    if name not in point:
        raise AuthorError(f"the oracle has no value for {name!r}.")
    return point[name]


def _fold(combine: Callable[[Any, Any], Any], args: tuple[t.Node, ...], point: Point) -> Any:
    total = value(args[0], point)
    for arg in args[1:]:
        total = combine(total, value(arg, point))
    return total


def _plus(a: Any, b: Any) -> Any:
    match a, b:
        case MultipleOfIdentity(), MultipleOfIdentity():
            return MultipleOfIdentity(a.factor + b.factor)
        case MultipleOfIdentity(), _:
            return a.like(b) + b
        case _, MultipleOfIdentity():
            return a + b.like(a)
    return a + b


def _times(a: Any, b: Any) -> Any:
    match a, b:
        case MultipleOfIdentity(), MultipleOfIdentity():
            return MultipleOfIdentity(a.factor * b.factor)
        case MultipleOfIdentity(), _:
            return MultipleOfIdentity(a.factor * b) if np.ndim(b) == 0 else a.factor * b
        case _, MultipleOfIdentity():
            return _times(b, a)
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return a * b
    product = a @ b
    return product.item() if product.shape == (1, 1) else product


def _power(base: Any, exponent: float) -> Any:
    if isinstance(base, MultipleOfIdentity):
        return MultipleOfIdentity(base.factor**exponent)
    if np.ndim(base) == 0:
        return base**exponent
    if exponent < 0 and np.linalg.cond(base) > _SINGULAR:
        raise np.linalg.LinAlgError("an inverse of a matrix that is singular up to rounding")
    return np.linalg.matrix_power(base, round(exponent))


def _transposed(found: Any) -> Any:
    return found.T if isinstance(found, np.ndarray) else found


def _called(function: str, args: list[Any]) -> Any:
    if function in _OF_MATRICES:
        return _OF_MATRICES[function](np.atleast_2d(args[0]))
    return float(_FUNCTIONS[function](*(number(arg) for arg in args)))


def _ranged(node: t.Sum | t.Product, point: Point) -> Any:
    total: Any = 0.0 if isinstance(node, t.Sum) else 1.0
    combine = _plus if isinstance(node, t.Sum) else _times
    first, last = (round(number(value(end, point))) for end in (node.low, node.high))
    if last - first > _LONGEST_RANGE:
        raise AuthorError(f"the oracle adds up {_LONGEST_RANGE} terms at most, not {last - first}.")
    for index in range(first, last + 1):
        total = combine(total, value(node.body, {**point, node.index: index}))
    return total
