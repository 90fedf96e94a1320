"""The way of a class through the workers: once per content, kept at once, tried again, never a zero."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import Future
from dataclasses import replace

import pytest

from autograder.batch import loop as loops
from autograder.batch import store as stores
from autograder.batch.crew import LocalCrew, Lost, Place, Slot
from autograder.batch.entries import gather
from autograder.batch.loop import Loop
from autograder.batch.package import pack, unpack
from autograder.batch.store import Store, StoreFull
from autograder.batch.worker import answer
from autograder.errors import AuthorError, GraderBug, SubmissionError
from tests import tiny
from tests.batch.classes import RIGHT, WRONG, Obeying, canonical, folder

CLASS = {"ada": RIGHT, "bob": WRONG, "cyd": RIGHT, "dee": 'q1a = "manual"\n', "eve": ""}


@pytest.fixture
def entries(tmp_path):
    return gather(folder(tmp_path / "class", CLASS)).entries


def run(entries, path, crew=None, **more):
    """Grade, and return the steps and the rows."""
    steps = []
    with Store(path) as store:
        Loop(crew or Obeying(), store, lambda step: steps.append((step.entry.id, step.how)), **more).run(entries)
        return steps, list(store.rows())


def test_equal_submissions_are_graded_once(entries, tmp_path):
    """The second who hands in the same gets the same result without another grading."""
    crew = Obeying()
    steps, rows = run(entries, tmp_path / "b.sqlite", crew)
    assert len(crew.submitted) == 4
    assert sorted(steps) == [
        ("ada", "graded"),
        ("bob", "graded"),
        ("cyd", "same"),
        ("dee", "graded"),
        ("eve", "graded"),
    ]
    assert [row.graded.result["score"] for row in rows] == ["11/2", "3/2", "11/2", "0", "0"]
    assert rows[3].graded.result["pending"] == "2"


def test_what_is_kept_is_not_graded_again(entries, tmp_path):
    """A second run finds everything done; one whose files changed is graded anew."""
    run(entries, tmp_path / "b.sqlite")
    crew = Obeying()
    steps, _ = run(entries, tmp_path / "b.sqlite", crew)
    assert ({how for _, how in steps}, crew.submitted) == ({"kept"}, [])
    (tmp_path / "class" / "eve" / "answers.py").write_text(WRONG + "# later\n")
    steps, rows = run(entries, tmp_path / "b.sqlite", crew)
    assert [step for step in steps if step[1] != "kept"] == [("eve", "graded")]
    assert rows[4].graded.result["score"] == "3/2"


def test_one_student_is_graded_anew_when_asked(entries, tmp_path):
    """`again` grades although there is a result."""
    run(entries, tmp_path / "b.sqlite")
    steps, _ = run(entries[:1], tmp_path / "b.sqlite", again=True)
    assert steps == [("ada", "graded")]


def test_a_lost_worker_is_tried_again(entries, tmp_path):
    """One loss costs nothing but a line."""
    steps, rows = run(entries, tmp_path / "b.sqlite", Obeying(lambda number: "it died" if number == 0 else ""))
    assert ("ada", "retried") in steps
    assert ("ada", "graded") in steps
    assert [row.graded.attempts for row in rows] == [2, 1, 2, 1, 1]


def test_what_always_fails_is_listed_and_no_zero(entries, tmp_path):
    """After three attempts there is a reason in place of a result, for everybody who handed in the same."""
    data = pack(entries[0].read()).data

    class Failing(Obeying):
        def submit(self, package):
            self._loses = lambda number: "it died" if package == data else ""
            return super().submit(package)

    steps, rows = run(entries, tmp_path / "b.sqlite", Failing())
    assert [step for step in steps if step[0] == "ada"] == [("ada", "retried"), ("ada", "retried"), ("ada", "failed")]
    assert ("cyd", "failed") in steps
    assert [(row.graded is None, row.failure) for row in rows if row.id in ("ada", "cyd")] == [(True, "it died")] * 2
    steps, rows = run(entries, tmp_path / "b.sqlite")
    assert {(name, how) for name, how in steps if how != "kept"} == {("ada", "graded"), ("cyd", "same")}
    assert [row.failure for row in rows] == [""] * 5


def test_a_fault_of_the_grader_is_tried_again_and_listed(tmp_path):
    """A part on which the grader itself fails stays open, and its submission stands among the failures."""
    entries = gather(folder(tmp_path / "class", {"ada": 'q1a = "raise"\nq2 = "right"\n'})).entries
    crew = Obeying()
    steps, rows = run(entries, tmp_path / "b.sqlite", crew)
    assert steps == [("ada", "retried"), ("ada", "retried"), ("ada", "failed")]
    assert rows[0].failure.startswith("tiny/1a: G-")
    assert (rows[0].graded.result["score"], rows[0].graded.result["pending"]) == ("1/2", "2")


def test_neither_order_nor_capacity_changes_a_result(entries, tmp_path):
    """Results are a function of submission and questions."""
    _, rows = run(entries, tmp_path / "a.sqlite")
    _, others = run(entries[::-1], tmp_path / "b.sqlite", Obeying(capacity=17))
    assert canonical(rows) == canonical(others)


def test_memory_is_bounded(tmp_path, monkeypatch):
    """However large the class, as many packages and bytes are under way as there is room for, and what is done is let go."""
    entries = gather(folder(tmp_path / "class", {f"s{n:02}": f'q1a = "{n}"\n' for n in range(40)})).entries
    reply = answer(tiny.assignment(), pack(entries[0].read()).data, None)
    size = len(pack(entries[0].read()).data)

    class Waiting(Obeying):
        def submit(self, data):
            self.submitted.append(data)
            return Future()

    def first_answered(flying, return_when):
        under_way.append(len(flying))
        first = next(iter(flying))
        first.set_result(reply)
        return {first}, set(flying) - {first}

    monkeypatch.setattr(loops, "wait", first_answered)
    for most, expected in ((1 << 28, 5), (3 * size, 3), (1, 1)):
        under_way = []
        monkeypatch.setattr(loops, "_MOST_BYTES", most)
        with Store(tmp_path / f"{most}.sqlite") as store:
            loop = Loop(Waiting(capacity=5), store, lambda step: None)
            loop.run(entries)
            assert max(under_way) == expected
            assert len(under_way) == store.count() == 40
        assert [loop._flying, loop._jobs, loop._failed] == [{}, {}, {}]


def test_equal_submissions_far_apart_are_told_from_those_of_an_earlier_run(entries, tmp_path):
    """What this run graded is the same as another's; what an earlier one graded was there already, also after a regrade."""
    crew = Obeying(capacity=1)
    steps, _ = run(entries[:2], tmp_path / "b.sqlite", crew)
    steps, _ = run(entries[:3], tmp_path / "b.sqlite", crew)
    assert steps == [("ada", "kept"), ("bob", "kept"), ("cyd", "kept")]
    steps, _ = run(entries[:3], tmp_path / "b.sqlite", crew, again=True)
    assert steps == [("ada", "graded"), ("bob", "graded"), ("cyd", "same")]
    assert len(crew.submitted) == 4


