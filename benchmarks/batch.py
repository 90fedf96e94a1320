"""What grading a class costs: submissions per minute, processor time, memory, and how they grow with the class.

    python benchmarks/batch.py --count 200 --scale 1 10 100 1000

The class is made up (benchmarks/classes.py): written answers, functions and a notebook of Homework 1, with mistakes. Other
graders are measured beside this one by `python -m benchmarks.peers`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from classes import write
from measure import Cost, measured

ROOT = Path(__file__).resolve().parents[1]


def told(title: str, count: int, cost: Cost) -> None:
    """One row of the table."""
    print(
        f"{title:<34} {count:>6} {60 * count / cost.wall:>9.1f} {cost.wall:>9.1f} {cost.cpu / max(1, count):>9.2f} "
        f"{cost.memory:>8.0f}",
        flush=True,
    )


def graded(folder: Path, out: Path, jobs: int) -> Cost:
    """Grade a folder with `batch`."""
    command = [sys.executable, "-m", "autograder", "batch", str(folder), "--assignment", "hw1", "--out", str(out)]
    return measured([*command, "--jobs", str(jobs)], cwd=ROOT)


def kept(folder: Path, work: Path, *names: str) -> Path:
    """The class with some of its files only."""
    for place in sorted(folder.iterdir()):
        for name in names:
            if (place / name).is_file():
                (work / place.name).mkdir(parents=True, exist_ok=True)
                (work / place.name / name).write_bytes((place / name).read_bytes())
    return work


def main() -> None:
    """Measure, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="submissions of the mixed class; 0 leaves it out")
    parser.add_argument(
        "--scale", type=int, nargs="*", default=[], help="further sizes, of written answers and functions"
    )
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    print(f"{arguments.jobs} workers, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    print(f"{'':<34} {'count':>6} {'a minute':>9} {'wall s':>9} {'CPU s/sub':>9} {'MiB':>8}")
    with tempfile.TemporaryDirectory(prefix="batch-") as name:
        work = Path(name)
        if arguments.count:
            write(work / "mixed", arguments.count)
            told("mixed class", arguments.count, graded(work / "mixed", work / "out-mixed", arguments.jobs))
        for count in arguments.scale:
            write(work / f"class{count}", count, seed=count)
            small = kept(work / f"class{count}", work / f"written{count}", "answers.py")
            told("written answers", count, graded(small, work / f"out-{count}", arguments.jobs))


if __name__ == "__main__":
    main()
