"""Entries of data, vectors and matrices: `y[i]`, `X[i, j]`, `y(i)`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.formula.errors import BadIndex
from autograder.formula.names import data_of
from autograder.formula.roles import TIGHTEST
from autograder.formula.tree import ZERO, Entry, Name, Node, Number, Row

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token


def has_entries(parser: Parser, node: Name) -> bool:
    """Whether a name stands for data, a vector or a matrix, so that `[` behind it is an index."""
    symbol = parser.names.table.get(node.name)
    return symbol is not None and not symbol.is_scalar


def indexed(parser: Parser, node: Name) -> Node:
    """`y[i]`, `X[i, j]`; the bracket stands next."""
    opened = parser.take()
    indices: list[Node] = []
    with parser.within("["):
        while True:
            token, behind = parser.token, parser.ahead()
            letter = token.kind == "name" and behind.is_sign(",", "]")
            index = parser.names.index(token.text, (token.start, token.end)) if letter else None
            if index is not None:
                parser.take()
            elif token.is_sign(":") and len(indices) == 1 and parser.ahead().is_sign("]") and _is_matrix(parser, node):
                parser.take()
                break  # X[i, :]
            elif token.is_sign(":"):
                raise parser.error(BadIndex, "a slice is no single entry", (token.start, token.end), "Write y[i].")
            indices.append(index or parser.expression())
            if not parser.accept(","):
                break
    parser.expect("]", opened)
    span = (node.span[0] if node.span else opened.start, parser.last_end())
    symbol = parser.names.table[node.name]
    if len(indices) == 1 and _is_matrix(parser, node):
        if indices[0] == ZERO:
            raise parser.error(
                BadIndex, f"{node.name} has no row 0", span, "Rows are numbered from 1: the first one is number 1."
            )
        return Row(node.name, indices[0], span=span)
    wanted = 1 if 1 in symbol.shape else 2
    if len(indices) != wanted:
        raise parser.error(
            BadIndex, f"{node.name} takes {wanted} {'index' if wanted == 1 else 'indices'}, not {len(indices)}", span,
            f"Write {node.name}[{'i' if wanted == 1 else 'i, j'}].",
        )  # fmt: skip
    return checked(parser, Entry(node.name, tuple(indices), span=span))


def _is_matrix(parser: Parser, node: Name) -> bool:
    return 1 not in parser.names.table[node.name].shape


def called(parser: Parser, node: Node, token: Token) -> Node:
    """`y(i)` with an index that a sum binds is an entry; any other node stays."""
    bracket, letter, closing = parser.token, parser.ahead(1), parser.ahead(2)
    is_data = isinstance(node, Name) and node.name in data_of(parser.names.table)
    bound = letter.kind == "name" and letter.text in parser.names.bound
    if not (is_data and bound and bracket.is_sign("(") and closing.is_sign(")")):
        return node
    assert isinstance(node, Name)
    parser.at += 3
    return Entry(node.name, (Name(letter.text, span=(letter.start, letter.end)),), span=parser.since(token))


def refuse_strange_number(parser: Parser, token: Token) -> None:
    """`x[0]` behind a single number x is neither an entry nor the product of x and 0.

    Raises:
        BadIndex: a number alone stands in square brackets directly behind the name.
    """
    symbol = parser.names.symbol(token.text)
    bracket, number, closing = parser.token, parser.ahead(), parser.ahead(2)
    indexed = bracket.is_sign("[") and not bracket.spaced and number.kind == "number" and closing.is_sign("]")
    if not indexed or symbol is None or not symbol.is_scalar:
        return
    known = [name for name in parser.names.known() if name.startswith(f"{token.text}_")]
    raise parser.error(
        BadIndex, f"{parser.shown(token)} has no entry {number.text} here", (token.start, closing.end),
        f"Write {' or '.join(known)}." if known else "Write a * for a product.",
    )  # fmt: skip


def checked(parser: Parser, entry: Entry) -> Entry:
    """The entry, unless it is counted from 0.

    Raises:
        BadIndex: an index is 0.
    """
    if ZERO in entry.indices:
        raise parser.error(
            BadIndex, f"{entry.array} has no entry 0", entry.span or (0, 1),
            "Entries are numbered from 1: the first one is number 1.",
        )  # fmt: skip
    return entry


def checked_name(parser: Parser, node: Node) -> Node:
    """A node that a name stands for; an entry must not be counted from 0."""
    return checked(parser, node) if isinstance(node, Entry) else node


def zeros(parser: Parser, token: Token) -> Node:
    """`0_n`, `0_{m×n}`: zeros, whose size follows from where they stand; the 0 was consumed."""
    parser.take()
    with parser.within("{"):
        parser.expression(TIGHTEST)
    return Number(Fraction(0), span=parser.since(token))
