"""A submission's written answers, from any mix of files: read statically, never executed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from autograder.errors import SubmissionError, Unreadable
from autograder.report.plain import clean_line
from autograder.sandbox.archive import read_archive
from autograder.sandbox.staging import MIB, Caps, Staged, read_folder
from autograder.submission.decoding import decode
from autograder.submission.notebook import read_notebook
from autograder.submission.reading import Found, Problem, read_source
from autograder.submission.statements import without_magics
from autograder.submission.written import Answers, Written

CAPS = Caps(
    file_size=64 * MIB, total_size=128 * MIB
)  # a notebook full of figures is large, and its answers still count
_SOURCE_SIZE = MIB // 2  # of one file or cell: a hundred times a long homework
_SOURCES_TOTAL = 4 * MIB  # parsing costs memory by the hundredfold
_MARKDOWN_ANSWER = re.compile(r"^[ \t`>*-]*(q\d\w*)[ \t]*=(?!=)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a student handed in.

    Args:
        answers: written answers by name; of a name given twice the last one that is not blank.
        files: every file by its relative path with `/`, for code answers.
        header: the assignment that the submission names itself, or None.
        notices: what the student should know about how it was read.
        problems: what could not be read, with its place.
    """

    answers: Answers
    files: Mapping[str, bytes]
    header: str | None = None
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def collect(path: Path, caps: Caps = CAPS) -> Submission:
    """Read a file, a folder or a zip.

    Raises:
        SubmissionError: there is nothing of that name, or nothing in it that can be read.
    """
    staged, root = _staged(path, caps)
    found = Found()
    for refusal in staged.refusals:
        advice = " Clear the notebook's outputs and save it." if refusal.name.endswith(".ipynb") else ""
        found.problems.append(Problem(where=refusal.name, message=f"not read: {refusal.reason}.{advice}"))
    sources = [name for name in staged.files if PurePosixPath(name).suffix.lower() in {".py", ".ipynb"}]
    if not sources:
        found.problems.append(_no_sources(root, staged))
    left = _SOURCES_TOTAL
    for name in sources:
        left = _read_file(name, staged.files[name], left, found)
    return Submission(
        answers=_last_of_each(found),
        files=staged.files,
        header=found.header,
        notices=tuple(found.notices),
        problems=tuple(found.problems),
    )


def _no_sources(root: str, staged: Staged) -> Problem:
    names = ", ".join(list(staged.files)[:5])
    held = f"it holds only {clean_line(names)}" if names else "it is empty"
    return Problem(where=root, message=f"there is no .py or .ipynb file to read; {held}. Hand in your answers file.")


def _staged(path: Path, caps: Caps) -> tuple[Staged, str]:
    shown = clean_line(str(path))
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SubmissionError(
            f"cannot read the submission {shown}: {reason}. Give a folder, a .zip, .py or .ipynb file."
        ) from None
    try:
        if stat.S_ISDIR(status.st_mode):
            return _with_archive(read_folder(path.resolve(), caps), caps), shown
        if stat.S_ISREG(status.st_mode) and path.suffix.lower() == ".zip":
            return read_archive(path.resolve(), caps), shown
        if stat.S_ISREG(status.st_mode) and path.suffix.lower() in {".py", ".ipynb"}:
            return _single(path, caps), shown
    except OSError as error:
        raise SubmissionError(f"cannot read the submission {shown}: {error.strerror}.") from None
    raise SubmissionError(f"cannot grade {shown}: give a folder, a .zip, a .py or an .ipynb file.")


def _single(path: Path, caps: Caps) -> Staged:
    # The path was typed by whoever runs the grader, so a link in it is theirs; a FIFO put there meanwhile must not block.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
        data = opened.read(caps.file_size + 1)
    if len(data) > caps.file_size:
        raise SubmissionError(
            f"{clean_line(path.name)} is larger than the {caps.file_size // MIB} MiB allowed. "
            "If it is a notebook, clear its outputs and save it."
        )
    return Staged(files={path.name: data})


def _with_archive(staged: Staged, caps: Caps) -> Staged:
    """A folder that holds one zip and no code is what the zip holds: many upload the archive that they made."""
    archives = [name for name in staged.files if name.lower().endswith(".zip")]
    code = [name for name in staged.files if name.lower().endswith((".py", ".ipynb"))]
    if code or len(archives) != 1:
        return staged
    inner = read_archive(staged.files[archives[0]], caps)
    return replace(inner, refusals=staged.refusals + inner.refusals)


def _read_file(name: str, data: bytes, left: int, found: Found) -> int:
    """Read one file and return how many characters of source may still be parsed."""
    shown = clean_line(name)
    for place, source in _chunks(name, shown, data, found):
        if len(source) > min(_SOURCE_SIZE, left):
            message = (
                f"not read: its code is longer than the {_SOURCE_SIZE:,} characters allowed. Hand in the answers alone."
            )
            found.problems.append(Problem(where=place, message=message))
            continue
        left -= len(source)
        read_source(source, place, found)
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


def _last_of_each(found: Found) -> dict[str, Written]:
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
