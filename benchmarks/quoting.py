"""The record of `benchmarks/batch.py`, and the places where it is quoted: a command takes the figures there, nobody types them."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.marks import between
from benchmarks.peers.contest import Row
from benchmarks.peers.graders import OURS
from benchmarks.peers.record import machine

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
MARK = "benchmarks.batch"
MIXED = "Homework 1, mixed"
HEAD = "| class | grader | graded | wall s | CPU s each | MiB | a minute |\n|---|---|--:|--:|--:|--:|--:|"
_CORES = 640  # of the plan for a university: 40 machines with 16

Figures = Mapping[str, Any]
"""One row of the record: what, grader, size, graded, wall, cpu, memory."""


def figures(row: Row) -> Figures:
    """A row as it is recorded."""
    return {
        "what": row.what,
        "grader": row.grader,
        "size": row.size,
        "graded": row.graded,
        "wall": round(row.cost.wall, 2),
        "cpu": round(row.cost.cpu, 2),
        "memory": round(row.cost.memory, 1),
    }


def record(rows: Sequence[Row], *, load: float, jobs: int) -> None:
    """Write the record of a run, with day and machine."""
    data = {
        "date": time.strftime("%Y-%m-%d"),
        "machine": machine(),
        "load": round(load, 1),
        "jobs": jobs,
        "rows": [figures(row) for row in rows],
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "batch.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def quote_all() -> None:
    """Take the figures of the record to where they are quoted."""
    data = json.loads((RESULTS / "batch.json").read_text(encoding="utf-8"))
    (RESULTS / "batch.md").write_text(f"# A class, and what others take for it\n\n{table(data)}", encoding="utf-8")
    between(ROOT / "docs" / "scale.md", MARK, table(data))
    between(ROOT / "docs" / "scale.md", f"{MARK}: a million", million(data))
    between(ROOT / "README.md", MARK, paragraph(data))


def measured_on(data: Mapping[str, Any]) -> str:
    """When and on what."""
    day = time.strftime("%d %B %Y", time.strptime(data["date"], "%Y-%m-%d"))
    return f"{day}, {data['machine']}, load {data['load']} before the run, {data['jobs']} processes at once"


def table(data: Mapping[str, Any]) -> str:
    """Every row, and what is to be known of them."""
    rows: Sequence[Figures] = data["rows"]
    lines = [f"Measured by `benchmarks/batch.py` on {measured_on(data)}.", "", HEAD, *map(line, rows)]
    notes = []
    if any(row["grader"] != OURS and row["graded"] < row["size"] for row in rows):
        notes.append("A peer pays the same for each submission, and graded the first of a large class.")
    if any(row["grader"] == OURS and row["graded"] < row["size"] for row in rows):
        notes.append(
            "A class that had used up its share of the run was interrupted, and counts by what had been graded."
        )
    notes.append("Memory is that of all processes together, shared pages counted once.")
    return "\n".join([*lines, "", " ".join(notes)]) + "\n"


def line(row: Figures) -> str:
    """One row of the table."""
    graded = str(row["graded"]) if row["graded"] == row["size"] else f"{row['graded']} of {row['size']}"
    each = row["cpu"] / max(1, row["graded"])
    return (
        f"| {row['what']} | {row['grader']} | {graded} | {row['wall']:.1f} | {each:.2f} | {row['memory']:.0f} | "
        f"{_rate(row):.0f} |"
    )


def _rate(row: Figures) -> float:
    return float(60 * row["graded"] / row["wall"])


def paragraph(data: Mapping[str, Any]) -> str:
    """Submissions a minute by class and grader, short."""
    rows: Sequence[Figures] = data["rows"]
    graders = list(dict.fromkeys(row["grader"] for row in rows))
    by = {(row["what"], row["grader"]): row for row in rows}
    lines = [
        f"Submissions a minute, {measured_on(data)} (`benchmarks/batch.py`; more in [docs/scale.md](docs/scale.md)):",
        "",
        f"| | {' | '.join(graders)} |",
        f"|---|{'--:|' * len(graders)}",
    ]
    for what in dict.fromkeys(row["what"] for row in rows):
        cells = [f"{_rate(by[what, grader]):.0f}" if (what, grader) in by else "cannot" for grader in graders]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def million(data: Mapping[str, Any]) -> str:
    """The arithmetic of a million, with the mixed class's processor time."""
    mixed = next((row for row in data["rows"] if row["what"].startswith(MIXED)), None)
    if mixed is None or not mixed["graded"]:
        return ""
    each = mixed["cpu"] / mixed["graded"]
    hours, minutes = each * 1e6 / 3600, each * 1e6 / 60 / _CORES
    return (
        f"- **Time**: 10⁶ × {each:.2f} s = {hours:,.0f} processor hours ({mixed['what']}). On 40 machines with 16 cores\n"
        f"  ({_CORES} cores) that is {minutes:.0f} minutes. Allow twice that for starts, slow submissions and machines that are lost.\n"
        f"- **Bytes a second** at that speed: {26e9 / minutes / 60 / 1e6:.0f} MB to send and {77e9 / minutes / 60 / 1e6:.0f} MB to receive, by the one process in the\n"
        f"  middle, which hashes, sends and stores {1e6 / minutes / 60:.0f} submissions a second.\n"
    )
