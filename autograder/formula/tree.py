"""The immutable tree of a formula, as a student typed it.

The tree is syntactic: `a - b` is `Add((a, Neg(b)))` and `a / b` is `Div(a, b)`, so that a formula can be shown back
faithfully. Products keep their order, since matrices do not commute. `span` is the place in the *original* text and
takes no part in equality.

Conditions (`Relation`, `And`, `Or`, `Not`, `Member`) and sets (`Interval`, `Union`, `SetOf`) are nodes too; where they
may stand is decided by the kind of answer, not by the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Literal

Span = tuple[int, int]
RelationSign = Literal["<", "<=", ">", ">=", "=", "!="]


@dataclass(frozen=True, slots=True)
class Node:
    """A formula or a part of one; `span` is (start, end) in the original text, None when built by a program."""

    span: Span | None = field(default=None, compare=False, kw_only=True, repr=False)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """An exact rational number: decimals are exact (`0.1` is 1/10)."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """`pi`, `e` (Euler's number) or `oo` (infinity)."""

    name: Literal["pi", "e", "oo"]


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A declared symbol, a bound index or a size, by its canonical name (`sigma_l`, `W1`, `i`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """One entry of data, a vector or a matrix: `y[i]`, `X[i, j]`; indices count from 1."""

    array: str
    indices: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Row(Node):
    """One row of a matrix as a lying vector (1, d): `X[i]`; `x_i`, where the points are the rows of X, is its transpose."""

    array: str
    index: Node

    @property
    def indices(self) -> tuple[Node]:
        """The index of the row, as an `Entry` has its indices."""
        return (self.index,)


@dataclass(frozen=True, slots=True)
class Neg(Node):
    """`-arg`."""

    arg: Node


@dataclass(frozen=True, slots=True)
class Add(Node):
    """A sum of two or more terms, in the order typed; a difference is a `Neg` term."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mul(Node):
    """A product of two or more factors, in the order typed (matrices do not commute)."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Div(Node):
    """`numerator / denominator`; the denominator is a scalar."""

    numerator: Node
    denominator: Node


@dataclass(frozen=True, slots=True)
class Pow(Node):
    """`base ^ exponent`; a matrix's inverse is `Pow(A, Number(-1))`, also where `inv(A)` was typed."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Transpose(Node):
    """The transpose of a matrix or vector (of a scalar: itself)."""

    arg: Node


FUNCTIONS: dict[str, tuple[int, int | None]] = {
    # name: (fewest, most) arguments
    "ln": (1, 1), "exp": (1, 1), "sqrt": (1, 1), "abs": (1, 1), "sign": (1, 1), "max": (1, None), "min": (1, None),
    "floor": (1, 1), "ceil": (1, 1), "factorial": (1, 1), "sin": (1, 1), "cos": (1, 1), "tan": (1, 1), "asin": (1, 1),
    "acos": (1, 1), "atan": (1, 1), "sinh": (1, 1), "cosh": (1, 1), "tanh": (1, 1), "relu": (1, 1), "step": (1, 1),
    "sigmoid": (1, 1), "erf": (1, 1), "normcdf": (1, 1), "trace": (1, 1), "det": (1, 1), "norm": (1, 1), "norm1": (1, 1),
    "pinv": (1, 1),
}  # fmt: skip
"""Canonical function names; `log` with a base is `Div(ln, ln)`, `step(0)` is 0 unless a question says otherwise."""


@dataclass(frozen=True, slots=True)
class Call(Node):
    r"""A function of the fixed vocabulary `FUNCTIONS`, by canonical name (`log`, `\ln` are `ln`; `|x|` is `abs`)."""

    function: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """`sum_{index = low}^{high} body`; `mean(y)`, `ybar` and `sum(y)` over data are read as such sums."""

    body: Node
    index: str
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Product(Node):
    """`prod_{index = low}^{high} body`."""

    body: Node
    index: str
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Identity(Node):
    """The identity matrix; `size` is None where it is inferred."""

    size: Node | None = None


@dataclass(frozen=True, slots=True)
class Constants(Node):
    """A matrix or vector with every entry `value` (0 or 1), of inferred shape where `rows`/`cols` are None."""

    value: Literal[0, 1]
    rows: Node | None = None
    cols: Node | None = None


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """A matrix by rows of entries or blocks (`[[a, b], [c, d]]`, `[A; B]`, bmatrix, vstack)."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    """Items between brackets or bare commas: a list, vector, point, set or interval, as the kind of answer decides."""

    items: tuple[Node, ...]
    opening: Literal["(", "[", "{", "]", ""]
    closing: Literal[")", "]", "}", "[", ""]


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A chain `a < b <= c`: `len(signs) == len(operands) - 1`."""

    operands: tuple[Node, ...]
    signs: tuple[RelationSign, ...]


@dataclass(frozen=True, slots=True)
class And(Node):
    """All of the conditions hold."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """At least one of the conditions holds."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The condition does not hold."""

    arg: Node


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """The numbers between two ends; an end may be `Constant("oo")` or its `Neg`."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class Union(Node):
    """A union of sets."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Member(Node):
    """`element in set`."""

    element: Node
    container: Node


@dataclass(frozen=True, slots=True)
class SetOf(Node):
    """`{element | condition}`."""

    element: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Piecewise(Node):
    """`((value, condition), ...)`, the first condition that holds wins; `otherwise` is None where nothing was given."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node | None = None


@dataclass(frozen=True, slots=True)
class Indicator(Node):
    """1 where the condition holds, else 0."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Assigned(Node):
    """`target = value`, with the target's text as typed (`W1 = I`, `theta <- ...`)."""

    target: str
    value: Node


ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
_PARTS: dict[type, tuple[str, ...]] = {}


def children(node: Node) -> tuple[Node, ...]:
    """The direct children of a node, from left to right."""
    found: list[Node] = []
    for name in names_of_parts(node):
        _gather(getattr(node, name), found)
    return tuple(found)


def names_of_parts(node: Node) -> tuple[str, ...]:
    """What a node is made of, by name, but for its place in the text."""
    kind = type(node)
    if kind not in _PARTS:
        _PARTS[kind] = tuple(item.name for item in fields(kind) if item.name != "span")
    return _PARTS[kind]


def _gather(value: object, found: list[Node]) -> None:
    if isinstance(value, Node):
        found.append(value)
    elif isinstance(value, tuple):
        for part in value:
            _gather(part, found)


def walk(node: Node) -> list[Node]:
    """Every node of the tree, parents before children; iterative, so that depth is no danger."""
    out: list[Node] = []
    stack = [node]
    while stack:
        top = stack.pop()
        out.append(top)
        stack.extend(reversed(children(top)))
    return out


def names_in(*trees: Node) -> set[str]:
    """The names that occur in the trees."""
    return {node.name for tree in trees for node in walk(tree) if isinstance(node, Name)}
