"""A class as a file for Canvas' gradebook import.

Source: Instructure, "How do I import grades in the Gradebook?", and the importer itself (canvas-lms,
lib/gradebook_importer.rb): the columns Student, ID, SIS User ID, SIS Login ID and Section, in this order, before those of
the assignments; a student is found by ID, else by SIS User ID, else by SIS Login ID; an assignment by the number in
parentheses behind its name, else by its name; a row whose first cell says "Points Possible" gives the points. A decimal
comma would be read as one, hence points with a dot and no thousands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from fractions import Fraction

from autograder.report.marked import Marked, Person
from autograder.report.tables import as_csv

_HEAD = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def canvas_csv(class_: Collection[Marked], column: str) -> str:
    """One row per student; a cell is empty where points are still open, since Canvas would count them as lost.

    Args:
        column: the assignment's name in Canvas, best with its number: `Homework 1 (12345)`.
    """
    most = max((one.result.points for one in class_ if one.result is not None), default=Fraction(0))
    rows: list[list[str | Fraction | None]] = [
        [*_HEAD, column],
        ["    Points Possible", None, None, None, None, most],
    ]
    rows += [[person.name, None, person.sid, person.email, None, score] for person, score in _by_student(class_)]
    return as_csv(rows)


def _by_student(class_: Collection[Marked]) -> Iterator[tuple[Person, Fraction | None]]:
    """Each student once, with the submission that came last; a name alone tells nobody apart, so that each such row stays."""
    chosen: dict[tuple[str, ...], tuple[Person, Marked]] = {}
    for one in class_:
        for person in one.people or (Person(name=one.id, email=one.id),):
            key = (person.key,) if person.key else (one.id, person.name)
            before = chosen.get(key)
            if before is None or _moment(one) >= _moment(before[1]):
                chosen[key] = (person, one)
    for person, one in sorted(chosen.values(), key=lambda pair: (pair[0].name, pair[0].key)):
        result = one.result
        is_final = result is not None and result.complete and not result.pending
        yield person, result.score if is_final and result is not None else None


def _moment(one: Marked) -> tuple[datetime, str]:
    """When a submission was made, whatever the zone in which it was written down."""
    try:
        moment = datetime.fromisoformat(one.created)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC), one.created
    return moment.replace(tzinfo=moment.tzinfo or UTC), one.created
