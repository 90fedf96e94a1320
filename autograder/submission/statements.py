"""Source code cut into top-level statements, also where a part of it does not parse.

One slip of the keyboard must not cost a student the answers above and below it. Code that parses as a whole is taken as a
whole. Otherwise it is cut at the lines on which a new top-level statement begins, and each piece is parsed by itself.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

_ASSIGNS_ANSWER = re.compile(r"q\d\w*\s*(?:,\s*q\d\w*\s*)*(?::[^=\n]*)?=(?!=)")
_DETECTED = re.compile(r" \(detected at line \d+\)| on line \d+")  # counted in the piece, not in the file
_MAGIC = re.compile(r"[ \t]*(?:[%!?]|[\w.]+\?{1,2}[ \t]*$)")
_CONTINUES = re.compile(r"(?:[ \t]|$|#|(?:else|elif|except|finally)\b)")
_MOST_PIECES = 2000
_MOST_FAILURES = 60
_SMALL = 20_000  # characters of a text whose trees may be kept
"""Beyond so many pieces nothing more is rescued: a file made of broken lines must not hold the grader up."""

PYTHON = f"Python {sys.version_info.major}.{sys.version_info.minor}"
"""What code is read as: a student's own may be newer."""

_PYTHON_CELL_MAGICS = frozenset({"time", "timeit", "capture", "prun", "python", "python3"})


MOST_WORDS = 150_000
"""Names, numbers and signs of all code that is read, fifty times a long homework. A tree takes up to a kilobyte for each,
and the machine may have no more than a few hundred megabytes."""

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some top-level statements: their text, the number of lines before them, and their trees unless they fail to parse.

    Args:
        text: source code without magics.
        before: lines of the file above this piece.
        body: the statements, or None.
        error: why they do not parse, else "".
        line: line of the file on which the error was found, else 0.
    """

    text: str
    before: int
    body: tuple[ast.stmt, ...] | None
    error: str = ""
    line: int = 0


def words(text: str) -> int:
    """How many names, numbers and signs a text has, which bounds what parsing it may cost."""
    return sum(1 for _ in _WORD.finditer(text))


def is_too_long(text: str) -> bool:
    """Whether a text has more code than is read."""
    return len(text) > MOST_WORDS and words(text) > MOST_WORDS


def parse(text: str, before: int = 0) -> Piece:
    """Parse source code without executing or ever crashing on it; its trees are shared and must not be changed.

    A file is looked at for answers, for functions, for imports and for its likeness to others, each time from its text.
    """
    return _parsed_once(text, before) if len(text) <= _SMALL else _parsed(text, before)


def _parsed(text: str, before: int) -> Piece:
    if is_too_long(text):
        error = f"there is more code than the {MOST_WORDS:,} names and signs that are read"
        return Piece(text=text, before=before, body=None, error=error, line=before + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a student's "\s" is not the grader's news
            body = tuple(ast.parse(text).body)
    except SyntaxError as error:
        line = before + min(max(error.lineno or 1, 1), text.count("\n") + 1)
        cause = _DETECTED.sub("", error.msg)
        return Piece(text=text, before=before, body=None, error=cause, line=line)
    except (MemoryError, RecursionError):  # how the parser reports brackets or signs nested thousands deep
        return Piece(text=text, before=before, body=None, error="nested too deep", line=before + 1)
    except ValueError as error:
        return Piece(text=text, before=before, body=None, error=str(error), line=before + 1)
    return Piece(text=text, before=before, body=body)


_parsed_once = lru_cache(maxsize=4)(_parsed)


def pieces(text: str) -> tuple[Piece, ...]:
    """The statements of a file or cell: one piece when all of it parses, else as many as are needed to save the rest."""
    whole = parse(text)
    if whole.body is not None or is_too_long(text):
        return (whole,)
    found: list[Piece] = []
    failures = 0
    for piece in _each(text):
        failures += piece.body is None
        if failures > _MOST_FAILURES or len(found) >= _MOST_PIECES:
            said = "too many lines above cannot be read; from here on the file was left out"
            found.append(replace(piece, body=None, error=said, line=piece.before + 1))
            break
        found.append(piece)
    return tuple(found)


def _each(text: str) -> Iterator[Piece]:
    for start, block in _blocks(text):
        piece = parse(block, start)
        if piece.body is not None:
            yield piece
        else:
            yield from _rescued(piece)


def _rescued(piece: Piece) -> Iterator[Piece]:
    """Cut a block that does not parse at the lines that begin another answer: a bracket or quote was never closed."""
    lines = piece.text.split("\n")
    starts = [number for number, line in enumerate(lines) if number == 0 or _ASSIGNS_ANSWER.match(line)]
    if len(starts) == 1:
        yield from _by_line(piece)
        return
    ends = [*starts[1:], len(lines)]
    for start, end in zip(starts, ends, strict=True):
        # With the open bracket gone, the statements behind the answer can be told apart again.
        for above, text in _blocks("\n".join(lines[start:end])):
            part = parse(text, piece.before + start + above)
            if part.body is not None:
                yield part
            else:
                yield from _by_line(part)


def _by_line(piece: Piece) -> Iterator[Piece]:
    """Cut an answer from indented lines below it, which have no business there but may be answers too."""
    if not _ASSIGNS_ANSWER.match(piece.text.lstrip()):
        yield piece
        return
    parts: list[tuple[int, list[str]]] = []
    for number, (line, fresh) in enumerate(_lines(piece.text)):
        if fresh and (line.strip() or not parts):
            parts.append((number, [line.lstrip()]))
        else:
            parts[-1][1].append(line)
    for number, lines in parts:
        yield parse("\n".join(lines), piece.before + number)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The text cut before each line that begins a top-level statement, as (lines above, block)."""
    start = 0
    block: list[str] = []
    for number, (line, fresh) in enumerate(_lines(text)):
        if block and fresh and not _CONTINUES.match(line):
            yield start, "\n".join(block)
            start, block = number, []
        block.append(line)
    if block:
        yield start, "\n".join(block)


