"""Messages between the batch and its workers: length, SHA-256, bytes. What arrives damaged is noticed, never used."""

from __future__ import annotations

import hashlib
import os
import select
import struct
import time

_HEAD = struct.Struct("!4sQ32s")
_MAGIC = b"agb1"
_LONGEST = 1 << 30
_PIECE = 1 << 20


class Damaged(Exception):
    """The other end closed, wrote something else, or did not answer in time."""


def send(descriptor: int, data: bytes) -> None:
    """Write one message.

    Raises:
        OSError: the other end is gone.
    """
    left = memoryview(_HEAD.pack(_MAGIC, len(data), hashlib.sha256(data).digest()) + data)
    while left:
        left = left[os.write(descriptor, left[:_PIECE]) :]


def receive(descriptor: int, seconds: float | None = None) -> bytes | None:
    """Read one message; None when the other end closed before it began one.

    Raises:
        Damaged: it closed within one, took longer than `seconds`, or the bytes are not those that were sent.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    head = _read(descriptor, _HEAD.size, deadline)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise Damaged("it closed in the middle of a message")
    magic, length, digest = _HEAD.unpack(head)
    if magic != _MAGIC or length > _LONGEST:
        raise Damaged("something that is no message arrived")
    data = _read(descriptor, length, deadline)
    if len(data) < length:
        raise Damaged("it closed in the middle of a message")
    if hashlib.sha256(data).digest() != digest:
        raise Damaged("a message arrived with other bytes than were sent")
    return data


def _read(descriptor: int, length: int, deadline: float | None) -> bytes:
    pieces = bytearray()
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    while len(pieces) < length:
        left = None if deadline is None else (deadline - time.monotonic()) * 1000
        if left is not None and (left <= 0 or not poll.poll(left)):
            raise Damaged("there was no answer in time")
        piece = os.read(descriptor, min(_PIECE, length - len(pieces)))
        if not piece:
            break
        pieces += piece
    return bytes(pieces)
