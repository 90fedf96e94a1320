"""LaTeX commands as tokens: fonts and spacing vanish, letters become names, signs become signs."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from autograder.formula import alphabet, spelling
from autograder.formula.errors import UnexpectedToken

if TYPE_CHECKING:
    from autograder.formula.lexer import Lexer

LINES = frozenset(
    {"align", "aligned", "alignat", "equation", "gather", "gathered", "split", "multline", "eqnarray", "displaymath",
     "math", "flalign"}
)  # fmt: skip
"""Environments that only set lines below each other."""

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL | re.ASCII)
_ARGUMENT = re.compile(r"\*?\s*\{[^{}]*\}")
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)\*?\}(?:\s*\{[clr|]*\})?", re.ASCII)
_CONTINUED = re.compile(
    r"\s*&?\s*(?:\\(?:quad|qquad|,|;)\s*)*(?:[=<>≤≥+−-]|\\(?:leq?|geq?|lt|gt|cdot|times)(?![A-Za-z]))"
)
_WORDS = re.compile(r"\\[A-Za-z]{2}")
_FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"})
_OPERAND_ENDS = frozenset({")", "]", "}", "'", "|", "||", ")|", ")||", "⊤", ">>", ".T", ")ceil", ")floor", "!"})
_DELIMITERS = (
    ("\\|", "||(", ")||"), ("\\Vert", "||(", ")||"), ("‖", "||(", ")||"), ("\\lVert", "||(", ")||"),
    ("\\rVert", "||(", ")||"), ("||", "||(", ")||"), ("|", "|(", ")|"), ("\\vert", "|(", ")|"),
    ("\\lvert", "|(", ")|"), ("\\rvert", "|(", ")|"), (".", "", ""),
)  # fmt: skip


def command(lexer: Lexer) -> None:
    r"""Read the command that stands next; outside LaTeX, `A\b` is the solution of A x = b."""
    match = _COMMAND.match(lexer.text, lexer.at, lexer.stop)
    if match is None:
        raise lexer.error(UnexpectedToken, "a backslash stands at the end", lexer.at, lexer.at + 1, "Remove it.")
    word, end = match.group()[1:], match.end()
    if word == "\\":
        _line_break(lexer, end)
    elif _divides(lexer, word):
        lexer.emit("sign", "\\", lexer.at + 1)
    elif word in ("left", "right"):
        _delimiter(lexer, word, end)
    elif word in alphabet.SPACING or word in ",;!:()[] \n\t>":
        lexer.skip(end)
    elif word in alphabet.FONTS or word in alphabet.ACCENTS:
        _styled(lexer, word, end)
    elif word in alphabet.ANNOTATIONS:
        annotation = _ARGUMENT.match(lexer.text, end, lexer.stop)
        lexer.skip(annotation.end() if annotation else end)
    elif word in ("begin", "end"):
        _environment(lexer, word, end)
    elif word in alphabet.COMMAND_SIGNS:
        lexer.emit("sign", alphabet.COMMAND_SIGNS[word], end)
    elif word in alphabet.GREEK_COMMANDS:
        spelling.name(lexer, alphabet.GREEK_COMMANDS[word], end)
    elif word in _FRACTIONS:
        lexer.emit("command", "frac", end)
    elif word in alphabet.COMMAND_WORDS:
        spelling.name(lexer, alphabet.COMMAND_WORDS[word], end)
    else:
        raise _unknown(lexer, match.group(), end)


def _divides(lexer: Lexer, word: str) -> bool:
    """Whether this backslash is MATLAB's division and not the beginning of a command."""
    if not lexer.tokens or _WORDS.search(lexer.text) is not None:
        return False
    before = lexer.tokens[-1]
    ends_operand = before.kind in ("name", "number") or before.is_sign(*_OPERAND_ENDS)
    if word in ("(", "["):
        closing = {"(": "\\)", "[": "\\]"}[word]
        return ends_operand and lexer.text.find(closing, lexer.at, lexer.stop) < 0
    return ends_operand and (word == " " or (len(word) == 1 and word.isalpha()))


