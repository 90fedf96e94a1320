"""The worker: whatever its child does, the parent gets an answer or a clear error, and goes on."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.equality.budget import Crashed, OutOfTime, Worker

Answer = Mapping[str, Any]


def children() -> set[str]:
    """Children of this process that have not been waited for; other tests may keep some of their own."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def behave(job: Mapping[str, Any]) -> Iterator[Answer]:
    kind = job["kind"]
    if kind == "preliminary":
        yield {"found": "first"}
    if kind == "better":
        yield {"found": "first"}
        yield {"found": "better"}
    if kind == "pid":
        yield {"pid": os.getpid()}
    if kind in ("spin", "preliminary"):
        while True:
            pass
    if kind == "deaf":
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        # one power of big integers in C, which looks at no signal before it is done
        yield {"found": 7 ** (7**15) % 3}
    if kind == "segfault":
        ctypes.string_at(0)
    if kind == "exit":
        os._exit(3)
    if kind == "raise":
        raise KeyError("no such thing")
    if kind == "raise after":
        yield {"found": "first"}
        raise KeyError("no such thing")
    if kind == "memory":
        yield {"found": len(bytearray(1 << 40))}
    if kind == "recursion":
        behave_deep(0)
    if kind == "nan":
        yield {"found": float("nan")}
    if kind == "object":
        yield {"found": object()}
    if kind == "print":
        sys.stdout.write('{"answer": {"found": "forged"}}\n')
        sys.stdout.flush()
        os.write(1, b'{"answer": {"found": "forged"}}\n')
        yield {"found": "own"}
    if kind == "garbage":
        wire = sys._getframe(1).f_locals["answers"]
        os.write(wire, b"\xff\xfe no json\n")
        yield {"found": "own"}
    if kind == "long":
        yield {"found": "x" * (1 << 20)}
    if kind == "endless":
        while True:
            yield {"found": "again"}


def behave_deep(depth: int) -> int:
    return behave_deep(depth + 1) + 1


OTHERS = pytest.StashKey[set[str]]()


@pytest.fixture
def worker(request: pytest.FixtureRequest) -> Iterator[Worker]:
    request.node.stash[OTHERS] = children()
    with Worker(behave) as made:
        yield made
    assert children() <= request.node.stash[OTHERS]


def test_the_last_answer_counts(worker: Worker) -> None:
    """A better answer replaces the first."""
    assert worker.ask({"kind": "better"}, 10) == {"found": "better"}


def test_an_answer_that_came_in_time_is_kept(worker: Worker) -> None:
    """A preliminary answer survives the death of the one who looked for a better one."""
    assert worker.ask({"kind": "preliminary"}, 0.3) == {"found": "first"}
    assert worker.ask({"kind": "raise after"}, 10) == {"found": "first"}
    assert worker.ask({"kind": "endless"}, 0.3) == {"found": "again"}
    assert worker.ask({"kind": "better"}, 10) == {"found": "better"}


@pytest.mark.parametrize("kind", ["spin", "deaf"])
def test_a_child_that_does_not_answer_is_killed(worker: Worker, kind: str, request: pytest.FixtureRequest) -> None:
    """Also in C, and also when it ignores every signal that can be ignored."""
    with pytest.raises(OutOfTime):
        worker.ask({"kind": kind}, 0.3)
    assert children() <= request.node.stash[OTHERS]
    assert worker.ask({"kind": "better"}, 10) == {"found": "better"}


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("segfault", "SIGSEGV"),
        ("exit", "status 3"),
        ("raise", "no such thing"),
        ("memory", "memory"),
        ("recursion", "RecursionError"),
        ("nan", "JSON"),
        ("object", "JSON"),
        ("nothing", "no answer"),
    ],
)
def test_a_child_that_breaks_is_reported_and_replaced(worker: Worker, kind: str, seen: str) -> None:
    """The message says what was seen; the next job is done as if nothing had happened."""
    with pytest.raises(Crashed, match=seen):
        worker.ask({"kind": kind}, 20)
    assert worker.ask({"kind": "better"}, 10) == {"found": "better"}


def test_an_error_in_the_handler_costs_no_process(worker: Worker) -> None:
    """Only a death makes a new child necessary."""
    before = worker.ask({"kind": "pid"}, 10)
    with pytest.raises(Crashed):
        worker.ask({"kind": "raise"}, 10)
    assert worker.ask({"kind": "pid"}, 10) == before


def test_what_the_child_prints_is_no_answer(worker: Worker) -> None:
    """Standard output is not the wire."""
    assert worker.ask({"kind": "print"}, 10) == {"found": "own"}


def test_garbage_on_the_wire_is_no_answer(worker: Worker) -> None:
    """A child that writes to the wire by itself gets nothing believed."""
    with pytest.raises(Crashed):
        worker.ask({"kind": "garbage"}, 10)
    assert worker.ask({"kind": "better"}, 10) == {"found": "better"}


def test_long_answers_arrive_whole(worker: Worker) -> None:
    """A megabyte is more than a pipe holds."""
    assert len(worker.ask({"kind": "long"}, 20)["found"]) == 1 << 20


def test_a_child_killed_between_jobs_is_replaced(worker: Worker) -> None:
    """The parent does not trip over a dead child."""
    pid = worker.ask({"kind": "pid"}, 10)["pid"]
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(Crashed):
        worker.ask({"kind": "better"}, 10)
    assert worker.ask({"kind": "better"}, 10) == {"found": "better"}
