"""The hidden twin of a report: what waits for a person, then every part with its evidence, seed, time and tracebacks."""

from __future__ import annotations

from fractions import Fraction

from autograder.report.numbers import points, worth
from autograder.report.plain import clean, clean_line
from autograder.verdict import Cause, PartResult, Result, Word

_STAFF = 6_000  # characters of facts for instructors, per part
_SUMMARY = 90_000


def for_instructors(
    result: Result, total_points: Fraction | None = None, notes: tuple[str, ...] = (), *, timed: bool = False
) -> str:
    """The summary, most important first.

    Args:
        result: what was found.
        total_points: what the platform says that the assignment is worth, when it says so.
        notes: facts about the run.
        timed: whether times are told; without them the text depends on the result alone.
    """
    lines = [clean(note, _STAFF) for note in notes]
    if total_points is not None and total_points != result.points:
        lines.append(
            f"The platform says that the assignment is worth {points(total_points)} points, its questions add up to "
            f"{points(result.points)}. Set the points in the assignment's settings to {points(result.points)}."
        )
    failed = [part for part in result.parts if part.verdict.cause is Cause.OURS]
    if failed:
        lines.append(f"Failures of the grader ({_points(failed)} points): {_ids(failed)}")
    for word, heading in ((Word.UNDECIDED, "Undecided, please look"), (Word.WAITING, "Waiting for a person")):
        parts = [part for part in result.parts if part.verdict.word is word and part not in failed]
        if parts:
            lines.append(f"{heading} ({_points(parts)} points): {_ids(parts)}")
    carried = [part for part in result.parts if part.verdict.carried]
    if carried:
        lines.append(f"Right given an earlier slip ({_points(carried)} points): {_ids(carried)}")
    lines += [clean(note, _STAFF) for note in result.staff]
    lines.append(f"seed {result.seed}" + (f", {result.seconds:.1f} s" if timed else ""))
    for part in result.parts:
        lines += _of_part(part, timed=timed)
    return clean("\n".join(lines), _SUMMARY)


def _of_part(part: PartResult, *, timed: bool) -> list[str]:
    verdict = part.verdict
    facts = [
        f"{verdict.word}, {worth(part)}",
        f"evidence {verdict.evidence}" if verdict.evidence != "none" else "",
        f"rule {verdict.misconception}" if verdict.misconception else "",
        f"given {', '.join(verdict.carried)}" if verdict.carried else "",
        str(verdict.cause),
        f"{part.seconds:.2f} s" if timed else "",
    ]
    head = f"{part.id}: {'; '.join(filter(None, facts))}"
    below = "\n".join(line for fact in verdict.staff for line in clean(fact, _STAFF).split("\n"))
    return [clean_line(head, 400), *(f"    {line}" for line in clean(below, _STAFF).split("\n") if line.strip())]


def _points(parts: list[PartResult]) -> str:
    return points(sum((part.points for part in parts), Fraction(0)))


def _ids(parts: list[PartResult]) -> str:
    return ", ".join(part.id for part in parts)
