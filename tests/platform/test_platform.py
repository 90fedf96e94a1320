"""run_autograder under a replica of the platform's harness."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.platform.harness import Fatal, Run, build_image, read, run

SCHEMA = json.loads(Path(__file__).with_name("results.schema.json").read_text())
ANSWERS = 'q1a = "right"\nq1a_path = "third"\n'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_image(tmp_path_factory.mktemp("image") / "autograder")


def by_name(found: Run) -> dict[str, dict[str, Any]]:
    return {test["name"]: test for test in found.results["tests"]}


def words(found: Run) -> list[str]:
    return [test["extra_data"]["verdict"] for test in found.results["tests"] if "extra_data" in test]


def without_times(results: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in results.items() if name != "execution_time"}
    kept["extra_data"] = {
        name: value for name, value in results["extra_data"].items() if name not in {"seconds", "profile"}
    }
    *parts, hidden = results["tests"]
    kept["tests"] = [*parts, hidden | {"output": re.sub(r"[,;] [0-9.]+ s$", "", hidden["output"], flags=re.MULTILINE)}]
    return kept


def test_an_upload_is_graded_and_reproducible(home):
    """Metadata or not, order and time of day: the same answers give the same results, and they fit the schema."""
    metadata = json.dumps({"id": 1, "assignment": {"total_points": "5.5"}, "users": [{"name": "A"}]})
    found = run(home, {"answers.py": ANSWERS}, metadata=metadata)
    assert (found.code, found.killed) == (0, False), found.printed
    jsonschema.validate(found.results, SCHEMA)
    assert words(found) == ["ok", "not yet", "not yet"]
    assert [test["score"] for test in found.results["tests"] if "score" in test] == [2.0, 1.0, 0.0]
    assert "3 of 5.5 points." in found.results["output"]
    again = run(home, {"answers.py": ANSWERS})
    assert without_times(again.results) == without_times(found.results)


@pytest.mark.parametrize(
    ("metadata", "note"),
    [
        ("{not json", "submission_metadata.json could not be read"),
        ('{"assignment": {"total_points": "many"}}', "gives total_points as 'many', which is no number"),
        ('{"assignment": {"total_points": "100.0"}}', "worth 100 points, its questions add up to 5.5"),
    ],
)
def test_metadata_is_never_relied_on(home, metadata, note):
    """Whatever it holds, the upload is graded, and the instructor is told."""
    found = run(home, {"answers.py": ANSWERS}, metadata=metadata)
    assert found.code == 0
    hidden = by_name(found)["For instructors"]
    assert hidden["visibility"] == "hidden"
    assert note in hidden["output"]


def test_the_own_deadline_ends_the_run_before_the_platforms(home):
    """With little time the rest waits: results are complete JSON, nobody is killed, no points are lost."""
    found = run(
        home, {"answers.py": 'q1a = "hang"\nq1a_path = "hang"\nq2 = "hang"'}, environment={"TIMEOUT_SECONDS": "1"}
    )
    assert (found.code, found.killed) == (0, False)
    assert words(found) == ["waiting"] * 3
    assert "5.5 points wait for a person; grading had not finished." in found.results["output"]


def test_a_run_that_is_killed_leaves_the_last_good_results(home):
    """After every part there is a whole results.json, also when the grader dies in the next one."""
    found = run(home, {"answers.py": 'q1a = "right"\nq1a_path = "kill"\nq2 = "right"'})
    assert found.code != 0
    jsonschema.validate(found.results, SCHEMA)
    assert words(found) == ["ok", "waiting", "waiting"]
    assert "grading had not finished" in found.results["output"]


def test_the_harness_environment_ends_at_the_grader(home):
    """Upload addresses and limits do not reach the processes that judge."""
    environment = {"UPLOAD_URL": "secret", "TIMEOUT_SECONDS": "600", "PYTHONPATH": "/nowhere"}
    found = run(home, {"answers.py": 'q1a = "environment"'}, environment=environment)
    output = by_name(found)["1a A part"]["output"]
    assert "PATH" in output
    for name in environment:
        assert name not in output


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "there is no .py or .ipynb file to read; it is empty."),
        ({"essay.pdf": b"%PDF"}, "there is no .py or .ipynb file to read; it holds only essay.pdf."),
        ({"a.py": "assignment = 'hw9'\n"}, "Your file says that it answers 'hw9', but it was graded as 'tiny'."),
        ({"results.json": '{"score": 100}', "a.py": ANSWERS}, "3 of 5.5 points."),
        ({"a.py": ANSWERS + "for\n"}, "a.py, line 3: this is not valid Python (invalid syntax)"),
    ],
)
def test_odd_uploads_are_explained(home, files, message):
    """A student who uploads the wrong thing reads what was wrong with it."""
    found = run(home, files)
    assert found.code == 0
    assert message in found.results["output"]
    assert set(words(found)) <= {"ok", "not yet"}


def test_code_in_an_upload_is_not_run(home):
    """Neither answers nor files with the names of libraries are executed or imported by the grader."""
    trap = "open('../ran', 'w')\nraise SystemExit\n"
    files = {
        "answers.py": trap + ANSWERS,
        "numpy.py": trap,
        "json.py": trap,
        "sitecustomize.py": trap,
        "conftest.py": trap,
    }
    found = run(home, files)
    assert words(found) == ["ok", "not yet", "not yet"]
    assert not list(home.rglob("ran"))


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (None, "assignment.txt is missing; its first line must name the assignment. Choose one of: tiny."),
        ("hw7\n", "there is no assignment 'hw7'. Choose one of: tiny."),
        ("../tiny", "there is no assignment '../tiny'. Choose one of: tiny."),
    ],
)
def test_a_wrong_setup_is_told_to_the_instructor_alone(home, named, message):
    """The student reads an apology; the choices stand in the hidden test and in the log."""
    file = home / "source" / "assignment.txt"
    kept = file.read_text()
    try:
        file.unlink() if named is None else file.write_text(named)
        found = run(home, {"answers.py": ANSWERS})
    finally:
        file.write_text(kept)
    assert found.code == 2
    jsonschema.validate(found.results, SCHEMA)
    tests = by_name(found)
    assert "This is not your fault" in tests["Grading"]["output"]
    assert message in tests["For instructors"]["output"]
    assert message in found.printed
    assert message not in found.results["output"]


def test_questions_that_cannot_be_loaded_are_told_to_the_instructor(home):
    """A mistake in a question file is an error of setup, with its file."""
    file = home / "source" / "reference" / "tiny" / "assignment.py"
    kept = file.read_text()
    try:
        file.write_text("assignment = (\n")
        found = run(home, {"answers.py": ANSWERS})
    finally:
        file.write_text(kept)
    assert found.code == 2
    assert "assignment.py cannot be loaded: '(' was never closed" in by_name(found)["For instructors"]["output"]


def test_an_image_without_its_environment_says_so(home):
    """Even when nothing was installed, the student reads a sentence instead of a crash."""
    venv = home / "venv"
    venv.rename(home / "gone")
    try:
        found = run(home, {"answers.py": ANSWERS})
    finally:
        (home / "gone").rename(venv)
    assert found.code == 1
    assert "The autograder could not start" in found.results["output"]
    assert "setup.sh did not finish" in found.printed


def test_the_replica_refuses_what_the_platform_refuses(tmp_path):
    """The replica itself is strict: the faults that are fatal there fail here."""
    (tmp_path / "results").mkdir()
    for bad in ('{"score": NaN}', '{"score": 1e400}', "[]", '{"output": 3}', '{"tests": [null]}'):
        (tmp_path / "results" / "results.json").write_text(bad)
        with pytest.raises(Fatal, match=r"JSON|large|no object|no string"):
            read(tmp_path)
