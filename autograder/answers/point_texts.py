"""The entries of a set of points as people write them: lists, unions, sets with a condition, equations, words."""

from __future__ import annotations

import re

from autograder.answers.texts import as_text
from autograder.submission.written import Content

_REALS = (
    r"(?:\\mathbb\s*\{?\s*R\s*\}?|\\R|\\Reals|ℝ|R|reals?|any(?:thing)?|free|arbitrary|(?:a |any )?real(?: numbers?)?)"
)
_RANGE = re.compile(
    r"^(?:[,:|;]|\\mid|\\quad|\\;|such that|s\.t\.|with|where|for|all|any|every|each|real|∀|\\forall|\s|\\text\{[a-z ]*\})*"
    r"(?P<name>\\?[A-Za-z]+|[λαβθμ])?\s*(?:∈|\\in|in|is|=|real|\s)*" + _REALS + r"?\s*\.?$"
)
"""What may follow a family and says that its parameter is free: `: y in R`, `for all y`, `with t ∈ ℝ`, `y free`."""

_SAID_FREE = (
    r"(?:(?:for (?:all|any|every)|with|where|and)\s+)?\\?[a-z]+\s+(?:is\s+|in\s+|∈\s*)?"
    r"(?:free|arbitrary|any(?:thing)?|real|R(?![A-Za-z])|ℝ)"
)
_FREE_BETWEEN = re.compile(rf"(?:^|,\s*)\s*{_SAID_FREE}\s*(?=,)")
"""`x = 0, y arbitrary, z = 0`: words between the equations of a line."""

_FREELY = re.compile(rf",?\s+(?={_SAID_FREE})")
"""Between the equations of a line and the words that say which coordinate is free."""

_NAMED = re.compile(r"^\(\s*[a-z]\w*(?:\s*,\s*[a-z]\w*)+\s*\)\s*(?:=|∈|\\in)\s*(?=[(\[{\\])")
"""`(x, y, z) =` before a point."""


_WHERE = re.compile(
    r"^(?P<point>[(\[].*[)\]])\s*[,;:]?\s*(?:with|where|for|and)?\s*(?P<name>[a-zA-Z])\s*=\s*(?P<value>[^=<>,;]*(?:\([^()]*\)[^=<>,;]*)*)$",
    re.DOTALL,
)
"""A point in a letter of one's own, and what the letter is."""

_ANYTHING = re.compile(r"([(,]\s*)(?:any(?:thing| number| value)?|arbitrary|free|\*|ℝ)(?=\s*[,)])")
_FREE_LETTER = "t"
"""`(0, any, 0)`: a coordinate without a name of its own."""


def entries_of(content: Content, coordinates: tuple[str, ...]) -> list[str]:
    """The entries of an answer: the items of a list, the points of one text, or one dict by coordinate."""
    if isinstance(content, dict) and set(content) <= set(coordinates):
        return [", ".join(f"{name} = {as_text(value)}" for name, value in content.items())]
    if isinstance(content, dict):  # by names of the student's own: the line, the other point
        content = tuple(content.values())
    if isinstance(content, tuple):
        if content and all(isinstance(part, str) and not any(mark in part for mark in "(=[,;") for part in content):
            return [f"({', '.join(as_text(part) for part in content)})"]
        return [entry for part in content for entry in _entry(part, coordinates)]
    return [_bracketed(piece) for piece in _pieces(_without_braces(content))]


def _entry(part: Content, coordinates: tuple[str, ...]) -> list[str]:
    if isinstance(part, tuple):
        return [f"({', '.join(as_text(item) for item in part)})"]
    return entries_of(part, coordinates)


def _bracketed(text: str) -> str:
    """`0, y, 0` as a point; a point without its name, and without what says that its parameter is free."""
    text = _ANYTHING.sub(lambda found: f"{found[1]}{_FREE_LETTER}", _without_letters(_NAMED.sub("", text)))
    if "=" not in text and "(" not in text and "[" not in text and "," in text and "\\begin" not in text:
        return f"({text})"
    close = _first_close(text)
    if 0 <= close < len(text) - 1 and _RANGE.match(text[close + 1 :].strip()):
        return text[: close + 1]
    return _FREELY.split(_FREE_BETWEEN.sub("", text).strip(" ,"))[0]


def _without_letters(text: str) -> str:
    """`(-2c, c, 1/c) with c = 3` as `(-2(3), (3), 1/(3))`; anything else as it is."""
    found = _WHERE.match(text)
    if found is None:
        return text
    return re.sub(rf"(?<![A-Za-z\\_]){found['name']}(?![A-Za-z_])", lambda _: f"({found['value']})", found["point"])


def _first_close(text: str) -> int:
    """Where the bracket closes that the text opens with, -1 when it opens with none."""
    if text[:1] not in ("(", "["):
        return -1
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0:
            return at
    return -1


def _without_braces(text: str) -> str:
    r"""A list or set of points without its own brackets; unions as lists; `\left(` as `(`."""
    text = re.sub(r"\\(?:left|right|big|Big|bigl|bigr)(?![A-Za-z])", "", text.strip().strip("$").strip())
    text = re.sub(r"∪|\\cup(?![A-Za-z])|\s+(?:and|or)\s+(?=[({\[\\])", ";", text)
    pieces = []
    for piece in _pieces(text):
        for opening, closing in (("[", "]"), ("\\{", "\\}"), ("{", "}")):
            inner = piece.removeprefix(opening).removesuffix(closing).strip()
            if piece.startswith(opening) and piece.endswith(closing) and inner.startswith(("(", "[")):
                piece = inner  # noqa: PLW2901 - peeled once
        pieces.append(piece)
    return ";".join(pieces)


def _pieces(text: str) -> list[str]:
    """Entries between semicolons or lines, or between points, outside every bracket."""
    out, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        between_points = (
            char == "," and text[:at].rstrip().endswith((")", "]")) and text[at + 1 :].lstrip()[:1] in ("(", "[")
        )
        if depth == 0 and (char in ";\n" or between_points) and "\\begin" not in text[start:at]:
            out.append(text[start:at])
            start = at + 1
    out.append(text[start:])
    return [cleaned for piece in out if (cleaned := piece.strip().strip(",").strip())]
