r"""Sums and means: `Sum(y[i], (i, 1, N))`, `sum(y)`, `sum(y_i, i=1..N)`, `\sum_{i=1}^N`, `sum_i`, `mean(y)`, `ybar`.

Whatever the spelling, the tree holds one `Sum` with an explicit index and range. In `sum(x*y)` and `mean(...)` data
without an index stand for their i-th entry, as in NumPy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.formula import functions, ranges
from autograder.formula.binding import PRODUCTS, Range, bind, free_indices, size_of, spread
from autograder.formula.errors import AmbiguousProduct, BadSum, TooComplex
from autograder.formula.measure import DEEPEST_SUM, refuse_deep
from autograder.formula.roles import PRODUCT, TERNARY, value
from autograder.formula.shapes import elaborate
from autograder.formula.tree import (
    ONE,
    ZERO,
    Add,
    Call,
    Constants,
    Div,
    Entry,
    Mul,
    Name,
    Node,
    Number,
    Pow,
    Row,
    Span,
    Sum,
    Transpose,
    children,
    walk,
)

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

_TWO = Number(Fraction(2))
_TERM_ENDS = ("+", "-", ",", ";", ":", "=", "<", "<=", ">", ">=", "!=", "and", "or", "in", "union", "&")
_BINDERS = frozenset({"sum", "Sum", "prod", "Product"})


def read(parser: Parser) -> Node:
    """A sum or product in any spelling; the operator's name stands next."""
    operator = parser.take()
    parser.sums += 1
    parser.deeper(5)
    if parser.sums > DEEPEST_SUM:
        raise parser.error(
            TooComplex, f"sums are nested more than {DEEPEST_SUM} deep", (operator.start, operator.end),
            "Write it with fewer sums.",
        )  # fmt: skip
    node = _called(parser, operator) if _is_call(parser, operator) else _signed(parser, operator)
    parser.depth -= 5
    parser.sums -= 1
    return node


def _is_call(parser: Parser, operator: Token) -> bool:
    """Whether the bracket behind the operator holds its arguments, and is not the first factor of the summand."""
    if not parser.token.is_sign("(", "["):
        return False
    if len(ranges.segments(parser)) > 1:
        return True
    word = parser.shown(operator).isascii() and not parser.shown(operator).startswith("\\")
    return word and not parser.token.spaced


def _called(parser: Parser, operator: Token) -> Node:
    """`sum(body)`, `sum(body, range)`."""
    pieces = ranges.segments(parser)
    loop = ranges.read_loop(parser, pieces[0]) if len(pieces) == 1 else None
    if loop is not None:
        return _loop(parser, operator, *loop)
    known = [found for piece in pieces[:0:-1] if (found := ranges.read_segment(parser, piece))][::-1]
    if not known:
        found = ranges.read_spread(parser, pieces)
        known, pieces = ([found], pieces[:1]) if found else ([], pieces)
    if len(pieces) - (len(known) if len(pieces) > 1 else 0) != 1:
        raise _bad(parser, operator, "this sum needs one formula and its range")
    behind = len(parser.tokens) - ranges.matching(parser)
    opened = parser.take()
    with parser.within("("):
        node = _over(parser, operator, known, lambda: ranges.until(parser, pieces[0][1]))
    parser.at = len(parser.tokens) - behind
    parser.expect("]" if opened.text == "[" else ")", opened)
    indexed = (
        not known and isinstance(node, Sum) and any(c in parser.text[opened.start : parser.last_end()] for c in "_[")
    )
    if indexed and parser.token.is_sign("^"):
        raise parser.error(
            AmbiguousProduct, "the power may belong to the sum or to its terms", parser.since(operator),
            "Write (sum(…))^2 or sum((…)^2).",
        )  # fmt: skip
    return replace(node, span=parser.since(operator))


def _loop(parser: Parser, operator: Token, body: ranges.Segment, found: Range) -> Node:
    """Python's `sum(body for k in range(t))`."""
    index, low, high = found
    opened, behind = parser.token, len(parser.tokens) - ranges.matching(parser)
    parser.at = body[0]
    parser.names.bound.append(index)
    with parser.within("("):
        node = ranges.until(parser, body[1], power=TERNARY)
    parser.names.bound.pop()
    places = [part for part in walk(node) if isinstance(part, Entry | Row) and Name(index) in part.indices]
    uses = [part for part in walk(node) if isinstance(part, Name) and part.name == index]
    if low == ZERO and places and len(uses) == len(places) and isinstance(high, Add):
        low, high = ONE, high.args[0]  # Python counts entries from 0
    parser.at = len(parser.tokens) - behind
    parser.expect("]" if opened.text == "[" else ")", opened)
    return replace(bind(parser, operator, node, (index, low, high)), span=parser.since(operator))


