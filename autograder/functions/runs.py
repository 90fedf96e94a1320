"""The calls into a student's function: in processes that are replaced when they end, counted and timed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.answers.sandboxed import Bench, NotReached
from autograder.functions.draw import Case
from autograder.functions.faults import STOPS
from autograder.functions.loading import Loading
from autograder.functions.trial import Trial, judged
from autograder.sandbox import Call, Missing, NotRun, Outcome, Returned, SandboxError, Session, Usage

if TYPE_CHECKING:
    from autograder.answers.function import Function
    from autograder.submission.program import Located

_MOST_STOPS = 2  # calls of the first round that may run into a limit before the rest is not tried
_PATIENCE = 12  # what all calls of a function may take together, in units of what one may take
_AT_WORK = 0.2  # of the time that passed
_PATIENCE_WITH_LOADING = (
    36  # with loading its file each time: work at the left margin, within its own limit, costs nothing
)


@dataclass(slots=True, kw_only=True)
class Runs:
    """Calls into the sandbox, counting those that ran into a limit, and the time of all.

    Args:
        function: what is asked for.
        located: where the student wrote it.
        bench: the sandbox.
        loading: loads the file.
        most_stops: calls that may run into a limit before no more is tried.
    """

    function: Function
    located: Located
    bench: Bench
    loading: Loading
    most_stops: int = _MOST_STOPS
    _stops: int = field(default=0, init=False)
    _spent: float = field(default=0.0, init=False)
    _lost: bool = field(default=False, init=False)

    @property
    def exhausted(self) -> bool:
        """Whether everything together took too long: code may sleep just under the limit of every single call."""
        together = self._spent + self.loading.spent
        return max(self._spent / _PATIENCE, together / _PATIENCE_WITH_LOADING) >= self.function.seconds

    @property
    def stopped(self) -> bool:
        """Whether no more is to be tried."""
        return self.exhausted or self._stops >= self.most_stops

    @contextmanager
    def process(self) -> Iterator[Process]:
        """A process for calls, which ends with the block."""
        process = Process(runs=self)
        try:
            yield process
        finally:
            process.end()

    @contextmanager
    def kept_process(self) -> Iterator[Process]:
        """A process for hidden inputs: the one that is kept, where there is one, and kept again when all went well in it."""
        program = self.loading.program()
        kept = None if self.bench.kept is None else self.bench.kept.hidden
        process = Process(runs=self)
        if kept is not None:
            process.inherit(kept.take(program, self.loading.limits))
        try:
            yield process
            if kept is not None and (session := process.spotless()) is not None:
                kept.keep(session, program, self.loading.limits)
        finally:
            process.end()

    def in_turn(self, cases: list[Case], *, seed: int = 0) -> list[Trial]:
        """Try cases in a process of their own; fewer trials come back when it is stopped."""
        with self.process() as process:
            return process.in_turn(cases, seed=seed)

    def begun(self, one: Case, seed: int) -> tuple[Session, Outcome]:
        """A new process, and its answer to a first case."""
        session = self.session()
        try:
            outcome = self.answer(session, one, seed)
            if isinstance(outcome, NotRun):  # the fork server was lost meanwhile
                session.close()
                session = self.session()
                outcome = self.answer(session, one, seed)
        except BaseException:
            session.close()
            raise
        return session, outcome

    def answer(self, session: Session, one: Case, seed: int) -> Outcome:
        """The outcome of a call, a `NotRun` where the fork server was lost; a second loss is the machine's."""
        begun = time.monotonic()
        worked = 0.0
        try:
            outcome = session.call(self.call(one, seed))
            worked = outcome.usage.cpu or 0.0
        except SandboxError as error:
            if self._lost:
                raise
            self._lost = True
            return NotRun(during=self.function.name, reason=str(error))
        finally:
            self._count(time.monotonic() - begun, worked)
        return outcome

    def sound_in(self, session: Session, one: Case, seed: int) -> Trial | None:
        """A trial in which nothing is off, or None: then as if it had not been, in time and in number."""
        try:
            outcome = session.call(self.call(one, seed))
        except SandboxError:
            return None
        if not isinstance(outcome, Returned):
            return None
        trial = judged(self.function, self.located, one, outcome)
        if trial.finding is not None:
            return None
        self.count(outcome.usage)
        return trial

    def count(self, usage: Usage) -> None:
        """Add the time of calls that went well."""
        self._count(usage.wall, usage.cpu or 0.0)

    def _count(self, passed: float, worked: float) -> None:
        """Add a call's time: code at work is not to blame for a machine with little time for it; code that sleeps is."""
        self._spent += worked if worked >= _AT_WORK * passed else passed

    def judged(self, one: Case, outcome: Outcome) -> Trial:
        """What is to be said of a case's outcome."""
        if isinstance(outcome, NotRun):
            raise _not_run(outcome)
        if isinstance(outcome, Missing):  # the file deletes it, or is another one the second time
            raise self.loading.missing(outcome)
        trial = judged(self.function, self.located, one, outcome)
        if trial.finding is not None and trial.finding.fault in STOPS:
            self._stops += 1
        return trial

    def call(self, one: Case, seed: int) -> Call:
        """The call with a case's arguments."""
        return Call(name=self.function.entry, arguments=one.copy(), seed=seed)

    def session(self) -> Session:
        """A new process that holds the file."""
        session = self.loading.session()
        if isinstance(session.loading, NotRun):
            raise _not_run(session.loading)
        return session


