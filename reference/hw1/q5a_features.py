"""Problem 5(a), notebook: the derivatives of the output by the hidden layer's weights and biases, drawn over x."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from autograder import Half, Notebook, Question, Source, Wrong
from autograder.notebooks.curves import Matching, goes_back, is_crowded, matched
from autograder.notebooks.figures import Seen
from autograder.notebooks.findings import Finding
from autograder.notebooks.scenes import Scene, Shown
from autograder.notebooks.theatre import Theatre
from autograder.notebooks.uses import draws_what_it_returns
from autograder.sandbox import Raised
from reference.hw1.relu_networks import (
    Network,
    derivatives,
    near_a_kink,
    random_network,
)
from reference.hw1.snapshots import drawn_snapshots, left_out, rehearsed_snapshots
from reference.hw1.staging import PUBLISHED, SUPPLIED, rehearsed, settled, supplied
from reference.hw1.witnesses_features import ONE_LAYER
from reference.hw1.wrong_derivatives import draws_other_layer, recognised

FUNCTION = "backward_and_plot_grad"
DRAWING = (FUNCTION, "compute_svd_plot_features")
HEADER = "backward_and_plot_grad(X, model, vis_name='all', title='', legend=False)"
_THIRD = Fraction(1, 3)
_PARTS = ("the derivatives by the first layer's weights", "the derivatives by the first layer's biases")


def perform(theatre: Theatre) -> tuple[Finding, ...]:
    """Two networks, each with the derivatives by its weights and by its biases; the first is the same for everybody.

    What is off for both is told of the first: handing in again turns up no other network. The second is drawn in the other
    order, so that no function goes by how often it was called.
    """
    scenes = []
    for seed, width in ((PUBLISHED, 4), (theatre.seed, 5)):
        rng = np.random.default_rng(seed)
        networks = {width: random_network(rng, width) for width in (4, 5)}
        given = supplied(rng, networks)
        scenes.append((networks[width], given))
    told: dict[int, list[Finding]] = {0: [], 1: []}
    for (network, supply), order in zip(scenes, ((0, 1), (1, 0)), strict=True):
        for place in order:
            told[place].append(examined(theatre, network, place, supply, name=_PARTS[place], share=_THIRD)[0])
    found = [worst(of_one) for of_one in told.values()]
    is_sound = any(finding.earned for finding in found)
    facts, y = rehearsed(theatre, DRAWING) if is_sound else (None, np.empty(0))
    by_run = rehearsed_snapshots(facts, (FUNCTION,), 1, share=_THIRD, y=y)
    if by_run is not None and by_run.earned == 1 and facts is not None and not facts.failures:
        said = left_out(facts, theatre.script, FUNCTION, DRAWING)
        by_run = replace(by_run, earned=Half, rule="parameter-left-out", said=said) if said else by_run
    return (*found, by_run or drawn_snapshots(theatre.script, (FUNCTION,), _THIRD, is_sound=is_sound))


def examined(
    theatre: Theatre,
    network: Network,
    place: int,
    given: dict[str, object],
    *,
    name: str,
    share: Fraction,
    function: str = FUNCTION,
) -> tuple[Finding, bool]:
    """What is said of a drawing function's call for one parameter of a network, and whether the call went to its end."""
    parameter = network.names[place]
    arguments = (("X", given["X"]), ("model", None), ("vis_name", parameter), ("title", parameter), ("legend", True))
    scene = Scene(name=parameter, function=function, arguments=arguments, network=network, supplied=given)
    (finding,), shown = settled(
        theatre, scene, lambda shown: (judged(theatre, shown, place, given, name=name, share=share),)
    )
    return finding, shown.failure is None


def worst(findings: Sequence[Finding]) -> Finding:
    """What is said where something must be right every time: the worst that was found."""
    return min(findings, key=lambda finding: (not finding.is_open, finding.earned))


