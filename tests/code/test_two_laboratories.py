"""Two laboratories that share a row of parts and its fork server: side by side, and no verdict depends on it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from autograder.engine.grade import grade
from autograder.question import Assignment
from tests.code.test_laboratory import RIGHT, Scripted, scripted, submission, words
from tests.code.test_warm_sandboxes import FILE, call

PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LongAnswer(Scripted):
    """One that says of itself that it takes long."""

    long: bool = True


class Notes:
    """What the parts of a run say to each other and to the test, in files."""

    def __init__(self, folder):
        self.folder = folder

    def say(self, name, value=""):
        (self.folder / f"{name}.part").write_text(str(value))
        (self.folder / f"{name}.part").rename(self.folder / name)

    def hear(self, name):
        until = time.monotonic() + PATIENCE
        while not (self.folder / name).exists():
            assert time.monotonic() < until, f"{name} never came"
            time.sleep(0.01)
        return (self.folder / name).read_text()


@pytest.fixture
def notes(tmp_path):
    return Notes(tmp_path)


def test_two_parts_of_a_row_are_judged_at_the_same_time(notes):
    """Each waits for the other; both ask one fork server, from two processes, and get the answers to what they asked."""

    def act(own, other):
        def judge(bench):
            notes.say(own, f"{os.getpid()} {bench.sandbox.server.pid}")
            notes.hear(other)
            outcomes = [call(bench).value for _ in range(20)]
            missing = [call(bench, own).message for _ in range(3)]
            return RIGHT if outcomes == [1] * 20 and all(own in text for text in missing) else None

        return judge

    result = grade(scripted(act("one", "two"), act("two", "one")), submission(FILE), seed=1, jobs=2)
    assert [str(word) for word in words(result)] == ["ok", "ok"]
    (one, server), (two, other) = (notes.hear(name).split() for name in ("one", "two"))
    assert one != two
    assert server == other


def test_with_one_processor_there_is_one_laboratory(notes):
    """Its parts follow one another in one process, as one processor cannot do two things at once."""

    def act(name):
        def judge(bench):
            notes.say(name, os.getpid())
            return RIGHT

        return judge

    grade(scripted(*map(act, "abc")), submission(FILE), seed=1, jobs=1)
    assert len({notes.hear(name) for name in "abc"}) == 1


def test_each_takes_the_next_part(notes):
    """While one is at a long part the other does all that follow."""

    def long(bench):
        notes.hear("last")
        return RIGHT

    def short(name):
        def judge(bench):
            notes.say(name)
            return RIGHT

        return judge

    result = grade(scripted(long, short("next"), short("last")), submission(FILE), seed=1, jobs=2)
    assert [str(word) for word in words(result)] == ["ok", "ok", "ok"]


def test_a_long_part_is_begun_first(notes):
    """So that the others are judged beside it, both of which wait for it here; the result has the paper's order."""

    def short(bench):
        notes.hear("long")
        return RIGHT

    def long(bench):
        notes.say("long")
        return RIGHT

    one, two, three = scripted(short, short, long).questions
    three = replace(three, answer=LongAnswer(act=long))
    lab = Assignment(name="lab", title="Lab", points=3, questions=(one, two, three))
    result = grade(lab, submission(FILE), seed=1, jobs=2)
    assert [(part.part, str(part.verdict.word)) for part in result.parts] == [(f"lab/{n}", "ok") for n in (1, 2, 3)]


def test_one_that_dies_costs_the_other_nothing(notes):
    """Its sandbox is ended with it, under the hands of the other, whose calls are made again in a new one."""

    def die(bench):
        notes.say("server", bench.sandbox.server.pid)
        notes.hear("watching")
        os._exit(3)

    def go_on(bench):
        server = int(notes.hear("server"))
        assert call(bench).value == 1
        notes.say("watching")
        until = time.monotonic() + PATIENCE
        while _lives(server):
            assert time.monotonic() < until
            time.sleep(0.01)
        return RIGHT if [call(bench).value for _ in range(3)] == [1] * 3 else None

    result = grade(scripted(die, go_on), submission(FILE), seed=1, jobs=2)
    assert [str(word) for word in words(result)] == ["undecided", "ok"]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
