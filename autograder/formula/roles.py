"""How tightly operators bind, what a node counts as where a number is needed, and the normal form of chains."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from autograder.formula.tree import (
    Add,
    And,
    Constants,
    Indicator,
    Interval,
    Member,
    Mul,
    Neg,
    Node,
    Not,
    Number,
    Or,
    Relation,
    Row,
    Sequence,
    SetOf,
    Span,
    Transpose,
    Union,
)

TERNARY, OR, AND, NOT, RELATION, UNION, SUM, PRODUCT, POWER, TIGHTEST = 5, 10, 20, 30, 40, 45, 50, 60, 80, 1000
"""Binding powers, loosest first."""

CONDITION = (Relation, And, Or, Not, Member)
"""Nodes that say yes or no."""

Chain = TypeVar("Chain", bound="Add | Mul | And | Or | Union")


LOGICAL = (*CONDITION, Sequence, Interval, Union, SetOf)
"""Nodes that may stand beside `and` and `or`: conditions, and the sets in which a variable may lie."""


def single(node: Node) -> Node:
    """`[x]` with one item is a bracket around it."""
    while isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    return node


def value(node: Node) -> Node:
    """A node where a number is needed: a condition counts as 1 or 0 (Iverson's bracket)."""
    node = single(node)
    return Indicator(node, span=node.span) if isinstance(node, CONDITION) else node


def exponent(node: Node) -> Node:
    """A node where an exponent stands: `-1` is one number there."""
    node = value(node)
    if isinstance(node, Neg) and isinstance(node.arg, Number) and node.arg.value > 0:
        return Number(-node.arg.value, span=node.span)
    return node


def chain(kind: type[Chain], args: tuple[Node, ...], span: Span | None) -> Chain:
    """A sum, product, `and`, `or` or union; one that begins with its own kind is continued: `(a + b) + c`."""
    first = args[0]
    return kind((*first.args, *args[1:]) if isinstance(first, kind) else args, span=span)


def transposed(node: Node, span: Span | None) -> Node:
    """The transpose; a transposed 1 can only be the row of ones, and of point `x_i` it is a row of X."""
    if isinstance(node, Transpose) and isinstance(node.arg, Row):
        return replace(node.arg, span=span)
    if isinstance(node, Number) and node.value == 1:
        node = Constants(1, span=node.span)
    return Transpose(node, span=span)
