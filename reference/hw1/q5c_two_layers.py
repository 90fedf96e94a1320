"""Problem 5(c), notebook: the same with a second hidden layer.

How it is judged, without repeating the minutes of training:

- The notebook's own cells are rehearsed with few rounds of training. The networks that they build are told apart by what they
  compute, and it is seen which of them were trained and drawn. Where that says nothing, the definitions and calls are read.
- The drawing functions, the student's own for two layers where there are such, are called with the grader's network of two
  hidden layers: as a `Sequential`, as a module with layers fc1, fc2, fc3, or with the names of the student's own network. It
  has more parameters than the data have points, as the notebook's own networks have.
- What neither shows, such as figures drawn without those functions, is left open for a person: never wrong.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from fractions import Fraction

import numpy as np

from autograder import Half, Notebook, Question, Source, Wrong
from autograder.checks import Entry
from autograder.notebooks.figures import Array
from autograder.notebooks.findings import Finding
from autograder.notebooks.rehearsal import Known, Rehearsal
from autograder.notebooks.script import Script
from autograder.notebooks.theatre import Theatre
from autograder.submission.statements import PYTHON
from reference.hw1 import q5a_features as one
from reference.hw1 import q5b_decomposition as two
from reference.hw1.architectures import Architecture, deep_architectures
from reference.hw1.built_networks import fault, hidden_layers
from reference.hw1.decomposed_call import MATRIX, PRINCIPAL, VALUES
from reference.hw1.deep_cells import SNAPSHOTS, read_snapshots
from reference.hw1.deep_drawings import asks_for_a_relu, draws_others_alone, not_drawn
from reference.hw1.fitted_networks import entries
from reference.hw1.relu_networks import Network, random_network
from reference.hw1.snapshots import rehearsed_snapshots
from reference.hw1.staging import SUPPLIED, rehearsed, supplied
from reference.hw1.witnesses_features import TWO_LAYERS

ARCHITECTURE, BOTH_LAYERS = "the architecture", "the features of both hidden layers"
_SHARES = {
    ARCHITECTURE: Fraction(1, 5),
    BOTH_LAYERS: Fraction(3, 10),
    MATRIX: Fraction(1, 10),
    VALUES: Fraction(1, 10),
    PRINCIPAL: Fraction(1, 10),
    SNAPSHOTS: Fraction(1, 5),
}
_POINTS, _WIDTH = 16, 3  # 22 parameters
_COMPUTES = {
    "relu-missing": "The network that is built computes what one with a ReLU less computes.",
    "relu-on-output": "The network that is built is never negative.",
    "other-activation": "The network that is built does not compute what one with ReLUs computes.",
}


def perform(theatre: Theatre) -> tuple[Finding, ...]:
    """Rehearse the notebook's cells, call the drawing functions with the grader's network, read the calls."""
    script = theatre.script
    rng = np.random.default_rng(theatre.seed)
    written = deep_architectures(script)
    network = random_network(np.random.default_rng(theatre.seed), _WIDTH, hidden=2)
    given = supplied(rng, {_WIDTH: network}, _POINTS)
    facts, y = rehearsed(theatre, one.DRAWING)
    built = () if facts is None else tuple(known for known in facts.networks if hidden_layers(known) >= 2)
    nothing = not written and not built and not _makes_layers(script)
    unread = _unread_layers(script) if nothing else ""
    if nothing and not unread:
        said = "No cell defines a network with two hidden layers."
        return tuple(
            Finding(name=name, share=share, rule="no-second-layer" if name == ARCHITECTURE else "", said=said)
            for name, share in _SHARES.items()
        )
    networks = [replace(network, style=style) for style in ("sequential", "attributes")]
    networks += [replace(network, style="named", stems=stems) for stems in dict.fromkeys(map(_stems, built)) if stems]
    features = _features(theatre, networks, given)
    decomposition = _decomposition(theatre, networks, given)
    sound = features.earned or any(finding.earned for finding in decomposition)
    if unread:
        unjudged = (Finding(name=name, share=_SHARES[name], said=unread) for name in (ARCHITECTURE, SNAPSHOTS))
        return (next(unjudged), features, *decomposition, next(unjudged))
    architecture = _architecture(script, written, built)
    snapshots = _snapshots(script, written, facts, y, is_sound=bool(sound), is_built=not architecture.rule)
    return (architecture, features, *decomposition, snapshots)


def measure(theatre: Theatre) -> tuple[Entry, ...]:
    """The test error of the best network that the notebook trains."""
    return entries(theatre, one.DRAWING)


def _unread_layers(script: Script) -> str:
    """What keeps cells that make layers from being read, a sentence; "" where nothing does."""
    for piece in script.broken:
        if "Linear" in piece.text:
            return f"{script.place(piece.line)} is not valid {PYTHON} ({piece.error}), so the network that is made there is not seen."
    return ""


def _absent(script: Script, function: str, what: str) -> str:
    """Why no function of that name can be called."""
    piece = script.broken_definition(function)
    if piece is not None:
        return (
            f"`{function}` ({script.place(piece.line)}) is not valid {PYTHON} ({piece.error}), so it cannot be called."
        )
    return f"There is no function that {what}."


def _stems(known: Known) -> tuple[str, ...]:
    """The names of a right network's three layers, in the order of the network; () where they are numbers or not plain."""
    stems = tuple(dict.fromkeys(name.rpartition(".")[0] for name in known.names))
    plain = len(stems) == 3 and len(known.names) == 6 and not any(stem.isdigit() for stem in stems)
    return stems if plain and fault(known) == "" else ()