def judged(
    theatre: Theatre, shown: Shown, place: int, given: dict[str, object], *, name: str, share: Fraction
) -> Finding:
    """What is said of the derivatives by one parameter, drawn for one network."""
    network = shown.scene.network
    assert network is not None
    finding = Finding(name=name, share=share)
    if shown.crowded:
        return replace(finding, is_open=True, said=shown.crowded)
    X = np.asarray(given["X"])[:, 0]
    seen = shown.seen or Seen()
    heights = np.abs(derivatives(network, X)[place]).max(axis=0)
    wanted = set(np.flatnonzero(heights > 1e-2 * heights.max()).tolist())
    matching, remark = _matching(seen, network, place, wanted)
    if wanted <= matching.columns and not seen.changed:
        if not remark and draws_other_layer(seen, network, place, matching):
            remark = "The other parameters of the hidden layers are drawn too, whatever `vis_name` names."
        return _where_all_are_drawn(theatre, shown, network, replace(finding, remark=remark))
    if set(seen.stand_ins) - theatre.harmless:
        said = f"It draws with {', '.join(seen.stand_ins)}, which is not there while notebooks are graded."
        return replace(finding, is_open=True, said=said)
    if shown.undecided:
        return replace(finding, is_open=True, said=shown.undecided)
    if shown.failure is not None:
        return replace(finding, rule=_failure(theatre, shown), said=theatre.explained(shown.failure))
    if not seen.curves and draws_what_it_returns(theatre.script, shown.scene.function):
        said = "It draws nothing itself. What it returns is drawn by other cells, which are not run here."
        return replace(finding, is_open=True, said=said)
    rule, earned, said = recognised(shown, network, place, X, y=np.asarray(given["y"])[:, 0], matching=matching)
    return replace(finding, earned=earned, rule=rule, said=said, staff=f"{name}: {len(seen.curves)} curves")


def _matching(seen: Seen, network: Network, place: int, wanted: set[int]) -> tuple[Matching, str]:
    """Which derivatives are drawn, and what is remarked where only differences of the outputs explain the lines."""
    exactly = matched(
        seen.curves,
        lambda x: derivatives(network, x)[place],
        ignore=lambda x: near_a_kink(network, x),
    )
    if wanted <= exactly.columns or seen.changed:
        return exactly, ""
    by_differences = matched(
        seen.curves,
        lambda x: derivatives(network, x)[place],
        ignore=lambda x: near_a_kink(network, x, within=0.03),
        slack=2e-3,
    )
    if wanted <= by_differences.columns and not by_differences.strangers:
        return by_differences, "These are differences: close, but backward gives the derivatives exactly."
    return exactly, ""


def _where_all_are_drawn(theatre: Theatre, shown: Shown, network: Network, finding: Finding) -> Finding:
    """What is said where every derivative is among the lines: how they are drawn, and among what."""
    seen = shown.seen or Seen()
    if any(goes_back(curve) for curve in seen.curves):
        said = "The lines run back and forth: they join the points in another order than that of x."
        return replace(finding, earned=Half, rule="unsorted", said=said, remark="")
    if isinstance(shown.failure, Raised) and shown.failure.kind == "IndexError":  # a width that is written in
        said = f"They are drawn, and then it stops. {theatre.explained(shown.failure)}"
        return replace(finding, earned=Half, rule="width-written-in", said=said, remark="")
    if others := _lines_of_nothing(seen, network):
        said = f"They are drawn among {others} lines that are no derivatives of the output."
        return replace(finding, is_open=True, said=said, remark="")
    return replace(finding, earned=Fraction(1))


def _lines_of_nothing(seen: Seen, network: Network) -> int:
    """How many lines are the derivative by no parameter, where they are more than may stand beside what is asked."""
    every = matched(
        seen.curves, lambda x: np.hstack(derivatives(network, x)), ignore=lambda x: near_a_kink(network, x), slack=2e-3
    )
    columns = sum(weight.size for weight in network.weights)
    return len(every.strangers) if is_crowded(len(every.strangers), columns) else 0


def _failure(theatre: Theatre, shown: Shown) -> str:
    failure = shown.failure
    if not isinstance(failure, Raised):
        return ""
    function = theatre.script.function(FUNCTION)
    calls = [] if function is None else _calls(function)
    if "NoneType" in failure.error:
        if "backward" not in calls:
            return "no-backward"
        last_clear = max((place for place, name in enumerate(calls) if name == "zero_grad"), default=-1)
        return "cleared-after" if last_clear > calls.index("backward") else ""
    if "does not require grad" in failure.error:
        return "detached"
    return ""


