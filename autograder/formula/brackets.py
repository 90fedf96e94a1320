"""What stands between brackets: groups, lists, matrices, intervals, sets, absolute values and norms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from autograder.formula.errors import UnexpectedToken
from autograder.formula.roles import value
from autograder.formula.tree import Call, Interval, Matrix, Mul, Node, Sequence, SetOf, Transpose

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token


def read(parser: Parser) -> Node:
    """Read the bracket that stands next."""
    opened = parser.take()
    match opened.text:
        case "|" | "|(":
            return _between(parser, opened, "abs", "|" if opened.text == "|" else ")|", "abs")
        case "||" | "||(":
            return _norm(parser, opened)
        case "ceil(":
            return _between(parser, opened, "(", ")ceil", "ceil")
        case "floor(":
            return _between(parser, opened, "(", ")floor", "floor")
        case "<<":
            return _inner_product(parser, opened)
        case "]":
            return _open_interval(parser, opened)
        case _:
            return _list(parser, opened)


def as_set(node: Node) -> Node:
    """`(a, b]` behind `in` is an interval; other sets stay as they are."""
    if isinstance(node, Sequence) and len(node.items) == 2 and node.opening in "([]" and node.opening:
        low, high = node.items
        return Interval(low, high, node.opening == "[", node.closing == "]", span=node.span)
    return node


def _between(parser: Parser, opened: Token, inside: str, closing: str, function: str) -> Node:
    with parser.within(inside):
        inner = value(parser.expression())
    parser.expect(closing, opened)
    return Call(function, (inner,), span=(opened.start, parser.last_end()))


def _norm(parser: Parser, opened: Token) -> Node:
    with parser.within("norm"):
        inner = value(parser.expression())
    parser.expect("||" if opened.text == "||" else ")||", opened)
    return Call(norm_kind(parser), (inner,), span=(opened.start, parser.last_end()))


def norm_kind(parser: Parser) -> str:
    """The subscript of a norm: 2, F or nothing is the Euclidean (Frobenius) norm, 1 the sum of absolute values."""
    if not parser.accept("_"):
        return "norm"
    braces = parser.accept("{")
    token = parser.take()
    if braces:
        parser.expect("}", braces)
    if token.text in ("2", "F", "l_2"):
        return "norm"
    if token.text in ("1", "l_1"):
        return "norm1"
    raise UnexpectedToken(
        f"the norm with subscript {token.text} is not known",
        text=parser.text,
        start=token.start,
        end=token.end,
        repair="Use ‖x‖ for the Euclidean norm.",
    )


def _inner_product(parser: Parser, opened: Token) -> Node:
    with parser.within("("):
        left = value(parser.expression())
        if not parser.accept(",", "|"):
            raise parser.unexpected()
        right = value(parser.expression())
    parser.expect(">>", opened)
    return Mul((Transpose(left, span=left.span), right), span=(opened.start, parser.last_end()))


def _open_interval(parser: Parser, opened: Token) -> Node:
    with parser.within("french"):
        low = value(parser.expression())
        if not parser.accept(",", ";"):
            raise parser.unexpected()
        high = value(parser.expression())
    closed = parser.accept("[", "]", ")")
    if closed is None:
        parser.expect("[", opened)
    right = "]" if closed is not None and closed.text == "]" else ")"
    return Sequence((low, high), "(", right, span=(opened.start, parser.last_end()))


_CLOSES = {"(": ")", "[": "]", "{": "}"}


def _list(parser: Parser, opened: Token) -> Node:
    builds_set = opened.text == "{" and (parser.text[opened.start] == "\\" or not parser.names.latex)
    rows: list[list[Node]] = [[]]
    with parser.within("set" if builds_set else opened.text):
        while not parser.token.is_sign(_CLOSES[opened.text]):
            item = parser.expression()
            if builds_set and parser.accept(":", "|"):
                condition = parser.expression()
                parser.expect("}", opened)
                return SetOf(item, condition, span=(opened.start, parser.last_end()))
            rows[-1].append(item)
            if parser.accept(";"):
                rows.append([])
            elif not parser.accept(","):
                break
    closing = _closing(parser, opened, sum(map(len, rows)))
    span = (opened.start, parser.last_end())
    if not rows[-1] and len(rows) > 1:
        rows.pop()
    if len(rows) > 1:
        return Matrix(tuple(tuple(map(value, row)) for row in rows), span=span)
    return _row(parser, opened, rows[0], closing, span)


def _row(parser: Parser, opened: Token, items: list[Node], closing: str, span: tuple[int, int]) -> Node:
    if not items:
        raise UnexpectedToken(
            "there is nothing between these brackets",
            text=parser.text,
            start=span[0],
            end=span[1],
            repair="Type what belongs there.",
        )
    if opened.text != "[" and len(items) == 1:
        return items[0]
    if opened.text == "[" and all(isinstance(item, Sequence) and item.opening == "[" for item in items):
        return Matrix(tuple(tuple(map(value, cast(Sequence, item).items)) for item in items), span=span)
    brackets = cast("tuple[Any, Any]", (opened.text, closing))
    return Sequence(tuple(items), brackets[0], brackets[1], span=span)


def _closing(parser: Parser, opened: Token, items: int) -> str:
    """The closing bracket; `[a, b)` and `(a, b]` are half-open intervals."""
    other = {"(": "]", "[": ")"}.get(opened.text)
    if other and items == 2 and parser.token.is_sign(other):
        return parser.take().text
    return parser.expect(_CLOSES[opened.text], opened).text


def arguments(parser: Parser) -> tuple[list[Node], dict[str, Node]]:
    """The arguments in the bracket that stands next; `axis=1` and the like by name."""
    opened = parser.take()
    closing = {"(": ")", "[": "]", "{": "}"}[opened.text]
    items: list[Node] = []
    named_items: dict[str, Node] = {}
    with parser.within("(" if opened.text != "{" else "group"):
        while not parser.token.is_sign(closing):
            if parser.token.text in ("axis", "ord", "evaluate") and parser.ahead().is_sign("="):
                key = parser.take().text
                parser.take()
                named_items[key] = parser.expression()
            else:
                items.append(parser.expression())
            if not parser.accept(",", ";"):
                break
    parser.expect(closing, opened)
    return items, named_items
