"""Products and quotients, written and implied; where an implied product has two readings, none is guessed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.formula import functions
from autograder.formula.errors import AmbiguousProduct
from autograder.formula.roles import PRODUCT, chain, transposed, value
from autograder.formula.tree import (
    Add,
    Constant,
    Constants,
    Div,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    Span,
    Transpose,
)

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

MINUS_ONE = Number(Fraction(-1))


def times(parser: Parser, left: Node, sign: Token) -> Node:
    """`left * …` or `left @ …`; the sign was consumed."""
    right = value(parser.expression(PRODUCT))
    span = parser.spanning(left)
    if sign.text == "@":
        return matmul(parser, value(left), right, span)
    return chain(Mul, (value(left), right), span)


def matmul(parser: Parser, left: Node, right: Node, span: Span) -> Node:
    """NumPy's product, in which a vector on the left of another array is a row."""
    if is_column(parser, left) and (is_column(parser, right) or _is_matrix(parser, right)):
        return Mul((transposed(left, left.span), right), span=span)
    return chain(Mul, (left, right), span)


def dot(parser: Parser, left: Node, right: Node, span: Span) -> Node:
    """NumPy's `dot`: the inner product of two vectors, else the matrix product."""
    return matmul(parser, left, right, span)


def is_column(parser: Parser, node: Node) -> bool:
    """Whether a node is a column vector, as far as its outermost parts tell."""
    while True:
        match node:
            case Neg(arg=inner) | Div(numerator=inner):
                node = inner
            case Add(args=args):
                return any(is_column(parser, arg) for arg in args)
            case Mul(args=(*before, last)):
                if any(isinstance(factor, Transpose) and is_column(parser, factor.arg) for factor in before):
                    return False
                node = last
            case Name(name=name):
                symbol = parser.names.table.get(name)
                return symbol is not None and not symbol.is_scalar and symbol.shape[1] == 1
            case _:
                return False


def _is_matrix(parser: Parser, node: Node) -> bool:
    symbol = parser.names.table.get(node.name) if isinstance(node, Name) else None
    return symbol is not None and not symbol.is_scalar and symbol.shape[1] != 1


# ---------------------------------------------------------------------- products without a sign


def implied(parser: Parser, left: Node) -> Node:
    """The product of `left` with the operand that follows without a sign."""
    if isinstance(left, Transpose) and isinstance(left.arg, Constants) and parser.token.text == "1":
        one = parser.take()  # `1^T 1`: the second 1 is a vector too
        return chain(Mul, (left, Constants(1, span=(one.start, one.end))), parser.spanning(left))
    _refuse_number(parser, left)
    _refuse_equation_number(parser)
    _refuse_long_exponent(parser, left)
    sum_follows = parser.token.kind == "name" and parser.token.text in functions.SUMS
    doubtful = _ends_with_denominator(parser, left) and not sum_follows
    right = value(parser.expression(PRODUCT))
    span = parser.spanning(left)
    if doubtful:
        _tell_order(parser, left, span)
    return chain(Mul, (value(left), right), span)


def _ends_with_denominator(parser: Parser, left: Node) -> bool:
    """Whether `left` is a quotient written with a slash and without brackets around it."""
    if not isinstance(left, Div) or left.span is None or left.denominator.span is None:
        return False
    slashed = left.numerator.span is not None and any(
        sign in parser.text[left.numerator.span[1] : left.denominator.span[0]] for sign in "/÷∕⁄"
    )
    return slashed and left.span[1] == parser.last_end()


def _tell_order(parser: Parser, left: Node, span: Span) -> None:
    assert left.span is not None
    first = parser.text[left.span[0] : left.span[1]].strip()
    second = parser.text[left.span[1] : span[1]].strip()
    parser.notice(
        f"{first} {second} was read from left to right, as ({first})*{second}. "
        "Put brackets around the denominator if more belongs to it."
    )


def _refuse_number(parser: Parser, left: Node) -> None:
    token = parser.token
    indicator = token.text == "1" and parser.ahead().is_sign("_", "[", "{", "(") and not parser.ahead().spaced
    if token.kind != "number" or indicator:
        return
    start = left.span[0] if left.span else token.start
    before = parser.text[start : token.start].strip()
    repair = "Write * for a product or ^ for a power."
    if token.text[0] not in "0123456789." and isinstance(left, Number):
        repair = "Write a sum, 1 + 1/2, or a decimal."
    raise parser.error(AmbiguousProduct, f"a number stands directly behind {before}", (token.start, token.end), repair)


