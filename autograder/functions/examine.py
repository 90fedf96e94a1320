"""A function tried on published inputs first, then on hidden ones where the published ones went well.

Published inputs are the same for everybody and can be shown, so that a failing function nearly always fails where its
author can see and repeat it. They share one process, in two rounds of different order, in which equal inputs must give equal
answers. Hidden inputs are of the same kinds, drawn for these very files with the course's secret; each is tried in a fresh
process, which knows nothing of earlier calls. When only hidden ones fail, further published inputs of that kind are tried,
so that there is something to show. The published ones are one fixed list of at most `MOST_PUBLISHED` for each function, so that
handing in again never turns up an input that is not on it. The reference is computed after the answer has come.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from autograder.answers.function import MOST_PUBLISHED
from autograder.answers.sandboxed import Bench, NotReached
from autograder.functions.draw import Case, Input, case
from autograder.functions.faults import STOPS, Finding
from autograder.functions.loading import Loading, NotLoaded
from autograder.functions.trial import Trial, judged, not_loaded, said_of_unsteady
from autograder.sandbox import Call, Missing, NotRun, Outcome, SandboxError, Session

if TYPE_CHECKING:
    from autograder.answers.function import Function
    from autograder.submission.program import Located

_SPARES = 3  # rounds of further published inputs, as far as the list has room for them
_HIDDEN_PER_GROUP = 3
_MOST_STOPS = 2  # calls of the first round that may run into a limit before the rest is not tried
_MOST_STOPS_IN_ALL = 4  # the same with all that comes after it
_PATIENCE = 12  # what all calls of a function may take together, in units of what one may take
_PATIENCE_WITH_LOADING = (
    36  # with loading its file each time: work at the left margin, within its own limit, costs nothing
)


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
    return [case(kind, _public_seed(part, function.name, kind.name, spare), published=True) for kind in kinds]


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
    runs = _Runs(function=function, located=located, bench=bench, loading=loading)
    try:
        return _examined(runs, part, seed)
    except NotLoaded as error:  # at first, or only later: a file that loads now and then does not count as loaded
        return Examined(trials=(), unloaded=not_loaded(located, error.outcome))


def _examined(runs: _Runs, part: str, seed: int) -> Examined:
    function, bench = runs.function, runs.bench
    cases = published_cases(function, part)
    promised = [one for one in cases if not one.input.advisory]
    tried = runs.in_turn(promised)
    abandoned = [one.input for one in promised[len(tried) :]]
    runs.most_stops = _MOST_STOPS_IN_ALL
    first = _second_round(tried, runs, abandoned)
    hidden: list[Trial] = []
    for kind in _to_be_hidden(first, bench.hidden_seed(f"{part}/{function.name}", seed)):
        if runs.stopped:
            abandoned.append(kind)
            continue
        drawn = case(kind, bench.hidden_seed(f"{part}/{function.name}/{kind.name}", seed), published=False)
        hidden.append(runs.alone(drawn))
    shown = _reproduced([trial for trial in hidden if trial.finding is not None], runs, part)
    trials = (*first, *shown, *hidden)
    right = not abandoned and all(trial.finding is None for trial in trials)
    further = runs.in_turn([one for one in cases if one.input.advisory]) if right else []
    advice = tuple(trial for trial in further if trial.finding is not None)
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


def _second_round(first: list[Trial], runs: _Runs, abandoned: list[Input]) -> tuple[Trial, ...]:
    """Call again with what went well, the other way round, in a process that has seen all of it, with other randomness.

    What is right both times is steady enough: a power iteration from a random start differs in digits that do not count.
    """
    sound = [trial for trial in first if trial.finding is None and not trial.case.input.large]
    cases = [trial.case for trial in [*sound, *reversed(sound)]]
    again = runs.in_turn(cases, seed=1)
    abandoned += [one.input for one in cases[len(again) :]]
    odd = {id(trial.case) for trial in again if trial.finding is not None}
    return tuple(replace(trial, finding=said_of_unsteady()) if id(trial.case) in odd else trial for trial in first)


def _reproduced(hidden: list[Trial], runs: _Runs, part: str) -> list[Trial]:
    """A published input on which the same kind fails too, for each kind that failed hidden, where there is one."""
    spares = [one for spare in range(1, _SPARES + 1) for one in published_cases(runs.function, part, spare)]
    found: list[Trial] = []
    for kind in (trial.case.input for trial in hidden):
        for drawn in (one for one in spares if one.input is kind):
            if runs.stopped:
                break
            trial = runs.alone(drawn)
            if trial.finding is not None:
                found.append(trial)
                break
    return found


@dataclass(slots=True, kw_only=True)
class _Runs:
    """Calls into the sandbox, counting those that ran into a limit, and the time of all."""

    function: Function
    located: Located
    bench: Bench
    loading: Loading
    stops: int = 0
    most_stops: int = _MOST_STOPS
    spent: float = 0.0
    lost: bool = False

    @property
    def exhausted(self) -> bool:
        """Whether everything together took too long: code may sleep just under the limit of every single call."""
        together = self.spent + self.loading.spent
        return max(self.spent / _PATIENCE, together / _PATIENCE_WITH_LOADING) >= self.function.seconds

    @property
    def stopped(self) -> bool:
        """Whether no more is to be tried."""
        return self.exhausted or self.stops >= self.most_stops

    def in_turn(self, cases: list[Case], *, seed: int = 0) -> list[Trial]:
        """Try cases in one process, in a new one after each end of it; fewer trials come back when it is stopped."""
        trials: list[Trial] = []
        session: Session | None = None
        try:
            for one in cases:
                if self.stopped:
                    break
                outcome = None
                if session is not None:
                    outcome = self._answer(session, one, seed)
                    if isinstance(outcome, NotRun):
                        session.close()
                        outcome = None
                if outcome is None:
                    session, outcome = self._begun(one, seed)
                trials.append(self._judged(one, outcome))
        finally:
            if session is not None:
                session.close()
        return trials

    def alone(self, one: Case) -> Trial:
        """Try a case in a process of its own."""
        session, outcome = self._begun(one, 0)
        with session:
            return self._judged(one, outcome)

    def _begun(self, one: Case, seed: int) -> tuple[Session, Outcome]:
        """A new process, and its answer to a first case."""
        session = self._session()
        try:
            outcome = self._answer(session, one, seed)
            if isinstance(outcome, NotRun):  # the fork server was lost meanwhile
                session.close()
                session = self._session()
                outcome = self._answer(session, one, seed)
        except BaseException:
            session.close()
            raise
        return session, outcome

    def _answer(self, session: Session, one: Case, seed: int) -> Outcome:
        """The outcome of a call, a `NotRun` where the fork server was lost; a second loss is the machine's."""
        begun = time.monotonic()
        try:
            return session.call(self._call(one, seed))
        except SandboxError as error:
            if self.lost:
                raise
            self.lost = True
            return NotRun(during=self.function.name, reason=str(error))
        finally:
            self.spent += time.monotonic() - begun

    def _session(self) -> Session:
        session = self.loading.session()
        if isinstance(session.loading, NotRun):
            raise _not_run(session.loading)
        return session

    def _call(self, one: Case, seed: int) -> Call:
        return Call(name=self.function.entry, arguments=one.copy(), seed=seed)

    def _judged(self, one: Case, outcome: Outcome) -> Trial:
        if isinstance(outcome, NotRun):
            raise _not_run(outcome)
        if isinstance(outcome, Missing):  # the file deletes it, or is another one the second time
            raise self.loading.missing(outcome)
        trial = judged(self.function, self.located, one, outcome)
        if trial.finding is not None and trial.finding.fault in STOPS:
            self.stops += 1
        return trial


def _not_run(outcome: NotRun) -> NotReached:
    return NotReached(outcome.message)
