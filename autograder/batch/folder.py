"""The folder that a batch writes: its database, what people ruled, and what is made of both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.batch import store as stores
from autograder.batch.changes import Changes, changes_csv, changes_of
from autograder.batch.definitions import definitions, grader_version
from autograder.batch.earlier import Earlier
from autograder.batch.page import class_page
from autograder.batch.records import Rows
from autograder.batch.rulings import FILE as RULINGS
from autograder.batch.rulings import Ruled, read_rulings, write_text
from autograder.batch.sameness import Sameness
from autograder.batch.store import Store
from autograder.question import Assignment
from autograder.report.json_lines import json_lines
from autograder.report.tables import scores_csv

PAGE, SCORES, LINES, CHANGES = "class.html", "scores.csv", "results.jsonl", "changes.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A class that was graded, open for reading.

    Args:
        rows: every submission, with rulings put in.
        bare: the same without rulings.
        sameness: decides whether two answers are the same.
    """

    rows: Rows
    bare: Rows
    sameness: Sameness
    store: Store


@contextmanager
def opened(out: Path, assignment: Assignment) -> Iterator[Graded]:
    """Open the folder of a batch for reading.

    Raises:
        AuthorError: there is none, or its rulings are damaged.
    """
    with Store(out / stores.FILE, write=False) as store, Sameness(assignment) as sameness:
        ruled = Ruled(read_rulings(out / RULINGS), sameness)
        yield Graded(rows=Rows(store, ruled), bare=Rows(store), sameness=sameness, store=store)


def assignment_name(out: Path) -> str:
    """Which assignment a batch's folder holds."""
    with Store(out / stores.FILE, write=False) as store:
        return store.meta("assignment") or ""


def write_reports(out: Path, assignment: Assignment) -> tuple[Path, ...]:
    """Write the table, the lines and the page of a class; return where they are.

    Raises:
        AuthorError: one of them cannot be written.
    """
    with opened(out, assignment) as graded:
        write_text(out / SCORES, scores_csv(graded.rows))
        write_text(out / LINES, json_lines(graded.rows))
        write_text(out / PAGE, class_page(assignment.title, assignment.name, str(out), graded.rows, graded.sameness))
    return tuple(out / name for name in (SCORES, LINES, PAGE))


def write_changes(out: Path, assignment: Assignment, earlier: Earlier) -> Changes:
    """Write the table of what changes against an earlier grading, and return it."""
    with opened(out, assignment) as graded:
        changes = changes_of(graded.rows, earlier, definitions(assignment), grader_version())
    write_text(out / CHANGES, changes_csv(changes))
    return changes
