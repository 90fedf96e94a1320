"""Replies and endings of a child, read as outcomes. Whatever has not exactly the expected form is no answer."""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from autograder.report.plain import clean, clean_line
from autograder.sandbox import outcome
from autograder.sandbox.conversation import Stop, Stopped
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcome import Frame, Outcome, Usage
from autograder.sandbox.program import Call, Read
from autograder.sandbox.server import End
from autograder.sandbox.wire import Message, WireError, unpack

OUT_OF_TIME = "the time for the whole submission was used up before"
ENDED = "an earlier call of the same group ended the process"

_ERROR_TEXT = 2_000
# The harness keeps to these, a forged reply need not: comparing names is slow, and a message has room for few lines.
_NAMES = 200
_FRAMES = 20
_TORCH_OUT_OF_MEMORY = ("DefaultCPUAllocator", "can't allocate memory", "not enough memory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded(Outcome):
    """The file was imported; never seen outside of a session.

    Args:
        skipped: what the statements raised that were left out.
    """

    skipped: tuple[outcome.Raised, ...] = ()

    def _sentence(self) -> str:
        return f"{self.during} succeeded."


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Outcome):
    """Calls that were sent together were answered; never seen outside of a session.

    Args:
        outcomes: what came of each.
    """

    outcomes: tuple[Outcome, ...]

    def _sentence(self) -> str:
        return f"{self.during} was called {len(self.outcomes)} times."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What every outcome of one exchange shares, and what is needed to read it."""

    during: str
    stdout: str
    stderr: str
    usage: Usage
    limits: Limits
    files: Mapping[str, bytes]

    @property
    def common(self) -> dict[str, Any]:
        """The fields that all outcomes have."""
        return {"during": self.during, "stdout": self.stdout, "stderr": self.stderr, "usage": self.usage}


def shown(name: str) -> str:
    """Return a file's name, safe inside a sentence."""
    return clean_line(name, 100)


Wanted: TypeAlias = Call | Read | tuple[Call, ...] | None
"""What a reply is to: a call, a look, calls that were sent together, or None for the import of the file."""


def read(message: Message, about: About, wanted: Wanted) -> Outcome:
    """Read a reply."""
    match message.kind, message.value:
        case "several", [*frames] if isinstance(wanted, tuple) and len(frames) == len(wanted):
            outcomes = _of_several(frames, about, wanted)
            broken = (found for found in outcomes if isinstance(found, outcome.NoAnswer))
            return next(broken, Several(**about.common, outcomes=outcomes))
        case "loaded", [*skipped] if wanted is None and all(_is_failure(one) for one in skipped):
            return Loaded(**about.common, skipped=tuple(_failure(**one, about=about) for one in skipped[:_FRAMES]))
        case "returned", {"value": value, "changed": dict(changed)} if _is_of(changed, wanted):
            return outcome.Returned(**about.common, value=value, changed_arguments=changed)
        case "missing", [*names] if isinstance(wanted, Call | Read) and all(type(name) is str for name in names):
            found = tuple(clean_line(name, 100) for name in names[:_NAMES])
            return outcome.Missing(**about.common, name=wanted.name, found=found)
        case "refused", str(reason):
            return outcome.Refused(**about.common, reason=clean_line(reason, 500))
        case "out of memory", None:
            return outcome.OutOfMemory(**about.common, limit=about.limits.memory)
        case "raised", {"kind": str(kind), "error": str(error), "frames": [*frames]} if _are_frames(frames):
            return _raised(kind, error, frames, about, wanted)
        case _:
            return outcome.NoAnswer(**about.common, reason="the reply has not the form of one")


def _of_several(frames: list[Any], about: About, calls: tuple[Call, ...]) -> tuple[Outcome, ...]:
    """What came of calls that were sent together; equal answers to calls of one form are read once, and are one object."""
    known: dict[Any, Outcome] = {}
    found: list[Outcome] = []
    for frame, call in zip(frames, calls, strict=True):
        answer = frame if type(frame) is bytes else b""
        same = (answer, call.name, len(call.arguments), *call.keywords)
        if same not in known:
            try:
                known[same] = read(unpack(answer), about, call)
            except WireError as error:
                known[same] = outcome.NoAnswer(**about.common, reason=str(error))
        found.append(known[same])
    return tuple(found)


def _is_of(changed: dict[Any, Any], wanted: Wanted) -> bool:
    if not isinstance(wanted, Call | Read):
        return False
    given = {*range(len(wanted.arguments)), *wanted.keywords} if isinstance(wanted, Call) else set()
    return all(type(key) in (int, str) and key in given for key in changed)


def _are_frames(frames: list[Any]) -> bool:
    return all(type(frame) is tuple and [type(part) for part in frame] == [str, int, str] for frame in frames)


def _is_failure(found: Any) -> bool:
    match found:
        case {"kind": str(), "error": str(), "frames": [*frames], **more}:
            return not more and _are_frames(frames)
    return False


def _failure(kind: str, error: str, frames: list[Any], about: About) -> outcome.Raised:
    return outcome.Raised(
        **about.common,
        kind=clean_line(kind, 100),
        error=clean(error, _ERROR_TEXT),
        traceback=tuple(_frame(frame, about.files) for frame in frames[-_FRAMES:] if frame[0] in about.files),
    )


def _raised(kind: str, error: str, frames: list[Any], about: About, wanted: Wanted) -> Outcome:
    if kind == "RuntimeError" and any(phrase in error for phrase in _TORCH_OUT_OF_MEMORY):
        return outcome.OutOfMemory(**about.common, limit=about.limits.memory)
    raised = _failure(kind, error, frames, about)
    if wanted is None:
        return outcome.Missing(**about.common, name="", cause=raised)
    return raised


def _frame(reported: tuple[str, int, str], files: Mapping[str, bytes]) -> Frame:
    """Build a line of the traceback; its text comes from the grader's own copy of the file."""
    file, line, function = reported
    lines = files[file].decode("utf-8", "replace").splitlines()
    code = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return Frame(file=shown(file), line=line, function=clean_line(function, 100), code=clean_line(code, 200))


def ended(stopped: Stopped, end: End, about: About) -> Outcome:
    """Say why a child ended without an answer."""
    limits = about.limits
    match stopped.stop:
        case Stop.WALL:
            return outcome.TimedOut(**about.common, seconds=limits.wall, clock=outcome.Clock.WALL)
        case Stop.CPU:
            return outcome.TimedOut(**about.common, seconds=limits.cpu, clock=outcome.Clock.CPU)
        case Stop.FLOODED:
            return outcome.TooMuchOutput(**about.common, limit=limits.printed)
        case Stop.MALFORMED:
            return outcome.NoAnswer(**about.common, reason=stopped.detail)
        case Stop.CLOSED if end.killed:
            return outcome.NoAnswer(**about.common, reason="it closed the channel to the grader and went on")
    if os.WIFEXITED(end.status):
        return outcome.Exited(**about.common, status=os.WEXITSTATUS(end.status))
    number = os.WTERMSIG(end.status)
    if number == signal.SIGXCPU:
        return outcome.TimedOut(**about.common, seconds=limits.cpu, clock=outcome.Clock.CPU)
    return outcome.Crashed(**about.common, signal=number)
