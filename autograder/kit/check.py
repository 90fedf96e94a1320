"""`python check.py`: reads a folder of answers and prints how each was read and what the statement says of it."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from autograder.kit.codec import from_json
from autograder.kit.part import Part, Statements
from autograder.kit.trial import try_part
from autograder.report.terminal import table
from autograder.submission.files import is_source, last_of_each, read_files
from autograder.submission.program import sources
from autograder.submission.reading import Found
from autograder.verdict import PartResult, Result, Word

STATEMENTS = "statements.json"
_LARGEST = 64 << 20  # bytes of one file


def main(home: Path, arguments: Sequence[str]) -> int:
    """Check a folder, by default `submission/` beside the kit; only the parts named, by default all.

    Args:
        home: the folder that holds `statements.json`.
        arguments: ids of parts ("1a.path"), or one folder or file of answers.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without sigma must not end it
    statements: Statements = from_json(json.loads((home / STATEMENTS).read_text(encoding="utf-8")))
    ids = {part.id for part in statements.parts}
    places = [argument for argument in arguments if argument not in ids]
    folder = Path(places[0]) if places else home.parent / "submission"
    if len(places) > 1 or not folder.exists():
        print(
            f"check: {places[-1] if places else folder} is neither a part nor a folder with answers.", file=sys.stderr
        )
        print(f"check: the parts are {', '.join(part.id for part in statements.parts)}.", file=sys.stderr)
        return 2
    chosen = [part for part in statements.parts if part.id in arguments or not ids & set(arguments)]
    result = check(statements, chosen, _files(folder))
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    print(table(result, width=shutil.get_terminal_size().columns, colour=colour, counted=False), end="")
    print(_ending(result))
    return 0


def check(statements: Statements, parts: Sequence[Part], files: dict[str, bytes]) -> Result:
    """What is found in the files, part by part."""
    found = Found()
    read_files(files, found)
    answers, code = last_of_each(found), sources(files)
    results = tuple(
        PartResult(
            part=f"{statements.assignment}/{part.id}", title=part.title, points=Fraction(0),
            verdict=try_part(part, answers, code, files),
        )
        for part in parts
    )  # fmt: skip
    notices = (*found.notices, *(f"{problem.where}: {problem.message}" for problem in found.problems))
    return Result(assignment=statements.assignment, title=statements.title, seed=0, parts=results, notices=notices)


def _files(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    base = folder if folder.is_dir() else folder.parent
    return {
        path.relative_to(base).as_posix(): path.read_bytes()
        for path in paths
        if is_source(path.name) and path.stat().st_size <= _LARGEST
    }


def _ending(result: Result) -> str:
    words = [part.verdict.word for part in result.parts]
    counts = ", ".join(f"{words.count(word)} {word.value}" for word in Word if word in words)
    return (
        f"{counts}.\n"
        "This is no grade. `ok` says that an answer agrees with the statement at a few points; the course's grader decides\n"
        "each answer as a whole, and checks what cannot be checked here."
    )
