r"""A student's own name for the iterate: `m_{t+1} = a m_t + b`, where the question calls it `Ew`."""

from __future__ import annotations

import re

from autograder.errors import Unreadable
from autograder.formula import functions
from autograder.formula.lexer import tokenize
from autograder.formula.names import Names
from autograder.formula.tokens import Token
from autograder.symbols import SymbolTable

_ARROWS = ("=", ":=", "<-", "<")
_NEXT = re.compile(
    r"(?P<name>[A-Za-z]\w*?)(?:_\{?[tkni]\+1\}?|_new|_next|'|\^\+|\^\{?\([tkni]\+1\)\}?|\[[tkni]\+1\]|\([tkni]\+1\))"
)


def own_name(text: str, table: SymbolTable, iterate: str) -> str | None:
    """What a text calls the iterate, where it defines the next value of a name that the question does not know.

    None where the iterate's declared name is used too: two names may well be two things.

    Args:
        iterate: the iterate's canonical name.
    """
    try:
        tokens = tokenize(text)
    except Unreadable:
        return None
    at = next((place for place, token in enumerate(tokens) if token.is_sign(*_ARROWS)), 0)
    found = _NEXT.fullmatch("".join(token.text for token in tokens[:at]))
    if found is None:
        return None
    names = Names(table, text)
    name = found["name"]
    if name in functions.ALL or names.canonical(name) is not None:
        return None
    return None if any(_is(token, iterate, names) for token in tokens[at:]) else name


def _is(token: Token, iterate: str, names: Names) -> bool:
    return token.kind == "name" and names.canonical(token.text) == iterate
