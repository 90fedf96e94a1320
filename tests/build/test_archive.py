"""What the zip holds, and that it depends on nothing else."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from autograder import cli
from autograder.assignments import KEY_VARIABLE, load
from autograder.build.advice import CONTAINERS, container, minutes, seconds, total
from autograder.build.archive import pack
from autograder.build.contents import contents, has_secret
from autograder.build.modules import imported
from tests.tiny import library

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "reference"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two assignments; the second is not needed by the first, a module of a third is."""
    shelf = library(tmp_path / f"shelf_{tmp_path.name}", "tiny", "other")
    (shelf / "tiny" / "solution").mkdir()
    (shelf / "tiny" / "solution" / "answers.py").write_text("q1a = 'right'")
    (shelf / "tiny" / "mistakes.py").write_text("MISTAKES = {}")
    (shelf / "tiny" / "__pycache__").mkdir()
    (shelf / "tiny" / "__pycache__" / "x.pyc").write_bytes(b"x")
    (shelf / "tiny" / ".hidden").write_text("x")
    (shelf / "tiny" / "data.csv").write_text("1,2")
    (shelf / "common").mkdir()
    (shelf / "common" / "letters.py").write_text("A = 1")
    (shelf / "common" / "unneeded.py").write_text("B = 1")
    (shelf / "tiny" / "question.py").write_text(
        f"from {shelf.name}.common.letters import A\nfrom . import assignment\n"
    )
    return shelf


def test_the_zip_is_minimal(course):
    """Engine, one assignment with its keys and data, what it imports from others, entry points; nothing else."""
    files = contents(load("tiny", course), course, verified="no")
    assert {name for name in files if not name.startswith("autograder/")} == {
        "setup.sh", "run_autograder", "requirements.lock", "assignment.txt", "BUILD.txt",
        "reference/tiny/assignment.py", "reference/tiny/question.py", "reference/tiny/data.csv",
        "reference/common/letters.py",
    }  # fmt: skip
    assert "autograder/__main__.py" in files
    assert not any("__pycache__" in name or "/tests/" in name for name in files)
    assert files["assignment.txt"] == b"tiny\n"


def test_nothing_that_grades_needs_what_is_left_out(course):
    """No file of the zip imports an author's tools, anywhere in it; the verbs that are there are those of a container."""
    files = contents(load("tiny", course), course, verified="no")
    engine = {name for name in files if name.startswith("autograder/")}
    assert {name for name in engine if name.startswith("autograder/cli/")} == {
        f"autograder/cli/{verb}.py" for verb in ("__init__", "doctor", "grade", "platform")
    }
    assert not {name for name in engine if name.split("/")[1] in {"verify", "build", "kit", "batch", "workbench"}}
    for name in engine:
        if name.endswith(".py"):
            wanted = {place for module in imported(files[name]) for place in (f"{module.replace('.', '/')}.py",)}
            missing = {place for place in wanted if (ROOT / place).is_file()} - engine
            assert not missing, name


def test_where_pip_looks_as_well(course, tmp_path, capsys):
    """An index goes into the zip as pip's own settings; without one the command says what the image will hold."""
    out = tmp_path / "tiny.zip"
    command = ["build", "tiny", "--library", str(course), "--skip-verify", "--out", str(out)]
    assert cli.main(command) == 0
    assert "pip.conf" not in zipfile.ZipFile(out).namelist()
    assert "Without --index" in capsys.readouterr().out
    assert cli.main([*command, "--index", "file:///wheels/cpu"]) == 0
    assert zipfile.ZipFile(out).read("pip.conf").decode() == "[global]\nextra-index-url = file:///wheels/cpu\n"
    assert "Without --index" not in capsys.readouterr().out
    assert cli.main([*command, "--index", "one two"]) == 2
    assert "give one address" in capsys.readouterr().err


def test_same_bytes_for_the_same_input(course, tmp_path, capsys):
    """Times of files, the place and the moment of building change nothing; an edit of a question does."""
    first, second, third = (tmp_path / f"{n}.zip" for n in (1, 2, 3))
    assert cli.main(["build", "tiny", "--library", str(course), "--skip-verify", "--out", str(first)]) == 0
    os.utime(course / "tiny" / "data.csv", (0, 0))
    (course / "tiny" / "data.csv").chmod(0o600)
    assert cli.main(["build", "tiny", "--library", str(course), "--skip-verify", "--out", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert f"sha256 {hashlib.sha256(first.read_bytes()).hexdigest()}" in capsys.readouterr().out
    (course / "tiny" / "data.csv").write_text("1,3")
    assert cli.main(["build", "tiny", "--library", str(course), "--skip-verify", "--out", str(third)]) == 0
    assert third.read_bytes() != second.read_bytes()


def test_entry_points_are_at_the_root_and_executable():
    """Modes survive unzipping: only what is run may be executed."""
    data = pack({"run_autograder": b"#!", "a/b.py": b""}, executable=("run_autograder",))
    entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    modes = {entry.filename: stat.S_IMODE(entry.external_attr >> 16) for entry in entries}
    assert modes == {"a/b.py": 0o644, "run_autograder": 0o755}


def test_the_secret_comes_from_file_or_environment(course, monkeypatch):
    """A secret that the instructor has anywhere is in the zip; without one the command says so."""
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    tiny = load("tiny", course)
    assert not has_secret(contents(tiny, course, verified="no"), tiny)
    (course / "tiny" / "secret.key").write_text("of the file")
    assert has_secret(contents(tiny, course, verified="no"), tiny)
    monkeypatch.setenv(KEY_VARIABLE, "of the environment")
    assert contents(tiny, course, verified="no")["reference/tiny/secret.key"] == b"of the environment"


def test_what_to_set_on_the_platform(course, tmp_path, capsys, monkeypatch):
    """Points, container and time limit are told; formulas alone need the smallest container."""
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    out = tmp_path / "new folder" / "tiny.zip"
    assert cli.main(["build", "tiny", "--library", str(course), "--skip-verify", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "autograder points: 5.5." in said
    assert "Container: 0.5 CPU, 0.77 GB. Timeout: 10 minutes" in said
    assert "hidden inputs can be foretold" in said
    assert "Verification: skipped" in zipfile.ZipFile(out).read("BUILD.txt").decode()


def test_advice_for_code():
    """Where student code runs, the container holds the grader and the largest call together."""
    homework = load("hw1", LIBRARY)
    assert container(homework) in CONTAINERS[1:]
    assert minutes(homework) * 60 * 0.75 >= seconds(homework)
    assert total(homework) == sum(question.points for question in homework)


def test_a_place_that_cannot_be_written_is_said(course, tmp_path, capsys):
    """The message names the option that helps."""
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "x.zip"
    assert cli.main(["build", "tiny", "--library", str(course), "--skip-verify", "--out", str(out)]) == 2
    assert "Name another file with --out." in capsys.readouterr().err
