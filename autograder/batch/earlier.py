"""An earlier grading of the same class: a batch's database, its folder, or what the platform recorded in an export."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from autograder.batch import store as stores
from autograder.batch.entries import gather
from autograder.batch.metadata import Recorded
from autograder.batch.records import Rows
from autograder.batch.rulings import FILE as RULINGS
from autograder.batch.rulings import Ruled, read_rulings
from autograder.batch.sameness import Sameness
from autograder.batch.store import Store
from autograder.errors import AuthorError, SubmissionError
from autograder.question import Assignment
from autograder.report.marked import Marked, Person
from autograder.verdict import PartResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """What was found of one part.

    Args:
        points: what it was worth, None where that is not recorded.
        ruled: who ruled, as the verdict's staff line says, or "".
    """

    score: Fraction
    word: str = ""
    misconception: str | None = None
    points: Fraction | None = None
    ruled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """One submission of the earlier grading.

    Args:
        content: hash of its files, "" where that is not recorded.
    """

    id: str
    score: Fraction | None
    parts: Mapping[str, Was]
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier grading.

    Args:
        definitions: the questions as they were, or None where that is not recorded.
        grader: which versions of the grader, or "" where that is not recorded.
    """

    by_id: Mapping[str, Before]
    by_person: Mapping[str, Before]
    definitions: Mapping[str, Any] | None = None
    grader: str = ""
    name: str = ""
    unmatched: set[str] = field(default_factory=set)

    def find(self, one: Marked) -> Before | None:
        """The same submission then: by its id, else by who handed it in."""
        found = self.by_id.get(one.id)
        if found is None:
            found = next((self.by_person[person.key] for person in one.people if person.key in self.by_person), None)
        if found is not None:
            self.unmatched.discard(found.id)
        return found


def read_earlier(path: Path, assignment: Assignment) -> Earlier:
    """Read an earlier grading.

    Raises:
        AuthorError: there is none at that path.
    """
    file = path / stores.FILE if path.is_dir() else path
    if file.is_file() and file.suffix == Path(stores.FILE).suffix:
        return _of_batch(file, assignment)
    try:
        entries = gather(path).entries
    except SubmissionError as error:
        raise AuthorError(f"--against: {error}") from None
    found = [(_recorded(entry.id, entry.recorded), entry.people) for entry in entries if entry.recorded is not None]
    if not found:
        raise AuthorError(
            f"--against {path}: there is neither {stores.FILE} nor any recorded result. Give the --out of an earlier batch, or "
            "an export of submissions with its submission_metadata.yml."
        )
    return _earlier(found, name=f"what the platform recorded in {path}")


def _of_batch(file: Path, assignment: Assignment) -> Earlier:
    with Store(file, write=False) as store, Sameness(assignment) as sameness:
        ruled = Ruled(read_rulings(file.parent / RULINGS), sameness)
        found = [(_of_marked(one), one.people) for one in Rows(store, ruled) if one.result is not None]
        return _earlier(
            found,
            definitions=json.loads(store.meta("definitions") or "{}"),
            grader=store.meta("grader") or "",
            name=str(file),
        )


def _earlier(found: Iterable[tuple[Before, tuple[Person, ...]]], **more: Any) -> Earlier:
    by_id: dict[str, Before] = {}
    by_person: dict[str, Before] = {}
    for before, people in found:
        by_id[before.id] = before
        by_person |= {person.key: before for person in people if person.key}
    return Earlier(by_id=by_id, by_person=by_person, unmatched=set(by_id), **more)


def _recorded(name: str, recorded: Recorded) -> Before:
    parts = {
        part: Was(score=was.score, word=was.word, misconception=was.misconception)
        for part, was in recorded.parts.items()
    }
    return Before(id=name, score=recorded.score, parts=parts)


def _of_marked(one: Marked) -> Before:
    assert one.result is not None
    return Before(
        id=one.id,
        score=one.result.score,
        parts={part.id: was_of(part) for part in one.result.parts},
        content=one.content,
    )


def was_of(part: PartResult) -> Was:
    """What there is to compare of a part's result."""
    ruled = next((line for line in part.verdict.staff if line.startswith("ruled by ")), "")
    return Was(
        score=part.score,
        word=str(part.verdict.word),
        misconception=part.verdict.misconception,
        points=part.points,
        ruled=ruled.partition(";")[0],
    )
