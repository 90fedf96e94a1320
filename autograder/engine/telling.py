"""When the result so far is handed on: what is told is never old, and telling takes little of the time of judging."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from autograder.verdict import Result

WRITTEN_EVERY = 0.25
"""Seconds that a file of results may be behind: a run that is killed loses no more."""


class Telling:
    """Hands on a result that grows.

    Args:
        tell: what is called with it, or None.
        every: seconds that what was told may be old. Many parts are judged in less time than it takes to write all results
            down; 0 tells after every part.
    """

    def __init__(self, tell: Callable[[Result], None] | None, every: float) -> None:
        self._tell = tell
        self._every = every
        self._untold: Result | None = None
        self._told = -math.inf

    def add(self, result: Result) -> None:
        """There is more of it now."""
        self._untold = result
        if time.monotonic() - self._told >= self._every:
            self.now()

    def now(self) -> None:
        """Tell what was not told yet, since nothing more will come for a while."""
        result, self._untold = self._untold, None
        if self._tell is not None and result is not None:
            self._tell(result)
            self._told = time.monotonic()
