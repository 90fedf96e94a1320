"""Lateness, extensions and attempts, from what the platform says: told, never judged."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from autograder import platform_grading
from autograder.assignments import load
from autograder.errors import AuthorError
from autograder.gradescope import run_on_platform
from autograder.metadata import read_metadata
from autograder.question import Assignment
from tests.tiny import assignment as tiny
from tests.tiny import library

DUE, LATE_DUE = "2025-02-10T21:00:00.000000-08:00", "2025-02-12T21:00:00.000000-08:00"


def described(path: Path, **fields: Any) -> Any:
    """The metadata of a file with these fields."""
    file = path / "submission_metadata.json"
    file.write_text(json.dumps(fields))
    return read_metadata(file)


def test_in_time_needs_no_word(tmp_path):
    """A submission in time, without an extension, has nothing to be told."""
    found = described(tmp_path, created_at="2025-02-10T20:59:00-08:00", assignment={"due_date": DUE})
    assert found.says == ()


def test_late_is_said_with_its_length_and_without_a_policy(tmp_path):
    """How late, after what, and that nothing was subtracted; offsets from UTC are understood."""
    found = described(
        tmp_path, created_at="2025-02-11T07:05:00+00:00", assignment={"due_date": DUE, "late_due_date": LATE_DUE}
    )
    assert found.says == (
        "This was handed in 2 hours 5 minutes after the due date (2025-02-10 21:00 UTC-0800), before the last date for late "
        "work (2025-02-12 21:00 UTC-0800). What that means is for your course to say; nothing was subtracted here.",
    )


@pytest.mark.parametrize(("hour", "late"), [("20", False), ("23", True)])
def test_an_extension_counts_in_place_of_the_due_date(tmp_path, hour, late):
    """A student's own date is told, and lateness is measured from it."""
    found = described(
        tmp_path,
        created_at=f"2025-02-13T{hour}:00:00-08:00",
        assignment={"due_date": DUE},
        users=[{"name": "A", "assignment": {"due_date": "2025-02-13T21:00:00-08:00"}}, {"assignment": None}, "odd"],
    )
    assert found.says[0] == "Your own due date, with your extension, is 2025-02-13 21:00 UTC-0800."
    assert (len(found.says) == 2) is late


@pytest.mark.parametrize("odd", ["yesterday", 17, None, "2025-02-10T21:00:00", "9" * 1000, ["x"], {}])
def test_dates_that_cannot_be_understood_are_no_dates(tmp_path, odd):
    """A date without an offset, or none at all, says nothing."""
    found = described(tmp_path, created_at=odd, assignment={"due_date": odd}, users=odd, previous_submissions=odd)
    assert (found.says, found.used) == ((), 0)


EARLIER = [
    {"submission_time": "2025-02-01T10:00:00-08:00", "score": "1.0", "autograder_error": False},
    {"submission_time": "2025-02-02T10:00:00-08:00", "score": 0, "autograder_error": True},
    {"submission_time": "2025-02-03T10:00:00-08:00", "score": "2.5", "autograder_error": False},
]


def test_attempts_are_counted_without_failures(tmp_path):
    """A run that the platform marks as failed is no attempt; what the latest results say counts more than the list."""
    assert described(tmp_path, previous_submissions=EARLIER).used == 2
    told = [*EARLIER[:2], {**EARLIER[2], "results": {"extra_data": {"attempts": 1}}}]
    assert described(tmp_path, previous_submissions=told).used == 1
    unfinished = [{**EARLIER[0], "score": None}, {"submission_time": "2025-02-02T10:00:00-08:00"}, EARLIER[2]]
    assert described(tmp_path, previous_submissions=unfinished).used == 1
    lied = [{**EARLIER[0], "results": {"extra_data": {"attempts": -4}}}]
    assert described(tmp_path, previous_submissions=lied).used == 1
    assert described(tmp_path, previous_submissions=EARLIER).last_score == Fraction(5, 2)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import sys

    monkeypatch.setattr(sys, "path", list(sys.path))
    for name in ("source", "submission"):
        (tmp_path / name).mkdir()
    (tmp_path / "source" / "assignment.txt").write_text("tiny")
    (tmp_path / "submission" / "a.py").write_text('q1a = "right"\nq1a_path = "third"\nq2 = "right"')
    return tmp_path


def run(home: Path, monkeypatch: pytest.MonkeyPatch, limit: int | None, **metadata: Any) -> dict[str, Any]:
    """A run of the platform on an assignment with so many attempts."""
    assignment: Assignment = replace(tiny(), attempts=limit)
    monkeypatch.setattr(platform_grading, "load", lambda name, path: assignment)
    (home / "submission_metadata.json").write_text(json.dumps(metadata))
    run_on_platform(home, {}, home)
    return json.loads((home / "results" / "results.json").read_text())


def test_an_attempt_is_counted_and_told(home, monkeypatch):
    """The third of five: said above the tests, and kept for the next run."""
    data = run(home, monkeypatch, 5, previous_submissions=EARLIER)
    assert "This is graded attempt 3 of 5." in data["output"]
    assert data["extra_data"]["attempts"] == 3


def test_beyond_the_last_attempt_nothing_is_graded(home, monkeypatch):
    """The last graded score stays, and the student reads why and what to do."""
    data = run(home, monkeypatch, 2, previous_submissions=EARLIER)
    assert data["score"] == 2.5
    assert data["output"].startswith("This submission was not graded: all 2 graded attempts are used.")
    assert "The score of your last graded attempt stays: 2.5." in data["output"]
    assert [test["name"] for test in data["tests"]] == ["Attempts"]
    assert data["extra_data"]["attempts"] == 2


def test_a_failure_of_ours_uses_no_attempt(home, monkeypatch):
    """Neither a run that breaks, nor a part whose judging does."""
    (home / "submission" / "a.py").write_text('q1a = "raise"')
    assert run(home, monkeypatch, 5, previous_submissions=EARLIER)["extra_data"]["attempts"] == 2

    def fail(*arguments: object, **more: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(platform_grading, "grade", fail)
    assert run(home / "", monkeypatch, 5, previous_submissions=EARLIER)["extra_data"]["attempts"] == 2


def test_without_a_limit_nobody_is_told_of_attempts(home, monkeypatch):
    """Where the author sets no limit there is none."""
    data = run(home, monkeypatch, None, previous_submissions=EARLIER * 40)
    assert "attempt" not in data["output"]


def test_a_limit_below_one_is_the_authors_fault():
    """No attempts at all would grade nobody."""
    with pytest.raises(AuthorError, match="give at least 1"):
        replace(tiny(), attempts=0)


def test_loading_keeps_attempts(tmp_path, monkeypatch):
    """The course's own assignments set no limit of their own."""
    import sys

    monkeypatch.setattr(sys, "path", list(sys.path))
    assert load("tiny", library(tmp_path / f"course_{tmp_path.name}")).attempts is None
