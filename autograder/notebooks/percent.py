"""Notebooks written as Python text with `# %%` between the cells: the form in which an author keeps them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

_CELL = re.compile(r"^# %%[ ]*(\[markdown\])?[ ]*$", re.MULTILINE)
_SOLUTION = re.compile(r"^[ ]*# BEGIN SOLUTION\n(.*?)^[ ]*# END SOLUTION\n?", re.MULTILINE | re.DOTALL)
_MARKER = re.compile(r"^[ ]*# (?:BEGIN SOLUTION|END SOLUTION|YOUR CODE[^\n]*)\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its text, and whether it is code."""

    text: str
    code: bool


def read_percent(text: str) -> tuple[Cell, ...]:
    r"""The cells of a text.

    >>> read_percent("# %% [markdown]\n# A title\n\n# %%\nx = 1\n")
    (Cell(text='A title', code=False), Cell(text='x = 1', code=True))
    """
    parts = _CELL.split(text)
    cells = []
    for kind, body in zip(parts[1::2], parts[2::2], strict=True):
        stripped = body.strip("\n")
        if kind:
            stripped = "\n".join(line.removeprefix("#").removeprefix(" ") for line in stripped.split("\n"))
        cells.append(Cell(text=stripped, code=not kind))
    return tuple(cells)


def solved(text: str) -> str:
    """The text with its solutions, without the markers around them and without what was asked for there."""
    return _MARKER.sub("", text)


def blank(text: str) -> str:
    r"""The text without its solutions; a body that would be empty is `pass`.

    >>> print(blank("def f():\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION"), end="")
    def f():
        pass
    """
    return _SOLUTION.sub(_pass_of, text)


def _pass_of(match: re.Match[str]) -> str:
    first = match.group(1).split("\n")[0]
    indent = first[: len(first) - len(first.lstrip())]
    return f"{indent}pass\n" if indent else ""


def notebook_json(text: str) -> str:
    """The text of an `.ipynb` file of format 4.5 with these cells, without outputs; the same text gives the same bytes."""
    cells: list[dict[str, Any]] = []
    for number, cell in enumerate(read_percent(text)):
        identity = hashlib.sha256(f"{number}\n{cell.text}".encode()).hexdigest()[:8]
        entry: dict[str, Any] = {
            "cell_type": "code" if cell.code else "markdown",
            "id": identity,
            "metadata": {},
            "source": cell.text.splitlines(keepends=True),
        }
        if cell.code:
            entry |= {"execution_count": None, "outputs": []}
        cells.append(entry)
    document = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
