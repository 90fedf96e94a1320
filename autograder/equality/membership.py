"""Sets of values of one variable as conditions on it, whatever form the set was typed in."""

from __future__ import annotations

from typing import cast

from autograder.formula.rewrite import substitute
from autograder.formula.tree import (
    And,
    Assigned,
    Constant,
    Interval,
    Member,
    Name,
    Neg,
    Node,
    Not,
    Or,
    Relation,
    RelationSign,
    Sequence,
    SetOf,
    Union,
    walk,
)  # fmt: skip

TYPES_OF_CONDITION = (Relation, And, Or, Not, Member)
TYPES_OF_SET = (Interval, Union, SetOf)


class NotASet(Exception):
    """The tree says nothing that could be a set of values; the message is one clause."""


def condition_of(tree: Node, variable: str) -> Node:
    """The condition on `variable` that a typed answer means.

    Intervals, unions, `{x | …}` and memberships become inequalities; a bare expression is an upper bound, as where
    positivity is given; a list in braces is the set of its items. The result holds only relations, `And`, `Or`, `Not`.

    Raises:
        NotASet: the tree is no condition and no set.
    """
    subject = Name(variable)
    match tree:
        case And(args) | Or(args):
            return type(tree)(tuple(_clause(arg, variable) for arg in args))
        case Not(arg):
            return Not(_clause(arg, variable))
        case Member(element, container):
            return _belongs(element, container, variable)
        case Relation(operands, signs):
            return _relation(operands, signs, variable)
        case Assigned(value=value):
            return condition_of(value, variable)
        case Sequence(items, opening, _) if opening in ("", "{") and any(
            isinstance(i, TYPES_OF_CONDITION) for i in items
        ):
            return And(tuple(_clause(item, variable) for item in items))
        case Interval() | Union() | SetOf() | Sequence():
            return _belongs(subject, tree, variable)
        case _ if _mentions(tree, variable):
            raise NotASet(f"it is an expression in {variable}, but says nothing of which {variable} are meant")
        case _:
            return Relation((subject, tree), ("<",))


def _clause(node: Node, variable: str) -> Node:
    """A part of a condition; bare expressions have no meaning there."""
    if isinstance(node, (*TYPES_OF_CONDITION, *TYPES_OF_SET, Sequence)):
        return condition_of(node, variable)
    raise NotASet("one of its parts is an expression where an inequality is needed")


def _relation(operands: tuple[Node, ...], signs: tuple[RelationSign, ...], variable: str) -> Node:
    if len(operands) == 2 and signs == ("=",):
        for element, container in (operands, operands[::-1]):
            if isinstance(container, (*TYPES_OF_SET, Sequence)):
                return _belongs(element, container, variable)
    if any(isinstance(operand, (*TYPES_OF_CONDITION, *TYPES_OF_SET, Sequence)) for operand in operands):
        raise NotASet("it compares things that are not numbers")
    kept = [(a, sign, b) for a, sign, b in zip(operands, signs, operands[1:], strict=False) if not _endless(a, sign, b)]
    if len(kept) == len(signs):
        return Relation(operands, signs)
    return And(tuple(Relation((a, b), (sign,)) for a, sign, b in kept))


def _endless(left: Node, sign: RelationSign, right: Node) -> bool:
    """Whether a link of a chain only says that something is below or above infinity, which it always is."""
    low, high = (left, right) if sign in ("<", "<=") else (right, left)
    return sign in ("<", "<=", ">", ">=") and (_infinity(low) < 0 or _infinity(high) > 0)


def _infinity(node: Node) -> int:
    match node:
        case Constant("oo"):
            return 1
        case Neg(arg):
            return -_infinity(arg)
        case _:
            return 0


def _belongs(element: Node, container: Node, variable: str) -> Node:
    match container:
        case Interval(low, high, low_closed, high_closed):
            return _between(element, (low, high), (low_closed, high_closed))
        case Union(args):
            return Or(tuple(_belongs(element, arg, variable) for arg in args))
        case SetOf(Member(inner, domain), condition):
            return And((_belongs(element, SetOf(inner, condition), variable), _belongs(element, domain, variable)))
        case SetOf(Name(name), condition):
            # the letter of {x | …} is bound; it may be any
            return condition_of(substitute(condition, name, element), variable)
        case Sequence((low, high), opening, closing) if opening != "{" and closing != "}":
            return _between(element, (low, high), (opening == "[", closing == "]"))
        case Sequence(items, "{" | "", _):
            return Or(tuple(Relation((element, item), ("=",)) for item in items))
        case Relation() | And() | Or() | Not() | Member():
            return condition_of(container, variable)
        case _:
            raise NotASet("it is no interval: an interval has two ends")


def _between(element: Node, ends: tuple[Node, Node], closed: tuple[bool, bool]) -> Node:
    signs = tuple("<=" if is_closed else "<" for is_closed in closed)
    return _relation((ends[0], element, ends[1]), cast("tuple[RelationSign, ...]", signs), "")


def _mentions(tree: Node, name: str) -> bool:
    return any(isinstance(node, Name) and node.name == name for node in walk(tree))
