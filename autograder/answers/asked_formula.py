"""One formula as it is asked for: its shape and what may stand around it, without the key, so that students can have it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from autograder.answers.texts import pointing_into
from autograder.errors import Unreadable
from autograder.formula.errors import WrongKind
from autograder.formula.read import Reading, read
from autograder.formula.roles import CONDITION
from autograder.formula.shapes import Shape, elaborate
from autograder.formula.tree import (
    ZERO,
    Call,
    Interval,
    Name,
    Node,
    Number,
    Piecewise,
    Relation,
    Sequence,
    SetOf,
    Union,
    walk,
)
from autograder.symbols import SymbolTable

_AT_MOST = re.compile(
    r"[\s$]*(?:(?:is\s+)?(?:at\s+most|no\s+more\s+than|up\s+to)\b|[A-Za-z\\(){}_Φφ\s]{0,60}(?:<=|≤|\\leq?(?![A-Za-z])))"
)


_IN_PLACE = re.compile(
    r"^(?P<start>\s*\$?\s*(?P<name>\S+?)\s*[-+*])=(?!=)(?P<step>.+?)(?P<end>\s*[$;.]*\s*)$", re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFormula:
    """A formula that is asked for.

    Args:
        shape: of the value that is asked.
        targets: left-hand sides that may stand before it (`"w_t"`).
        row_or_column: whether a vector may lie as well as stand.
        without: functions that an answer may not use, since it is to say what they are (`"relu"`).
        at_most: whether a largest value is asked, so that `rank <= formula` and `at most formula` give it too.
        ignored: patterns of what may stand around the formula and says nothing of it (a remainder `+ o(d)`).
        in_place: names of the iterate, where one step is asked: `x -= step` is read as `x - (step)`.
    """

    shape: Shape
    targets: tuple[str, ...] = ()
    row_or_column: bool = False
    without: tuple[str, ...] = ()
    at_most: bool = False
    ignored: tuple[str, ...] = ()
    in_place: tuple[str, ...] = ()

    def read(self, text: str, table: SymbolTable) -> Reading:
        """The text as a formula of the right kind.

        Raises:
            Unreadable: it cannot be read, it is an inequality or a list where a formula is asked, or it uses a function
                that it is to define.
        """
        plain, left_out = self._without_ignored(self._written_out(text))
        with pointing_into(text):
            reading = without_remarks(self._reading(_limit(plain, table) if self.at_most else plain, table))
            require_formula(reading, is_vector=not self.shape.is_scalar)
            self._refuse_circles(reading)
        return replace(reading, notices=(*reading.notices, *(f"{said!r} was not read." for said in left_out)))

    def _written_out(self, text: str) -> str:
        """`theta -= step` as `theta -(step)`: what a program leaves in the variable, every character in its place."""
        found = _IN_PLACE.match(text) if self.in_place else None
        if found is None or found["name"].removeprefix("\\").replace("θ", "theta") not in self.in_place:
            return text
        return f"{found['start']}({found['step']}){found['end']}"

    def _without_ignored(self, text: str) -> tuple[str, list[str]]:
        """The text with spaces in place of what is ignored, so that every other character keeps its place."""
        left_out = []
        for pattern in self.ignored:
            found = re.search(pattern, text, re.IGNORECASE)
            if found and found[0].strip():
                left_out.append(found[0].strip())
                text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
        return text, left_out

    def _reading(self, text: str, table: SymbolTable) -> Reading:
        """The text as read; lines that make one formula of the shape that is asked belong together."""
        reading = read(text, table, targets=self.targets)
        loose = isinstance(reading.tree, Sequence) and not reading.tree.opening and not self.shape.is_scalar
        if not loose or "\n" not in text.strip():
            return reading
        try:
            whole = read(text.replace("\n", " "), table, targets=self.targets)
            elaborate(whole.tree, table, expected=self.shape, row_or_column=self.row_or_column)
        except Unreadable:
            return reading
        return replace(whole, text=text)

    def _refuse_circles(self, reading: Reading) -> None:
        for node in walk(reading.tree):
            if isinstance(node, Call) and node.function in self.without:
                cause = f"this uses {node.function}, and its definition is asked"
                raise _wrong_kind(reading, node, cause, "Write it out.")


def _limit(text: str, table: SymbolTable) -> str:
    """The text with spaces in the place of `rank <=` and `at most`, so that places in it stay the same."""
    found = _AT_MOST.match(text)
    if found is None or any(word in table for word in re.findall(r"[A-Za-z_]+", found[0])):
        return text
    return " " * len(found[0]) + text[len(found[0]) :]


def without_remarks(reading: Reading) -> Reading:
    """The formula of `formula, t >= 0` and of `gradient = 0`; cases side by side as one formula."""
    tree = _joined_cases(reading.tree)
    reading = replace(reading, tree=tree)
    kinds = [isinstance(item, CONDITION) for item in tree.items] if isinstance(tree, Sequence) else []
    if isinstance(tree, Sequence) and not tree.opening and len(kinds) > 1 and kinds[0] is False and all(kinds[1:]):
        said = "Only the formula counts; the condition behind it was left out."
        return replace(reading, tree=tree.items[0], notices=(*reading.notices, said))
    if isinstance(tree, Relation) and tree.signs == ("=",) and ZERO in tree.operands:
        other = tree.operands[0] if tree.operands[1] == ZERO else tree.operands[1]
        if not isinstance(other, Name | Number):
            return replace(reading, tree=other, notices=(*reading.notices, "The side that is not 0 was read."))
    return reading


def _joined_cases(tree: Node) -> Node:
    """`0 for x < 0, w for x > 0` as one distinction of cases."""
    if not isinstance(tree, Sequence) or tree.opening:
        return tree
    cases = [item for item in tree.items if isinstance(item, Piecewise) and item.otherwise is None]
    if len(cases) < len(tree.items):
        return tree
    return Piecewise(tuple(branch for case in cases for branch in case.branches), span=tree.span)


def require_formula(reading: Reading, *, is_vector: bool) -> None:
    """Refuse inequalities, sets and loose lists where a formula is asked.

    Raises:
        WrongKind: with what to type instead.
    """
    tree = reading.tree
    if isinstance(tree, Relation) and set(tree.signs) == {"="}:
        raise _wrong_kind(reading, tree, "this is an equation", "Write only its right-hand side.")
    if isinstance(tree, CONDITION):
        raise _wrong_kind(reading, tree, "this is an inequality, but a formula is asked", "Write the formula alone.")
    if isinstance(tree, Sequence) and len(tree.items) == 2 and not is_vector and tree.opening in ("(", "["):
        raise _wrong_kind(reading, tree, "this is a range, but one value is asked", "Write the formula alone.")
    if isinstance(tree, Sequence) and not is_vector:
        raise _wrong_kind(
            reading, tree, f"these are {len(tree.items)} formulas, but one is asked", "Write one formula."
        )
    for node in walk(tree):
        if isinstance(node, Interval | Union | SetOf):
            raise _wrong_kind(reading, node, "this is a set, but a formula is asked", "Write the formula alone.")


def _wrong_kind(reading: Reading, node: Node, cause: str, repair: str) -> WrongKind:
    start, end = node.span or (0, len(reading.text))
    return WrongKind(cause, text=reading.text, start=start, end=end, repair=repair)
