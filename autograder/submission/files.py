"""What a submission's files say: their code as text, and the answers in it; nothing here touches a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from autograder.errors import Unreadable
from autograder.report.plain import clean_line
from autograder.submission.decoding import decode
from autograder.submission.notebook import read_notebook
from autograder.submission.reading import Found, Problem, read_source
from autograder.submission.statements import MOST_WORDS, without_magics, words
from autograder.submission.written import Written

_SOURCE_SIZE = 1 << 19  # characters of one file or cell: a hundred times a long homework
_MARKDOWN_ANSWER = re.compile(r"^[ \t`>*-]*(q\d\w*)[ \t]*=(?!=)", re.MULTILINE)


def is_source(name: str) -> bool:
    """Whether a file is one that answers are read from."""
    return PurePosixPath(name).suffix.lower() in {".py", ".ipynb"}


def read_files(files: Mapping[str, bytes], found: Found) -> None:
    """Read every file that is a source; what is found and what is to be said of it goes to `found`."""
    left = MOST_WORDS
    for name, data in files.items():
        if is_source(name):
            left = _read_file(name, data, left, found)


def _read_file(name: str, data: bytes, left: int, found: Found) -> int:
    """Read one file and return how many words of source may still be parsed."""
    shown = clean_line(name)
    for place, source in _chunks(name, shown, data, found):
        size = words(source) if len(source) <= _SOURCE_SIZE else 0
        if size <= left and len(source) <= _SOURCE_SIZE:
            left -= size
            read_source(source, place, found)
            continue
        message = (
            f"its code is longer than the {_SOURCE_SIZE:,} characters allowed"
            if len(source) > _SOURCE_SIZE
            else f"with it there is more code than the {MOST_WORDS:,} names and signs that are read"
        )
        found.problems.append(Problem(where=place, message=f"not read: {message}. Hand in the answers alone."))
    return left


def _chunks(name: str, shown: str, data: bytes, found: Found) -> Iterator[tuple[str, str]]:
    """The pieces of code of a file with their places; what the reading itself has to say goes to `found`."""
    if name.lower().endswith(".py"):
        if not data.strip():
            found.problems.append(Problem(where=shown, message="the file is empty."))
        elif len(data) > 4 * _SOURCE_SIZE:  # no text of that length is short enough; do not even decode it
            message = f"not read: {len(data):,} bytes are too many for a file of answers."
            found.problems.append(Problem(where=shown, message=message))
        else:
            decoded = decode(data, shown)
            found.notices += decoded.notices
            yield shown, decoded.text
        return
    try:
        notebook = read_notebook(data, shown)
    except Unreadable as error:
        found.problems.append(Problem(where=shown, message=str(error)))
        return
    found.notices += notebook.notices
    for cell in notebook.cells:
        place = f"{shown}, cell {cell.number}"
        if cell.code:
            yield place, without_magics(cell.source)
        else:
            found.notices += [
                f"{place}: this is a text cell, so {answer} in it was not read. Move it to a code cell."
                for answer in dict.fromkeys(_MARKDOWN_ANSWER.findall(cell.source))
            ]


def last_of_each(found: Found) -> dict[str, Written]:
    """Of a name given twice the last counts, except that a blank never replaces an answer."""
    chosen: dict[str, Written] = {}
    for written in found.answers:
        before = chosen.get(written.name)
        if before is None or before.blank:
            chosen[written.name] = written
        elif written.trouble and not before.trouble:  # as a notebook computes what a file of answers states
            notice = f"{written.name} at {written.where} {written.trouble}; what is written at {before.where} counts."
            chosen[written.name] = replace(before, notices=(*before.notices, notice))
        elif not written.blank:
            notice = f"{written.name} is given twice, at {before.where} and at {written.where}; the last one counts."
            chosen[written.name] = replace(written, notices=(*written.notices, notice))
    return chosen
