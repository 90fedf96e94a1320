"""What grading a class costs: submissions per minute, processor time, memory, how they grow, and what others take for the same.

    python benchmarks/batch.py --count 200 --scale 1 10 100 1000   # measures, records, and quotes the record
    python benchmarks/batch.py --count 4 --scale 1 4 --no-record   # a short try
    python benchmarks/batch.py --quote                             # only quotes the record again

The mixed class is made up (benchmarks/classes.py): written answers, functions and a notebook of Homework 1, with mistakes,
which no other grader reads. The growing classes hand in the twelve items of `python -m benchmarks.peers`, which stock
gradescope-utils and otter grade as well: the very same files, the same number of processes at once, one grader after the
other. A peer pays the same for every submission, so that it grades a sample of a large class. A class that is not done when
the run should end after --seconds, or when half of what was left is used up, is interrupted and counted by what had been
graded. The record goes to `benchmarks/results/batch.json` and from there
into `batch.md`, `docs/scale.md` and the README.
"""

from __future__ import annotations

import argparse
import csv
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import classes, quoting
from benchmarks.measure import Cost, measured
from benchmarks.peers.classes import SOLUTION, students, write
from benchmarks.peers.contest import Row
from benchmarks.peers.environments import cache, interpreter
from benchmarks.peers.graders import HERE, OURS, Grader, otter, stock

ROOT = Path(__file__).resolve().parents[1]
_POINTS = 12  # of the twelve items


def main() -> None:
    """Measure, print a row for each, record."""
    arguments = _arguments()
    if arguments.quote:
        quoting.quote_all()
        return
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # all graders start from compiled files, as in use
    load = os.getloadavg()[0]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="batch-") as name:
        work = Path(name)
        peers, missing = _peers(arguments.environments, work)
        for row in _measured(arguments, peers, work):
            rows.append(row)
            print(quoting.line(quoting.figures(row)), flush=True)
    for peer, why in missing.items():
        print(f"{peer} {why}", file=sys.stderr)
    if not arguments.no_record:
        quoting.record(sorted(rows, key=lambda row: row.what != mixed(arguments)), load=load, jobs=arguments.jobs)
        quoting.quote_all()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="submissions of the mixed class; 0 leaves it out")
    parser.add_argument("--scale", type=int, nargs="*", default=[1, 10, 100, 1000], help="sizes of further classes")
    parser.add_argument("--sample", type=int, default=10, help="submissions of a class that peers grade, at most")
    parser.add_argument("--seconds", type=float, default=660.0, help="what all may take, about")
    parser.add_argument("--jobs", type=int, default=2, help="processes at once, for every grader")
    parser.add_argument("--environments", type=Path, default=cache(), help="of the peers; default: %(default)s")
    parser.add_argument("--no-record", action="store_true", help="print only")
    parser.add_argument("--quote", action="store_true", help="measure nothing; quote the record that is there")
    return parser.parse_args()


def mixed(arguments: argparse.Namespace) -> str:
    """What the mixed class is called."""
    return f"{quoting.MIXED} class of {arguments.count}"


def _peers(environments: Path, work: Path) -> tuple[list[Grader], dict[str, str]]:
    """The peers that can be had, and why the others cannot."""
    makers: dict[str, Callable[[Path], Grader]] = {
        "gradescope-utils": stock,
        "otter": lambda python: otter(python, work / "otter"),
    }
    found, missing = [], {}
    for name, make in makers.items():
        python = interpreter(name, environments)
        if isinstance(python, str):
            missing[name] = python
        else:
            found.append(make(python))
    return found, missing


def _measured(arguments: argparse.Namespace, peers: Sequence[Grader], work: Path) -> Iterator[Row]:
    """One row after the other, as they are measured."""
    end = time.monotonic() + arguments.seconds
    twelve = ["--assignment", "twelve", "--library", str(HERE / "here")]
    for size in arguments.scale:
        what, texts = f"twelve items, class of {size}", [SOLUTION] if size == 1 else students(size)
        write(work / f"{size}", texts)
        command = [*twelve, "--jobs", str(arguments.jobs)]
        yield _batch(what, work / f"{size}", size, command, (end - time.monotonic()) / 2)
        if size == 1:
            _full_marks(OURS, _score(work / "1-out"))
        for peer in peers:
            places = write(work / f"{peer.name}-{size}", texts[: arguments.sample])
            row = Row(what=what, grader=peer.name, size=size, graded=len(places))
            row.costs.append(peer.grade(places, arguments.jobs))
            yield row
            if size == 1:
                _full_marks(peer.name, peer.score(places[0]))
    if arguments.count:
        classes.write(work / "mixed", arguments.count)
        command = ["--assignment", "hw1", "--jobs", str(arguments.jobs)]
        yield _batch(mixed(arguments), work / "mixed", arguments.count, command, end - time.monotonic())


def _batch(what: str, folder: Path, size: int, more: list[str], seconds: float) -> Row:
    """What `batch` needs for a class, and how much of it was graded in that time, which is half a minute at least."""
    out = folder.with_name(f"{folder.name}-out")
    command = [sys.executable, "-m", "autograder", "batch", str(folder), *more, "--out", str(out)]
    cost: Cost = measured(command, most=max(30.0, seconds), cwd=ROOT)
    graded = 0
    with suppress(sqlite3.Error), closing(sqlite3.connect(out / "batch.sqlite")) as database:
        graded = database.execute("select count(*) from graded").fetchone()[0]
    return Row(what=what, grader=OURS, size=size, graded=graded, costs=[cost])


def _score(out: Path) -> float:
    """The points of the one submission of a class."""
    with (out / "scores.csv").open(encoding="utf-8", newline="") as table:
        return float(next(csv.DictReader(table))["score"])


def _full_marks(grader: str, score: float) -> None:
    """A grader that rejects the solution measures nothing.

    Raises:
        RuntimeError: it does.
    """
    if score != _POINTS:
        raise RuntimeError(f"{grader} gives the solution {score:g} of {_POINTS} points.")


if __name__ == "__main__":
    main()
