"""What cannot be decided is left to a person: calls that were cut short, drawings that did not arrive, points on a kink."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import pytest

from autograder.answers.sandboxed import Bench
from autograder.notebooks.figures import Axes, Curve, Figure, Matrix, Seen
from autograder.notebooks.scenes import Scene, Shown
from autograder.question import Assignment
from autograder.sandbox import Call, Clock, Crashed, Outcome, OutOfMemory, Refused, Returned, TimedOut, TooMuchOutput
from autograder.verdict import Word
from reference.dis1 import q2_ridge
from reference.hw1 import q5a_features as features_part
from reference.hw1 import q5b_decomposition as decomposition_part
from reference.hw1.relu_networks import away_from_kinks, features, near_a_kink, random_network
from reference.hw1.staging import supplied
from tests.submissions.notebooks.build import submission_of, text_with
from tests.submissions.notebooks.ridge import RIGHT

BUSY = TimedOut(during="the call", seconds=60.0, clock=Clock.WALL)
ENDLESS = TimedOut(during="the call", seconds=20.0, clock=Clock.CPU)
CUT_SHORT = {
    "busy": BUSY,
    "endless": ENDLESS,
    "memory": OutOfMemory(during="the call", limit=1),
    "output": TooMuchOutput(during="the call", limit=1),
    "killed": Crashed(during="the call", signal=9),
}
QUESTIONS = {
    "5a": (features_part.question, text_with()),
    "5b": (decomposition_part.question, text_with()),
    "ridge": (q2_ridge.question, f"# %%\n{RIGHT['solve']}"),
}


@dataclass
class Stage:
    """A sandbox that answers calls as it is told, and counts them."""

    answers: list[Outcome] = field(default_factory=list)
    seen: Outcome = field(default_factory=lambda: Returned(during="", value=None, changed_arguments={}))
    calls: int = 0

    @contextmanager
    def session(self, program, limits, deadline):
        yield self

    def call(self, wanted: Call) -> Outcome:
        if wanted.name == "seen":
            return self.seen
        if wanted.name == "load":
            return Returned(during="", value=None, changed_arguments={})
        self.calls += 1
        return self.answers[min(self.calls, len(self.answers)) - 1]


def _verdict(question, text: str, stage: Stage):
    assignment = Assignment(name="hw1", title="", points=question.points, questions=(question,), secret=b"tests")
    bench = Bench(sandbox=stage, submission=submission_of(text), assignment=assignment)
    return question.answer.judge_in(question, bench, seed=1)


@pytest.mark.parametrize("ending", CUT_SHORT)
@pytest.mark.parametrize("part", QUESTIONS)
def test_a_call_that_was_cut_short_is_left_to_a_person(part, ending) -> None:
    """A limit or a lack of memory says nothing about the answer: the points stay open, and the reason is told."""
    verdict = _verdict(*QUESTIONS[part], Stage(answers=[CUT_SHORT[ending]]))
    assert (verdict.word, verdict.credit, verdict.misconception) == (Word.WAITING, 0, None)
    told = CUT_SHORT[ending].message.removeprefix("the call ")  # the student reads the name of the function there
    assert any(told in sentence for sentence in verdict.feedback)


def test_a_busy_machine_gets_a_second_try() -> None:
    """A call that only ran out of time on the clock is made again, and then counts."""
    question, text = QUESTIONS["ridge"]
    right = np.array([1.0])
    stage = Stage(answers=[BUSY, Returned(during="", value=right, changed_arguments={})])
    assert _verdict(question, text, stage).word is Word.NOT_YET  # the second answer was judged


@pytest.mark.parametrize(("ending", "calls"), [("endless", 1), ("memory", 1), ("busy", 2), ("killed", 2)])
def test_work_without_end_is_not_repeated(ending, calls) -> None:
    """What the code's own work ended is not made again, and neither is the same function with another network."""
    stage = Stage(answers=[CUT_SHORT[ending]])
    _verdict(*QUESTIONS["5a"], stage)
    assert stage.calls == calls


def test_a_drawing_that_cannot_be_taken_over_is_left_to_a_person() -> None:
    """A function that ran is not told that it drew nothing because the drawing is too large to be sent."""
    too_large = Refused(during="`seen`", reason="it is larger than 33,554,432 bytes")
    stage = Stage(answers=[Returned(during="", value=None, changed_arguments={})], seen=too_large)
    verdict = _verdict(*QUESTIONS["5a"], stage)
    assert verdict.word is Word.WAITING
    assert any("it is larger than" in sentence for sentence in verdict.feedback)


@pytest.mark.parametrize(("hidden", "points"), [(1, 40), (2, 16)])
def test_no_data_lie_on_a_kink(hidden, points) -> None:
    """At a kink every feature jumps, so that rounding alone would decide the feature matrix there."""
    for seed in range(100):
        rng = np.random.default_rng(seed)
        networks = {width: random_network(rng, width, hidden=hidden) for width in (3, 4, 5)}
        given = supplied(rng, networks, points)
        for network in networks.values():
            for name in ("X", "X_test"):
                assert not near_a_kink(network, given[name][:, 0]).any(), (seed, name)


def test_points_on_a_kink_are_moved_off_all_of_them() -> None:
    """A point that leaves one network's kink does not land on another's."""
    networks = [random_network(np.random.default_rng(seed), 6) for seed in range(4)]
    kinks = np.concatenate([-network.weights[1] / network.weights[0][:, 0] for network in networks])
    moved = away_from_kinks(networks, kinks)
    assert np.all(np.abs(moved - np.sort(kinks)) < 0.01)
    assert not any(near_a_kink(network, moved).any() for network in networks)


@pytest.mark.parametrize("hidden", [1, 2])
def test_a_grid_that_meets_a_kink_is_judged_beside_it(hidden) -> None:
    """A student's own grid may hold a kink, where either side's value is right."""
    rng = np.random.default_rng(3)
    network = random_network(rng, 3, hidden=hidden)
    given = supplied(rng, {3: network}, 16)
    X = given["X"][:, 0]
    kink = -network.weights[1][1] / network.weights[0][1, 0]
    grid = np.sort(np.append(np.linspace(0, 1, 50), kink))
    matrix = features(network, X)
    _, s, vh = np.linalg.svd(matrix, full_matrices=False)
    drawn = features(network, grid) @ vh.T
    lines = [Curve(kind="line", x=grid, y=column, style="-") for column in drawn.T]
    values = Curve(kind="scatter", x=np.arange(float(len(s))), y=s)
    seen = Seen(
        figures=(Figure(axes=(Axes(curves=(values,)), Axes(curves=tuple(lines)))),),
        matrices=(Matrix(by="svd", values=matrix),),
    )
    scene = Scene(name="", function=decomposition_part.FUNCTION, arguments=(), network=network)
    for step in (-1e-6, 1e-6):
        for line, column in zip(lines, features(network, np.array([kink + step]))[0] @ vh.T, strict=True):
            line.y[grid == kink] = column
        found = decomposition_part.judged(None, Shown(scene=scene, seen=seen), given)
        assert [finding.earned for finding in found] == [1, 1, 1]
