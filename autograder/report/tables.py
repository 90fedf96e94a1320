"""Tables as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from autograder.report.marked import Marked
from autograder.report.numbers import points
from autograder.report.plain import clean_line

_COMMANDS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LONGEST = 500


def as_csv(rows: Iterable[Sequence[str | Fraction | None]]) -> str:
    r"""Rows as CSV (RFC 4180, UTF-8); texts cannot be formulas, numbers are numbers, None is an empty cell.

    Source: OWASP, "CSV Injection": a cell that begins with one of = + - @ tab or return is run as a formula.

    >>> as_csv([["=1+1", Fraction(3, 2), None]])
    "'=1+1,1.5,\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue()


def _cell(cell: str | Fraction | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Fraction):
        return points(cell)
    text = clean_line(cell, _LONGEST)
    return f"'{text}" if text.startswith(_COMMANDS) else text


def scores_csv(class_: Collection[Marked]) -> str:
    """One row per submission: who, how much, what is open, and per part the word, the points and the misconception."""
    parts = parts_of(class_)
    head = [
        "submission",
        "names",
        "student numbers",
        "emails",
        "created",
        "score",
        "open",
        "points",
        "complete",
        "failure",
    ]
    for part in parts:
        head += [part, f"{part} verdict", f"{part} rule"]
    return as_csv([head, *(_row(one, parts) for one in class_)])


def parts_of(class_: Collection[Marked]) -> list[str]:
    """The ids of all parts, in the order of the assignment."""
    seen = {part.part.partition("/")[2]: None for one in class_ if one.result for part in one.result.parts}
    return list(seen)


def _row(one: Marked, parts: Sequence[str]) -> list[str | Fraction | None]:
    people = (
        "; ".join(person.name for person in one.people if person.name),
        "; ".join(person.sid for person in one.people if person.sid),
        "; ".join(person.email for person in one.people if person.email),
    )
    row: list[str | Fraction | None] = [one.id, *people, one.created]
    if one.result is None:
        return [*row, None, None, None, "no", one.failure or "not graded yet", *[None] * (3 * len(parts))]
    result = one.result
    row += [result.score, result.pending, result.points, "yes" if result.complete else "no", one.failure]
    by_id = {part.part.partition("/")[2]: part for part in result.parts}
    for name in parts:
        part = by_id.get(name)
        if part is None:
            row += [None, "", ""]
        else:
            row += [None if part.pending else part.score, str(part.verdict.word), part.verdict.misconception or ""]
    return row
