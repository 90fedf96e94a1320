"""A function tried on published inputs first, then on hidden ones where the published ones went well.

Published inputs are the same for everybody and can be shown, so that a failing function nearly always fails where its
author can see and repeat it. They share one process, in two rounds of different order, in which equal inputs must give equal
answers; functions that stand alone share one among them as well, see `kept`. Hidden inputs are of the same kinds, drawn for these very files with the course's secret; they are tried in a fresh
process, which knows nothing of the published calls. When only hidden ones fail, further published inputs of that kind are
tried, so that there is something to show. The published ones are one fixed list of at most `MOST_PUBLISHED` for each function,
so that handing in again never turns up an input that is not on it. The reference is computed after the answer has come, and
never enters a process.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from autograder.answers.function import MOST_PUBLISHED
from autograder.answers.sandboxed import Bench
from autograder.functions.draw import Case, Input, case
from autograder.functions.faults import Finding
from autograder.functions.loading import Loading, NotLoaded
from autograder.functions.runs import Process, Runs
from autograder.functions.together import sound_together
from autograder.functions.trial import Trial, not_loaded, said_of_unsteady

if TYPE_CHECKING:
    from autograder.answers.function import Function
    from autograder.submission.program import Located

_SPARES = 3  # rounds of further published inputs, as far as the list has room for them
_HIDDEN_PER_GROUP = 3
_MOST_STOPS_IN_ALL = 4  # calls that may run into a limit, with those of the first round


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """All that was tried; of each kind of input at most one failure.

    Args:
        trials: the published ones first.
        abandoned: kinds that were not tried, or not on every input that counts, since too many calls before them had run into
            a limit or all of them together took too long. Nothing is earned with them: whoever knows the published inputs
            by heart could otherwise end the process before the hidden ones.
        unloaded: why the function could not be called at all.
        exhausted: whether the time for all calls together was used up.
        remarks: what the student should know of how the file was loaded, in whole sentences.
        advice: failures beyond what was promised, which cost nothing; only looked for when all else is right.
    """

    trials: tuple[Trial, ...]
    abandoned: tuple[Input, ...] = ()
    unloaded: Finding | None = None
    exhausted: bool = False
    remarks: tuple[str, ...] = ()
    advice: tuple[Trial, ...] = ()

    @property
    def failures(self) -> tuple[Trial, ...]:
        """The trials with a finding, those that can be shown first."""
        return tuple(trial for trial in self.trials if trial.finding is not None)

    def passed(self, group: str) -> bool:
        """Whether every trial of a group went well and none was left out."""
        failed = any(trial.case.input.group == group for trial in self.failures)
        return not failed and self.unloaded is None and all(kind.group != group for kind in self.abandoned)


def published_cases(function: Function, part: str, spare: int = 0) -> list[Case]:
    """The inputs that everybody gets: one of each kind, and in the rounds 1, 2, … (`spare`) further ones while there is room."""
    kinds = _round(function, spare)
    return [_published(kind, _public_seed(part, function.name, kind.name, spare)) for kind in kinds]


def _published(kind: Input, seed: int) -> Case:
    """The same for every submission, so that a process that grades many draws it once, unless it is large."""
    drawn = case(kind, seed, published=True) if kind.large else _drawn_once(kind, seed)
    return replace(drawn, input=kind)


@lru_cache(maxsize=4096)
def _drawn_once(kind: Input, seed: int) -> Case:
    return case(kind, seed, published=True)


def _round(function: Function, spare: int) -> tuple[Input, ...]:
    """The kinds of a round; all rounds together hold at most `MOST_PUBLISHED` inputs that can be shown."""
    if not spare:
        return function.inputs
    again = sorted((kind for kind in function.inputs if not kind.advisory), key=lambda kind: not kind.large)
    room = MOST_PUBLISHED - sum(not kind.advisory for kind in function.inputs) - (spare - 1) * len(again)
    return tuple(again[: max(0, room)])


def _public_seed(part: str, function: str, kind: str, spare: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{part}\n{function}\n{kind}\n{spare}".encode()).digest()[:8])


def examine(function: Function, located: Located, bench: Bench, part: str, seed: int) -> Examined:
    """Try a function.

    Raises:
        NotReached: the submission's deadline came first.
    """
    loading = Loading(
        located=located,
        sandbox=bench.sandbox,
        limits=function.limits,
        deadline=bench.deadline,
        known=bench.loaded,
        appended=function.wrapper,
    )
    runs = Runs(function=function, located=located, bench=bench, loading=loading)
    try:
        return _examined(runs, part, seed)
    except NotLoaded as error:  # at first, or only later: a file that loads now and then does not count as loaded
        return Examined(trials=(), unloaded=not_loaded(located, error.outcome))


def _examined(runs: Runs, part: str, seed: int) -> Examined:
    function, bench = runs.function, runs.bench
    cases = published_cases(function, part)
    promised = [one for one in cases if not one.input.advisory]
    first, abandoned = _published_rounds(promised, runs)
    kinds = _to_be_hidden(first, bench.hidden_seed(f"{part}/{function.name}", seed))
    hidden = _hidden_round(
        [case(kind, bench.hidden_seed(f"{part}/{function.name}/{kind.name}", seed), published=False) for kind in kinds],
        runs,
    )
    abandoned += kinds[len(hidden) :]
    failed = [trial for trial in hidden if trial.finding is not None]
    shown = _reproduced(failed, runs, part) if failed else []
    trials = (*first, *shown, *hidden)
    right = not abandoned and all(trial.finding is None for trial in trials)
    further = [one for one in cases if one.input.advisory] if right else []
    advised = [] if sound_together(runs, further) else runs.in_turn(further)
    advice = tuple(trial for trial in advised if trial.finding is not None)
    return Examined(
        trials=trials,
        abandoned=tuple({kind.name: kind for kind in abandoned}.values()),
        exhausted=runs.exhausted,
        remarks=tuple(runs.loading.remarks()),
        advice=advice,
    )


def _to_be_hidden(first: tuple[Trial, ...], seed: int) -> list[Input]:
    """Kinds for hidden inputs in random order, some of each group; a group that failed needs none: it can be shown why."""
    failed = {trial.case.input.group for trial in first if trial.finding is not None}
    kinds = [trial.case.input for trial in first]
    chosen: list[Input] = []
    for place in np.random.default_rng(seed).permutation(len(kinds)):
        group = kinds[place].group
        if group not in failed and sum(kind.group == group for kind in chosen) < _HIDDEN_PER_GROUP:
            chosen.append(kinds[place])
    return chosen


def _published_rounds(cases: list[Case], runs: Runs) -> tuple[tuple[Trial, ...], list[Input]]:
    """Both rounds of the published inputs: what came of the first in the light of the second, and what was not tried."""
    with runs.process() as process:
        sound = sound_together(runs, cases, cases[::-1], spare=process)
        if sound is not None:
            runs.most_stops = _MOST_STOPS_IN_ALL
            return tuple(sound[0]), []
        tried = process.in_turn(cases)
        abandoned = [one.input for one in cases[len(tried) :]]
        runs.most_stops = _MOST_STOPS_IN_ALL
        first = _second_round(tried, process, abandoned)
    return first, abandoned


def _second_round(first: list[Trial], process: Process, abandoned: list[Input]) -> tuple[Trial, ...]:
    """Call again with what went well, the other way round, in a process that has seen all of it, with other randomness.

    What is right both times is steady enough: a power iteration from a random start differs in digits that do not count.
    The process of the first round is such a process, unless a call failed in it: what that left behind may be held against
    that one call, not against the others.
    """
    sound = [trial for trial in first if trial.finding is None and not trial.case.input.large]
    cases = [trial.case for trial in reversed(sound)]
    if not process.is_whole or len(sound) < len(first) or abandoned:
        process.end()
        cases = [*reversed(cases), *cases]
    again = process.in_turn(cases, seed=1)
    abandoned += [one.input for one in cases[len(again) :]]
    odd = {id(trial.case): trial.finding for trial in again if trial.finding is not None}
    return tuple(
        replace(trial, finding=said_of_unsteady(odd[id(trial.case)])) if id(trial.case) in odd else trial
        for trial in first
    )


def _hidden_round(cases: list[Case], runs: Runs) -> list[Trial]:
    """Try hidden inputs in a process that has seen no published one; fewer trials come back when it is stopped.

    No right answer is ever in it, so that an input tells nothing about the next. After one that failed, and around a large
    one, the process is another: what such a call left behind is not held against the next. It may be one in which the hidden
    inputs of another function went well; see `kept`.
    """
    if not cases:
        return []
    trials: list[Trial] = []
    with runs.kept_process() as process:
        for one in cases:
            if runs.stopped:
                break
            if one.input.large:
                process.end()
            trials.append(process.tried(one))
            if one.input.large or trials[-1].finding is not None:
                process.end()
    return trials


def _reproduced(hidden: list[Trial], runs: Runs, part: str) -> list[Trial]:
    """A published input on which the same kind fails too, for each kind that failed hidden, where there is one."""
    spares = [one for spare in range(1, _SPARES + 1) for one in published_cases(runs.function, part, spare)]
    found: list[Trial] = []
    for kind in (trial.case.input for trial in hidden):
        for drawn in (one for one in spares if one.input is kind):
            if runs.stopped:
                break
            (trial,) = runs.in_turn([drawn])
            if trial.finding is not None:
                found.append(trial)
                break
    return found
