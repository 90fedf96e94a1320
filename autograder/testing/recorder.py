"""What the running test says of itself: the score that it sets, the values for the leaderboard, what it prints."""

from __future__ import annotations

import io
from typing import Any

_PRINTED = 50_000  # characters kept of what one test prints


class Recorder:
    """Notes of one test at a time. A value stands as it was given; whether it makes sense is judged later."""

    def __init__(self) -> None:
        self.scores: list[Any] = []
        self.values: list[Any] = []

    def begin(self) -> None:
        """Forget the test before: a score set by one test is never another's, though they may share a function."""
        self.scores = []
        self.values = []


class Printed(io.TextIOBase):
    """A stream that keeps the beginning of what a test prints."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0

    def writable(self) -> bool:
        """Say that this stream is written to."""
        return True

    def write(self, text: str) -> int:
        """Keep the text as far as there is room."""
        room = _PRINTED - self._size
        if room > 0:
            self._pieces.append(text[:room])
            self._size += len(text[:room])
        return len(text)

    def take(self) -> str:
        """What was printed since the last time."""
        text = "".join(self._pieces)
        self._pieces, self._size = [], 0
        return text


recorder = Recorder()
"""The notes of the test that runs now; a test runs alone in its process."""


def set_score(value: Any) -> None:
    """Say what the running test earns; the last word counts."""
    recorder.scores.append(value)


def set_leaderboard_value(value: Any) -> None:
    """Say what the running test measured; the last word counts."""
    recorder.values.append(value)
