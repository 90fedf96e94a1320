"""Conditions, sets and cases in the spellings of SymPy and NumPy: `And(…)`, `Interval.open(…)`, `Piecewise(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from autograder.formula import functions
from autograder.formula.arguments import arguments
from autograder.formula.brackets import as_set
from autograder.formula.errors import WrongArguments
from autograder.formula.roles import CONDITION, TIGHTEST, chain, single, value
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
    Span,
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
    """A bold 1, or a 1 or I with a subscript: an indicator when a condition follows, else the vector of ones."""
    parser.deeper(3)
    node = _one(parser, token)
    parser.depth -= 3
    return node


def _one(parser: Parser, token: Token) -> Node:
    lowered = parser.accept("_")
    if parser.token.is_sign("(", "[", "{"):
        at, bracket = parser.at, parser.token
        items, _ = arguments(parser)
        if len(items) == 1 and isinstance(single(items[0]), CONDITION):
            return Indicator(single(items[0]), span=parser.since(token))
        if lowered or bracket.text != "(":
            raise parser.error(
                WrongArguments, "an indicator needs one condition", parser.since(token), "Write 1[x > 0]."
            )
        parser.at = at  # the vector of ones times a bracket
    elif lowered:
        size = value(parser.expression(TIGHTEST))  # `1_n`
        return Constants(1, size, ONE, span=parser.since(token))
    return Constants(1, span=(token.start, token.end))


def stands_for_indicator(parser: Parser) -> bool:
    """Whether a condition stands directly behind a 1: `1[x > 0]`, `1_{x > 0}`, `1{x > 0}`, `1(x > 0)`."""
    if parser.token.spaced or not parser.token.is_sign("_", "[", "{", "("):
        return False
    if parser.token.is_sign("_"):
        return True
    depth = 0
    for at in range(parser.at, len(parser.tokens)):
        token = parser.tokens[at]
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        if depth == 0:
            return False
        if depth == 1 and token.is_sign("<", "<=", ">", ">=", "=", "!=", "in"):
            return True
    return False


def call(parser: Parser, token: Token) -> Node:
    """A condition, set or case distinction written as a call."""
    variant = parser.accept(".open", ".Lopen", ".Ropen")
    items = arguments(parser)[0] if parser.token.is_sign("(", "[", "{") else []
    span = parser.since(token)
    name = token.text
    if name in functions.RELATIONS and len(items) == 2:
        return Relation(tuple(items), (cast("RelationSign", functions.RELATIONS[name]),), span=span)
    match name, items:
        case (("And" | "logical_and" | "Or" | "logical_or" | "Union" | "FiniteSet"), [item]):
            return item
        case (("And" | "logical_and"), [_, _, *_]):
            return chain(And, tuple(items), span)
        case (("Or" | "logical_or"), [_, _, *_]):
            return chain(Or, tuple(items), span)
        case (("Not" | "logical_not"), [item]):
            return Not(item, span=span)
        case "Union", [_, _, *_]:
            return chain(Union, tuple(as_set(item) for item in items), span)
        case "FiniteSet", [_, _, *_]:
            return Sequence(tuple(items), "{", "}", span=span)
        case "Interval", [low, high, *flags]:
            left, right = _open_ends(variant.text if variant else "", flags)
            return Sequence((value(low), value(high)), "(" if left else "[", ")" if right else "]", span=span)
        case (("Indicator" | "indicator"), [condition]) if isinstance(single(condition), CONDITION):
            return Indicator(single(condition), span=span)
        case "where", [condition, yes, no]:
            return piecewise([(value(yes), condition)], value(no), span)
        case "Piecewise", [_, *_] if all(isinstance(item, Sequence) and len(item.items) == 2 for item in items):
            pairs = [cast("Sequence", item).items for item in items]
            return piecewise([(value(branch), condition) for branch, condition in pairs], None, span)
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


def piecewise(pairs: list[tuple[Node, Node]], otherwise: Node | None, span: Span) -> Node:
    """The case distinction; a condition that always holds makes the last branch."""
    branches: list[tuple[Node, Node]] = []
    for branch, condition in pairs:
        if single(condition) == TRUE:
            otherwise = branch
            break
        branches.append((branch, single(condition)))
    if otherwise is not None and not branches:
        return otherwise
    return Piecewise(tuple(branches), otherwise, span=span)


def _wrong(parser: Parser, token: Token, count: int) -> WrongArguments:
    example = {
        "Interval": "Interval.open(0, a)",
        "Piecewise": "Piecewise((a, x > 0), (b, True))",
        "where": "where(x > 0, a, b)",
        "Indicator": "Indicator(x > 0)",
        "indicator": "indicator(x > 0)",
    }.get(token.text, f"{token.text}(a, b)")
    return parser.error(
        WrongArguments, f"{token.text} cannot take these {count} arguments", parser.since(token), f"Write {example}."
    )