def _makes_layers(script: Script) -> bool:
    """Whether layers are made in a way that cannot be read: in a loop, or one by one into a list."""
    text = "\n".join(ast.unparse(statement) for statement in script.body)
    return bool(re.search(r"Sequential\(\*|ModuleList|append\((?:torch\.)?nn\.Linear|add_module", text))


def _architecture(script: Script, found: tuple[Architecture, ...], built: tuple[Known, ...]) -> Finding:
    """What was built counts; what is written only where that cannot be told."""
    share = _SHARES[ARCHITECTURE]
    told = [rule for known in built if (rule := fault(known)) is not None]
    if "" in told:
        return Finding(name=ARCHITECTURE, share=share, earned=Fraction(1))
    if told:
        shapes = ", ".join(
            f"{name} {array.shape}" for name, array in zip(built[-1].names, built[-1].arrays, strict=True)
        )
        said = _COMPUTES.get(told[-1], f"Built with the grader's width, the network has {shapes}.")
        return Finding(name=ARCHITECTURE, share=share, rule=told[-1], said=said)
    if not found:
        said = "The layers are made in a way that the grader cannot read."
        return Finding(name=ARCHITECTURE, share=share, is_open=True, said=said)
    faults = [architecture.fault() for architecture in found]
    if "" in faults:
        return Finding(name=ARCHITECTURE, share=share, earned=Fraction(1))
    last = found[-1]
    layers = ", ".join(f"{a} to {b}" for a, b in last.linear)
    return Finding(
        name=ARCHITECTURE,
        share=share,
        rule=faults[-1],
        said=f"{script.place(last.line)} has the linear layers {layers}.",
    )


def _candidates(script: Script, function: str) -> list[str]:
    """The contract's function and the student's own variants of it, variants first."""
    bound = (function,) if script.binds(function) else ()  # by another name, a decorator's result, inside an `if`
    names = dict.fromkeys((*script.functions, *script.lent, *bound))
    return sorted((name for name in names if name.startswith(function)), key=lambda name: name == function)


def _features(theatre: Theatre, networks: list[Network], given: dict[str, object]) -> Finding:
    """The derivatives by all four arrays of the hidden layers, by whichever function and kind of network they are drawn."""
    share = _SHARES[BOTH_LAYERS]
    tried: list[Finding] = []
    for function in _candidates(theatre.script, one.FUNCTION):
        for network in networks:
            found: list[Finding] = []
            for place in range(4):
                if place == 2:
                    theatre.close()  # the third call is a first one, so that no function goes by how often it was called
                finding, is_whole = one.examined(
                    theatre, network, place, given, name=BOTH_LAYERS, share=share, function=function
                )
                found.append(finding)
                if not is_whole:
                    break
            tried.append(one.worst(found))
            if tried[-1].earned == 1:
                return tried[-1]
    absent = Finding(name=BOTH_LAYERS, share=share, said=_absent(theatre.script, one.FUNCTION, "draws them"))
    return max(tried, key=lambda finding: (finding.is_open, finding.earned, bool(finding.rule)), default=absent)


def _decomposition(theatre: Theatre, networks: list[Network], given: dict[str, object]) -> tuple[Finding, ...]:
    tried: list[tuple[Finding, ...]] = []
    for function in _candidates(theatre.script, two.FUNCTION):
        for network in networks:
            found = two.examined(theatre, network, given, _SHARES, function=function)
            if all(finding.earned == 1 for finding in found):
                return found
            tried.append(found)
    names = (MATRIX, VALUES, PRINCIPAL)
    said = _absent(theatre.script, two.FUNCTION, "decomposes them")
    absent = tuple(Finding(name=name, share=_SHARES[name], said=said) for name in names)
    return max(tried, key=lambda group: sum((finding.earned for finding in group), Fraction(0)), default=absent)


