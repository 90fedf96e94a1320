"""Points of a set, and lines of points with a free parameter: how they are read, and when two are the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from autograder.equality.decide import decide
from autograder.equality.decision import Outcome
from autograder.errors import AuthorError, Undecided
from autograder.formula.echo import to_unicode
from autograder.formula.errors import WrongKind
from autograder.formula.read import read
from autograder.formula.rewrite import substitute
from autograder.formula.to_sympy import to_sympy
from autograder.formula.tree import (
    Add,
    And,
    Call,
    Div,
    Matrix,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    Relation,
    Sequence,
    Transpose,
    walk,
)  # fmt: skip
from autograder.symbols import Symbol, SymbolTable

_FREE = (
    "t",
    "s",
    "k",
    "c",
    "r",
    "u",
    "v",
    "w",
    "a",
    "b",
    "h",
    "m",
    "n",
    "p",
    "q",
    "lambda",
    "alpha",
    "beta",
    "theta",
    "mu",
)
"""Letters that a student may take for a free parameter, beside the coordinates themselves."""

_MOST_POWERS, _LARGEST_POWER = 2, 50

Coordinates = tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Where the points lie.

    Args:
        coordinates: names of the coordinates, in order.
        table: the question's symbols, the coordinates and the letters for parameters.
        tolerance: relative error below which a decimal counts as the exact number.
        parameters: letters that may stand for a free parameter; those that the question declares are not among them.
        seed: for the decisions.
    """

    coordinates: tuple[str, ...]
    table: SymbolTable
    tolerance: Fraction
    parameters: frozenset[str]
    seed: int

    @classmethod
    def of(cls, coordinates: tuple[str, ...], table: SymbolTable, tolerance: Fraction, seed: int) -> Space:
        """The space over a question's symbols."""
        known = {name for symbol in table.symbols for name in (symbol.name, *symbol.aliases)}
        letters = frozenset({*coordinates, *(name for name in _FREE if name not in known)})
        extra = tuple(Symbol(name=name) for name in sorted(letters - known))
        return cls(
            coordinates=coordinates,
            table=replace(table, symbols=(*table.symbols, *extra)),
            tolerance=tolerance,
            parameters=letters,
            seed=seed,
        )

    def read(self, text: str) -> list[Coordinates]:
        """The points that one entry gives; a list of points gives several.

        Raises:
            Unreadable: it is no point of so many coordinates.
        """
        tree = read(text, self.table, targets=(f"({', '.join(self.coordinates)})",)).tree
        size = len(self.coordinates)
        if isinstance(tree, Matrix) and len(tree.rows[0]) == size:
            return [tuple(row) for row in tree.rows]
        if isinstance(tree, Sequence) and tree.items and all(isinstance(item, Sequence) for item in tree.items):
            return [self.point(item, text) for item in tree.items]
        return [self.point(tree, text)]

    def point(self, tree: Node, text: str = "") -> Coordinates:
        """The coordinates of `(0, y, 0)`, or of `x = 0 and z = 0` with what is not said left free.

        Raises:
            WrongKind: a text is no point.
            AuthorError: a key is none.
        """
        size = len(self.coordinates)
        if isinstance(tree, Transpose):
            return self.point(tree.arg, text)
        if isinstance(tree, Matrix) and len(tree.rows) == size and all(len(row) == 1 for row in tree.rows):
            return tuple(row[0] for row in tree.rows)
        if isinstance(tree, Matrix) and len(tree.rows) == 1 and len(tree.rows[0]) == size:
            return tree.rows[0]
        stated = self._stated(tree)
        if stated:
            return tuple(stated.get(name, Name(name)) for name in self.coordinates)
        if isinstance(tree, Sequence) and len(tree.items) == size:
            return tuple(_right_side(item) for item in tree.items)
        shape = f"({', '.join(self.coordinates)})"
        if not text:
            raise AuthorError(f"{to_unicode(tree)} is no point with {size} coordinates. Write {shape}.")
        start, end = tree.span or (0, len(text))
        raise WrongKind(
            f"this is no point with {size} coordinates", text=text, start=start, end=end,
            repair=f"Write {shape} with formulas or numbers.",
        )  # fmt: skip

    def _stated(self, tree: Node) -> dict[str, Node]:
        """What equations say of the coordinates; {} when something else is said."""
        parts = tree.args if isinstance(tree, And) else tree.items if isinstance(tree, Sequence) else (tree,)
        out: dict[str, Node] = {}
        for part in parts:
            if not (isinstance(part, Relation) and set(part.signs) == {"="}):
                return {}
            *names, value = part.operands
            for name in names:
                if not isinstance(name, Name) or name.name not in self.coordinates or name.name in out:
                    return {}
                out[name.name] = value
        for _ in self.coordinates:  # `x = -2y, y = 2/(3z), z = 1`: one equation may need another
            out = {name: self._put_in(value, out) for name, value in out.items()}
        return out

    def _put_in(self, value: Node, stated: dict[str, Node]) -> Node:
        """`x = -2 y` beside `y = 3` as `x = -2*3`; a coordinate of which nothing is said stays free."""
        for name in self.coordinates:
            own = stated.get(name)
            if own is not None and not any(isinstance(node, Name) and node.name in stated for node in walk(own)):
                value = substitute(value, name, own)
        return value

    def free(self, point: Coordinates) -> str:
        """The parameter in the coordinates, "" where there is none."""
        names = (part.name for node in point for part in walk(node) if isinstance(part, Name))
        return next((name for name in names if name in self.parameters), "")

    def same(self, wanted: Coordinates, given: Coordinates) -> Outcome:
        """Whether both mean the same point or the same line."""
        if bool(self.free(wanted)) != bool(self.free(given)):
            return Outcome.DIFFERENT
        if self.free(given):
            return self._same_line(wanted, given)
        return _all([self._close(want, got) for want, got in zip(wanted, given, strict=True)])

    def _close(self, want: Node, got: Node) -> Outcome:
        """Equal, or equal up to the rounding of a decimal."""
        decision = decide(want, got, self.table, seed=self.seed)
        if not decision.different or not any(isinstance(n, Number) and n.value.denominator > 1 for n in walk(got)):
            return decision.outcome
        error = Call("abs", (Add((got, Neg(want))),))
        allowed = Call("abs", (Div(want, Number(1 / self.tolerance)),))
        return decide(Call("max", (error, allowed)), allowed, self.table, seed=self.seed).outcome

    def _same_line(self, wanted: Coordinates, given: Coordinates) -> Outcome:
        """Lines agree when one coordinate runs over all numbers, and the others follow it in the same way."""
        runner = self._runner(wanted)
        follows = [
            decide(substitute(want, self.coordinates[runner], given[runner]), got, self.table, seed=self.seed).outcome
            for at, (want, got) in enumerate(zip(wanted, given, strict=True))
            if at != runner
        ]
        return _all([*follows, self._covers_all(given[runner])])

    def lies_on(self, point: Coordinates, line: Coordinates) -> bool:
        """Whether a single point belongs to a line: true, but no more than a part of it."""
        if self.free(point) or not self.free(line):
            return False
        runner = self._runner(line)
        own = self.coordinates[runner]
        return all(
            at == runner or decide(substitute(want, own, point[runner]), got, self.table, seed=self.seed).equal
            for at, (want, got) in enumerate(zip(line, point, strict=True))
        )

    def _runner(self, line: Coordinates) -> int:
        """The place of the coordinate that stands for itself.

        Raises:
            AuthorError: a key's line has none.
        """
        for at, node in enumerate(line):
            if isinstance(node, Name) and node.name == self.coordinates[at]:
                return at
        raise AuthorError(f"{shown(line)}: let one coordinate of a line stand for itself, as in (0, y, 0).")

    def _covers_all(self, node: Node) -> Outcome:
        """Whether a coordinate takes every value: a polynomial in one parameter does so when its degree is odd."""
        parameters = {part.name for part in walk(node) if isinstance(part, Name)}
        if len(parameters) != 1:
            return Outcome.DIFFERENT
        powers = [part.exponent for part in walk(node) if isinstance(part, Pow)]
        if len(powers) > _MOST_POWERS or any(isinstance(n, Number) and n.value > _LARGEST_POWER for n in powers):
            return Outcome.UNDECIDED  # written out, it would fill the memory
        try:
            expression = to_sympy(node, self.table)
        except Undecided:
            return Outcome.UNDECIDED
        (symbol,) = expression.free_symbols or {None}
        if symbol is None:
            return Outcome.DIFFERENT
        if not expression.is_polynomial(symbol):
            return Outcome.UNDECIDED
        return Outcome.EQUAL if expression.as_poly(symbol).degree() % 2 else Outcome.DIFFERENT


def shown(point: Coordinates) -> str:
    """The point as people write it."""
    return f"({', '.join(to_unicode(node) for node in point)})"


def _right_side(node: Node) -> Node:
    """`x = 0` inside a point as its right-hand side."""
    return node.operands[1] if isinstance(node, Relation) and node.signs == ("=",) else node


def _all(outcomes: list[Outcome]) -> Outcome:
    if Outcome.DIFFERENT in outcomes:
        return Outcome.DIFFERENT
    return Outcome.UNDECIDED if Outcome.UNDECIDED in outcomes else Outcome.EQUAL
