"""The way of a class through the workers: read, graded once per content, kept at once, tried again where a worker fails."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, replace
from typing import Any

from autograder.batch.crew import Crew, Lost
from autograder.batch.entries import Entry
from autograder.batch.package import Package, pack
from autograder.batch.store import Graded, Store
from autograder.errors import AutograderError
from autograder.sandbox.archive import UNREADABLE

ATTEMPTS = 3
"""How often a submission is tried before it is listed as failed."""
_MOST_BYTES = 1 << 28  # under way at once: a class of drawings must not fill the memory, however large the cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of a submission: how, and its result where there is one.

    Args:
        how: "graded", "same" (as another submission), "kept" (from an earlier run), "failed"; beside these "retried", and
            "alone" for what the clock had cut short and was graded again with the machine to itself.
        reason: why it failed or is tried again.
    """

    entry: Entry
    how: str
    graded: Graded | None = None
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class _Job:
    """A content under way, and everybody who handed it in."""

    package: Package
    entries: list[Entry]
    attempts: int = 0
    cut: Graded | None = None


class Loop:
    """Grades what is not graded yet.

    Args:
        again: whether contents that are graded already are graded anew.
    """

    def __init__(self, crew: Crew, store: Store, on_step: Callable[[Step], None], *, again: bool = False) -> None:
        self._crew = crew
        self._store = store
        self._tell = on_step
        self._again = again
        self._flying: dict[Future[bytes], _Job] = {}
        self._jobs: dict[str, _Job] = {}
        self._alone: deque[tuple[Entry, Graded]] = deque()
        self._failed: dict[str, str] = {}  # by content; what went well is in the store, not in memory

    def run(self, entries: Iterable[Entry]) -> None:
        """Take every entry through; no more packages are in memory than the crew has room for, nor than 256 MB of them."""
        for place, entry in enumerate(entries):
            try:
                package = pack(entry.read())
            except (AutograderError, *UNREADABLE) as error:
                self._unread(entry, place, str(error))
                continue
            self._store.enter(entry, package.content, place)
            if package.content in self._jobs:
                self._jobs[package.content].entries.append(entry)
            elif package.content in self._failed or self._store.is_new(package.content):
                self._tell_same(entry, self._failed.get(package.content, ""))
            elif not self._again and self._store.has(package.content):
                self._tell(Step(entry=entry, how="kept"))
            else:
                self._submit(_Job(package=package, entries=[entry]))
            while self._flying and self._is_full():
                self._collect()
        while self._flying:
            self._collect()
        while self._alone:  # what was cut short while others were running gets the machine for itself
            entry, cut = self._alone.popleft()
            self._submit(_Job(package=pack(entry.read()), entries=[entry], cut=cut))
            while self._flying:
                self._collect()

    def _unread(self, entry: Entry, place: int, reason: str) -> None:
        """List a submission whose files cannot be read: gone meanwhile, without permission, damaged on disk."""
        content = f"unread {entry.id}"
        self._store.enter(entry, content, place)
        self._store.fail(content, 1, reason)
        self._tell(Step(entry=entry, how="failed", reason=reason))

    def _submit(self, job: _Job) -> None:
        job.attempts += 1
        self._jobs[job.package.content] = job
        self._flying[self._crew.submit(job.package.data)] = job

    def _is_full(self) -> bool:
        under_way = sum(len(job.package.data) for job in self._flying.values())
        return len(self._flying) >= self._crew.capacity or under_way >= _MOST_BYTES

    def _collect(self) -> None:
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        for future in [one for one in self._flying if one in done]:  # in the order of their hand-in, which repeats
            job = self._flying.pop(future)
            try:
                graded = replace(read_reply(future.result()), attempts=job.attempts)
            except (Lost, CancelledError) as error:
                self._lost(job, str(error) or type(error).__name__)
            else:
                self._arrived(job, graded)

    def _arrived(self, job: _Job, graded: Graded) -> None:
        faults = faults_in(graded.result)
        if job.cut is not None:
            self._alone_again(job, job.cut if faults else graded)
        elif faults and job.attempts < ATTEMPTS:
            self._retry(job, faults)
        elif cut_short(graded.result):
            self._store.keep(job.package.content, graded, "a part was stopped by the clock; it is to be tried alone")
            self._alone.append((job.entries[0], graded))
            self._finished(job, graded, "")
        else:
            self._store.keep(job.package.content, graded, faults)
            self._finished(job, graded, faults)

    def _alone_again(self, job: _Job, graded: Graded) -> None:
        """Keep what was found with the machine to itself, however it ended."""
        self._store.keep(job.package.content, graded)
        del self._jobs[job.package.content]
        self._tell(Step(entry=job.entries[0], how="alone", graded=graded))

    def _lost(self, job: _Job, reason: str) -> None:
        if job.cut is not None:
            self._alone_again(job, job.cut)
        elif job.attempts < ATTEMPTS:
            self._retry(job, reason)
        else:
            self._store.fail(job.package.content, job.attempts, reason)
            self._finished(job, None, reason)

    def _retry(self, job: _Job, reason: str) -> None:
        for entry in job.entries:
            self._tell(Step(entry=entry, how="retried", reason=reason))
        self._submit(job)

    def _finished(self, job: _Job, graded: Graded | None, reason: str) -> None:
        del self._jobs[job.package.content]
        if reason:
            self._failed[job.package.content] = reason
        first, *others = job.entries
        self._tell(Step(entry=first, how="failed" if reason else "graded", graded=graded, reason=reason))
        for entry in others:
            self._tell_same(entry, reason)

    def _tell_same(self, entry: Entry, reason: str) -> None:
        self._tell(Step(entry=entry, how="failed" if reason else "same", reason=reason))


def read_reply(reply: bytes) -> Graded:
    """A worker's answer.

    Raises:
        Lost: it is none.
    """
    try:
        data = json.loads(reply)
        return Graded(
            result=data["result"],
            timing=data["timing"],
            sources=data["sources"],
            seconds=float(data["seconds"]),
            memory=int(data["memory"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Lost(f"a worker answered with something that is no result ({error})") from None


def faults_in(result: dict[str, Any]) -> str:
    """What of a result is the grader's own failure, which is tried again and listed, never counted; "" for none."""
    return "; ".join(f"{part}: {line}" for part, line in _staff(result) if line.startswith("G-"))


def cut_short(result: dict[str, Any]) -> bool:
    """Whether a part was stopped by the clock, as happens on a machine with too much to do."""
    return any(line.startswith("stopped after ") for _, line in _staff(result))


def _staff(result: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for part in result["parts"]:
        for line in part["verdict"]["staff"]:
            yield part["part"], line
