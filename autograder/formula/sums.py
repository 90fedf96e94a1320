"""Sums and means: `Sum(y[i], (i, 1, N))`, `sum(y)`, `sum(y_i, i=1..N)`, `\\sum_{i=1}^N`, `sum_i`, `mean(y)`, `ybar`.

Whatever the spelling, the tree holds one `Sum` with an explicit index and range. In `sum(x*y)` and `mean(...)` data
without an index stand for their i-th entry, as in NumPy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.formula.errors import BadSum
from autograder.formula.names import data_of
from autograder.formula.roles import PRODUCT, TIGHTEST, UNION, value
from autograder.formula.tree import (
    ONE,
    Constants,
    Div,
    Entry,
    Mul,
    Name,
    Node,
    Number,
    Product,
    Sum,
    Transpose,
    walk,
)

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

Range = tuple[str, Node | None, Node | None]


def read(parser: Parser) -> Node:
    """A sum or product in any spelling; the operator's name stands next."""
    operator = parser.take()
    if parser.token.is_sign("_", "^") or not parser.token.is_sign("(", "["):
        return _with_sub_and_superscript(parser, operator)
    segments = _segments(parser)
    ranges = [_range_at(parser, start, stop) for start, stop in segments]
    known = [found for found in ranges if found]
    if not known and len(segments) == 4:
        known = _spread(parser, segments)
        segments = segments[:1]
    bodies = [segment for segment, found in zip(segments, ranges, strict=False) if not found]
    if len(bodies) != 1:
        raise _bad(parser, operator, "this sum needs one formula and its range")
    opened = parser.tokens[parser.at]
    end = _matching(parser)
    parser.at = bodies[0][0]
    node = _body(parser, operator, known, lambda: _until(parser, bodies[0][1]))
    parser.at = end
    parser.expect("]" if opened.text == "[" else ")", opened)
    return replace(node, span=(operator.start, parser.last_end()))


def mean(parser: Parser, operator: Token, body: Node, before: set[str]) -> Node:
    """The mean of `body` over the points: a `Sum` divided by their number."""
    total = close(parser, operator, body, before)
    span = (operator.start, parser.last_end())
    if not isinstance(total, Sum):
        raise _bad(parser, operator, "a mean needs data to run over")
    return Div(replace(total, span=span), total.high, span=span)


def mean_of_data(name: str, size: str | int, span: tuple[int, int]) -> Node:
    """`ybar`: the mean of declared data."""
    high: Node = Name(size) if isinstance(size, str) else Number(Fraction(size))
    body = Entry(name, (Name("i"),), span=span)
    return Div(Sum(body, "i", ONE, high, span=span), high, span=span)


def close(parser: Parser, operator: Token, body: Node, before: set[str]) -> Node:
    """Bind what `sum(body)` leaves open: a free index, or data without an index."""
    open_indices = [index for index in parser.names.free if index not in before]
    if open_indices:
        index = open_indices[-1]
        parser.names.free.pop(index)
        return _bound(parser, operator, body, (index, None, None))
    data = data_of(parser.names.table)
    if any(isinstance(node, Name) and node.name in data for node in walk(body)):
        index = next(letter for letter in "ijklpqr" if letter not in parser.names.bound and letter not in _used(body))
        spread = _broadcast(body, data, index)
        if any(isinstance(node, Entry) and node.indices == (Name(index),) for node in walk(spread)):
            return _bound(parser, operator, spread, (index, None, None))
    if operator.text in ("prod", "Product", "product"):
        raise _bad(parser, operator, "this product has no index")
    return Mul((Transpose(Constants(1)), body))


# ---------------------------------------------------------------------- \sum_{i=1}^{N} body


def _with_sub_and_superscript(parser: Parser, operator: Token) -> Node:
    index: str | None = None
    low: Node | None = None
    high: Node | None = None
    while parser.token.is_sign("_", "^"):
        if parser.take().text == "_":
            index, low, upper = _subscript(parser, operator)
            high = high or upper
        else:
            high = parser.prefix(TIGHTEST)
    known = [(index, low, high)] if index else []

    def body() -> Node:
        node = value(parser.expression(PRODUCT - 1))
        while index and parser.token.is_sign("+", "-") and _term_uses(parser, index):
            sign = parser.take()
            node = parser.added(node, sign)
        return node

    node = _body(parser, operator, known, body)
    return replace(node, span=(operator.start, parser.last_end()))


