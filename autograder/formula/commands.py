r"""LaTeX commands with arguments: `\frac{a}{b}`, `\overline{xy}`, `\begin{bmatrix}`, `\begin{cases}`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.formula import arrays, conditions, marks, products, sums
from autograder.formula.errors import UnclosedBracket, UnexpectedToken, WrongArguments
from autograder.formula.roles import TERNARY, value
from autograder.formula.tree import Div, Node, Number

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

_MATRICES = frozenset({"matrix", "bmatrix", "pmatrix", "vmatrix", "Bmatrix", "smallmatrix", "array"})


def read(parser: Parser) -> Node:
    """The command that stands next, with its arguments."""
    token = parser.take()
    parser.deeper(3)
    if token.text == "frac":
        top, bottom = _group(parser, token), _group(parser, token)
        node: Node = Div(top, bottom, span=parser.since(token))
    elif token.text == "overline":
        node = sums.mean(parser, token, _group(parser, token))
    else:
        node = _environment(parser, token)
    parser.depth -= 3
    return node


def _group(parser: Parser, token: Token) -> Node:
    r"""One argument of a LaTeX command: `{…}` or a single digit or name (`\frac12`)."""
    if parser.token.is_sign("{"):
        opened = parser.take()
        with parser.within("group"):
            inner = value(parser.expression())
        parser.expect("}", opened)
        return inner
    following = parser.token
    if following.kind == "number" and following.text.isdigit() and len(following.text) > 1:
        first, rest = following.text[0], following.text[1:]
        middle = following.start + 1
        parser.replace_next(
            replace(following, text=first, end=middle, value=Fraction(first)),
            replace(following, text=rest, start=middle, value=Fraction(rest), spaced=False),
        )
    if parser.token.kind == "number":
        number = parser.take()
        assert number.value is not None
        return Number(number.value, span=(number.start, number.end))
    if following.kind == "name":
        marks.split_argument(parser)
        products.take_apart(parser)
        return value(parser.operand())
    raise parser.error(
        WrongArguments, "this command needs its arguments in braces", (token.start, token.end),
        "Write \\frac{numerator}{denominator}." if token.text == "frac" else "Put the argument in { }.",
    )  # fmt: skip


def _environment(parser: Parser, token: Token) -> Node:
    r"""`\begin{bmatrix} a & b \\ c & d \end{bmatrix}` and `\begin{cases} … \end{cases}`."""
    kind, _, name = token.text.partition(" ")
    if kind != "begin" or (name not in _MATRICES and name != "cases"):
        raise parser.error(
            UnexpectedToken, f"the environment {name} cannot stand here", (token.start, token.end),
            "Use bmatrix, pmatrix or cases.",
        )  # fmt: skip
    with parser.within("cells"):
        rows = _rows(parser, token, name)
    filled = [row for row in rows if row]
    if not filled:
        raise parser.error(
            UnexpectedToken, f"there is nothing in this {name}", parser.since(token), "Type its entries."
        )
    if name == "cases":
        pairs = [(value(row[0]), conditions.all_of(row[1:], parser.since(token))) for row in filled]
        return conditions.piecewise(pairs, None, parser.since(token))
    return arrays.matrix([[value(entry) for entry in row] for row in filled], parser.since(token))


def _rows(parser: Parser, token: Token, name: str) -> list[list[Node]]:
    rows: list[list[Node]] = [[]]
    while not (parser.token.kind == "command" and parser.token.text.startswith("end")):
        if parser.token.kind == "end":
            raise parser.error(
                UnclosedBracket, f"\\begin{{{name}}} is never closed", (token.start, token.end),
                f"Add \\end{{{name}}}.",
            )  # fmt: skip
        if parser.accept(";"):
            rows.append([])
        elif not parser.accept("&", ","):
            while name == "cases" and parser.token.is_name("if", "for", "when", "where"):
                parser.take()
            rows[-1].append(parser.expression(TERNARY))
    closing = parser.take()
    if closing.text != f"end {name}":
        raise parser.error(
            UnclosedBracket, f"\\begin{{{name}}} is closed by another environment", (closing.start, closing.end),
            f"Write \\end{{{name}}}.",
        )  # fmt: skip
    return rows
