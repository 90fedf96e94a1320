"""Grade a class: a folder of submissions, Gradescope's "Export Submissions", or a zip of either.

Results go into OUT/batch.sqlite the moment they are there; an interrupted batch goes on with --resume.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from autograder.batch.changes import changes_text
from autograder.batch.run import Wanted, run_batch
from autograder.cli import FAULT, GRADED
from autograder.places import LIBRARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("input", metavar="INPUT", type=Path, help="folder or .zip with all submissions")
    parser.add_argument("--assignment", metavar="NAME", required=True, help="what they answer")
    parser.add_argument("--jobs", metavar="N", type=int, help="worker processes (default: one per core)")
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="grade on a dask.distributed cluster, such as tcp://10.0.0.1:8786"
    )
    parser.add_argument("--resume", action="store_true", help="go on where an earlier batch into OUT stopped")
    parser.add_argument("--student", metavar="ID", help="grade this one anew: id, student number, email or name")
    parser.add_argument(
        "--against",
        metavar="OLD",
        type=Path,
        help="then show what changes: an earlier --out, or an export with results",
    )
    parser.add_argument("--rulings", metavar="FILE", type=Path, help="also apply what people ruled in an earlier OUT")
    parser.add_argument("--out", metavar="DIR", type=Path, help="where everything is written (default: NAME-batch)")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Grade, and say how it went; 1 when a submission could not be graded."""
    started = time.monotonic()
    wanted = Wanted(
        source=arguments.input,
        assignment=arguments.assignment,
        out=arguments.out or Path(f"{Path(arguments.assignment).name}-batch"),
        library=arguments.library,
        jobs=arguments.jobs,
        resume=arguments.resume,
        student=arguments.student,
        against=arguments.against,
        rulings=arguments.rulings,
        scheduler=arguments.scheduler,
    )
    ended = run_batch(wanted, sys.stdout)
    print(ended.summary(time.monotonic() - started))
    if ended.changes is not None:
        print(changes_text(ended.changes))
    return FAULT if ended.failures else GRADED
