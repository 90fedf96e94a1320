r"""String literals as the student meant them: a forgotten `r` before the quotes costs nothing.

Python turns "\theta" into a tab and "heta", and refuses "\xi" altogether. A formula has neither tabs nor bells, so a lone
backslash before a letter can only be LaTeX.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings

# Lone backslashes (an even number before them) that cannot be meant as Python's own escapes.
_LATEX_COMMAND = re.compile(
    r"""
    (?<!\\) (?:\\\\)* \\
    (?: [A-MO-Zac-mo-qsvwyz]            # no escape of Python begins so, except those below
      | [abfrv]                         # bell, backspace, form feed, carriage return, vertical tab: never in a formula
      | t (?=[a-zA-Z])                  # \theta, \tau, \times; a tab stands before a blank or an end
      | n (?: u | abla | eq? | eg | ot | i | mid | ewline ) (?![a-zA-Z])
      | x (?![0-9a-fA-F]{2})            # \xi
      | u (?![0-9a-fA-F]{4})            # \upsilon
      | [,;!:{}|%_^ ]                   # \, \; \{ \| and other LaTeX spacing and brackets
    )
    """,
    re.VERBOSE,
)


def forgot_raw(literal: str) -> bool:
    r"""Whether one string literal, quotes included, has LaTeX backslashes but no `r` in front.

    >>> forgot_raw(r'"\theta"'), forgot_raw(r'r"\theta"'), forgot_raw(r'"\\theta"'), forgot_raw(r'"a\n"')
    (True, False, False, False)
    """
    prefix = literal[: len(literal) - len(literal.lstrip("rRbBuUfF"))]
    return not set(prefix) & set("rRbBfF") and _LATEX_COMMAND.search(literal) is not None


def string_value(source: str) -> tuple[str, bool] | None:
    """The text of one string expression: literals side by side, each quoted in its own way.

    Args:
        source: the expression as typed, without the name before it.

    Returns:
        The text, and whether an `r` was forgotten; None when this is not a run of string literals.
    """
    try:
        tokens = [
            token
            for token in tokenize.generate_tokens(io.StringIO(f"({source}\n)").readline)
            if token.type not in {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.ENDMARKER}
        ][1:-1]
    except (tokenize.TokenError, SyntaxError):
        return None
    if not tokens or any(token.type != tokenize.STRING for token in tokens):
        return None
    pieces: list[str] = []
    forgotten = False
    for token in tokens:
        raw = forgot_raw(token.string)
        value = _constant("r" + token.string.lstrip("uU")) if raw else _constant(token.string)
        if value is None:
            return None
        pieces.append(value)
        forgotten = forgotten or raw
    return "".join(pieces), forgotten


def _constant(literal: str) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "invalid escape sequence" is not the grader's news
            expression = ast.parse(literal, mode="eval").body
    except (SyntaxError, ValueError):
        return None
    return expression.value if isinstance(expression, ast.Constant) and isinstance(expression.value, str) else None
