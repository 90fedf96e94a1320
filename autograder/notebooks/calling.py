"""Calls into the stage, which runs beside a notebook's functions, and the process that a call leaves to the next one."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace

from autograder.answers.sandboxed import NotReached
from autograder.notebooks.figures import read_seen
from autograder.notebooks.scenes import Scene, Shown
from autograder.sandbox import Call, Missing, NotRun, Outcome, Returned, Session
from autograder.sandbox.verdicts import OUT_OF_TIME


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A process in which a scene went well, and how it is ended."""

    session: Session
    scene: Scene
    ending: ExitStack


def shown_in(session: Session, scene: Scene, seed: int) -> Shown:
    """What a call brings in a process that has loaded the slice.

    Raises:
        NotReached: the submission's deadline came first.
    """
    plain = None if scene.network is None else scene.network.plain
    arguments = [(name, value) for name, value in scene.arguments]
    call = Call(name="draw", arguments=(scene.function, plain, arguments), seed=seed)
    outcome = made(session, call, f"`{scene.function}`")
    failed = None if isinstance(outcome, Returned) else outcome
    seen = made(session, Call(name="seen"))
    read = read_seen(seen.value) if isinstance(seen, Returned) else None
    return Shown(scene=scene, seen=read, failure=failed, unseen=None if read is not None else seen)


def made(session: Session, call: Call, during: str = "your notebook") -> Outcome:
    """The outcome of a call into the stage, `during` what a student knows it as.

    Raises:
        NotReached: the submission's deadline came first.
    """
    outcome = replace(session.call(call), during=during)
    if isinstance(outcome, NotRun) and outcome.reason == OUT_OF_TIME:
        raise NotReached
    if isinstance(outcome, Missing) and outcome.cause is not None:
        return outcome.cause
    return outcome
