"""Published inputs of functions that stand alone: sent together, to a process that these functions share.

Everybody may know such inputs, so that nothing is lost where code looks ahead to those that follow; and a function that stands
alone (`submission/alone.py`) leaves nothing behind for the next one. Only what is well in every respect is taken from here. A
function of which anything else is seen is judged from the beginning in a process of its own, input by input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.functions.trial import Trial, judged
from autograder.sandbox import Outcome, Raised, Returned, SandboxError
from autograder.submission.alone import stands_alone

if TYPE_CHECKING:
    from autograder.functions.draw import Case
    from autograder.functions.kept import Kept
    from autograder.functions.runs import Process, Runs

_SECONDS = 2.0  # for all calls together; slower ones are made one by one, and will have been begun twice

Rounds = list[list["Trial"]]


def sound_together(runs: Runs, *rounds: list[Case], spare: Process | None = None) -> Rounds | None:
    """Rounds of published inputs, each with its own randomness; None unless all is well: then as if nothing had been.

    Args:
        runs: the calls into the function.
        rounds: the cases of each.
        spare: where none is kept yet, one is begun; this gets it when the file turns out to be loaded in another way.

    Raises:
        NotLoaded: the file cannot be loaded.
    """
    kept = _place(runs)
    session = None if kept is None else kept.take(runs.loading.program(), runs.loading.limits)
    if kept is None or (session is None and spare is None):
        return None
    if session is None:
        session = runs.session()
        if spare is not None and _place(runs) is None:
            spare.begin_with(session)
            return None
    found: Rounds | None = None
    is_whole = False
    try:
        calls = [runs.call(one, seed) for seed, cases in enumerate(rounds) for one in cases]
        outcomes = session.call_together(calls, within=_SECONDS)
        is_whole = all(isinstance(outcome, Returned | Raised) for outcome in outcomes)
        found = _sound(runs, rounds, outcomes)
    except SandboxError:
        is_whole = False
    finally:
        if is_whole:
            kept.keep(session, runs.loading.program(), runs.loading.limits)
        else:
            session.close()
    return found


def _place(runs: Runs) -> Kept | None:
    """Where a process for published inputs is kept; None for a function that gets one of its own."""
    function = runs.function
    if runs.bench.kept is None or function.wrapper or any(kind.large for kind in function.inputs):
        return None
    is_whole = runs.loading.program().statements is None
    return runs.bench.kept.published if is_whole and stands_alone(runs.located.source.text, function.name) else None


def _sound(runs: Runs, rounds: tuple[list[Case], ...], outcomes: tuple[Outcome, ...]) -> Rounds | None:
    """The trials of all cases; None where one is not well, or one outcome is that of all."""
    if len(outcomes) != sum(map(len, rounds)) or not all(isinstance(outcome, Returned) for outcome in outcomes):
        return None
    left = iter(outcomes)
    known: dict[tuple[int, int], Trial] = {}  # by case and answer: the second time most answers are the same
    found: Rounds = []
    for cases in rounds:
        found.append([])
        for one in cases:
            outcome = next(left)
            same = id(one), id(outcome)
            trial = known[same] = known.get(same) or judged(runs.function, runs.located, one, outcome)
            if trial.finding is not None:
                return None
            found[-1].append(trial)
    for outcome in outcomes[:1]:
        runs.count(outcome.usage)  # that of all together
    return found
