"""Where the time of a run goes: after every stage and part, what it took since the one before."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.processes import family, processor_seconds, proportional_memory, seconds_since_start

_MIB = 1 << 20
_LOOK_EVERY = 0.1
_HEAD = f"{'stage':<10}{'part':<18}{'wall s':>9}{'CPU s':>9}{'MiB':>7}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What one stage took, or one part in it.

    Args:
        stage: "start", "collect", "load", "written", "sandbox", "code".
        part: id of the part, or "".
        wall: seconds on the clock.
        cpu: seconds of processor time, of this process and all that it started.
        memory: bytes of all these processes together when it was over, shared pages once; None where nobody looked.
    """

    stage: str
    part: str
    wall: float
    cpu: float
    memory: int | None


class Profile:
    """Takes notes while a run goes on.

    Args:
        thorough: look at the memory ten times a second, which takes some milliseconds each, not only where a stage is new.
    """

    def __init__(self, *, thorough: bool) -> None:
        self._thorough = thorough
        self._taken: list[Took] = []
        self._wall = time.monotonic() - seconds_since_start()
        self._cpu = 0.0
        self._last_look = -math.inf
        self._looked = 0.0

    @property
    def looked(self) -> float:
        """Seconds that the looking itself took, which no note counts."""
        return self._looked

    @property
    def taken(self) -> tuple[Took, ...]:
        """The notes so far."""
        return tuple(self._taken)

    def took(self, stage: str, part: str = "") -> None:
        """Note what was used since the last note."""
        wall, members = time.monotonic(), family(os.getpid())
        cpu = sum(map(processor_seconds, members))
        often = self._thorough and wall - self._last_look >= _LOOK_EVERY
        look = often or all(took.stage != stage for took in self._taken)
        memory = sum(map(proportional_memory, members)) if look else None
        # A process that ended without being waited for takes its time out of the sum.
        used = max(0.0, cpu - self._cpu)
        self._taken.append(Took(stage=stage, part=part, wall=wall - self._wall, cpu=used, memory=memory or None))
        now = time.monotonic()
        self._looked += now - wall
        self._last_look = now if look else self._last_look
        self._wall, self._cpu = now, sum(map(processor_seconds, members))  # our own looking is not counted


def table(taken: Sequence[Took], looked: float = 0.0) -> str:
    """The notes for a terminal, then a line per stage, one for all, and what the looking itself took."""
    lines = [_HEAD, *(_line(took.stage, took.part, took.wall, took.cpu, took.memory) for took in taken if took.part)]
    if len(lines) > 1:
        lines.append("")
    stages = dict.fromkeys(took.stage for took in taken)
    lines += [_sum(stage, [took for took in taken if took.stage == stage]) for stage in stages]
    own = [f"looking took {looked:.2f} s more, which are in no line above."] if looked else []
    return "\n".join([*lines, _sum("all", taken), *own]) + "\n"


def as_data(taken: Sequence[Took]) -> list[Mapping[str, object]]:
    """The notes as JSON has them: seconds, and memory in MiB."""
    return [
        {
            "stage": took.stage,
            **({"part": took.part} if took.part else {}),
            "wall": round(took.wall, 4),
            "cpu": round(took.cpu, 4),
            **({"memory": round(took.memory / _MIB, 1)} if took.memory is not None else {}),
        }
        for took in taken
    ]


def _sum(stage: str, taken: Sequence[Took]) -> str:
    seen = [took.memory for took in taken if took.memory is not None]
    return _line(stage, "", sum(t.wall for t in taken), sum(t.cpu for t in taken), max(seen, default=None))


def _line(stage: str, part: str, wall: float, cpu: float, memory: int | None) -> str:
    shown = "" if memory is None else f"{memory / _MIB:.0f}"
    return f"{stage:<10}{part:<18}{wall:>9.3f}{cpu:>9.3f}{shown:>7}"
