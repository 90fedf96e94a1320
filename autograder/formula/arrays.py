"""Matrices and vectors in the spellings of LaTeX, NumPy and SymPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from autograder.formula import functions, products
from autograder.formula.arguments import arguments
from autograder.formula.errors import WrongArguments
from autograder.formula.roles import CONDITION, chain, single, transposed, value
from autograder.formula.tree import (
    ONE,
    Add,
    Call,
    Constants,
    Identity,
    Indicator,
    Matrix,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    Sequence,
    Span,
    walk,
)
from autograder.symbols import Kind

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token


def call(parser: Parser, token: Token) -> Node:
    """A call that builds or combines arrays; the function's name was consumed."""
    name = token.text
    _skip_second_size(parser, name)
    items, keywords = arguments(parser)
    span = parser.since(token)
    if name in functions.IDENTITIES and (len(items) == 1 or (len(items) == 2 and items[0] == items[1])):
        return _identity(parser, token, single(items[0]), span)
    args = [item if isinstance(item, Sequence) else value(item) for item in items]
    if name in functions.TRANSPOSES and len(args) == 1:
        return transposed(value(args[0]), span)
    if name in functions.INVERSES and len(args) == 1:
        return Pow(value(args[0]), products.MINUS_ONE, span=span)
    if name in functions.MATRICES and args:
        return _array(parser, args, span)
    if name in functions.STACKS and args:
        vertical = functions.STACKS[name] and keywords.get("axis") != ONE
        return _stacked(args, span, vertical=vertical)
    if name in functions.CONSTANT_ARRAYS and args:
        return _constants(args, functions.CONSTANT_ARRAYS[name], span)
    if name in functions.CHAINS and len(args) > 1:
        kind: type[Mul | Add] = Mul if name.endswith("Mul") else Add
        return chain(kind, tuple(value(arg) for arg in args), span)
    if name in functions.PRODUCTS and len(args) == 2:
        left, right = value(args[0]), value(args[1])
        if name == "outer":
            return chain(Mul, (left, transposed(right, right.span)), span)
        return products.matmul(parser, left, right, span)
    raise parser.error(
        WrongArguments, f"{name} cannot take these {len(args)} arguments", span, "Mend the list in the brackets."
    )


def _identity(parser: Parser, token: Token, size: Node, span: Span) -> Node:
    """`I(n)`, `eye(n)`; `I(x > 0)` is an indicator and `I(A + B)` a product."""
    if isinstance(size, CONDITION):
        return Indicator(size, span=span)
    if all(_may_be_size(parser, node) for node in walk(size)):
        return Identity(value(size), span=span)
    if token.text == "I":
        return chain(Mul, (Identity(None, span=(token.start, token.end)), value(size)), span)
    raise parser.error(WrongArguments, f"{token.text} needs a size", span, f"Write {token.text}(n).")


def _may_be_size(parser: Parser, node: Node) -> bool:
    if isinstance(node, Name):
        symbol = parser.names.table.get(node.name)
        return symbol is None or symbol.kind is Kind.INTEGER
    return isinstance(node, Number | Add | Mul | Neg)


def matrix(rows: list[list[Node]], span: Span) -> Matrix:
    """A matrix by rows; whether they are equally long is said with its shape."""
    if all(len(row) == 1 and _is_row(row[0]) for row in rows):
        rows = [_items(row[0]) for row in rows]  # [[a, b]; [c, d]]
    return Matrix(tuple(tuple(_block(entry) for entry in row) for row in rows), span=span)


def _is_row(node: Node) -> bool:
    return isinstance(node, Sequence) and node.opening == "["


def _block(node: Node) -> Node:
    """An entry of a matrix; a list between square brackets is a row."""
    return Matrix((tuple(_items(node)),), span=node.span) if _is_row(node) else node


def _array(parser: Parser, args: list[Node], span: Span) -> Node:
    """`Matrix([[a, b], [c, d]])`, `array([a, b])` (a column), `Matrix(2, 2, [a, b, c, d])`."""
    first = args[0]
    if len(args) == 3 and isinstance(args[2], Sequence) and isinstance(args[1], Number):
        columns = int(args[1].value)
        entries = list(map(value, args[2].items))
        if columns > 0 and len(entries) % columns == 0:
            return matrix([entries[i : i + columns] for i in range(0, len(entries), columns)], span)
    if len(args) > 1:
        raise parser.error(
            WrongArguments, "this matrix needs one list of its rows", span, "Write Matrix([[a, b], [c, d]])."
        )
    if isinstance(first, Sequence):
        if all(isinstance(item, Sequence) for item in first.items):
            return matrix([_items(item) for item in first.items], span)
        return matrix([[value(item)] for item in first.items], span)
    return first


def _items(node: Node) -> list[Node]:
    return list(map(value, node.items)) if isinstance(node, Sequence) else [node]


def _stacked(args: list[Node], span: Span, *, vertical: bool) -> Node:
    """`vstack([A, B])`, `hstack((A, B))`, `concatenate([A, B], axis=0)`."""
    blocks = _items(args[0]) if len(args) == 1 else args
    if len(blocks) == 1 and isinstance(blocks[0], Matrix):
        blocks = [Sequence(row, "[", "]") for row in blocks[0].rows]
    entries = [value(block) for block in blocks]
    return matrix([[entry] for entry in entries] if vertical else [entries], span)


def _constants(args: list[Node], entry: Literal[0, 1], span: Span) -> Node:
    sizes = list(args[0].items) if len(args) == 1 and isinstance(args[0], Sequence) else args
    cols = value(sizes[1]) if len(sizes) > 1 else ONE
    return Constants(entry, value(sizes[0]), cols, span=span)


def _skip_second_size(parser: Parser, name: str) -> None:
    """`I (m x m)`, `I(m×m)`: both sizes of an identity are the same one."""
    opened, first, sign, second, closed = (parser.ahead(distance) for distance in range(5))
    if name not in functions.IDENTITIES or not (opened.is_sign("(") and closed.is_sign(")")):
        return
    by = sign.is_name("x", "by") or (sign.is_sign("*") and parser.shown(sign) in ("×", "\\times"))
    if by and first.kind == "name" and first.text == second.text:
        del parser.tokens[parser.at + 2 : parser.at + 4]


def pseudo_inverse(parser: Parser, arg: Node, span: Span) -> Node:
    """The pseudo-inverse: of a vector `x^T / (x^T x)`; of a matrix it is taken to have full rank, and this is said."""
    if products.is_column(parser, arg):
        turned = transposed(arg, arg.span)
        square = Mul((turned, arg), span=arg.span)
        return Mul((Pow(square, products.MINUS_ONE, span=arg.span), turned), span=span)
    parser.notice("The pseudo-inverse is read for a matrix of full rank.")
    return Call("pinv", (arg,), span=span)
