"""Write a graded class in the format of another program."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.assignments import load
from autograder.batch.folder import Graded, assignment_name, opened
from autograder.batch.rulings import write_text
from autograder.cli import GRADED
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.report.autolab import to_autolab
from autograder.report.canvas import canvas_csv
from autograder.report.gradescope import to_gradescope
from autograder.report.json_lines import json_lines
from autograder.report.junit import junit_xml
from autograder.report.plain import clean_line
from autograder.report.prairielearn import to_prairielearn
from autograder.report.results_file import validated
from autograder.report.tables import scores_csv
from autograder.verdict import Result

_WHOLE = ("csv", "canvas", "junit", "jsonl")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder that `batch` wrote")
    parser.add_argument(
        "--format", required=True, choices=(*_WHOLE, *_EACH), help="of a file, or of a file per submission"
    )
    parser.add_argument(
        "--to", metavar="PATH", type=Path, required=True, help="file, or folder for a file per submission"
    )
    parser.add_argument(
        "--column", metavar="NAME", help='the assignment\'s name in Canvas, best with its number: "HW 1 (123)"'
    )
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Write, and say what was left out."""
    assignment = load(assignment_name(arguments.out), arguments.library)
    with opened(arguments.out, assignment) as graded:
        if arguments.format in _WHOLE:
            write_text(arguments.to, _whole(arguments.format, graded, arguments.column or assignment.title))
        else:
            _write_each(arguments.to, graded, *_EACH[arguments.format])
        ungraded = [one.id for one in graded.rows if one.result is None]
        waiting = [one.id for one in graded.rows if one.result is not None and one.result.pending]
    print(f"written to {arguments.to}")
    if ungraded:
        print(f"without a result, since they were not graded: {clean_line(', '.join(ungraded), 2000)}")
    if waiting and arguments.format in ("canvas", "prairielearn"):
        print(f"without a score, since points are still open: {clean_line(', '.join(waiting), 2000)}")
    elif waiting:
        print(f"points are still open, and in no score yet, of: {clean_line(', '.join(waiting), 2000)}")
    return GRADED


def _whole(name: str, graded: Graded, column: str) -> str | Iterator[str]:
    if name == "csv":
        return scores_csv(graded.rows)
    if name == "canvas":
        return canvas_csv(graded.rows, column)
    return junit_xml(graded.rows) if name == "junit" else json_lines(graded.rows)


def _gradescope(result: Result) -> str:
    return _json(validated(to_gradescope(result)))


def _prairielearn(result: Result) -> str:
    return _json(to_prairielearn(result))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


_EACH: dict[str, tuple[str, Callable[[Result], str]]] = {
    "gradescope": (".json", _gradescope),
    "prairielearn": (".json", _prairielearn),
    "autolab": (".txt", to_autolab),
}
"""Formats of one result: the file's ending, and what writes it."""


def _write_each(folder: Path, graded: Graded, ending: str, to_text: Callable[[Result], str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AuthorError(f"cannot make the folder {folder}: {error.strerror}. Name another one with --to.") from None
    for name, result in _named(graded):
        write_text(folder / f"{name}{ending}", to_text(result))


def _named(graded: Graded) -> Iterator[tuple[str, Result]]:
    """Results with a file name for each: the id, made harmless and unique."""
    seen: set[str] = set()
    for one in graded.rows:
        if one.result is None:
            continue
        name = (
            "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in one.id).lstrip(".")[:80] or "_"
        )
        while name.casefold() in seen:
            name += "_"
        seen.add(name.casefold())
        yield name, one.result
