"""The checklist as text, JSON and one HTML page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from autograder.report.plain import clean
from autograder.verify.rows import Check, Mark, Row

_LONGEST = 2_000
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid #8886; overflow-wrap: anywhere; }
td:first-child { width: 3.5rem; font-weight: 600; } td:nth-child(2) { width: 8rem; }
.FAIL td:first-child { color: #c22; } .note td:first-child { color: #a60; }
summary { cursor: pointer; } small { opacity: .8; }
@media print { details > * { display: block; } }
"""


def as_line(row: Row) -> str:
    """A row for the terminal; a failing one with file, field and fix below."""
    head = f"{row.mark:<5} {row.check:<15} {row.part:<14} {clean(row.says, _LONGEST)}"
    if row.mark is not Mark.FAIL:
        return head.rstrip()
    place = " ".join(filter(None, (row.file, f"at {row.at}" if row.at else "")))
    return "\n".join([head, *(f"      {line}" for line in (place, row.fix) if line)])


def summary(rows: Sequence[Row], seconds: float) -> str:
    """How it ended, in one line."""
    counts = Counter(row.mark for row in rows)
    word = f"{counts[Mark.FAIL]} of {len(rows)} rows fail" if counts[Mark.FAIL] else f"all {len(rows)} rows pass"
    notes = f", {counts[Mark.NOTE]} with a note" if counts[Mark.NOTE] else ""
    return f"{word}{notes}; {seconds:.0f} s."


def as_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows as data."""
    return [
        {
            "check": row.check, "part": row.part, "mark": str(row.mark), "says": row.says, "file": row.file,
            "at": row.at, "fix": row.fix,
        }
        for row in rows
    ]  # fmt: skip


def as_html(title: str, checks: Sequence[Check], rows: Sequence[Row], ended: str) -> str:
    """One page without scripts or network: what fails first, then every check with its rows."""
    failing = [row for row in rows if row.mark is Mark.FAIL]
    body = [f"<h1>Verification of {escape(title)}</h1>", f"<p>{escape(ended)}</p>"]
    if failing:
        body += ["<h2>To mend</h2>", _table(failing)]
    for check in checks:
        own = [row for row in rows if row.check == check.name]
        if own:
            word = "fails" if any(row.mark is Mark.FAIL for row in own) else "passes"
            head = f"<summary><b>{escape(check.name)}</b> {word}: {escape(check.about)} ({len(own)})</summary>"
            body.append(f"<details{' open' if word == 'fails' else ''}>{head}{_table(own)}</details>")
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Verification of {escape(title)}</title>'
        f"<style>{_STYLE}</style><body>\n{chr(10).join(body)}\n</body></html>\n"
    )


def _table(rows: Sequence[Row]) -> str:
    lines = [
        f'<tr class="{row.mark}"><td>{row.mark}</td><td>{escape(row.part or row.check)}</td><td>{_cell(row)}</td></tr>'
        for row in rows
    ]
    return f"<table><tr><th>Mark</th><th>Part</th><th>Found</th></tr>{''.join(lines)}</table>"


def _cell(row: Row) -> str:
    place = " at ".join(filter(None, (row.file, row.at))) if row.mark is Mark.FAIL else ""
    extra = [f"<small>{escape(text)}</small>" for text in (place, row.fix) if text]
    return "<br>".join([escape(clean(row.says, _LONGEST)), *extra])
