"""What training did: the error, the layers that moved, the elbows; and the remark that a student reads."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.notebooks.lessons import Lesson, lessons
from autograder.notebooks.rehearsal import Known
from autograder.verdict import Word
from reference.hw1.q5a_features import question
from reference.hw1.relu_networks import output, random_network
from tests.submissions.notebooks.build import submission_of, text_with

X = np.linspace(0, 1, 30)
Y = np.sin(6 * X)


def _known(network, *, trained: bool, shift: float = 0.0, layer: int = -1) -> Known:
    arrays = [array.copy() for array in network.weights]
    arrays[layer] += shift
    moved = type(network)(weights=tuple(arrays))
    return Known(thing=0, names=network.names, arrays=tuple(arrays), trained=trained, values=output(moved, X))


def test_a_lesson_joins_a_network_with_what_it_began_as() -> None:
    """Of two untrained networks of the same shape the closer one is the beginning; another shape is none."""
    networks = [random_network(np.random.default_rng(seed), width) for seed, width in ((0, 4), (1, 4), (2, 5))]
    starts = [_known(network, trained=False) for network in networks]
    end = _known(networks[1], trained=True, shift=0.1)
    (lesson,) = lessons((*starts, end))
    assert lesson.before is starts[1]
    assert lesson.moved == ("2.bias",)
    assert lesson.only_output
    assert not lesson.elbows.any()


def test_the_gain_is_a_ratio_of_errors() -> None:
    """The constant that fits best lowers the error; its double distance raises it."""
    network = random_network(np.random.default_rng(0), 4)
    before = _known(network, trained=False)
    best = float(np.mean(Y - before.values))
    better, worse = (_known(network, trained=True, shift=shift) for shift in (best, 3 * best))
    expected = np.mean((before.values - Y) ** 2) / np.mean((before.values + best - Y) ** 2)
    assert Lesson(before=before, after=better).gain(Y) == pytest.approx(expected)
    assert Lesson(before=before, after=worse).gain(Y) < 1


def test_with_the_hidden_layer_fixed_the_error_is_convex() -> None:
    """Between two states that differ in the output layer alone the error lies below its chord, at every point."""
    network = random_network(np.random.default_rng(0), 4)
    ends = [_known(network, trained=True, shift=shift, layer=layer) for shift, layer in ((0.0, -1), (0.9, -2))]
    assert Lesson(before=ends[0], after=ends[1]).only_output
    for t in np.linspace(0, 1, 11):
        error = _known(network, trained=True, shift=0.9 * t, layer=-2).error(Y)
        assert error <= (1 - t) * ends[0].error(Y) + t * ends[1].error(Y) + 1e-12


def test_moved_elbows_are_measured() -> None:
    """A bias that moves by d moves its elbow by d over the weight."""
    network = random_network(np.random.default_rng(0), 4)
    lesson = Lesson(before=_known(network, trained=False), after=_known(network, trained=True, shift=0.2, layer=1))
    assert lesson.elbows == pytest.approx(0.2 / np.abs(network.weights[0][:, 0]))
    assert not lesson.only_output


REMARKS = {
    "a rate that is too large": (("lr_all = 0.02", "lr_all = 1.9"), "is the rate too large?"),
    "the output layer alone": (
        (
            "optimizer = torch.optim.SGD(trained_net.parameters()",
            "optimizer = torch.optim.SGD(trained_net[2].parameters()",
        ),
        "only the output layer moved",
    ),
}


@pytest.mark.parametrize("name", REMARKS)
def test_odd_training_is_remarked_on(name, judge) -> None:
    """A training that does not learn, or that moves one layer only, is worth a remark and costs nothing."""
    edit, said = REMARKS[name]
    verdict = judge(question, submission_of(text_with(edit)))
    assert verdict.word is Word.OK
    assert any(said in notice for notice in verdict.notices), verdict.notices


def test_sound_training_needs_no_remark(judge) -> None:
    """The solution's own training lowers the error and moves all layers."""
    assert not judge(question, submission_of(text_with())).notices
