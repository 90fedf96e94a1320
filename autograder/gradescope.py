"""The platform's run: its folders, its deadline, and a results.json that is right at every moment.

The platform overwrites results.json with a score of 0 when its own limit ends a run. So a first version is written at
once, another after every part, and the run ends itself well before that limit.
"""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.assignments import choices, load
from autograder.engine.grade import WRITTEN_EVERY, grade, seed_of
from autograder.engine.profile import Profile, as_data
from autograder.engine.sandboxes import Sandboxes
from autograder.errors import AuthorError, SubmissionError
from autograder.metadata import Metadata, read_metadata
from autograder.processes import whole_cores
from autograder.question import Assignment
from autograder.report.gradescope import to_gradescope
from autograder.report.results_file import write_results
from autograder.submission.collect import Submission, collect
from autograder.verdict import Cause, Result

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
    write_results(results, _message(started_text) | kept)
    try:
        _grade_into(home, library, started, deadline)
    except SubmissionError as error:
        write_results(results, _message(f"Your submission could not be read: {error}") | kept)
        return 2
    except AuthorError as error:
        hidden = f"The autograder is not set up right: {error}"
        write_results(results, _message(_NOT_YOUR_FAULT, hidden) | kept)
        print(f"autograder: {hidden}")
        return 2
    except Exception:  # noqa: BLE001 - border two: the platform must find a results.json that says what happened
        report = traceback.format_exc()
        write_results(results, _message(_NOT_YOUR_FAULT, report) | kept)
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
        _grade_read(home, library, submission, sandboxes, profile=profile, started=started, deadline=deadline)


def _collected(folder: Path) -> Submission | SubmissionError:
    try:
        return collect(folder)
    except SubmissionError as error:
        return error


def _grade_read(
    home: Path,
    library: Path,
    submission: Submission | SubmissionError,
    sandboxes: Sandboxes,
    *,
    profile: Profile,
    started: float,
    deadline: float,
) -> None:
    results = home / "results" / "results.json"
    assignment = _assignment(home / "source" / NAME_FILE, library)
    profile.took("load")
    metadata = read_metadata(home / METADATA_FILE)
    limit = assignment.attempts
    if limit is not None and metadata.used >= limit:
        write_results(results, _spent(assignment, metadata, limit))
        print(f"not graded: {metadata.used} of {limit} attempts are used")
        return
    if isinstance(submission, SubmissionError):
        raise submission
    about = (*metadata.says, *((metadata.attempt(limit),) if limit is not None else ()))

    def write(result: Result) -> None:
        # Only a whole run without a failure of ours uses an attempt up.
        ours = not result.complete or any(part.verdict.cause is Cause.OURS for part in result.parts)
        data = to_gradescope(
            result,
            total_points=metadata.total_points,
            notes=metadata.notes,
            seconds=time.monotonic() - started,
            about=about,
            attempts=metadata.used if ours else metadata.used + 1,
            profile=as_data(profile.taken),
        )
        write_results(results, data)

    result = grade(
        assignment,
        submission,
        seed=seed_of(submission),
        deadline=deadline,
        on_part=write,
        every=WRITTEN_EVERY,
        sandboxes=sandboxes,
        profile=profile,
        jobs=whole_cores(),
    )
    write(result)
    print(f"graded {assignment.name} with seed {result.seed} in {time.monotonic() - started:.1f} s")


def _assignment(named: Path, library: Path) -> Assignment:
    try:
        name = named.read_text(encoding="utf-8").split("\n", 1)[0].strip()
    except (OSError, UnicodeDecodeError):
        raise AuthorError(f"{named} is missing; its first line must name the assignment. {choices(library)}") from None
    return load(name, library)


def _spent(assignment: Assignment, metadata: Metadata, limit: int) -> dict[str, Any]:
    """Results for a submission beyond the last attempt: nothing graded, the last graded score kept."""
    score = float(metadata.last_score or 0)
    data = _message(metadata.spent(limit))
    data["tests"][0] |= {"name": "Attempts", "score": score, "max_score": max(score, float(assignment.points))}
    return data | {"score": score, "extra_data": {"assignment": assignment.name, "attempts": metadata.used}}


def _message(text: str, hidden: str = "") -> dict[str, Any]:
    """Results without verdicts: what happened, and for instructors why."""
    tests: list[dict[str, Any]] = [
        {"name": "Grading", "output": text, "output_format": "text", "visibility": "visible"}
    ]
    if hidden:
        tests.append({"name": "For instructors", "output": hidden, "output_format": "text", "visibility": "hidden"})
    return {"score": 0.0, "output": text, "output_format": "text", "stdout_visibility": "hidden", "tests": tests}
