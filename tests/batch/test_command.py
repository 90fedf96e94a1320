"""`batch` as a user meets it: what is printed, what an interruption costs, and every way to go wrong."""

from __future__ import annotations

import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.batch import store as stores
from autograder.batch.entries import gather
from autograder.batch.loop import Loop, Step
from autograder.batch.progress import Progress, first_line
from autograder.batch.store import Store, StoreFull
from autograder.cli import main
from tests import tiny
from tests.batch.classes import RIGHT, WRONG, Obeying, canonical, export, folder, zipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def library(tmp_path):
    return tiny.library(tmp_path / "lib")


def command(tmp_path, library, *more, source="class", out="out"):
    return [
        *("batch", str(tmp_path / source), "--assignment", "tiny", "--out", str(tmp_path / out)),
        *("--library", str(library), *more),
    ]


def rows(tmp_path, out="out"):
    with Store(tmp_path / out / "batch.sqlite", write=False) as store:
        return list(store.rows())


def without_times(text: str) -> str:
    return re.sub(r"\d+(\.\d+)? s\b", "_ s", text)


def test_one_line_per_submission_when_piped(tmp_path, library, capsys):
    """Each with its score, then how it went."""
    (tmp_path / "class.zip").write_bytes(zipped(export(**{"submission_13/answers.py": RIGHT})))
    assert main(command(tmp_path, library, "--jobs", "1", source="class.zip")) == 0
    printed = without_times(capsys.readouterr().out).replace(str(tmp_path), "")
    lines, ended = printed.splitlines()[:3], printed.splitlines()[3:]
    assert sorted(lines) == [
        "graded   submission_11 (Ada Lovelace)  5.5 of 5.5  _ s",
        'graded   submission_12 (李 明, Noël "=1+1" O\'Brien)  1.5 of 5.5  _ s',
        "same     submission_13",
    ]
    assert ended == [
        "2 graded, 1 equal to another; _ s.",
        *(f"written: /out/{name}" for name in ("scores.csv", "results.jsonl", "class.html")),
    ]


def test_kill_and_resume(tmp_path, library):
    """Killed without warning in the middle, a batch keeps what it reported; resumed, it grades only the rest, to the
    same results as one that was never disturbed.
    """
    answers = {
        f"s{number:02}": f'q1a = "{"right" if number % 3 else "wrong"}"\nq2 = "{number}"\n' for number in range(24)
    }
    folder(tmp_path / "class", answers)
    process = subprocess.Popen(
        [sys.executable, "-m", "autograder", *command(tmp_path, library, "--jobs", "2")],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    reported = [process.stdout.readline().split()[1] for _ in range(5)]
    process.kill()
    reported += [line.split()[1] for line in process.stdout if line.startswith("graded")]
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    kept = {row.id for row in rows(tmp_path) if row.graded is not None}
    assert kept >= set(reported)
    assert len(kept) < 24
    resumed = subprocess.run(
        [sys.executable, "-m", "autograder", *command(tmp_path, library, "--resume")],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [line.split()[:2] for line in resumed.stdout.splitlines()[:24]]
    assert {name for how, name in lines if how == "kept"} == kept
    assert {name for how, name in lines if how == "graded"} == set(answers) - kept
    with Store(tmp_path / "whole.sqlite") as store:
        Loop(Obeying(), store, lambda step: None).run(gather(tmp_path / "class").entries)
        assert canonical(rows(tmp_path)) == canonical(store.rows())


def test_workers_end_with_their_batch(tmp_path, library):
    """After a kill no worker goes on in the background."""
    folder(tmp_path / "class", {f"s{number}": f'q1a = "{number}"\n' for number in range(40)})
    process = subprocess.Popen(
        [sys.executable, "-m", "autograder", *command(tmp_path, library, "--jobs", "1")],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdout.readline()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    workers = [
        int(name) for task in children.parent.parent.iterdir() for name in (task / "children").read_text().split()
    ]
    process.kill()
    process.wait()
    process.stdout.close()
    assert workers
    deadline = time.monotonic() + 20
    while any(_lives(worker) for worker in workers):
        assert time.monotonic() < deadline, "a worker outlived its batch"
        os.sched_yield()


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_failures_are_listed(tmp_path, library, capsys):
    """The exit code is 1, and the list says that nobody got a zero."""
    folder(tmp_path / "class", {"ada": 'q1a = "kill"\n', "bob": RIGHT})
    assert main(command(tmp_path, library, "--jobs", "1")) == 1
    printed = capsys.readouterr().out
    assert printed.count("again    ada: the worker was lost: it ended without an answer (signal 9)") == 2
    assert "1 graded, 1 failed;" in printed
    assert (
        "Not graded, and not counted as zero; run again with --resume once the reason is mended:\n  ada: the" in printed
    )


def test_uploads_that_hold_nothing_are_told(tmp_path, library, capsys):
    """A corrupt archive, a bomb and an empty folder are graded like everything else, and listed for a person to look at."""
    folder(tmp_path / "class", {"ada": RIGHT})
    (tmp_path / "class" / "bob.zip").write_bytes(zipped({"answers.py": RIGHT})[:-30])
    (tmp_path / "class" / "cyd.zip").write_bytes(zipped({"answers.py": b"\0" * (65 << 20)}))
    (tmp_path / "class" / "dee").mkdir()
    assert main(command(tmp_path, library, "--jobs", "1")) == 0
    told = capsys.readouterr().out.partition("look at them before you publish a zero:\n")[2].splitlines()
    assert [line.split(":")[0].strip() for line in told] == ["bob", "cyd", "dee"]
    assert "not a readable zip" in told[0] or "not a zip file" in told[0]
    assert "more than the" in told[1]
    assert "it is empty" in told[2]


def test_a_database_that_is_there(tmp_path, library, capsys):
    """It is gone on with only when asked; --student grades one anew; another assignment is never mixed in."""
    folder(tmp_path / "class", {"ada": RIGHT, "bob": WRONG})
    assert main(command(tmp_path, library)) == 0
    assert main(command(tmp_path, library)) == 2
    assert "holds 2 submissions. Add --resume to go on with them, or name another --out." in capsys.readouterr().err
    assert main(command(tmp_path, library, "--student", "BOB")) == 0
    assert capsys.readouterr().out.startswith("graded   bob  1.5 of 5.5")
    assert main(command(tmp_path, library, "--student", "zoe")) == 2
    assert "nobody among the 2 submissions is 'zoe'" in capsys.readouterr().err


def test_questions_that_changed_are_not_mixed(tmp_path, library, capsys, monkeypatch):
    """Results by two sets of questions in one table would be unfair; the message names the parts."""
    folder(tmp_path / "class", {"ada": RIGHT})
    assert main(command(tmp_path, library)) == 0
    changed = tiny.assignment(tiny.question("1a", points=1), *tiny.assignment().questions[1:])
    monkeypatch.setattr("autograder.batch.run.load", lambda name, library: changed)
    assert main(command(tmp_path, library, "--resume")) == 2
    assert "was begun (1a). Grade into another --out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--jobs", "0"], "--jobs 0: at least one worker is needed."),
        (["--out", "{}/class/out"], "lies within the submissions"),
        (["--out", "{}/class/ada/answers.py"], "lies within the submissions"),
        (["--out", "{}/lib/tiny/assignment.py"], "cannot make the folder"),
        (["--assignment", "hw9"], "there is no assignment 'hw9'"),
    ],
)
def test_commands_that_cannot_be(tmp_path, library, capsys, more, message):
    """Nothing is begun, and the message says what to write."""
    folder(tmp_path / "class", {"ada": RIGHT})
    assert main(command(tmp_path, library, *(text.format(tmp_path) for text in more))) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    "fault",
    [
        ("set_meta", StoreFull("disk is full"), "cannot take more (disk is full). 0 submissions are known"),
        ("_connect", sqlite3.OperationalError("disk is full"), "cannot be opened (disk is full). Make room"),
    ],
)
def test_a_disk_that_is_full_from_the_start(tmp_path, library, capsys, monkeypatch, fault):
    """Also before the first result the batch ends with a word of its own, and lets others write."""
    place, error, message = fault

    def fail(*arguments, **more):
        raise error

    folder(tmp_path / "class", {"ada": RIGHT})
    with monkeypatch.context() as patch:
        patch.setattr(stores if place == "_connect" else Store, place, fail)
        assert main(command(tmp_path, library)) == 2
    assert message in capsys.readouterr().err
    assert main(command(tmp_path, library)) == 0


