"""Results out of the database: exact again, and with what people ruled put in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

from autograder.batch.rulings import Ruled
from autograder.batch.store import Row, Store
from autograder.engine.codec import verdict_from_json
from autograder.report.marked import Marked
from autograder.verdict import PartResult, Result

MOST_KEPT = 300
"""Submissions of a class that is small: read, they take some fifty megabytes at most."""


class Rows(Collection[Marked]):
    """Every submission in the order of ids, with rulings put in, of a database that is not written to meanwhile.

    A class of a hundred thousand does not fit into memory: it is read anew from the database at each pass, and whoever goes
    through keeps only what it needs. A small class is kept as it was read, since its reports go through it ten times.
    """

    def __init__(self, store: Store, ruled: Ruled | None = None) -> None:
        self._store = store
        self._ruled = ruled
        self._kept: tuple[Marked, ...] | None = None

    def __iter__(self) -> Iterator[Marked]:
        if self._kept is None and len(self) <= MOST_KEPT:
            self._kept = tuple(self._read())
        return self._read() if self._kept is None else iter(self._kept)

    def _read(self) -> Iterator[Marked]:
        return (marked(row, self._ruled) for row in self._store.rows())

    def __len__(self) -> int:
        return self._store.count()

    def __contains__(self, one: object) -> bool:
        return any(other == one for other in self)


def marked(row: Row, ruled: Ruled | None = None) -> Marked:
    """One row for reports."""
    if row.graded is None:
        return Marked(
            id=row.id,
            people=row.people,
            created=row.created,
            failure=row.failure or "not graded yet",
            content=row.content,
        )
    result = result_from_json(row.graded.result, row.graded.timing, row.graded.seconds)
    return Marked(
        id=row.id,
        people=row.people,
        created=row.created,
        result=result if ruled is None else ruled.apply(result, row.content),
        failure=row.failure,
        content=row.content,
        seconds=row.graded.seconds,
        sources=tuple(row.graded.sources.items()),
    )


def result_from_json(data: Mapping[str, Any], timing: Mapping[str, float], seconds: float) -> Result:
    """The result that a worker wrote; its times come apart, since they differ from run to run.

    Raises:
        GraderBug: a verdict in it is malformed.
    """
    return Result(
        assignment=data["assignment"],
        title=data["title"],
        seed=data["seed"],
        parts=tuple(
            PartResult(
                part=part["part"],
                title=part["title"],
                points=Fraction(part["points"]),
                verdict=verdict_from_json(part["verdict"]),
                seconds=float(timing.get(part["part"], 0.0)),
            )
            for part in data["parts"]
        ),
        notices=tuple(data["notices"]),
        staff=tuple(data["staff"]),
        complete=bool(data["complete"]),
        seconds=seconds,
    )
