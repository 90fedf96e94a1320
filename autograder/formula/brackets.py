"""What stands between brackets: groups, lists, matrices, intervals, sets, absolute values and norms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from autograder.formula import arrays
from autograder.formula.arguments import CLOSES, refuse_decimal_comma
from autograder.formula.errors import MissingOperand, UnexpectedToken
from autograder.formula.roles import chain, transposed, value
from autograder.formula.tree import Call, Interval, Mul, Node, Sequence, SetOf, Span

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token


def read(parser: Parser) -> Node:
    """Read the bracket that stands next."""
    if parser.token.text == "||" and _is_two_bars(parser):
        _split_bars(parser)
    opened = parser.take()
    parser.deeper(2)
    match opened.text:
        case "|" | "|(":
            node: Node = _between(parser, opened, "abs", "|" if opened.text == "|" else ")|", "abs")
        case "||" | "||(":
            node = _norm(parser, opened)
        case "ceil(" | "floor(":
            function = opened.text[:-1]
            node = _between(parser, opened, "(", ")" + function, function)
        case "<<":
            node = _angles(parser, opened)
        case "]":
            node = _open_interval(parser, opened)
        case _:
            node = _list(parser, opened)
    parser.depth -= 2
    return node


def as_set(node: Node) -> Node:
    """`(a, b]` behind `in` is an interval; other sets stay as they are."""
    if isinstance(node, Sequence) and len(node.items) == 2 and node.opening in ("(", "["):
        low, high = node.items
        return Interval(low, high, node.opening == "[", node.closing == "]", span=node.span)
    return node


# ---------------------------------------------------------------------- bars


def _is_two_bars(parser: Parser) -> bool:
    """Whether `||` opens two absolute values: there is no norm where every symbol is a number."""
    return parser.shown(parser.token) == "||" and not parser.names.has_arrays


def _split_bars(parser: Parser) -> None:
    token = parser.token
    middle = token.start + 1
    parser.replace_next(
        replace(token, text="|", end=middle), replace(token, text="|", start=middle, spaced=False)
    )  # fmt: skip


def _between(parser: Parser, opened: Token, inside: str, closing: str, function: str) -> Node:
    with parser.within(inside):
        inner = value(parser.expression())
    if closing == "|" and parser.token.text == "||" and parser.shown(parser.token) == "||":
        _split_bars(parser)  # `|x||y|`
    parser.expect(closing, opened)
    return Call(function, (inner,), span=parser.since(opened))


def _norm(parser: Parser, opened: Token) -> Node:
    with parser.within("norm"):
        inner = value(parser.expression())
    parser.expect("||" if opened.text == "||" else ")||", opened)
    return Call(norm_kind(parser), (inner,), span=parser.since(opened))


def norm_kind(parser: Parser) -> str:
    """The subscript of a norm: 2, F or nothing is the Euclidean (Frobenius) norm, 1 the sum of absolute values."""
    if not parser.accept("_"):
        return "norm"
    braces = parser.accept("{")
    token = parser.take()
    if braces:
        parser.expect("}", braces)
    if token.text in ("2", "F", "l_2", "ell_2", "Fro"):
        return "norm"
    if token.text in ("1", "l_1", "ell_1"):
        return "norm1"
    raise parser.error(
        UnexpectedToken, f"the norm with subscript {parser.shown(token)} is not known", (token.start, token.end),
        "Use ‖x‖ for the Euclidean norm.",
    )  # fmt: skip


def _angles(parser: Parser, opened: Token) -> Node:
    """`⟨x, y⟩`, an inner product; with three or more items a vector."""
    with parser.within("("):
        items = [value(parser.expression())]
        while parser.accept(",", "|"):
            items.append(value(parser.expression()))
    if len(items) == 1:
        raise parser.error(
            MissingOperand, "angle brackets hold two sides of an inner product", parser.since(opened),
            "Write ⟨x, y⟩, or round brackets.",
        )  # fmt: skip
    parser.expect(">>", opened)
    span = parser.since(opened)
    if len(items) == 2:
        return chain(Mul, (transposed(items[0], items[0].span), items[1]), span)
    return Sequence(tuple(items), "(", ")", span=span)


# ---------------------------------------------------------------------- lists, intervals, sets


def _open_interval(parser: Parser, opened: Token) -> Node:
    with parser.within("french"):
        low = value(parser.expression())
        if not parser.accept(",", ";"):
            raise parser.unexpected()
        high = value(parser.expression())
    closed = parser.accept("[", "]", ")") or parser.expect("[", opened)
    return Sequence((low, high), "(", "]" if closed.text == "]" else ")", span=parser.since(opened))


def _list(parser: Parser, opened: Token) -> Node:
    builds_set = opened.text == "{" and (parser.text[opened.start] == "\\" or not parser.names.latex)
    rows: list[list[Node]] = [[]]
    with parser.within("set" if builds_set else opened.text):
        while not parser.token.is_sign(CLOSES[opened.text]):
            item = parser.expression()
            if builds_set and parser.accept(":", "|"):
                condition = parser.expression()
                parser.expect("}", opened)
                return SetOf(item, condition, span=parser.since(opened))
            rows[-1].append(item)
            if parser.accept(";") or (parser.is_broken() and not parser.token.is_sign(CLOSES[opened.text], ",")):
                rows.append([])
            elif parser.token.is_sign(","):
                refuse_decimal_comma(parser, inside=True)
                parser.take()
            else:
                break
    items = sum(map(len, rows))
    closing = _closing(parser, opened, items, len(rows))
    span = parser.since(opened)
    if not items:
        raise parser.error(UnexpectedToken, "there is nothing between these brackets", span, "Type what belongs there.")
    rows = [row for row in rows if row]
    if (
        len(rows) > 1
        and (opened.text, closing) in (("(", ")"), ("[", "]"))
        and not _is_interval(parser, opened, closing, rows)
    ):
        return arrays.matrix([list(map(value, row)) for row in rows], span)
    return _row(opened, [item for row in rows for item in row], closing, span)


def _is_interval(parser: Parser, opened: Token, closing: str, rows: list[list[Node]]) -> bool:
    """`(0; 1)`: two numbers in round brackets, as some countries write intervals; `(A; B)` are blocks."""
    return (
        not parser.names.has_matrices and opened.text == "(" and closing == ")" and [len(row) for row in rows] == [1, 1]
    )


def _row(opened: Token, items: list[Node], closing: str, span: Span) -> Node:
    if opened.text != "[" and len(items) == 1:
        return items[0]
    if opened.text == "[" and closing == "]" and all(isinstance(i, Sequence) and i.opening == "[" for i in items):
        rows = [list(map(value, cast("Sequence", item).items)) for item in items]
        if all(cast("Sequence", item).closing == "]" for item in items):
            return arrays.matrix(rows, span)
    marks = cast("tuple[Any, Any]", (opened.text, closing))
    return Sequence(tuple(items), marks[0], marks[1], span=span)


def _closing(parser: Parser, opened: Token, items: int, rows: int) -> str:
    """The closing bracket; `[a, b)`, `(a, b]`, `[a, b[` and `(a, b[` are half-open intervals."""
    other = {"(": ("]", "["), "[": (")", "[")}.get(opened.text, ())
    if items == 2 and rows in (1, 2) and parser.token.is_sign(*other):
        closing = parser.take().text
        return ")" if closing == "[" else closing
    return parser.expect(CLOSES[opened.text], opened).text
