"""The grammar of formulas: an operator-precedence parser over the token stream of every spelling.

Binding powers, loosest first: conditions behind `if`, `or`, `and`, `not`, relations and `in`, unions, sums, products
(written or implied by juxtaposition), signs, powers, marks behind an operand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from autograder.errors import Unreadable
from autograder.formula import brackets, calls, commands, dots, entries, functions, marks, products, sums
from autograder.formula.conditions import conditional, one, stands_for_indicator
from autograder.formula.errors import MissingOperand, TooComplex, UnexpectedToken
from autograder.formula.roles import (
    AND,
    CONDITION,
    LOGICAL,
    NOT,
    OR,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    TERNARY,
    UNION,
    chain,
    single,
    value,
)
from autograder.formula.stream import CLOSING, OPENING, Stream
from autograder.formula.tokens import Token
from autograder.formula.tree import (
    Add,
    And,
    Constant,
    Div,
    Interval,
    Member,
    Name,
    Neg,
    Node,
    Not,
    Number,
    Or,
    Relation,
    RelationSign,
    Sequence,
    Union,
)

MOST_SIGNS = 20
_RELATIONS = frozenset({"<", "<=", ">", ">=", "=", "!="})
_INFIX = {
    "or": OR, "and": AND, "in": RELATION, "union": UNION, "intersect": UNION, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT,
    "@": PRODUCT, "\\": PRODUCT, "^": POWER, **dict.fromkeys(_RELATIONS, RELATION),
}  # fmt: skip
_CONDITIONAL = frozenset({"if", "for", "when", "where", "provided"})


class Parser(Stream):
    """Reads one formula."""

    def expression(self, power: int = 0) -> Node:
        """Read as much as binds more tightly than `power`."""
        self.deeper(2)
        left = self.prefix(power)
        while True:
            following = self.infix(left, power)
            if following is None:
                break
            left = following
        self.depth -= 2
        return left

    def prefix(self, power: int) -> Node:
        """An operand with the signs before it and the marks behind it."""
        token = self.token
        if token.is_sign("-", "+"):
            return self.signed(power)
        if token.is_sign("not", "!"):
            self.take()
            return Not(self.expression(NOT), span=self.since(token))
        return marks.postfix(self, self.operand())

    def signed(self, power: int) -> Node:
        """`-x`, `+x`, `--x`: a sign takes the whole product behind it, inside a product or power one factor."""
        first = self.token
        signs = []
        while self.token.is_sign("-", "+"):
            signs.append(self.take())
        if len(signs) > MOST_SIGNS:
            raise self.error(
                TooComplex, f"{len(signs)} signs in a row are more than any answer needs",
                (first.start, signs[-1].end), "Write one sign.",
            )  # fmt: skip
        self.deeper(1)
        arg = value(self.expression(POWER - 1 if power >= PRODUCT else PRODUCT - 1))
        self.depth -= 1
        for sign in reversed(signs):
            if sign.text == "-":
                arg = Neg(arg, span=self.since(sign))
        return arg

    def operand(self) -> Node:
        """A number, a name, a call, or something in brackets."""
        self.deeper(2)
        node = self._operand()
        self.depth -= 2
        return node

    def _operand(self) -> Node:
        token = self.token
        if token.kind == "number":
            return self._number()
        alias = self.names.alias_at(self.tokens, self.at)
        if alias is not None:  # `E[w_t]`, `∇L(theta)`
            self.at += alias[1]
            return Name(alias[0], span=self.since(token))
        if token.kind == "name":
            if token.text in functions.SUMS and self.names.symbol(token.text) is None:
                return sums.read(self)
            products.take_apart(self)
            return calls.named(self)
        if token.kind == "command":
            return commands.read(self)
        if token.kind == "sign" and (token.text in OPENING or token.text == "]"):
            return brackets.read(self)
        raise self.missing()

    def _number(self) -> Node:
        token = self.take()
        assert token.value is not None
        span = (token.start, token.end)
        if token.text == "1" and stands_for_indicator(self):
            return one(self, token)
        if token.text == "0" and self.token.is_sign("_"):
            return entries.zeros(self, token)
        if token.text[0] in "0123456789.":
            return Number(token.value, span=span)
        top, bottom = Fraction(token.value.numerator), Fraction(token.value.denominator)
        return Div(Number(top, span=span), Number(bottom, span=span), span=span)  # ½

    # ------------------------------------------------------------------ between operands

    def infix(self, left: Node, power: int) -> Node | None:
        """`left` extended by the operator that follows, or None when that binds less than `power`."""
        token = self.token
        if token.kind == "name" and token.text in _CONDITIONAL:
            if power >= TERNARY:
                return None
            self.deeper(2)
            node = conditional(self, left)
            self.depth -= 2
            return node
        sign = self.sign_between(left) if token.kind == "sign" else ""
        if sign in _INFIX:
            if _INFIX[sign] <= power:
                return None
            self.deeper(3)
            node = self.operated(left, sign, power)
            self.depth -= 3
            return node
        if power < UNION and token.is_name("U", "u") and isinstance(left, Sequence | Interval | Union):
            return None if self.names.canonical(token.text) else self.joined(left, "union", UNION)
        if power < PRODUCT and self.starts_operand() and not self.is_broken():
            self.deeper(2)
            product = products.implied(self, left)
            self.depth -= 2
            return product
        return None

    def sign_between(self, left: Node) -> str:
        """What the next sign means behind an operand; `&` and `|` between conditions are `and` and `or`."""
        token = self.token
        if token.text == "&" and self.inside[-1] != "cells":
            return "and"
        if token.text == "||" and token.spaced and self.ahead().spaced and self.inside[-1] not in ("abs", "norm"):
            return "or"
        bars = token.text in ("|", "||") and isinstance(left, CONDITION)
        return "or" if bars and self.inside[-1] not in ("abs", "norm", "set") else token.text

    def operated(self, left: Node, sign: str, power: int) -> Node:
        """`left`, the operator that stands next, and its right-hand side."""
        if sign in _RELATIONS:
            return self.relation(left)
        if sign == "^":
            return marks.raised(self, left)
        if sign in ("and", "or", "in", "union", "intersect"):
            return self.joined(left, sign, _INFIX[sign])
        token = self.take()
        if self.token.is_sign("=") and sign in ("+", "-", "*", "/"):
            raise self.error(
                MissingOperand, f"{sign}= changes a variable in place", (token.start, self.token.end),
                "Write the whole right-hand side: theta - ….",
            )  # fmt: skip
        if sign in ("+", "-"):
            return self.added(left, token)
        if sign in ("/", "\\"):
            return products.divided(self, left, token, power)
        return products.times(self, left, token)

    def added(self, left: Node, sign: Token) -> Node:
        """`left + …` or `left - …`; the sign was consumed."""
        if sign.text == "+" and dots.follow(self):
            token = self.take()
            self.take()
            return dots.total(self, value(left), value(self.expression(SUM)), token)
        right = value(self.expression(SUM))
        if sign.text == "-":
            right = Neg(right, span=self.since(sign))
        return chain(Add, (value(left), right), self.spanning(left))

    def relation(self, left: Node) -> Node:
        """A chain of relations behind `left`."""
        arrow = self.token.is_sign("<") and self.ahead().is_sign("-") and self.ahead().start == self.token.end
        if arrow and self.ahead(2).spaced:
            raise self.error(
                UnexpectedToken, "<- may be an arrow or less than minus", (self.token.start, self.ahead().end),
                "Write the right-hand side alone, or < -1 with the sign at its number.",
            )  # fmt: skip
        operands, signs = [single(left)], []
        while self.token.kind == "sign" and self.token.text in _RELATIONS:
            signs.append(self.take().text)
            operands.append(single(self.expression(RELATION)))
        return Relation(tuple(operands), cast("tuple[RelationSign, ...]", tuple(signs)), span=self.spanning(left))

    def joined(self, left: Node, sign: str, binding: int) -> Node:
        """`left and …`, `left or …`, `left in …`, `left ∪ …`."""
        self.take()
        if sign == "in" and self.token.is_name("R") and not self.names.canonical("R"):
            place = self.take()
            line = Interval(Neg(Constant("oo")), Constant("oo"), False, False, span=(place.start, place.end))
            return Member(left, line, span=self.spanning(left))
        right = self.expression(binding)
        span = self.spanning(left)
        if sign == "in":
            return Member(left, brackets.as_set(right), span=span)
        if sign == "union":
            return chain(Union, (brackets.as_set(left), brackets.as_set(right)), span)
        if sign == "intersect":
            self.refuse_number_in_logic(left, right, "∩")
            return chain(And, (brackets.as_set(left), brackets.as_set(right)), span)
        self.refuse_number_in_logic(left, right, sign)
        return chain(And if sign == "and" else Or, (left, right), span)

    def refuse_number_in_logic(self, left: Node, right: Node, word: str) -> None:
        """`and` and `or` join conditions."""
        for side in (left, right):
            if not isinstance(single(side), LOGICAL):
                raise self.error(
                    UnexpectedToken, f"'{word}' joins conditions, but this is none", side.span or (0, 1),
                    "Write a condition on both sides, such as eta > 0.",
                )  # fmt: skip

    # ------------------------------------------------------------------ what may follow

    def starts_operand(self) -> bool:
        """Whether the next token can start a factor, so that a product is implied."""
        token = self.token
        if token.kind == "number":
            return True
        if token.kind == "name":
            return not marks.ends_operand(self, token)
        if token.kind == "command":
            return not token.text.startswith("end")
        if token.is_sign("∇"):
            return self.names.alias_at(self.tokens, self.at) is not None
        if token.kind != "sign" or token.text not in OPENING:
            return False
        if token.text == "|":
            return self.inside[-1] not in ("abs", "set")
        if token.text == "[":
            behind = self.ahead()
            closes = behind.kind == "end" or behind.is_sign(*CLOSING, ",", ";", "union", "and", "or")
            return not closes and self.inside[-1] != "french"
        if token.text == "||":
            return self.inside[-1] not in ("norm", "abs")
        return True

    def missing(self) -> Unreadable:
        """The error where an operand should stand."""
        token = self.token
        behind = (
            token.kind == "end" or token.is_sign(*CLOSING, ",", ";") or (token.kind == "sign" and token.text in _INFIX)
        )
        before = self.tokens[self.at - 1] if self.at else token
        if self.at and behind and before.kind == "sign":
            return self.error(
                MissingOperand, f"nothing stands behind {self.shown(before)}", (before.start, before.end),
                "Type what is missing, or remove the sign.",
            )  # fmt: skip
        if token.kind == "sign" and token.text in _INFIX:
            return self.error(
                MissingOperand, f"nothing stands before {self.shown(token)}", (token.start, token.end),
                _vectors(self) or "Type what is missing, or remove the sign.",
            )  # fmt: skip
        return self.unexpected()


def _vectors(parser: Parser) -> str:
    """`<x, y>` typed with the signs of inequalities."""
    has_comma = any(token.is_sign(",") for token in parser.tokens[parser.at :])
    angles = parser.token.is_sign("<") and has_comma
    return "Write x^T*y for an inner product, [a, b, c] for a vector." if angles else ""
