"""Prove an assignment, or one part of it, before anybody is graded: keys, misconceptions, credits, leaks, points."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from autograder.assignments import LIBRARY, available, load
from autograder.cli import FAULT, GRADED
from autograder.errors import AuthorError
from autograder.verify.books import LOCK_FILE, lock
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.run import CHECKS, verify
from autograder.verify.shown import as_html, as_json, as_line, summary

_PAUSE = 0.5  # seconds between two looks at the files
_CLEAR = "\r\x1b[K"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "what", metavar="ASSIGNMENT[/PART]", nargs="?", default="", help='like "hw1" or "hw1/1a" (default: all)'
    )
    parser.add_argument("--html", metavar="FILE", type=Path, help="also write the checklist as a page")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the checklist")
    parser.add_argument("--watch", action="store_true", help="again whenever a file of the assignment changes")
    parser.add_argument("--seeds", metavar="N", type=int, default=3, help="seeds to try (default: %(default)s)")
    parser.add_argument("--lock", action="store_true", help=f"write the ids of this release to {LOCK_FILE}, and stop")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Verify and print; 0 when nothing fails, 1 when something does."""
    if arguments.seeds < 1:
        raise AuthorError(f"--seeds {arguments.seeds}: at least one seed is needed.")
    if arguments.watch:
        return _watch(arguments)
    name, _, part = arguments.what.partition("/")
    names = (name,) if name else available(arguments.library)
    if arguments.lock:
        return _lock(names, arguments.library)
    started = time.monotonic()
    rows: list[Row] = []
    for one in names:
        context = Context(
            assignment=load(one, arguments.library), library=arguments.library, part=part, seeds=arguments.seeds
        )
        if part:
            context.assignment.question(part)
        rows += checked(context, quiet=arguments.json)
    ended = summary(rows, time.monotonic() - started)
    if arguments.html is not None:
        _write(arguments.html, as_html(arguments.what or "all assignments", CHECKS, rows, ended))
    print(json.dumps(as_json(rows), ensure_ascii=False, indent=1) if arguments.json else ended)
    return FAULT if any(row.mark is Mark.FAIL for row in rows) else GRADED


def checked(context: Context, *, quiet: bool = False) -> list[Row]:
    """Every row of the checklist, printed as soon as it is known, with what is being looked at on a terminal."""
    live = sys.stderr.isatty() and not quiet

    def progress(check: str, part: str) -> None:
        if live:
            print(f"{_CLEAR}… {context.assignment.name} {check} {part}", end="", file=sys.stderr, flush=True)

    rows = []
    for row in verify(context, progress):
        rows.append(row)
        if live:
            print(_CLEAR, end="", file=sys.stderr, flush=True)
        if not quiet:
            print(as_line(row), flush=True)
    if live:
        print(_CLEAR, end="", file=sys.stderr, flush=True)
    return rows


def _lock(names: tuple[str, ...], library: Path) -> int:
    for name in names:
        path = library / name / LOCK_FILE
        _write(path, lock(load(name, library)))
        print(f"ids written to {path}")
    return GRADED


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AuthorError(f"cannot write {path}: {error.strerror}. Name another file.") from error


def _watch(arguments: argparse.Namespace) -> int:
    """Verify in a fresh process, since modules are loaded once, whenever a file changes; stopped by hand."""
    command = [sys.executable, "-m", "autograder", "verify", arguments.what, "--seeds", str(arguments.seeds)]
    command += ["--library", str(arguments.library)]
    folder = arguments.library / arguments.what.partition("/")[0]
    seen: dict[Path, int] = {}
    while True:
        now = {path: path.stat().st_mtime_ns for path in folder.rglob("*.py") if path.is_file()}
        if now != seen:
            seen = now
            subprocess.run(command, check=False)  # noqa: S603 - our own program
            print("watching; stop with Ctrl-C.", flush=True)
        time.sleep(_PAUSE)
