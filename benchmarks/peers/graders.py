"""How each grader is called, in its own idiom: this package once for a class, the others once for every submission."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Cost, Watch, cost_of, measured

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OURS = "this project"
FILE = "homework.py"
_LIBRARY = ["--assignment", "twelve", "--library", str(HERE / "here")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grader:
    """A grader.

    Args:
        name: of the table.
        grade: grades the submissions' folders, with so many processes at once, and tells what it cost.
        score: the points of one graded submission's folder.
        whole_class: whether one command takes a whole class.
    """

    name: str
    grade: Callable[[Sequence[Path], int], Cost]
    score: Callable[[Path], float]
    whole_class: bool = False


def ours() -> Grader:
    """This package: `grade` for one submission, `batch` for more."""

    def grade(places: Sequence[Path], jobs: int) -> Cost:
        command = [sys.executable, "-m", "autograder"]
        if len(places) == 1:
            out = ["--results", str(places[0] / "results.json")]
            return measured([*command, "grade", str(places[0] / FILE), *_LIBRARY, *out], cwd=ROOT)
        folder = places[0].parent
        out = ["--out", str(folder.with_name(f"{folder.name}-out-{time.monotonic_ns()}")), "--jobs", str(jobs)]
        return measured([*command, "batch", str(folder), *_LIBRARY, *out], cwd=ROOT)

    return Grader(name=OURS, grade=grade, score=_score, whole_class=True)


def stock(python: Path) -> Grader:
    """gradescope-utils, as in the platform's samples."""

    def command(place: Path) -> list[str]:
        return [
            str(python),
            str(HERE / "stock/run_tests.py"),
            str(place),
            str(HERE / "stock/tests"),
            str(place / "results.json"),
        ]

    return Grader(name="gradescope-utils", grade=_each(command), score=_score)


def plain(python: Path) -> Grader:
    """pytest, one run a submission."""

    def command(place: Path) -> list[str]:
        options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(HERE / "plain")]
        report = ["-o", "junit_family=xunit2", f"--junit-xml={place / 'junit.xml'}"]
        return [
            "/usr/bin/env",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1",  # those of the shared environment are not its own
            f"SUBMISSION={place}",
            str(python),
            "-m",
            "pytest",
            *options,
            *report,
            str(HERE / "plain"),
        ]

    def score(place: Path) -> float:
        text = (place / "junit.xml").read_text()
        count = {name: int(text.split(f'{name}="', 1)[1].split('"', 1)[0]) for name in ("tests", "failures", "errors")}
        return count["tests"] - count["failures"] - count["errors"]

    return Grader(name="pytest", grade=_each(command), score=score)


def otter(python: Path, work: Path) -> Grader:
    """Otter without a container (`otter run`), with an archive of its own making."""
    (work / "tests").mkdir(parents=True)
    text = (HERE / "shared/twelve.py").read_text() + "\n" + (HERE / "otter/test_twelve.py").read_text()
    (work / "tests" / "twelve.py").write_text(text)
    archive = work / "autograder.zip"
    make = [str(python), "-m", "otter", "generate", "-t", str(work / "tests"), "-o", str(archive), "--no-environment"]
    subprocess.run(make, cwd=work, check=True, capture_output=True)  # noqa: S603 - our own command

    def command(place: Path) -> list[str]:
        return [str(python), "-m", "otter", "run", "-a", str(archive), "-o", str(place), str(place / FILE)]

    return Grader(name="otter", grade=_each(command), score=_score)


def _score(place: Path) -> float:
    try:
        tests = json.loads((place / "results.json").read_text(encoding="utf-8"))["tests"]
    except FileNotFoundError:
        return 0.0
    return sum(float(test.get("score") or 0) for test in tests)


def _each(command: Callable[[Path], list[str]]) -> Callable[[Sequence[Path], int], Cost]:
    """Grade with a command for every submission, several at once."""

    def one(place: Path) -> int:
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        return subprocess.run(  # noqa: S603 - our own commands
            command(place),
            cwd=place,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode

    def grade(places: Sequence[Path], jobs: int) -> Cost:
        with cost_of(Watch(os.getpid(), of_children=True)) as cost, ThreadPoolExecutor(min(jobs, len(places))) as pool:
            ends = list(pool.map(one, places))
        if any(end not in (0, 1) for end in ends):  # 1: some test failed
            raise RuntimeError(f"a command ended with {max(ends)}: {' '.join(command(places[0]))}")
        return cost()

    return grade
