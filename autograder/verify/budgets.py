"""What a full grading costs in the platform's smallest container, whose limits are kept while it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.build.advice import CONTAINERS, MIB, container
from autograder.gradescope import own_seconds
from autograder.verify.container import Spent, run_within
from autograder.verify.rows import Context, Mark, Row

_PROJECT = Path(__file__).resolve().parents[2]
_START = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('autograder', run_name='__main__', alter_sys=True)"
)


def check_budgets(context: Context) -> Iterator[Row]:
    """Grade the solution once within the limits of the smallest container, and compare with the one that `build` advises."""
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("w+b") as log:
        interpreter = [sys.executable, "-I", "-X", "utf8", "-c", _START, str(_PROJECT)]
        what = ["grade", str(context.folder / "solution"), "--assignment", context.assignment.name]
        where = ["--library", str(context.library), "--results", f"{folder}/results.json"]
        spent = run_within([*interpreter, *what, *where], CONTAINERS[0], log)
        log.seek(0)
        said = log.read()[-300:].decode("utf-8", "replace")
    yield _row(context, spent, said)


def _row(context: Context, spent: Spent, said: str) -> Row:
    smallest, advised, most = CONTAINERS[0], container(context.assignment), own_seconds(None)
    end = f"limits kept by {spent.how}; advised, for what student code may use: {advised}"
    if spent.killed:
        mark = Mark.NOTE if advised.memory > smallest.memory else Mark.FAIL
        return _told(context, mark, f"killed at the memory of the smallest container ({smallest}); {end}")
    if spent.code != 0:
        return _told(context, Mark.FAIL, f"grading the solution ended with code {spent.code}: {said}")
    says = f"in the smallest container ({smallest}) {spent.elapsed:.0f} s, of {most:.0f} s, and {spent.memory / MIB:.0f} MiB"
    says += f"; {spent.processor:.1f} s of processor time; {end}"
    if not spent.kept:
        return _told(context, Mark.NOTE, f"not within the limits of a container: {says}")
    return _told(context, Mark.OK if spent.elapsed <= most else Mark.FAIL, says)


def _told(context: Context, mark: Mark, says: str) -> Row:
    if mark is Mark.OK:
        return Row(check="budgets", part="", mark=mark, says=says)
    fix = "Choose a larger container, or lower the limits of functions."
    return Row(check="budgets", part="", mark=mark, says=says, file=context.file(), at="questions", fix=fix)
