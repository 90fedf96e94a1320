"""What a sum binds: free indices, data without an index, and how many points an index runs over."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from autograder.formula.errors import BadIndex, BadSum
from autograder.formula.names import data_of
from autograder.formula.rewrite import with_children
from autograder.formula.tree import (
    ONE,
    ZERO,
    Add,
    Call,
    Constants,
    Entry,
    Mul,
    Name,
    Node,
    Number,
    Product,
    Row,
    Span,
    Sum,
    Transpose,
    children,
    walk,
)

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.names import Names
    from autograder.formula.tokens import Token

_ROW_OF_ONES = Transpose(Constants(1))

Range = tuple[str, Node | None, Node | None]
"""The index of a sum with its ends, None where they are not given."""

PRODUCTS = frozenset({"prod", "Product", "product"})


def free_indices(root: Node, names: Names) -> dict[str, Span]:
    """Letters that stand as an index though nothing binds them, with the place of the first of each."""
    found: dict[str, Span] = {}
    stack: list[tuple[Node, frozenset[str]]] = [(root, frozenset(names.bound))]
    while stack:
        node, bound = stack.pop()
        if isinstance(node, Sum | Product):
            stack.append((node.high, bound))
            stack.append((node.low, bound))
            stack.append((node.body, bound | {node.index}))
            continue
        if isinstance(node, Entry | Row):
            for index in node.indices:
                for part in walk(index):
                    if isinstance(part, Name) and part.name not in bound and names.is_index(part.name):
                        found.setdefault(part.name, part.span or node.span or (0, 0))
        stack.extend((child, bound) for child in reversed(children(node)))
    return found


def bind(parser: Parser, operator: Token, body: Node, found: Range) -> Node:
    """The sum or product of `body` over a range; missing ends are the first and the last point.

    Raises:
        BadSum: the range is not known.
        BadIndex: the points are counted from 0.
    """
    index, low, high = found
    used = [node for node in walk(body) if isinstance(node, Entry | Row) and Name(index) in node.indices]
    if low == ZERO and used:
        raise parser.error(
            BadIndex, f"{used[0].array} has no {'row' if isinstance(used[0], Row) else 'entry'} 0", (operator.start, operator.end),
            f"Entries are numbered from 1: write ({index}, 1, N).",
        )  # fmt: skip
    high = high or _length(parser, operator, body, index)
    span = (operator.start, max(operator.end, parser.last_end()))
    kind = Product if operator.text in PRODUCTS else Sum
    return kind(body, index, low or ONE, high, span=span)


def _length(parser: Parser, operator: Token, body: Node, index: str) -> Node:
    """How many points the index runs over: the length of the data that carry it."""
    table = parser.names.table
    for node in walk(body):
        if isinstance(node, Entry | Row):
            symbol = table.get(node.array)
            for axis, position in enumerate(node.indices):
                if symbol and any(isinstance(part, Name) and part.name == index for part in walk(position)):
                    return size_of(symbol.shape[axis])
    sizes = {symbol.shape[0] for symbol in table.symbols if symbol.name in data_of(table)}
    if len(sizes) == 1:
        return size_of(sizes.pop())
    raise parser.error(
        BadSum, f"the sum over {index} has no range", (operator.start, operator.end),
        f"Write sum(formula, ({index}, 1, N)) or \\sum_{{{index}=1}}^{{N}} formula.",
    )  # fmt: skip


def size_of(size: str | int) -> Node:
    """A declared size as a node."""
    return Name(size) if isinstance(size, str) else Number(Fraction(size))


def spread(body: Node, parser: Parser, index: str = "") -> tuple[Node, str] | None:
    """Data without an index as their entry at the index, a fresh one where none is given; None when there are none."""
    data = data_of(parser.names.table)
    if not any(isinstance(node, Name) and node.name in data for node in walk(body)):
        return None
    index = index or fresh_index(parser, body)
    changed = _spread(body, data, index)
    here = Name(index)
    found = any(isinstance(node, Entry) and node.indices == (here,) for node in walk(changed))
    return (changed, index) if found else None


def fresh_index(parser: Parser, body: Node) -> str:
    """A letter that means nothing here and that no sum in `body` binds."""
    used = {node.index for node in walk(body) if isinstance(node, Sum | Product)}
    taken = used.union(parser.names.bound)
    return next(letter for letter in "ijklpqrsuvabcd" if letter not in taken and not parser.names.is_taken(letter))


def summed_by_ones(parser: Parser, node: Node) -> Node:
    """`1^T (theta - y)` over data as the sum that is meant, in which a number counts for every point."""
    if not any(part == _ROW_OF_ONES for part in walk(node)):
        return node
    node = with_children(node, lambda child: summed_by_ones(parser, child))
    if not isinstance(node, Mul):
        return node
    for place, (ones, behind) in enumerate(pairwise(node.args)):
        if ones == _ROW_OF_ONES and isinstance(behind, Add):
            found = spread(behind, parser)
            if found is not None and not free_indices(behind, parser.names):
                size = _length(parser, parser.tokens[-1], found[0], found[1])
                total = Sum(found[0], found[1], ONE, size, span=behind.span)
                args = (*node.args[:place], total, *node.args[place + 2 :])
                return replace(node, args=args) if len(args) > 1 else total
    return node


def _spread(node: Node, data: frozenset[str], index: str) -> Node:
    """Inner products keep their vectors, and what a sum inside has bound stays."""
    if isinstance(node, Name):
        return Entry(node.name, (Name(index),), span=node.span) if node.name in data else node
    if isinstance(node, Transpose | Sum | Product | Entry | Row):
        return node
    if isinstance(node, Call) and node.function in ("norm", "norm1") and isinstance(node.args[0], Name):
        return node  # `||x||` is the length of all the data
    if isinstance(node, Mul) and any(isinstance(factor, Transpose) for factor in node.args):
        return node
    return with_children(node, lambda child: _spread(child, data, index))
