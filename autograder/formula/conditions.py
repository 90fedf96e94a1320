"""Conditions, sets and cases in the spellings of SymPy and NumPy: `And(…)`, `Interval.open(…)`, `Piecewise(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from autograder.formula import functions
from autograder.formula.brackets import arguments, as_set
from autograder.formula.errors import WrongArguments
from autograder.formula.roles import value
from autograder.formula.tree import (
    ONE,
    ZERO,
    And,
    Constants,
    Indicator,
    Node,
    Not,
    Or,
    Piecewise,
    Relation,
    RelationSign,
    Sequence,
    Union,
)

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

TRUE = Relation((ZERO, ONE), ("<",))
FALSE = Relation((ONE, ZERO), ("<",))


def truth(token: Token) -> Node:
    """`True` and `otherwise` as a condition that always holds, `False` as one that never does."""
    found = FALSE if token.text == "False" else TRUE
    return Relation(found.operands, found.signs, span=(token.start, token.end))


def one(parser: Parser, token: Token) -> Node:
    """A bold 1: an indicator when a condition follows, else the vector of ones."""
    parser.accept("_")
    if parser.token.is_sign("(", "[", "{"):
        items, _ = arguments(parser)
        if len(items) == 1:
            return Indicator(items[0], span=(token.start, parser.last_end()))
    return Constants(1, span=(token.start, parser.last_end()))


def call(parser: Parser, token: Token) -> Node:
    """A condition, set or case distinction written as a call."""
    variant = parser.accept(".open", ".Lopen", ".Ropen")
    items, _ = arguments(parser)
    span = (token.start, parser.last_end())
    name = token.text
    if name in functions.RELATIONS and len(items) == 2:
        return Relation(tuple(items), (cast(RelationSign, functions.RELATIONS[name]),), span=span)
    match name, items:
        case (("And" | "logical_and"), [_, *_]):
            return items[0] if len(items) == 1 else And(tuple(items), span=span)
        case (("Or" | "logical_or"), [_, *_]):
            return items[0] if len(items) == 1 else Or(tuple(items), span=span)
        case (("Not" | "logical_not"), [item]):
            return Not(item, span=span)
        case "Union", [_, *_]:
            return Union(tuple(as_set(item) for item in items), span=span)
        case "FiniteSet", [_, *_]:
            return Sequence(tuple(items), "{", "}", span=span)
        case "Interval", [low, high, *flags]:
            left, right = _open_ends(variant.text if variant else "", flags)
            return Sequence((value(low), value(high)), "(" if left else "[", ")" if right else "]", span=span)
        case (("Indicator" | "indicator"), [condition]):
            return Indicator(condition, span=span)
        case "where", [condition, yes, no]:
            return Piecewise(((value(yes), condition),), value(no), span=span)
        case "Piecewise", [_, *_]:
            return cases(parser, token, items)
    raise _wrong(parser, token, len(items))


def _open_ends(variant: str, flags: list[Node]) -> tuple[bool, bool]:
    """SymPy's intervals are closed unless they say otherwise."""
    left = variant in (".open", ".Lopen")
    right = variant in (".open", ".Ropen")
    if flags:
        left = flags[0] == TRUE
    if len(flags) > 1:
        right = flags[1] == TRUE
    return left, right


def cases(parser: Parser, token: Token, items: list[Node]) -> Node:
    """`Piecewise((value, condition), …)`; a condition that always holds makes the last branch."""
    branches: list[tuple[Node, Node]] = []
    otherwise: Node | None = None
    for item in items:
        if not isinstance(item, Sequence) or len(item.items) != 2:
            raise _wrong(parser, token, len(items))
        branch, condition = item.items
        if condition == TRUE:
            otherwise = value(branch)
            break
        branches.append((value(branch), condition))
    span = (token.start, parser.last_end())
    if not branches:
        raise _wrong(parser, token, len(items))
    return Piecewise(tuple(branches), otherwise, span=span)


def _wrong(parser: Parser, token: Token, count: int) -> WrongArguments:
    example = {
        "Interval": "Interval.open(0, a)",
        "Piecewise": "Piecewise((a, x > 0), (b, True))",
        "where": "where(x > 0, a, b)",
    }.get(token.text, f"{token.text}(a, b)")
    return WrongArguments(
        f"{token.text} cannot take these {count} arguments",
        text=parser.text,
        start=token.start,
        end=parser.last_end(),
        repair=f"Write {example}.",
    )
