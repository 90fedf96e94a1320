"""What is said when shapes do not fit: which piece, why, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from autograder.formula.echo import to_unicode
from autograder.formula.extent import Shape
from autograder.formula.tree import (
    ONE,
    Add,
    Call,
    Constants,
    Div,
    Entry,
    Identity,
    Matrix,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    Row,
    Sequence,
    Span,
    Transpose,
)  # fmt: skip

_MINUS = "-−–"
_CLOSED = (Name, Number, Entry, Row, Identity, Constants, Call, Matrix, Sequence)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something else that may have been meant: `replacement` in the place of `target`, typed as `text`."""

    target: Node
    replacement: Node
    text: str


class Misfit(Exception):
    """Shapes that do not fit; `candidates` are tried on the whole formula, and the first that helps is suggested."""

    def __init__(
        self, cause: str, place: Iterable[Node], *, repair: str = "", candidates: tuple[Candidate, ...] = ()
    ) -> None:
        self.cause = cause
        self.place = tuple(place)
        self.repair = repair
        self.candidates = candidates
        super().__init__(cause)

    @property
    def span(self) -> Span | None:
        """From the first to the last of the nodes concerned, or None when they were not typed."""
        return reach(self.place)

    def within(self, text: str) -> Span:
        """The place in the student's text, brackets included; the whole text when nothing was typed."""
        return balanced(text, self.span or (0, len(text)))


class Quote:
    """Pieces of the formula as the student typed them."""

    def __init__(self, text: str) -> None:
        self._text = text

    def piece(self, *nodes: Node) -> str:
        """The text of a node, or from the first to the last of several."""
        span = reach(nodes)
        if span is not None and self._text:
            span = balanced(self._text, span)
            return self._text[span[0] : span[1]].strip()
        return "*".join(self._printed(node) for node in nodes)

    def factor(self, node: Node) -> str:
        """The text of a node, in brackets where it needs them as a factor."""
        text = self.piece(node)
        return f"({text})" if isinstance(node, Add | Neg) and not _enclosed(text) else text

    def transposed(self, node: Node) -> str:
        """How the transpose of a node is typed; of a transpose it is the thing itself."""
        is_point = isinstance(node, Transpose) and isinstance(node.arg, Row)  # typed `x_i`
        if isinstance(node, Transpose) and not is_point:
            return self.factor(node.arg)
        text = self.piece(node)
        return f"{text}^T" if is_point or isinstance(node, _CLOSED) or _enclosed(text) else f"({text})^T"

    def unsigned(self, node: Node) -> str:
        """The text of a term without its minus sign."""
        return self.piece(node.arg if isinstance(node, Neg) else node).lstrip(_MINUS).strip()

    @staticmethod
    def _printed(node: Node) -> str:
        text = to_unicode(node)
        return f"({text})" if isinstance(node, Add) else text


def transpose(node: Node) -> Node:
    """The transpose, simplified where the node is one already."""
    return node.arg if isinstance(node, Transpose) else Transpose(node, span=node.span)


def reach(nodes: Iterable[Node]) -> Span | None:
    """From the start of the first to the end of the last of the nodes that were typed."""
    spans = [node.span for node in nodes if node.span is not None]
    return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None


def balanced(text: str, span: Span) -> Span:
    """The span with the opening brackets before it, and the closing ones behind it, whose partners lie within."""
    start, end = span
    depth = lowest = 0
    for sign in text[start:end]:
        depth += (sign in "([{") - (sign in ")]}")
        lowest = min(lowest, depth)
    for _ in range(-lowest):
        before = text[:start].rstrip()
        if not before.endswith(("(", "[", "{")):
            break
        start = len(before) - 1
    for _ in range(depth - lowest):
        behind = text[end:]
        gap = len(behind) - len(behind.lstrip())
        if not behind.lstrip().startswith((")", "]", "}")):
            break
        end += gap + 1
    return start, end


def _enclosed(text: str) -> bool:
    """Whether one pair of brackets encloses the whole text."""
    if text[:1] not in tuple("([{"):
        return False
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0:
            return place == len(text) - 1
    return False


def product_misfit(quote: Quote, node: Mul, at: tuple[int, int], shapes: tuple[Shape, Shape]) -> Misfit:
    """The factors number `at` of a product cannot be multiplied."""
    left, right = node.args[at[0]], node.args[at[1]]
    cause = f"`{quote.piece(left, right)}` multiplies {shapes[0]} by {shapes[1]}"
    sized = _sized_identity(left) or _sized_identity(right)
    if sized is not None:
        size = shapes[1].rows if _sized_identity(left) else shapes[0].cols
        return Misfit(cause, (left, right), repair=_identity_repair(size))
    turned = (
        (transpose(left), right, f"{quote.transposed(left)}*{quote.factor(right)}"),
        (left, transpose(right), f"{quote.factor(left)}*{quote.transposed(right)}"),
        (right, left, f"{quote.factor(right)}*{quote.factor(left)}"),
        (transpose(left), transpose(right), f"{quote.transposed(left)}*{quote.transposed(right)}"),
    )
    candidates = []
    for first, second, text in turned:
        args = list(node.args)
        args[at[0]], args[at[1]] = first, second
        candidates.append(Candidate(node, replace(node, args=tuple(args)), text))
    repair = "The columns of the left factor must be as many as the rows of the right one."
    return Misfit(cause, (left, right), repair=repair, candidates=tuple(candidates))


