"""An answer typed at a command line or into a page, without a file around it."""

from __future__ import annotations

import ast

from autograder.submission.constants import NotConstantError, Text, value_of
from autograder.submission.written import Content, Written


def typed(name: str, text: str, where: str) -> Written:
    """The answer as if it stood in a file: a Python list of strings or a dict as such, everything else as one text.

    >>> typed("q2c", '["I", "0"]', "page").content
    ('I', '0')
    >>> typed("q2_errors", "{10: {'ridge': 0.030}}", "page").content
    {'10': {'ridge': '0.030'}}
    >>> typed("q2c", "[I, 0]", "page").content
    '[I, 0]'
    """
    return Written(name=name, content=_content(text), where=where, source=text)


def _content(text: str) -> Content:
    source = text.strip()
    if source[:1] not in ("[", "{", "("):
        return text
    try:
        value = ast.literal_eval(source)
        node = ast.parse(source, mode="eval").body
        return value_of(node, Text.of(source)).content if value and _is_python(value) else text
    except (ValueError, SyntaxError, MemoryError, RecursionError, NotConstantError):
        return text


def _is_python(value: object) -> bool:
    """Whether a value can only be meant as Python: a dict, or texts in brackets; numbers in brackets are mathematics."""
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(part, str) or _is_python(part) for part in value)
    return isinstance(value, dict) and all(isinstance(key, str | int) for key in value)
