"""A written answer as one formula text, whichever Python value the student wrote it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.errors import Unreadable
from autograder.submission.written import Content, Written

_SPACES = re.compile(r"\\(?:[,;:! ]|q?quad(?![A-Za-z]))|\\text\{\s*(?:and|,)?\s*\}")
"""LaTeX between two parts that only makes room."""

_AND = re.compile(r"(?:\\text\{\s*,?\s*and\s*\}|\band\b)\s*([^=:,;]{1,40}?)(?=\s*(?::=|=|:))")
"""An 'and', and what stands between it and the next sign of equality."""

_FONTS = re.compile(r"\\(?:math(?:bf|rm|it|sf|cal)|boldsymbol|bm|vec|text|operatorname)(?![A-Za-z])")


def as_text(content: Content) -> str:
    """A text as it is; a list as `[a, b]`, a list of lists as `[[a, b], [c, d]]`."""
    if isinstance(content, str):
        return content
    parts = content.values() if isinstance(content, dict) else content
    return "[" + ", ".join(as_text(part) for part in parts) + "]"


@contextmanager
def pointing_into(text: str) -> Iterator[None]:
    """Within it, errors point into the text as it was typed, not into one with a piece blanked out or a bracket added."""
    try:
        yield
    except Unreadable as error:
        if len(error.text) - len(text) in (0, 1):
            error.text, error.end = text, min(error.end, len(text))
        raise


def shown(written: Written) -> str:
    """What the student wrote, for showing it back."""
    content = written.content
    if isinstance(content, dict):
        return ", ".join(f"{name} = {as_text(part)}" for name, part in content.items())
    if isinstance(content, tuple):
        return "[" + ", ".join(as_text(part) for part in content) + "]"
    return content


def parts_by_name(content: Content, names: tuple[str, ...]) -> dict[str, str] | str:
    """The texts of several named parts: a list in their order, a dict by name, or one text `W1 = …, W2 = …`.

    Returns:
        The texts by name, or one sentence that says why they cannot be told apart.
    """
    if isinstance(content, dict):
        return _by_key(content, names)
    if isinstance(content, tuple):
        items = [as_text(part) for part in content]
    elif not content.strip():
        items = []
    else:
        items = split_parts(_commas_for_and(content, names))
    labelled = [_label(item, names) for item in items]
    if any(name for name, _ in labelled):
        found = {name: text for name, text in labelled if name}
        missing = [name for name in names if name not in found]
        if missing or len(labelled) != len(names):
            return f"Give each of {', '.join(names)} once; {', '.join(missing) or 'one'} is missing or not named."
        return found
    if len(items) != len(names):
        return f"{len(names)} parts are asked, in this order: {', '.join(names)}. There {_are(len(items))}."
    return dict(zip(names, items, strict=True))


def _commas_for_and(text: str, names: tuple[str, ...]) -> str:
    """`W1 = I and c = 0` with a comma in the place of an 'and' that a part's name follows; others join conditions."""
    wanted = {_plain(name) for name in names}
    return _AND.sub(lambda found: f", {found[1]}" if _plain(found[1]) in wanted else found[0], text)


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}"


def _by_key(content: dict[str, Content], names: tuple[str, ...]) -> dict[str, str] | str:
    wanted = {_plain(name): name for name in names}
    found = {wanted[_plain(key)]: as_text(part) for key, part in content.items() if _plain(key) in wanted}
    missing = [name for name in names if name not in found]
    if missing:
        return f"Give each of {', '.join(names)} under its name; {', '.join(missing)} is missing."
    return found


def _plain(name: str) -> str:
    name = _FONTS.sub("", name)
    for old, new in (("^{T}", "^T"), ("^\\top", "^T"), ("^{\\top}", "^T"), ("'", "^T"), ("ᵀ", "^T"), (".T", "^T")):
        name = name.replace(old, new)
    return "".join(char for char in name if char not in "_{}\\ $*@·^")


def _label(item: str, names: tuple[str, ...]) -> tuple[str | None, str]:
    """`W1 = I` as the name W1 and the text I; an item without such a label as it is."""
    for sign in (":=", "=", ":"):
        left, found, right = item.partition(sign)
        if found:
            for name in names:
                if _plain(left) == _plain(name):
                    return name, right.strip()
    return None, item


def split_parts(text: str) -> list[str]:
    """The parts of a text between commas, semicolons or lines outside brackets; one pair of list brackets is peeled."""
    text = _SPACES.sub(" ", text).strip().strip("$").strip()
    if text[:1] == "[" and text[-1:] == "]" and _closes_at_end(text):
        text = text[1:-1]
    elif text[:2] == "\\{" and text[-2:] == "\\}":
        text = text[2:-2]
    elif text[:1] in ("(", "{") and _closes_at_end(text) and _top_level(text[1:-1], ","):
        text = text[1:-1]
    for separators in (";\n", ",", "\n"):
        pieces = _top_level(text, separators)
        if len(pieces) > 1:
            return pieces
    return [text.strip()]


def _top_level(text: str, separators: str) -> list[str]:
    out, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char in separators and depth == 0:
            out.append(text[start:at].strip())
            start = at + 1
    out.append(text[start:].strip())
    return [piece for piece in out if piece]


def _closes_at_end(text: str) -> bool:
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0:
            return at == len(text) - 1
    return False
