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
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --rule: light-dark(#d5d5d5, #444);
  --bad: light-dark(#b00020, #ff8a8a); --heed: light-dark(#8a5a00, #f0c060); --good: light-dark(#1b6e2e, #7fd492);
  --soft: light-dark(#f5f5f5, #222); }
body { max-width: 66rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } h2 { margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
td.mark { width: 3.2rem; font-weight: 600; white-space: nowrap; } td.part { width: 9rem; }
td.number { text-align: right; font-variant-numeric: tabular-nums; width: 4rem; } th.number { text-align: right; }
.ok .mark { color: var(--good); } .note .mark { color: var(--heed); } .FAIL .mark { color: var(--bad); }
details { border-bottom: 1px solid var(--rule); } summary { cursor: pointer; padding: .35rem 0; }
.more { display: block; font-size: .9rem; opacity: .85; } code { background: var(--soft); padding: 0 .25rem; }
@media (max-width: 40rem) {
  table.rows thead { display: none; } table.rows tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--rule); }
  table.rows td { display: inline-block; width: auto; border: 0; padding: 0 .4rem 0 0; } table.rows td.says { display: block; }
}
@media print { details::details-content { content-visibility: visible; height: auto; } }
"""


def heading(assignment: str) -> str:
    """The line above an assignment's rows in a checklist of several."""
    return f"\n{assignment}\n{'-' * len(assignment)}"


def as_line(row: Row) -> str:
    """A row for the terminal; a failing one with file, field and fix below."""
    head = f"{row.mark:<5} {row.check:<15} {row.part:<14} {clean(row.says, _LONGEST)}"
    below = [f"· {clean(line, _LONGEST)}" for line in row.more]
    if row.mark is Mark.FAIL:
        below += [" ".join(filter(None, (row.file, f"at {row.at}" if row.at else ""))), row.fix]
    return "\n".join([head.rstrip(), *(f"      {line}" for line in below if line)])


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
            "assignment": row.assignment, "check": row.check, "part": row.part, "mark": str(row.mark), "says": row.says, "file": row.file,
            "at": row.at, "fix": row.fix, "more": list(row.more),
        }
        for row in rows
    ]  # fmt: skip


def as_html(title: str, checks: Sequence[Check], rows: Sequence[Row], ended: str) -> str:
    """One page without scripts or network: what fails first, then counts, then every check with its rows."""
    failing = [row for row in rows if row.mark is Mark.FAIL]
    names = list(dict.fromkeys(row.assignment for row in rows))
    body = [f"<h1>Verification of {escape(title)}</h1>", f"<p>{escape(ended)}</p>"]
    if failing:
        body += ["<h2>To mend</h2>", _table(failing, full=len(names) > 1)]
    body += ["<h2>Checks</h2>", _counts(checks, rows)]
    for name in names:
        if len(names) > 1:
            body.append(f"<h2>{escape(name)}</h2>")
        body += [
            _section(check, [r for r in rows if (r.assignment, r.check) == (name, check.name)]) for check in checks
        ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>Verification of {escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n{chr(10).join(filter(None, body))}\n</body></html>\n"
    )


def _counts(checks: Sequence[Check], rows: Sequence[Row]) -> str:
    """How many rows of each check pass, need a look, and fail."""
    lines = []
    for check in checks:
        counts = Counter(row.mark for row in rows if row.check == check.name)
        if counts:
            numbers = "".join(f'<td class="number">{counts[mark] or "–"}</td>' for mark in Mark)
            lines.append(f"<tr><td><b>{escape(check.name)}</b>: {escape(check.about)}</td>{numbers}</tr>")
    head = "".join(f'<th class="number">{mark}</th>' for mark in Mark)
    return f"<table><thead><tr><th>Check</th>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _section(check: Check, rows: Sequence[Row]) -> str:
    """One check's rows, folded away when none fails."""
    if not rows:
        return ""
    marks = {row.mark for row in rows}
    word = "fails" if Mark.FAIL in marks else "passes, with notes" if Mark.NOTE in marks else "passes"
    head = f"<summary><b>{escape(check.name)}</b> {word} ({len(rows)})</summary>"
    return f"<details{' open' if word == 'fails' else ''}>{head}{_table(rows)}</details>"


def _table(rows: Sequence[Row], *, full: bool = False) -> str:
    lines = [
        f'<tr class="{row.mark}"><td class="mark">{row.mark}</td><td class="part">{escape(_place(row, full=full))}</td>'
        f'<td class="says">{_cell(row)}</td></tr>'
        for row in rows
    ]
    head = "<thead><tr><th>Mark</th><th>Part</th><th>Found</th></tr></thead>"
    return f'<table class="rows">{head}<tbody>{"".join(lines)}</tbody></table>'


def _place(row: Row, *, full: bool) -> str:
    """Where a row belongs: its part, or the whole assignment."""
    return "/".join(filter(None, (row.assignment if full else "", row.part))) or "whole"


def _cell(row: Row) -> str:
    extra = [f'<span class="more">· {escape(clean(line, _LONGEST))}</span>' for line in row.more]
    if row.mark is Mark.FAIL and row.file:
        at = f", field <code>{escape(row.at)}</code>" if row.at else ""
        extra.append(f'<span class="more">in <code>{escape(row.file)}</code>{at}</span>')
    if row.fix:
        extra.append(f'<span class="more">→ {escape(row.fix)}</span>')
    return "".join([escape(clean(row.says, _LONGEST)), *extra])
