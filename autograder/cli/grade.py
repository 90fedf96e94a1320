"""Grade a submission: a folder, a .zip, a .py or an .ipynb file. Prints a table and writes results.json."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from autograder.engine.profile import Profile
from autograder.engine.sandboxes import Sandboxes
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.processes import whole_cores
from autograder.submission.collect import collect


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
        from autograder.terminal_grading import graded  # torch has begun to load before what judges does

        return graded(arguments, submission, sandboxes, profile, deadline)


def _note(profile: Profile | None, stage: str) -> None:
    if profile is not None:
        profile.took(stage)


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
