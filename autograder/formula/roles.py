"""How tightly operators bind, and what a node counts as where a number is needed."""

from __future__ import annotations

from autograder.formula.tree import And, Indicator, Member, Node, Not, Or, Relation, Sequence

TERNARY, OR, AND, NOT, RELATION, UNION, SUM, PRODUCT, POWER, TIGHTEST = 5, 10, 20, 30, 40, 45, 50, 60, 80, 1000
"""Binding powers, loosest first."""

CONDITION = (Relation, And, Or, Not, Member)
"""Nodes that say yes or no."""


def single(node: Node) -> Node:
    """`[x]` with one item is a bracket around it."""
    while isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    return node


def value(node: Node) -> Node:
    """A node where a number is needed: a condition counts as 1 or 0 (Iverson's bracket)."""
    node = single(node)
    return Indicator(node, span=node.span) if isinstance(node, CONDITION) else node
