"""A submission's written answers, from any mix of files: read statically, never executed."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.errors import SubmissionError
from autograder.report.plain import clean_line
from autograder.sandbox.archive import read_archive
from autograder.sandbox.staging import MIB, Caps, Staged, read_folder
from autograder.submission.files import is_source, last_of_each, read_files
from autograder.submission.reading import Found, Problem
from autograder.submission.written import Answers

CAPS = Caps(
    file_size=64 * MIB, total_size=128 * MIB
)  # a notebook full of figures is large, and its answers still count
_MOST_NOTICES = 100


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
    return collected(*stage(path, caps))


def collected(staged: Staged, root: str) -> Submission:
    """Read files that are in memory already; `root` names the whole in messages."""
    found = Found()
    for refusal in staged.refusals:
        advice = " Clear the notebook's outputs and save it." if refusal.name.endswith(".ipynb") else ""
        found.problems.append(Problem(where=refusal.name, message=f"not read: {refusal.reason}.{advice}"))
    if not any(is_source(name) for name in staged.files):
        found.problems.append(_no_sources(root, staged))
    read_files(staged.files, found)
    return Submission(
        answers=last_of_each(found),
        files=staged.files,
        header=found.header,
        notices=_first(found.notices),
        problems=_first_problems(found.problems),
    )


def _first(notices: list[str]) -> tuple[str, ...]:
    """What can be read: a file of ten thousand slips gives as many notices."""
    more = len(notices) - _MOST_NOTICES
    return (*notices[:_MOST_NOTICES], *([f"{more:,} further notices of this kind were left out."] if more > 0 else ()))


def _first_problems(problems: list[Problem]) -> tuple[Problem, ...]:
    more = len(problems) - _MOST_NOTICES
    rest = Problem(where="the submission", message=f"{more:,} further problems of this kind were left out.")
    return (*problems[:_MOST_NOTICES], *([rest] if more > 0 else ()))


def _no_sources(root: str, staged: Staged) -> Problem:
    names = ", ".join(list(staged.files)[:5])
    held = f"it holds only {clean_line(names)}" if names else "it is empty"
    return Problem(where=root, message=f"there is no .py or .ipynb file to read; {held}. Hand in your answers file.")


def stage(path: Path, caps: Caps = CAPS) -> tuple[Staged, str]:
    """Take a file, a folder or a zip into memory, unread, with a name for it in messages.

    Raises:
        SubmissionError: there is nothing of that name, or it is of another kind.
    """
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
            return with_archive(read_folder(path.resolve(), caps), caps), shown
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


def with_archive(staged: Staged, caps: Caps = CAPS) -> Staged:
    """A folder that holds one zip and no code is what the zip holds: many upload the archive that they made."""
    archives = [name for name in staged.files if name.lower().endswith(".zip")]
    code = [name for name in staged.files if name.lower().endswith((".py", ".ipynb"))]
    if code or len(archives) != 1:
        return staged
    inner = read_archive(staged.files[archives[0]], caps)
    return replace(inner, refusals=staged.refusals + inner.refusals)
