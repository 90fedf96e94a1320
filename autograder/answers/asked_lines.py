"""The lines of a derivation as people write them; no key is needed for it."""

from __future__ import annotations

import re

from autograder.answers.texts import as_text
from autograder.submission.written import Content
from autograder.symbols import SymbolTable

_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{(?:align|aligned|eqnarray|equation|gather|split|multline)\*?\}")

_MATH = re.compile(r"\$|(?<!\\)\\[\[\]()]")
"""`$`, `\\[` and `\\(` around a formula."""

_SPACED_BREAK = re.compile(r"\\\\\[-?[\d.]+\s*(?:pt|em|ex|mm|cm)\]")
"""The end of a LaTeX line with room behind it, `\\\\[4pt]`."""

_NUMBER = re.compile(r"^\(?\d{1,2}[.)]\s+")
"""The number of a line."""

_LABEL = re.compile(
    r"\\(?:hat|widehat|bar|tilde|vec|math(?:bf|rm|it)|text|boldsymbol|bm|top|star|ast)(?![A-Za-z])|[\s{}_^*\\$'|()\[\]]"
)
"""What may decorate a name."""


def lines_of(content: Content) -> list[str]:
    """The expressions of a derivation: a list, or one text with lines or `=` between them, also LaTeX `align`."""
    if isinstance(content, dict):
        content = tuple(content.values())
    if isinstance(content, tuple):
        return [line for part in content for line in lines_of(as_text(part))]
    text = _ENVIRONMENT.sub("\n", content).replace("&=", "=").replace("=&", "=").replace("$$", "\n")
    text = _MATH.sub(" ", _SPACED_BREAK.sub("\n", text))
    for arrow in ("\\Rightarrow", "\\implies", "\\iff", "⇒", "⟹", "=>", "\\equiv", "≡"):
        text = text.replace(arrow, "=")
    lines = []
    for line in text.replace("\\\\", "\n").split("\n"):
        for piece in at_equals(line):
            cleaned = _NUMBER.sub("", piece.strip().strip("&,;").strip())
            if cleaned:
                lines.append(cleaned)
    return lines


def is_label(piece: str, text: str, table: SymbolTable) -> bool:
    r"""Whether a piece of a text is only a name that nothing declares before an equality sign, as in `w_{MAP} = …`."""
    name = _LABEL.sub("", piece)
    if not name.isalnum() or name[0].isdigit() or name in table:
        return False
    return re.search(re.escape(piece) + r"\s*&?\s*:?=", text) is not None


def at_equals(line: str) -> list[str]:
    """A line split at the equality signs outside brackets (`axis=1` inside a call stays)."""
    out, depth, start = [], 0, 0
    for at, char in enumerate(line):
        depth += (char in "([{") - (char in ")]}")
        if char == "=" and depth == 0 and line[at - 1 : at] not in ("<", ">", "!"):
            out.append(line[start:at])
            start = at + 1
    return [*out, line[start:]]
