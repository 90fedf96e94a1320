"""The run as a page in Markdown."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from benchmarks.peers.contest import Row, Sizes
from benchmarks.peers.record import Ratio, machine

_ANSWERS = {True: "yes", False: "no", None: ""}


def markdown(
    rows: Sequence[Row], ratios: Mapping[str, Ratio], missing: Mapping[str, str], load: float, sizes: Sizes
) -> str:
    """What was measured, on what, and how it compares."""
    lines = [
        "# Twelve items, four graders",
        "",
        f"Measured on {time.strftime('%d %B %Y')} by `python -m benchmarks.peers`: {machine()}, load {load:.1f} before the run.",
        f"Medians of {sizes.rounds} rounds for single submissions, {sizes.class_rounds} for classes, in which the graders",
        f"take turns; {sizes.jobs} processes at once for classes. Memory is the peak of all processes together, shared",
        "pages counted once. Only this project contains the code that it runs; the others run it as the user who grades.",
        "",
        "| what | grader | graded | wall s | CPU s each | MiB | a minute |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        cost, graded = row.cost, str(row.graded) if row.graded == row.size else f"{row.graded} of {row.size}"
        rate = f"{row.a_minute:.0f}" if row.size > 1 else ""
        each = cost.cpu / max(1, row.graded)
        lines.append(
            f"| {row.what} | {row.grader} | {graded} | {cost.wall:.2f} | {each:.2f} | {cost.memory:.0f} | {rate} |"
        )
    lines += [f"| all | {name} | 0 | {why} | | | |" for name, why in missing.items()]
    lines += ["", *(f"{row.what}: {row.note}." for row in rows if row.note)]
    lines += ["", "| ratio | measured | target | met |", "|---|--:|--:|---|"]
    for name, ratio in ratios.items():
        sign = "at least" if ratio.larger else "at most"
        target = "" if ratio.target is None else f"{sign} {ratio.target:g}"
        lines.append(f"| {name} | {ratio.value:.2f} | {target} | {_ANSWERS[ratio.met]} |")
    return "\n".join(lines) + "\n"
