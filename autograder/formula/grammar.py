"""The grammar of formulas: an operator-precedence parser over the token stream of every spelling.

Binding powers, loosest first: `or`, `and`, `not`, relations and `in`, unions, sums, products (written or implied by
juxtaposition), signs, powers, postfix marks. Recursion is bounded, so that no text can exhaust the stack.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from autograder.formula import brackets, calls, functions, sums
from autograder.formula.errors import (
    AmbiguousProduct,
    MissingOperand,
    TooComplex,
    UnclosedBracket,
    UnexpectedToken,
    UnopenedBracket,
)
from autograder.formula.roles import AND, NOT, OR, POWER, PRODUCT, RELATION, SUM, TERNARY, UNION, single, value
from autograder.formula.tree import (
    Add,
    And,
    Call,
    Constants,
    Div,
    Identity,
    Indicator,
    Member,
    Mul,
    Name,
    Neg,
    Node,
    Not,
    Number,
    Or,
    Piecewise,
    Pow,
    Relation,
    RelationSign,
    Transpose,
    Union,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.formula.names import Names
    from autograder.formula.tokens import Token

DEEPEST = 90
_RELATIONS = {"<", "<=", ">", ">=", "=", "!="}
_INFIX = {
    "or": OR, "and": AND, "in": RELATION, "union": UNION, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT,
    "@": PRODUCT, "\\": PRODUCT, "^": POWER, **dict.fromkeys(_RELATIONS, RELATION),
}  # fmt: skip
_OPENING = frozenset({"(", "[", "{", "|", "|(", "||", "||(", "<<", "ceil(", "floor("})
_CLOSING = frozenset({")", "]", "}", ")|", ")||", ">>", ")ceil", ")floor"})


class Parser:
    """Reads one formula; `names` says what may be used."""

    def __init__(self, text: str, tokens: tuple[Token, ...], names: Names) -> None:
        self.text = text
        self.tokens = tokens
        self.names = names
        self.at = 0
        self.depth = 0
        self.inside: list[str] = [""]  # innermost bracket: "" | "(" | "abs" | "norm" | "set" | ...

    # ------------------------------------------------------------------ tokens

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.at]

    def ahead(self, distance: int = 1) -> Token:
        """The token `distance` behind the next one."""
        return self.tokens[min(self.at + distance, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The next token, which is consumed."""
        token = self.token
        if token.kind != "end":
            self.at += 1
        return token

    def accept(self, *signs: str) -> Token | None:
        """The next token if it is one of these signs, which is then consumed."""
        return self.take() if self.token.is_sign(*signs) else None

    def expect(self, sign: str, opened: Token) -> Token:
        """The closing bracket for `opened`.

        Raises:
            UnclosedBracket: something else stands there.
        """
        if self.token.is_sign(sign):
            return self.take()
        if self.token.kind == "end" or self.token.text in _CLOSING or sign in (")|", ")||", "|", "||"):
            shown = self.text[opened.start : opened.end] or opened.text
            raise UnclosedBracket(
                f"the bracket {shown} is never closed",
                text=self.text,
                start=opened.start,
                end=opened.end,
                repair=f"Add the missing {sign.strip('()') if '|' in sign else sign}.",
            )
        raise self.unexpected()

    def unexpected(self) -> UnexpectedToken:
        """The error for a token that cannot stand where it does."""
        token = self.token
        if token.kind == "end":
            return UnexpectedToken("the formula ends too early", text=self.text, start=max(0, token.start - 1))
        shown = self.text[token.start : token.end] or token.text
        if token.is_sign(*_CLOSING):
            return UnopenedBracket(
                f"the bracket {shown} was never opened", text=self.text, start=token.start, end=token.end,
                repair="Remove it, or add the opening bracket.",
            )  # fmt: skip
        return UnexpectedToken(
            f"{shown} cannot stand here", text=self.text, start=token.start, end=token.end, repair=_hint(token)
        )

    @contextmanager
    def within(self, bracket: str) -> Iterator[None]:
        """Inside a bracket: remembers it, since `|` closes only what `|` opened."""
        self.inside.append(bracket)
        try:
            yield
        finally:
            self.inside.pop()

    # ------------------------------------------------------------------ expressions

    def expression(self, power: int = 0) -> Node:
        """Read as much as binds more tightly than `power`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooComplex(
                f"this formula is nested more than {DEEPEST} deep", text=self.text, start=self.token.start,
                end=self.token.end, repair="Write it with fewer brackets.",
            )  # fmt: skip
        left = self.prefix(power)
        while True:
            following = self.infix(left, power)
            if following is None:
                break
            left = following
        self.depth -= 1
        return left

    def prefix(self, power: int) -> Node:
        token = self.token
        if token.is_sign("-", "+"):
            signs = [self.take()]
            while self.token.is_sign("-", "+"):
                signs.append(self.take())
            arg = value(self.expression(POWER if power >= PRODUCT else PRODUCT - 1))
            negative = [sign for sign in signs if sign.text == "-"]
            if len(negative) > DEEPEST:
                raise TooComplex(
                    f"{len(negative)} minus signs in a row are more than any answer needs", text=self.text,
                    start=token.start, end=signs[-1].end, repair="Write one sign.",
                )  # fmt: skip
            for sign in reversed(negative):
                arg = Neg(arg, span=(sign.start, self.last_end()))
            return arg
        if token.is_sign("not", "!"):
            self.take()
            return Not(self.expression(NOT), span=(token.start, self.last_end()))
        return self.postfix(self.operand())

    def last_end(self) -> int:
        """Offset behind the token consumed last."""
        return self.tokens[self.at - 1].end if self.at else 0

    def spanning(self, left: Node) -> tuple[int, int]:
        """From where `left` starts to behind the token consumed last."""
        return (left.span[0] if left.span else 0, self.last_end())

    def infix(self, left: Node, power: int) -> Node | None:
        """`left` extended by the operator that follows, or None when that binds less than `power`."""
        token = self.token
        if token.kind == "name" and token.text == "if" and power < TERNARY:
            return self.ternary(left)
        sign = token.text if token.kind == "sign" else ""
        if sign in _INFIX:
            binding = _INFIX[sign]
            if binding <= power:
                return None
            if sign in _RELATIONS:
                return self.relation(left)
            if sign == "^":
                return self.raised(left)
            self.take()
            if sign in ("+", "-"):
                return self.added(left, token)
            if sign in ("*", "@"):
                return self.multiplied(left, value(self.expression(PRODUCT)))
            if sign in ("/", "\\"):
                return self.divided(left, token, power)
            return self.joined(left, sign, binding)
        if self.starts_operand() and power < PRODUCT:
            if self.is_vector_of_ones(left):
                one = self.take()
                return self.multiplied(left, Constants(1, span=(one.start, one.end)))
            self.refuse_number(left)
            return self.juxtaposed(left)
        return None

    def added(self, left: Node, sign: Token) -> Node:
        right = value(self.expression(SUM))
        if sign.text == "-":
            right = Neg(right, span=(sign.start, self.last_end()))
        left = value(left)
        terms = (*left.args, right) if isinstance(left, Add) else (left, right)
        return Add(terms, span=self.spanning(left))

    def multiplied(self, left: Node, right: Node) -> Node:
        left = value(left)
        factors = (*left.args, right) if isinstance(left, Mul) else (left, right)
        return Mul(factors, span=self.spanning(left))

    def juxtaposed(self, left: Node) -> Node:
        right = value(self.expression(PRODUCT))
        one = isinstance(left, Number) and left.value == 1
        if isinstance(right, Indicator) and (one or isinstance(left, Identity | Constants)):
            return Indicator(right.condition, span=self.spanning(left))
        return self.multiplied(left, right)

    def divided(self, left: Node, sign: Token, power: int) -> Node:
        right = value(self.expression(PRODUCT))
        span = self.spanning(left)
        if sign.text == "\\":
            inverse = Pow(value(left), Number(-ONE), span=left.span)
            return Mul((inverse, right), span=span)
        token = self.token
        tight = not token.spaced and token.kind == "name" and self.starts_operand() and power < PRODUCT
        if tight and token.text not in functions.SUMS:
            whole = self.text[span[0] : token.end]
            raise AmbiguousProduct(
                f"{whole} has two readings: the part behind the / may end before or after {token.text}",
                text=self.text, start=sign.start, end=token.end,
                repair=f"Put brackets around the denominator: /({self.text[sign.end : token.end].strip()}), or write a *.",
            )  # fmt: skip
        return Div(value(left), right, span=span)

    def relation(self, left: Node) -> Node:
        operands, signs = [single(left)], []
        while self.token.kind == "sign" and self.token.text in _RELATIONS:
            signs.append(self.take().text)
            operands.append(single(self.expression(RELATION)))
        return Relation(tuple(operands), cast("tuple[RelationSign, ...]", tuple(signs)), span=self.spanning(left))

    def joined(self, left: Node, sign: str, binding: int) -> Node:
        right = self.expression(binding)
        span = self.spanning(left)
        if sign == "in":
            return Member(left, brackets.as_set(right), span=span)
        if sign == "union":
            sets = (brackets.as_set(left), brackets.as_set(right))
            return Union((*sets[0].args, sets[1]) if isinstance(sets[0], Union) else sets, span=span)
        kind: type[And | Or] = And if sign == "and" else Or
        args = (*left.args, right) if isinstance(left, kind) else (left, right)
        return kind(args, span=span)

    def ternary(self, left: Node) -> Node:
        """Python's `a if condition else b`."""
        self.take()
        condition = self.expression(TERNARY)
        otherwise = None
        if self.token.kind == "name" and self.token.text == "else":
            self.take()
            otherwise = value(self.expression(TERNARY - 1))
        return Piecewise(((value(left), condition),), otherwise, span=self.spanning(left))

    # ------------------------------------------------------------------ powers and marks behind an operand

    def raised(self, left: Node) -> Node:
        """`left ^ …`: a power, or a transpose (`^T`, `^\\top`, `^{-T}`)."""
        caret = self.take()
        mark = self.transpose_mark()
        if mark is not None:
            if isinstance(left, Number) and left.value == 1:
                left = Constants(1, span=left.span)  # `1^T y`: the vector of ones
            inner = Pow(left, Number(-ONE), span=left.span) if mark == "inverse" else left
            return self.postfix(Transpose(value(inner), span=self.spanning(left)))
        if self.token.kind == "end" or self.token.is_sign(*_CLOSING):
            raise MissingOperand(
                "there is no exponent behind ^", text=self.text, start=caret.start, end=max(caret.end, caret.start + 1),
                repair="Type the exponent.",
            )  # fmt: skip
        exponent = value(self.expression(POWER - 1))
        if isinstance(exponent, Neg) and isinstance(exponent.arg, Number):
            exponent = Number(-exponent.arg.value, span=exponent.span)
        return self.postfix(Pow(value(left), exponent, span=self.spanning(left)))

    def transpose_mark(self) -> str | None:
        """Consume `T`, `⊤`, `{\\top}`, `(-T)` … behind a caret; says which mark it was."""
        for pattern, mark in _MARKS:
            tokens = self.tokens[self.at : self.at + len(pattern)]
            if len(tokens) == len(pattern) and all(map(self.matches, tokens, pattern)):
                self.at += len(pattern)
                return mark
        return None

    def matches(self, token: Token, wanted: str) -> bool:
        if wanted == "T":
            return token.is_sign("⊤", "'") or (token.text == "T" and self.names.canonical("T") is None)
        return token.is_sign(wanted)

    def postfix(self, node: Node) -> Node:
        """The marks behind an operand: `'`, `.T`, `!`, an index in square brackets, methods."""
        while self.token.kind == "sign":
            token = self.token
            if token.text == "'" and not token.spaced:
                self.take()
                node = Transpose(value(node), span=self.spanning(node))
            elif token.text == "!" and not token.spaced and not self.ahead().is_sign("="):
                self.take()
                node = Call("factorial", (node,), span=self.spanning(node))
            elif token.text.startswith(".") and token.text[1:].isalpha():
                node = calls.method(self, node)
            elif token.text == "[" and isinstance(node, Name) and calls.has_entries(self, node):
                node = calls.indexed(self, node)
            else:
                break
        return node

    # ------------------------------------------------------------------ operands

    def operand(self) -> Node:
        """A number, a name, a call, or something in brackets."""
        token = self.token
        if token.kind == "number":
            self.take()
            assert token.value is not None  # noqa: S101 - number tokens carry their value
            return Number(token.value, span=(token.start, token.end))
        if token.kind == "name":
            alias = self.names.alias_at(self.tokens, self.at)
            if alias is not None:
                self.at += alias[1]
                return Name(alias[0], span=(token.start, self.last_end()))
            if token.text in functions.SUMS and self.names.symbol(token.text) is None:
                return sums.read(self)
            self.take_apart()
            return calls.named(self)
        if token.kind == "command":
            return calls.command(self)
        if token.kind == "sign" and (token.text in _OPENING or token.text == "]"):
            return brackets.read(self)
        raise self.missing()

    def take_apart(self) -> None:
        """Replace a run of declared letters (`xy`) by one token a letter, so that `xy^2` squares y alone."""
        token = self.token
        pieces = None if token.text in functions.ALL else self.names.apart(token.text)
        if pieces is None:
            return
        split, start = [], token.start
        for i, piece in enumerate(pieces):
            found = self.text.find(piece, start, token.end)
            start = found if found >= 0 else start
            end = token.end if i == len(pieces) - 1 else start + len(piece)
            split.append(replace(token, text=piece, start=start, end=end, spaced=token.spaced and i == 0))
            start = end
        self.tokens = (*self.tokens[: self.at], *split, *self.tokens[self.at + 1 :])

    def missing(self) -> MissingOperand | UnexpectedToken:
        token = self.token
        if self.at and (token.kind == "end" or token.is_sign(*_CLOSING, ",", ";") or token.text in _INFIX):
            before = self.tokens[self.at - 1]
            if before.kind == "sign":
                shown = self.text[before.start : before.end] or before.text
                return MissingOperand(
                    f"nothing stands behind {shown}", text=self.text, start=before.start, end=before.end,
                    repair="Type what is missing, or remove the sign.",
                )  # fmt: skip
        if token.text in _INFIX and token.kind == "sign":
            return MissingOperand(
                f"nothing stands before {token.text}", text=self.text, start=token.start, end=token.end,
                repair="Type what is missing, or remove the sign.",
            )  # fmt: skip
        return self.unexpected()

    def starts_operand(self) -> bool:
        """Whether the next token can start a factor, so that a product is implied."""
        token = self.token
        if token.kind == "number":
            return True
        if token.kind == "name":
            return token.text not in functions.CLOSING_WORDS
        if token.kind == "command":
            return not token.text.startswith("end")
        if token.kind != "sign" or token.text not in _OPENING:
            return False
        if token.text == "|":
            return self.inside[-1] not in ("abs", "set")
        if token.text == "[":
            return self.inside[-1] != "french"
        if token.text == "||":
            return self.inside[-1] not in ("norm", "abs")
        return True

    def is_vector_of_ones(self, left: Node) -> bool:
        """`1^T 1`: the second 1 is a vector too."""
        return isinstance(left, Transpose) and isinstance(left.arg, Constants) and self.token.text == "1"

    def refuse_number(self, left: Node) -> None:
        token = self.token
        if token.kind == "number" and not token.text.startswith(("½", "⅓", "¼")):
            start = left.span[0] if left.span else token.start
            raise AmbiguousProduct(
                f"a number stands directly behind {self.text[start : token.start].strip()}", text=self.text,
                start=token.start, end=token.end, repair="Write * for a product or ^ for a power.",
            )  # fmt: skip


ONE = Fraction(1)
_MARKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("{", "-", "T", "}"), "inverse"), (("(", "-", "T", ")"), "inverse"), (("-", "T"), "inverse"),
    (("{", "T", "}"), "transpose"), (("(", "T", ")"), "transpose"), (("T",), "transpose"),
)  # fmt: skip


def _hint(token: Token) -> str:
    return {
        "%": "Write a percentage as a fraction: 5/100.",
        "//": "Write / for a quotient.",
        "&": "Separate conditions by 'and'.",
        ";": "Only matrices have rows separated by ;.",
        ":": "Write a range as i=1..N.",
        "->": "Write the formula alone.",
        "<-": "Write the right-hand side alone.",
        "_": "A subscript belongs directly behind a name.",
    }.get(token.text, "Remove it, or add what is missing around it.")
