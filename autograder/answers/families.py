"""Points of a set as people write them, and lines of points with a free parameter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from autograder.answers.texts import as_text
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
    Relation,
    Sequence,
    Transpose,
    walk,
)  # fmt: skip
from autograder.submission.written import Content
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

_REALS = (
    r"(?:\\mathbb\s*\{?\s*R\s*\}?|\\R|\\Reals|ℝ|R|reals?|any(?:thing)?|free|arbitrary|(?:a |any )?real(?: numbers?)?)"
)
_RANGE = re.compile(
    r"^(?:[,:|;]|\\mid|\\quad|\\;|such that|s\.t\.|with|where|for|all|any|every|each|∀|\\forall|\s|\\text\{[a-z ]*\})*"
    r"(?P<name>\\?[A-Za-z]+|[λαβθμ])?\s*(?:∈|\\in|in|is|=|real|\s)*" + _REALS + r"?\s*\.?$"
)
"""What may follow a family and says that its parameter is free: `: y in R`, `for all y`, `with t ∈ ℝ`, `y free`."""

_FREELY = re.compile(
    r",?\s+(?=(?:(?:for (?:all|any|every)|with|where|and)\s+)?\\?[a-z]+\s+(?:is\s+|in\s+|∈\s*)?(?:free|arbitrary|any|real|R$|ℝ$))"
)
"""Between the equations of a line and the words that say which coordinate is free."""

_NAMED = re.compile(r"^\(\s*[a-z]\w*(?:\s*,\s*[a-z]\w*)+\s*\)\s*(?:=|∈|\\in)\s*(?=[(\[{\\])")
"""`(x, y, z) =` before a point."""

Coordinates = tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Where the points lie.

    Args:
        coordinates: names of the coordinates, in order.
        table: the question's symbols, the coordinates and the letters for parameters.
        tolerance: relative error below which a decimal counts as the exact number.
        seed: for the decisions.
    """

    coordinates: tuple[str, ...]
    table: SymbolTable
    tolerance: Fraction
    seed: int

    @classmethod
    def of(cls, coordinates: tuple[str, ...], table: SymbolTable, tolerance: Fraction, seed: int) -> Space:
        """The space over a question's symbols."""
        known = {name for symbol in table.symbols for name in (symbol.name, *symbol.aliases)}
        extra = tuple(Symbol(name=name) for name in (*coordinates, *_FREE) if name not in known)
        return cls(
            coordinates=coordinates,
            table=replace(table, symbols=(*table.symbols, *extra)),
            tolerance=tolerance,
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
        return out

    def free(self, point: Coordinates) -> str:
        """The parameter in the coordinates, "" where there is none."""
        letters = {*self.coordinates, *_FREE}
        names = (part.name for node in point for part in walk(node) if isinstance(part, Name))
        return next((name for name in names if name in letters), "")

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


def entries_of(content: Content, coordinates: tuple[str, ...]) -> list[str]:
    """The entries of an answer: the items of a list, the points of one text, or one dict by coordinate."""
    if isinstance(content, dict) and set(content) <= set(coordinates):
        return [", ".join(f"{name} = {as_text(value)}" for name, value in content.items())]
    if isinstance(content, dict):  # by names of the student's own: the line, the other point
        content = tuple(content.values())
    if isinstance(content, tuple):
        if content and all(isinstance(part, str) and not any(mark in part for mark in "(=[,;") for part in content):
            return [f"({', '.join(as_text(part) for part in content)})"]
        return [entry for part in content for entry in _entry(part, coordinates)]
    return [_bracketed(piece) for piece in _pieces(_without_braces(content))]


def _entry(part: Content, coordinates: tuple[str, ...]) -> list[str]:
    if isinstance(part, tuple):
        return [f"({', '.join(as_text(item) for item in part)})"]
    return entries_of(part, coordinates)


def _bracketed(text: str) -> str:
    """`0, y, 0` as a point; a point without its name, and without what says that its parameter is free."""
    text = _NAMED.sub("", text)
    if "=" not in text and "(" not in text and "[" not in text and "," in text and "\\begin" not in text:
        return f"({text})"
    close = _first_close(text)
    if 0 <= close < len(text) - 1 and _RANGE.match(text[close + 1 :].strip()):
        return text[: close + 1]
    return _FREELY.split(text)[0]


def _first_close(text: str) -> int:
    """Where the bracket closes that the text opens with, -1 when it opens with none."""
    if text[:1] not in ("(", "["):
        return -1
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0:
            return at
    return -1


def _without_braces(text: str) -> str:
    r"""A list or set of points without its own brackets; unions as lists; `\left(` as `(`."""
    text = re.sub(r"\\(?:left|right|big|Big|bigl|bigr)(?![A-Za-z])", "", text.strip().strip("$").strip())
    text = re.sub(r"∪|\\cup(?![A-Za-z])|\s+(?:and|or)\s+(?=[({\[\\])", ";", text)
    pieces = []
    for piece in _pieces(text):
        for opening, closing in (("[", "]"), ("\\{", "\\}"), ("{", "}")):
            inner = piece.removeprefix(opening).removesuffix(closing).strip()
            if piece.startswith(opening) and piece.endswith(closing) and inner.startswith(("(", "[")):
                piece = inner  # noqa: PLW2901 - peeled once
        pieces.append(piece)
    return ";".join(pieces)


def _pieces(text: str) -> list[str]:
    """Entries between semicolons or lines, or between points, outside every bracket."""
    out, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        between_points = (
            char == "," and text[:at].rstrip().endswith((")", "]")) and text[at + 1 :].lstrip()[:1] in ("(", "[")
        )
        if depth == 0 and (char in ";\n" or between_points) and "\\begin" not in text[start:at]:
            out.append(text[start:at])
            start = at + 1
    out.append(text[start:])
    return [cleaned for piece in out if (cleaned := piece.strip().strip(",").strip())]


def _right_side(node: Node) -> Node:
    """`x = 0` inside a point as its right-hand side."""
    return node.operands[1] if isinstance(node, Relation) and node.signs == ("=",) else node


def _all(outcomes: list[Outcome]) -> Outcome:
    if Outcome.DIFFERENT in outcomes:
        return Outcome.DIFFERENT
    return Outcome.UNDECIDED if Outcome.UNDECIDED in outcomes else Outcome.EQUAL
