"""The built zip, unpacked as on the platform into a clean directory, under the replica of the platform's harness.

The virtual environment is the one that runs the tests: installing torch once more would take minutes and shows nothing of
the zip; `tests/platform/test_setup.py` runs setup.sh itself.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest

from autograder import cli
from autograder.assignments import load
from autograder.submission.collect import collect
from autograder.template import form
from autograder.verify.platform_rules import Weight, examine
from tests.platform.harness import run

ROOT = Path(__file__).parents[2]
SOLUTION = {
    path.name: path.read_bytes() for path in (ROOT / "reference" / "hw1" / "solution").iterdir() if path.is_file()
}
HANG = "\n\ndef ridge(X, y, lam):\n    while True:\n        pass\n"
METADATA = json.dumps({"id": 7, "assignment": {"total_points": "1.0"}, "users": [{"name": "A", "email": "a@b"}]})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The platform's folder after the image was built from the zip."""
    folder = tmp_path_factory.mktemp("clean")
    zipped, home = folder / "hw1.zip", folder / "autograder"
    assert cli.main(["build", "hw1", "--skip-verify", "--out", str(zipped)]) == 0
    with zipfile.ZipFile(zipped) as packed:
        for entry in packed.infolist():
            placed = Path(packed.extract(entry, home / "source"))
            placed.chmod(entry.external_attr >> 16 & 0o777)
    python = home / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return home


def graded(home, files, **more):
    """The run, its results checked against the platform's rules, and the verdict of each part."""
    found = run(home, files, **more)
    if not found.killed:  # then the results are the platform's own
        remarks = [one for one in examine(json.dumps(found.results).encode()) if one.weight is not Weight.NOTE]
        assert remarks == []
    verdicts = {
        test["number"]: test["extra_data"]["verdict"]
        for test in found.results.get("tests", [])
        if "verdict" in test.get("extra_data", {})
    }
    return found, verdicts


@pytest.mark.parametrize("metadata", [None, METADATA])
def test_the_solution_earns_everything(home, metadata):
    """With and without metadata; wrong points in the web form are told to the instructor only."""
    found, verdicts = graded(home, SOLUTION, metadata=metadata)
    assert (found.code, found.killed) == (0, False), found.printed
    answered = {name: verdict for name, verdict in verdicts.items() if verdict != "ok"}
    assert answered == {}
    assert found.results["score"] == float(sum(question.points for question in load("hw1")))
    shown = json.dumps([test for test in found.results["tests"] if test.get("visibility") != "hidden"])
    hidden = json.dumps([test for test in found.results["tests"] if test.get("visibility") == "hidden"])
    assert "Set the points" not in shown
    assert ("Set the points" in hidden) is (metadata is not None)


def test_the_blank_form_earns_nothing(home):
    """Every part says that it is blank or missing."""
    found, verdicts = graded(home, {"answers.py": form(load("hw1"))})
    assert (found.code, found.results["score"]) == (0, 0.0)
    assert set(verdicts.values()) == {"not yet"}


def test_half_a_submission_earns_its_half(home):
    """Written answers without the functions: exactly the points of the written parts."""
    written = {
        question.id
        for question in load("hw1")
        if question.answer_name in collect(ROOT / "reference/hw1/solution").answers
    }
    found, verdicts = graded(home, {"answers.py": SOLUTION["answers.py"]})
    assert {name for name, verdict in verdicts.items() if verdict == "ok"} == written
    assert found.results["score"] == float(sum(question.points for question in load("hw1") if question.id in written))


def test_hostile_files_change_nothing(home):
    """Code that looks for keys, forges results and dies costs its own part; the rest is graded."""
    attack = f"""
import os, glob
for path in glob.glob({str(home)!r} + "/source/reference/*/*.py"):
    print(open(path).read())
open({str(home / "results" / "results.json")!r}, "w").write('{{"score": 100}}')
os.kill(os.getppid(), 9)
os._exit(0)


def kernel_ridge(X, y, lam):
    return y
"""
    found, verdicts = graded(
        home, {"answers.py": SOLUTION["answers.py"], "kernel.py": attack, "a.zip": b"PK", "b.bin": b"\xff"}
    )
    assert found.code == 0
    assert verdicts["1a"] == "ok"
    assert "ok" not in {verdicts[question.id] for question in load("hw1") if question.answer.kind == "code"}
    assert found.results["score"] < 100
    shown = json.dumps([test for test in found.results["tests"] if test.get("visibility") != "hidden"])
    assert "Wrong(" not in shown + found.results["output"]


def test_the_own_deadline_comes_first(home):
    """Near the platform's limit the rest waits, and nobody is killed."""
    found, verdicts = graded(
        home, {"answers.py": SOLUTION["answers.py"] + HANG.encode()}, environment={"TIMEOUT_SECONDS": "6"}
    )
    assert (found.code, found.killed) == (0, False)
    assert "waiting" in verdicts.values()
    assert "the time for grading was used up" in json.dumps(found.results)


def test_a_killed_run_is_the_platforms_zero(home):
    """When the platform's limit is shorter than it says, its own results stand; the next run is whole again."""
    found, _ = graded(home, {"answers.py": SOLUTION["answers.py"] + HANG.encode()}, limit=4)
    assert (found.killed, found.results["score"]) == (True, 0)
    found, verdicts = graded(home, {"answers.py": SOLUTION["answers.py"]})
    assert (found.code, verdicts["1a"]) == (0, "ok")


def test_the_sources_in_the_image_are_left_alone(home):
    """Grading writes nothing beside the sources: no caches, no logs."""
    before = {path for path in (home / "source").rglob("*") if "__pycache__" not in path.parts}
    graded(home, SOLUTION)
    assert {path for path in (home / "source").rglob("*") if "__pycache__" not in path.parts} == before
