"""Powers and square roots, of numbers and of matrices."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from autograder.equality.arithmetic import Arithmetic, describe
from autograder.equality.exact import square_root
from autograder.equality.signals import Misshapen, TooLarge, Unsupported
from autograder.formula import tree as t

if TYPE_CHECKING:
    from autograder.equality.evaluate import Evaluator

LARGEST_MATRIX_POWER = 512


def identity(arithmetic: Arithmetic, size: int) -> Any:
    """The identity matrix."""
    one, nought = arithmetic.number(1), arithmetic.number(0)
    return arithmetic.matrix(size, size, [one if row == col else nought for row in range(size) for col in range(size)])


def power(evaluator: Evaluator, node: t.Pow) -> Any:
    """The value of `base ^ exponent`."""
    arithmetic = evaluator.arithmetic
    if isinstance(node.base, t.Constant) and node.base.name == "e":
        return arithmetic.call("exp", evaluator.scalar(node.exponent))
    exponent = evaluator.exact(node.exponent)
    if not arithmetic.ordered and exponent is not None:
        inner = _even_power(node.base, exponent)
        if inner is not None:
            return _raise(evaluator, inner, exponent / 2)
    return _raise(evaluator, node.base, exponent, node.exponent)


def _even_power(base: t.Node, exponent: Fraction) -> t.Node | None:
    """What `base^exponent` is a power of when the root in `base` cancels: `norm(v)^2`, `abs(x)^2`, `sqrt(u)^2`."""
    if exponent.denominator != 1 or exponent % 2 or not isinstance(base, t.Call):
        return None
    arg = base.args[0]
    if base.function == "norm":
        return t.Call("trace", (t.Mul((t.Transpose(arg), arg)),))
    if base.function == "abs":
        return t.Mul((arg, arg))
    return arg if base.function == "sqrt" else None


def _raise(
    evaluator: Evaluator, base_node: t.Node, exponent: Fraction | None, exponent_node: t.Node | None = None
) -> Any:
    arithmetic = evaluator.arithmetic
    if exponent is not None and exponent.denominator == 2 and not arithmetic.ordered:
        return _half_power(evaluator, base_node, exponent.numerator)
    base = evaluator.value(base_node)
    if arithmetic.is_matrix(base):
        return _matrix_power(evaluator, base_node, base, exponent)
    if exponent is None and exponent_node is not None:
        return arithmetic.real_power(base, evaluator.scalar(exponent_node))
    assert exponent is not None
    if exponent.denominator == 1:
        return arithmetic.power(base, int(exponent))
    if exponent.denominator == 2 and arithmetic.ordered:
        return arithmetic.power(arithmetic.call("sqrt", base), exponent.numerator)
    return arithmetic.real_power(base, arithmetic.number(exponent))


def _matrix_power(evaluator: Evaluator, node: t.Node, base: Any, exponent: Fraction | None) -> Any:
    if exponent is None:
        raise Unsupported("a power of a matrix needs an integer")
    if base.nrows() != base.ncols():
        raise Misshapen(f"a power of {describe(evaluator.arithmetic, base)}")
    if exponent.denominator == 2 and isinstance(node, t.Name) and node.name in evaluator.point.array_roots:
        base, exponent = evaluator.point.array_roots[node.name], exponent * 2
    if exponent.denominator != 1:
        raise Unsupported("a power of a matrix needs an integer")
    if exponent < 0:
        base, exponent = evaluator.arithmetic.inverse(base), -exponent
    if exponent > LARGEST_MATRIX_POWER:
        raise TooLarge("a power of a matrix is too large to compute")
    result = identity(evaluator.arithmetic, base.nrows())
    for bit in f"{int(exponent):b}":
        result = result * result
        if bit == "1":
            result = result * base
    return result


def _half_power(evaluator: Evaluator, node: t.Node, halves: int) -> Any:
    """`node^(halves/2)` by square roots that are known; only parts that are certainly not negative have them."""
    arithmetic = evaluator.arithmetic
    match node:
        case t.Name(name) if name in evaluator.point.roots:
            return arithmetic.power(evaluator.point.roots[name], halves)
        case t.Name(name) if name in evaluator.point.array_roots:
            return _matrix_power(evaluator, node, evaluator.value(node), Fraction(halves, 2))
        case t.Number(value):
            root = square_root(value)
            if root is not None:
                return arithmetic.power(arithmetic.number(root), halves)
        case t.Mul(args):
            product = _half_power(evaluator, args[0], halves)
            for arg in args[1:]:
                product = evaluator.times(product, _half_power(evaluator, arg, halves))
            return product
        case t.Div(top, bottom):
            return arithmetic.divide(_half_power(evaluator, top, halves), _half_power(evaluator, bottom, halves))
        case t.Pow(base, exponent):
            power = evaluator.exact(exponent)
            if power is not None and power.denominator == 1:
                return _half_power(evaluator, base, halves * int(power))
    raise Unsupported("a square root in it is not rational")
