"""Signs that follow from the declarations alone."""

from __future__ import annotations

from autograder.formula import tree as t
from autograder.symbols import Symbol, SymbolTable

_NONNEGATIVE = frozenset({"abs", "exp", "norm", "norm1", "relu", "step", "sigmoid", "normcdf", "cosh", "factorial"})


def is_nonnegative(node: t.Node, table: SymbolTable) -> bool:
    """Whether a tree of declared scalars is certainly 0 or more, by the signs of its parts."""
    match node:
        case t.Number(value):
            return value >= 0
        case t.Constant(name):
            return name != "oo"
        case t.Name(name):
            return symbol_is_nonnegative(table.get(name), table)
        case t.Add(args) | t.Mul(args):
            return all(is_nonnegative(arg, table) for arg in args)
        case t.Div(top, bottom):
            return is_nonnegative(top, table) and is_nonnegative(bottom, table)
        case t.Pow(base, exponent):
            even = isinstance(exponent, t.Number) and exponent.value.denominator == 1 and exponent.value % 2 == 0
            return even or is_nonnegative(base, table)
        case t.Call(function, args):
            return function in _NONNEGATIVE or (function == "sqrt" and is_nonnegative(args[0], table))
    return False


def symbol_is_nonnegative(symbol: Symbol | None, table: SymbolTable) -> bool:
    """Whether a declared scalar is certainly 0 or more; its lower bound says so."""
    return symbol is not None and symbol.lower is not None and is_nonnegative(symbol.lower.value, table)


def symbol_is_positive(symbol: Symbol | None, table: SymbolTable) -> bool:
    """Whether a declared scalar is certainly above 0."""
    if symbol is None or symbol.lower is None or not is_nonnegative(symbol.lower.value, table):
        return False
    if symbol.lower.strict or symbol.nonzero:
        return True
    return isinstance(symbol.lower.value, t.Number) and symbol.lower.value.value > 0
