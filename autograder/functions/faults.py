"""What can be off with what a function did: one word each, with what may be said when the input stays hidden."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of fault, in the order in which they are looked for; the value completes "your function …"."""

    MISSING = "cannot be loaded"
    RAISED = "raises an error"
    TIME = "does not come to an end"
    MEMORY = "needs too much memory"
    PRINTED = "prints too much"
    CRASHED = "ends the Python process"
    NO_ANSWER = "gives no answer that can be read"
    NOTHING = "returns None"
    TYPE = "returns something that is not the numbers asked for"
    SHAPE = "returns an array of the wrong shape"
    NOT_FINITE = "returns numbers that are not finite"
    VALUE = "returns wrong numbers"
    CHANGED = "changes its input"
    UNSTEADY = "gives different answers to the same input"


STOPS = frozenset({Fault.TIME, Fault.MEMORY, Fault.PRINTED, Fault.CRASHED})
"""Faults that cost the process, and time; few of them are waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault in one call.

    Args:
        fault: which kind.
        said: a clause for the student, to follow "for n = 2, d = 5"; only for published inputs.
        details: further lines for the same: a traceback, what was printed.
    """

    fault: Fault
    said: str
    details: tuple[str, ...] = ()
