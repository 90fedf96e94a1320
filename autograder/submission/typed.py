"""An answer typed at a command line or into a page, without a file around it."""

from __future__ import annotations

import ast

from autograder.submission.written import Content, Written


def typed(name: str, text: str, where: str) -> Written:
    """The answer as if it stood in a file: a Python list or dict of strings as such, everything else as one text.

    >>> typed("q2c", '["I", "0"]', "page").content
    ('I', '0')
    >>> typed("q2c", "[I, 0]", "page").content
    '[I, 0]'
    """
    return Written(name=name, content=_content(text), where=where, source=text)


def _content(text: str) -> Content:
    try:
        value = ast.literal_eval(text) if text.lstrip()[:1] in ("[", "{", "(") else text
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return _as_content(value) if _is_content(value) else text


def _as_content(value: object) -> Content:
    if isinstance(value, list | tuple):
        return tuple(map(_as_content, value))
    if isinstance(value, dict):
        return {key: _as_content(part) for key, part in value.items()}
    return str(value)


def _is_content(value: object) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(_is_content(part) for part in value)
    if isinstance(value, dict):
        return bool(value) and all(isinstance(key, str) and _is_content(part) for key, part in value.items())
    return isinstance(value, str)