def _calls(function: ast.FunctionDef) -> list[str]:
    """Names of the methods that a function calls, in the order of the text."""
    found = [n for n in ast.walk(function) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    in_order = sorted(found, key=lambda call: (call.lineno, call.col_offset))
    return [call.func.attr for call in in_order if isinstance(call.func, ast.Attribute)]


question = Question(
    id="5a",
    title="Features of the linearised network, drawn",
    points=3,
    prompt=r"In the notebook, complete `backward_and_plot_grad`: for every parameter whose name is `vis_name`, draw the "
    r"derivative of the network's *output* by it as a function of $x$. Draw those by `0.weight` and by `0.bias` at the "
    r"random initialisation and after training.",
    source=Source("Homework 1", "5(a)"),
    answer=Notebook(functions=(FUNCTION,), headers=(HEADER,), perform=perform, supplied=SUPPLIED),
    practice=ONE_LAYER,
    rows=(56, 57, 65),
    wrong=(
        Wrong(
            "accumulated",
            "y.backward()  # no zero_grad before it",
            "These are running sums over the points: backward adds to what .grad holds. Set the gradients to zero before "
            "each point.",
            credit=_THIRD,
        ),
        Wrong(
            "cleared-after",
            "y.backward(); model.zero_grad()",
            "The gradients are cleared before they are read. Clear them before backward, not after it.",
        ),
        Wrong("no-backward", "pass", "The gradients are None until backward has run."),
        Wrong(
            "of-the-loss",
            "((model(x) - y) ** 2).backward()",
            "This is the derivative of a loss: each point is multiplied by its own error. What is asked is the derivative of "
            "the network's output.",
            credit=_THIRD,
        ),
        Wrong(
            "detached",
            "model(x).detach().backward()",
            "A detached tensor has forgotten how it was computed: nothing can be differentiated through it.",
        ),
        Wrong(
            "step-inside", "optimizer.step()", "Features belong to fixed parameters: take no step while drawing them."
        ),
        Wrong("nothing-drawn", "return gradients", "The answer is a figure: draw each derivative with plt.plot."),
        Wrong(
            "parameter-index",
            "plt.plot(gradients[i])  # for a point i",
            "Draw one line for each parameter, with x on the horizontal axis.",
            credit=_THIRD,
        ),
        Wrong(
            "point-index",
            "plt.plot(gradients[:, j])",
            "The values are right. Put x on the horizontal axis: plt.plot(X, ...).",
            credit=Half,
        ),
        Wrong(
            "unsorted",
            "plt.plot(X[order], ...)",
            "Sort the points by x before joining them, or use a scatter.",
            credit=Half,
        ),
        Wrong(
            "width-written-in",
            "for i in range(10): plt.plot(X, gradients[:, i])",
            "Networks of other widths have other numbers of parameters: loop over those that there are.",
            credit=Half,
        ),
        Wrong("by-the-input", "x.grad", "This is the derivative by the input x. The parameters are what varies here."),
        Wrong(
            "unit-outputs",
            "relu(w * x + b)",
            "These are the units' outputs, not derivatives by the first layer's parameters.",
        ),
        Wrong(
            "other-parameters",
            "dict(model.named_parameters())['2.weight']",
            "These are derivatives by other parameters than those that `vis_name` names.",
            credit=_THIRD,
        ),
        Wrong(
            "only-initial", "nets['net'] only", "Draw the same features for the trained network as well.", credit=Half
        ),
        Wrong(
            "only-trained",
            "nets['trained_net'] only",
            "Draw the same features at the random initialisation as well.",
            credit=Half,
        ),
        Wrong(
            "trained-is-initial",
            "nets['trained_net'] = nets['net']",
            "Both names stand for one network, so both figures show the same. Copy it (copy.deepcopy) before you train.",
            credit=Half,
        ),
        Wrong(
            "parameter-left-out",
            "for name in ('0.weight',)",
            "Draw the derivatives by the weights and by the biases, both before and after training.",
            credit=Half,
        ),
        Wrong("untrained", "no training", "Train it before you draw the trained features.", credit=Half),
    ),
)
questions = (question,)
