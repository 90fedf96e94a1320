"""Containment: everything a student wrote runs here, outside the grader.

A `Sandbox` is a warm fork server. A `Program` gets a fresh process in it, confined before the student's files are read;
calls into it send plain values and bring back exactly one `Outcome` each.

    with Sandbox.start(require_tier=Tier.UID) as sandbox:
        program = Program(files={"answers.py": source}, main="answers.py")
        outcome = sandbox.call(program, Call(name="ridge", arguments=(X, y, 0.5)))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.late_names import late_names

if TYPE_CHECKING:
    from autograder.sandbox.canary import Report
    from autograder.sandbox.errors import SandboxError, TierUnmet
    from autograder.sandbox.limits import Limits, Tier
    from autograder.sandbox.outcome import (
        Clock,
        Crashed,
        Exited,
        Frame,
        Missing,
        NoAnswer,
        NotRun,
        Outcome,
        OutOfMemory,
        Raised,
        Refused,
        Returned,
        TimedOut,
        TooMuchOutput,
        Usage,
    )
    from autograder.sandbox.program import Call, Program, Read, shadow_warning
    from autograder.sandbox.sandbox import Sandbox, probe
    from autograder.sandbox.session import Session
    from autograder.sandbox.values import Tensor

__all__ = [
    "Call",
    "Clock",
    "Crashed",
    "Exited",
    "Frame",
    "Limits",
    "Missing",
    "NoAnswer",
    "NotRun",
    "OutOfMemory",
    "Outcome",
    "Program",
    "Raised",
    "Read",
    "Refused",
    "Report",
    "Returned",
    "Sandbox",
    "SandboxError",
    "Session",
    "Tensor",
    "Tier",
    "TierUnmet",
    "TimedOut",
    "TooMuchOutput",
    "Usage",
    "probe",
    "shadow_warning",
]

_HOMES = {
    "canary": ("Report",),
    "errors": (
        "SandboxError",
        "TierUnmet",
    ),
    "limits": (
        "Limits",
        "Tier",
    ),
    "outcome": (
        "Clock",
        "Crashed",
        "Exited",
        "Frame",
        "Missing",
        "NoAnswer",
        "NotRun",
        "Outcome",
        "OutOfMemory",
        "Raised",
        "Refused",
        "Returned",
        "TimedOut",
        "TooMuchOutput",
        "Usage",
    ),
    "program": (
        "Call",
        "Program",
        "Read",
        "shadow_warning",
    ),
    "sandbox": (
        "Sandbox",
        "probe",
    ),
    "session": ("Session",),
    "values": ("Tensor",),
}

# Half of them need NumPy, which reading files does not.
__getattr__ = late_names(__name__, _HOMES)