def _snapshots(
    script: Script,
    found: tuple[Architecture, ...],
    facts: Rehearsal | None,
    y: Array,
    *,
    is_sound: bool,
    is_built: bool,
) -> Finding:
    """What the cells do with the network of two hidden layers: train it, and draw it before and after that."""
    share = _SHARES[SNAPSHOTS]
    if not is_sound:
        return Finding(name=SNAPSHOTS, share=share, said="Nothing that could be drawn for both is right yet.")
    by_run = rehearsed_snapshots(facts, one.DRAWING, 2, name=SNAPSHOTS, share=share, y=y)
    if by_run is not None and not (by_run.earned == 1 and asks_for_a_relu(facts)):
        return _all_drawn(by_run, script, facts)
    if facts is not None and draws_others_alone(facts, script, one.DRAWING):
        said = "The drawing functions are called with networks of one hidden layer only."
        return Finding(name=SNAPSHOTS, share=share, rule="no-plots", said=said)
    read = read_snapshots(script, found, share)
    stopped = read.earned == 1 and is_built and facts is not None and bool(facts.failures)
    return _stopped(script, facts) if stopped and facts is not None else read


def _all_drawn(finding: Finding, script: Script, facts: Rehearsal | None) -> Finding:
    """The same finding, or half of it where some of what is asked for is never drawn."""
    if finding.earned < 1 or facts is None or facts.failures:
        return finding
    rule, said = not_drawn(facts, script, one.FUNCTION, two.FUNCTION)
    return replace(finding, earned=Half, rule=rule, said=said) if rule else finding


def _stopped(script: Script, facts: Rehearsal) -> Finding:
    """What reads well but raised when it was tried: only a person can say whether the trial or the notebook is at fault."""
    first = facts.failures[0]
    said = f"{script.place(first.line)} raised {first.kind} when your cells were tried: {first.error}"
    return Finding(name=SNAPSHOTS, share=_SHARES[SNAPSHOTS], is_open=True, said=said)


question = Question(
    id="5c",
    title="Two hidden layers",
    points=5,
    prompt=r"In the notebook, add a second hidden layer of the same width, fully connected to the first and with a ReLU of its "
    r"own. Train it, and draw, before and after training, the features of both hidden layers, by weights and by biases, the "
    r"singular values and the principal features.",
    source=Source("Homework 1", "5(c)"),
    answer=Notebook(
        functions=(one.FUNCTION, two.FUNCTION),
        headers=(one.HEADER, two.HEADER),
        perform=perform,
        supplied=SUPPLIED,
        measures=measure,
        long=True,
    ),
    practice=TWO_LAYERS,
    rows=(62, 64, 65),
    wrong=(
        *(rule for rule in one.question.wrong),
        *(rule for rule in two.question.wrong if rule.name not in {other.name for other in one.question.wrong}),
        Wrong(
            "no-second-layer",
            "Sequential(Linear(1, w), ReLU(), Linear(w, 1))",
            "Two hidden layers need three linear ones.",
        ),
        Wrong(
            "relu-missing",
            "Linear(1, w), ReLU(), Linear(w, w), Linear(w, 1)",
            "Two linear layers with nothing between them are one.",
        ),
        Wrong("relu-on-output", "..., Linear(w, 1), ReLU()", "A ReLU at the end keeps the output from being negative."),
        Wrong(
            "other-widths",
            "Linear(1, 5), ..., Linear(5, 10)",
            "Both hidden layers are to have the same width, 1 - w - w - 1.",
        ),
        Wrong(
            "other-layers",
            "nn.Linear(w, w, bias=False)",
            "Three linear layers, each with its bias, and two ReLUs: no parameter less, and none of another layer.",
        ),
        Wrong(
            "relu-index",
            "vis_name='1.weight'",
            "In a Sequential the ReLUs have numbers too: the second layer is 2.",
            credit=Half,
        ),
        Wrong(
            "one-layer-drawn",
            "for name in ('0.weight', '0.bias')",
            "Draw the features of the second hidden layer as well.",
            credit=Half,
        ),
        Wrong("no-plots", "no calls", "Call the functions of (a) and (b) with the new networks."),
        Wrong(
            "state-mismatch",
            "load_state_dict(nets_by_size[w]['net'].state_dict())",
            "That state does not fit two layers.",
            credit=Half,
        ),
        Wrong(
            "layer-left-out",
            "for name in ('0.weight', '2.weight')",
            "Both hidden layers have weights and biases: draw the derivatives by all four.",
            credit=Half,
        ),
        Wrong(
            "arguments-exchanged",
            "compute_svd_plot_features(y, X, ...)",
            "Look at the order of the function's arguments.",
            credit=Half,
        ),
        Wrong(
            "not-decomposed",
            "backward_and_plot_grad only",
            "Draw the singular values and principal features of this network too: call the function of (b) with it.",
            credit=Half,
        ),
        Wrong("other-activation", "nn.Tanh()", "Both hidden layers are to have ReLUs."),
    ),
)
questions = (question,)