def _line_break(lexer: Lexer, end: int) -> None:
    """The end of a row; in an aligned formula a line that begins with a sign goes on with the one before."""
    lines = lexer.environments and lexer.environments[-1] in LINES
    if lines and _CONTINUED.match(lexer.text, end, lexer.stop):
        lexer.skip(end)
    else:
        lexer.emit("sign", ";", end)


def _delimiter(lexer: Lexer, side: str, end: int) -> None:
    r"""The bracket behind `\left` or `\right`; bars get a direction from it."""
    while lexer.peek(end) == " ":
        end += 1
    for typed, opening, closing in _DELIMITERS:
        if lexer.text.startswith(typed, end, lexer.stop):
            sign = opening if side == "left" else closing
            if sign:
                lexer.emit("sign", sign, end + len(typed))
            else:
                lexer.skip(end + len(typed))
            return
    lexer.at, lexer.spaced = end, lexer.spaced or side == "left"


def _styled(lexer: Lexer, word: str, end: int) -> None:
    r"""A font or an accent around its argument: `\mathbf{x}`, `\bar y`, `\text{ and }`."""
    while lexer.peek(end) in (" ", "*") and end < lexer.stop:
        end += 1
    if lexer.peek(end) == "{":
        start, stop = end + 1, lexer.matching(end)
        behind = stop + 1
    else:
        inner = _COMMAND.match(lexer.text, end, lexer.stop) if lexer.peek(end) == "\\" else None
        start, stop = end, inner.end() if inner else min(end + 1, lexer.stop)
        behind = stop
    tokens = lexer.window(start, stop)
    if word in alphabet.BLACKBOARD and lexer.text[start:stop].strip() == "1":
        lexer.emit("name", "𝟙", behind)
    elif (
        word in alphabet.ACCENTS
        and lexer.text[start:stop].isalpha()
        and lexer.text[start:stop].isascii()
        and stop - start > 1
    ):
        lexer.emit("command", "overline", end)  # the mean of a product of letters
    elif len(tokens) == 1 and tokens[0].kind == "name":
        base = tokens[0].text
        spelling.name(
            lexer, spelling.accented(base, alphabet.ACCENTS[word]) if word in alphabet.ACCENTS else base, behind
        )
    elif word in alphabet.ACCENTS:
        lexer.emit("command", "overline", end)
    else:
        lexer.tokens.extend(tokens)
        lexer.skip(behind)


def _environment(lexer: Lexer, word: str, end: int) -> None:
    match = _ENVIRONMENT.match(lexer.text, end, lexer.stop)
    if match is None:
        raise lexer.error(
            UnexpectedToken, f"\\{word} needs the name of an environment", lexer.at, end,
            "Write \\begin{bmatrix} … \\end{bmatrix}.",
        )  # fmt: skip
    name = match.group(1)
    if word == "begin":
        lexer.environments.append(name)
    elif lexer.environments and lexer.environments[-1] == name:
        lexer.environments.pop()
    if name in LINES:
        lexer.skip(match.end())
    else:
        lexer.emit("command", f"{word} {name}", match.end())


def _unknown(lexer: Lexer, typed: str, end: int) -> UnexpectedToken:
    known = [*alphabet.GREEK_COMMANDS, *alphabet.COMMAND_SIGNS, *alphabet.COMMAND_WORDS, *_FRACTIONS, *alphabet.FONTS]
    close = difflib.get_close_matches(typed[1:41], known, 1, 0.7)
    hint = "Remove it, or write what it stands for; the solution of A x = b is solve(A, b)."
    repair = f"Did you mean \\{close[0]}?" if close else hint
    return lexer.error(UnexpectedToken, f"{typed[:40]} is not a command that formulas use", lexer.at, end, repair)
