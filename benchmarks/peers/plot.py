"""Submissions per minute as bars, in SVG that needs nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from benchmarks.peers.contest import Row

_LEFT, _WIDE, _HIGH, _RIGHT = 250, 380, 22, 90
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.m{fill:#1b6ca8}.o{fill:#9aa3ad}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.m{fill:#5ab0ee}.o{fill:#6d7680}}"
)


def plot(rows: Sequence[Row]) -> str:
    """One bar for each row that graded submissions, on a logarithmic scale."""
    shown = [row for row in rows if row.graded and "container" not in row.what]
    most = max(math.log10(1 + row.a_minute) for row in shown)
    height = _HIGH * len(shown) + 50
    title = "Submissions graded per minute (logarithmic scale)"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDE + _RIGHT} {height}" role="img">',
        f"<title>{title}</title><style>{_STYLE}</style>",
        f'<text x="8" y="22" font-weight="bold">{title}</text>',
    ]
    for place, row in enumerate(shown):
        y = 40 + _HIGH * place
        wide = _WIDE * math.log10(1 + row.a_minute) / most
        kind = "m" if row.grader == shown[0].grader else "o"
        parts.append(
            f'<text x="{_LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(row.what)}, {escape(row.grader)}</text>'
            f'<rect class="{kind}" x="{_LEFT}" y="{y}" width="{wide:.1f}" height="15"/>'
            f'<text x="{_LEFT + wide + 6:.1f}" y="{y + 12}">{row.a_minute:.0f}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"
