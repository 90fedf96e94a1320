"""The grader's end of the pipes to one child: frames under a deadline, printed text under a cap.

Nothing here trusts the other end. Descriptors never block, every byte is counted before it is kept, and time is the
grader's own clock.
"""

import os
import select
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from autograder.report.plain import clean
from autograder.sandbox.limits import Limits
from autograder.sandbox.wire import HEAD, WireError, body_size

_PIECE = 1 << 16
_SHORTEST_WAIT = 0.005
_AT_WORK = 0.2  # of the processor time that a child may use: one that waits for something never gets there
_PROCESSORS = os.cpu_count() or 1


class Stop(Enum):
    """Why a conversation ended before an answer came."""

    CLOSED = auto()
    WALL = auto()
    CPU = auto()
    FLOODED = auto()
    MALFORMED = auto()


class Stopped(Exception):
    """The conversation is over; the child is to be ended."""

    def __init__(self, stop: Stop, detail: str = "") -> None:
        super().__init__(detail)
        self.stop = stop
        self.detail = detail


@dataclass(slots=True, kw_only=True)
class Capture:
    """What one stream printed: its beginning and its end, however much there was."""

    keep: int
    head: bytearray = field(default_factory=bytearray)
    tail: bytearray = field(default_factory=bytearray)
    lost: int = 0

    def feed(self, data: bytes) -> None:
        """Add a piece, forgetting the middle."""
        half = self.keep // 2
        room = max(0, half - len(self.head))
        self.head += data[:room]
        self.tail += data[room:]
        if len(self.tail) > self.keep:
            self.lost += len(self.tail) - half
            del self.tail[:-half]

    def take(self) -> str:
        """Return what was printed since the last time, safe to show."""
        if not self.head and not self.tail:
            return ""
        note = f"\n… {self.lost:,} bytes left out …\n".encode() if self.lost else b""
        text = (bytes(self.head) + note + bytes(self.tail)).decode("utf-8", "replace")
        self.head.clear()
        self.tail.clear()
        self.lost = 0
        return clean(text, self.keep + 100)


class Conversation:
    """Requests and replies over four pipes.

    Args:
        cpu: returns the processor time that the child has used, None where the system does not tell.
    """

    def __init__(self, limits: Limits, cpu: Callable[[], float | None]) -> None:
        self.limits = limits
        self.cpu = cpu
        their_requests, self._requests = os.pipe()
        self._replies, their_replies = os.pipe()
        self._stdout, their_stdout = os.pipe()
        self._stderr, their_stderr = os.pipe()
        self.theirs = (their_requests, their_replies, their_stdout, their_stderr)
        self._own: tuple[int, ...] = (self._requests, self._replies, self._stdout, self._stderr)
        for descriptor in self._own:
            os.set_blocking(descriptor, False)
        self._captures = {self._stdout: Capture(keep=limits.shown), self._stderr: Capture(keep=limits.shown)}
        self._listening = set(self._captures)
        self._printed = 0

    def close_theirs(self) -> None:
        """Close the child's ends, once the child has them."""
        for descriptor in self.theirs:
            os.close(descriptor)

    def close(self) -> None:
        """Close the grader's ends; may be called twice."""
        for descriptor in self._own:
            os.close(descriptor)
        self._own = ()

    def printed(self) -> tuple[str, str]:
        """Return what was printed to stdout and stderr since the last time."""
        return self._captures[self._stdout].take(), self._captures[self._stderr].take()

    def exchange(self, frame: bytes, wall: float, longest: float = 0.0) -> bytes:
        """Send a frame, unless it is empty, and return the frame that answers it.

        Args:
            frame: the request.
            wall: seconds until there must be an answer.
            longest: seconds for a child that is at work, which is slow because the machine is.

        Raises:
            Stopped: no answer came, or something that is none.
        """
        if frame and self._read(self._replies):
            raise Stopped(Stop.MALFORMED, "something was sent without being asked for")
        begun = time.monotonic()
        deadlines = (begun + wall, begun + max(wall, longest))
        cpu_before = self.cpu()
        self._printed = 0
        outgoing = memoryview(frame)
        if frame:  # most requests fit into the pipe at once
            outgoing = outgoing[self._write(outgoing) :]
        incoming = bytearray()
        while not self._is_whole(incoming):
            ready = self._wait(deadlines, cpu_before, sending=bool(outgoing))
            if self._requests in ready:
                outgoing = outgoing[self._write(outgoing) :]
            for stream in self._listening & ready:
                self._listen(stream)
            if self._replies in ready:
                piece = self._read(self._replies)
                if piece == b"":
                    raise Stopped(Stop.CLOSED)
                incoming += piece or b""
        self.drain()
        return bytes(incoming)

    def drain(self) -> None:
        """Take what has been printed so far, without waiting."""
        for stream in set(self._listening):
            while self._listen(stream):
                pass

    def _wait(self, deadlines: tuple[float, float], cpu_before: float | None, *, sending: bool) -> set[int]:
        """Wait until a pipe is ready, and judge both clocks: that on the wall has patience with a child that is at work."""
        used = 0.0 if cpu_before is None else (self.cpu() or cpu_before) - cpu_before
        if used >= self.limits.cpu:
            raise Stopped(Stop.CPU)
        left = deadlines[used >= _AT_WORK * self.limits.cpu] - time.monotonic()
        if left <= 0:
            raise Stopped(Stop.WALL)
        if cpu_before is not None:
            left = min(left, max(_SHORTEST_WAIT, (self.limits.cpu - used) / _PROCESSORS))
        poll = select.poll()
        for stream in (self._replies, *self._listening):
            poll.register(stream, select.POLLIN)
        if sending:
            poll.register(self._requests, select.POLLOUT)
        return {descriptor for descriptor, _ in poll.poll(left * 1000 + 1)}

    def _is_whole(self, incoming: bytearray) -> bool:
        if len(incoming) < HEAD.size:
            return False
        try:
            expected = HEAD.size + body_size(bytes(incoming[: HEAD.size]), self.limits.reply)
        except WireError as error:
            raise Stopped(Stop.MALFORMED, str(error)) from None
        if len(incoming) > expected:
            raise Stopped(Stop.MALFORMED, "more than one frame came for one call")
        return len(incoming) == expected

    def _listen(self, stream: int) -> bool:
        """Take one piece of printed text; tell whether there was any."""
        piece = self._read(stream)
        if piece == b"":
            self._listening.discard(stream)  # a closed pipe is always "ready": polling it would only burn time
        if not piece:
            return False
        self._captures[stream].feed(piece)
        self._printed += len(piece)
        if self._printed > self.limits.printed:
            raise Stopped(Stop.FLOODED)
        return True

    def _write(self, data: memoryview) -> int:
        try:
            return os.write(self._requests, data[:_PIECE])
        except BlockingIOError:
            return 0
        except BrokenPipeError:
            raise Stopped(Stop.CLOSED) from None

    @staticmethod
    def _read(descriptor: int) -> bytes | None:
        """Return a piece, b"" at the end, None when there is nothing yet."""
        try:
            return os.read(descriptor, _PIECE)
        except BlockingIOError:
            return None
