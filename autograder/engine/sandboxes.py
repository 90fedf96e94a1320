"""Sandboxes by their libraries, lent to one judging process at a time: starting one costs seconds, lending it nothing.

A sandbox's fork server never runs student code, and every program gets a fresh process from it; so what one submission
does cannot reach the next, in a process that grades many. Each set of libraries has a sandbox of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from autograder.notebooks.stage_files import places
from autograder.places import LIBRARY
from autograder.submission.slow_libraries import likely_libraries

if TYPE_CHECKING:
    from autograder.sandbox import Sandbox, Tier
    from autograder.submission.collect import Submission

_MOST = 3  # sets of libraries; each server holds some hundred megabytes

Libraries = tuple[str, ...]


class Sandboxes:
    """Sandboxes that are kept: loading their libraries, or warm.

    Args:
        lasting: whether they will be used for many submissions.
    """

    def __init__(self, *, lasting: bool = False) -> None:
        self._lasting = lasting
        self._loading: dict[Libraries, Sandbox] = {}
        self._warm: dict[Libraries, Sandbox] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def anticipate(self, submission: Submission) -> None:
        """Have torch load where the submission's code imports it, before it is known whether any part asks for that."""
        libraries = likely_libraries(submission.files)
        if libraries:
            self.prepare(libraries)

    def prepare(self, libraries: Libraries) -> None:
        """As `begin`; a sandbox that does not start is told when it is wanted."""
        from autograder.sandbox import SandboxError

        with suppress(SandboxError):
            self.begin(libraries)

    def begin(self, libraries: Libraries) -> int | None:
        """Have a sandbox load its libraries while something else is done.

        Returns:
            A descriptor that becomes readable when `get` need not wait any more; None where it need not now.

        Raises:
            SandboxError: the fork server does not start.
        """
        wanted = tuple(sorted(libraries))
        if wanted in self._warm:
            return None
        if wanted not in self._loading:
            self._loading[wanted] = self._begun(libraries)
        return self._loading[wanted].server.descriptor

    def is_warm(self, libraries: Libraries) -> bool:
        """Whether `get` gives a sandbox at once."""
        kept = self._warm.get(tuple(sorted(libraries)))
        return kept is not None and kept.sound

    def get(self, libraries: Libraries, least: Tier | None) -> Sandbox:
        """A sandbox with these libraries, started if none is there.

        Raises:
            TierUnmet: `least` is not reached.
            SandboxError: the fork server does not start.
        """
        wanted = tuple(sorted(libraries))
        kept = self._warm.pop(wanted, None)
        if kept is not None and not kept.sound:
            kept.close()
            kept = None
        if kept is None:
            while len(self._warm) >= _MOST:
                self._warm.pop(next(iter(self._warm))).close()
            kept = self._loading.pop(wanted, None) or self._begun(libraries)
            kept.prove(least, (LIBRARY,))
        self._warm[wanted] = kept  # last, so that the one unused longest goes first
        return kept

    def give_up(self, wanted: Collection[Libraries]) -> None:
        """End those that are loading and turned out not to be wanted."""
        sets = {tuple(sorted(libraries)) for libraries in wanted}
        for libraries in [libraries for libraries in self._loading if libraries not in sets]:
            self._loading.pop(libraries).close()

    def drop(self, sandbox: Sandbox) -> bool:
        """End a sandbox whose borrower was killed, with everything that runs in it; whether it ended as it should."""
        self._warm = {libraries: kept for libraries, kept in self._warm.items() if kept is not sandbox}
        return sandbox.close()

    def end(self) -> None:
        """Have them all end, side by side; `close` waits for that."""
        for kept in (self._loading, self._warm):
            for sandbox in kept.values():
                sandbox.end()

    def close(self) -> None:
        """End them all."""
        self.end()
        for kept in (self._loading, self._warm):
            while kept:
                kept.popitem()[1].close()

    def _begun(self, libraries: Libraries) -> Sandbox:
        from autograder.sandbox import Sandbox  # it loads NumPy, which written answers do not need

        return Sandbox.begin(libraries, ready=places() if "torch" in libraries else None, lasting=self._lasting)
