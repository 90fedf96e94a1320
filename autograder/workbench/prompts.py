"""An author's prompt for the page: what stands between dollar signs is typeset."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from autograder.report.page.markup import element, together

_MATH = re.compile(r"\$([^$]+)\$")
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

    return Markup(convert(latex))  # noqa: S704 - the converter escapes, and the text is the author's
