"""Grade a submission: a folder, a .zip, a .py or an .ipynb file. Prints a table and writes results.json."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path

from autograder.assignments import LIBRARY, choices, load
from autograder.engine.grade import WRITTEN_EVERY, grade, seed_of
from autograder.engine.profile import Profile, as_data
from autograder.engine.profile import table as table_of_profile
from autograder.engine.sandboxes import Sandboxes
from autograder.errors import AuthorError
from autograder.processes import whole_cores
from autograder.report.as_json import to_json
from autograder.report.gradescope import to_gradescope
from autograder.report.results_file import write_results
from autograder.report.terminal import table
from autograder.submission.collect import Submission, collect
from autograder.verdict import Result


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("submission", metavar="SUBMISSION", help="folder, .zip, .py or .ipynb")
    parser.add_argument("--assignment", metavar="NAME", help="which assignment it answers; else its own header says so")
    parser.add_argument(
        "--results", metavar="PATH", default="results.json", help="where to write (default: %(default)s)"
    )
    parser.add_argument("--only", metavar="PART", help='grade one part only, like "1a.path"')
    parser.add_argument("--seed", metavar="N", type=int, help="where randomness comes from (default: from the answers)")
    parser.add_argument(
        "--seconds",
        metavar="N",
        type=_positive,
        default=600.0,
        help="after so many seconds no further part is begun; what was not reached waits (default: %(default)g)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument(
        "--html", metavar="FILE", type=Path, help="also write a page for reading: formulas typeset, plots"
    )
    parser.add_argument(
        "--profile", action="store_true", help="also print what every stage and part took: time, processor, memory"
    )
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Grade, print and write."""
    deadline = time.monotonic() + arguments.seconds
    _writable(Path(arguments.results), "--results")
    if arguments.html is not None:
        _writable(arguments.html, "--html")
    profile = Profile(thorough=True) if arguments.profile else None
    _note(profile, "start")
    submission = collect(Path(arguments.submission))
    _note(profile, "collect")
    with Sandboxes() as sandboxes:
        if arguments.only is None and whole_cores() > 1:
            sandboxes.anticipate(submission)
        return _graded(arguments, submission, sandboxes, profile, deadline)


def _graded(
    arguments: argparse.Namespace,
    submission: Submission,
    sandboxes: Sandboxes,
    profile: Profile | None,
    deadline: float,
) -> int:
    results, html = Path(arguments.results), arguments.html
    assignment = load(_name(arguments.assignment, submission, arguments.library), arguments.library)
    _note(profile, "load")
    seed = seed_of(submission) if arguments.seed is None else arguments.seed

    def write(so_far: Result) -> None:
        try:
            write_results(
                results,
                to_gradescope(so_far, seconds=so_far.seconds, profile=as_data(profile.taken if profile else ())),
            )
        except OSError as error:
            raise AuthorError(
                f"cannot write {results}: {error.strerror}. Name another place with --results."
            ) from error

    result = grade(
        assignment,
        submission,
        seed=seed,
        only=arguments.only,
        deadline=deadline,
        on_part=write,
        every=WRITTEN_EVERY,
        sandboxes=sandboxes,
        profile=profile,
        jobs=whole_cores(),
    )
    _note(profile, "report")
    write(result)
    if html is not None:
        _write_page(html, result)
    if arguments.json:
        print(json.dumps(to_json(result), ensure_ascii=False, allow_nan=False, indent=1))
        print(_told(profile), end="", file=sys.stderr)
        return 0
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    print(table(result, width=shutil.get_terminal_size().columns, colour=colour), end="")
    print(_told(profile), end="")
    print(f"results written to {results}" + (f", page to {html}" if html is not None else ""))
    return 0


def _note(profile: Profile | None, stage: str) -> None:
    if profile is not None:
        profile.took(stage)


def _told(profile: Profile | None) -> str:
    return "" if profile is None else table_of_profile(profile.taken)


def _positive(text: str) -> float:
    """A number of seconds from the command line."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds; give one above 0, like 600.")
    return seconds


def _writable(path: Path, option: str) -> None:
    """Refuse what cannot be written: better said before grading than after."""
    if not path.parent.is_dir():
        raise AuthorError(f"cannot write {path}: there is no folder {path.parent}. Make it, or change {option}.")
    if path.is_dir():
        raise AuthorError(f"cannot write {path}: it is a folder. Name a file with {option}.")


def _write_page(path: Path, result: Result) -> None:
    """Write the page for reading; its library is loaded only here, since a run on the platform has no use for it."""
    from autograder.report.page.submission import page

    try:
        path.write_text(page(result), encoding="utf-8")
    except OSError as error:
        raise AuthorError(f"cannot write {path}: {error.strerror}. Name another place with --html.") from error


def _name(asked: str | None, submission: Submission, library: Path) -> str:
    name = asked or submission.header
    if name is None:
        raise AuthorError(
            'which assignment is this? Add --assignment NAME, or a line assignment = "NAME" to the answers file. '
            + choices(library)
        )
    return name
