"""A run of an author's tests, from the grader's side: forwards calls to the sandbox, keeps what was told, ends in time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Protocol

from autograder.errors import GraderBug
from autograder.sandbox import Call, NotRun, Outcome, Read
from autograder.sandbox.values import Unsupported
from autograder.sandbox.wire import Message, WireError
from autograder.testing import process
from autograder.testing.announce import EMPTY
from autograder.testing.link import Late, Link
from autograder.testing.outcomes import answered
from autograder.testing.reports import (
    Ending,
    Fault,
    Found,
    Ran,
    Trouble,
    found_from_wire,
    ran_from_wire,
    trouble_from_wire,
)

_GRACE = 5.0
_PRINTED = 20_000  # characters kept of what the student's code printed during one test


class Sessions(Protocol):
    """Where calls are made: each test of the author's meets a fresh process."""

    def call(self, wanted: Call | Read) -> Outcome:
        """Make one call in the present process, starting one where there is none."""
        ...

    def renew(self) -> None:
        """End the present process, if there is one."""
        ...


@dataclass(slots=True, kw_only=True)
class Run:
    """What is known of a run, however it ended.

    Args:
        found: the tests, in the author's order.
        ran: what came of those that ended, by id.
        printed: by id, what the student's code printed meanwhile.
        running: the id of the test that ran when the run ended early, or "".
        broken: why the run ended early, or None.
        late: it ended because its time was used up.
        noted: what belongs to no test.
    """

    found: tuple[Found, ...] = ()
    ran: dict[str, Ran] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    running: str = ""
    broken: Trouble | None = None
    late: bool = False
    noted: list[Trouble] = field(default_factory=list)

    @property
    def has_unclear(self) -> bool:
        """Whether a test stopped over a value of the student's, so that test or value may be wrong."""
        return any(trouble.fault is Fault.UNCLEAR for ran in self.ran.values() for trouble in ran.troubles)

    @property
    def cut_off(self) -> Run:
        """The same run, ended by the whole submission's deadline: that is nobody's fault."""
        return replace(self, broken=_ended("the submission's time was used up", Fault.NOT_RUN))

    def cleared_up_by(self, again: Run) -> Run:
        """The same run, with what was unclear decided by a run of the same tests with right answers.

        A test that passes with right answers can work with values, so that the student's value was at fault. Where right answers
        are empty as well, an empty array is one.
        """
        ran = {
            name: replace(test, troubles=tuple(_cleared_up(trouble, again.ran.get(name)) for trouble in test.troubles))
            for name, test in self.ran.items()
        }
        for name, test in self.ran.items():
            if test.troubles == (EMPTY,) and name in again.ran and again.ran[name].troubles == (EMPTY,):
                ran[name] = replace(test, ending=Ending.PASSED, troubles=())
        return replace(self, ran=ran)


def run(
    file: Path, sessions: Sessions, files: Sequence[str], deadline: float, *, seed: int = 0, hidden_seed: int = 0
) -> Run:
    """Run an author's tests in a process of their own.

    Args:
        file: the author's tests.
        sessions: where the student's code is called.
        files: names of the files that were handed in.
        deadline: moment of `time.monotonic()` at which the run is ended.
        seed: seeds every call of the student's code.
        hidden_seed: seeds what the tests themselves draw.
    """
    child, link = process.start(file, files, hidden_seed)
    watched = _Watched(sessions, seed)
    try:
        while not watched.over:
            watched.take(link.receive(deadline), link)
        with suppress(Late, EOFError, WireError):
            link.receive(time.monotonic() + _GRACE)  # it leaves by itself: a kill would cut off what it still writes
    except Late:
        watched.so_far.late = True
        # Where the student's code had no time left, the test that waited for it is not the one that hangs.
        fault = Fault.NOT_RUN if watched.was_refused else Fault.AUTHOR
        watched.so_far.broken = _ended("the time for these tests was used up", fault)
    except (EOFError, WireError, BrokenPipeError, ConnectionResetError):
        watched.so_far.broken = _ended(f"the process of the tests ended ({_end(child)})", Fault.AUTHOR)
        child = 0
    finally:
        link.close()
        sessions.renew()
        if child:
            _end(child, kill=True)
    return watched.so_far


class _Watched:
    """What one process of tests has told so far."""

    def __init__(self, sessions: Sessions, seed: int) -> None:
        self.so_far = Run()
        self.over = False
        self.was_refused = False
        self._sessions = sessions
        self._seed = seed

    def take(self, message: Message, link: Link) -> None:
        """Take one message; a call is made and answered."""
        value = message.value
        match message.kind:
            case "call":
                self._answer(Call(**value, seed=self._seed), link)
            case "read":
                self._answer(Read(**value), link)
            case "found":
                self.so_far.found = tuple(found_from_wire(test) for test in value)
            case "started":
                self.so_far.running = value
                self.was_refused = False
                self._sessions.renew()
            case "ran":
                ran = ran_from_wire(value)
                self.so_far.ran[ran.id] = ran
                self.so_far.running = ""
                self._sessions.renew()
            case "noted":
                self.so_far.noted.append(trouble_from_wire(value))
            case "broken":
                self.so_far.broken = trouble_from_wire(value)
                self.over = True
            case "done":
                self.over = True
            case other:
                raise GraderBug(f"the process of the tests said {other!r}, which means nothing")

    def _answer(self, wanted: Call | Read, link: Link) -> None:
        outcome = self._sessions.call(wanted)
        self.was_refused = isinstance(outcome, NotRun)
        printed = outcome.stdout + outcome.stderr
        if printed:
            test = self.so_far.running
            self.so_far.printed[test] = (self.so_far.printed.get(test, "") + printed)[:_PRINTED]
        try:
            link.send("answer", _plain(outcome))
        except Unsupported as error:
            raise GraderBug(f"an answer of the sandbox cannot be handed on: {error}") from error


def _plain(outcome: Outcome) -> dict[str, object]:
    """An outcome as plain values; the student's value itself is not copied."""
    plain = answered(outcome)
    return {name: getattr(plain, name) for name in (item.name for item in fields(plain))}


def _cleared_up(trouble: Trouble, again: Ran | None) -> Trouble:
    if trouble.fault is not Fault.UNCLEAR:
        return trouble
    if again is None or again.ending not in (Ending.PASSED, Ending.EXPECTED_FAILURE):
        return replace(trouble, fault=Fault.AUTHOR)
    said = f"The test could not work with what your code returned ({trouble.message})."
    return replace(trouble, fault=Fault.STUDENT, message=said)


def _ended(reason: str, fault: Fault) -> Trouble:
    return Trouble(fault=fault, message=reason, trace=reason)


def _end(child: int, *, kill: bool = False) -> str:
    """Collect the process, and say how it ended."""
    if kill:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