def sum_misfit(quote: Quote, terms: tuple[Node, Node], shapes: tuple[Shape, Shape]) -> Misfit:
    """Two terms cannot be added."""
    if shapes[0].is_scalar or shapes[1].is_scalar:
        number, other = (terms[0], shapes[1]) if shapes[0].is_scalar else (terms[1], shapes[0])
        return _number_misfit(quote, number, other)
    left, right = quote.unsigned(terms[0]), quote.unsigned(terms[1])
    cause = f"`{left}` is {shapes[0]}, but `{right}` is {shapes[1]}: they cannot be added"
    for term, size in ((terms[0], shapes[1].rows), (terms[1], shapes[0].rows)):
        if _sized_identity(term) is not None:
            return Misfit(cause, (term,), repair=_identity_repair(size))
    candidates: tuple[Candidate, ...] = ()
    if shapes[0] == shapes[1].transposed:
        sign = "-" if isinstance(terms[1], Neg) else "+"
        first, second = (term.arg if isinstance(term, Neg) else term for term in terms)
        candidates = (
            Candidate(second, transpose(second), f"{quote.piece(terms[0])} {sign} {quote.transposed(second)}"),
            Candidate(first, transpose(first), f"{quote.transposed(first)} {sign} {right}"),
        )
    return Misfit(cause, terms, repair="Only matrices of the same shape can be added.", candidates=candidates)


def _number_misfit(quote: Quote, number: Node, other: Shape) -> Misfit:
    cause = f"adds a number to {other.noun}"
    bare = number.arg if isinstance(number, Neg) else number
    if other.rows != other.cols:
        return Misfit(cause, (bare,), repair=f"`{quote.piece(bare)}` and {other.noun} cannot be added.")
    meant = "I" if bare == ONE else f"{quote.factor(bare)}*I"
    return Misfit(cause, (bare,), repair=f"Did you mean `{meant}`?")


def _sized_identity(node: Node) -> Identity | None:
    """The identity with a size of its own among the factors of a term."""
    match node:
        case Identity(size) if size is not None:
            return node
        case Neg(arg):
            return _sized_identity(arg)
        case Mul(args):
            return next((found for arg in args if (found := _sized_identity(arg)) is not None), None)
        case Div(numerator):
            return _sized_identity(numerator)
        case _:
            return None


def _identity_repair(size: object) -> str:
    return f"The identity has the wrong size: here it must be {size}×{size}."


def expected_misfit(quote: Quote, tree: Node, shape: Shape, expected: Shape) -> Misfit:
    """The whole answer has another shape than is asked."""
    cause = f"this is {_named(shape)}, but {_named(expected)} is asked"
    if shape.transposed == expected:
        swapped = "a row where a column belongs" if expected.cols.is_one else "a column where a row belongs"
        what = swapped if shape.is_vector else "its transpose"
        return Misfit(cause, (tree,), repair=f"Rows and columns are swapped: this is {what}.")
    if shape.is_scalar and expected.rows == expected.cols:
        return Misfit(cause, (tree,), repair=f"Did you mean `{quote.factor(tree)}*I`?")
    return Misfit(cause, (tree,), repair="Check which factors need a transpose, and their order.")


def _named(shape: Shape) -> str:
    return "a number" if shape.is_scalar else str(shape)


def power_misfit(quote: Quote, node: Pow, shape: Shape) -> Misfit:
    """A power or inverse of something that is not square."""
    base, text = node.base, quote.piece(node.base)
    if node.exponent == Number(Fraction(2)):
        cause = f"`{quote.piece(node)}` multiplies {shape} by {shape}"
        turned = quote.transposed(base)
        ways = (
            Candidate(node, Mul((transpose(base), base)), f"{turned}*{quote.factor(base)}"),
            Candidate(node, Mul((base, transpose(base))), f"{quote.factor(base)}*{turned}"),
        )
        return Misfit(cause, (node,), repair="Only a square matrix has powers.", candidates=ways)
    if shape.is_vector:
        return Misfit(f"`{text}` is {shape.noun}: it has no powers and no inverse", (node,),
            repair="Only a number or a square matrix has them.")  # fmt: skip
    if isinstance(node.exponent, Neg) or (isinstance(node.exponent, Number) and node.exponent.value < 0):
        return Misfit(f"`{text}` is {shape}: only a square matrix has an inverse", (node,),
            repair="Check which product was to be inverted.")  # fmt: skip
    return Misfit(f"`{text}` is {shape}: only a square matrix has powers", (node,),
        repair="Check which product was meant.")  # fmt: skip


def beside_misfit(quote: Quote, cells: tuple[Node, Node], shapes: tuple[Shape, Shape]) -> Misfit:
    """Two blocks side by side have different numbers of rows."""
    cause = f"side by side, `{quote.piece(cells[0])}` is {shapes[0]} and `{quote.piece(cells[1])}` is {shapes[1]}"
    if shapes[0].cols == shapes[1].cols:
        return Misfit(cause, cells, repair="Stacked side by side instead of on top of each other? Write `[A; B]`.")
    return Misfit(cause, cells, repair=_number_block(quote, cells, shapes) or "Blocks in one row have the same height.")


def above_misfit(quote: Quote, cells: tuple[Node, Node], shapes: tuple[Shape, Shape]) -> Misfit:
    """Two rows of blocks have different widths."""
    cause = (
        f"on top of each other, `{quote.piece(cells[0])}` is {shapes[0]} and `{quote.piece(cells[1])}` is {shapes[1]}"
    )
    if shapes[0].rows == shapes[1].rows:
        return Misfit(cause, cells, repair="Stacked on top of each other instead of side by side? Write `[A, B]`.")
    return Misfit(cause, cells, repair=_number_block(quote, cells, shapes) or "Rows of blocks have the same width.")


def _number_block(quote: Quote, cells: tuple[Node, Node], shapes: tuple[Shape, Shape]) -> str:
    number = next((cell for cell, shape in zip(cells, shapes, strict=True) if shape.is_scalar), None)
    return "" if number is None else f"Did you mean `{quote.factor(number)}*I`?"
