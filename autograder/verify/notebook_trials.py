"""What a notebook shows while it is judged, kept and compared with what another one shows on the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from autograder.answers.notebook import Notebook, verdict_on
from autograder.answers.sandboxed import Bench
from autograder.engine.judging import reply_of
from autograder.errors import GraderBug
from autograder.functions import tolerance
from autograder.notebooks.figures import Array, Curve, Seen
from autograder.notebooks.findings import Finding
from autograder.notebooks.rehearsal import FEW, Known, Rehearsal, Rounds
from autograder.notebooks.scenes import Scene, Shown
from autograder.notebooks.theatre import Theatre
from autograder.oracles import MeasuredScenes
from autograder.question import Question
from autograder.sandbox import Outcome, Returned, Tensor
from autograder.sandbox.values import Value
from autograder.submission.names import Statement
from autograder.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A call for a value: its arguments, and how it ended."""

    arguments: Mapping[str, Value]
    outcome: Outcome


Observed = Shown | Computed | Rehearsal | None
_CLOSE = 1e-5  # of the largest number: networks are float32
_FIGURES, _VALUES, _CALLS = "the same figures", "the same values", "the same calls with networks of the same form"
_ORACLE = "what the statement says, by the oracle,"


class _Watched(Theatre):
    """A theatre that keeps what was seen in it, in order."""

    def watch(self) -> list[Observed]:
        """What will be seen from now on."""
        self.observed: list[Observed] = []
        return self.observed

    def again(self, scene: Scene) -> Shown | None:
        del scene
        return None  # each in a process of its own, so that both notebooks are seen in the same calls

    def play(self, scene: Scene) -> Shown:
        shown = super().play(scene)
        self.observed.append(shown)
        return shown

    def compute(self, function: str, arguments: Sequence[tuple[str, Value]], supplied: Mapping[str, Value]) -> Outcome:
        outcome = super().compute(function, arguments, supplied)
        self.observed.append(Computed(arguments=dict(arguments), outcome=outcome))
        return outcome

    def run(self, statements: Sequence[Statement], wanted: str, supplied: Mapping[str, Value]) -> Outcome:
        outcome = super().run(statements, wanted, supplied)
        self.observed.append(Computed(arguments=supplied, outcome=outcome))
        return outcome

    def rehearse(
        self,
        functions: tuple[str, ...],
        supplied: Mapping[str, Value],
        rounds: Rounds = FEW,
        *,
        seed: int | None = None,
    ) -> Rehearsal | None:
        found = super().rehearse(functions, supplied, rounds, seed=seed)
        self.observed.append(found)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How a notebook was judged, and by what.

    Args:
        findings: one for each sub-result.
        observed: what was drawn, returned and rehearsed, in order.
    """

    findings: tuple[Finding, ...]
    observed: tuple[Observed, ...]

    @property
    def is_right(self) -> bool:
        """Whether every sub-result earned its share."""
        return all(finding.earned == 1 for finding in self.findings)

    @property
    def is_open(self) -> bool:
        """Whether a person has to look."""
        return any(finding.is_open for finding in self.findings)


def tried(question: Question, bench: Bench, seed: int) -> Trial:
    """Judge a part of a submission with the networks and data of a seed, whatever the submission's own hidden ones are.

    Raises:
        GraderBug: the check itself failed.
    """
    answer = question.answer
    assert isinstance(answer, Notebook)
    script = answer.script(bench.submission)
    if script is None:
        raise GraderBug(f"{question.id}: the solution has none of {', '.join(answer.functions)}")
    theatre = _Watched(bench, script, answer.needed(script), answer.supplied, seed)
    observed, found = theatre.watch(), list[Finding]()

    def judge() -> Verdict:
        found.extend(answer.perform(theatre))
        return verdict_on(question, tuple(found), wrote="", notices=(), staff=())

    with closing(theatre):
        reply = reply_of(judge)
    if "bug" in reply:
        raise GraderBug(str(reply["bug"]).strip().splitlines()[-1])
    return Trial(findings=tuple(found), observed=tuple(observed))


def why_right(question: Question, one: Trial, original: Trial) -> str:
    """Why a trial is as right as that of the solution with the same seed: what is the same, or what the oracle says; else ""."""
    said: dict[str, None] = {}
    for left, right in zip_longest(one.observed, original.observed):
        same = _same(left, right) or _by_oracle(question, left)
        if not same:
            return ""
        said[same] = None
    return " and ".join(said)


def _same(one: Observed, two: Observed) -> str:
    match one, two:
        case Shown(), Shown():
            whole = one.failure is None and two.failure is None
            return _FIGURES if whole and _alike_seen(one.seen, two.seen) else ""
        case Rehearsal(), Rehearsal():
            return _CALLS if _alike_rehearsals(one, two) else ""
        case Computed(), Computed():
            left, right = _array(one.outcome), _array(two.outcome)
            return _VALUES if left is not None and right is not None and _near(left, right) else ""
    return ""


def _by_oracle(question: Question, one: Observed) -> str:
    """What the oracle says for a drawing or a value, "" where it says nothing or objects."""
    if not isinstance(question.practice, MeasuredScenes):
        return ""
    match one:
        case Shown(scene=scene, seen=Seen() as seen, failure=None):
            said = question.practice.objects(dict(scene.arguments), scene.network, seen)
        case Computed(arguments=arguments, outcome=outcome):
            said = question.practice.objects(arguments, None, _array(outcome))
        case _:
            return ""
    return "" if said else _ORACLE


def _alike_seen(one: Seen | None, two: Seen | None) -> bool:
    """The same curves and the same decomposed matrices; texts, colours and layout are nobody's business."""
    if one is None or two is None:
        return False
    matrices = _paired(one.matrices, two.matrices) and all(
        left.by == right.by and _near(left.values, right.values)
        for left, right in zip(one.matrices, two.matrices, strict=True)
    )
    curves = _paired(one.curves, two.curves) and all(map(_alike_curves, one.curves, two.curves))
    return matrices and curves and one.changed == two.changed


def _alike_curves(one: Curve, two: Curve) -> bool:
    return one.joined == two.joined and _near(one.x, two.x) and _near(one.y, two.y)


def _alike_rehearsals(one: Rehearsal, two: Rehearsal) -> bool:
    """The same calls, of networks that compute the same, trained or not: where they start is no matter."""
    return (
        _paired(one.drawings, two.drawings)
        and all(
            (left.function, left.parameter, left.of_targets) == (right.function, right.parameter, right.of_targets)
            and _alike_networks(one.networks[left.network], two.networks[right.network])
            for left, right in zip(one.drawings, two.drawings, strict=True)
        )
        and (one.trains, bool(one.steps), bool(one.failures)) == (two.trains, bool(two.steps), bool(two.failures))
    )


def _alike_networks(one: Known, two: Known) -> bool:
    probes = one.probe is not None and two.probe is not None and _near(one.probe.y, two.probe.y)
    return probes and (one.names, one.trained) == (two.names, two.trained)


def _paired(one: Sequence[object], two: Sequence[object]) -> bool:
    return len(one) == len(two)


def _near(one: Array, two: Array) -> bool:
    return np.array_equal(one, two, equal_nan=True) or tolerance.close(one, two, _CLOSE)


def _array(outcome: Outcome) -> Array | None:
    value = outcome.value if isinstance(outcome, Returned) else None
    found = value.array if isinstance(value, Tensor) else value
    return found if isinstance(found, np.ndarray) and found.dtype.kind in "iuf" else None
