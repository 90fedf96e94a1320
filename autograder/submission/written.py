"""A student's written answer as found in a file: text with its place, never executed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Content: TypeAlias = "str | tuple[Content, ...] | dict[str, Content]"
"""A text, a list of contents, or contents by name. Numbers are kept as the text that was typed (`0.1` stays exact)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One top-level constant of a submission.

    Args:
        name: the answer's name (`q1a_path`).
        content: text, list or dict of texts; a formula typed without quotes is kept as its source text.
        where: file and line, or notebook and cell, for messages ("answers.py, line 12").
        notices: what the student should know ("given twice; the last counts").
        trouble: why there is no usable content (an f-string, a call, a lambda), else ""; completes "q1a …".
        source: the value as it was typed, quotes and brackets included, for readers that need it.
    """

    name: str
    content: Content
    where: str
    notices: tuple[str, ...] = ()
    trouble: str = ""
    source: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was answered (empty text, None, `...`, or only blanks within)."""
        return not self.trouble and _is_blank(self.content)


def _is_blank(content: Content) -> bool:
    if isinstance(content, str):
        return not content.strip() or content.strip() == "..."
    parts = content.values() if isinstance(content, dict) else content
    return all(_is_blank(part) for part in parts)


Answers = Mapping[str, Written]
"""Every written answer of a submission, by name."""
