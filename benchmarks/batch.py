"""What grading a class costs: submissions per minute, processor time, memory, and how they grow with the class.

    python benchmarks/batch.py --count 200 --scale 1 10 100 1000
    python benchmarks/batch.py --count 0 --peers 40 --otter OTTER_VENV/bin/python --stock STOCK_VENV/bin/python

The class is made up (benchmarks/classes.py): written answers, functions and a notebook of Homework 1, with mistakes. With
`--peers` the functions alone are graded by this package, by otter (`otter run`, without a container) and by the stock
pattern of gradescope-utils (a fresh interpreter per submission that imports the student's file), the same two inputs per
function for all three, side by side in one run. Each peer is installed into an environment of its own:

    python -m venv OTTER_VENV && OTTER_VENV/bin/pip install otter-grader ipykernel numpy
    python -m venv STOCK_VENV && STOCK_VENV/bin/pip install gradescope-utils numpy

Only this package contains what it runs; the other two run student code as the user who grades.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from classes import write
from measure import Cost, Watch, measured

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "benchmarks" / "peers"


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


def peer(commands: list[list[str]], jobs: int, cwd: Path) -> Cost:
    """Run a peer's command for every submission, as many at once as `batch` has workers."""
    import resource

    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    watch = Watch(os.getpid())
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with ThreadPoolExecutor(jobs) as pool:
        ends = pool.map(
            lambda command: subprocess.run(  # noqa: S603
                command, cwd=cwd, env=environment, capture_output=True, check=False
            ),
            commands,
        )
        failed = [end for end in ends if end.returncode]
    watch.stop()
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if failed:
        print(f"{len(failed)} of {len(commands)} commands failed: {failed[0].stderr[-600:].decode()}", file=sys.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall=wall, cpu=cpu, memory=watch.peak / 1024)


def compare(folder: Path, work: Path, arguments: argparse.Namespace) -> None:
    """The functions alone, by every grader."""
    functions = kept(folder, work / "functions", "functions.py")
    places = sorted(functions.iterdir())
    told("this package, functions", len(places), graded(functions, work / "out-functions", arguments.jobs))
    if arguments.stock is not None:
        run = [str(arguments.stock), str(PEERS / "stock" / "run_tests.py")]
        commands = [[*run, str(place), str(PEERS / "stock" / "tests"), str(place / "results.json")] for place in places]
        told("gradescope-utils, stock pattern", len(places), peer(commands, arguments.jobs, work))
    if arguments.otter is not None:
        archive = otter_archive(work / "otter", arguments.otter)
        run = [str(arguments.otter), "-m", "otter", "run", "-a", str(archive)]
        commands = [[*run, "-o", str(place), str(place / "functions.py")] for place in places]
        told("otter run, without a container", len(places), peer(commands, arguments.jobs, work))


def otter_archive(work: Path, python: Path) -> Path:
    """Otter's own archive of the checks."""
    (work / "tests").mkdir(parents=True)
    text = (PEERS / "checks.py").read_text() + "\n" + (PEERS / "otter_test.py").read_text()
    (work / "tests" / "functions.py").write_text(text)
    command = [str(python), "-m", "otter", "generate", "-t", str(work / "tests"), "-o", str(work / "autograder.zip")]
    subprocess.run([*command, "--no-environment"], cwd=work, check=True, capture_output=True)  # noqa: S603
    return work / "autograder.zip"


def main() -> None:
    """Measure, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="submissions of the mixed class; 0 leaves it out")
    parser.add_argument(
        "--scale", type=int, nargs="*", default=[], help="further sizes, of written answers and functions"
    )
    parser.add_argument("--peers", type=int, default=0, help="submissions for the comparison with peers")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--otter", type=Path, help="python of an environment with otter-grader and NumPy")
    parser.add_argument("--stock", type=Path, help="python of an environment with gradescope-utils and NumPy")
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
        if arguments.peers:
            write(work / "peers", arguments.peers, seed=9)
            compare(work / "peers", work, arguments)


if __name__ == "__main__":
    main()
