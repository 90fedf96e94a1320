"""One entry of a vector that is written out: `(X w - y)_i` is `X[i] w - y[i]`."""

from __future__ import annotations

from autograder.errors import Unreadable
from autograder.formula.shapes import elaborate
from autograder.formula.tree import Add, Div, Entry, Mul, Name, Neg, Node, Row, Span
from autograder.symbols import SymbolTable


def component(node: Node, index: Node, table: SymbolTable, span: Span) -> Node | None:
    """The entry of a standing vector, by rows of its matrices; None where it is none, or no row says it."""
    match node:
        case Name(name):
            symbol = table.get(name)
            standing = symbol is not None and not symbol.is_scalar and symbol.shape[1] == 1
            return Entry(name, (index,), span=span) if standing else None
        case Neg(arg):
            part = component(arg, index, table, span)
            return None if part is None else Neg(part, span=span)
        case Add(args):
            parts = tuple(component(arg, index, table, span) for arg in args)
            return None if None in parts else Add(tuple(part for part in parts if part is not None), span=span)
        case Div(top, bottom):
            part = component(top, index, table, span)
            return None if part is None else Div(part, bottom, span=span)
        case Mul(args):
            return _of_product(args, index, table, span)
        case _:
            return None


def _of_product(args: tuple[Node, ...], index: Node, table: SymbolTable, span: Span) -> Node | None:
    """The numbers of a product stay, and its first matrix gives its row."""
    at = next((at for at, factor in enumerate(args) if not _is_number(factor, table)), None)
    if at is None:
        return None
    first, rest = args[at], args[at + 1 :]
    symbol = table.get(first.name) if isinstance(first, Name) else None
    if symbol is not None and symbol.shape[1] != 1 and rest:
        part: Node | None = Row(symbol.name, index, span=span)
    else:
        part = component(first, index, table, span) if all(_is_number(factor, table) for factor in rest) else None
    factors = (*args[:at], part, *rest)
    return None if part is None else Mul(tuple(filter(None, factors)), span=span)


def _is_number(node: Node, table: SymbolTable) -> bool:
    try:
        return elaborate(node, table)[1].is_scalar
    except Unreadable:
        return False  # what does not fit together is said when the whole formula is read
