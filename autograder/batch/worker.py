"""A worker: a process that imports the assignment once and grades one submission after the other.

`python -m autograder.batch.worker LIBRARY ASSIGNMENT` reads a package per message from its standard input and answers with
the result as JSON. It ends with its owner: at the end of its input, and on Linux at the owner's death.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from autograder.assignments import load
from autograder.batch import frames
from autograder.batch.ahead import prepare
from autograder.batch.package import ROOT, unpack
from autograder.batch.sources import sources_of
from autograder.engine.grade import grade, seed_of
from autograder.engine.sandboxes import Sandboxes
from autograder.question import Assignment
from autograder.report.as_json import to_json
from autograder.sandbox import linux
from autograder.submission.collect import collected
from autograder.verdict import Result

SECONDS = 900.0
"""What one submission may take before its remaining parts wait; far beyond what any part needs."""


def main(library: Path, name: str) -> int:
    """Serve until the input ends."""
    if linux.is_linux():
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, who then closes the input
    requests, replies = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)  # whatever prints must not land between the messages
    assignment = load(name, library)
    prepare(assignment)
    with Sandboxes(lasting=True) as sandboxes:
        while (data := frames.receive(requests)) is not None:
            frames.send(replies, answer(assignment, data, sandboxes))
    return 0


def answer(assignment: Assignment, data: bytes, sandboxes: Sandboxes | None) -> bytes:
    """The result of one package as JSON: {"result": …, "timing": …}, or {"fault": traceback}."""
    started = time.monotonic()
    try:
        submission = collected(unpack(data), ROOT)
        result = grade(
            assignment, submission, seed=seed_of(submission), deadline=started + SECONDS, sandboxes=sandboxes
        )
        reply = {
            "result": without_times(result),
            "timing": {part.part: round(part.seconds, 3) for part in result.parts},
            "seconds": round(time.monotonic() - started, 3),
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "sources": sources_of(submission),
        }
    except Exception:  # noqa: BLE001 - border two: one submission must not end the worker, and its fault is reported
        reply = {"fault": traceback.format_exc()}
    return json.dumps(reply, ensure_ascii=True, allow_nan=False, sort_keys=True).encode("ascii")


def without_times(result: Result) -> dict[str, Any]:
    """A result as JSON that depends on nothing but submission and questions."""
    data = to_json(result)
    del data["seconds"]
    for part in data["parts"]:
        del part["seconds"]
    return data


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
