"""Grading a submission that was read: judge it, print a table or JSON, write results.json and a page."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

from autograder.assignments import choices, load
from autograder.engine.grade import grade, seed_of
from autograder.engine.profile import Profile, as_data
from autograder.engine.profile import table as table_of_profile
from autograder.engine.sandboxes import Sandboxes
from autograder.engine.telling import WRITTEN_EVERY
from autograder.errors import AuthorError
from autograder.processes import whole_cores
from autograder.report.as_json import to_json
from autograder.report.gradescope import to_gradescope
from autograder.report.results_file import write_results
from autograder.report.terminal import table
from autograder.submission.collect import Submission
from autograder.verdict import Result


def graded(
    arguments: argparse.Namespace,
    submission: Submission,
    sandboxes: Sandboxes,
    profile: Profile | None,
    deadline: float,
) -> int:
    """Grade what was read, print and write; returns the exit code."""
    results, html = Path(arguments.results), arguments.html
    assignment = load(_name(arguments.assignment, submission, arguments.library), arguments.library)
    if profile is not None:
        profile.took("load")
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
    sandboxes.end()  # while the results are written
    if profile is not None:
        profile.took("report")
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


def _told(profile: Profile | None) -> str:
    return "" if profile is None else table_of_profile(profile.taken, profile.looked)


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
