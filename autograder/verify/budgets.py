"""What a full grading costs, measured in a process of its own, against the platform's containers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.build.advice import CONTAINERS, MIB, container
from autograder.gradescope import own_seconds
from autograder.verify.rows import Context, Mark, Row

_PROJECT = Path(__file__).resolve().parents[2]
_START = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('autograder', run_name='__main__', alter_sys=True)"
)


def check_budgets(context: Context) -> Iterator[Row]:
    """Grade the solution once and compare processor time and memory with the container that `build` advises."""
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("w+b") as log:
        command = [
            *(
                sys.executable,
                "-I",
                "-X",
                "utf8",
                "-c",
                _START,
                str(_PROJECT),
                "grade",
                str(context.folder / "solution"),
            ),
            *("--assignment", context.assignment.name, "--library", str(context.library)),
            *("--results", f"{folder}/results.json"),
        ]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)  # noqa: S603 - our own program
        _, status, usage = os.wait4(process.pid, 0)  # waits for, and counts, its children as well
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            log.seek(0)
            said = log.read()[-300:].decode("utf-8", "replace")
            yield _row(context, Mark.FAIL, f"grading the solution ended with code {process.returncode}: {said}")
            return
    size = container(context.assignment)
    processor = usage.ru_utime + usage.ru_stime
    elapsed, memory = processor / min(1.0, CONTAINERS[0].processors), usage.ru_maxrss * 1024
    fits = memory <= size.memory and elapsed <= own_seconds(None)
    yield _row(
        context, Mark.OK if fits else Mark.FAIL,
        f"{processor:.1f} s of processor time, so about {elapsed:.0f} s in the smallest container; its largest process took "
        f"{memory / MIB:.0f} MiB; advised: {size}",
    )  # fmt: skip


def _row(context: Context, mark: Mark, says: str) -> Row:
    if mark is Mark.OK:
        return Row(check="budgets", part="", mark=mark, says=says)
    fix = "Choose a larger container, or lower the limits of functions."
    return Row(check="budgets", part="", mark=mark, says=says, file=context.file(), at="questions", fix=fix)
