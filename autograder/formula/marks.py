"""Powers, and the marks behind an operand: transposes, factorials, indices, methods."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.formula import arrays, entries, functions, methods
from autograder.formula.components import component
from autograder.formula.errors import MissingOperand
from autograder.formula.products import MINUS_ONE
from autograder.formula.roles import CONDITION, POWER, exponent, transposed, value
from autograder.formula.stream import CLOSING
from autograder.formula.tree import ZERO, Call, Name, Node, Pow, walk
from autograder.symbols import Kind

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

_MARKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("{", "-", "T", "}"), "inverse"), (("(", "-", "T", ")"), "inverse"), (("-", "T"), "inverse"),
    (("†",), "pinv"), (("{", "†", "}"), "pinv"), (("{", "+", "}"), "pinv"), (("(", "+", ")"), "pinv"),
    (("{", "T", "}"), "transpose"), (("(", "T", ")"), "transpose"), (("T",), "transpose"),
)  # fmt: skip


def raised(parser: Parser, left: Node) -> Node:
    r"""`left ^ …`: a power, or a transpose (`^T`, `^\top`, `^{-T}`)."""
    caret = parser.take()
    _split_transpose(parser)
    split_letter(parser)
    mark = _transpose_mark(parser) or _small_mark(parser, left) or _star(parser, left)
    if mark is not None:
        left = value(left)
        if mark == "pinv":
            return postfix(parser, arrays.pseudo_inverse(parser, left, parser.spanning(left)))
        inner = Pow(left, MINUS_ONE, span=left.span) if mark == "inverse" else left
        return postfix(parser, transposed(inner, parser.spanning(left)))
    if parser.token.kind == "end" or parser.token.is_sign(*CLOSING):
        raise parser.error(
            MissingOperand, "there is no exponent behind ^", (caret.start, caret.end), "Type the exponent."
        )
    power = exponent(parser.expression(POWER - 1))
    return postfix(parser, Pow(value(left), power, span=parser.spanning(left)))


def _transpose_mark(parser: Parser) -> str | None:
    r"""Consume `T`, `⊤`, `{\top}`, `(-T)`, `†` … behind a caret; says which mark it was."""
    if parser.token.is_sign("+") and not parser.token.spaced:
        behind = parser.ahead()
        if behind.spaced or behind.kind == "end" or behind.is_sign(*CLOSING, "*", "@"):
            parser.take()
            return "pinv"
    for pattern, mark in _MARKS:
        tokens = parser.tokens[parser.at : parser.at + len(pattern)]
        if len(tokens) == len(pattern) and all(_fits(parser, *pair) for pair in zip(tokens, pattern, strict=True)):
            parser.at += len(pattern)
            return mark
    return None


def _small_mark(parser: Parser, left: Node) -> str | None:
    """`X^t`, `X^H`: a transpose too, behind a vector or matrix and where nothing is called t or H."""
    if not parser.token.is_name("t", "H") or parser.names.canonical(parser.token.text) is not None:
        return None
    symbols = [parser.names.table.get(node.name) for node in walk(left) if isinstance(node, Name)]
    if not any(symbol is not None and not symbol.is_scalar for symbol in symbols):
        return None
    parser.take()
    return "transpose"


def _star(parser: Parser, left: Node) -> str | None:
    """`V^* w`, `V^{*} w`: the adjoint of a matrix, its transpose; behind a vector (`w^*`) a star is a mere label."""
    symbol = parser.names.table.get(left.name) if isinstance(left, Name) else None
    if symbol is None or symbol.kind is not Kind.MATRIX or 1 in symbol.shape:
        return None
    at = parser.at
    for pattern in (("*",), ("{", "*", "}")):
        if all(parser.ahead(place).is_sign(sign) for place, sign in enumerate(pattern)):
            parser.at += len(pattern)
            if parser.starts_operand():
                return "transpose"
            parser.at = at
    return None


def split_letter(parser: Parser) -> None:
    """`^Ny_i` in LaTeX: the letter that is raised and the name behind it were read as one word."""
    token = parser.token
    if token.kind == "name" and parser.names.first_letter(token.text) is not None:
        _cut(parser, token)


def split_index(parser: Parser) -> None:
    r"""`\sum_iy_i` in LaTeX: the index and the name behind it were read as one word."""
    token, names = parser.token, parser.names
    if token.kind == "name" and names.latex and len(token.text) > 1 and names.is_index(token.text[0]):
        names.bound.append(token.text[0])
        follows = names.means_something(token.text[1:])
        names.bound.pop()
        if follows:
            _cut(parser, token)


def split_argument(parser: Parser) -> None:
    r"""`\frac d2`: LaTeX takes one letter for an argument without braces, and the number behind it is the next one."""
    token = parser.token
    number = token.text[1:]
    if parser.names.canonical(token.text) is not None or not (number.isascii() and number.isdigit()):
        return
    middle = token.start + 1
    if parser.text[token.start : token.end] == token.text and parser.names.means_something(token.text[0]):
        parser.replace_next(
            replace(token, text=token.text[0], end=middle),
            replace(token, kind="number", text=number, start=middle, spaced=False, value=Fraction(number)),
        )


def _cut(parser: Parser, token: Token) -> None:
    """The first letter of a word as a word of its own."""
    middle = token.start + 1
    if parser.text[token.start] == token.text[0]:
        parser.replace_next(
            replace(token, text=token.text[0], end=middle), replace(token, text=token.text[1:], start=middle, spaced=False)
        )  # fmt: skip


def _split_transpose(parser: Parser) -> None:
    """`X^TX`: the T and the name behind it were read as one word."""
    token, names = parser.token, parser.names
    rest = token.text[1:]
    if token.kind != "name" or token.text[:1] != "T" or not rest[:1].isalpha() or parser.text[token.start] != "T":
        return
    if names.canonical("T") is None and names.canonical(token.text) is None:
        _cut(parser, token)


def _fits(parser: Parser, token: Token, wanted: str) -> bool:
    if wanted == "T":
        return token.is_sign("⊤", "'") or (token.is_name("T") and parser.names.canonical("T") is None)
    return token.is_sign(wanted)


def ends_operand(parser: Parser, token: Token) -> bool:
    """Whether a word closes the operand before it: `if`, `for`, the `u` of a union, but not the unit step `u(…)`."""
    if token.text not in functions.CLOSING_WORDS or parser.names.canonical(token.text) is not None:
        return False
    behind, before = parser.ahead(), parser.tokens[parser.at - 1]
    return not (token.text == "u" and behind.is_sign("(") and not behind.spaced and not before.is_sign(*CLOSING))


def postfix(parser: Parser, node: Node) -> Node:
    """`node` with the marks behind it: `'`, `.T`, `!`, an index in square brackets, methods, `_+`."""
    while parser.token.kind == "sign":
        token = parser.token
        if token.text in ("'", "⊤") and not token.spaced:
            parser.take()
            node = transposed(value(node), parser.spanning(node))
        elif token.text == "†" and not token.spaced:
            parser.take()
            node = arrays.pseudo_inverse(parser, value(node), parser.spanning(node))
        elif token.text == "!" and not token.spaced and not parser.ahead().is_sign("="):
            parser.take()
            node = Call("factorial", (value(node),), span=parser.spanning(node))
        elif token.text.startswith(".") and token.text[1:].isalpha():
            parser.deeper(3)
            node = methods.read(parser, node)
            parser.depth -= 3
        elif token.text == "[" and isinstance(node, Name) and entries.has_entries(parser, node):
            parser.deeper(3)
            node = entries.indexed(parser, node)
            parser.depth -= 3
        elif token.text == "_" and _is_positive_part(parser):
            node = Call("relu", (value(node),), span=parser.spanning(node))
        elif (part := _component(parser, node)) is not None:
            node = part
        else:
            break
    return node


def _component(parser: Parser, node: Node) -> Node | None:
    """`(X w)_i`, `(X w)_{i}`, `(X w)[i]`: an entry of a vector that stands in brackets; the index is consumed."""
    opened, before = parser.token, parser.tokens[parser.at - 1]
    if opened.spaced or not before.is_sign(")") or not opened.is_sign("_", "["):
        return None
    braced = parser.ahead().is_sign("{")
    at = 2 if opened.text == "_" and braced else 1
    letter, behind = parser.ahead(at), parser.ahead(at + 1)
    closing = "]" if opened.text == "[" else "}" if braced else ""
    if letter.kind not in ("name", "number") or (closing and not behind.is_sign(closing)):
        return None
    index = parser.names.index(letter.text, (letter.start, letter.end))
    if index is None or index == ZERO:
        return None
    end = behind.end if closing else letter.end
    span = ((node.span or (before.start, 0))[0], end)
    part = component(value(node), index, parser.names.table, span) if not isinstance(node, CONDITION) else None
    if part is not None:
        parser.at += at + 1 + bool(closing)
    return part


def _is_positive_part(parser: Parser) -> bool:
    """Consume the subscript of `(x)_+`, when it is one."""
    if parser.token.spaced:
        return False
    if [token.text for token in parser.tokens[parser.at + 1 : parser.at + 4]] == ["{", "+", "}"]:
        parser.at += 4
        return True
    if parser.ahead().is_sign("+"):
        behind = parser.ahead(2)
        if behind.kind == "end" or (behind.kind == "sign" and behind.text not in ("(", "[", "{", "|", "||")):
            parser.at += 2
            return True
    return False
