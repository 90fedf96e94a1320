"""A result as its student may see it now: checks that are hidden, or come later, leave words, points and totals."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from autograder.checks import Check, Standing
from autograder.report.numbers import points
from autograder.verdict import PENDING, PartResult, Result, Verdict, Word


def seen(result: Result) -> Result:
    """The result without what may not be seen, every check that may be seen told in the feedback."""
    return replace(result, parts=tuple(seen_part(part) for part in result.parts))


def seen_part(part: PartResult, *, told: bool = True) -> PartResult:
    """One part without what may not be seen.

    Args:
        part: everything that is known.
        told: whether each check is told in a sentence of its own, for reports that do not list checks.
    """
    verdict = part.verdict
    if not verdict.checks:
        return part
    visible = [check for check in verdict.checks if check.seen]
    later = len(verdict.checks) - len(visible)
    lines = [tell(check, part, verdict.feedback) for check in visible] if told else []
    sentences = (*verdict.feedback, *lines, *_about_the_rest(later))
    if verdict.word in PENDING or not later:
        return replace(part, verdict=replace(verdict, feedback=sentences, checks=tuple(visible)))
    worth = sum((check.worth for check in visible), Fraction(0))
    earned = sum((check.earned for check in visible), Fraction(0))
    return replace(part, points=part.points * worth, verdict=_projected(verdict, visible, worth, earned, sentences))


def _projected(
    verdict: Verdict, visible: list[Check], worth: Fraction, earned: Fraction, sentences: tuple[str, ...]
) -> Verdict:
    """The verdict that the visible checks alone would give."""
    credit = earned / worth if worth else Fraction(0)
    decided = Word.OK if credit == 1 else Word.NOT_YET
    word = decided if worth else Word.WAITING  # every test comes later
    return replace(verdict, word=word, credit=credit, feedback=sentences, checks=tuple(visible))


def _about_the_rest(later: int) -> tuple[str, ...]:
    if not later:
        return ()
    said = "1 further test is" if later == 1 else f"{later} further tests are"
    return (f"{said} not shown now; points are counted here for the tests that are shown.",)


def tell(check: Check, part: PartResult, said: tuple[str, ...] = ()) -> str:
    """One check on one line, what is to say of it below unless the sentences of the whole say it already."""
    name = " ".join(filter(None, (check.number, check.name)))
    open_ = check.standing is Standing.OPEN or part.pending
    score = f" ({points(part.points * check.earned)} of {points(part.points * check.worth)})" if check.worth else ""
    output = "" if any(check.output in sentence for sentence in said) else check.output
    return "\n".join(filter(None, (f"{check.standing}: {name}{'' if open_ else score}", output)))
