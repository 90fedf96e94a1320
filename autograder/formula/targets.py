"""Left-hand sides: `theta <- …`, `w_{t+1} = …`, `\\frac{dL}{d\\theta} = …` are read and dropped."""

from __future__ import annotations

from autograder.formula.errors import Unreadable
from autograder.formula.grammar import Parser
from autograder.formula.names import Names
from autograder.formula.tokens import Token, tokenize
from autograder.symbols import SymbolTable

_LONGEST = 24
_MARKS = frozenset({"(", ")", "[", "]", "{", "}", "'", ",", "|", "/", "^", "*", "∂", "∇", "_"})


def split_target(text: str, tokens: tuple[Token, ...], table: SymbolTable, targets: tuple[str, ...]) -> tuple[int, str]:
    """Where the right-hand side starts, and the left-hand side as typed.

    A left-hand side is dropped when the question declares it, or when it is only a label: a name that the question
    does not use, or a derivative. An equation between declared symbols is left whole.

    Returns:
        (index of the first token of the right-hand side, left-hand side), or (0, "").
    """
    declared = [tuple(token.text for token in tokenize(target)[:-1]) for target in targets]
    start, target = 0, ""
    while True:
        at = _assignment(tokens, start, declared)
        if at is None:
            return start, target
        left = tokens[start:at]
        behind = at + (2 if tokens[at].is_sign("<") else 1)
        known = tuple(token.text for token in left) in declared
        if not known and not _is_label(text, left, table):
            return start, target
        start, target = behind, target or text[left[0].start : left[-1].end]


def _assignment(tokens: tuple[Token, ...], start: int, declared: list[tuple[str, ...]]) -> int | None:
    """The first `=`, `:=` or `<-` outside brackets; `x<-1` is only an arrow behind a declared left-hand side."""
    depth = 0
    for at in range(start, len(tokens) - 1):
        token = tokens[at]
        depth += token.is_sign("(", "[", "{", "|(") - token.is_sign(")", "]", "}", ")|")
        if depth or at == start:
            continue
        if token.is_sign(",", ";", "and", "or", "<=", ">", ">=", "!=", "in"):
            return None
        if token.is_sign("=", ":=", "<-"):
            return at
        if token.is_sign("<"):
            arrow = tokens[at + 1].is_sign("-") and tokens[at + 1].start == token.end
            left = tuple(part.text for part in tokens[start:at])
            return at if arrow and (left in declared) else None
    return None


def _is_label(text: str, left: tuple[Token, ...], table: SymbolTable) -> bool:
    """Whether a left-hand side names something instead of saying something of declared symbols."""
    if len(left) > _LONGEST or any(token.kind == "number" for token in left):
        return False
    if any(token.kind == "sign" and token.text not in _MARKS for token in left):
        return False
    if any(token.kind == "command" and token.text != "frac" for token in left):
        return False
    if len(left) > 1 and left[-1].is_sign("*") and left[-2].is_sign("^"):
        return True  # theta^* = …: the optimum
    try:
        end = Token("end", "", left[-1].end, left[-1].end)
        parser = Parser(text, (*left, end), Names(table, text))
        parser.expression()
    except Unreadable:
        return True
    return parser.token.kind != "end"
