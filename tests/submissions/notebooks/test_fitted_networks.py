"""The leaderboard's entry: how well a network that the notebook itself trains does at points that it never sees."""

from __future__ import annotations

import ast
from dataclasses import replace

import numpy as np
import pytest

from autograder.notebooks.percent import notebook_json
from autograder.notebooks.rehearsal import Known, Probe, Rehearsal
from autograder.submission.collect import Submission
from reference.hw1 import fitted_networks
from reference.hw1.built_networks import function_of
from reference.hw1.q5c_two_layers import question
from reference.hw1.relu_networks import output, random_network
from tests.submissions.notebooks.build import SOURCE, submission_of, text_with

X = np.linspace(-2, 2, 25)


def known(weights, order=None, *, trained: bool = True) -> Known:
    """A network as a rehearsal tells of it, its parameters in some order."""
    places = order or range(len(weights))
    rng = np.random.default_rng(9)
    twin = [rng.normal(size=array.shape) for array in weights]
    values = output(replace(random_network(np.random.default_rng(0), 3), weights=tuple(twin)), X)
    probe = Probe(arrays=tuple(twin[at] for at in places), x=X, y=values)
    return Known(
        thing=0, names=("",) * len(weights), arrays=tuple(weights[at] for at in places), trained=trained, probe=probe
    )


@pytest.mark.parametrize(("hidden", "order"), [(1, None), (1, (3, 1, 2, 0)), (2, None), (2, (5, 3, 2, 1, 0, 4))])
def test_a_network_is_computed_from_its_parameters(hidden, order) -> None:
    """Whatever the order of the parameters is, the probe tells their places, and the values are those of the network."""
    network = random_network(np.random.default_rng(3), 4, hidden=hidden)
    compute = function_of(known(network.weights, order))
    assert compute is not None
    assert np.allclose(compute(X), output(network, X))


def test_what_computes_something_else_is_no_known_network() -> None:
    """A network whose probe does not fit, or that has none, cannot be measured."""
    weights = random_network(np.random.default_rng(3), 4, hidden=2).weights
    right = known(weights)
    assert right.probe is not None
    assert function_of(replace(right, probe=replace(right.probe, y=np.tanh(right.probe.y)))) is None
    assert function_of(replace(right, probe=None)) is None
    assert function_of(replace(right, arrays=right.arrays[:-1])) is None


def test_the_network_that_is_best_at_the_training_points_counts() -> None:
    """Held-out points choose nothing; a network that was not trained is not looked at."""
    one, other = (random_network(np.random.default_rng(seed), 4) for seed in (1, 2))
    x, held_out = np.linspace(0, 1, 20), np.linspace(0.02, 0.98, 30)
    training = (x, output(one, x))
    goal = (held_out, output(other, held_out))

    def error(*networks: Known) -> float | None:
        facts = Rehearsal(networks=networks, drawings=(), held=(), steps=1)
        return fitted_networks.test_error(facts, training, goal)

    found = error(known(one.weights), known(other.weights))
    assert found == pytest.approx(np.mean((output(one, held_out) - goal[1]) ** 2))
    assert error(known(one.weights, trained=False), known(other.weights)) == pytest.approx(0)
    assert error(known(one.weights, trained=False)) is None
    assert error() is None


def test_held_out_points_do_not_enter_the_sandbox() -> None:
    """What the notebook gets as test data is its training data."""
    tree = ast.parse((SOURCE.parents[1] / "fitted_networks.py").read_text(encoding="utf-8"))
    (entries,) = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "entries")
    given = next(node for node in ast.walk(entries) if isinstance(node, ast.Dict) and len(node.keys) == 4)
    assert {node.id for node in ast.walk(given) if isinstance(node, ast.Name)} == {"x", "targets"}


def entry_of(measure, *edits):
    return measure(question, submission_of(text_with(*edits)))


def test_a_fitted_network_enters_the_leaderboard(measure) -> None:
    """The same notebook has the same value; one that trains better a smaller one, one that barely trains a larger one."""
    (entry,) = entry_of(measure)
    assert (entry.name, entry.order) == ("Test error", "asc")
    assert entry_of(measure) == (entry,)
    (faster,) = entry_of(measure, ("lr_all = 0.02", "lr_all = 0.1"))
    (slower,) = entry_of(measure, ("lr_all = 0.02", "lr_all = 1e-6"))
    assert faster.value < entry.value < slower.value


def test_of_several_notebooks_the_best_entry_counts(measure) -> None:
    """As the best verdict does: a draft beside the final notebook costs nothing."""
    texts = {
        "draft": text_with(("lr_all = 0.02", "lr_all = 1e-6")),
        "final": text_with(("lr_all = 0.02", "lr_all = 0.1")),
    }
    files = {f"{name}.ipynb": notebook_json(text).encode() for name, text in texts.items()}
    assert measure(question, Submission(answers={}, files=files)) == entry_of(
        measure, ("lr_all = 0.02", "lr_all = 0.1")
    )


def test_a_notebook_that_fits_nothing_has_no_entry(measure) -> None:
    """Without training, with a network of another kind, or where every number overflows nothing is measured."""
    assert entry_of(measure, ("        optimizer.step()\n", "")) == ()
    assert entry_of(measure, ("nn.ReLU()", "nn.Tanh()")) == ()
    assert entry_of(measure, ("lr_all = 0.02", "lr_all = 1e30")) == ()
