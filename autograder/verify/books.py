"""The books: points add up, sources are named, and ids and points stay what they were at the last release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from autograder.errors import AuthorError
from autograder.question import Assignment
from autograder.report.numbers import points
from autograder.verify.rows import Context, Mark, Row

LOCK_FILE = "ids.lock"
_HEAD = "# What results and statistics know; written by verify --lock at a release. A line: part (points): its rules.\n"
_LINE = re.compile(r"(?P<part>\S+) \((?P<points>\d+(?:/\d+)?)\):(?P<rules>.*)")


def check_points(context: Context) -> Iterator[Row]:
    """The points of the parts add up to those of the assignment."""
    found = sum((Fraction(question.points) for question in context.assignment), Fraction(0))
    stated = Fraction(context.assignment.points)
    right = found == stated
    yield Row(
        check="points",
        part="",
        mark=Mark.OK if right else Mark.FAIL,
        says=f"the parts add up to {points(found)}" + ("" if right else f", the assignment says {points(stated)}"),
        file=context.file(),
        at="points",
        fix="" if right else "Change the points of a part, or those of the assignment.",
    )


def check_sources(context: Context) -> Iterator[Row]:
    """Every part says where it comes from."""
    without = [
        question
        for question in context.questions
        if not (question.source.document.strip() and question.source.place.strip())
    ]
    for question in without:
        yield Row(
            check="sources", part=question.id, mark=Mark.FAIL, says="no source is named", file=context.file(question),
            at="source", fix='Write source=Source("Homework 1", "1(a)").',
        )  # fmt: skip
    if not without:
        yield Row(check="sources", part="", mark=Mark.OK, says=f"{len(context.questions)} parts name theirs")


def check_ids(context: Context) -> Iterator[Row]:
    """Names lead to one part each; no id of the last release has gone, and its parts are worth what they were."""
    shared = list(_shared(context.assignment))
    for name, ids in shared:
        yield Row(
            check="ids", part=ids[0], mark=Mark.FAIL, says=f"{' and '.join(ids)} are both answered under the name {name!r}",
            file=context.file(context.assignment.question(ids[-1])), at="id", fix="Give one of them another id or name.",
        )  # fmt: skip
    path = context.folder / LOCK_FILE
    if not path.is_file():
        yield Row(
            check="ids", part="", mark=Mark.NOTE, says="there is no earlier release to compare with",
            file=context.file().replace("assignment.py", LOCK_FILE), fix="Write it at a release: verify --lock.",
        )  # fmt: skip
        return
    before, now = _parsed(path.read_text(encoding="utf-8")), _parsed(lock(context.assignment))
    changed = [row for part in before for row in _changes(context, part, before[part], now.get(part))]
    yield from changed
    if not changed and not shared:
        new = [part for part in now if part not in before]
        says = f"all {len(before)} parts of the last release are there"
        yield Row(check="ids", part="", mark=Mark.OK, says=says + (f"; new: {', '.join(new)}" if new else ""))


def lock(assignment: Assignment) -> str:
    """The ids and points of the parts and the ids of their rules, one part a line."""
    lines = [
        f"{question.id} ({Fraction(question.points)}): {' '.join(sorted(rule.name for rule in question.wrong))}".rstrip()
        for question in assignment
    ]
    return _HEAD + "\n".join(sorted(lines)) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Released:
    """What a release says of one part."""

    points: str
    rules: frozenset[str]


def _parsed(text: str) -> dict[str, _Released]:
    found = [_LINE.fullmatch(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    wrong = [number for number, match in enumerate(found, 1) if match is None]
    if wrong:
        raise AuthorError(
            f"{LOCK_FILE}: entry {wrong[0]} is not of the form 'part (points): rules'. Write it anew: --lock."
        )
    return {
        match["part"]: _Released(points=match["points"], rules=frozenset(match["rules"].split()))
        for match in found
        if match is not None
    }


def _changes(context: Context, part: str, before: _Released, now: _Released | None) -> Iterator[Row]:
    """What a later version of the assignment must not do to a part that results already name."""
    if now is None:
        yield _changed(part, "the part of the last release is gone", "id", context.file())
        return
    file = context.file(context.assignment.question(part))
    for rule in sorted(before.rules - now.rules):
        yield _changed(part, f"the rule {rule!r} of the last release is gone", f"wrong[{rule!r}]", file)
    if now.points != before.points:
        says = f"it is worth {now.points} points, at the last release it was worth {before.points}"
        yield _changed(part, says, "points", file)


def _changed(part: str, says: str, at: str, file: str) -> Row:
    fix = "Put back what it was, or, if results of that release may be forgotten, write them anew: verify --lock."
    return Row(check="ids", part=part, mark=Mark.FAIL, says=says, file=file, at=at, fix=fix)


def _shared(assignment: Assignment) -> Iterator[tuple[str, list[str]]]:
    """Names of answers and functions under which two parts would be found."""
    owners: dict[str, list[str]] = {}
    for question in assignment:
        names = [function.name for function in getattr(question.answer, "functions", ()) if hasattr(function, "name")]
        for name in names or [question.answer_name]:
            owners.setdefault(name, []).append(question.id)
    yield from ((name, ids) for name, ids in owners.items() if len(ids) > 1)
