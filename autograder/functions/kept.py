"""A process in which hidden inputs went well, kept for the next function of the same files.

Whether a function is right is decided by processes of its own: it passes its published inputs in one before it is tried here,
and what does not go well here is tried again in a fresh one, whose outcome counts. So no function can be wrong because of what
another one left behind, and none can be right only because of it. Most functions are right, and cost one process less.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.sandbox import Limits, Program, Session


@dataclass(slots=True, kw_only=True)
class Kept:
    """At most one process, which has seen hidden inputs only, and the file and limits that it was made with."""

    _session: Session | None = field(default=None, init=False)
    _made_with: tuple[Program, Limits] | None = field(default=None, init=False)

    def take(self, program: Program, limits: Limits) -> Session | None:
        """The process, which then belongs to the caller; None where there is none of this making."""
        if self._session is None or self._made_with != (program, limits):
            return None
        session, self._session = self._session, None
        return session

    def keep(self, session: Session, program: Program, limits: Limits) -> None:
        """Keep a process in place of the one before."""
        self.close()
        self._session, self._made_with = session, (program, limits)

    def close(self) -> None:
        """End it."""
        session, self._session = self._session, None
        if session is not None:
            session.close()