def _refuse_equation_number(parser: Parser) -> None:
    """A whole number alone in brackets at the end, `x + 1  (9)`, is rather the number of an equation than a factor."""
    opening, number, closing = parser.token, parser.ahead(), parser.ahead(2)
    if not (opening.is_sign("(") and opening.spaced and number.text.isdecimal() and closing.is_sign(")")):
        return
    if parser.ahead(3).kind == "end":
        cause = f"({number.text}) may be a factor or the number of an equation"
        repair = "Leave the number of an equation out; write * before a factor."
        raise parser.error(AmbiguousProduct, cause, (opening.start, closing.end), repair)


def _refuse_long_exponent(parser: Parser, left: Node) -> None:
    """`e^2x` and `r^tn` may end their exponent before or after the last letter."""
    token = parser.token
    if not isinstance(left, Pow) or token.spaced or token.kind != "name" or left.exponent.span is None:
        return
    start, end = left.exponent.span
    bare = end == parser.last_end() and start > 0 and parser.text[start - 1] in "^*-"
    doubtful = isinstance(left.exponent, Name) or (isinstance(left.base, Constant) and left.base.name == "e")
    if bare and doubtful and token.text not in functions.ALL:
        exponent = parser.text[start : token.end]
        raise parser.error(
            AmbiguousProduct, f"where the exponent {exponent} ends has two readings", (start, token.end),
            f"Put the exponent in brackets, ^({exponent}), or write a * behind it.",
        )  # fmt: skip


def take_apart(parser: Parser) -> None:
    """Replace a run of declared letters (`xy`) by one token a letter, so that `xy^2` squares y alone."""
    token = parser.token
    pieces = None if token.text in functions.ALL else parser.names.apart(token.text)
    if pieces is None:
        return
    split, start = [], token.start
    for i, piece in enumerate(pieces):
        found = parser.text.find(piece, start, token.end)
        start = found if found >= 0 else start
        end = token.end if i == len(pieces) - 1 else min(start + len(piece), token.end)
        split.append(replace(token, text=piece, start=start, end=end, spaced=token.spaced and i == 0))
        start = end
    parser.replace_next(*split)


# ---------------------------------------------------------------------- quotients


def divided(parser: Parser, left: Node, sign: Token, power: int) -> Node:
    r"""`left / …`, or `left \ …`, the solution of left·x = …; the sign was consumed."""
    _refuse_split_exponent(parser)
    right = value(parser.expression(PRODUCT))
    span = parser.spanning(left)
    if sign.text == "\\":
        return chain(Mul, (Pow(value(left), MINUS_ONE, span=left.span), right), span)
    _refuse_long_denominator(parser, span, sign, power)
    return Div(value(left), right, span=span)


def _refuse_split_exponent(parser: Parser) -> None:
    """`6^1/5`: nobody raises to the power 1."""
    if parser.at < 3:
        return
    caret, one, sign = parser.tokens[parser.at - 3 : parser.at]
    if caret.is_sign("^") and one.text == "1" and not sign.spaced and parser.token.kind == "number":
        raise parser.error(
            AmbiguousProduct, "where this exponent ends has two readings", (caret.start, parser.token.end),
            f"Put it in brackets: ^(1/{parser.shown(parser.token)}).",
        )  # fmt: skip


def _refuse_long_denominator(parser: Parser, span: Span, sign: Token, power: int) -> None:
    token = parser.token
    tight = not token.spaced and token.kind == "name" and parser.starts_operand() and power < PRODUCT
    if not tight or token.text in functions.SUMS:
        return
    whole, below = parser.text[span[0] : token.end], parser.text[sign.end : token.end].strip()
    raise parser.error(
        AmbiguousProduct,
        f"{whole} has two readings: the part behind the / may end before or after {parser.shown(token)}",
        (sign.start, token.end), f"Put brackets around the denominator: /({below}), or write a *.",
    )  # fmt: skip
