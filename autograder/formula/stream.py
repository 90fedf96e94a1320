"""The tokens of one formula as a parser walks over them, with the errors that every part of the grammar raises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from autograder.errors import Unreadable
from autograder.formula.errors import Reason, TooComplex, UnclosedBracket, UnexpectedToken, UnopenedBracket
from autograder.formula.names import Names
from autograder.formula.tokens import Token
from autograder.formula.tree import Node, Span

DEEPEST = 710
"""How deep the parser may nest, in Python calls: far enough below the interpreter's limit of 1000 frames."""

OPENING = frozenset({"(", "[", "{", "|", "|(", "||", "||(", "<<", "ceil(", "floor("})
CLOSING = frozenset({")", "]", "}", ")|", ")||", ">>", ")ceil", ")floor"})


class Stream:
    """The tokens of one formula; `names` says what may be used, `notices` what the student should know."""

    def __init__(self, text: str, tokens: tuple[Token, ...], names: Names) -> None:
        self.text = text
        self.tokens = list(tokens)
        self.names = names
        self.at = 0
        self.depth = 0
        self.sums = 0  # how many sums are open
        self.inside: list[str] = [""]  # innermost bracket: "" | "(" | "abs" | "norm" | "set" | "cells" | ...
        self.notices: dict[str, None] = {}

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

    def replace_next(self, *tokens: Token) -> None:
        """Put other tokens in the place of the next one."""
        self.tokens[self.at : self.at + 1] = tokens

    def expect(self, sign: str, opened: Token) -> Token:
        """The closing bracket for `opened`.

        Raises:
            UnclosedBracket, UnexpectedToken: something else stands there.
        """
        if self.token.is_sign(sign):
            return self.take()
        bars = sign in (")|", ")||", "|", "||")
        if self.token.kind == "end" or self.token.text in CLOSING or bars:
            shown = self.shown(opened)
            missing = sign.strip("()").replace("ceil", "⌉").replace("floor", "⌋") if len(sign) > 1 else sign
            raise self.error(
                UnclosedBracket, f"the bracket {shown} is never closed", (opened.start, opened.end),
                f"Add the missing {missing}.",
            )  # fmt: skip
        raise self.unexpected()

    def is_broken(self) -> bool:
        """Whether a line of the text ends before the next token, outside of all brackets or between rows of a matrix."""
        behind = self.tokens[self.at - 1].end if self.at else 0
        rows = self.inside[-1] == "[" and self.names.has_matrices and not self.names.latex
        return (len(self.inside) == 1 or rows) and "\n" in self.text[behind : self.token.start]

    # ------------------------------------------------------------------ places

    def last_end(self) -> int:
        """Offset behind the token consumed last."""
        return self.tokens[self.at - 1].end if self.at else self.token.start

    def spanning(self, left: Node) -> Span:
        """From where `left` starts to behind the token consumed last."""
        return (left.span[0] if left.span else 0, self.last_end())

    def since(self, token: Token) -> Span:
        """From a token to behind the token consumed last."""
        return (token.start, max(token.end, self.last_end()))

    def shown(self, token: Token) -> str:
        """A token as it was typed."""
        return self.text[token.start : token.end] or token.text

    @contextmanager
    def within(self, bracket: str) -> Iterator[None]:
        """Inside a bracket: remembers it, since `|` closes only what `|` opened."""
        self.inside.append(bracket)
        try:
            yield
        finally:
            self.inside.pop()

    # ------------------------------------------------------------------ errors and notices

    def error(self, kind: type[Reason], cause: str, place: Span, repair: str) -> Reason:
        """An error that points into the student's text."""
        return kind(cause, text=self.text, start=place[0], end=place[1], repair=repair)

    def unexpected(self) -> Unreadable:
        """The error for a token that cannot stand where it does."""
        token = self.token
        shown, place = self.shown(token), (token.start, token.end)
        if token.kind == "end":
            last = self.tokens[self.at - 1] if self.at else token
            return self.error(
                UnexpectedToken, "the formula ends too early", (last.start, last.end), "Type what is missing."
            )
        if token.is_sign(*CLOSING):
            return self.error(
                UnopenedBracket, f"the bracket {shown} was never opened", place,
                "Remove it, or add the opening bracket.",
            )  # fmt: skip
        return self.error(UnexpectedToken, f"{shown} cannot stand here", place, _hint(token))

    def deeper(self, weight: int) -> None:
        """Note that the parser nests `weight` calls deeper; the caller subtracts them again.

        Raises:
            TooComplex: the text nests deeper than any answer needs.
        """
        self.depth += weight
        if self.depth > DEEPEST:
            raise self.error(
                TooComplex, "this formula is nested too deep", (self.token.start, self.token.end),
                "Write it with fewer brackets.",
            )  # fmt: skip

    def notice(self, sentence: str) -> None:
        """Tell the student how something was read; said once."""
        self.notices.setdefault(sentence)


_HINTS = {
    "%": "Write a percentage as a fraction: 5/100.",
    "//": "Write / for a quotient.",
    "&": "Separate conditions by 'and'.",
    ";": "Only matrices have rows separated by ;.",
    ":": "Write the formula alone, without a label; a range is i=1..N.",
    "->": "Write the formula alone.",
    "<-": "Write the right-hand side alone.",
    "_": "A subscript belongs directly behind a name.",
    "=": "Write the right-hand side alone.",
    "intersect": "Write 'and' between two conditions.",
    "for": "Write a sum as sum(y[i], (i, 1, N)).",
    "⊤": "Write X^T for a transpose.",
    "@": "Write * for a product.",
}


def _hint(token: Token) -> str:
    return _HINTS.get(token.text, "Remove it, or add what is missing around it.")
