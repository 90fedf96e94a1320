"""The templates and what they may use: everything that is put into them is escaped, and a student's text is cleaned first."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.formula.measure import size_of_tree
from autograder.formula.tree import Node
from autograder.report.numbers import points, worth
from autograder.report.page.chart import chart, key, numbers
from autograder.report.page.markup import element, together
from autograder.report.page.mathml import formulas
from autograder.report.page.parse_tree import parse_tree
from autograder.report.plain import clean, clean_line
from autograder.verdict import Word

FOLDER = Path(__file__).parent / "templates"
_LONG = 12  # nodes of a formula that may be wider than a telephone, so that it must be scrolled, also by keyboard
_SENTENCE = 2_000
_CODE = re.compile(r"`([^`\n]{1,200})`")

_TONES = {Word.OK: "ok", Word.NOT_YET: "off", Word.UNREADABLE: "odd", Word.UNDECIDED: "open", Word.WAITING: "open"}
_SIGNS = {Word.OK: "✓", Word.NOT_YET: "×", Word.UNREADABLE: "?", Word.UNDECIDED: "≈", Word.WAITING: "…"}


def environment(*folders: Path) -> Environment:
    """The templates of this folder, and of further ones before it."""
    found = Environment(
        loader=FileSystemLoader([*folders, FOLDER]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        chart=chart,
        cleaned=clean,
        formulas=_formulas,
        is_long=_is_long,
        key=lambda series, place: key(place, series),
        line=clean_line,
        numbers=numbers,
        parse_tree=parse_tree,
        points=points,
        prose=prose,
        split_off=_split_off,
        sign=_SIGNS.__getitem__,
        tone=_TONES.__getitem__,
        worth=worth,
    )
    return found


def style(*sheets: str | Path) -> Markup:
    """Style sheets of ours, as they stand in the page: names in this folder, or paths."""
    texts = [(FOLDER / sheet).read_text(encoding="utf-8") for sheet in sheets]
    return Markup("\n".join(texts))  # noqa: S704 - our own files


def fingerprint(text: str) -> str:
    """How a content security policy names the one style or script that it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def prose(text: str) -> Markup:
    """A sentence, cleaned; what stands between back quotes is code.

    >>> prose("Call `f` <b>")
    Markup('Call <code>f</code> &lt;b&gt;')
    """
    pieces = _CODE.split(clean(text, _SENTENCE))
    return together(*(element("code", piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)))


def _split_off(text: str) -> tuple[str, str]:
    """A sentence, and the lines that keep their columns: a text over several lines is such lines, but for a first sentence."""
    first, _, rest = text.partition("\n")
    if not rest:
        return text, ""
    return (first, rest) if first.rstrip().endswith((".", "?", "!", ":")) else ("", text)


def _formulas(reading: Node | None) -> list[Markup]:
    return [] if reading is None else formulas(reading)


def _is_long(reading: Node) -> bool:
    return size_of_tree(reading)[0] > _LONG
