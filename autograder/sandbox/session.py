"""One student's program in one fresh process: loaded once, called as often as wanted, then ended without a trace."""

import contextlib
import math
import os
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

import numpy as np

from autograder.sandbox import linux, verdicts
from autograder.sandbox.conversation import Conversation, Stop, Stopped
from autograder.sandbox.encode import pack
from autograder.sandbox.errors import NotEntered, SandboxError
from autograder.sandbox.jail import Step
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcome import NoAnswer, NotRun, Outcome, Raised, Usage
from autograder.sandbox.program import Call, Program, Read, request
from autograder.sandbox.server import Child, End, Server
from autograder.sandbox.values import Unsupported
from autograder.sandbox.wire import Message, WireError, unpack

_READY_SECONDS = 60.0
_REQUEST_LIMIT = 1 << 30
# How long a child that closed its pipe may take to be seen as dead before it is killed.
_GRACE = 0.5
_PATIENCE = 3  # times the limit on the wall clock for code that is at work: a machine may have little time for it


class Session:
    """A child process that holds one program.

    Use as a context manager; leaving it kills the child and everything that it started.

    Attributes:
        loading: how the import of the file went, None when it went well.
        skipped: what the statements raised that were left out, for a program that is run statement by statement.
    """

    def __init__(self, server: Server, program: Program, limits: Limits, deadline: float | None = None) -> None:
        self._server = server
        self._program = program
        self._limits = limits
        self._deadline = deadline
        self._conversation = Conversation(limits, self._cpu)
        self._child: Child | None = None
        self._end: End | None = None
        self._over: str | None = None
        self._serial = 0
        self.skipped: tuple[Raised, ...] = ()
        try:
            self._begin()
            self.loading: Outcome | None = self._load()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def process(self) -> int:
        """The number of the child's process, for measurements.

        Raises:
            SandboxError: the child has ended.
        """
        if self._child is None:
            raise SandboxError("the session's process has ended")
        return self._child.pid

    def call(self, wanted: Call | Read) -> Outcome:
        """Make one call, or look at one variable."""
        if self.loading is not None:
            return self.loading
        if self._over is not None:
            return NotRun(during=wanted.during, reason=self._over)
        return self._converse("call", request(wanted), wanted.during, wanted)

    def call_together(self, calls: Sequence[Call], within: float = math.inf) -> tuple[Outcome, ...]:
        """Make calls that are sent together: the outcome of each, or one only, where that is of them all.

        The limits of one call hold for all of them, and what they print is not told apart. The code that is called could look
        ahead to the inputs of later calls, so that this is for inputs that everybody may know.

        Args:
            calls: what to call.
            within: seconds on the clock after which it is given up, at the latest.
        """
        if self.loading is not None or self._over is not None or not calls:
            return tuple(self.call(call) for call in calls[:1])
        outcome = self._converse("calls", [request(call) for call in calls], calls[0].during, tuple(calls), within)
        return outcome.outcomes if isinstance(outcome, verdicts.Several) else (outcome,)

    def close(self) -> None:
        """End the child; may be called twice.

        Raises:
            SandboxError: a process of the child's user survived, so that nothing it could reach is to be trusted.
        """
        try:
            end = self._finish(grace=0.0)
        finally:
            self._conversation.close()
        if end is not None and not end.clean:
            raise SandboxError("processes of a sandbox could not be killed; this machine must not grade any further")

    def _begin(self) -> None:
        try:
            self._child = self._server.fork(self._limits, self._conversation.theirs)
        finally:
            self._conversation.close_theirs()
        try:
            message = self._answer(b"", _READY_SECONDS)
        except (Stopped, WireError) as error:
            self._jail_failed(error)
        if message.kind != "ready":
            self._jail_failed(None)

    def _jail_failed(self, cause: Exception | None) -> NoReturn:
        end = self._finish(grace=_GRACE)
        status = os.waitstatus_to_exitcode(end.status) if end is not None else None
        step = Step(status).name.lower() if status in set(Step) else f"status {status}"
        said = self._conversation.printed()[1]
        raise NotEntered(f"the sandbox could not be entered: it ended at the step '{step}'. {said}".strip()) from cause

    def _load(self) -> Outcome | None:
        program = self._program
        wanted = {
            "files": dict(program.files),
            "main": program.main,
            "seed": program.seed,
            "statements": None if program.statements is None else np.array(program.statements, np.int64),
            "first": program.first,
        }
        outcome = self._converse("load", wanted, f"the import of {verdicts.shown(program.main)}", None)
        if not isinstance(outcome, verdicts.Loaded):
            return outcome
        self.skipped = outcome.skipped
        return None

    def _converse(
        self, kind: str, value: object, during: str, wanted: verdicts.Wanted, within: float = math.inf
    ) -> Outcome:
        self._serial += 1
        try:
            frame = pack(kind, [self._serial, value], _REQUEST_LIMIT)
        except Unsupported as error:
            raise TypeError(f"an argument for {during} cannot be sent to the sandbox: {error}") from error
        left, wall = self._time_left(), self._limits.wall
        most = min(left, within)
        if left <= 0:
            return NotRun(during=during, reason=verdicts.OUT_OF_TIME)
        started, cpu_before = time.monotonic(), self._cpu()
        try:
            message = self._answer(frame, min(most, wall), min(most, _PATIENCE * wall))
        except WireError as error:
            return self._broken(Stopped(Stop.MALFORMED, str(error)), during, Usage(wall=time.monotonic() - started))
        except Stopped as stopped:
            if stopped.stop is Stop.WALL and self._time_left() <= 0:
                self._finish(grace=0.0)
                self._over = verdicts.OUT_OF_TIME
                return NotRun(during=during, reason=verdicts.OUT_OF_TIME)
            return self._broken(stopped, during, Usage(wall=time.monotonic() - started))
        usage = self._usage(time.monotonic() - started, cpu_before)
        return self._judged(message, during, usage, wanted)

    def _answer(self, frame: bytes, wall: float, longest: float = 0.0) -> Message:
        """Return the answer to this request; one to an earlier request, held back until now, is none."""
        message = unpack(self._conversation.exchange(frame, wall, longest))
        match message.value:
            case [int(serial), value] if serial == self._serial:
                return Message(kind=message.kind, value=value)
            case _:
                raise WireError("the reply does not belong to this call")

    def _judged(self, message: Message, during: str, usage: Usage, wanted: verdicts.Wanted) -> Outcome:
        stdout, stderr = self._conversation.printed()
        about = verdicts.About(
            during=during, stdout=stdout, stderr=stderr, usage=usage, limits=self._limits, files=self._program.files
        )
        outcome = verdicts.read(message, about, wanted)
        if isinstance(outcome, NoAnswer):
            self._finish(grace=0.0)
            self._over = verdicts.ENDED
        return outcome

    def _broken(self, stopped: Stopped, during: str, usage: Usage) -> Outcome:
        """End the child and say why it gave no answer."""
        self._over = verdicts.ENDED
        end = self._finish(grace=_GRACE if stopped.stop is Stop.CLOSED else 0.0)
        assert end is not None
        stdout, stderr = self._conversation.printed()
        about = verdicts.About(
            during=during,
            stdout=stdout,
            stderr=stderr,
            usage=Usage(wall=usage.wall, cpu=end.cpu),
            limits=self._limits,
            files=self._program.files,
        )
        return verdicts.ended(stopped, end, about)

    def _finish(self, *, grace: float) -> End | None:
        if self._child is not None:
            child, self._child = self._child, None
            self._end = self._server.reap(child, grace)
            with contextlib.suppress(Stopped):  # it is over in any case, and what was printed is capped
                self._conversation.drain()
        return self._end

    def _time_left(self) -> float:
        """Return the seconds until the submission's deadline."""
        return math.inf if self._deadline is None else self._deadline - time.monotonic()

    def _usage(self, wall: float, cpu_before: float | None) -> Usage:
        cpu = self._cpu()
        return Usage(wall=wall, cpu=None if cpu is None or cpu_before is None else cpu - cpu_before)

    def _cpu(self) -> float | None:
        """Return the child's processor time from the kernel's own clock of that process."""
        if self._child is None or not linux.is_linux():
            return None
        try:
            # Linux, include/linux/posix-timers_types.h: the clock of a process is its inverted id and "scheduled time".
            return time.clock_gettime(~self._child.pid << 3 | 2)
        except OSError:
            return None

    def peak_memory(self) -> int | None:
        """Bytes of the child at their highest so far, libraries included; None where the system does not tell."""
        if self._child is None or not linux.is_linux():
            return None
        try:
            lines = Path(f"/proc/{self._child.pid}/status").read_text().splitlines()
        except OSError:
            return None
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), None)