def test_a_full_disk_loses_nothing_that_was_reported(entries, tmp_path, monkeypatch):
    """The batch stops with a word of its own; with room again the rest is graded."""
    path = tmp_path / "b.sqlite"
    run(entries[:2], path)
    pages = sqlite3.connect(path).execute("pragma page_count").fetchone()[0]
    connect = stores._connect

    def cramped(*arguments, **more):
        connection = connect(*arguments, **more)
        connection.execute(f"pragma max_page_count = {pages}")
        return connection

    monkeypatch.setattr(stores, "_connect", cramped)
    many = gather(folder(tmp_path / "more", {f"s{n}": f'q1a = "{"x" * n}"\n' for n in range(30)})).entries
    told = []
    with Store(path) as store, pytest.raises(StoreFull, match="full"):
        Loop(Obeying(), store, lambda step: told.append(step.entry.id)).run(many)
    monkeypatch.undo()
    with Store(path) as store:
        kept = {row.id for row in store.rows() if row.graded is not None}
    assert kept >= {"ada", "bob", *told}
    _, rows = run(many, path)
    assert all(row.graded is not None for row in rows)


def test_two_batches_on_one_database(entries, tmp_path):
    """The second is refused and told who is writing; readers are always welcome."""
    import os

    with Store(tmp_path / "b.sqlite") as store:
        with pytest.raises(AuthorError, match=rf"another batch \(process {os.getpid()}\) is writing to .*b.sqlite"):
            Store(tmp_path / "b.sqlite")
        Loop(Obeying(), store, lambda step: None).run(entries)
        with Store(tmp_path / "b.sqlite", write=False) as reader:
            assert len(list(reader.rows())) == 5
    Store(tmp_path / "b.sqlite").close()


