"""The platform's run inside one process: every version of results.json that it writes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from autograder import cli, gradescope, platform_grading
from autograder.gradescope import own_seconds, run_on_platform
from autograder.metadata import read_metadata
from autograder.places import LIBRARY
from tests.tiny import library

SCHEMA = json.loads(Path(__file__).with_name("results.schema.json").read_text())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name in ("source", "submission"):
        (tmp_path / name).mkdir()
    (tmp_path / "source" / "assignment.txt").write_text("tiny")
    (tmp_path / "submission" / "a.py").write_text('q1a = "right"\nq1a_path = "third"')
    return tmp_path


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return library(tmp_path / f"course_{tmp_path.name}")


def versions(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every version that is written from now on, as read back from the file."""
    seen: list[dict[str, Any]] = []
    write = gradescope.write_results

    def watch(path: Path, data: dict[str, Any]) -> None:
        write(path, data)
        seen.append(json.loads(path.read_text()))

    for module in (gradescope, platform_grading):
        monkeypatch.setattr(module, "write_results", watch)
    return seen


def test_results_are_whole_after_every_part(home, course, monkeypatch, capsys):
    """First that grading started, then a version after each part, however fast they are judged, then the last."""
    monkeypatch.setattr(platform_grading, "WRITTEN_EVERY", 0.0)
    seen = versions(monkeypatch)
    assert run_on_platform(home, {}, course) == 0
    assert seen[0]["output"].startswith("Grading started.")
    for version in seen:
        jsonschema.validate(version, SCHEMA)
    words = [
        [test["extra_data"]["verdict"] for test in version["tests"] if "extra_data" in test] for version in seen[1:]
    ]
    assert words == [["ok", "waiting", "waiting"], ["ok", "not yet", "waiting"], *[["ok", "not yet", "not yet"]] * 2]
    assert capsys.readouterr().out.startswith("graded tiny with seed ")


def test_a_fault_of_ours_costs_nothing(home, course, monkeypatch, capsys):
    """The student reads an apology, the instructor the traceback, and the exit code says that nothing was graded."""

    def fail(*arguments, **more):
        raise RuntimeError("broken inside")

    monkeypatch.setattr(platform_grading, "grade", fail)
    assert run_on_platform(home, {}, course) == 1
    results = json.loads((home / "results" / "results.json").read_text())
    jsonschema.validate(results, SCHEMA)
    visible, hidden = results["tests"]
    assert "This is not your fault" in visible["output"]
    assert "broken inside" not in json.dumps([results["output"], visible])
    assert "RuntimeError: broken inside" in hidden["output"]
    assert hidden["visibility"] == "hidden"
    assert "RuntimeError: broken inside" in capsys.readouterr().out


def test_a_submission_that_is_not_there_is_said(home, course):
    """Without the platform's folder the results still say why."""
    (home / "submission" / "a.py").unlink()
    (home / "submission").rmdir()
    assert run_on_platform(home, {}, course) == 2
    output = json.loads((home / "results" / "results.json").read_text())["output"]
    assert output.startswith("Your submission could not be read: cannot read the submission")


@pytest.mark.parametrize(
    ("limit", "seconds"),
    [
        ("600", 450), ("40", 30), (" 100 ", 75), ("1e3", 750), (None, 450), ("", 450), ("soon", 450), ("-5", 450),
        ("0", 450), ("nan", 450), ("inf", 450), ("1e999", 450), ("999999", 1800),
    ],
)  # fmt: skip
def test_the_own_deadline_lies_well_below_the_platforms(limit, seconds):
    """The platform's limit is a hint; without a sensible one its default holds."""
    assert own_seconds(limit) == seconds


@pytest.mark.parametrize(
    ("text", "points", "noted"),
    [
        ('{"assignment": {"total_points": "100.0"}}', 100, False),
        ('{"assignment": {"total_points": 12.5}}', 12.5, False),
        ('{"assignment": {"total_points": null}}', None, False),
        ('{"assignment": {}}', None, False),
        ('{"assignment": []}', None, False),
        ("[]", None, False),
        ("null", None, False),
        ('{"assignment": {"total_points": "1e999999999"}}', None, True),
        ('{"assignment": {"total_points": "1/0"}}', None, True),
        ('{"assignment": {"total_points": "nan"}}', None, True),
        ('{"assignment": {"total_points": -3}}', None, True),
        ('{"assignment": {"total_points": true}}', None, True),
        ('{"assignment": {"total_points": ["1"]}}', None, True),
        ("{", None, True),
        ("\udcff", None, True),
        ("[" * 100_000, None, True),
    ],
)
def test_metadata_is_read_defensively(tmp_path, text, points, noted):
    """Nothing in it can stop a run; what cannot be understood is noted for instructors."""
    path = tmp_path / "submission_metadata.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    metadata = read_metadata(path)
    assert (metadata.total_points, bool(metadata.notes)) == (points, noted)


def test_metadata_may_be_absent_or_odd(tmp_path):
    """No file is no news; a folder or a huge file in its place is noted."""
    assert read_metadata(tmp_path / "none.json").notes == ()
    assert "could not be read" in read_metadata(tmp_path).notes[0]
    huge = tmp_path / "huge.json"
    with huge.open("wb") as opened:
        opened.truncate(20_000_000)
    assert read_metadata(huge).notes == ("huge.json is too large and was not read.",)


def test_the_verb_hands_over_the_environment_and_ends_it(tmp_path, monkeypatch):
    """The grader reads the platform's hints; what it starts afterwards sees only what every program needs."""
    environment = {"PATH": "/bin", "TIMEOUT_SECONDS": "9", "UPLOAD_URL": "secret"}
    handed: list[object] = []
    monkeypatch.setattr(os, "environ", environment)
    monkeypatch.setattr("autograder.cli.platform.run_on_platform", lambda *arguments: handed.append(arguments) or 0)
    assert cli.main(["platform", str(tmp_path)]) == 0
    assert handed == [(tmp_path, {"PATH": "/bin", "TIMEOUT_SECONDS": "9", "UPLOAD_URL": "secret"}, LIBRARY)]
    assert environment == {"PATH": "/bin"}


def test_without_arguments_inside_the_platforms_home_it_is_the_platforms_run(tmp_path, monkeypatch):
    """`python -m autograder` there needs no verb."""
    (tmp_path / "submission").mkdir()
    homes: list[Path] = []
    monkeypatch.setattr(os, "environ", {})
    monkeypatch.setattr(cli, "PLATFORM_HOME", tmp_path)
    monkeypatch.setattr("autograder.cli.platform.run_on_platform", lambda home, *more: homes.append(home) or 0)
    assert cli.main([]) == 0
    assert len(homes) == 1
