"""Sandboxes kept warm by a process that grades many submissions: starting one costs seconds, lending it costs nothing.

A sandbox's fork server never runs student code, and every program gets a fresh process from it; so what one submission
does cannot reach the next. Each set of libraries has a sandbox of its own, exactly as a single grading would start it.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from autograder.assignments import LIBRARY

if TYPE_CHECKING:
    from autograder.sandbox import Sandbox, Tier

_MOST = 3  # sets of libraries; each server holds some hundred megabytes


class Sandboxes:
    """Warm sandboxes by their libraries, lent to one judging process at a time."""

    def __init__(self) -> None:
        self._warm: dict[tuple[str, ...], Sandbox] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, libraries: tuple[str, ...], least: Tier | None) -> Sandbox:
        """A sandbox with these libraries, started if none is there.

        Raises:
            TierUnmet: `least` is not reached.
            SandboxError: the fork server does not start.
        """
        from autograder.sandbox import Sandbox

        wanted = tuple(sorted(libraries))
        kept = self._warm.pop(wanted, None)
        if kept is not None and not kept.sound:
            kept.close()
            kept = None
        if kept is None:
            while len(self._warm) >= _MOST:
                self._warm.pop(next(iter(self._warm))).close()
            kept = Sandbox.start(libraries, require_tier=least, keys=(LIBRARY,))
        self._warm[wanted] = kept  # last, so that the one unused longest goes first
        return kept

    def drop(self, sandbox: Sandbox) -> None:
        """End a sandbox whose borrower was killed, with everything that runs in it."""
        self._warm = {libraries: kept for libraries, kept in self._warm.items() if kept is not sandbox}
        sandbox.close()

    def close(self) -> None:
        """End them all."""
        while self._warm:
            self._warm.popitem()[1].close()
