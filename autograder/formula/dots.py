"""Sums with dots: `y_1 + … + y_N`, `x_1 y_1 + x_2 y_2 + … + x_N y_N`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.formula.binding import fresh_index
from autograder.formula.errors import BadSum
from autograder.formula.rewrite import with_children
from autograder.formula.roles import chain
from autograder.formula.tree import ONE, Add, Entry, Name, Node, Number, Row, Sum, walk

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

_MOST_TYPED = 3
"""Terms before the dots."""


def follow(parser: Parser) -> bool:
    """Whether dots and another term stand behind a plus sign."""
    return parser.token.is_sign("...") and parser.ahead().is_sign("+")


def total(parser: Parser, left: Node, last: Node, dots: Token) -> Node:
    """The sum whose first terms stand at the end of `left`.

    Raises:
        BadSum: the terms are not those of entries 1, 2, … up to the last one.
    """
    terms = left.args if isinstance(left, Add) else (left,)
    index = Name(fresh_index(parser, Add((left, last))))
    for count in range(min(_MOST_TYPED, len(terms)), 0, -1):
        found = _over(terms[len(terms) - count :], last, index)
        rest = terms[: len(terms) - count]
        if found is not None:
            return chain(Add, (*rest, found), parser.spanning(left)) if rest else found
    whole = _over((left,), last, index)  # `(theta - y_1) + … + (theta - y_N)`
    if whole is not None:
        return whole
    raise parser.error(
        BadSum, "what these dots stand for cannot be told", (dots.start, dots.end),
        "Write sum(y[i], (i, 1, N)).",
    )  # fmt: skip


def _over(typed: tuple[Node, ...], last: Node, index: Name) -> Sum | None:
    """The sum of terms with the entries 1, 2, … and a last one; None where they do not go on like that."""
    body = _renumbered(typed[0], ONE, index)
    places, ends = ([part for part in walk(node) if isinstance(part, Entry | Row)] for node in (body, last))
    highs = [new for old, end in zip(places, ends, strict=False) for new in _moved(old.indices, end.indices, index)]
    if not highs:
        return None
    numbers = (*(Number(Fraction(at + 1)) for at in range(len(typed))), highs[0])
    if tuple(_renumbered(body, index, number) for number in numbers) != (*typed, last):
        return None
    return Sum(body, index.name, ONE, highs[0], span=typed[0].span)


def _renumbered(node: Node, old: Node, new: Node) -> Node:
    """The node with entries of another number."""
    if isinstance(node, Entry):
        return Entry(node.array, tuple(new if index == old else index for index in node.indices), span=node.span)
    if isinstance(node, Row):
        return Row(node.array, new if node.index == old else node.index, span=node.span)
    return with_children(node, lambda child: _renumbered(child, old, new))


def _moved(before: tuple[Node, ...], after: tuple[Node, ...], index: Node) -> list[Node]:
    return [new for old, new in zip(before, after, strict=False) if old == index]
