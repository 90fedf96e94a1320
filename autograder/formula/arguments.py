"""The arguments of a call, and commas that could be decimal points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.formula.errors import DecimalComma
from autograder.formula.tree import Node

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser

CLOSES = {"(": ")", "[": "]", "{": "}"}
_KEYWORDS = ("axis", "ord", "evaluate", "keepdims", "dim", "dtype", "rcond")


def refuse_decimal_comma(parser: Parser, *, inside: bool) -> None:
    """Refuse `0,5`, which may be a decimal number or two numbers; the comma stands next.

    Between brackets `(0,5)` can only be two numbers, but `(1 - 0,5 eta)` can not.
    """
    comma, before, behind = parser.token, parser.tokens[parser.at - 1], parser.ahead()
    digits = before.kind == "number" and behind.kind == "number"
    tight = before.end == comma.start and comma.end == behind.start and before.text.isdigit()
    if not digits or not tight:
        return
    further = parser.tokens[parser.at - 2] if parser.at > 1 else before
    behind_sign = further.is_sign("+", "-", "*", "/") and not parser.tokens[parser.at - 3].is_sign("(", "[", "{", ",")
    if inside and not (before.text == "0" and behind_sign):
        return
    number = f"{before.text}.{behind.text} for a decimal number"
    if len(behind.text) == 3 and before.text != "0":  # 59,049
        number = f"{before.text}{behind.text} for one number"
    raise parser.error(
        DecimalComma, "this comma may separate two numbers or be a decimal point", (before.start, behind.end),
        f"Write {number}, or a space behind the comma.",
    )  # fmt: skip


def arguments(parser: Parser) -> tuple[list[Node], dict[str, Node]]:
    """The arguments in the bracket that stands next; `axis=1` and the like by name."""
    opened = parser.take()
    closing = CLOSES[opened.text]
    items: list[Node] = []
    named: dict[str, Node] = {}
    with parser.within("(" if opened.text != "{" else "group"):
        while not parser.token.is_sign(closing):
            if parser.token.is_name(*_KEYWORDS) and parser.ahead().is_sign("="):
                key = parser.take().text
                parser.take()
                if parser.token.is_name("None"):
                    parser.take()
                else:
                    named[key] = parser.expression()
            else:
                items.append(parser.expression())
            if not parser.accept(",", ";"):
                break
    parser.expect(closing, opened)
    return items, named
