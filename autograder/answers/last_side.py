"""`first form = second form`: where a formula is asked and its own rearrangement is shown too, the last side counts."""

from __future__ import annotations

import re
from dataclasses import replace

from autograder.answers.asked_formula import AskedFormula
from autograder.answers.asked_lines import at_equals
from autograder.equality.decide import decide
from autograder.errors import Unreadable
from autograder.formula.read import Reading
from autograder.formula.shapes import elaborate
from autograder.symbols import SymbolTable

_BESIDE = re.compile(r"[,;\n]|\\\\|\b(?:where|with|let|given|using|for|if)\b")
"""Something stands beside the chain, such as a definition: what counts cannot be told."""
_SAID = "Of the sides joined by =, the last one was read."


def last_side(asked: AskedFormula, text: str, table: SymbolTable, *, seed: int = 0) -> Reading | None:
    """The last of several sides, when no side that can be read differs from it; else None.

    An equation between different things (`A x = b` where x is asked) is thus no answer, while a chain of steps is. What
    cannot be read may stand in between (`argmin ...`), and in front when it is a mere name for what is asked: of
    `2 w* = x = y` the last side would be another thing.
    """
    sides = at_equals(text)
    if _BESIDE.search(_outside_brackets(text)) or len(sides) < 2 or sides[-1].strip(" \t\n$.") in ("", "0"):
        return None
    final = _side(asked, text, sides, len(sides) - 1, table)
    if final is None:
        return None
    for place in range(len(sides) - 1):
        other = _side(asked, text, sides, place, table)
        if other is None and place == 0 and not _is_name(asked, sides[0], sides[-1], table):
            return None
        if other is not None and not _same(asked, other, final, table, seed):
            return None
    return replace(final, text=text, notices=(*final.notices, _SAID))


def _outside_brackets(text: str) -> str:
    kept, depth = [], 0
    for char in text:
        depth += char in "([{"
        kept.append(" " if depth else char)
        depth -= char in ")]}"
    return "".join(kept)


def _side(asked: AskedFormula, text: str, sides: list[str], place: int, table: SymbolTable) -> Reading | None:
    """One side, with spaces in place of the others, so that places in the text stay the same."""
    start = sum(len(side) + 1 for side in sides[:place])
    alone = " " * start + sides[place] + " " * (len(text) - start - len(sides[place]))
    try:
        return asked.read(alone, table)
    except Unreadable:
        return None


def _is_name(asked: AskedFormula, first: str, final: str, table: SymbolTable) -> bool:
    """Whether the first side is dropped as the name of what is asked when only the last one follows it."""
    try:
        asked.read(f"{first}={final}", table)
    except Unreadable:
        return False
    return True


def _same(asked: AskedFormula, other: Reading, final: Reading, table: SymbolTable, seed: int) -> bool:
    try:
        trees = [
            elaborate(side.tree, table, expected=asked.shape, row_or_column=asked.row_or_column)[0]
            for side in (other, final)
        ]
    except Unreadable:
        return False
    return not decide(trees[0], trees[1], table, seed=seed).different
