"""Sandboxes that a process keeps warm: the same verdicts, lent one at a time, gone when their borrower was killed."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, replace

from autograder.engine import laboratory as laboratories
from autograder.engine.grade import grade
from autograder.engine.sandboxes import Sandboxes
from autograder.question import Question
from autograder.sandbox import Call, Program
from autograder.verdict import Verdict, Word
from tests.code.test_laboratory import RIGHT, scripted, submission, words
from tests.tiny import question as tiny_question

FILE = "state = []\ndef remember():\n    state.append(1)\n    return len(state)\n"


def call(bench, name="remember"):
    return bench.sandbox.call(Program(files=dict(bench.submission.files), main="functions.py"), Call(name=name))


def test_a_warm_sandbox_is_the_same_server_and_remembers_nothing():
    """Three gradings share one fork server, and each finds its file as it was written."""
    with Sandboxes() as sandboxes:
        told = []

        def act(bench):
            outcome = call(bench)
            told.append(outcome)
            return RIGHT if outcome.value == 1 else None

        servers = set()
        for _ in range(3):
            result = grade(scripted(act), submission(FILE), seed=1, sandboxes=sandboxes)
            assert words(result) == ["ok"]
            servers |= {sandbox.server.pid for sandbox in sandboxes._warm.values()}
        assert len(servers) == 1
    assert not _lives(servers.pop())


def test_each_set_of_libraries_has_its_own():
    """A submission is held as it would be alone, with no library that it did not ask for; the oldest goes first."""
    with Sandboxes() as sandboxes:
        for modules in (("json",), ("csv",), (), ("html",), ("json",)):
            result = grade(
                scripted(lambda bench: RIGHT, modules=modules), submission(FILE), seed=1, sandboxes=sandboxes
            )
            assert words(result) == ["ok"]
        assert list(sandboxes._warm) == [(), ("html",), ("json",)]


def test_with_a_warm_sandbox_one_process_judges_written_answers_and_code():
    """Both are judged by one process where the sandbox is there before it is forked; a formula that hangs costs no code."""

    def say(bench):
        return Verdict(word=Word.OK, credit=1, wrote=str(os.getpid()), feedback=(str(call(bench).value),))

    def graded(text: str) -> tuple[list[str], str, tuple[str, ...]]:
        result = grade(assignment, submission(FILE, q0=text), seed=1, sandboxes=sandboxes)
        first, second = (part.verdict for part in result.parts)
        return [first.wrote, second.wrote], first.word, second.feedback

    with Sandboxes() as sandboxes:
        assignment = scripted(say)
        assignment = replace(assignment, questions=(_telling(), *assignment.questions))
        for word, others in (("cold", 2), ("warm", 1), ("warm again", 1)):
            pids, told, value = graded(word)
            assert (len(set(pids)), told, value) == (others, "ok", ("1",))
        pids, told, value = graded("hang")
        assert (told, value) == ("undecided", ("1",))
        assert graded("warm after all")[1:] == ("ok", ("1",))
        (sandbox,) = sandboxes._warm.values()
        assert sandbox.sound


def _telling() -> Question:
    """A written part that tells which process judges it, unless it hangs."""

    @dataclass(frozen=True)
    class Telling:
        kind: str = "telling"
        seconds: float = 0.5

        def judge(self, question, answers, *, seed):
            if answers["q0"].content == "hang":
                signal.pause()
            return Verdict(word=Word.OK, credit=1, wrote=str(os.getpid()))

    return replace(tiny_question("0"), answer=Telling())


def test_a_borrower_that_hangs_costs_the_sandbox(monkeypatch):
    """The judging process is killed, the server that it held ends, and the next part has a new one."""
    monkeypatch.setattr(laboratories, "_MARGIN", 0.0)
    monkeypatch.setattr(laboratories, "_PART_SECONDS", 1.0)

    def hang(bench):
        signal.pause()

    with Sandboxes() as sandboxes:
        first = sandboxes.get((), None).server.pid
        result = grade(scripted(hang, lambda bench: RIGHT), submission(FILE), seed=1, sandboxes=sandboxes)
        assert words(result)[0] == "undecided"
        assert not _lives(first)
        result = grade(scripted(lambda bench: RIGHT), submission(FILE), seed=1, sandboxes=sandboxes)
        assert words(result) == ["ok"]


def test_a_server_that_dies_is_noticed():
    """Its part is an apology or judged with a new server; the submission after it finds a sound one."""
    with Sandboxes() as sandboxes:

        def act(bench):
            os.kill(bench.sandbox.server.pid, signal.SIGKILL)
            call(bench)
            return RIGHT

        result = grade(scripted(act), submission(FILE), seed=1, sandboxes=sandboxes)
        assert (words(result), result.pending) in ((["undecided"], 1), (["ok"], 0))  # as soon as the death is seen
        assert words(grade(scripted(lambda bench: RIGHT), submission(FILE), seed=1, sandboxes=sandboxes)) == ["ok"]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
