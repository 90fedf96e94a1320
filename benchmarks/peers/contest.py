"""The measuring: graders take turns on the same submissions, round after round."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.build.advice import CONTAINERS, MIB
from autograder.verify.container import run_within
from benchmarks.measure import Cost, measured
from benchmarks.peers.classes import SOLUTION, students, write, written_only
from benchmarks.peers.graders import OURS, ROOT, Grader

WRITTEN, IMPORTS, HOMEWORK, SMALLEST = (
    "written answers only",
    "import torch, sympy",
    "all of Homework 1",
    "smallest container",
)
_OFTEN = 3  # times as many turns for what takes seconds and is compared closely


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is measured.

    Args:
        submissions: sizes of classes.
        rounds: turns for single submissions.
        class_rounds: turns for classes.
        most_of_peers: submissions of a class that a peer grades; it pays the same for each, so the rate is that of a class.
        jobs: processes at once, for classes.
    """

    submissions: tuple[int, ...]
    rounds: int
    class_rounds: int
    most_of_peers: int
    jobs: int


@dataclass(slots=True, kw_only=True)
class Row:
    """One grader in one discipline: what each round cost.

    Args:
        what: the discipline.
        grader: who.
        size: submissions of the class.
        graded: how many of them were graded.
        note: what to know of it.
        costs: of the rounds.
    """

    what: str
    grader: str
    size: int
    graded: int
    note: str = ""
    costs: list[Cost] = field(default_factory=list)

    @property
    def cost(self) -> Cost:
        """The median of each number."""
        walls, cpus, memories = zip(*((cost.wall, cost.cpu, cost.memory) for cost in self.costs), strict=True)
        return Cost(wall=statistics.median(walls), cpu=statistics.median(cpus), memory=max(memories))

    @property
    def a_minute(self) -> float:
        """Submissions graded per minute."""
        return 60 * self.graded / self.cost.wall


def contest(graders: Sequence[Grader], sizes: Sizes, work: Path) -> list[Row]:
    """All disciplines."""
    rows: list[Row] = []
    for size in sizes.submissions:
        texts = [SOLUTION] if size == 1 else students(size)
        entries = []
        for grader in graders:
            places = write(work / f"{grader.name}-{size}", texts)
            if not grader.whole_class:
                places = places[: sizes.most_of_peers]
            entries.append(
                _entry(grader, f"{size} submissions" if size > 1 else "1 submission", places, size, sizes.jobs)
            )
        rows += _turns(entries, sizes.rounds if size == 1 else sizes.class_rounds)
        if size == 1:
            _full_marks(graders, work)
    written = [
        _entry(grader, WRITTEN, write(work / f"{grader.name}-written", [written_only()]), 1, 1) for grader in graders
    ]
    rows += _turns(written, sizes.rounds)
    grade = [sys.executable, "-m", "autograder", "grade", "reference/hw1/solution", "--results", str(work / "hw1.json")]
    rows += _turns(
        [
            (Row(what=IMPORTS, grader="python", size=0, graded=0), lambda: measured([sys.executable, "-c", IMPORTS])),
            (Row(what=HOMEWORK, grader=OURS, size=1, graded=1), lambda: measured(grade, cwd=ROOT)),
        ],
        _OFTEN * sizes.rounds,
    )
    return [*rows, _in_the_smallest(grade, work)]


def _entry(grader: Grader, what: str, places: list[Path], size: int, jobs: int) -> tuple[Row, Callable[[], Cost]]:
    row = Row(what=what, grader=grader.name, size=size, graded=len(places))
    return row, lambda: grader.grade(places, jobs)


def _turns(entries: Sequence[tuple[Row, Callable[[], Cost]]], rounds: int) -> list[Row]:
    """Every entry once a round, in turn."""
    for number in range(rounds):
        for row, run in entries:
            row.costs.append(run())
            print(
                f"{row.what}, {row.grader}, round {number + 1}: {row.costs[-1].wall:.2f} s", file=sys.stderr, flush=True
            )
    return [row for row, _ in entries]


def _full_marks(graders: Sequence[Grader], work: Path) -> None:
    """A grader that rejects the solution measures nothing.

    Raises:
        RuntimeError: one does.
    """
    for grader in graders:
        score = grader.score(work / f"{grader.name}-1" / "student0000")
        if score != 12:
            raise RuntimeError(f"{grader.name} gives the solution {score} of 12 points.")


def _in_the_smallest(command: list[str], work: Path) -> Row:
    """The homework within the limits of the platform's smallest container.

    Raises:
        subprocess.CalledProcessError: it did not end well.
    """
    with (work / "log").open("wb") as log:
        spent = run_within(["/usr/bin/env", "-C", str(ROOT), *command], CONTAINERS[0], log)
    if spent.code != 0 or spent.killed:
        raise subprocess.CalledProcessError(spent.code, command, (work / "log").read_bytes()[-500:])
    row = Row(what=f"{HOMEWORK}, {SMALLEST}", grader=OURS, size=1, graded=1, note=f"{CONTAINERS[0]}; {spent.how}")
    row.costs.append(Cost(wall=spent.elapsed, cpu=spent.processor, memory=spent.memory / MIB))
    return row