def _signed(parser: Parser, operator: Token) -> Node:
    r"""`\sum_{i=1}^{N} body`, `Σ body`: the sum takes the whole product behind it, and terms that use its index."""
    index, low, high = ranges.read_marks(parser, operator)
    spaced_call = parser.token.is_sign("(", "[") and index is None and parser.shown(operator).isalpha()
    doubtful = spaced_call and parser.shown(operator).isascii() and _power_behind(parser)
    if doubtful:
        raise parser.error(
            AmbiguousProduct, "the power may belong to the sum or to its terms", parser.since(operator),
            "Write (sum(…))^2 or sum((…)^2).",
        )  # fmt: skip

    def body() -> Node:
        node = value(parser.expression(PRODUCT - 1))
        while index and parser.token.is_sign("+", "-") and _term_uses(parser, index):
            node = parser.added(node, parser.take())
        return node

    node = _over(parser, operator, [(index, low, high)] if index else [], body)
    if index is None and isinstance(node, Sum):
        node = replace(node, low=low or node.low, high=high or node.high)
    return replace(node, span=parser.since(operator))


def _power_behind(parser: Parser) -> bool:
    closing = ranges.matching(parser)
    return parser.tokens[min(closing + 1, len(parser.tokens) - 1)].is_sign("^")


def _term_uses(parser: Parser, index: str) -> bool:
    """Whether the term behind the next + or - uses the index, so that it can only belong to the sum."""
    depth = 0
    for at in range(parser.at + 1, len(parser.tokens)):
        token = parser.tokens[at]
        if token.kind == "end" or (
            depth == 0 and (token.is_sign(*_TERM_ENDS) or token.is_name(*functions.CLOSING_WORDS))
        ):
            return False
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        if depth < 0 or token.is_name(*_BINDERS):
            return False
        if token.kind == "name" and (token.text == index or token.text.endswith(f"_{index}")):
            return True
    return False


def _over(parser: Parser, operator: Token, known: list[Range], parse: Callable[[], Node]) -> Node:
    """The sum of what `parse` reads over the known ranges, or over what the body leaves open."""
    bound = parser.names.bound
    bound.extend(index for index, _, _ in known)
    body = parse()
    del bound[len(bound) - len(known) :]
    if not known:
        return total(parser, operator, body)
    if len(known) == 1 and not _uses(body, known[0][0]):
        carried = spread(body, parser, known[0][0])  # `sum_{i=1}^N x y`: the index was left out
        body = carried[0] if carried else body
    for found in known:
        body = bind(parser, operator, body, found)
    return body


def _uses(node: Node, index: str) -> bool:
    """Whether a letter occurs that no sum inside has bound."""
    if isinstance(node, Sum) and node.index == index:
        return _uses(node.low, index) or _uses(node.high, index)
    return node == Name(index) or any(_uses(child, index) for child in children(node))


# ---------------------------------------------------------------------- sums and means of arrays


def total(parser: Parser, operator: Token, body: Node) -> Node:
    """The sum over what `body` leaves open: a free index, data without an index, or the entries of an array."""
    refuse_deep(body, parser.text)
    free = free_indices(body, parser.names)
    if free:
        return bind(parser, operator, body, (list(free)[-1], None, None))
    found = spread(body, parser)
    if found:
        return bind(parser, operator, found[0], (found[1], None, None))
    if operator.text in PRODUCTS:
        raise _bad(parser, operator, "this product has no index")
    if isinstance(body, Pow) and body.exponent == _TWO:
        return Pow(Call("norm", (body.base,), span=body.span), _TWO, span=body.span)  # the squares of all entries
    if isinstance(body, Call) and body.function == "abs":
        return Call("norm1", body.args, span=body.span)
    return Mul((Transpose(Constants(1, span=body.span), span=body.span), body), span=body.span)


def mean(parser: Parser, operator: Token, body: Node) -> Node:
    """The mean of `body` over the points: a `Sum` divided by their number."""
    found = total(parser, operator, body)
    span = parser.since(operator)
    count = found.high if isinstance(found, Sum) else _number_of_entries(parser, body)
    if count is None:
        raise parser.error(
            BadSum, "a mean needs data to run over", span, "Write the sum and its number of terms: sum(…)/N."
        )
    return Div(replace(found, span=span), count, span=span)


def _number_of_entries(parser: Parser, body: Node) -> Node | None:
    """How many entries a vector has, or a vector whose entries are squared."""
    vector = body.base if isinstance(body, Pow) and body.exponent == _TWO else body
    try:
        _, shape = elaborate(vector, parser.names.table, text=parser.text)
    except Unreadable:
        return None
    return (shape.cols if shape.rows.is_one else shape.rows).to_node() if shape.is_vector else None


def mean_of_data(parser: Parser, name: str, size: str | int, span: Span) -> Node:
    """`ybar`: the mean of declared data."""
    index = next(letter for letter in "ijklpqrsuvabcd" if letter not in parser.names.bound)
    body = Entry(name, (Name(index, span=span),), span=span)
    return Div(Sum(body, index, ONE, size_of(size), span=span), size_of(size), span=span)


def _bad(parser: Parser, operator: Token, cause: str) -> BadSum:
    return parser.error(
        BadSum, cause, (operator.start, operator.end),
        "Write sum(formula, (i, 1, N)) or \\sum_{i=1}^{N} formula.",
    )  # fmt: skip
