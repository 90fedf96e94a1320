"""The platform's run once the submission is read: attempts, grading, a results.json while it goes on."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from autograder.assignments import choices, load
from autograder.engine.grade import grade, seed_of
from autograder.engine.profile import Profile, as_data
from autograder.engine.sandboxes import Sandboxes
from autograder.engine.telling import WRITTEN_EVERY
from autograder.errors import AuthorError, SubmissionError
from autograder.gradescope import METADATA_FILE, NAME_FILE, message
from autograder.metadata import Metadata, read_metadata
from autograder.processes import whole_cores
from autograder.question import Assignment
from autograder.report.gradescope import to_gradescope
from autograder.report.results_file import write_results
from autograder.submission.collect import Submission
from autograder.verdict import Cause, Result


def grade_read(
    home: Path,
    library: Path,
    submission: Submission | SubmissionError,
    sandboxes: Sandboxes,
    *,
    profile: Profile,
    started: float,
    deadline: float,
) -> None:
    """Grade what was read, and write results after its parts; an unreadable submission is told when it would be graded."""
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
    data = message(metadata.spent(limit))
    data["tests"][0] |= {"name": "Attempts", "score": score, "max_score": max(score, float(assignment.points))}
    return data | {"score": score, "extra_data": {"assignment": assignment.name, "attempts": metadata.used}}
