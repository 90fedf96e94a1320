"""The ranges of sums: `(i, 1, N)`, `i=1..N`, `i = 1 to N` behind a comma, `_{i=1}^{N}` behind the sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.formula import marks
from autograder.formula.binding import Range
from autograder.formula.errors import BadSum
from autograder.formula.roles import TIGHTEST, UNION, value
from autograder.formula.tree import ONE, ZERO, Add, Neg, Node

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

Segment = tuple[int, int]
"""The first token of a piece of a formula, and the one behind its last."""

_KEYWORDS = frozenset({"axis", "keepdims", "dim", "keepdim"})
_DOTS = ("..", "...", ":")


def matching(parser: Parser) -> int:
    """The index of the token that closes the bracket which stands next; the end when nothing closes it."""
    depth = 0
    for at in range(parser.at, len(parser.tokens)):
        depth += _step(parser.tokens[at])
        if depth == 0:
            return at
    return len(parser.tokens) - 1


def segments(parser: Parser) -> list[Segment]:
    """The pieces between the top-level commas of the bracket that stands next, without options such as `axis=0`."""
    pieces = _pieces(parser.tokens, parser.at + 1, matching(parser))
    return [piece for piece in pieces if not _is_option(parser, piece)]


def _pieces(tokens: list[Token], start: int, stop: int) -> list[Segment]:
    out, begin, depth = [], start, 0
    for at in range(start, stop):
        depth += _step(tokens[at])
        if depth == 0 and tokens[at].is_sign(","):
            out.append((begin, at))
            begin = at + 1
    return [*out, (begin, stop)]


def _step(token: Token) -> int:
    return token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")


def _is_option(parser: Parser, piece: Segment) -> bool:
    first = parser.tokens[piece[0]]
    return piece[1] - piece[0] > 2 and first.is_name(*_KEYWORDS) and parser.tokens[piece[0] + 1].is_sign("=")


def _is_letter(token: Token) -> bool:
    return token.kind == "name" and len(token.text) == 1 and token.text.isalpha()


def read_segment(parser: Parser, piece: Segment) -> Range | None:
    """A piece as a range: `(i, 1, N)`, `i=1..N`, `i = 1 to N`, `i in 1..N`; None when it is a formula."""
    start, stop = piece
    tokens = parser.tokens
    if stop - start < 3:
        return None
    if tokens[start].is_sign("(", "[") and tokens[stop - 1].is_sign(")", "]") and tokens[start + 2].is_sign(","):
        parts = _pieces(tokens, start + 1, stop - 1)
        if len(parts) == 3 and _is_letter(tokens[start + 1]):
            return tokens[start + 1].text, *_both(parser, parts[1], parts[2])
    if _is_letter(tokens[start]) and tokens[start + 1].is_sign("=", "in"):
        for at in range(start + 2, stop):
            if tokens[at].is_sign(*_DOTS) or tokens[at].is_name("to"):
                return tokens[start].text, *_both(parser, (start + 2, at), (at + 1, stop))
    return None


def read_spread(parser: Parser, pieces: list[Segment]) -> Range | None:
    """`sum(body, i, 1, N)` and `sum(body, i)`."""
    if len(pieces) not in (2, 4):
        return None
    first, last = pieces[1]
    letter = parser.tokens[first]
    if last - first != 1 or not _is_letter(letter) or not parser.names.is_index(letter.text):
        return None
    return (letter.text, *_both(parser, *pieces[2:])) if pieces[2:] else (letter.text, None, None)


def read_loop(parser: Parser, piece: Segment) -> tuple[Segment, Range] | None:
    """`body for k in range(t)`, also in square brackets, as its body and its range; None when it is no such loop."""
    start, stop = piece
    tokens = parser.tokens
    if tokens[start].is_sign("[") and tokens[stop - 1].is_sign("]"):
        start, stop = start + 1, stop - 1
    places = [at for at in range(start, stop) if tokens[at].is_name("for")]
    if len(places) != 1 or places[0] + 5 >= stop:
        return None
    at = places[0]
    letter, word, function, opened = tokens[at + 1 : at + 5]
    if letter.kind != "name" or not word.is_sign("in") or not function.is_name("range") or not opened.is_sign("("):
        return None
    if not tokens[stop - 1].is_sign(")"):
        return None
    ends = _pieces(tokens, at + 5, stop - 1)
    if len(ends) > 2:
        return None
    low, behind = _both(parser, *ends) if len(ends) == 2 else (ZERO, parse(parser, ends[0]))
    return (start, at), (letter.text, low, Add((behind, Neg(ONE))))


def _both(parser: Parser, low: Segment, high: Segment) -> tuple[Node, Node]:
    """Two ends, the last one first: letters that are taken apart move the places behind them."""
    upper = parse(parser, high)
    return parse(parser, low), upper


def parse(parser: Parser, piece: Segment) -> Node:
    """The formula of a piece; the parser stays where it is."""
    at = parser.at
    parser.at = piece[0]
    node = until(parser, piece[1])
    parser.at = at
    return node


def until(parser: Parser, stop: int, *, power: int = 0) -> Node:
    """The formula that ends before the token `stop`; it holds what binds more tightly than `power`."""
    behind = len(parser.tokens) - stop  # letters that are taken apart make more tokens of one
    node = value(parser.expression(power))
    if len(parser.tokens) - parser.at != behind:
        raise parser.unexpected()
    return node


# ---------------------------------------------------------------------- \sum_{i=1}^{N}


def read_marks(parser: Parser, operator: Token) -> tuple[str | None, Node | None, Node | None]:
    """The subscript and superscript of a summation sign, in either order."""
    index: str | None = None
    low: Node | None = None
    high: Node | None = None
    while parser.token.is_sign("_", "^"):
        if parser.take().text == "_":
            index, low, upper = _subscript(parser, operator)
            high = high or upper
        else:
            marks.split_letter(parser)
            high = value(parser.expression(TIGHTEST))
    return index, low, high


def _subscript(parser: Parser, operator: Token) -> tuple[str | None, Node | None, Node | None]:
    """`i`, `{i=1}`, `(i=1)`, `i=1`, `1`, `{1 <= i <= N}`, `{i in …}` behind the sign."""
    opened = parser.accept("{", "(")
    if not opened:
        if parser.token.kind == "number":
            return None, parser.operand(), None
        marks.split_index(parser)
        index = _letter(parser, operator)
        low = parser.operand() if parser.accept("=") else None
        return index, low, None
    closing = "}" if opened.text == "{" else ")"
    found = _between(parser, operator) if parser.token.kind == "number" else _from(parser, operator, closing)
    parser.expect(closing, opened)
    return found


def _between(parser: Parser, operator: Token) -> tuple[str | None, Node | None, Node | None]:
    low = value(parser.expression(UNION))
    if not parser.accept("<="):
        return None, low, None
    index = _letter(parser, operator)
    if not parser.accept("<="):
        raise parser.unexpected()
    return index, low, value(parser.expression(UNION))


def _from(parser: Parser, operator: Token, closing: str) -> tuple[str, Node | None, Node | None]:
    index = _letter(parser, operator)
    low: Node | None = None
    high: Node | None = None
    if parser.accept("="):
        low = value(parser.expression(UNION))
        if parser.token.is_sign("..", "...") or parser.token.is_name("to"):
            parser.take()
            high = value(parser.expression(UNION))
    elif parser.accept("in"):
        while not parser.token.is_sign(closing) and parser.token.kind != "end":
            parser.take()  # a named set of all points: the whole range
    return index, low, high


def _letter(parser: Parser, operator: Token) -> str:
    token = parser.take()
    if _is_letter(token):
        return token.text
    raise parser.error(
        BadSum, "the index of this sum is not a letter", parser.since(operator),
        "Write sum(formula, (i, 1, N)) or \\sum_{i=1}^{N} formula.",
    )  # fmt: skip
