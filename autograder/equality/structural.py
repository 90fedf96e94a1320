"""Tier 0: the same tree up to the order of sums and scalar products, brackets, signs and names of bound indices."""

from __future__ import annotations

from typing import Any

from autograder.formula import tree as t
from autograder.symbols import SymbolTable

_SCALAR_CALLS = frozenset({"trace", "det", "norm", "norm1"})


def same_tree(left: t.Node, right: t.Node, table: SymbolTable) -> bool:
    """Whether two trees are the same formula, without computing anything."""
    return _key(left, table, ()) == _key(right, table, ())


def is_scalar(node: t.Node, table: SymbolTable) -> bool:
    """Whether a tree is certainly a single number; False where the shapes would have to be worked out."""
    match node:
        case t.Name(name):
            symbol = table.get(name)
            return symbol is None or symbol.is_scalar
        case t.Number() | t.Constant() | t.Entry() | t.Indicator():
            return True
        case t.Call(function, args):
            return function in _SCALAR_CALLS or all(is_scalar(arg, table) for arg in args)
        case t.Sum(body) | t.Product(body):
            return is_scalar(body, table)
        case t.Neg() | t.Add() | t.Mul() | t.Div() | t.Pow():
            return all(is_scalar(child, table) for child in t.children(node))
    return False


def _key(node: t.Node, table: SymbolTable, bound: tuple[str, ...]) -> tuple[Any, ...]:
    sign, key = _signed(node, table, bound)
    return ("minus", key) if sign < 0 else key


def _signed(node: t.Node, table: SymbolTable, bound: tuple[str, ...]) -> tuple[int, tuple[Any, ...]]:
    """Sign and key of a tree; signs of factors are gathered in front."""
    match node:
        case t.Neg(arg):
            sign, key = _signed(arg, table, bound)
            return -sign, key
        case t.Number(value):
            return (-1 if value < 0 else 1), ("number", abs(value))
        case t.Name(name):
            if name in bound:
                return 1, ("bound", len(bound) - 1 - bound[::-1].index(name))
            return 1, ("name", name)
        case t.Add():
            return 1, ("add", *sorted(_terms(node, 1, table, bound), key=repr))
        case t.Mul():
            sign, factors = 1, []
            for factor in _factors(node):
                one, key = _signed(factor, table, bound)
                sign *= one
                factors.append(key)
            if all(is_scalar(factor, table) for factor in _factors(node)):
                factors.sort(key=repr)
            return sign, ("mul", *factors)
        case t.Div(top, bottom):
            one, upper = _signed(top, table, bound)
            two, lower = _signed(bottom, table, bound)
            return one * two, ("div", upper, lower)
        case t.Sum(body, index, low, high) | t.Product(body, index, low, high):
            inner = _key(body, table, (*bound, index))
            return 1, (type(node).__name__, _key(low, table, bound), _key(high, table, bound), inner)
        case t.Entry(array, indices):
            return 1, ("entry", array, *(_key(index, table, bound) for index in indices))
        case t.Call(function, args):
            keys = [_key(arg, table, bound) for arg in args]
            return 1, ("call", function, *(sorted(keys, key=repr) if function in ("max", "min") else keys))
    plain = [getattr(node, name) for name in node.__dataclass_fields__ if name != "span"]
    return 1, (type(node).__name__, *(_plain_key(part, table, bound) for part in plain))


def _plain_key(part: Any, table: SymbolTable, bound: tuple[str, ...]) -> Any:
    if isinstance(part, t.Node):
        return _key(part, table, bound)
    if isinstance(part, tuple):
        return tuple(_plain_key(item, table, bound) for item in part)
    return part


def _factors(node: t.Node) -> list[t.Node]:
    if isinstance(node, t.Mul):
        return [factor for arg in node.args for factor in _factors(arg)]
    return [node]


def _terms(node: t.Node, sign: int, table: SymbolTable, bound: tuple[str, ...]) -> list[tuple[Any, ...]]:
    if isinstance(node, t.Add):
        return [term for arg in node.args for term in _terms(arg, sign, table, bound)]
    if isinstance(node, t.Neg):
        return _terms(node.arg, -sign, table, bound)
    one, key = _signed(node, table, bound)
    return [(one * sign, key)]