def _subscript(parser: Parser, operator: Token) -> tuple[str, Node | None, Node | None]:
    """`i`, `{i=1}`, `(i=1)`, `{i}`, `{1 <= i <= N}`, `{i in …}` behind the operator."""
    opened = parser.accept("{", "(")
    if not opened:
        return _letter(parser, operator), None, None
    closing = "}" if opened.text == "{" else ")"
    if parser.token.kind == "number":
        low = parser.expression(UNION)
        if not parser.accept("<="):
            raise parser.unexpected()
        index = _letter(parser, operator)
        if not parser.accept("<="):
            raise parser.unexpected()
        high = parser.expression(UNION)
        parser.expect(closing, opened)
        return index, low, high
    index = _letter(parser, operator)
    low_node: Node | None = None
    high_node: Node | None = None
    if parser.accept("="):
        low_node = parser.expression(UNION)
        if parser.accept(".."):
            high_node = parser.expression(UNION)
    elif parser.accept("in"):
        while not parser.token.is_sign(closing) and parser.token.kind != "end":
            parser.take()  # a named set of all points: the whole range
    parser.expect(closing, opened)
    return index, low_node, high_node


def _letter(parser: Parser, operator: Token) -> str:
    token = parser.take()
    if token.kind == "name" and len(token.text) == 1 and token.text.isalpha():
        return token.text
    raise _bad(parser, operator, "the index of this sum is not a letter")


def _term_uses(parser: Parser, index: str) -> bool:
    """Whether the term behind the next + or - uses the index, so that it can only belong to the sum."""
    depth = 0
    for at in range(parser.at + 1, len(parser.tokens)):
        token = parser.tokens[at]
        if token.kind == "end" or (depth == 0 and token.is_sign("+", "-", ",", ";", "=", "<", "<=", ">", ">=")):
            return False
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        if depth < 0 or token.text in ("sum", "Sum", "prod"):
            return False
        if token.kind == "name" and (token.text == index or token.text.endswith(f"_{index}")):
            return True
    return False


# ---------------------------------------------------------------------- sum(body, range)


def _segments(parser: Parser) -> list[tuple[int, int]]:
    """Token ranges between the top-level commas of the bracket that stands next."""
    end = _matching(parser)
    out, start, depth = [], parser.at + 1, 0
    for at in range(parser.at + 1, end):
        token = parser.tokens[at]
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        if depth == 0 and token.is_sign(","):
            out.append((start, at))
            start = at + 1
    out.append((start, end))
    return out


def _matching(parser: Parser) -> int:
    depth = 0
    for at in range(parser.at, len(parser.tokens)):
        token = parser.tokens[at]
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        if depth == 0:
            return at
    parser.at = len(parser.tokens) - 1
    return parser.at


def _range_at(parser: Parser, start: int, stop: int) -> Range | None:
    """A segment as a range: `(i, 1, N)`, `i=1..N`, `i = 1 to N`, `i in 1..N`; None when it is a formula."""
    tokens = parser.tokens[start:stop]
    if len(tokens) < 3:
        return None
    inner = tokens[0].is_sign("(", "[") and tokens[-1].is_sign(")", "]")
    if inner and tokens[1].kind == "name" and tokens[2].is_sign(","):
        parts = _split(tokens, start)
        if len(parts) == 3 and len(tokens[1].text) == 1:
            return tokens[1].text, _parsed(parser, *parts[1]), _parsed(parser, *parts[2])
    letter = tokens[0].kind == "name" and len(tokens[0].text) == 1
    if letter and tokens[1].is_sign("=", "in"):
        for at in range(start + 2, stop):
            token = parser.tokens[at]
            if token.is_sign("..", "...", ":") or token.text == "to":
                return tokens[0].text, _parsed(parser, start + 2, at), _parsed(parser, at + 1, stop)
    return None


