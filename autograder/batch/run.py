"""A batch from its input to its database."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from autograder.assignments import load
from autograder.batch.changes import Changes
from autograder.batch.cluster import ClusterCrew, order_for
from autograder.batch.crew import Crew, LocalCrew, Place
from autograder.batch.definitions import definitions, grader_version
from autograder.batch.earlier import read_earlier
from autograder.batch.entries import Class, gather
from autograder.batch.folder import CHANGES, write_changes, write_reports
from autograder.batch.loop import Loop
from autograder.batch.progress import Progress, duration
from autograder.batch.rulings import FILE as RULINGS
from autograder.batch.rulings import Ruling, merged, read_rulings, write_rulings
from autograder.batch.store import FILE, Store, StoreFull
from autograder.errors import AuthorError, SubmissionError
from autograder.processes import cores
from autograder.question import Assignment
from autograder.report.plain import clean_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be graded, and where to; see `python -m autograder batch --help`."""

    source: Path
    assignment: str
    out: Path
    library: Path
    jobs: int | None = None
    resume: bool = False
    student: str | None = None
    against: Path | None = None
    scheduler: str | None = None
    rulings: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a batch ended: submissions by what became of them, failures with their reason, notices about the input."""

    counts: Counter[str]
    failures: dict[str, str]
    notices: tuple[str, ...]
    written: tuple[Path, ...]
    changes: Changes | None = None
    tiers: Counter[str] = field(default_factory=Counter)
    empty: dict[str, str] = field(default_factory=dict)

    def summary(self, seconds: float) -> str:
        """The end of the report: what was graded, what failed, where it is."""
        named = (("graded", "graded"), ("same", "equal to another"), ("kept", "already there"), ("failed", "failed"))
        parts = [f"{self.counts[how]} {words}" for how, words in named if self.counts[how]]
        lines = [
            f"{', '.join(parts) or 'nothing to do'}; {duration(seconds)}.",
            *(f"written: {path}" for path in self.written),
        ]
        if self.tiers:
            held = ", ".join(f"tier {tier}: {count}" for tier, count in sorted(self.tiers.items()))
            lines.insert(1, f"Student code was held in {held} (see python -m autograder doctor).")
        lines += [f"note: {notice}" for notice in self.notices]
        if self.empty:
            lines.append("Nothing that can be graded was found in these; look at them before you publish a zero:")
            lines += [f"  {label}: {why}" for label, why in sorted(self.empty.items())]
        if self.failures:
            lines.append("Not graded, and not counted as zero; run again with --resume once the reason is mended:")
            lines += [f"  {label}: {reason}" for label, reason in sorted(self.failures.items())]
        return "\n".join(lines)


def run_batch(wanted: Wanted, stream: TextIO) -> Ended:
    """Grade what is not graded yet.

    Raises:
        AuthorError: the command cannot be carried out; the message says why.
        SubmissionError: the input holds no submissions.
    """
    assignment = load(wanted.assignment, wanted.library)
    if wanted.jobs is not None and wanted.jobs < 1:
        raise AuthorError(f"--jobs {wanted.jobs}: at least one worker is needed.")
    found = _chosen(gather(wanted.source), wanted.student)
    ruled = [] if wanted.rulings is None else _rulings(wanted.rulings)
    earlier = None if wanted.against is None else read_earlier(wanted.against, assignment)
    with _opened(wanted, assignment) as store:
        if ruled:
            write_rulings(wanted.out / RULINGS, merged(ruled, read_rulings(wanted.out / RULINGS)))
        live = stream.isatty() and os.environ.get("TERM") != "dumb"
        progress = Progress(len(found.entries), stream, live=live)
        crew = _crew(wanted, assignment)
        try:
            Loop(crew, store, progress.step, again=wanted.student is not None).run(found.entries)
        except StoreFull as error:
            raise _full(store, error) from error
        finally:
            crew.close()
            progress.close()
    written = write_reports(wanted.out, assignment)
    changes = None
    if earlier is not None:
        changes = write_changes(wanted.out, assignment, earlier)
        written = (*written, wanted.out / CHANGES)
    return Ended(
        counts=progress.counts,
        failures=progress.failures,
        notices=found.notices,
        written=written,
        changes=changes,
        tiers=progress.tiers,
        empty=progress.empty,
    )


def _rulings(path: Path) -> list[Ruling]:
    """What people ruled elsewhere; a file that was named must be there."""
    if not path.is_file():
        raise AuthorError(f"--rulings {path}: there is no such file. Name the {RULINGS} of an earlier --out.")
    return read_rulings(path)


def _crew(wanted: Wanted, assignment: Assignment) -> Crew:
    """Worker processes here, or a cluster."""
    if wanted.scheduler is None:
        place = Place(library=wanted.library.resolve(), assignment=assignment.name)
        return LocalCrew(place, wanted.jobs or max(1, int(cores())))
    if wanted.jobs is not None:
        raise AuthorError("--jobs is for workers here; with --scheduler the cluster's own threads count.")
    return ClusterCrew(wanted.scheduler, order_for(assignment, wanted.library))


def _chosen(found: Class, student: str | None) -> Class:
    if student is None:
        return found
    entries = tuple(entry for entry in found.entries if entry.is_of(student))
    if not entries:
        raise SubmissionError(
            f"nobody among the {len(found.entries)} submissions is {clean_line(student)!r}. Give the folder's name, the "
            "student number, the email or the whole name."
        )
    return Class(entries=entries, notices=found.notices)


@contextmanager
def _opened(wanted: Wanted, assignment: Assignment) -> Iterator[Store]:
    """The database, when it is new or is to be gone on with."""
    out, source = wanted.out.resolve(), wanted.source.resolve()
    if out == source or source in out.parents:
        raise AuthorError(f"--out {wanted.out} lies within the submissions; name a folder outside of {wanted.source}.")
    try:
        wanted.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AuthorError(
            f"cannot make the folder {wanted.out}: {error.strerror}. Name another one with --out."
        ) from None
    with Store(wanted.out / FILE) as store:
        try:
            _check_same(store, wanted, assignment)
        except StoreFull as error:
            raise _full(store, error) from error
        yield store


def _full(store: Store, error: StoreFull) -> AuthorError:
    return AuthorError(
        f"{store.path} cannot take more ({error}). {store.count()} submissions are known and every result that was "
        "reported is kept; make room and run the same command with --resume."
    )


def _check_same(store: Store, wanted: Wanted, assignment: Assignment) -> None:
    """Refuse to mix: another assignment, or questions that changed, would make one database of two."""
    now = {
        "assignment": assignment.name,
        "definitions": json.dumps(definitions(assignment), sort_keys=True),
        "grader": grader_version(),
    }
    before = store.meta("definitions")
    if before is None:
        for name, value in now.items():
            store.set_meta(name, value)
        return
    if store.meta("assignment") != now["assignment"]:
        raise AuthorError(f"{store.path} holds {store.meta('assignment')}, not {assignment.name}. Name another --out.")
    if store.count() and not (wanted.resume or wanted.student):
        raise AuthorError(
            f"{store.path} holds {store.count()} submissions. Add --resume to go on with them, or name another --out."
        )
    if before != now["definitions"]:
        changed = _changed(json.loads(before), json.loads(now["definitions"]))
        raise AuthorError(
            f"the questions changed since {store.path} was begun ({', '.join(changed)}). Grade into another --out, and "
            f"compare the two with --against {wanted.out}."
        )
    if now["grader"] not in str(store.meta("grader")).split(" "):
        store.set_meta("grader", f"{store.meta('grader')} {now['grader']}")


def _changed(before: dict[str, object], now: dict[str, object]) -> list[str]:
    return [part for part in {**before, **now} if before.get(part) != now.get(part)]
