"""What the functions of problem 5 are called with: the notebook's globals, with the grader's data and networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from autograder.notebooks.findings import Finding
from autograder.notebooks.rehearsal import Rehearsal
from autograder.notebooks.scenes import Scene, Shown
from autograder.notebooks.theatre import Theatre
from autograder.sandbox import Raised
from reference.hw1.relu_data import f_true, inputs, noisy
from reference.hw1.relu_networks import Network, away_from_kinks

SUPPLIED = ("nets_by_size", "X", "y", "X_test", "y_test", "to_torch", "to_numpy", "device", "widths")
PUBLISHED = 7
"""The seed of the network and the data that everybody's function is called with first."""
_POINTS = 40
_VALUES = ("y", "y_test")


def supplied(rng: np.random.Generator, networks: dict[int, Network], points: int = _POINTS) -> dict[str, object]:
    """The notebook's globals, with the grader's data and networks; no point lies on a kink, where all features jump."""
    nets_given = list(networks.values())
    x = away_from_kinks(nets_given, inputs(rng, points))
    grid = away_from_kinks(nets_given, np.linspace(0, 1, 3 * points))
    X, X_test = x[:, None], np.sort(np.concatenate([x, grid]))[:, None]
    y, y_test = noisy(rng, X), f_true(X_test)
    nets = {width: dict.fromkeys(("net", "init", "trained_net"), network.plain) for width, network in networks.items()}
    return {
        "X": X, "y": y, "X_test": X_test, "y_test": y_test, "nets_by_size": nets, "widths": list(networks),
        "n_features": 1, "n_samples": points,
    }  # fmt: skip


def played(theatre: Theatre, scene: Scene) -> Shown:
    """Make a call; where it raises, again with the values y in no column, as other semesters' notebooks have them."""
    shown = theatre.play(scene)
    if not isinstance(shown.failure, Raised):
        return shown
    supplied = flat(scene.supplied)
    arguments = tuple((name, supplied[name] if name in _VALUES else value) for name, value in scene.arguments)
    again = theatre.play(replace(scene, arguments=arguments, supplied=supplied))
    return again if again.failure is None else shown


def settled(
    theatre: Theatre, scene: Scene, judge: Callable[[Shown], tuple[Finding, ...]]
) -> tuple[tuple[Finding, ...], Shown]:
    """What is found of a call, and the call: in the process of the one before where all is right in it, else in a fresh one."""
    shown = theatre.again(scene)
    if shown is not None:
        found = judge(shown)
        if all(finding.is_plainly_right for finding in found):
            return found, shown
    shown = played(theatre, scene)
    found = judge(shown)
    if not all(finding.is_plainly_right for finding in found):
        theatre.close()  # in the same process the next one would hardly fare better
    return found, shown


def flat(given: Mapping[str, object]) -> dict[str, object]:
    """The notebook's globals with y and y_test as vectors."""
    return {**given, **{name: np.asarray(given[name])[:, 0] for name in _VALUES}}


def rehearsed(theatre: Theatre, drawing: tuple[str, ...]) -> tuple[Rehearsal | None, np.ndarray]:
    """The notebook's own cells, run with few rounds of training on the grader's data, and with the notebook's networks.

    Data and seed are the same in every part and for every submission, so that a notebook is rehearsed once for all its parts.

    Args:
        theatre: where they are run.
        drawing: the drawing functions, which only take note.

    Returns:
        What was seen, None where nothing can be said; and the values at the training points, (points,).
    """
    seed = theatre.common_seed("rehearsal") % 2**31
    data = {**supplied(np.random.default_rng(seed), {}), "widths": [4, 5]}
    del data["nets_by_size"]
    facts = theatre.rehearse(drawing, data, seed=seed)
    if facts is None or facts.failures:
        again = theatre.rehearse(drawing, flat(data), seed=seed)
        facts = facts if again is None or again.failures else again
    return facts, np.asarray(data["y"])[:, 0]
