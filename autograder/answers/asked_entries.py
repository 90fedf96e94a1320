"""The entries of a vector in the order that is asked for, however they are named; no key is needed for it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from autograder.answers.texts import as_text, parts_by_name, split_parts
from autograder.submission.written import Content, Written

_ROW_ENDS = re.compile(r"[\n;]+|(?<=\])\s*,\s*(?=\[)|(?<=\))\s*,\s*(?=\()")
"""Between two rows that stand one after the other, with or without brackets."""


def in_order(written: Written, by: tuple[str, ...]) -> Written | str:
    """The answer as a list, one by name put into the order of the names `by`; or one sentence on what is missing."""
    if not isinstance(written.content, dict):
        found = _labelled(written.content, by) or (None if by else _by_rows(written.content))
        return replace(written, content=found) if found else written
    if not by:
        return "Write the entries as a list, such as [a, b]."
    parts = parts_by_name(_by_variable(written.content, by), by)
    return parts if isinstance(parts, str) else replace(written, content=tuple(parts[name] for name in by))


def _labelled(content: Content, by: tuple[str, ...]) -> tuple[str, ...] | None:
    """The right-hand sides of `df/dx = …, df/dy = …` in the order of the variables; None where this is something else."""
    pieces = [as_text(part) for part in content] if isinstance(content, tuple) else split_parts(as_text(content))
    found: dict[str, str] = {}
    for piece in pieces:
        left, equals, right = piece.partition("=")
        names = [name for name in by if equals and _names_derivative(left, name)]
        if not names or names[0] in found:
            return None
        found[names[0]] = right.strip()
    return tuple(found[name] for name in by) if by and set(found) == set(by) else None


def _by_rows(content: Content) -> tuple[tuple[str, ...], ...] | None:
    """The rows of a matrix without brackets of its own: one per line, per text of a list, or between semicolons.

    A row may stand in brackets; None for anything else.
    """
    if isinstance(content, str) and not any(mark in content for mark in "\\&"):
        lines = [line for line in _ROW_ENDS.split(content) if line.strip()]
    elif isinstance(content, tuple):
        lines = [part for part in content if isinstance(part, str)]
    else:
        return None
    rows = [tuple(split_parts(line.strip().rstrip(",;"))) for line in lines]
    alike = len(rows) > 1 and len({*map(len, rows)}) == 1 and len(rows[0]) > 1
    whole = all(map(_is_balanced, lines)) and (isinstance(content, str) or len(lines) == len(content))
    return tuple(rows) if alike and whole else None


def _is_balanced(text: str) -> bool:
    """Whether every bracket is closed, and none before it is opened."""
    depth = 0
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            return False
    return depth == 0


def _by_variable(content: dict[str, Content], by: tuple[str, ...]) -> dict[str, Content]:
    """A dict by `df/dx` or `f_x` as one by `x`."""
    return {next((name for name in by if _names_derivative(key, name)), key): part for key, part in content.items()}


def _names_derivative(left: str, variable: str) -> bool:
    """Whether `df/dx`, `∂f/∂x`, a LaTeX fraction of these, `f_x` or `x` alone stands on the left."""
    left = unicodedata.normalize("NFKC", left)  # ₁ as 1
    plain = re.sub(r"[\s{}$&]", "", left).replace(r"\partial", "∂").replace(r"\frac", "")
    name = re.escape(variable.replace("_", ""))
    return re.fullmatch(rf"(?:[d∂]\w?/?[d∂]|[d∂]|\w_?)?{name}", plain.replace("_", "")) is not None
