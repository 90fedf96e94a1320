"""A run of an author's tests as the verdict on a part: one check for each test, shown as far as its author allows."""

from __future__ import annotations

from fractions import Fraction

from autograder.checks import Check, Standing, Visibility
from autograder.equality.decision import Evidence
from autograder.errors import AuthorError
from autograder.report.numbers import points
from autograder.report.plain import cut
from autograder.testing.reports import Ending, Fault, Trouble
from autograder.testing.run import Run
from autograder.testing.scoring import Score, Scored, score
from autograder.verdict import Verdict, Word

_OUTPUT, _PRINTED = 8_000, 4_000
_APOLOGY = "This test has an error of its own. That is our fault, not yours, and costs you nothing; a person will look."
_NOT_REACHED = "This test was not reached in time. Its points are open, not lost."


def verdict(run: Run, worth: Fraction | int, file: str) -> Verdict:
    """The verdict on a part that is worth so many points.

    Raises:
        AuthorError: the tests could not be run at all, for a reason that is not the student's; it holds the traceback.
    """
    if not run.found:
        return _nothing_found(run, file)
    result = score(run)
    total = result.total
    if not total and not any(test.is_open for test in result.tests):
        raise AuthorError(f"{file}: no test carries points; give one a weight, or take away a skip.")
    word, credit = _word(result)
    return Verdict(
        word=word,
        credit=credit,
        evidence=Evidence.PROPERTY,
        feedback=_feedback(word),
        staff=_staff(run, result, worth, file),
        checks=tuple(_check(test, run, total) for test in result.tests),
        leaderboard=result.entries,
    )


def _nothing_found(run: Run, file: str) -> Verdict:
    if run.broken is None:
        raise AuthorError(f"{file} holds no tests.")
    if run.broken.fault is Fault.NOT_RUN:
        return Verdict(word=Word.WAITING, feedback=(_NOT_REACHED,))
    if run.broken.fault in (Fault.CHECK, Fault.STUDENT):
        # What the student's code was asked then may be hidden, and no declaration can say so: no text of theirs is shown.
        said = "Your code gave no value when the tests were set up, so that none of them could run."
        staff = (run.broken.message, run.broken.trace)
        return Verdict(word=Word.NOT_YET, evidence=Evidence.PROPERTY, feedback=(said,), staff=staff)
    raise AuthorError(f"{file} cannot be run:\n{run.broken.trace}")


def _word(result: Score) -> tuple[Word, Fraction]:
    faults = {test.why.fault for test in result.tests if test.is_open and test.why is not None}
    if faults:
        return Word.WAITING if faults == {Fault.NOT_RUN} else Word.UNDECIDED, Fraction(0)
    credit = result.earned / result.total
    return Word.OK if credit == 1 else Word.NOT_YET, credit


def _feedback(word: Word) -> tuple[str, ...]:
    if word is Word.UNDECIDED:
        return ("Not every test of this part could be judged. This is not your fault; a person will look at it.",)
    return (
        (_NOT_REACHED.replace("This test was", "Some tests were").replace("Its", "Their"),)
        if word is Word.WAITING
        else ()
    )


def _check(test: Scored, run: Run, total: Fraction) -> Check:
    found = test.found
    return Check(
        name=found.name,
        number=found.number,
        standing=test.standing,
        worth=test.weight / total if total else Fraction(0),
        earned=test.earned / total if total else Fraction(0),
        output=_output(test, run.printed.get(found.id, "")),
        visibility=Visibility(found.visibility),
        tags=found.tags,
    )


def _output(test: Scored, printed: str) -> str:
    """What the student reads of a test, once it may be seen; `hide_errors` leaves nothing but its own message."""
    hidden = test.found.hide_errors
    if test.standing is Standing.OPEN:
        return _NOT_REACHED if test.why is not None and test.why.fault is Fault.NOT_RUN else _APOLOGY
    if hidden is not None:
        return hidden if test.standing is Standing.FAILED else ""
    assert test.ran is not None
    sections = [_said(test)]
    if test.ran.printed.strip():
        sections.append("The test printed:\n" + cut(test.ran.printed, _PRINTED))
    if printed.strip():
        sections.append("Your code printed:\n" + cut(printed, _PRINTED))
    return cut("\n\n".join(filter(None, sections)), _OUTPUT)


def _said(test: Scored) -> str:
    """The reasons of one test, one line or block each."""
    ran = test.ran
    assert ran is not None
    match ran.ending:
        case Ending.LEFT_OUT | Ending.SKIPPED:
            return f"Skipped: {ran.reason}" if ran.reason else "Skipped."
        case Ending.EXPECTED_FAILURE:
            return "This test is expected to fail, and did."
        case Ending.UNEXPECTED_SUCCESS:
            return "This test is expected to fail, but it passed."
        case _:
            return "\n".join([*(_line(trouble) for trouble in ran.troubles), *([ran.reason] if ran.reason else [])])


def _line(trouble: Trouble) -> str:
    return f"{trouble.place}: {trouble.message}" if trouble.place else trouble.message


def _staff(run: Run, result: Score, worth: Fraction | int, file: str) -> tuple[str, ...]:
    """For instructors: errors of the tests first, then scores that were changed, then why tests failed."""
    lines = [f"{test.found.name}: {_cause(test.why)}" for test in result.tests if test.why is not None]
    lines += [f"{note.place}: {note.trace}" for note in run.noted]
    if run.broken is not None:
        lines.append(f"{file}: {run.broken.trace}")
    lines += [f"{test.found.name}: {note}" for test in result.tests for note in test.staff]
    lines += result.staff
    declared = sum((Fraction(found.weight) for found in run.found if found.weight is not None), Fraction(0))
    if declared and result.total != worth:
        lines.append(
            f"The weights in {file} add up to {points(result.total)}, the part is worth {points(Fraction(worth))}: they were "
            "scaled to that."
        )
    lines += [
        f"{test.found.name} {test.standing}: {_line(trouble)}\n{trouble.trace}"
        for test in result.tests
        if test.why is None and test.ran is not None
        for trouble in test.ran.troubles
    ]
    return tuple(lines)


def _cause(why: Trouble) -> str:
    said = {
        Fault.AUTHOR: "an error of the test itself",
        Fault.UNCLEAR: "the test stopped over a value that the student's code returned; either may be wrong",
        Fault.NOT_RUN: "not reached",
    }.get(why.fault, "")
    place = f" in {why.place}" if why.place else ""
    return f"{said}{place}\n{why.trace}".strip()
