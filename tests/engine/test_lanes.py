"""Rows of parts that are judged side by side, and which part is in which."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from autograder.engine.grade import grade
from autograder.engine.lanes import Judged, side_by_side
from autograder.engine.rows import Task, rows
from autograder.engine.sandboxes import Sandboxes
from autograder.equality.budget import Crashed, OutOfTime, Wait, Worker
from autograder.question import Assignment
from autograder.sandbox import SandboxError
from tests.code.test_laboratory import RIGHT, scripted, submission, words
from tests.tiny import question as tiny_question

FAR = time.monotonic() + 600


def _judged(place: int) -> Judged:
    return Judged(question=tiny_question(str(place)), verdict=RIGHT, seconds=0.0)


def _lane(log: list[str], places: tuple[int, ...], awaited: Wait | None = None):
    log.append(f"begin {places[0]}")
    if awaited is not None:
        yield awaited
    for place in places:
        yield _judged(place)
    log.append(f"end {places[0]}")


def _order(lanes, jobs: int) -> list[str]:
    return [judged.question.id for judged in side_by_side(lanes, jobs)]


def test_with_one_job_lanes_follow_one_another():
    """The second is not begun before the first has ended, also where that one waits."""
    log: list[str] = []
    over = Wait(descriptor=0, until=time.monotonic())
    assert _order([_lane(log, (1, 2), over), _lane(log, (3, 4))], 1) == ["1", "2", "3", "4"]
    assert log == ["begin 1", "end 1", "begin 3", "end 3"]


def test_a_lane_that_waits_holds_nobody_up():
    """Another lane goes on meanwhile; what is awaited is taken up once it is there; a third is begun behind the first to end."""
    log: list[str] = []
    reading, writing = os.pipe()

    def answering():
        yield _judged(5)
        os.write(writing, b"there")

    waiting = _lane(log, (1, 2), Wait(descriptor=reading, until=FAR))
    assert _order([waiting, _lane(log, (3, 4)), answering()], 2) == ["3", "4", "5", "1", "2"]
    assert log == ["begin 1", "begin 3", "end 3", "end 1"]
    os.close(reading)
    os.close(writing)


def test_a_wait_ends_with_its_time():
    """What never comes is asked for all the same when its time is over."""
    reading, writing = os.pipe()
    late = Wait(descriptor=reading, until=time.monotonic() + 0.05)
    assert _order([_lane([], (1,), late)], 2) == ["1"]
    os.close(reading)
    os.close(writing)


def test_code_for_torch_does_not_keep_other_code_waiting():
    """Parts that need torch share a sandbox, all others share another; torch's is begun first."""
    acts = (lambda bench: RIGHT,)
    one, two, three, four = (
        replace(scripted(*acts, modules=modules).questions[0], id=str(place))
        for place, modules in enumerate((("json",), ("matplotlib", "torch"), (), ("torch", "csv")), 1)
    )
    written = tiny_question("5")
    found = rows((one, two, written, three, four), submission("x = 1"))
    assert found.written == ((written, None),)
    assert list(found.by_libraries.items()) == [
        (("matplotlib", "torch", "csv"), (Task(question=two), Task(question=four))),
        (("json",), (Task(question=one), Task(question=three))),
    ]


def test_how_many_at_once_changes_no_verdict():
    """Result and order of the parts are those of one job, and what instructors read is said once."""
    acts = [lambda bench: RIGHT, lambda bench: 1 / 0]
    plain, torch = scripted(*acts).questions, scripted(*acts, modules=("torch",)).questions
    renamed = tuple(replace(question, id=str(place)) for place, question in enumerate((*torch, *plain), 1))
    questions = (*renamed, tiny_question("5"), tiny_question("6"))
    mixed = Assignment(name="lab", title="Lab", points=6, questions=questions)
    handed_in = submission("x = 1", q5="right", q6="wrong")
    one, two = (_plain(grade(mixed, handed_in, seed=1, jobs=jobs)) for jobs in (1, 2))
    assert one == two
    assert words(one) == ["ok", "undecided", "ok", "undecided", "ok", "not yet"]
    assert one.complete
    assert len(one.staff) == len(set(one.staff))


def _plain(result):
    return replace(result, seconds=0.0, parts=tuple(replace(part, seconds=0.0) for part in result.parts))


def test_a_sandbox_loads_while_something_else_is_done():
    """Begun early it is the one that is lent later; one that nobody wants is ended without waiting for its libraries."""
    with Sandboxes() as sandboxes:
        assert sandboxes.begin(("json",)) == sandboxes.begin(("json",))
        unwanted = Sandboxes()
        unwanted.begin(("torch",))
        loading = unwanted._loading["torch",].server.pid
        unwanted.give_up([("json",)])
        assert not _lives(loading)
        begun = sandboxes._loading["json",].server.pid
        assert sandboxes.get(("json",), None).server.pid == begun
        assert sandboxes.begin(("json",)) is None  # it is warm


def test_a_sandbox_that_does_not_start_is_told_when_it_is_wanted():
    """The reason comes with the first request, not while something else is done."""
    with Sandboxes() as sandboxes:
        sandboxes.begin(("no_such_library",))
        with pytest.raises(SandboxError, match="No module named 'no_such_library'"):
            sandboxes.get(("no_such_library",), None)
    result = grade(scripted(lambda bench: RIGHT, modules=("no_such_library",)), submission("x = 1"), seed=1, jobs=2)
    assert words(result) == ["undecided"]
    assert result.staff == ("The sandbox could not be started, so that no part with student code was graded.",)


def test_work_is_handed_over_and_its_answer_taken_later():
    """What is to be waited for becomes readable with the answer; a death and a lack of time are told at the end."""
    with Worker(_work) as worker:
        wait = worker.begin({"do": "answer"}, 5.0)
        assert wait.descriptor >= 0
        assert worker.finish() == {"said": "answer"}
        worker.begin({"do": "die"}, 5.0)
        with pytest.raises(Crashed):
            worker.finish()
        worker.begin({"do": "hang"}, 0.2)
        with pytest.raises(OutOfTime):
            worker.finish()


def _work(job):
    if job["do"] == "die":
        os._exit(3)
    if job["do"] == "hang":
        time.sleep(60)
    return {"said": job["do"]}


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
