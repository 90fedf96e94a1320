"""A result as a table for the terminal: one block per part, the same facts as everywhere."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import dataclass

from autograder.report.numbers import points, total, worth
from autograder.report.overview import Missing, blocks, is_missing, look_first, said_once
from autograder.report.plain import clean, clean_line
from autograder.report.seen import seen, seen_part
from autograder.verdict import PartResult, Result, Word

NARROWEST, WIDEST = 40, 120

_COLOURS = {Word.OK: "32", Word.NOT_YET: "31", Word.UNREADABLE: "33", Word.UNDECIDED: "36", Word.WAITING: "36"}
_WORD_WIDTH = max(map(len, Word)) + 2
_LABEL_WIDTH = len("you wrote") + 2
_INDENT = " " * 4
_QUOTED = 600  # characters of a student's own text; the file has all of it


def table(result: Result, *, width: int = 80, colour: bool = False, counted: bool = True) -> str:
    """The student's table.

    Args:
        result: what was found.
        width: columns of the terminal; kept between 40 and 120.
        colour: whether the verdict words are coloured; the words alone say everything.
        counted: whether there are points to show.
    """
    result = said_once(seen(result))
    width = max(NARROWEST, min(WIDEST, width))
    heading = clean_line(f"{result.assignment}: {result.title}")
    lines = [*_wrapped(heading, width), ""]
    widest = max((len(_id(part)) for part in result.parts), default=0)
    layout = _Layout(width=width, part_width=min(20, widest) + 2, colour=colour, counted=counted)
    for one in blocks(result):
        lines += layout.missing(one) if isinstance(one, Missing) else layout.part(one)
    if result.notices:
        lines += ["", "About your files"]
        for notice in result.notices:
            lines += _wrapped(clean_line(notice, 500), width, "  - ", "    ")
    if len(result.parts) > 1 and counted:
        first = [line for text in look_first(result) for line in _wrapped(clean_line(text, 2_000), width, "", "  ")]
        lines += ["", *first] if first else []
    lines += ["", *_wrapped(total(result), width), f"seed {result.seed}"] if counted else [""]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def block(part: PartResult, *, width: int = 80) -> str:
    """One part as it stands in the table, in plain text."""
    shown = seen_part(part)
    layout = _Layout(width=width, part_width=len(_id(part)) + 2, colour=False, counted=True)
    return "\n".join(line.rstrip() for line in layout.part(shown)) + "\n"


def _id(part: PartResult) -> str:
    return clean_line(part.part.partition("/")[2] or part.part, 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How blocks are set.

    Args:
        width: columns of the whole.
        part_width: columns of the parts' ids.
        colour: whether the verdict words are coloured.
        counted: whether there are points to show.
    """

    width: int
    part_width: int
    colour: bool
    counted: bool

    def part(self, part: PartResult) -> list[str]:
        """One part with its facts below."""
        lines = self._heading(part.verdict.word, _id(part), clean_line(part.title, 200), worth(part))
        for label, text in _facts(part):
            lines += _labelled(label, text, self.width)
        return lines

    def missing(self, block: Missing) -> list[str]:
        """Several parts without an answer, and how the first of them is given."""
        says, earned = clean_line(block.says, 1_000), f"0 of {points(block.points)}"
        lines = self._heading(Word.NOT_YET, block.problem, says, earned)
        return [*lines, *_labelled("first", clean(block.how, 300), self.width)]

    def _heading(self, word: Word, name: str, title: str, earned: str) -> list[str]:
        """The first line of a block, or lines where there is little room: word, id, title and points."""
        shown = f"{word:<{_WORD_WIDTH}}"
        if self.colour:
            shown = f"\x1b[{_COLOURS[word]}m{word}\x1b[0m" + " " * (_WORD_WIDTH - len(word))
        earned = earned if self.counted else ""
        head = f"{name:<{self.part_width}}"
        room = self.width - _WORD_WIDTH - self.part_width - len(earned) - 2
        if room < 12:  # too narrow for one line: the points move below the title
            return [shown + head.rstrip(), *_wrapped(title, self.width, _INDENT, _INDENT), _INDENT + earned]
        first, *rest = _wrapped(title, room) or [""]
        lines = [shown + head + _padded(first, room) + "  " + earned]
        return [*lines, *(" " * (_WORD_WIDTH + self.part_width) + more for more in rest)]


def _facts(part: PartResult) -> list[tuple[str, str]]:
    """The rows below a part's first line, in the order in which a student needs them."""
    verdict = part.verdict
    facts = [
        ("you wrote", clean(verdict.wrote, _QUOTED)),
        ("read as", clean(verdict.read_as, _QUOTED)),
        ("follows", clean_line(verdict.convention)),
        ("witness", clean(verdict.witness, _QUOTED)),
    ]
    facts += [("feedback" if n == 0 else "", clean(sentence, 1_500)) for n, sentence in enumerate(verdict.feedback)]
    if verdict.word is Word.NOT_YET and not is_missing(part):
        facts.append(("look at", clean_line(part.look)))
    facts += [("note", clean_line(notice, 500)) for notice in verdict.notices]
    return [(label, text) for label, text in facts if text.strip()]


def _labelled(label: str, text: str, width: int) -> list[str]:
    first = _INDENT + f"{label:<{_LABEL_WIDTH}}"
    later = " " * len(first)
    lines: list[str] = []
    rows = text.strip("\n").split("\n")
    for at, row in enumerate(rows):
        indent = later if lines else first
        # A caret stands below what it points at: these two lines keep their columns. All others wrap at spaces.
        pointed = any(_POINTER.fullmatch(other) for other in rows[at : at + 2]) and len(rows) > 1
        lines += _cut(row, width, indent, later) if pointed or not row.strip() else _wrapped(row, width, indent, later)
    return lines


_POINTER = re.compile(r" *\^+")


def _wrapped(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    if columns(text) > len(text):  # wide characters, which textwrap counts once
        width = len(later) + (width - len(later)) // 2
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=later, break_long_words=True, break_on_hyphens=False
    )


def _cut(line: str, width: int, first: str, later: str) -> list[str]:
    room = width - len(first)
    chunks = [line[start : start + room] for start in range(0, len(line), room)] or [""]
    return [(later if n else first) + chunk for n, chunk in enumerate(chunks)]


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - columns(text))


_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def columns(text: str) -> int:
    """How many columns a terminal gives a text: none to combining marks and colours, two to wide characters."""
    text = _ESCAPE.sub("", text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