def test_a_file_that_is_no_database(tmp_path):
    """Nothing foreign is overwritten."""
    (tmp_path / "b.sqlite").write_text("my notes, more than one hundred bytes of them " * 5)
    with pytest.raises(AuthorError, match="is not a batch's database"):
        Store(tmp_path / "b.sqlite")
    assert (tmp_path / "b.sqlite").read_text().startswith("my notes")
    with pytest.raises(AuthorError, match="there is no"):
        Store(tmp_path / "nothing.sqlite", write=False)


def test_packages_come_back_as_they_were(entries):
    """The bytes of a submission are read back exactly; damaged ones are refused."""
    staged = entries[0].read()
    package = pack(staged)
    assert unpack(package.data) == staged
    for damaged in (b"", package.data[:-1], package.data + b"x", b"\xff" * 40):
        with pytest.raises(GraderBug, match="arrived damaged"):
            unpack(damaged)


def test_a_worker_that_is_killed_is_replaced(tmp_path):
    """Whoever grades with it next gets a new one."""
    place = Place(library=tiny.library(tmp_path / "lib"), assignment="tiny")
    packages = [pack(e.read()) for e in gather(folder(tmp_path / "c", {"a": 'q1a = "kill"\n', "b": RIGHT})).entries]
    slot = Slot(place)
    try:
        with pytest.raises(Lost, match="signal 9"):
            slot.grade(packages[0].data)
        assert b'"score": "11/2"' in slot.grade(packages[1].data)
    finally:
        slot.close()
    assert slot.pid is None


def test_a_worker_that_cannot_start_says_why(tmp_path):
    """The last words of the process are in the reason."""
    slot = Slot(Place(library=tiny.library(tmp_path / "lib"), assignment="none"))
    with pytest.raises(Lost, match="there is no assignment 'none'"):
        slot.grade(b"")


def test_processes_and_one_process_agree(entries, tmp_path):
    """Results from two workers are, byte for byte, those of the plain function."""
    place = Place(library=tiny.library(tmp_path / "lib"), assignment="tiny")
    with LocalCrew(place, 2) as crew:
        _, rows = run(entries, tmp_path / "a.sqlite", crew)
    _, others = run(entries, tmp_path / "b.sqlite")
    assert canonical(rows) == canonical(others)


class Busy(Obeying):
    """A crew on a machine with too much to do: the clock stops a part of every submission that is not alone."""

    def submit(self, data):
        future = super().submit(data)
        reply = json.loads(future.result())
        if len(self.submitted) <= 4:
            verdict = reply["result"]["parts"][0]["verdict"]
            verdict |= {"word": "undecided", "credit": "0", "misconception": None, "staff": ["stopped after 2 s"]}
        busy = Future()
        busy.set_result(json.dumps(reply).encode())
        return busy


def test_what_the_clock_cut_short_is_graded_again_alone(entries, tmp_path):
    """So that a busy machine gives the results of a quiet one; until then what was found is kept."""
    crew = Busy()
    steps, rows = run(entries, tmp_path / "a.sqlite", crew)
    assert len(crew.submitted) == 8
    assert [how for _, how in steps].count("alone") == 4
    assert [row.failure for row in rows] == [""] * 5
    assert canonical(rows) == canonical(run(entries, tmp_path / "b.sqlite")[1])


def test_an_interruption_before_that_leaves_it_to_the_next_run(entries, tmp_path):
    """What was cut short is kept, listed, and graded again by --resume."""

    def stop(step):
        if step.how == "alone":
            raise KeyboardInterrupt

    path = tmp_path / "a.sqlite"
    with Store(path) as store, pytest.raises(KeyboardInterrupt):
        Loop(Busy(), store, stop).run(entries)
    with Store(path) as store:
        assert all(row.graded is not None for row in store.rows())
        assert sum("stopped by the clock" in row.failure for row in store.rows()) == 3  # ada and cyd were through
    _, rows = run(entries, path)
    assert canonical(rows) == canonical(run(entries, tmp_path / "b.sqlite")[1])


@pytest.mark.parametrize(
    "error", [SubmissionError("gone"), PermissionError(13, "Permission denied"), OSError("damaged")]
)
def test_a_submission_that_cannot_be_read_is_listed(entries, tmp_path, error):
    """It costs the others nothing, and is read again by the next run."""

    def unreadable():
        raise error

    broken = [replace(entries[0], read=unreadable), *entries[1:]]
    steps, rows = run(broken, tmp_path / "a.sqlite")
    assert ("ada", "failed") in steps
    assert rows[0].graded is None
    assert rows[0].failure == str(error)
    steps, rows = run(entries, tmp_path / "a.sqlite")
    assert rows[0].graded.result["score"] == "11/2"
