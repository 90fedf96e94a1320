"""The bound that an answer such as `t >= E`, `E <= t`, `t = ceil(E)` or plain `E` states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from autograder.formula.tree import (
    ONE,
    Add,
    And,
    Assigned,
    Call,
    Constant,
    Interval,
    Member,
    Name,
    Neg,
    Node,
    Number,
    Relation,
    Sequence,
    names_in,
)  # fmt: skip


class Direction(StrEnum):
    """Which side of the bound the variable lies on."""

    LOWER = "at least"
    UPPER = "at most"
    EXACT = "equal to"
    UNSAID = ""


class Rounding(StrEnum):
    """How the bound was rounded to an integer."""

    NONE = ""
    UP = "ceil"
    DOWN = "floor"
    BEYOND = "floor + 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedBound:
    """A bound as it was stated; `expression` is without its rounding."""

    expression: Node
    direction: Direction
    strict: bool = False
    rounding: Rounding = Rounding.NONE


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_DIRECTIONS = {"<": Direction.UPPER, "<=": Direction.UPPER, ">": Direction.LOWER, ">=": Direction.LOWER,
    "=": Direction.EXACT}  # fmt: skip


def bound_of(tree: Node, variable: str) -> StatedBound | None:
    """The bound that an answer states for `variable`; None when it has another form.

    A bare expression states a bound without a direction. `t >= 0` or `t >= 1` beside another bound says nothing new.
    """
    match tree:
        case Relation((left, right), (sign,)) if sign in _TURNED:
            if left == Name(variable) and variable not in names_in(right):
                return _stated(right, sign)
            if right == Name(variable) and variable not in names_in(left):
                return _stated(left, _TURNED[sign])
            return None
        case And(args) | Sequence(args, "", ""):
            found = [bound for arg in args if (bound := bound_of(arg, variable)) is not None]
            telling = [bound for bound in found if not _says_nothing(bound)]
            return telling[0] if len(found) == len(args) and len(telling) == 1 else None
        case Assigned(value=value):
            return bound_of(value, variable)
        case Member(Name(name), Sequence((low, Constant("oo")), opening, _)) if name == variable:
            return _stated(low, ">=" if opening == "[" else ">")
        case Member(Name(name), Interval(low, Constant("oo"), low_closed, _)) if name == variable:
            return _stated(low, ">=" if low_closed else ">")
        case Relation() | Sequence():
            return None
        case _ if variable in names_in(tree):
            return None
        case _:
            return _stated(tree, "")


def _says_nothing(bound: StatedBound) -> bool:
    """Whether it only says that steps are counted."""
    return bound.direction is Direction.LOWER and _is_first_count(bound.expression)


def _is_first_count(node: Node) -> bool:
    return isinstance(node, Number) and node.value in (0, 1)


def _stated(expression: Node, sign: str) -> StatedBound:
    bare, rounding = _unrounded(expression)
    return StatedBound(
        expression=bare,
        direction=_DIRECTIONS.get(sign, Direction.UNSAID),
        strict=sign in ("<", ">"),
        rounding=rounding,
    )


def _unrounded(node: Node) -> tuple[Node, Rounding]:
    match node:
        case Call("ceil", (inner,)) | Call("floor", (Call("ceil", (inner,)),)):
            return inner, Rounding.UP
        case Call("floor", (inner,)):
            return inner, Rounding.DOWN
        case Add((Call("floor", (inner,)), other)) | Add((other, Call("floor", (inner,)))) if other == ONE:
            return inner, Rounding.BEYOND
        case Neg(Call("floor", (Neg(inner),))):
            return inner, Rounding.UP
        case Call("max", (first, second)) if _is_first_count(first) or _is_first_count(second):
            # steps are counted: a number of steps above 0 is rounded up to 1 at least
            inner, rounding = _unrounded(second if _is_first_count(first) else first)
            return inner, rounding or Rounding.UP
        case _:
            return node, Rounding.NONE
