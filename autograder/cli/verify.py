"""Prove an assignment, or one part of it, before anybody is graded: keys, misconceptions, credits, leaks, points."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.assignments import available, load
from autograder.cli import FAULT, GRADED
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.verify.books import LOCK_FILE, lock
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.run import CHECKS, Progress, verify_all
from autograder.verify.shown import as_html, as_json, as_line, heading, summary

_PAUSE = 0.5  # seconds between two looks at the files
_CLEAR = "\r\x1b[K"
_WATCHED = frozenset({".py", ".ipynb", ".lock"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "what", metavar="ASSIGNMENT[/PART]", nargs="?", default="", help='like "hw1" or "hw1/1a" (default: all)'
    )
    parser.add_argument("--html", metavar="FILE", type=Path, help="also write the checklist as a page")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the checklist")
    parser.add_argument("--watch", action="store_true", help="again whenever a file of the assignment changes")
    parser.add_argument("--seeds", metavar="N", type=int, default=3, help="seeds to try (default: %(default)s)")
    parser.add_argument(
        "--cores", metavar="N", type=int, help="processes side by side (default: as many as there are cores)"
    )
    parser.add_argument("--lock", action="store_true", help=f"write the ids of this release to {LOCK_FILE}, and stop")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Verify and print; 0 when nothing fails, 1 when something does."""
    for option, number in (("--seeds", arguments.seeds), ("--cores", arguments.cores)):
        if number is not None and number < 1:
            raise AuthorError(f"{option} {number}: at least one is needed.")
    name, _, part = arguments.what.partition("/")
    names = (name,) if name else available(arguments.library)
    if arguments.watch:
        return watch(arguments)
    if arguments.lock:
        return _lock(names, arguments.library)
    started = time.monotonic()
    contexts = [
        Context(assignment=load(one, arguments.library), library=arguments.library, part=part, seeds=arguments.seeds)
        for one in names
    ]
    if part:
        contexts[0].assignment.question(part)  # says at once that there is none
    rows = checked(contexts, cores=arguments.cores, quiet=arguments.json)
    ended = summary(rows, time.monotonic() - started)
    if arguments.html is not None:
        _write(arguments.html, as_html(arguments.what or "all assignments", CHECKS, rows, ended))
    print(json.dumps(as_json(rows), ensure_ascii=False, indent=1) if arguments.json else ended)
    return FAULT if any(row.mark is Mark.FAIL for row in rows) else GRADED


def checked(contexts: Sequence[Context], *, cores: int | None = None, quiet: bool = False) -> list[Row]:
    """Every row of the checklist, printed in order, with what is being waited for on a terminal."""
    live = sys.stderr.isatty() and not quiet

    def progress(now: Progress) -> None:
        if live:
            place = " ".join(filter(None, (now.assignment, now.check, now.part)))
            print(f"{_CLEAR}… {now.done} of {now.all} done, waiting for {place}", end="", file=sys.stderr, flush=True)

    rows: list[Row] = []
    for row in verify_all(contexts, cores=cores, on_progress=progress):
        if live:
            print(_CLEAR, end="", file=sys.stderr, flush=True)
        if not quiet and len(contexts) > 1 and (not rows or rows[-1].assignment != row.assignment):
            print(heading(row.assignment), flush=True)
        rows.append(row)
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


def watch(
    arguments: argparse.Namespace,
    *,
    run_again: Callable[[list[str]], object] = lambda command: subprocess.run(command, check=False),  # noqa: S603 - our own
    pause: Callable[[], None] = lambda: time.sleep(_PAUSE),
) -> int:
    """Verify whenever a file changes, in a fresh process, since modules are loaded once; until Ctrl-C.

    Args:
        arguments: of the command line.
        run_again: runs a command and waits for it.
        pause: waits between two looks at the files.
    """
    command = [sys.executable, "-m", "autograder", "verify", arguments.what, "--seeds", str(arguments.seeds)]
    command += ["--library", str(arguments.library)]
    command += ["--html", str(arguments.html)] if arguments.html is not None else []
    command += ["--json"] if arguments.json else []
    command += ["--cores", str(arguments.cores)] if arguments.cores is not None else []
    folder = arguments.library / arguments.what.partition("/")[0]
    if not folder.is_dir():
        raise AuthorError(f"there is no folder {folder} to watch. Name an assignment of {arguments.library}.")
    seen: dict[Path, int] | None = None
    while True:
        now = _times(folder)
        if now != seen:
            seen = now
            run_again(command)
            print("watching; stop with Ctrl-C.", file=sys.stderr, flush=True)
        pause()


def _times(folder: Path) -> dict[Path, int]:
    """When each file that an author edits was last changed."""
    found: dict[Path, int] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in _WATCHED:
            try:
                found[path] = path.stat().st_mtime_ns
            except OSError:  # an editor has just put another file in its place
                continue
    return found
