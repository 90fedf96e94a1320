"""Typed formulas as the elaborated trees that the deciders take."""

from __future__ import annotations

from autograder.equality.decide import decide
from autograder.equality.decision import Decision
from autograder.equality.exact import HAS_FLINT
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.formula.shapes import Shape, elaborate
from autograder.formula.tree import Node
from autograder.symbols import SymbolTable


def shaped(text: str, table: SymbolTable, expected: Shape | None = None) -> tuple[Node, Shape]:
    return elaborate(read(text, table).tree, table, text=text, expected=expected)


def tree(text: str, table: SymbolTable) -> Node:
    return shaped(text, table)[0]


def decided(
    symbols: str, expected: str, given: str, *, seed: int = 1, prove: bool = False, pure: bool = not HAS_FLINT
) -> Decision:
    table = declare(symbols)
    key, shape = shaped(expected, table)
    return decide(key, shaped(given, table, shape)[0], table, seed=seed, prove=prove, pure=pure)
