"""Processes in which inputs went well, kept for the next function of the same files.

One has seen hidden inputs only. Whether a function is right is decided by processes of its own: it passes its published inputs
in one before it is tried here, and what does not go well here is tried again in a fresh one, whose outcome counts. So no
function can be wrong because of what another one left behind, and none can be right only because of it. Most functions are
right, and cost one process less.

The other one has seen published inputs only, of functions that stand alone as far as their text tells (`submission/alone.py`):
see `together`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.sandbox import Limits, Program, Session


@dataclass(slots=True, kw_only=True)
class Kept:
    """At most one process, and the file and limits that it was made with."""

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


@dataclass(slots=True, kw_only=True)
class Pair:
    """What is kept for the functions of one submission: a process for published inputs, and one for hidden ones."""

    published: Kept = field(default_factory=Kept)
    hidden: Kept = field(default_factory=Kept)

    def close(self) -> None:
        """End both."""
        self.published.close()
        self.hidden.close()