@dataclass(slots=True, kw_only=True)
class Process:
    """A process that holds the file, begun at the first call and anew after each end of it."""

    runs: Runs
    _session: Session | None = field(default=None, init=False)
    _begun: int = field(default=0, init=False)
    _inherited: bool = field(default=False, init=False)
    _failed: bool = field(default=False, init=False)

    @property
    def is_whole(self) -> bool:
        """Whether one and the same process has answered all calls so far."""
        return self._begun == 1

    def in_turn(self, cases: list[Case], *, seed: int = 0) -> list[Trial]:
        """Try cases one after the other; fewer trials come back when it is stopped."""
        trials: list[Trial] = []
        for one in cases:
            if self.runs.stopped:
                break
            trials.append(self.tried(one, seed))
        return trials

    def inherit(self, session: Session | None) -> None:
        """Begin with a process in which another function was called; what does not go well in it does not count."""
        self._session, self._inherited = session, session is not None

    def begin_with(self, session: Session) -> None:
        """Begin with a process in which nothing was called yet."""
        self._session, self._begun = session, 1

    def spotless(self) -> Session | None:
        """The process, given away, where nothing that was tried in it or in one before it failed; else None."""
        session = None if self._failed or self.runs.stopped else self._session
        if session is not None:
            self._session = None
        return session

    def tried(self, one: Case, seed: int = 0) -> Trial:
        """Try a case."""
        trial = self._tried_in_inherited(one, seed) or self._tried(one, seed)
        self._failed = self._failed or trial.finding is not None
        return trial

    def _tried_in_inherited(self, one: Case, seed: int) -> Trial | None:
        """The case tried in the process of another function; None where it did not go well there, or there is none."""
        if self._session is None or not self._inherited:
            return None
        trial = self.runs.sound_in(self._session, one, seed)
        if trial is None:
            self.end()
        return trial

    def _tried(self, one: Case, seed: int) -> Trial:
        outcome: Outcome | None = None
        if self._session is not None:
            outcome = self.runs.answer(self._session, one, seed)
        if outcome is None or isinstance(outcome, NotRun):
            self.end()
            self._session, outcome = self.runs.begun(one, seed)
            self._begun += 1
        return self.runs.judged(one, outcome)

    def end(self) -> None:
        """End it; the next case begins a new one."""
        if self._session is not None:
            self._session.close()
            self._session = None
        self._inherited = False


def _not_run(outcome: NotRun) -> NotReached:
    return NotReached(outcome.message)
