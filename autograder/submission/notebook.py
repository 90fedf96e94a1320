"""The cells of a notebook: sources only; outputs, metadata and tags are never looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass

from autograder.errors import Unreadable
from autograder.submission.decoding import decode, normalised

_CONTAINERS = 500_000  # lists and objects; a notebook of 500 cells with figures has some ten thousand
_COMMAS = 4_000_000  # figures as text (plotly, pandas) have many numbers, but not more than this


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its number as counted from the top (1, 2, …), whether it is code, and its text."""

    number: int
    code: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """The cells in their order, and what the student should know about how they were read."""

    cells: tuple[Cell, ...]
    notices: tuple[str, ...] = ()


def read_notebook(data: bytes, name: str) -> Notebook:
    """Read the cells of an `.ipynb` file.

    Raises:
        Unreadable: the file is no notebook; the message says what it is instead.
    """
    if not data.strip():
        raise Unreadable("the file is empty", repair="Save the notebook again and hand in that file.")
    # Counting bytes is cheap; building millions of objects is what could use up the memory of a small container.
    if data.count(b"{") + data.count(b"[") > _CONTAINERS or data.count(b",") > _COMMAS:
        raise Unreadable("the notebook holds too much", repair="Clear all outputs, save and hand it in again.")
    decoded = decode(data, name)
    document = _parsed(decoded.text)
    notices = list(decoded.notices)
    if not isinstance(document, dict):
        raise _no_notebook()
    cells = document.get("cells")
    if not isinstance(cells, list) and (old := _cells_of_format_3(document)) is not None:
        cells = old
        notices.append(f"{name} is saved in the old notebook format 3; it was read, but save it with a newer Jupyter.")
    if not isinstance(cells, list):
        raise _no_notebook()
    return Notebook(cells=tuple(_cells(cells)), notices=tuple(notices))


def _parsed(text: str) -> object:
    try:
        document: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"this is not a notebook: it is not valid JSON (line {error.lineno}: {error.msg})",
            repair="Open it in Jupyter, save it and hand in that file.",
        ) from None
    except (RecursionError, ValueError):  # nested thousands deep, or an integer of thousands of digits
        raise _no_notebook() from None
    return document


def _no_notebook() -> Unreadable:
    return Unreadable(
        "this is not a notebook: it is JSON, but it holds no cells",
        repair="Open it in Jupyter, save it and hand in that file.",
    )


def _cells_of_format_3(document: dict[str, object]) -> list[object] | None:
    sheets = document.get("worksheets")
    if not isinstance(sheets, list):
        return None
    found: list[object] = []
    for sheet in sheets:
        if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list):
            found += sheet["cells"]
    return found


def _cells(raw: list[object]) -> list[Cell]:
    cells = []
    for number, cell in enumerate(raw, start=1):
        if not isinstance(cell, dict):
            continue
        source = cell.get("source", cell.get("input", ""))  # "input" in format 3
        if isinstance(source, list):
            source = "".join(piece for piece in source if isinstance(piece, str))
        if isinstance(source, str):
            cells.append(Cell(number=number, code=cell.get("cell_type") == "code", source=normalised(source)))
    return cells
