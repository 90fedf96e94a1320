r"""Left-hand sides: `theta <- …`, `w_{t+1} = …`, `\frac{dL}{d\theta} = …` are read and dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from autograder.errors import Unreadable
from autograder.formula import functions
from autograder.formula.errors import UnexpectedToken
from autograder.formula.grammar import Parser
from autograder.formula.lexer import tokenize
from autograder.formula.names import Names
from autograder.formula.tokens import Token
from autograder.symbols import SymbolTable

_LONGEST = 24
_MARKS = frozenset({"(", ")", "[", "]", "{", "}", "'", ",", "|", "/", "^", "*", "∂", "∇", "_", "+", "-", "to"})
_ENDS = (",", ";", "and", "or", "<=", ">", ">=", "!=", "in")
_CLAUSES = ("if", "for", "when", "where", "with", "given", "provided")
_DERIVATIVE = re.compile(
    r"\\[dt]?frac\s*\{\s*(?:d|\\partial|∂|\\mathrm\s*\{?d\}?)\s*[^}]*\}\s*\{\s*(?:d|\\partial|∂|\\mathrm\s*\{?d)"
)
_ARROWS = ("=", ":=", "<-")
_TENDS = ("->", "to")
"""`E[w_t] -> formula`: only behind something that the question does not use."""


class Targets:
    """The left-hand sides that a question declares; others are dropped only when they are mere labels."""

    def __init__(self, text: str, table: SymbolTable, declared: tuple[str, ...]) -> None:
        self.text = text
        self.table = table
        self.declared = {_plain(tokenize(target)[:-1]) for target in declared}

    def split(self, tokens: list[Token], start: int) -> tuple[int, str]:
        """Where the right-hand side of the formula at `start` begins, and the left-hand side as typed.

        A left-hand side is dropped when the question declares it, or when it is only a label: a name that the
        question does not use, or a derivative. An equation between declared symbols is left whole.
        """
        target = ""
        self._refuse_title(tokens, start)
        if tokens[start].is_sign(*_ARROWS):
            start += 1  # `= 1/sigma^2`
        while True:
            at = self._assignment(tokens, start)
            if at is None:
                return start, target
            left = tokens[start:at]
            if _plain(left) not in self.declared and not self._is_label(left):
                self._refuse_equation(left)
                return start, target
            start = at + (2 if tokens[at].is_sign("<") else 1)
            target = target or self.text[left[0].start : left[-1].end]

    def _refuse_title(self, tokens: list[Token], start: int) -> None:
        """`Answer: 1/sigma^2`."""
        at = start
        while tokens[at].kind == "name":
            at += 1
        if at > start and tokens[at].is_sign(":"):
            raise UnexpectedToken(
                "a title stands before the formula", text=self.text, start=tokens[start].start, end=tokens[at].end,
                repair="Write the formula alone.",
            )  # fmt: skip

    def _refuse_equation(self, left: list[Token]) -> None:
        """`A x* = b`."""
        if left[-1].is_sign("*") and _is_multiple(left, Names(self.table, self.text)):
            raise UnexpectedToken(
                "this is an equation for the starred symbol, not a formula of it", text=self.text, start=left[0].start,
                end=left[-1].end, repair="Solve it, and write the right-hand side alone.",
            )  # fmt: skip

    def _assignment(self, tokens: list[Token], start: int) -> int | None:
        """The first `=`, `:=` or `<-` outside brackets; `x<-1` is an arrow only behind a declared left-hand side."""
        depth = 0
        for at in range(start, len(tokens) - 1):
            token = tokens[at]
            depth += token.is_sign("(", "[", "{", "|(") - token.is_sign(")", "]", "}", ")|")
            if depth or at == start:
                continue
            if token.spaced and "\n" in self.text[tokens[at - 1].end : token.start]:
                return None
            if token.is_sign(*_ENDS) or token.is_name(*_CLAUSES):
                return None
            if token.is_sign(*_ARROWS, *_TENDS):
                return at
            if token.is_sign("<"):
                arrow = tokens[at + 1].is_sign("-") and tokens[at + 1].start == token.end
                return at if arrow and _plain(tokens[start:at]) in self.declared else None
        return None

    def _is_foreign(self, left: list[Token]) -> bool:
        r"""Whether a left-hand side is an expectation, or a function that nothing declares, of whatever stands in it.

        `\mathbb{E}\|\tilde X w - y\|^2`, `-\log p(w | y)`, and `Σ_WY`, which is no sum.
        """
        names = Names(self.table, self.text)
        if left[0].is_name("E") and names.alias_at(left, 0) is None and names.canonical("E") is None:
            return len(left) > 1
        if [token.text for token in left[:2]] == ["sum", "_"] and len(left) == 3 and len(left[2].text) > 1:
            return left[2].kind == "name"
        return any(
            name.kind == "name" and bracket.is_sign("(") and not bracket.spaced and _is_unknown(name, names)
            for name, bracket in pairwise(left)
        )

    def _is_label(self, left: list[Token]) -> bool:
        """Whether a left-hand side names something instead of saying something of declared symbols."""
        if len(left) > _LONGEST or left[0].kind == "number":
            return False
        if self._is_foreign(left):
            return True
        if any(token.kind == "sign" and token.text not in _MARKS for token in left):
            return False
        if any(token.kind == "command" and token.text != "frac" for token in left):
            return False
        if any(token.kind == "name" and token.text in functions.SUMS for token in left):
            return False  # sum_i=1^N
        if _is_multiple(left, Names(self.table, self.text)):
            return False
        if len(left) > 1 and left[-1].is_sign("*") and left[-2].is_sign("^"):
            return True  # theta^* = …: the optimum
        if left[0].kind == "command" and _DERIVATIVE.match(self.text, left[0].start):
            return True
        if any(token.is_sign("+", "-") for token in _outside_brackets(left)):
            return False
        try:
            parser = Parser(
                self.text, (*left, Token("end", "", left[-1].end, left[-1].end)), Names(self.table, self.text)
            )
            parser.expression()
        except Unreadable:
            return True
        return parser.token.kind != "end"


def _is_unknown(token: Token, names: Names) -> bool:
    return token.text not in functions.ALL and names.canonical(token.text) is None and names.apart(token.text) is None


def _is_multiple(left: list[Token], names: Names) -> bool:
    """Whether a left-hand side says something of the question's symbols and what it names: `A x* = …`, `w_t - w* = …`."""
    if any(token.is_sign("∂", "∇", "|") or token.kind == "command" for token in left):
        return False
    ratio = any(token.is_sign("/") for token in left)
    if ratio and left[0].text.startswith("d"):
        return False  # dL/dw
    starred = any(token.is_sign("*") for token in left)
    factor = left[0].is_sign("(", "[")
    before = left[0]
    for token in _outside_brackets(left):
        inside_index = before.is_sign("^", "_")
        before = token
        if inside_index:
            continue
        if token.is_sign("+", "-") or (token.is_sign("/") and (factor or starred)):
            return True  # while `N/b = …` may say what a letter of the student's own comes to
        if token.kind == "name":
            if factor and not (token.text.isalpha() and len(token.text) > 2 and _is_unknown(token, names)):
                return True  # else a word: `eta best`
            factor = names.canonical(token.text) is not None
    return False


def _outside_brackets(tokens: list[Token]) -> Iterable[Token]:
    depth = 0
    for token in tokens:
        depth += token.is_sign("(", "[", "{", "|(")
        if not depth:
            yield token
        depth -= token.is_sign(")", "]", "}", ")|")


def _plain(tokens: Iterable[Token]) -> str:
    """One spelling for `w_{t+1}`, `w^{(t+1)}`, `w[t+1]` and `w(t+1)`; of `E[w_{t+1} | w_t]` the condition is left out."""
    pieces = []
    for token in tokens:
        if token.is_sign("|"):
            break
        pieces.append("".join(char for char in token.text if char.isalnum() or char in "+-*'"))
    return "".join(pieces)
