"""What to type instead of a name that nothing declares."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.formula.names import Names

LONGEST = 40
"""Longer names are no slip of the finger."""

_SAYINGS = {
    **dict.fromkeys(("argmin", "argmax", "arg"), "Write the function itself, without argmin."),
    "all": "Write the points alone; a letter of the question stands for every value.",
    "lim": "Write the limit itself.",
    "int": "Write the value of the integral.",
    **dict.fromkeys(("diff", "Derivative", "grad"), "Write the derivative out."),
    **dict.fromkeys(("lambda_max", "lambda_min", "cond", "kappa"), "Use the symbols of the question."),
    "O": "Write the number itself, without the O.",
    "t": "A transpose is written A^T.",
    **dict.fromkeys(("cov", "var", "Cov", "Var", "std"), "Write it out with means or sums."),
    **dict.fromkeys(("range", "for"), "Write a sum as sum(y[i], (i, 1, N))."),
}


def repair(names: Names, name: str, typed: str) -> str:
    """The sentence that follows "is not a symbol of this question"."""
    if len(name) > LONGEST:
        return _choices(names)
    known = names.known()
    pieces = _pieces(name, [*known, "I"])
    if pieces:
        return f"Did you mean {'*'.join(pieces)}? Write the * between names."
    power = re.fullmatch(r"([A-Za-z]+?)_?(\d+)", name)
    if power and names.canonical(power.group(1)):
        return f"Did you mean {power.group(1)}^{power.group(2)} or {power.group(1)}*{power.group(2)}?"
    if name.partition("_")[0] in _SAYINGS:
        return _SAYINGS[name.partition("_")[0]]
    close = _close(names, name, typed)
    return f"Did you mean {close}?" if close else _choices(names)


def repair_call(names: Names, name: str, known: frozenset[str]) -> str:
    """The sentence that follows "is neither a function nor a symbol"."""
    if name in _SAYINGS:
        return _SAYINGS[name]
    close = (
        difflib.get_close_matches(name, [*sorted(known), *names.known()], n=1, cutoff=0.6)
        if len(name) <= LONGEST
        else []
    )
    return f"Did you mean {close[0]}?" if close else _choices(names)


def _close(names: Names, name: str, typed: str) -> str:
    known = names.known()
    folded = {candidate.lower(): candidate for candidate in known}
    if name.lower() in folded:
        return folded[name.lower()]
    for texts, symbol in names.sequences:
        if texts[0] == name:
            return next((alias for alias in names.table[symbol].aliases if alias.startswith(name)), symbol)
    close = difflib.get_close_matches(name, known, 1, 0.6)
    if not close and typed.isascii() and len(name) > 1:
        close = [candidate for candidate in known if candidate.startswith(name)]
    return close[0] if close else ""


def _choices(names: Names) -> str:
    known = names.known()
    return f"You may use: {', '.join(known)}." if known else "This answer uses no symbols."


def _pieces(name: str, known: list[str]) -> list[str] | None:
    """The name as two or more known names one behind the other, the fewest, or None."""
    best: list[list[str] | None] = [[]] + [None] * len(name)
    for end in range(1, len(name) + 1):
        for candidate in known:
            before = best[end - len(candidate)] if candidate and name.endswith(candidate, 0, end) else None
            found = best[end]
            if before is not None and (found is None or len(before) + 1 < len(found)):
                best[end] = [*before, candidate]
    whole = best[-1]
    return whole if whole and len(whole) > 1 else None
