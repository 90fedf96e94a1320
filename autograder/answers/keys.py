"""An author's key in any of its forms (SymPy, text, tree) as an elaborated tree."""

from __future__ import annotations

from functools import lru_cache

from autograder.errors import AuthorError, Unreadable
from autograder.formula.from_sympy import from_sympy
from autograder.formula.read import read
from autograder.formula.shapes import SCALAR, Shape, elaborate
from autograder.formula.tree import Node
from autograder.symbols import SymbolTable

Key = object
"""A SymPy expression, a text in the students' own grammar, or a tree."""


@lru_cache(maxsize=4096)
def key_tree(key: Key, table: SymbolTable) -> Node:
    """The tree of a key, as it was written.

    Raises:
        AuthorError: the key cannot be read or converted.
    """
    if isinstance(key, Node):
        return key
    if isinstance(key, str):
        try:
            return read(key, table).tree
        except Unreadable as error:
            raise AuthorError(f"the key {key!r} cannot be read: {error} Mend it, or declare the symbol.") from None
    return from_sympy(key, table)


@lru_cache(maxsize=4096)
def key_with_shape(key: Key, table: SymbolTable, expected: Shape | None = None) -> tuple[Node, Shape]:
    """The elaborated tree of an expression key, with its shape.

    Raises:
        AuthorError: the key's own shapes do not fit.
    """
    tree = key_tree(key, table)
    try:
        return elaborate(tree, table, text=key if isinstance(key, str) else "", expected=expected)
    except Unreadable as error:
        raise AuthorError(f"the key {key!s} does not fit its own shapes: {error} Check the declarations.") from None


def is_scalar(shape: Shape) -> bool:
    """Whether a shape is that of a single number."""
    return shape == SCALAR
