"""Methods of arrays, as in NumPy and SymPy: `X.T`, `X.inv()`, `X.dot(w)`, `y.mean()`, `X.shape[1]`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.formula import products, sums
from autograder.formula.arguments import arguments
from autograder.formula.errors import UnexpectedToken
from autograder.formula.roles import transposed, value
from autograder.formula.tree import Call, Name, Node, Number, Pow

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser


def read(parser: Parser, node: Node) -> Node:
    """The method that stands next, applied to `node`."""
    token = parser.take()
    name = token.text[1:]
    node = value(node)
    if name in ("shape", "size"):
        return _size(parser, node, name)
    called = parser.token.is_sign("(") and name not in ("T", "I", "mT")
    args = [value(item) for item in arguments(parser)[0]] if called else []
    span = parser.spanning(node)
    operator = replace(token, text=name)
    match name, args:
        case (("T" | "mT" | "transpose" | "t"), []):
            return transposed(node, span)
        case (("I" | "inv" | "inverse"), []):
            return Pow(node, products.MINUS_ONE, span=span)
        case "doit", []:
            return node
        case "dot", [right]:
            return products.dot(parser, node, right, span)
        case "sum", []:
            return sums.total(parser, operator, node)
        case "mean", []:
            return sums.mean(parser, operator, node)
        case (("norm" | "trace" | "det"), []):
            return Call(name, (node,), span=span)
    raise parser.error(
        UnexpectedToken, f"{token.text} with these arguments is not known", parser.since(token),
        "Write the operation as a formula.",
    )  # fmt: skip


def _size(parser: Parser, node: Node, method: str) -> Node:
    """`X.shape[1]` (counted from 0, as in NumPy) and `y.size` as the size that the question declares."""
    symbol = parser.names.table.get(node.name) if isinstance(node, Name) else None
    axis = 0
    if method == "shape" and symbol is not None and parser.token.is_sign("["):
        pieces = [parser.take() for _ in range(3)]
        axis = int(pieces[1].text) if pieces[1].text in ("0", "1") and pieces[2].is_sign("]") else 2
    elif method == "shape" or symbol is None or symbol.shape[1] != 1:
        axis = 2
    if symbol is None or axis == 2:
        raise parser.error(
            UnexpectedToken, "this size is not known", parser.spanning(node), "Write X.shape[0], or the size's name."
        )
    size, span = symbol.shape[axis], parser.spanning(node)
    return Name(size, span=span) if isinstance(size, str) else Number(Fraction(size), span=span)
