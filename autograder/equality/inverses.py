"""Whether two expressions are the same by multiplying out alone: their inverses are taken for matrices of which nothing is known.

`X^T (X X^T + lambda I)^-1 y` and `2 X^T (2 X X^T + 2 lambda I)^-1 (y + y)/2` are; `(X^T X + lambda I)^-1 X^T y`, which is equal
to both, is not: that takes an argument about inverses.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from autograder.equality.decide import decide
from autograder.errors import Undecided, Unreadable
from autograder.formula.rewrite import with_children
from autograder.formula.shapes import elaborate
from autograder.formula.tree import Call, Div, Mul, Name, Node, Number, Pow, Transpose
from autograder.symbols import Kind, Structure, Symbol, SymbolTable


def only_multiplied_out(left: Node, right: Node, table: SymbolTable, *, seed: int) -> bool:
    """Whether both are equal whatever stands for their inverses; False where it cannot be told."""
    inverses = _Inverses(table=table, seed=seed)
    try:
        one, two = inverses.hidden(left), inverses.hidden(right)
        return decide(one, two, inverses.table, seed=seed).equal
    except (Unreadable, Undecided):
        return False


@dataclass(slots=True, kw_only=True)
class _Inverses:
    """Symbols in place of inverses; inverses of multiples of one matrix share a symbol.

    Args:
        table: the declared symbols and those found so far.
        seed: for the decisions.
    """

    table: SymbolTable
    seed: int
    _found: list[tuple[Node, Name]] = field(default_factory=list)

    def hidden(self, node: Node) -> Node:
        """The tree with every inverse of a matrix exchanged, from the inside."""
        node = with_children(node, self.hidden)
        match node:
            case Pow(base, Number(value)) if value < 0 and value.denominator == 1:
                base, shape = elaborate(base, self.table)
                if not shape.is_scalar:
                    size = (str(shape.rows), str(shape.cols))
                    inverse = self._inverse(base, size)
                    return inverse if value == -1 else Pow(inverse, Number(-value))
        return node

    def _inverse(self, base: Node, size: tuple[str, str]) -> Node:
        for other, name in self._found:
            # Only a multiple of the other one has the same quotient to its trace.
            if self._equal(Mul((_trace(other), base)), Mul((_trace(base), other))):
                return Mul((Div(_trace(other), _trace(base)), name))
        name = Name(f"inverse_{len(self._found)}")
        structure = Structure.SYMMETRIC if self._equal(base, Transpose(base)) else Structure.GENERAL
        symbol = Symbol(name=name.name, kind=Kind.MATRIX, shape=size, structure=structure)
        self.table = replace(self.table, symbols=(*self.table.symbols, symbol))
        self._found.append((base, name))
        return name

    def _equal(self, left: Node, right: Node) -> bool:
        return decide(left, right, self.table, seed=self.seed).equal


def _trace(matrix: Node) -> Node:
    return Call("trace", (matrix,))
