"""Domains of declared symbols: the relations of a declaration become bounds that do not contradict each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from autograder.errors import AuthorError, Unreadable
from autograder.formula.read import read
from autograder.formula.tree import ZERO, Call, Name, Node, Number, walk
from autograder.symbols import Bound, Symbol, SymbolTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`left sign right` as the author typed it in `item`."""

    left: str
    sign: str
    right: str
    item: str


def narrow(found: dict[str, Symbol], relations: list[Relation]) -> None:
    """Take relations into the domains of the symbols that they speak of.

    Raises:
        AuthorError: a bound cannot be read, two bounds contradict each other, or they go round in a circle.
    """
    table = SymbolTable(symbols=tuple(found.values()))
    for relation in relations:
        _narrow(found, table, relation)
        for name in (relation.left, relation.right):
            if name in found:
                _refuse_empty(found[name], relation.item)
    for name in found:
        _refuse_circle(found, name)


def _narrow(found: dict[str, Symbol], table: SymbolTable, relation: Relation) -> None:
    left, sign, right = relation.left, relation.sign, relation.right
    if sign in ("<", "<="):
        left, right, sign = right, left, {"<": ">", "<=": ">="}[sign]
    if sign == "!=":
        if left not in found or right != "0":
            raise AuthorError(f"{left} != {right} in {relation.item!r} is no domain. Only 'x != 0' can be declared.")
        found[left] = replace(found[left], nonzero=True)
    elif left in found:
        bound = Bound(value=_bound(right, table, relation.item), strict=sign == ">")
        found[left] = replace(found[left], lower=_tighter(found[left].lower, bound, "max"))
    else:
        bound = Bound(value=_bound(left, table, relation.item), strict=sign == ">")
        found[right] = replace(found[right], upper=_tighter(found[right].upper, bound, "min"))


def _bound(text: str, table: SymbolTable, item: str) -> Node:
    try:
        return read(text, table).tree
    except Unreadable as error:
        raise AuthorError(f"cannot read the bound {text!r} in {item!r}: {error}") from None


def _tighter(old: Bound | None, new: Bound, function: str) -> Bound:
    """Both bounds at once."""
    if old is None:
        return new
    if old.value == new.value:
        return Bound(value=new.value, strict=old.strict or new.strict)
    if isinstance(old.value, Number) and isinstance(new.value, Number):
        pick = max if function == "max" else min
        return old if pick(old.value.value, new.value.value) == old.value.value else new
    if old.value == ZERO and isinstance(new.value, Name):
        return new  # `sigma_l > 0, sigma_l > sigma_s`: the other symbol has a bound of its own
    return Bound(value=Call(function, (old.value, new.value)), strict=old.strict or new.strict)


def _refuse_empty(symbol: Symbol, item: str) -> None:
    lower, upper = symbol.lower, symbol.upper
    if lower is None or upper is None or not (isinstance(lower.value, Number) and isinstance(upper.value, Number)):
        return
    low, high = lower.value.value, upper.value.value
    if low > high or (low == high and (lower.strict or upper.strict)):
        raise AuthorError(
            f"no {symbol.name} lies above {low} and below {high} (declared in {item!r}). Mend one of the bounds."
        )


def _refuse_circle(found: dict[str, Symbol], name: str) -> None:
    """A bound may use other symbols, but not, through them, the symbol itself."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        symbol = found.get(waiting.pop())
        if symbol is None:
            continue
        for bound in (symbol.lower, symbol.upper):
            for node in walk(bound.value) if bound is not None else ():
                if isinstance(node, Name) and node.name == name:
                    raise AuthorError(f"the bounds of {name} go round in a circle. Declare each relation once.")
                if isinstance(node, Name) and node.name not in seen:
                    seen.add(node.name)
                    waiting.append(node.name)
