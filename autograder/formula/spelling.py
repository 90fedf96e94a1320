r"""Names with their accents and subscripts: `sigma_l`, `\sigma_\ell`, `σₗ` and `\sigma^2_{l}` spell one name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.formula import alphabet

if TYPE_CHECKING:
    from autograder.formula.lexer import Lexer

OPERATORS = frozenset({"sum", "Sum", "prod", "Product", "log", "ln", "max", "min", "lim", "norm", "sqrt", "𝟙"})
"""Words whose subscript is a range or a base, not a part of their name."""

_COMMAND = re.compile(r"\\[A-Za-z]+", re.ASCII)
_PLAIN = re.compile(r"[A-Za-z0-9]+", re.ASCII)
_POWER = re.compile(r"\^(?:\d+|\\[A-Za-z]+|[A-Za-z](?![A-Za-z0-9]))", re.ASCII)
_CONDITION = re.compile(r"[<>≤≥=≠]|\\(?:le|ge|lt|gt|ne)(?:q|qslant)?(?![A-Za-z])")


def name(lexer: Lexer, base: str, end: int) -> None:
    """Emit a name token for `base`, together with the accents and subscripts behind it."""
    while lexer.peek(end) in alphabet.COMBINING and end < lexer.stop:
        base = accented(base, alphabet.COMBINING[lexer.text[end]])
        end += 1
    if base not in OPERATORS:
        base, end = _subscripts(lexer, base, end)
        base = _behind_the_power(lexer, base, end)
    lexer.emit("name", base, end)


def accented(base: str, accent: str) -> str:
    """The name of a letter with an accent: `ybar`, `theta_hat`; an accent over `w_t` belongs to `w`."""
    letter, sep, rest = base.partition("_")
    return (letter + "bar" if accent == "bar" else f"{letter}_{accent}") + sep + rest


def subscripted(base: str, subscript: str) -> str:
    """The name with a subscript, in braces when it is more than letters and digits."""
    subscript = {"ell": "l"}.get(subscript, subscript)
    plain = subscript.replace("_", "").isalnum() and subscript.isascii()
    return f"{base}_{subscript}" if plain else f"{base}_{{{subscript}}}"


def _subscripts(lexer: Lexer, base: str, end: int) -> tuple[str, int]:
    while end < lexer.stop:
        char = lexer.text[end]
        if char in alphabet.SUBSCRIPTS:
            stop = end
            while lexer.peek(stop) in alphabet.SUBSCRIPTS and stop < lexer.stop:
                stop += 1
            base = subscripted(base, "".join(alphabet.SUBSCRIPTS[c] for c in lexer.text[end:stop]))
            end = stop
        elif char == "_":
            found = _subscript(lexer, end + 1, base)
            if found is None:
                break
            base = subscripted(base, found[0]) if found[0] else base
            end = found[1]
        else:
            break
    return base, end


def _subscript(lexer: Lexer, at: int, base: str) -> tuple[str, int] | None:
    """The subscript that starts at `at` as canonical text, with the offset behind it; None when it is none."""
    while lexer.latex and lexer.peek(at) == " ":
        at += 1
    char = lexer.peek(at)
    if char in ("{", "("):
        stop = lexer.matching(at)
        if _CONDITION.search(lexer.text, at, stop):
            return None  # the condition of an indicator, or the range of a sum
        return _canonical(lexer, at + 1, stop), stop + 1
    command = _COMMAND.match(lexer.text, at, lexer.stop)
    if command:
        word, stop = command.group()[1:], command.end()
        while word in alphabet.FONTS and lexer.peek(stop) == " ":
            stop += 1
        if word in alphabet.FONTS and lexer.peek(stop) == "{":
            close = lexer.matching(stop)
            return _canonical(lexer, stop + 1, close), close + 1
        if word in alphabet.FONTS:
            return _subscript(lexer, stop, base) if lexer.peek(stop).isalnum() else None
        word = {"max": "max", "min": "min"}.get(word) or alphabet.GREEK_COMMANDS.get(word, "")
        return (word, stop) if word else None
    if char in alphabet.GREEK:
        return alphabet.GREEK[char], at + 1
    match = _PLAIN.match(lexer.text, at, lexer.stop)
    if match:
        return match.group(), match.end()
    ends = not char or char.isspace() or char in "*/+-,;)]}^@.='<>|"
    return ("", at) if ends and lexer.text[at - 1] == "_" and not _is_positive_part(lexer, at) else None


def _is_positive_part(lexer: Lexer, at: int) -> bool:
    """`z_+`: the sign is a subscript only when nothing that could be added follows."""
    return lexer.peek(at) == "+" and not lexer.text[at + 1 : lexer.stop].strip()


def _canonical(lexer: Lexer, start: int, stop: int) -> str:
    return "".join(token.text for token in lexer.window(start, stop))


def _behind_the_power(lexer: Lexer, base: str, end: int) -> str:
    r"""`\sigma^2_l` is sigma_l squared: the subscript behind the power belongs to the name."""
    if lexer.peek(end) != "^":
        return base
    if lexer.peek(end + 1) == "{":
        stop = lexer.matching(end + 1) + 1
    else:
        power = _POWER.match(lexer.text, end, lexer.stop)
        if power is None:
            return base
        stop = power.end()
    if lexer.peek(stop) != "_":
        return base
    found = _subscript(lexer, stop + 1, base)
    if found is None or not found[0]:
        return base
    lexer.taken[stop] = found[1]
    return subscripted(base, found[0])
