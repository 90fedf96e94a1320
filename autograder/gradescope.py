"""The platform's run: its folders, its deadline, and a results.json that is right at every moment.

The platform overwrites results.json with a score of 0 when its own limit ends a run. So a first version is written at
once, another as parts are judged, and the run ends itself well before that limit.
"""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.engine.profile import Profile
from autograder.engine.sandboxes import Sandboxes
from autograder.errors import AuthorError, SubmissionError
from autograder.metadata import read_metadata
from autograder.processes import whole_cores
from autograder.report.results_file import write_results
from autograder.submission.collect import Submission, collect

NAME_FILE = "assignment.txt"
"""A file at the root of the uploaded zip whose first line names the assignment."""

METADATA_FILE = "submission_metadata.json"
"""What the platform says of a submission, beside the folder of its files."""

_PLATFORM_SECONDS = 600.0  # the default limit
_MOST_SECONDS = 2_400.0
_SHARE = 0.75  # of the limit that we allow ourselves; the rest is for start-up, a slow disk and the last write


def run_on_platform(home: Path, environment: Mapping[str, str], library: Path) -> int:
    """Grade `home/submission` into `home/results/results.json` and return the exit code."""
    started = time.monotonic()
    deadline = started + own_seconds(environment.get("TIMEOUT_SECONDS"))
    results = home / "results" / "results.json"
    results.parent.mkdir(parents=True, exist_ok=True)
    _close_to_others(home)
    # Whatever is written below instead of verdicts uses no attempt up: the number of those used before stays.
    kept = {"extra_data": {"attempts": read_metadata(home / METADATA_FILE).used}}
    started_text = "Grading started. If this text stays, the run was stopped before its first result."
    write_results(results, message(started_text) | kept)
    try:
        _grade_into(home, library, started, deadline)
    except SubmissionError as error:
        write_results(results, message(f"Your submission could not be read: {error}") | kept)
        return 2
    except AuthorError as error:
        hidden = f"The autograder is not set up right: {error}"
        write_results(results, message(_NOT_YOUR_FAULT, hidden) | kept)
        print(f"autograder: {hidden}")
        return 2
    except Exception:  # noqa: BLE001 - border two: the platform must find a results.json that says what happened
        report = traceback.format_exc()
        write_results(results, message(_NOT_YOUR_FAULT, report) | kept)
        print(report)
        return 1
    return 0


_NOT_YOUR_FAULT = (
    "The autograder itself failed. This is not your fault and costs you nothing; your submission is kept, and your "
    "instructor can see the reason and grade it again."
)


def own_seconds(limit: str | None) -> float:
    """The time that a run allows itself, from the platform's own limit as a text, or its default.

    >>> own_seconds("1200"), own_seconds(None), own_seconds("soon"), own_seconds("nan")
    (900.0, 450.0, 450.0, 450.0)
    """
    try:
        seconds = float(limit or "")
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:  # also false for NaN
        seconds = _PLATFORM_SECONDS
    return min(seconds, _MOST_SECONDS) * _SHARE


def _close_to_others(home: Path) -> None:
    """Close keys, results and what is known of the student to other users: without Landlock that keeps student code out.

    Earlier results come back in the metadata, with what is hidden in them.
    """
    for path, mode in ((home / "source", 0o700), (home / "results", 0o700), (home / METADATA_FILE, 0o600)):
        with suppress(OSError):  # it is not there, or a read-only mount; the canary tells whether keys can be read
            path.chmod(mode)


def _grade_into(home: Path, library: Path, started: float, deadline: float) -> None:
    profile = Profile(thorough=False)
    profile.took("start")
    # Read first, so that torch can load meanwhile; what is wrong with it is told when it would be graded.
    submission = _collected(home / "submission")
    profile.took("collect")
    with Sandboxes() as sandboxes:
        if isinstance(submission, Submission) and whole_cores() > 1:
            sandboxes.anticipate(submission)
        from autograder.platform_grading import grade_read  # torch has begun to load before what judges does

        grade_read(home, library, submission, sandboxes, profile=profile, started=started, deadline=deadline)


def _collected(folder: Path) -> Submission | SubmissionError:
    try:
        return collect(folder)
    except SubmissionError as error:
        return error


def message(text: str, hidden: str = "") -> dict[str, Any]:
    """Results without verdicts: what happened, and for instructors why."""
    tests: list[dict[str, Any]] = [
        {"name": "Grading", "output": text, "output_format": "text", "visibility": "visible"}
    ]
    if hidden:
        tests.append({"name": "For instructors", "output": hidden, "output_format": "text", "visibility": "hidden"})
    return {"score": 0.0, "output": text, "output_format": "text", "stdout_visibility": "hidden", "tests": tests}
