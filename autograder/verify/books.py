"""The books: points add up, sources are named, and ids stay what they were at the last release."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from autograder.question import Assignment
from autograder.report.numbers import points
from autograder.verify.rows import Context, Mark, Row

LOCK_FILE = "ids.lock"
_HEAD = "# Ids that results and statistics know; written by verify --lock at a release. A line: part: its rules.\n"


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
    """No id of the last release has gone."""
    path = context.folder / LOCK_FILE
    if not path.is_file():
        yield Row(
            check="ids", part="", mark=Mark.NOTE, says="there is no earlier release to compare with",
            file=context.file().replace("assignment.py", LOCK_FILE), fix="Write it at a release: verify --lock.",
        )  # fmt: skip
        return
    before, now = _parsed(path.read_text(encoding="utf-8")), _parsed(lock(context.assignment))
    gone = [(part, "") for part in before if part not in now]
    gone += [(part, rule) for part, rules in before.items() if part in now for rule in rules - now[part]]
    for part, rule in gone:
        what = f"the rule {rule!r}" if rule else "the part"
        yield Row(
            check="ids", part=part, mark=Mark.FAIL, says=f"{what} of the last release is gone",
            file=context.file(context.assignment.question(part)) if rule else context.file(),
            at=f"wrong[{rule!r}]" if rule else "id",
            fix="Give it its old id back, or, if its results may be forgotten, write the ids anew: verify --lock.",
        )  # fmt: skip
    if not gone:
        yield Row(check="ids", part="", mark=Mark.OK, says=f"all {len(before)} parts of the last release are there")


def lock(assignment: Assignment) -> str:
    """The ids of parts and rules, one part a line."""
    lines = [
        f"{question.id}: {' '.join(sorted(rule.name for rule in question.wrong))}".rstrip() for question in assignment
    ]
    return _HEAD + "\n".join(sorted(lines)) + "\n"


def _parsed(text: str) -> dict[str, set[str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {part.strip(): set(rules.split()) for part, _, rules in (line.partition(":") for line in lines)}
