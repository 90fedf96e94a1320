"""Where the time of a run goes: after every stage and part, what it took since the one before."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.processes import family, processor_seconds, proportional_memory, seconds_since_start

_MIB = 1 << 20
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
        thorough: look at the memory after every part, which takes some milliseconds, not only where a stage begins.
    """

    def __init__(self, *, thorough: bool) -> None:
        self._thorough = thorough
        self._taken: list[Took] = []
        self._wall = time.monotonic() - seconds_since_start()
        self._cpu = 0.0

    @property
    def taken(self) -> tuple[Took, ...]:
        """The notes so far."""
        return tuple(self._taken)

    def took(self, stage: str, part: str = "") -> None:
        """Note what was used since the last note."""
        wall, members = time.monotonic(), family(os.getpid())
        cpu = sum(map(processor_seconds, members))
        look = self._thorough or not self._taken or self._taken[-1].stage != stage
        memory = sum(map(proportional_memory, members)) if look else None
        # A process that ended without being waited for takes its time out of the sum.
        used = max(0.0, cpu - self._cpu)
        self._taken.append(Took(stage=stage, part=part, wall=wall - self._wall, cpu=used, memory=memory or None))
        self._wall, self._cpu = time.monotonic(), sum(map(processor_seconds, members))  # our own looking is not counted


def table(taken: Sequence[Took]) -> str:
    """The notes for a terminal, then a line per stage and one for all."""
    lines = [_HEAD, *(_line(took.stage, took.part, took.wall, took.cpu, took.memory) for took in taken if took.part)]
    if len(lines) > 1:
        lines.append("")
    stages = dict.fromkeys(took.stage for took in taken)
    lines += [_sum(stage, [took for took in taken if took.stage == stage]) for stage in stages]
    return "\n".join([*lines, _sum("all", taken)]) + "\n"


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