def _split(tokens: tuple[Token, ...], start: int) -> list[tuple[int, int]]:
    out, begin, depth = [], start + 1, 0
    for i, token in enumerate(tokens[1:-1], start + 1):
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        if depth == 0 and token.is_sign(","):
            out.append((begin, i))
            begin = i + 1
    return [*out, (begin, start + len(tokens) - 1)]


def _spread(parser: Parser, segments: list[tuple[int, int]]) -> list[Range]:
    """`sum(body, i, 1, N)`."""
    first, last = segments[1]
    token = parser.tokens[first]
    if last - first == 1 and token.kind == "name" and len(token.text) == 1:
        return [(token.text, _parsed(parser, *segments[2]), _parsed(parser, *segments[3]))]
    return []


def _parsed(parser: Parser, start: int, stop: int) -> Node:
    at = parser.at
    parser.at = start
    node = _until(parser, stop)
    parser.at = at
    return node


def _until(parser: Parser, stop: int) -> Node:
    node = value(parser.expression())
    if parser.at != stop:
        raise parser.unexpected()
    return node


# ---------------------------------------------------------------------- binding


def _body(parser: Parser, operator: Token, ranges: list[Range], parse: Callable[[], Node]) -> Node:
    names = parser.names
    before = set(names.free)
    names.bound.extend(index for index, _, _ in ranges)
    body = parse()
    del names.bound[len(names.bound) - len(ranges) :]
    if not ranges:
        return close(parser, operator, body, before)
    for found in ranges:
        body = _bound(parser, operator, body, found)
    return body


def _bound(parser: Parser, operator: Token, body: Node, found: Range) -> Node:
    index, low, high = found
    high = high or _length(parser, operator, body, index)
    kind = Product if operator.text in ("prod", "Product", "product") else Sum
    return kind(body, index, low or ONE, high, span=body.span)


def _length(parser: Parser, operator: Token, body: Node, index: str) -> Node:
    """How many points the index runs over: the length of the data that carry it."""
    for node in walk(body):
        if isinstance(node, Entry):
            symbol = parser.names.table.get(node.array)
            for axis, position in enumerate(node.indices):
                if symbol and any(isinstance(part, Name) and part.name == index for part in walk(position)):
                    size = symbol.shape[axis]
                    return Name(size) if isinstance(size, str) else Number(Fraction(size))
    sizes = {symbol.shape[0] for symbol in parser.names.table.symbols if symbol.name in data_of(parser.names.table)}
    if len(sizes) == 1:
        size = sizes.pop()
        return Name(size) if isinstance(size, str) else Number(Fraction(size))
    raise _bad(parser, operator, f"the sum over {index} has no range")


def _broadcast(node: Node, data: frozenset[str], index: str) -> Node:
    """Data without an index as their entry at `index`; inner products keep their vectors."""
    if isinstance(node, Name):
        return Entry(node.name, (Name(index),), span=node.span) if node.name in data else node
    if isinstance(node, Transpose | Sum | Product | Entry):
        return node
    if isinstance(node, Mul) and any(isinstance(factor, Transpose) for factor in node.args):
        return node
    changed = {
        item.name: _broadcast_value(getattr(node, item.name), data, index)
        for item in fields(node)
        if item.name != "span"
    }
    return replace(node, **changed)


def _broadcast_value(value: object, data: frozenset[str], index: str) -> object:
    if isinstance(value, Node):
        return _broadcast(value, data, index)
    if isinstance(value, tuple):
        return tuple(_broadcast_value(part, data, index) for part in value)
    return value


def _used(body: Node) -> set[str]:
    return {node.index for node in walk(body) if isinstance(node, Sum | Product)}


def _bad(parser: Parser, operator: Token, cause: str) -> BadSum:
    return BadSum(
        cause,
        text=parser.text,
        start=operator.start,
        end=operator.end,
        repair="Write sum(formula, (i, 1, N)) or \\sum_{i=1}^{N} formula.",
    )
