"""Parts judged side by side: each lane is a row of parts that follow one another, and some lanes are under way at once.

A lane is a generator: it yields a `Wait` when it has handed work to another process, and a `Judged` when a part is done. So
one process without threads, which may fork at any moment, keeps them all going.
"""

from __future__ import annotations

import math
import select
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from autograder.equality.budget import Wait
from autograder.question import Question
from autograder.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A part's verdict.

    Args:
        question: the part.
        verdict: what came of it.
        seconds: from its beginning to its end.
        measured: whether it has only what goes to the leaderboard; the verdict itself comes apart from it.
    """

    question: Question
    verdict: Verdict
    seconds: float
    measured: bool = False


Lane = Iterator[Wait | Judged]


def side_by_side(lanes: Sequence[Lane], jobs: int, patience: float = math.inf) -> Iterator[Judged | None]:
    """What the lanes bring, as it comes; None where nothing has come for a while.

    Args:
        lanes: the first are begun first, each of the others when one before it has ended.
        jobs: how many may be under way at once; with 1 they follow one another.
        patience: seconds in which nothing comes.
    """
    rest = list(lanes)
    under_way: dict[Lane, Wait | None] = {}
    while rest or under_way:
        while rest and len(under_way) < jobs:
            under_way[rest.pop(0)] = None
        ready = _ready(under_way, patience)
        if not ready:
            yield None
        for lane in ready:
            step = next(lane, None)
            if step is None:
                del under_way[lane]
            elif isinstance(step, Wait):
                under_way[lane] = step
            else:
                under_way[lane] = None
                yield step


def _ready(under_way: dict[Lane, Wait | None], patience: float) -> list[Lane]:
    """The lanes that can go on: those that await nothing, else those whose wait is over, none where that takes long."""
    waits = {lane: wait for lane, wait in under_way.items() if wait is not None}
    if len(waits) < len(under_way):
        return [lane for lane in under_way if lane not in waits]
    poll = select.poll()
    for wait in waits.values():
        poll.register(wait.descriptor, select.POLLIN)
    left = max(0.0, min(wait.until for wait in waits.values()) - time.monotonic())
    readable = {descriptor for descriptor, _ in poll.poll(ceil(min(left, patience) * 1000))}
    now = time.monotonic()
    return [lane for lane, wait in waits.items() if wait.descriptor in readable or wait.until <= now]