class Clock:
    """A clock that jumps as told."""

    def __init__(self, *readings: float) -> None:
        self.readings = list(readings)

    def __call__(self) -> float:
        return self.readings.pop(0) if len(self.readings) > 1 else self.readings[0]


@pytest.mark.parametrize(
    ("readings", "line"),
    [
        ((0.0, 0.0, 30.0), "2 of 4 submissions, 4.0 a minute, 31 s left"),
        ((1000.0, 1000.0, 30.0), "2 of 4 submissions"),
    ],
)
def test_the_line_on_a_terminal(tmp_path, monkeypatch, readings, line):
    """Count, rate and time left; a clock that is set back spoils only the rate."""
    monkeypatch.setattr("autograder.batch.progress.time.monotonic", Clock(*readings))
    entries = gather(folder(tmp_path, dict.fromkeys("abcd", RIGHT))).entries
    stream = io.StringIO()
    progress = Progress(4, stream, live=True)
    for entry in entries[:2]:
        progress.step(Step(entry=entry, how="graded"))
    assert stream.getvalue().split("\r\x1b[K")[-1] == line
    progress.close()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_wall_clock_that_jumps_changes_nothing(tmp_path, monkeypatch):
    """No result and no order depends on the time of day."""
    entries = gather(folder(tmp_path / "class", {"ada": RIGHT, "bob": WRONG})).entries
    told = []
    for jump, name in ((0.0, "a"), (-1e9, "b")):
        monkeypatch.setattr(time, "time", lambda jump=jump: 1.7e9 + jump)
        with Store(tmp_path / f"{name}.sqlite") as store:
            Loop(Obeying(), store, lambda step: None).run(entries)
            told.append(canonical(store.rows()))
    assert told[0] == told[1]


def test_the_line_of_a_message_that_says_most():
    """Of a traceback it is the last, else the first."""
    assert first_line('Traceback (most recent call last):\n  File "x"\nKeyError: 1\n') == "KeyError: 1"
    assert first_line("hw1/1a: G-0: Traceback (most recent call last):\n  x\nKeyError: 1") == "hw1/1a: G-0: KeyError: 1"
    assert first_line("the worker was lost\nIt said:\nx") == "the worker was lost"
    assert first_line("") == ""
