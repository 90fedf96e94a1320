"""Draws the pictures of README.md from what the commands really print: `.venv/bin/python docs/draw.py`.

One picture per use: a student's report on Gradescope (the visible tests of results.json), the table of a local run, and the
checklist of an instructor. Each is a small SVG of text; light and dark pages are told apart by the page itself.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import tempfile
import textwrap
import unicodedata
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from autograder import cli  # noqa: E402 - the folder that holds it comes first

PICTURES = ROOT / "docs" / "pictures"
ANSWERS = """assignment = "hw1"
q1a = r"0 < \\eta < 1/\\sigma^2"
q1a_path = "y/sigma*(1 - (1 - eta sigma^2)^t)"
q1b = "t >= ln(epsilon)/ln|1 - 2 eta sigma^2"
q1e = "1/(sigma_l^2 + sigma_s^2)"
"""
SHOWN = {"1a", "1a.path"}
COLUMNS, LINES = 84, 26
_WIDTH, _HEIGHT = 8, 18  # pixels of a character
_WORDS = {"ok": "good", "not yet": "bad", "unreadable": "odd", "undecided": "open", "waiting": "open", "FAIL": "bad"}
_LINE = re.compile(rf"^({'|'.join(_WORDS)})(?= )")
_FENCE = re.compile(r"^```\w*$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([^A-Za-z0-9\s\\])")
_SECONDS = re.compile(r"; \d+ s\.")
_STYLE = (
    "text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328;white-space:pre}rect{fill:#f6f8fa;stroke:#d0d7de}"
    ".good{fill:#1a7f37}.bad{fill:#b3261e}.odd{fill:#7d4e00}.open{fill:#0550ae}.dim{fill:#57606a}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#161b22;stroke:#30363d}.good{fill:#3fb950}"
    ".bad{fill:#ff7b72}.odd{fill:#d29922}.open{fill:#79c0ff}.dim{fill:#8b949e}}"
)


def svg(title: str, command: str, text: str) -> str:
    """A picture of a command and what it printed; the words of verdicts are coloured, and say the same without."""
    lines = [line[:COLUMNS] for line in text.splitlines()][:LINES]
    high = (len(lines) + 3) * _HEIGHT
    rows = [f'<text x="16" y="{_HEIGHT + 8}" class="dim">{escape(command)}</text>']
    for number, line in enumerate(lines):
        coloured = _LINE.sub(lambda found: f'<tspan class="{_WORDS[found[1]]}">{found[1]}</tspan>', escape(line))
        if line.strip():
            rows.append(f'<text x="16" y="{(number + 2) * _HEIGHT + 12}">{coloured}</text>')
    wide = COLUMNS * _WIDTH + 32
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f'<rect x="1" y="1" width="{wide - 2}" height="{high - 2}" rx="8"/>' + "".join(rows) + "</svg>\n"
    )


def printed(*arguments: str) -> str:
    """What a command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        cli.main(arguments)
    return unicodedata.normalize("NFC", out.getvalue())


def report(results: Path) -> str:
    """A student's page of the platform as text: the visible tests of results.json."""
    rows = []
    for test in json.loads(results.read_text(encoding="utf-8"))["tests"]:
        if test.get("number") in SHOWN and test.get("visibility") != "hidden":
            rows.append(f"{test['name']}  ({test['score']:g} / {test['max_score']:g})")
            for line in _FENCE.sub("", test["output"]).splitlines():
                plain = _ESCAPED.sub(r"\1", line.replace("**", ""))
                rows += textwrap.wrap(plain, COLUMNS, initial_indent="    ", subsequent_indent="    ")
            rows.append("")
    return "\n".join(rows)


def main() -> int:
    """Draw all pictures."""
    os.environ["COLUMNS"] = str(COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        answers, results = Path(folder, "answers.py"), Path(folder, "results.json")
        answers.write_text(ANSWERS, encoding="utf-8")
        local = printed("grade", str(answers), "--results", str(results), "--seed", "1")
        local = local[: local.find("not yet     2 ")].rstrip() + "\n"
        drawn = {
            "gradescope": ("A student's report on Gradescope", "What a student reads on Gradescope", report(results)),
            "local": ("A table in the terminal", "$ ./run_autograder answers.py", local),
            "verify": (
                "The checklist of an instructor",
                "$ .venv/bin/python -m autograder verify hw1/1a",
                _SECONDS.sub(".", printed("verify", "hw1/1a")),
            ),
        }
    PICTURES.mkdir(exist_ok=True)
    for name, (title, command, text) in drawn.items():
        (PICTURES / f"{name}.svg").write_text(svg(title, command, text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
