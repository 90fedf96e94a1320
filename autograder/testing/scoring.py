"""What each test of a run earns: exact, never more than its weight, and nothing where the test itself is at fault."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from autograder.checks import Entry, Standing
from autograder.report.numbers import points
from autograder.testing.reports import Ending, Fault, Found, Ran, Trouble
from autograder.testing.run import Run

_OF_THE_STUDENT = frozenset({Fault.CHECK, Fault.STUDENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One test with what it is worth and what it earned.

    Args:
        weight: points of the author's own scale; 0 for a test that only informs.
        earned: at most the weight; 0 while the test is open.
        ran: what came of it, None when it never ended.
        why: why it is open, or None.
        staff: what instructors should know of its score.
    """

    found: Found
    standing: Standing
    weight: Fraction
    earned: Fraction = Fraction(0)
    ran: Ran | None = None
    why: Trouble | None = None
    staff: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether points of it are still open."""
        return self.standing is Standing.OPEN and self.weight > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A whole run on the author's own scale.

    Args:
        tests: in the order of the author's numbers, then of the file.
        entries: values for the leaderboard.
        staff: what instructors should know.
    """

    tests: tuple[Scored, ...]
    entries: tuple[Entry, ...] = ()
    staff: tuple[str, ...] = field(default=())

    @property
    def total(self) -> Fraction:
        """What all tests are worth that were not left out."""
        return sum((test.weight for test in self.tests), Fraction(0))

    @property
    def earned(self) -> Fraction:
        """What they earned; never more than `total`, since no test earns more than its weight."""
        return sum((test.earned for test in self.tests), Fraction(0))


def score(run: Run) -> Score:
    """Score every test of a run."""
    weighted = any(found.weight is not None for found in run.found)
    tests = [_scored(found, run, weighted=weighted) for found in run.found]
    tests.sort(key=lambda test: _place(test.found.number))
    boards = [_entry(test) for test in tests]
    return Score(
        tests=tuple(tests),
        entries=tuple(entry for entry, _ in boards if entry is not None),
        staff=tuple(note for _, note in boards if note),
    )


def _scored(found: Found, run: Run, *, weighted: bool) -> Scored:
    ran = run.ran.get(found.id)
    weight = _weight(found, weighted=weighted)
    if found.problem:
        return _open(found, ran, weight, Trouble(fault=Fault.AUTHOR, message=found.problem, trace=found.problem))
    if ran is None:
        return _open(found, ran, weight, _never_ended(found, run))
    if ran.ending is Ending.LEFT_OUT:
        return Scored(found=found, ran=ran, standing=Standing.SKIPPED, weight=Fraction(0))
    if ran.ending is Ending.SKIPPED:
        if weight:
            skipped = f"the test skipped itself: {ran.reason}"
            return _open(found, ran, weight, Trouble(fault=Fault.AUTHOR, message=skipped, trace=skipped))
        return Scored(found=found, ran=ran, standing=Standing.SKIPPED, weight=weight)
    blocking = _blocking(found, ran)
    if blocking is not None:
        return _open(found, ran, weight, blocking)
    passed = ran.ending in (Ending.PASSED, Ending.EXPECTED_FAILURE)
    if found.partial:
        return _partial(found, ran, weight, passed=passed)
    standing = Standing.PASSED if passed else Standing.FAILED
    return Scored(found=found, ran=ran, standing=standing, weight=weight, earned=weight if passed else Fraction(0))


def _weight(found: Found, *, weighted: bool) -> Fraction:
    """The declared weight; where no test declares one, all count alike, but a mere measurement does not count."""
    if weighted:
        return Fraction(found.weight or 0)
    return Fraction(0 if found.column is not None else 1)


def _never_ended(found: Found, run: Run) -> Trouble:
    if run.broken is not None and (found.id == run.running or run.broken.fault is not Fault.AUTHOR):
        return run.broken
    reason = "this test was not reached" if run.late else "this test never ran"
    return Trouble(fault=Fault.NOT_RUN if run.late else Fault.AUTHOR, message=reason, trace=reason)


def _blocking(found: Found, ran: Ran) -> Trouble | None:
    """The trouble that leaves a test open: one that is not the student's, unless the test fails for another anyway."""
    others = [trouble for trouble in ran.troubles if trouble.fault not in _OF_THE_STUDENT]
    decided = len(others) < len(ran.troubles) and not found.partial and ran.ending is Ending.FAILED
    return others[0] if others and not decided else None


def _partial(found: Found, ran: Ran, weight: Fraction, *, passed: bool) -> Scored:
    """Credit that the test itself sets, held between 0 and the weight."""
    if ran.score is None and passed:
        forgot = "@partial_credit was used, but the test never called set_score: no credit can be given."
        return _open(found, ran, weight, Trouble(fault=Fault.AUTHOR, message=forgot, trace=forgot))
    if ran.score == "":
        refused = "set_score was given what is no finite number: no credit can be given."
        return _open(found, ran, weight, Trouble(fault=Fault.AUTHOR, message=refused, trace=refused))
    wanted = Fraction(ran.score or 0)
    earned = max(Fraction(0), min(wanted, weight))
    note = f"set_score({_decimal(wanted)}) lies outside of 0 to {_decimal(weight)}; {_decimal(earned)} was counted."
    return Scored(
        found=found,
        ran=ran,
        standing=Standing.PASSED if passed and earned == weight else Standing.FAILED,
        weight=weight,
        earned=earned,
        staff=() if wanted == earned else (note,),
    )


def _open(found: Found, ran: Ran | None, weight: Fraction, why: Trouble) -> Scored:
    return Scored(found=found, ran=ran, standing=Standing.OPEN, weight=weight, why=why)


def _entry(test: Scored) -> tuple[Entry | None, str]:
    """The leaderboard's entry of a test, and what to tell instructors where a passed test has none."""
    found, ran = test.found, test.ran
    if found.column is None or ran is None or ran.ending is not Ending.PASSED or test.standing is Standing.OPEN:
        return None, ""
    if ran.value is None:
        given = "a value that is no finite number" if ran.set_value else "no value"
        return None, f"{found.name}: @leaderboard({found.column!r}) was given {given}; the entry was left out."
    return Entry(name=found.column, value=ran.value, order=found.order), ""


def _place(number: str) -> tuple[bool, list[tuple[int, int, str]]]:
    """Numbers in their natural order ("1.2" before "1.10"), tests without one behind."""
    pieces = re.findall(r"\d+|[^\d.]+", number)
    return not pieces, [(0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in pieces]


def _decimal(value: Fraction) -> str:
    return f"-{points(-value)}" if value < 0 else points(value)
