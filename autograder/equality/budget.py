"""Work that may hang, crash or eat memory, done in a forked child that is killed from outside when its time is over.

A time limit by signal is no limit: a power of big integers in C does not return to Python before it is done. So the
limit is kept by the parent, which never runs the work, reads nothing but strict JSON, and kills.
"""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import select
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.errors import AutograderError

SECONDS = 2.0
"""What one formula may take."""

MEMORY = 2 << 30
"""Bytes that the child may take on top of what the parent had."""

Job = Mapping[str, Any]
Handler = Callable[[Any], Mapping[str, Any] | Iterable[Mapping[str, Any]]]
"""Turns a job into its answer, or into a stream of ever better ones; the last one that arrives in time counts."""

_LONGEST = 16 << 20
_CHUNK = 1 << 16


class OutOfTime(AutograderError):
    """No answer came in time; the child was killed."""


class Crashed(AutograderError):
    """The child died, or answered with something that is no answer; the message says what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Something is awaited: that a descriptor becomes readable, until a moment of `time.monotonic()`."""

    descriptor: int
    until: float


class Worker:
    """One child process that handles jobs, started at the first job and again after every death.

    Args:
        handler: runs in the child, which has everything that the parent had when it was forked.
        memory: bytes that the child may take on top of that.
    """

    def __init__(self, handler: Handler, *, memory: int = MEMORY) -> None:
        self._handler = handler
        self._memory = memory
        self._child = 0
        self._to_child = -1
        self._from_child = -1
        self._deadline = 0.0
        self._failure: OutOfTime | Crashed | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, job: Job, seconds: float = SECONDS) -> dict[str, Any]:
        """The best answer to a job that arrives within the time.

        Raises:
            OutOfTime: none arrived.
            Crashed: the child died or the handler raised before there was one.
        """
        self.begin(job, seconds)
        return self.finish()

    def begin(self, job: Job, seconds: float = SECONDS) -> Wait:
        """Hand a job over without waiting for its answer, which `finish` returns; one job at a time.

        Returns:
            What to wait for: until then `finish` would only wait itself.
        """
        self._deadline = time.monotonic() + seconds
        self._failure = None
        if not self._child:
            self._start()
        try:
            message = json.dumps({"job": job, "seconds": seconds}, allow_nan=False).encode() + b"\n"
            self._send(message, self._deadline)
        except (OutOfTime, Crashed) as error:
            self._failure = error
            return Wait(descriptor=self._from_child, until=0.0)
        return Wait(descriptor=self._from_child, until=self._deadline)

    def finish(self) -> dict[str, Any]:
        """The answer to the job that was begun; see `ask`."""
        best: dict[str, Any] | None = None
        received = b""
        try:
            if self._failure is not None:
                raise self._failure
            while True:
                received += self._receive(self._deadline)
                *lines, received = received.split(b"\n")
                for line in lines:
                    message = _parse(line)
                    if "end" in message:
                        if best is None:
                            raise Crashed(str(message["end"]) or "the child gave no answer")
                        return best
                    best = message["answer"]
                if len(received) > _LONGEST:
                    raise Crashed("the child's answer has no end")
        except (OutOfTime, Crashed) as error:
            handled = isinstance(error, Crashed) and error.__cause__ is None and received == b"" and self._is_alive()
            if not handled:
                self.close()
            if best is None:
                raise
            return best

    def close(self) -> None:
        """Kill the child, if there is one."""
        if not self._child:
            return
        with suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._child, 0)
        os.close(self._to_child)
        os.close(self._from_child)
        self._child = 0

    def _is_alive(self) -> bool:
        try:
            return os.waitpid(self._child, os.WNOHANG)[0] == 0
        except ChildProcessError:
            return False

    def _start(self) -> None:
        job_read, job_write = os.pipe()
        answer_read, answer_write = os.pipe()
        with warnings.catch_warnings():
            # Python warns of threads; the child touches none of their locks: it computes, writes to its pipe and leaves
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            os.close(job_write)
            os.close(answer_read)
            _live(self._handler, job_read, answer_write, self._memory)
        os.close(job_read)
        os.close(answer_write)
        os.set_blocking(job_write, False)
        self._child, self._to_child, self._from_child = child, job_write, answer_read

    def _send(self, message: bytes, deadline: float) -> None:
        while message:
            _wait(self._to_child, select.POLLOUT, deadline)
            try:
                message = message[os.write(self._to_child, message) :]
            except BrokenPipeError as error:
                raise Crashed(self._cause_of_death()) from error

    def _receive(self, deadline: float) -> bytes:
        _wait(self._from_child, select.POLLIN, deadline)
        received = os.read(self._from_child, _CHUNK)
        if not received:
            raise Crashed(self._cause_of_death()) from EOFError()
        return received

    def _cause_of_death(self) -> str:
        try:
            _, status = os.waitpid(self._child, 0)
        except ChildProcessError:
            return "the child is gone"
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            return f"the child was ended by {signal.Signals(number).name}"
        return f"the child left with status {os.WEXITSTATUS(status)}"


def _wait(descriptor: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(ceil(left * 1000)):
        raise OutOfTime("no answer in time")


def _parse(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line, parse_constant=_refuse)
    except ValueError as error:
        raise Crashed("the child wrote something that is no JSON") from error
    if not isinstance(message, dict) or not (isinstance(message.get("answer"), dict) or "end" in message):
        raise Crashed("the child wrote something that is no answer") from ValueError()
    return message


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


def _live(handler: Handler, jobs: int, answers: int, memory: int) -> None:
    """The child's whole life; it never returns."""
    try:
        _settle(memory)
        with os.fdopen(jobs, "rb") as source:
            for line in source:
                _handle(handler, json.loads(line), answers)
    finally:
        os._exit(0)


def _settle(memory: int) -> None:
    """Give the child signals, output and memory of its own."""
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGXCPU, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.disable()  # it would write to a terminal that is the parent's
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _handle(handler: Handler, message: dict[str, Any], answers: int) -> None:
    # should the parent die meanwhile, the kernel ends the child all the same
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = ceil(used + message["seconds"]) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    end = ""
    try:
        found = handler(message["job"])
        for answer in [found] if isinstance(found, Mapping) else found:
            _write(answers, {"answer": answer})
    except MemoryError:
        end = "the child ran out of memory"
    except Exception:  # noqa: BLE001 - border two: the process; the parent hears of it and goes on
        end = traceback.format_exc()
    _write(answers, {"end": end})


def _write(descriptor: int, message: Mapping[str, Any]) -> None:
    line = json.dumps(message, allow_nan=False).encode() + b"\n"
    while line:
        line = line[os.write(descriptor, line) :]
