"""How large a tree is: limits that hold before anything recursive is done with it."""

from __future__ import annotations

from autograder.formula.errors import TooComplex
from autograder.formula.tree import Matrix, Node, Piecewise, Product, SetOf, Sum, children

MOST_NODES = 1000
DEEPEST_TREE = 64
"""Levels of a tree; what is shown in two brackets counts twice, so that its echo can be read again."""

DEEPEST_SUM = 8

_DOUBLE = (Sum, Product, Piecewise, Matrix, SetOf)


def size_of_tree(root: Node) -> tuple[int, int, int]:
    """The number of nodes of a tree, its depth, and that of its sums; iterative, so that depth is no danger."""
    nodes = deepest = most_sums = 0
    stack = [(root, 1, 0)]
    while stack:
        node, depth, sums = stack.pop()
        nodes += 1
        sums += isinstance(node, Sum | Product)
        deepest, most_sums = max(deepest, depth), max(most_sums, sums)
        below = depth + (2 if isinstance(node, _DOUBLE) else 1)
        stack.extend((child, below, sums) for child in children(node))
    return nodes, deepest, most_sums


def refuse_deep(root: Node, text: str) -> None:
    """Check a tree against the limits.

    Raises:
        TooComplex: it has too many parts or nests too deep.
    """
    nodes, depth, sums = size_of_tree(root)
    start, end = root.span or (0, len(text))
    if nodes > MOST_NODES:
        raise TooComplex("this formula has too many parts", text=text, start=start, end=end, repair="Simplify it.")
    if sums > DEEPEST_SUM:
        raise TooComplex(
            f"sums are nested more than {DEEPEST_SUM} deep", text=text, start=start, end=end, repair="Simplify it."
        )
    if depth > DEEPEST_TREE:
        raise TooComplex("this formula is nested too deep", text=text, start=start, end=end, repair="Simplify it.")
