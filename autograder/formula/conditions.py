"""Conditions, sets and cases in the spellings of SymPy and NumPy: `And(…)`, `Interval.open(…)`, `Piecewise(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from autograder.formula import functions
from autograder.formula.arguments import arguments
from autograder.formula.brackets import as_set
from autograder.formula.errors import MissingOperand, WrongArguments
from autograder.formula.roles import CONDITION, TERNARY, TIGHTEST, chain, single, value
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


def all_of(conditions: list[Node], span: Span) -> Node:
    """Conditions side by side (`x > 0, w > 0`) as one; none at all always holds."""
    if not conditions:
        return TRUE
    return chain(And, tuple(map(single, conditions)), span) if len(conditions) > 1 else conditions[0]


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


def conditional(parser: Parser, left: Node) -> Node:
    """`a if condition else b`, `a for condition`: of a condition, a further one; of a value, a case."""
    word = parser.take()
    if word.text == "for" and parser.ahead().is_sign("in"):
        raise parser.error(
            MissingOperand, "a loop is no formula", (word.start, parser.ahead().end),
            "Write a sum as sum(y[i], (i, 1, N)).",
        )  # fmt: skip
    condition = parser.expression(TERNARY)
    if isinstance(left, CONDITION) and not parser.token.is_name("else"):
        parser.notice(f"The condition behind '{word.text}' was read as a further condition ('and').")
        return chain(And, (left, condition), parser.spanning(left))
    otherwise = _otherwise(parser)
    if otherwise is None and not isinstance(condition, CONDITION):
        raise parser.error(
            MissingOperand, f"no condition stands behind '{word.text}'", (word.start, parser.last_end()),
            "Write the formula alone, or a condition such as eta > 0 behind it.",
        )  # fmt: skip
    return piecewise([(value(left), condition)], otherwise, parser.spanning(left))


def _otherwise(parser: Parser) -> Node | None:
    """What stands in `else 0`, `, 0 otherwise` or `; otherwise 0`, which is then consumed; None where nothing does."""
    rest = parser.tokens[parser.at :]
    place = next((at for at, token in enumerate(rest) if token.is_name("otherwise", "else")), None)
    if place is None or not (place == 0 or rest[0].is_sign(",", ";")):
        return None
    start = parser.at
    parser.accept(",", ";")
    if parser.token.is_name("otherwise", "else"):
        parser.take()
        return value(parser.expression(TERNARY - 1))
    node = parser.expression(TERNARY)
    if not parser.token.is_name("otherwise", "else"):
        parser.at = start
        return None
    parser.take()
    return value(node)
