"""An author's prompt for the page: what stands between dollar signs is typeset."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from autograder.report.page.markup import element, together

_MATH = re.compile(r"\$([^$]+)\$")
_SHORT = 32  # characters of LaTeX; a longer formula may be wider than a telephone and then scrolls by itself
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_ELEMENTS = frozenset({
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot", "mstyle", "msub", "msup", "msubsup",
    "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mpadded", "mphantom",
})  # fmt: skip
_CODE = re.compile(r"`([^`\n]+)`")


def prompt(text: str) -> Markup:
    """The prompt as HTML; only authors' own texts may come here, since LaTeX is parsed.

    >>> prompt("Find `x`.")
    Markup('Find <code>x</code>.')
    """
    pieces = _MATH.split(text)
    return together(*(_typeset(piece) if at % 2 else _plain(piece) for at, piece in enumerate(pieces)))


def _plain(text: str) -> Markup:
    pieces = _CODE.split(text)
    return together(*(element("code", piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)))


def _typeset(latex: str) -> Markup:
    from latex2mathml.converter import convert  # a student's kit has no prompts, and needs it not

    converted = convert(latex)
    if not _is_mathml(converted):
        return element("code", latex)
    typeset = Markup(converted)  # noqa: S704 - it was just seen to hold elements of MathML alone
    if len(latex) <= _SHORT:
        return typeset
    return element("span", typeset, class_="long", tabindex="0", role="group", aria_label="formula")


def _is_mathml(text: str) -> bool:
    """Whether a text is one formula and nothing else; the converter passes on what stands in LaTeX's text, also markup."""
    try:
        found = ET.fromstring(text)  # noqa: S314 - an author's own text, without a document type to expand
    except ET.ParseError:
        return False
    return all(node.tag.startswith(_NAMESPACE) and node.tag[len(_NAMESPACE) :] in _ELEMENTS for node in found.iter())
