"""In which way a set differs from the expected one: strictness, one bound, direction."""

from __future__ import annotations

from enum import StrEnum

from autograder.equality.membership import NotASet
from autograder.equality.parameters import NoPoint
from autograder.equality.sets import contest_of
from autograder.equality.signals import Signal
from autograder.equality.trials import Mark, Trial
from autograder.formula.tree import Node
from autograder.symbols import SymbolTable

_TRIALS = 6


class SetDifference(StrEnum):
    """A way in which two sets differ, at every point that was tried."""

    END_INCLUDED = "the end itself must not belong"
    END_MISSING = "the end itself must belong"
    HOLE = "a single value inside is missing"
    STRAY = "a single value outside belongs to it too"
    UPPER_LARGE = "upper bound too large"
    UPPER_SMALL = "upper bound too small"
    UPPER = "another upper bound"
    LOWER_LARGE = "lower bound too large"
    LOWER_SMALL = "lower bound too small"
    LOWER = "another lower bound"
    UPPER_MISSING = "only one of the two bounds: the upper one is missing"
    LOWER_MISSING = "only one of the two bounds: the lower one is missing"
    COMPLEMENT = "the complement: the inequality is turned round"
    EMPTY = "no value at all"
    POINTS = "single values in place of a range"
    OTHER = "another set"


SENTENCES: dict[SetDifference, str] = {
    SetDifference.END_INCLUDED: "The range is right but for an end: check whether the end itself may belong.",
    SetDifference.END_MISSING: "The range is right but for an end: check whether the end itself belongs.",
    SetDifference.HOLE: "The range is right, but it leaves out a single value inside.",
    SetDifference.STRAY: "The range is right, but a single value outside it was added.",
    SetDifference.UPPER_LARGE: "The upper bound is too large.",
    SetDifference.UPPER_SMALL: "The upper bound is too small.",
    SetDifference.UPPER: "The upper bound is another one.",
    SetDifference.LOWER_LARGE: "The lower bound is too large.",
    SetDifference.LOWER_SMALL: "The lower bound is too small.",
    SetDifference.LOWER: "The lower bound is another one.",
    SetDifference.UPPER_MISSING: "This is only one of the two bounds: there is an upper one too.",
    SetDifference.LOWER_MISSING: "This is only one of the two bounds: there is a lower one too.",
    SetDifference.COMPLEMENT: "The inequality is turned round.",
    SetDifference.EMPTY: "No value satisfies this condition.",
    SetDifference.POINTS: "This says that only single values will do, where a whole range does.",
    SetDifference.OTHER: "",
}
"""What there is to say; none of it gives a bound away, but some lets a student close in on one."""

COARSE: dict[SetDifference, str] = {
    SetDifference.UPPER_LARGE: SENTENCES[SetDifference.UPPER],
    SetDifference.UPPER_SMALL: SENTENCES[SetDifference.UPPER],
    SetDifference.LOWER_LARGE: SENTENCES[SetDifference.LOWER],
    SetDifference.LOWER_SMALL: SENTENCES[SetDifference.LOWER],
}
"""What is said instead where it would help to halve the distance to a bound with every try."""

_HIDDEN = {
    SetDifference.UPPER_MISSING: SetDifference.UPPER_LARGE,
    SetDifference.LOWER_MISSING: SetDifference.LOWER_SMALL,
}

_MERGED = (
    ({SetDifference.UPPER_LARGE, SetDifference.UPPER_SMALL}, SetDifference.UPPER),
    ({SetDifference.LOWER_LARGE, SetDifference.LOWER_SMALL}, SetDifference.LOWER),
)


def describe_difference(
    expected: Node, given: Node, variable: str, table: SymbolTable, *, seed: int, within: Node | None = None
) -> SetDifference | None:
    """The way in which `given` differs from `expected` at all of some random points; None when it does not differ."""
    kind = _describe(expected, given, variable, table, seed=seed, within=within)
    if within is not None and kind in _HIDDEN:
        # a bound that lies beyond `within` is no missing one
        beyond = _describe(expected, given, variable, table, seed=seed, within=None)
        return beyond if beyond is _HIDDEN[kind] else kind
    return kind


def _describe(
    expected: Node, given: Node, variable: str, table: SymbolTable, *, seed: int, within: Node | None
) -> SetDifference | None:
    try:
        contest = contest_of(expected, given, variable, table, within=within)
        found = {kind for trial in contest.trials(seed, _TRIALS) if (kind := _classify(trial)) is not None}
    except (NotASet, NoPoint, Signal):
        return None
    if len(found) == 1:
        return found.pop()
    for several, merged in _MERGED:
        if found and found <= {*several, merged}:
            return merged
    return SetDifference.OTHER if found else None


def _classify(trial: Trial) -> SetDifference | None:
    differences = trial.differences
    if not differences:
        return None
    cells = [mark for mark in trial.marks if not mark.boundary]
    if all(mark.boundary for mark in differences):
        return _at_boundary(trial.marks, differences[0])
    if not any(mark.given for mark in trial.marks):
        return SetDifference.EMPTY
    if any(mark.expected for mark in cells) and not any(mark.given for mark in cells):
        return SetDifference.POINTS
    if len(cells) > 1 and all(mark.expected != mark.given for mark in cells):
        return SetDifference.COMPLEMENT
    expected, given = _run([mark.expected for mark in cells]), _run([mark.given for mark in cells])
    if expected is None or given is None:
        return SetDifference.OTHER
    return _bounds(expected, given, last=len(cells) - 1)


def _at_boundary(marks: tuple[Mark, ...], mark: Mark) -> SetDifference:
    place = marks.index(mark)
    around = [neighbour.given for neighbour in (*marks[max(0, place - 1) : place], *marks[place + 1 : place + 2])]
    if mark.given:
        return SetDifference.END_INCLUDED if any(around) else SetDifference.STRAY
    return SetDifference.HOLE if len(around) == 2 and all(around) else SetDifference.END_MISSING


def _run(flags: list[bool]) -> tuple[int, int] | None:
    """First and last place of the only run of True, None when there is none or more than one."""
    places = [place for place, flag in enumerate(flags) if flag]
    if not places or places[-1] - places[0] + 1 != len(places):
        return None
    return places[0], places[-1]


def _bounds(expected: tuple[int, int], given: tuple[int, int], *, last: int) -> SetDifference:
    if expected[0] == given[0] and expected[1] != given[1]:
        if given[1] == last:
            return SetDifference.UPPER_MISSING
        return SetDifference.UPPER_LARGE if given[1] > expected[1] else SetDifference.UPPER_SMALL
    if expected[1] == given[1] and expected[0] != given[0]:
        if given[0] == 0:
            return SetDifference.LOWER_MISSING
        return SetDifference.LOWER_LARGE if given[0] > expected[0] else SetDifference.LOWER_SMALL
    return SetDifference.OTHER
