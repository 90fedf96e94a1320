"""Sizes and shapes of matrices whose sizes are letters, and their unification.

A size is a sum of letters and a whole number (`n`, `3`, `m + n`, `n + 1`), since stacked blocks add up. While shapes are
inferred a size may also hold unknowns (`?1`). Letters are never equal to each other or to a number: what agrees for
n = d only does not agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from autograder.formula.tree import Add, Mul, Name, Neg, Node, Number
from autograder.symbols import Size, Symbol


@dataclass(frozen=True, slots=True)
class Extent:
    """A size: `constant` plus multiples of letters, sorted by letter; unknowns begin with a question mark."""

    terms: tuple[tuple[str, int], ...] = ()
    constant: int = 0

    @classmethod
    def of(cls, size: Size) -> Extent:
        """The size that a symbol's declaration names."""
        return cls(constant=size) if isinstance(size, int) else cls(terms=((size, 1),))

    @property
    def is_one(self) -> bool:
        """Whether the size is the number 1."""
        return not self.terms and self.constant == 1

    @property
    def unknowns(self) -> tuple[str, ...]:
        """The unknowns in it."""
        return tuple(name for name, _ in self.terms if name.startswith("?"))

    @property
    def possible(self) -> bool:
        """Whether a size can look like that: no letter is taken away, and something is left."""
        return (
            all(count > 0 for _, count in self.terms) and self.constant >= 0 and (bool(self.terms) or self.constant > 0)
        )

    def __add__(self, other: Extent) -> Extent:
        return self.plus(other, 1)

    def plus(self, other: Extent, factor: int) -> Extent:
        """This size and `factor` times the other."""
        total = dict(self.terms)
        for name, count in other.terms:
            total[name] = total.get(name, 0) + factor * count
        kept = tuple(sorted((name, count) for name, count in total.items() if count))
        return Extent(terms=kept, constant=self.constant + factor * other.constant)

    def __str__(self) -> str:
        words = [name if count == 1 else f"{count}{name}" for name, count in self.terms]
        words = ["?" if "?" in word else word for word in words]
        if self.constant or not words:
            words.append(str(self.constant))
        return "+".join(words) if len(words) == 1 else f"({'+'.join(words)})"

    def to_node(self) -> Node:
        """The size as a tree."""
        nodes = [Name(name) if count == 1 else Mul((Number(Fraction(count)), Name(name))) for name, count in self.terms]
        parts: list[Node] = list(nodes)
        if self.constant or not parts:
            parts.append(Number(Fraction(self.constant)))
        return parts[0] if len(parts) == 1 else Add(tuple(parts))


UNIT = Extent(constant=1)


def extent_of(node: Node) -> Extent | None:
    """The size that a tree spells (`n`, `3`, `m + n`, `2*n`), or None when it is not a sum of letters and numbers."""
    match node:
        case Number(value) if value.denominator == 1:
            return Extent(constant=value.numerator)
        case Name(name):
            return Extent(terms=((name, 1),))
        case Neg(arg):
            inner = extent_of(arg)
            return None if inner is None else Extent().plus(inner, -1)
        case Mul((Number(value), other)) if value.denominator == 1:
            inner = extent_of(other)
            return None if inner is None else Extent().plus(inner, value.numerator)
        case Add(args):
            total = Extent()
            for part in args:
                inner = extent_of(part)
                if inner is None:
                    return None
                total = total + inner
            return total
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows and columns; a number is 1×1, a vector n×1."""

    rows: Extent
    cols: Extent

    @classmethod
    def of(cls, rows: Size, cols: Size) -> Shape:
        """The shape with the given sizes: `Shape.of("n", 1)`."""
        return cls(Extent.of(rows), Extent.of(cols))

    @property
    def is_scalar(self) -> bool:
        """Whether it is the shape of a number."""
        return self.rows.is_one and self.cols.is_one

    @property
    def is_vector(self) -> bool:
        """Whether it is a row or a column, but no number."""
        return self.rows.is_one != self.cols.is_one

    @property
    def transposed(self) -> Shape:
        """The shape of the transpose."""
        return Shape(self.cols, self.rows)

    @property
    def noun(self) -> str:
        """The shape with its noun: "a number", "a n×1 vector", "a n×d matrix"."""
        if self.is_scalar:
            return "a number"
        return f"{article(str(self))} {'vector' if self.is_vector else 'matrix'}"

    def __str__(self) -> str:
        return f"{self.rows}×{self.cols}"


SCALAR = Shape(UNIT, UNIT)


def article(word: str) -> str:
    """The word with "a" or "an" as it is spoken: "an n×d", "a d×d", "an 8×1"."""
    first = word.lstrip("(")[:1]
    return f"{'an' if first in 'aefhilmnorsxAEFHILMNORSX8' else 'a'} {word}"


def shape_of(symbol: Symbol) -> Shape:
    """The declared shape of a symbol."""
    return Shape.of(*symbol.shape)


class Unifier:
    """The equations between sizes found so far, solved for the unknowns."""

    def __init__(self) -> None:
        self._bound: dict[str, Extent] = {}
        self._count = 0

    def fresh(self) -> Extent:
        """A new unknown size."""
        self._count += 1
        return Extent(terms=((f"?{self._count}", 1),))

    def resolve(self, size: Extent) -> Extent:
        """The size with every unknown that is known by now put in."""
        while True:
            name = next((unknown for unknown in size.unknowns if unknown in self._bound), None)
            if name is None:
                return size
            count = dict(size.terms)[name]
            without = Extent(tuple(term for term in size.terms if term[0] != name), size.constant)
            size = without.plus(self._bound[name], count)

    def resolve_shape(self, shape: Shape) -> Shape:
        """The shape with known sizes put in."""
        return Shape(self.resolve(shape.rows), self.resolve(shape.cols))

    def equate(self, left: Extent, right: Extent) -> bool:
        """Make two sizes equal when that is possible; False (and no change) when it is not."""
        rest = self.resolve(left).plus(self.resolve(right), -1)
        if not rest.terms and rest.constant == 0:
            return True
        name = next((unknown for unknown in rest.unknowns if abs(dict(rest.terms)[unknown]) == 1), None)
        if name is None:
            return False
        count = dict(rest.terms)[name]
        others = Extent(tuple(term for term in rest.terms if term[0] != name), rest.constant)
        solved = Extent().plus(others, -count)
        if not solved.unknowns and not solved.possible:
            return False
        self._bound[name] = solved
        return True

    def equate_shapes(self, left: Shape, right: Shape) -> bool:
        """Make two shapes equal when that is possible; False (and no change) when it is not."""
        before = dict(self._bound)
        if self.equate(left.rows, right.rows) and self.equate(left.cols, right.cols):
            return True
        self._bound = before
        return False
