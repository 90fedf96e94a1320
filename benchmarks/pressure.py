"""Whether memory stays bounded for a hundred thousand submissions, which are small ones that nobody reads.

    python benchmarks/pressure.py --count 100000            # the loop and its database, with a crew that answers at once
    python benchmarks/pressure.py --count 100000 --cluster  # through the scheduler and two workers of dask.distributed

Prints submissions per second, the most packages that were under way at once, and the memory that this process has at that
moment; with --cluster also the scheduler's, which is a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from autograder.batch import cluster as clusters
from autograder.batch.cluster import ClusterCrew, Order
from autograder.batch.crew import Crew
from autograder.batch.entries import Entry
from autograder.batch.loop import Loop, Step
from autograder.batch.store import Store
from autograder.sandbox.staging import Staged

_MARKS = 10


def entries(count: int) -> Iterator[Entry]:
    """Submissions of a hundred bytes, each unlike the others, made when they are read."""
    for number in range(count):
        yield Entry(id=f"s{number:07}", read=lambda number=number: Staged(files={"a.py": b"q1a = %100d\n" % number}))


def reply(data: bytes) -> bytes:
    """A result of the size of a short homework's."""
    verdict = {"word": "ok", "credit": "1", "staff": [hashlib.sha256(data).hexdigest()], "read_as": "x" * 500}
    result = {"parts": [{"part": f"hw/{n}", "verdict": verdict} for n in range(10)], "staff": [], "score": "1"}
    return json.dumps({"result": result, "timing": {}, "seconds": 0, "memory": 0, "sources": {}}).encode()


def answered(order: Order, digest: str, data: bytes) -> tuple[str, bytes]:
    """What runs on the cluster in place of grading."""
    del order
    assert hashlib.sha256(data).hexdigest() == digest
    return hashlib.sha256(reply(data)).hexdigest(), reply(data)


class AtOnce:
    """A crew that answers at once."""

    capacity = 64

    def submit(self, data: bytes) -> Future[bytes]:
        """Answer."""
        future: Future[bytes] = Future()
        future.set_result(reply(data))
        return future

    def close(self) -> None:
        """Nothing is open."""


def run(crew: Crew, count: int, processes: Sequence[int]) -> None:
    """Take all through, and print what it took."""
    submitted = done = most = 0
    submit = crew.submit

    def counting(data: bytes) -> Future[bytes]:
        nonlocal submitted, most
        submitted += 1
        most = max(most, submitted - done)
        return submit(data)

    crew.submit = counting  # type: ignore[method-assign]
    started = time.perf_counter()
    marks = {count // 100, *(count * tenth // _MARKS for tenth in range(1, _MARKS + 1))}

    def step(_: Step) -> None:
        nonlocal done
        done += 1
        if done in marks:
            rate = done / (time.perf_counter() - started)
            memory = " + ".join(f"{resident(process):.0f}" for process in processes)
            print(f"{done:>8} submissions, {rate:6.0f} a second, at most {most} under way, {memory} MiB", flush=True)

    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "b.sqlite") as store:
        Loop(crew, store, step).run(entries(count))


def resident(process: int) -> float:
    """What a process has in memory now, in MiB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def cluster() -> Iterator[tuple[str, int]]:
    """Scheduler and workers in processes of their own: the address, and the scheduler's process."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,))
    process.start()
    try:
        yield mine.recv(), int(process.pid or 0)
    finally:
        mine.send("end")
        process.join()


def _serve(pipe: Connection) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as started:
        pipe.send(started.scheduler_address)
        pipe.recv()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--cluster", action="store_true", help="through a scheduler and two workers")
    arguments = parser.parse_args()
    if not arguments.cluster:
        run(AtOnce(), arguments.count, [os.getpid()])
        return
    clusters.graded_here = answered
    with cluster() as (address, scheduler):
        crew = ClusterCrew(address, Order(assignment="none", library="", proof=""))
        run(crew, arguments.count, [os.getpid(), scheduler])
        crew.close()


if __name__ == "__main__":
    main()
