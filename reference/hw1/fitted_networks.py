"""The test error of a network that a notebook fits: what its own cells train on the grader's data, at points held out.

Everybody's notebook gets the same data, which only the course can compute: a piecewise linear function like the notebook's with
other heights, so that nobody can write its network down. Training is followed for a limited number of rounds, as minutes of it
would hold up everybody's results. Of the networks that were trained the one with the smallest training error counts; neither the
held-out points nor their values ever enter the sandbox, and the network is computed here, from its parameters.
"""

from __future__ import annotations

import numpy as np

from autograder.checks import Entry
from autograder.notebooks.rehearsal import Rehearsal, Rounds
from autograder.notebooks.theatre import Theatre
from autograder.notebooks.training import training_loops
from reference.hw1.built_networks import function_of
from reference.hw1.relu_networks import Array

COLUMN = "Test error"
ROUNDS = Rounds(each=150, in_all=1_800, often=150)
_POINTS, _HELD_OUT, _KNOTS, _NOISE = 200, 500, 11, 0.1


def data(seed: int) -> tuple[Array, Array, Array, Array]:
    """Training points with their noisy values, and held-out points with those of the function itself; each (points,)."""
    rng = np.random.default_rng(seed)
    heights = np.sin(rng.uniform(0, 2 * np.pi, _KNOTS))
    x, x_test = np.sort(rng.uniform(0, 1, _POINTS)), np.sort(rng.uniform(0, 1, _HELD_OUT))
    y, y_test = (np.interp(at, np.linspace(0, 1, _KNOTS), heights) for at in (x, x_test))
    return x, y + _NOISE * rng.normal(size=_POINTS), x_test, y_test


def entries(theatre: Theatre, functions: tuple[str, ...]) -> tuple[Entry, ...]:
    """The leaderboard's entry, () where the notebook fits no network of its own.

    Args:
        theatre: of the notebook.
        functions: that draw, as for `Theatre.rehearse`.

    Raises:
        NotReached: the submission's deadline came first.
    """
    if not training_loops(theatre.script):
        return ()
    x, y, x_test, y_test = data(theatre.common_seed(COLUMN))
    for targets in (y[:, None], y):  # as other semesters' notebooks have them
        given = {"X": x[:, None], "y": targets, "X_test": x[:, None], "y_test": targets}
        facts = theatre.rehearse(functions, {**given, "n_features": 1, "n_samples": len(x)}, ROUNDS)
        error = None if facts is None else test_error(facts, (x, y), (x_test, y_test))
        if error is not None:
            return (Entry(name=COLUMN, value=float(f"{error:.3g}"), order="asc"),)
    return ()


def test_error(facts: Rehearsal, training: tuple[Array, Array], held_out: tuple[Array, Array]) -> float | None:
    """The error at the held-out points of the trained network that is best at the training points; None without one."""
    found = []
    for network in facts.networks:
        compute = function_of(network) if network.trained else None
        if compute is not None:
            errors = [float(np.mean((compute(x) - y) ** 2)) for x, y in (training, held_out)]
            found.append((errors[0], errors[1]))
    finite = [pair for pair in found if np.isfinite(pair).all()]
    return min(finite)[1] if finite else None
