"""Values of the compound parts of a formula: sums, matrices by blocks, functions, cases."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from autograder.equality.arithmetic import shape_of
from autograder.equality.powers import identity
from autograder.equality.signals import Indeterminate, Misshapen, TooLarge, Undefined, Unsupported
from autograder.formula import tree as t

if TYPE_CHECKING:
    from autograder.equality.evaluate import Evaluator

MOST_IN_ONE = 1_600
"""Terms that one sum may have; sizes are sampled nearly up to this, where numbers as large are typed."""

MOST_TERMS = 20_000
"""Terms of sums and products that one evaluation may add up."""

_BRANCHING = frozenset({"abs", "sign", "relu", "step", "ln", "sqrt"})
_EXACT_ONLY = frozenset({"abs", "sign", "floor", "ceil", "factorial"})


def _terms(evaluator: Evaluator, node: t.Sum | t.Product) -> Iterator[Any]:
    for end in (node.low, node.high):
        if any(isinstance(part, t.Constant) and part.name == "oo" for part in t.walk(end)):
            raise Unsupported("a sum without end")
    low, high = evaluator.integer(node.low, "a bound"), evaluator.integer(node.high, "a bound")
    count = max(0, high - low + 1)
    evaluator.terms += count
    if count > MOST_IN_ONE or evaluator.terms > MOST_TERMS:
        raise TooLarge("a sum in it has too many terms to add up")
    outer = evaluator.bound.get(node.index)
    try:
        for index in range(low, high + 1):
            evaluator.bound[node.index] = Fraction(index)
            yield evaluator.value(node.body)
    finally:
        if outer is None:
            evaluator.bound.pop(node.index, None)
        else:
            evaluator.bound[node.index] = outer


def total(evaluator: Evaluator, node: t.Sum) -> Any:
    """The value of a sum; without terms it is 0."""
    result: Any = None
    for term in _terms(evaluator, node):
        result = term if result is None else evaluator.plus(result, term)
    return evaluator.arithmetic.number(0) if result is None else result


def product(evaluator: Evaluator, node: t.Product) -> Any:
    """The value of a product; without factors it is 1."""
    result: Any = None
    for term in _terms(evaluator, node):
        result = term if result is None else evaluator.times(result, term)
    return evaluator.arithmetic.number(1) if result is None else result


def _size(evaluator: Evaluator, node: t.Node | None) -> int:
    if node is None:
        raise Unsupported("a matrix of a size that is not known")
    size = evaluator.integer(node, "a size")
    if not 1 <= size <= 512:
        raise Undefined(f"a matrix of size {size}")
    return size


def identity_matrix(evaluator: Evaluator, node: t.Identity) -> Any:
    """The identity of a given size."""
    size = _size(evaluator, node.size)
    return evaluator.arithmetic.number(1) if size == 1 else identity(evaluator.arithmetic, size)


def constant_matrix(evaluator: Evaluator, node: t.Constants) -> Any:
    """A matrix of zeros or ones."""
    rows, cols = _size(evaluator, node.rows), _size(evaluator, node.cols)
    entry = evaluator.arithmetic.number(node.value)
    return entry if rows == 1 == cols else evaluator.arithmetic.matrix(rows, cols, [entry] * (rows * cols))


def _table(evaluator: Evaluator, value: Any) -> list[list[Any]]:
    return evaluator.arithmetic.entries(value) if evaluator.arithmetic.is_matrix(value) else [[value]]


def blocks(evaluator: Evaluator, node: t.Matrix) -> Any:
    """A matrix put together from entries or blocks.

    Raises:
        Misshapen: blocks side by side differ in height, or rows of blocks in width.
    """
    rows: list[list[Any]] = []
    for line in node.rows:
        tables = [_table(evaluator, evaluator.value(cell)) for cell in line]
        if len({len(table) for table in tables}) != 1:
            raise Misshapen("blocks of different heights stand side by side")
        rows.extend([entry for table in tables for entry in table[place]] for place in range(len(tables[0])))
    if len({len(row) for row in rows}) != 1:
        raise Misshapen("rows of different widths stand above each other")
    flat = [entry for row in rows for entry in row]
    return flat[0] if len(flat) == 1 else evaluator.arithmetic.matrix(len(rows), len(rows[0]), flat)


def call(evaluator: Evaluator, node: t.Call) -> Any:
    """The value of a function."""
    arithmetic = evaluator.arithmetic
    if node.function in _MATRIX_FUNCTIONS:
        return _MATRIX_FUNCTIONS[node.function](evaluator, evaluator.value(node.args[0]))
    if node.function in ("max", "min"):
        return _extreme(evaluator, node)
    if not arithmetic.ordered:
        if node.function == "sqrt":
            return evaluator.value(t.Pow(node.args[0], t.Number(Fraction(1, 2))))
        if node.function in _EXACT_ONLY:
            known = evaluator.exact(node)
            if known is not None:
                return arithmetic.number(known)
        raise Unsupported(f"{node.function} is not rational")
    argument = evaluator.scalar(node.args[0])
    if node.function in _BRANCHING and evaluator.branches is not None:
        _note_sign(evaluator, node, argument)
    return arithmetic.call(node.function, argument)


def _note_sign(evaluator: Evaluator, node: t.Node, value: Any) -> None:
    try:
        evaluator.note(node, evaluator.arithmetic.sign(value))
    except (Indeterminate, Undefined):
        return  # no branch was certainly taken


def _extreme(evaluator: Evaluator, node: t.Call) -> Any:
    known = evaluator.exact(node)
    if known is not None:
        return evaluator.arithmetic.number(known)
    values = [evaluator.scalar(arg) for arg in node.args]
    result = values[0]
    for place, value in enumerate(values[1:], start=1):
        arithmetic = evaluator.arithmetic
        if evaluator.branches is not None:
            difference = arithmetic.add(value, -result)
            _note_sign(evaluator, node.args[place], difference)
        result = arithmetic.call_two(node.function, result, value)
    return result


def _trace(evaluator: Evaluator, value: Any) -> Any:
    if not evaluator.arithmetic.is_matrix(value):
        return value
    rows, cols = shape_of(evaluator.arithmetic, value)
    if rows != cols:
        raise Misshapen(f"the trace of a {rows}×{cols} matrix")
    result = value[0, 0]
    for place in range(1, rows):
        result = result + value[place, place]
    return result


def _determinant(evaluator: Evaluator, value: Any) -> Any:
    return evaluator.arithmetic.determinant(value) if evaluator.arithmetic.is_matrix(value) else value


def _norm(evaluator: Evaluator, value: Any) -> Any:
    """The Euclidean norm of a vector (of a matrix: Frobenius)."""
    arithmetic = evaluator.arithmetic
    if not arithmetic.ordered:
        raise Unsupported("a norm is not rational")
    if not arithmetic.is_matrix(value):
        return arithmetic.call("abs", value)
    flat = [entry for row in arithmetic.entries(value) for entry in row]
    squares = flat[0] * flat[0]
    for entry in flat[1:]:
        squares = squares + entry * entry
    return arithmetic.call("sqrt", squares)


def _norm1(evaluator: Evaluator, value: Any) -> Any:
    """The sum of the absolute values."""
    arithmetic = evaluator.arithmetic
    result = arithmetic.number(0)
    for row in _table(evaluator, value):
        for entry in row:
            result = result + arithmetic.call("abs", entry)
    return result


def _pseudo_inverse(evaluator: Evaluator, value: Any) -> Any:
    """The pseudo-inverse of a matrix of full rank, `(A^T A)^-1 A^T` or `A^T (A A^T)^-1`; of others nothing is said."""
    arithmetic = evaluator.arithmetic
    try:
        if not arithmetic.is_matrix(value):
            return arithmetic.divide(arithmetic.number(1), value)
        rows, cols = shape_of(arithmetic, value)
        turned = value.transpose()
        if cols == 1 or rows == 1:
            return turned * arithmetic.divide(arithmetic.number(1), _trace(evaluator, turned * value))
        return (
            arithmetic.inverse(turned * value) * turned if cols <= rows else turned * arithmetic.inverse(value * turned)
        )
    except Undefined:
        raise Unsupported("the pseudo-inverse of a matrix without full rank") from None


_MATRIX_FUNCTIONS = {"trace": _trace, "det": _determinant, "norm": _norm, "norm1": _norm1, "pinv": _pseudo_inverse}


def piecewise(evaluator: Evaluator, node: t.Piecewise) -> Any:
    """The value of the first branch whose condition holds."""
    for value, condition in node.branches:
        holds = evaluator.truth(condition)
        evaluator.note(condition, 10 + holds)
        if holds:
            return evaluator.value(value)
    if node.otherwise is None:
        raise Undefined("none of its cases applies")
    return evaluator.value(node.otherwise)


def indicator(evaluator: Evaluator, node: t.Indicator) -> Any:
    """1 where the condition holds, else 0."""
    holds = evaluator.truth(node.condition)
    evaluator.note(node.condition, 10 + holds)
    return evaluator.arithmetic.number(int(holds))
