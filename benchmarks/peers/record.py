"""The ratios of a run, and what fell since the last record: a report, never a test."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.contest import HOMEWORK, IMPORTS, WRITTEN, Row
from benchmarks.peers.graders import OURS

_WORSE = 1.1  # ratios of one run differ by less than this from those of the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A number of one run that a slower machine does not change much.

    Args:
        value: measured.
        target: what was set out for, where something was.
        larger: whether larger is better.
    """

    value: float
    target: float | None
    larger: bool

    @property
    def met(self) -> bool | None:
        """Whether the target is met."""
        if self.target is None:
            return None
        return self.value >= self.target if self.larger else self.value <= self.target


def ratios(rows: Sequence[Row]) -> dict[str, Ratio]:
    """What is compared, by name."""
    by = {(row.what, row.grader): row for row in rows}
    found: dict[str, Ratio] = {}
    for (what, grader), row in by.items():
        mine = by.get((what, OURS))
        if grader in (OURS, "python") or mine is None:
            continue
        if row.size > 1:
            target = {"otter": 20.0, "gradescope-utils": 10.0}.get(grader) if row.size == 100 else None
            found[f"{what}: rate / {grader}'s"] = Ratio(value=mine.a_minute / row.a_minute, target=target, larger=True)
        else:
            target = 0.25 if (what, grader) == (WRITTEN, "gradescope-utils") else None
            found[f"{what}: time / {grader}'s"] = Ratio(
                value=mine.cost.wall / row.cost.wall, target=target, larger=False
            )
    if (WRITTEN, OURS) in by:
        memory = by[WRITTEN, OURS].cost.memory
        found[f"{WRITTEN}: memory in MiB"] = Ratio(value=memory, target=150.0, larger=False)
    if (HOMEWORK, OURS) in by:
        share = by[HOMEWORK, OURS].cost.wall / by[IMPORTS, "python"].cost.wall
        found[f"{HOMEWORK}: time / {IMPORTS}"] = Ratio(value=share, target=1.3, larger=False)
    return found


def fallen(path: Path, now: Mapping[str, Ratio]) -> str:
    """Which ratios are worse than those that were recorded last, in words."""
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "There is no earlier record to compare with."
    lines = []
    for name, ratio in now.items():
        old = before["ratios"].get(name)
        if old and (old / ratio.value if ratio.larger else ratio.value / old) > _WORSE:
            lines.append(f"  {name}: {ratio.value:.2f}, was {old:.2f}")
    since = f"since the record of {before['date']}"
    return f"Worse {since}:\n" + "\n".join(lines) if lines else f"Nothing is worse {since}."


def machine() -> str:
    """The machine in a few words."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, {platform.system()}"


def as_json(rows: Sequence[Row], found: Mapping[str, Ratio], load: float) -> dict[str, Any]:
    """The record."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "machine": machine(),
        "load": round(load, 1),
        "ratios": {name: round(ratio.value, 4) for name, ratio in found.items()},
        "rows": [
            {
                "what": row.what,
                "grader": row.grader,
                "graded": row.graded,
                "wall": round(row.cost.wall, 3),
                "cpu": round(row.cost.cpu, 3),
                "memory": round(row.cost.memory, 1),
            }
            for row in rows
        ],
    }
