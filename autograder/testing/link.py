"""Frames over a socket between the grader and the process of an author's tests: the sandbox's wire, nothing else."""

from __future__ import annotations

import select
import socket
import time
from typing import Any

from autograder.sandbox.encode import pack
from autograder.sandbox.wire import HEAD, Message, body_size, unpack

_LIMIT = 1 << 30
_PIECE = 1 << 20


class Late(Exception):
    """The deadline passed before a whole frame came."""


class Link:
    """One end of the socket.

    Args:
        end: a connected stream socket, owned by this link.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    @property
    def descriptor(self) -> int:
        """The number of the socket in this process."""
        return self._end.fileno()

    def send(self, kind: str, value: Any) -> None:
        """Send one frame.

        Raises:
            Unsupported: a part of the value cannot cross.
            OSError: the other end is gone.
        """
        self._end.sendall(pack(kind, value, _LIMIT))

    def receive(self, deadline: float | None = None) -> Message:
        """Wait for one frame.

        Args:
            deadline: reading of `time.monotonic()` after which nothing is waited for.

        Raises:
            Late: the deadline passed.
            EOFError: the other end is gone.
            WireError: what came is no frame.
        """
        head = self._exactly(HEAD.size, deadline)
        return unpack(head + self._exactly(body_size(head, _LIMIT), deadline))

    def close(self) -> None:
        """Close this end."""
        self._end.close()

    def _exactly(self, size: int, deadline: float | None) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._wait(deadline)
            try:
                piece = self._end.recv(min(size - len(data), _PIECE))
            except ConnectionResetError:
                piece = b""
            if not piece:
                raise EOFError("the other end is gone")
            data += piece
        return bytes(data)

    def _wait(self, deadline: float | None) -> None:
        if deadline is None:
            return
        left = deadline - time.monotonic()
        poll = select.poll()
        poll.register(self._end, select.POLLIN)
        if left <= 0 or not poll.poll(left * 1000 + 1):
            raise Late("no frame in time")