def without_magics(text: str) -> str:
    """A cell with the lines that are IPython's, not Python's (`%run`, `!ls`, `np.dot?`), made harmless.

    The lines stay in place, so that line numbers hold. A cell in another language (`%%bash`) becomes empty.
    """
    first = re.match(r"\s*%%(\w*)[^\n]*", text)
    if first and first.group(1) not in _PYTHON_CELL_MAGICS:
        return ""
    kept = []
    for line, fresh in _lines(text):
        magic = fresh and _MAGIC.match(line)
        indent = line[: len(line) - len(line.lstrip())]
        kept.append(f"{indent}pass" if magic else line)
    return "\n".join(kept)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it begins outside of every bracket and string."""
    depth = 0
    quote = ""  # the triple quotes that are open
    continued = False
    for line in text.split("\n"):
        yield line, not depth and not quote and not continued
        depth, quote = _after(line, depth, quote)
        continued = not quote and line.endswith("\\")


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets and which triple quotes are open behind a line, given what was open before it."""
    position = 0
    while position < len(line):
        if quote:
            end = _closing(line, position, quote)
            if end < 0:
                return depth, quote if len(quote) == 3 else ""  # a plain quote cannot go beyond its line
            position, quote = end, ""
            continue
        character = line[position]
        if character == "#":
            break
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth = max(0, depth - 1)
        elif character in "\"'":
            quote = character * 3 if line.startswith(character * 3, position) else character
            position += len(quote) - 1
        position += 1
    return depth, quote if len(quote) == 3 else ""


def _closing(line: str, position: int, quote: str) -> int:
    """The offset behind the quotes that close a string, or -1 when this line does not."""
    while position < len(line):
        if line[position] == "\\":
            position += 2
        elif line.startswith(quote, position):
            return position + len(quote)
        else:
            position += 1
    return -1
