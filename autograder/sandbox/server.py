"""The grader's handle on one fork server: start it, have it fork, have it collect, end it."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from autograder.processes import LINES
from autograder.sandbox.config import Config
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.limits import Limits
from autograder.sandbox.surroundings import BOOT, ENVIRONMENT, INTERPRETER_FLAGS, library_folders

_START_SECONDS = 120.0  # torch on a cold disk and half a processor
_ANSWER_SECONDS = 30.0
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A forked sandbox; `uid` is None when it runs as the present user."""

    pid: int
    uid: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a child ended.

    Args:
        status: as from `os.wait`.
        killed: it had to be killed.
        cpu: seconds of processor time in all.
        clean: no process of its user is left.
    """

    status: int
    killed: bool
    cpu: float
    clean: bool


class Server:
    """A fork server, which loads its libraries while the grader does something else until the first request.

    Safe to share between threads: one request is under way at a time.
    """

    def __init__(self, config: Config) -> None:
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self._borrowed = False
        self.alive = True
        self._ending = False
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the server
        pairs = [socket.socketpair() for _ in range(LINES)]
        self._lines = [ours for ours, _ in pairs]
        self._control = self._lines[0]
        theirs = [end.fileno() for _, end in pairs]
        try:
            command = [sys.executable, *INTERPRETER_FLAGS, "-c", BOOT, str(_PACKAGE), json.dumps(theirs)]
            self._process = subprocess.Popen(
                [*command, json.dumps(asdict(config)), *library_folders()],
                env=ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                pass_fds=theirs,
                start_new_session=True,  # Ctrl-C in a terminal is for the grader, which then ends the server
            )
        finally:
            for _, end in pairs:
                end.close()
        self.pid = self._process.pid
        self._protected: frozenset[str] | None = None

    @property
    def protected(self) -> frozenset[str]:
        """The module names that files of a submission cannot take over; waits until the server is ready.

        Raises:
            SandboxError: it does not start.
        """
        if self._protected is None:
            try:
                self._protected = frozenset(self._answer(_START_SECONDS)["protected"])
            except SandboxError:
                self.close()
                raise
        return self._protected

    @property
    def descriptor(self) -> int:
        """What becomes readable when the server is ready, or has failed."""
        return self._control.fileno()

    def fork(self, limits: Limits, descriptors: Sequence[int]) -> Child:
        """Fork a child that holds `descriptors` as requests, replies, stdout and stderr.

        Raises:
            SandboxError: the fork server is gone or refuses.
        """
        reply = self._ask({"do": "fork", "limits": asdict(limits)}, descriptors)
        if "error" in reply:
            raise SandboxError(reply["error"])
        return Child(pid=reply["pid"], uid=reply["uid"])

    def reap(self, child: Child, grace: float) -> End:
        """Give a child `grace` seconds to end by itself, then kill it and everything of it.

        Raises:
            SandboxError: the fork server is gone.
        """
        return End(**self._ask({"do": "reap", "pid": child.pid, "grace": grace}))

    @property
    def sound(self) -> bool:
        """Whether it can be asked: it runs, and no answer of it is outstanding."""
        return self.alive and self._process.poll() is None

    def borrow(self, line: int = 0) -> None:
        """Take a line over in a forked child; nobody else asks anything over it until that child has ended."""
        self._owner = os.getpid()
        self._borrowed = True
        self._control = self._lines[line]

    def end(self) -> None:
        """Have the server end with all its children; `close` waits for that."""
        if self._ending:
            return
        self._ending = True
        if self._protected is None and not self._borrowed:  # still loading libraries: it has no children yet
            self._process.kill()
        with contextlib.suppress(OSError):
            self._control.sendall(json.dumps({"do": "end"}).encode())

    def close(self) -> bool:
        """End the server and all its children; may be called twice.

        Returns:
            Whether it has ended in time: else it was killed, and something may be left of its children.
        """
        self.end()
        deadline = time.monotonic() + _ANSWER_SECONDS
        if not self._borrowed and self._control.fileno() >= 0:
            self._await_end(deadline)
        for line in self._lines:
            line.close()
        self._log.close()
        try:
            self._process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        return True

    def _await_end(self, deadline: float) -> None:
        """Wait until nobody holds the other end of the line; to wait for the process itself looks at ever longer intervals."""
        with contextlib.suppress(OSError):
            poll = select.poll()
            poll.register(self._control, select.POLLIN)
            while (left := deadline - time.monotonic()) > 0:
                if poll.poll(left * 1000) and not self._control.recv(1 << 16):
                    return

    def _ask(self, request: Mapping[str, Any], descriptors: Sequence[int] = ()) -> dict[str, Any]:
        if os.getpid() != self._owner:
            raise SandboxError("this sandbox was started before a fork: start one in each process of a pool")
        with self._lock:
            try:
                _ = self.protected  # it has said that it is ready
                socket.send_fds(self._control, [json.dumps(request).encode()], list(descriptors))
                return self._answer(_ANSWER_SECONDS)
            except OSError as error:
                raise self._gone(str(error)) from error
            except BaseException:
                self.alive = False  # an answer may be under way, which must not be taken for that to another request
                raise

    def _answer(self, seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        data = b""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        while not data.endswith(b"\n"):
            ready = poll.poll(max(0.0, deadline - time.monotonic()) * 1000)
            try:
                piece = self._control.recv(1 << 16) if ready else b""
            except OSError:
                piece = b""
            if not piece:
                raise self._gone("it ended" if ready else f"no answer within {seconds:g} seconds")
            data += piece
        answer: dict[str, Any] = json.loads(data)
        return answer

    def _gone(self, reason: str) -> SandboxError:
        """Kill what may hang, and say what it said last."""
        self.alive = False
        if self._borrowed:  # not a child of this process: its owner collects it
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
            self._process.wait()
        self._log.seek(max(0, self._log.seek(0, os.SEEK_END) - 2000))
        said = self._log.read().decode("utf-8", "replace").strip()
        return SandboxError(f"the sandbox's fork server failed ({reason}). It said last:\n{said or '(nothing)'}")
