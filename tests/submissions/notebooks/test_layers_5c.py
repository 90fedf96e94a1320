"""5c: the second hidden layer."""

from __future__ import annotations

from fractions import Fraction

import pytest
from torch import nn

from autograder.notebooks.rehearsal import Known, Probe
from autograder.notebooks.stage import rehearsal
from autograder.verdict import Word
from reference.hw1.built_networks import fault
from reference.hw1.q5c_two_layers import question
from tests.submissions.notebooks.build import submission_of, text_with
from tests.submissions.notebooks.layers_5c import RIGHT, WRONG


@pytest.mark.parametrize("name", RIGHT)
def test_variant_is_accepted(name, judge) -> None:
    """Every right way to add the layer earns everything."""
    verdict = judge(question, submission_of(text_with(*RIGHT[name])))
    assert (verdict.word, verdict.misconception, verdict.feedback) == (Word.OK, None, ())


@pytest.mark.parametrize("name", WRONG)
def test_mistake_is_named(name, judge) -> None:
    """Every mistake is told by its own rule and keeps what the rest is worth."""
    edits, rule, credit = WRONG[name]
    verdict = judge(question, submission_of(text_with(*edits)))
    assert (verdict.word, verdict.misconception, verdict.credit) == (Word.NOT_YET, rule, Fraction(credit))


def test_layers_made_in_a_loop_are_left_to_a_person(judge) -> None:
    """What cannot be read is open, never wrong."""
    model = "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))"
    text = text_with(
        (model, "nn.Sequential(*[layer for size in (1, width) for layer in (nn.Linear(size, width), nn.ReLU())])")
    )
    verdict = judge(question, submission_of(text))
    assert (verdict.word, verdict.credit) == (Word.WAITING, 0)


def test_cells_that_stop_are_left_to_a_person(judge) -> None:
    """A network that reads well but whose cells raise is open, with the place: no full marks for what draws nothing."""
    verdict = judge(question, submission_of(text_with(("        net[0].bias.copy_(", "        net[1].bias.copy_("))))
    assert verdict.word is Word.WAITING
    assert any("raised AttributeError when your cells were tried" in line for line in verdict.feedback)


@pytest.mark.parametrize(
    ("was", "now"), [("Linear(1, width)", "Linear(2, width)"), ("Linear(width, 1))", "Linear(width, 2))")]
)
def test_other_inputs_or_outputs_are_no_such_network(was, now, judge) -> None:
    """A network with two inputs or outputs is named, although its cells cannot be run."""
    model = "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))"
    verdict = judge(question, submission_of(text_with((model, model.replace(was, now)))))
    assert (verdict.word, verdict.misconception) == (Word.NOT_YET, "other-widths")


def test_a_cell_that_is_no_python_is_called_so(judge) -> None:
    """Where the network is made in a cell that does not parse, that is told; the functions keep their points."""
    text = text_with(
        (
            "    net = nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width)",
            "    net = nn.Sequential((nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width)",
        )
    )
    verdict = judge(question, submission_of(text))
    assert (verdict.word, verdict.misconception, verdict.credit) == (Word.NOT_YET, None, Fraction(3, 5))
    assert "is not valid Python" in verdict.feedback[0]
    assert verdict.feedback[-1].startswith("Right: the features of both hidden layers")


def test_a_function_that_is_no_python_is_called_so(judge) -> None:
    """A drawing function that does not parse is not said to be missing."""
    verdict = judge(
        question, submission_of(text_with(("    u, s, vh = np.linalg.svd(", "    u, s, vh = np.linalg.svd((")))
    )
    assert verdict.word is Word.NOT_YET
    assert any("`compute_svd_plot_features` (" in line and "is not valid Python" in line for line in verdict.feedback)


def test_a_function_that_fails_is_not_said_to_be_missing(judge) -> None:
    """Where every call raises, the student reads what it raises."""
    edits = (
        ("    gradients = {}\n", "    gradients = {}[0]\n"),
        ("    feature_matrix = collect", "    feature_matrix = {}[0]\n    collect"),
    )
    verdict = judge(question, submission_of(text_with(*edits)))
    assert verdict.word is Word.NOT_YET
    assert all("It raised KeyError: 0" in line for line in verdict.feedback[:4]), verdict.feedback


AFTER = {"": (), "relu-on-output": (nn.ReLU(),), None: (nn.Sigmoid(),)}


@pytest.mark.parametrize("width", range(2, 65))
def test_a_probe_tells_what_is_cut_off(width) -> None:
    """Random parameters may give a network that is positive everywhere, which a ReLU on the output would not change."""
    layers = [nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1)]
    for rule, after in AFTER.items():
        plain = rehearsal._probe(nn.Sequential(*layers, *after))
        probe = Probe(arrays=tuple(plain["arrays"]), x=plain["x"], y=plain["y"])
        assert fault(Known(thing=0, names=(), arrays=probe.arrays, trained=True, probe=probe)) == rule
