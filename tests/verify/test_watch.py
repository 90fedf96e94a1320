"""The author's loop: a file is edited, and the checklist is there again."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import cli
from autograder.assignments import KEY_VARIABLE
from autograder.cli.verify import add_arguments, watch
from tests.verify.course import write


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    return write(tmp_path / f"shelf_{tmp_path.name}")


def parsed(shelf, *words):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args([*words, "--watch", "--seeds", "1", "--cores", "1", "--library", str(shelf)])


class Stopped(Exception):
    """The author presses Ctrl-C."""


def author(*edits):
    """What happens between two looks at the files: one edit after the other, and then the end."""
    waiting = iter(edits)

    def pause():
        try:
            edit = next(waiting)
        except StopIteration:
            raise Stopped from None
        edit()

    return pause


def replaced(path, old, new):
    def edit():
        path.write_text(path.read_text().replace(old, new))
        stamp = path.stat().st_mtime_ns + 1  # clocks of file systems are coarse
        os.utime(path, ns=(stamp, stamp))

    return edit


def test_an_edit_is_verified_anew(shelf, capfd):
    """A mistake is saved and its failing row appears; it is mended and all rows pass; in between nothing runs."""
    file = shelf / "demo" / "q1.py"
    codes = []

    def run_again(command):
        codes.append(subprocess.run(command, check=False, cwd=Path(cli.__file__).parents[2]).returncode)

    nothing = lambda: None  # noqa: E731 - an author who thinks
    pause = author(
        nothing, replaced(file, '"upside-down", "b"', '"upside-down", "a"'), nothing,
        replaced(file, '"upside-down", "a"', '"upside-down", "b"'), nothing,
    )  # fmt: skip
    with pytest.raises(Stopped):
        watch(parsed(shelf, "demo/1b"), run_again=run_again, pause=pause)
    assert codes == [0, 1, 0]
    out, err = capfd.readouterr()
    runs = [line for line in out.splitlines() if "rows pass" in line or "rows fail" in line]
    assert ["fail" in line for line in runs] == [False, True, False]
    assert "FAIL  misconceptions  1b             upside-down: it is a right answer" in out
    assert err.count("watching; stop with Ctrl-C.") == 3


def test_new_and_removed_files_count(shelf):
    """A new question file, a change of the solution, a file that goes: each is a reason to run again."""
    runs = []
    new = shelf / "demo" / "q2.py"
    solution = shelf / "demo" / "solution" / "answers.py"
    with pytest.raises(Stopped):
        watch(
            parsed(shelf, "demo", "--html", "page.html", "--json"),
            run_again=runs.append,
            pause=author(lambda: new.write_text("x = 1\n"), replaced(solution, "a", "b"), new.unlink, lambda: None),
        )
    assert len(runs) == 4
    assert all(run[run.index("--html") + 1] == "page.html" and "--json" in run and "--watch" not in run for run in runs)


def test_a_folder_that_is_not_there_is_told(shelf, capsys):
    """Nothing is watched for ever in vain."""
    assert cli.main(["verify", "demos", "--watch", "--library", str(shelf)]) == 2
    assert "there is no folder" in capsys.readouterr().err
