"""Workers on this machine: as many processes as asked for, each replaced when it dies or hangs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol, Self

from autograder.batch import frames
from autograder.batch.worker import SECONDS
from autograder.processes import THREADS

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_BOOT = "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module('autograder.batch.worker', run_name='__main__', alter_sys=True)"
_PATIENCE = SECONDS * 1.5
_LEAVE_SECONDS = 30.0  # to end its sandboxes
_ONE_THREAD = dict.fromkeys(THREADS, "1")


class Lost(Exception):
    """A worker gave no result: it died, hung, or its grading failed; the message says what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the questions are.

    Args:
        library: the folder of assignments.
        assignment: the assignment's name.
    """

    library: Path
    assignment: str


class Crew(Protocol):
    """Something that grades packages: processes here, or a cluster."""

    @property
    def capacity(self) -> int:
        """How many packages may be under way at once; more would only take memory."""
        ...

    def submit(self, data: bytes) -> Future[bytes]:
        """Have a package graded; the future fails with `Lost` where that did not work."""
        ...

    def close(self) -> None:
        """End it; what is under way is given up."""
        ...


class Slot:
    """One worker process, started when first needed and again after every loss."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._busy = False
        self._closed = False
        self._changing = threading.Lock()

    def grade(self, data: bytes) -> bytes:
        """The result of one package, as the worker wrote it.

        Raises:
            Lost: the worker died, hung, or its grading failed; or the slot was closed.
        """
        with self._changing:  # closing the crew meets a thread that takes the next package
            if self._closed:
                raise Lost("the worker was closed")
            process = self._process or self._start()
            self._busy = True
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            frames.send(process.stdin.fileno(), data)
            reply = frames.receive(process.stdout.fileno(), _PATIENCE)
        except (OSError, frames.Damaged) as error:
            raise Lost(self._end(str(error))) from None
        if reply is None:
            raise Lost(self._end("it ended without an answer"))
        self._busy = False
        if reply.startswith(b'{"fault"'):
            raise Lost(json.loads(reply)["fault"])
        return reply

    def close(self) -> None:
        """Let the worker leave, and start no other; one that is still grading is killed."""
        with self._changing:
            self._closed = True
            process = self._process
        if process is None:
            return
        with suppress(OSError):
            assert process.stdin is not None
            process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.0 if self._busy else _LEAVE_SECONDS)
        self._end("it was closed")

    @property
    def pid(self) -> int | None:
        """The number of the worker's process, for tests and for messages."""
        return None if self._process is None else self._process.pid

    def _start(self) -> subprocess.Popen[bytes]:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        command = [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, str(PACKAGE_ROOT)]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, str(self._place.library), self._place.assignment],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={**os.environ, **_ONE_THREAD},
            bufsize=0,
            start_new_session=True,
        )
        return self._process

    def _end(self, reason: str) -> str:
        """Kill the worker and say why, with the last that it said."""
        with self._changing:  # closing the crew meets a thread that waits for an answer
            process, log = self._process, self._log
            self._process = self._log = None
        if process is None or log is None:
            return f"the worker was lost: {reason}"
        if process.returncode is None:  # not collected yet, so that its number is still its own
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with the judging processes that it forked
        status = process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        log.seek(max(0, log.seek(0, os.SEEK_END) - 2000))
        said = log.read().decode("utf-8", "replace").strip()
        log.close()
        ended = f"signal {-status}" if status < 0 else f"status {status}"
        return f"the worker was lost: {reason} ({ended})" + (f". It said last:\n{said}" if said else "")


class LocalCrew:
    """Worker processes on this machine, one thread waiting on each."""

    def __init__(self, place: Place, jobs: int) -> None:
        self._place = place
        self._jobs = jobs
        self._own = threading.local()
        self._slots: list[Slot] = []
        self._closed = False
        # A worker ends with the thread that started it, so that the threads must live as long as the crew.
        self._threads = ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="worker")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def capacity(self) -> int:
        """One package per worker, and one for each to go on with at once."""
        return 2 * self._jobs

    def submit(self, data: bytes) -> Future[bytes]:
        """Have a package graded by the next worker that is free."""
        return self._threads.submit(self._grade, data)

    def close(self) -> None:
        """End all workers; those that are grading are killed."""
        self._closed = True
        for slot in self._slots:  # before the threads, with which the workers would end, their sandboxes unclosed
            slot.close()
        self._threads.shutdown(wait=True, cancel_futures=True)

    @property
    def workers(self) -> list[int]:
        """The numbers of the processes."""
        return [slot.pid for slot in self._slots if slot.pid is not None]

    def _grade(self, data: bytes) -> bytes:
        if self._closed:
            raise Lost("the crew was closed")
        if not hasattr(self._own, "slot"):
            self._own.slot = Slot(self._place)
            self._slots.append(self._own.slot)
        slot: Any = self._own.slot
        graded: bytes = slot.grade(data)
        return graded
