"""Changing trees: the same node with other children."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from autograder.errors import Undecided
from autograder.formula.tree import ONE, Add, Constants, Entry, Name, Neg, Node, Number, Row, names_of_parts


def with_children(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with `change` done to each of its direct children; the node itself when nothing changes."""
    changes: dict[str, Any] = {}
    for name in names_of_parts(node):
        old = getattr(node, name)
        new = _changed(old, change)
        if new is not old:
            changes[name] = new
    return replace(node, **changes) if changes else node


def _changed(value: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        parts = tuple(_changed(part, change) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    return value


def exchange(root: Node, target: Node, replacement: Node) -> Node:
    """The tree with one node (that very object, not its equals) exchanged."""
    if root is target:
        return replacement
    return with_children(root, lambda child: exchange(child, target, replacement))


def substitute(root: Node, name: str, replacement: Node) -> Node:
    """The tree with every occurrence of a name replaced, in entries and rows (`w[j]`, `X[i]`) too.

    Raises:
        Undecided: an entry of something that has no entries of its own, such as a product, would be needed.
    """
    if isinstance(root, Name):
        return replacement if root.name == name else root
    if isinstance(root, Entry | Row) and root.array == name:
        indices = tuple(substitute(index, name, replacement) for index in root.indices)
        return _entry(replacement, indices, row=isinstance(root, Row))
    return with_children(root, lambda child: substitute(child, name, replacement))


def _entry(array: Node, indices: tuple[Node, ...], *, row: bool) -> Node:
    """An entry of an array, or one of its rows."""
    match array:
        case Name(name):
            return Row(name, indices[0]) if row else Entry(name, indices)
        case Constants(value, _, columns):
            return Constants(value, ONE, columns) if row else Number(ONE.value * value)
        case Neg(arg):
            return Neg(_entry(arg, indices, row=row))
        case Add(args):
            return Add(tuple(_entry(arg, indices, row=row) for arg in args))
    raise Undecided("An entry of a product is not worked out: write the entry as a formula.")
