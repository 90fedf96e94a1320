"""The paragraph of the README: a short table between two marks, rewritten by every recorded run."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.marks import between
from benchmarks.peers.contest import HOMEWORK, IMPORTS, WRITTEN, Row
from benchmarks.peers.record import machine

_MARK = "benchmarks.peers"


def quote(readme: Path, rows: Sequence[Row]) -> None:
    """Put the numbers of a run into the README.

    Raises:
        ValueError: the marks are not there.
    """
    between(readme, _MARK, paragraph(rows))


def paragraph(rows: Sequence[Row]) -> str:
    """Seconds of single submissions and submissions a minute of classes, by grader."""
    graders = list(dict.fromkeys(row.grader for row in rows if row.size))
    disciplines = list(dict.fromkeys(row.what for row in rows if len([r for r in rows if r.what == row.what]) > 1))
    by = {(row.what, row.grader): row for row in rows}
    lines = [
        f"On {time.strftime('%d %B %Y')}, {machine()}; twelve items, the same files for all, side by side in one run:",
        "",
        "| | " + " | ".join(graders) + " |",
        "|---|" + "--:|" * len(graders),
    ]
    for what in disciplines:
        cells = [_cell(by.get((what, grader))) for grader in graders]
        lines.append(f"| {what} | " + " | ".join(cells) + " |")
    homework, imports = by.get((HOMEWORK, graders[0])), by.get((IMPORTS, "python"))
    if homework and imports:
        took = f"{homework.cost.wall:.1f} s and {homework.cost.memory:.0f} MiB"
        lines += ["", f"All parts of Homework 1, contained: {took}; `{IMPORTS}` alone takes {imports.cost.wall:.1f} s."]
    lines += [
        f"{row.what[0].upper()}{row.what[1:]}: {row.cost.wall:.0f} s, at most {row.cost.memory:.0f} MiB ({row.note})."
        for row in rows
        if row.note
    ]
    written = by.get((WRITTEN, graders[0]))
    if written:
        lines.append(f"Written answers alone take {written.cost.memory:.0f} MiB and load no torch.")
    return "\n".join(lines) + "\n"


def _cell(row: Row | None) -> str:
    if row is None:
        return ""
    if row.size <= 1:
        return f"{row.cost.wall:.2f} s"
    part = f" (of {row.graded} of them)" if row.graded < row.size else ""  # a rate measured on fewer says so
    return f"{row.a_minute:.0f} a minute{part}"
