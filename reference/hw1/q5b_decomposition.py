"""Problem 5(b), notebook: the feature matrix, its singular values and the principal features.

The three sub-results are judged one by one, the later ones against the student's own matrix: the recorder in the sandbox
keeps every matrix that is decomposed. So a wrong feature matrix costs its own share, and the singular values and principal
features of that matrix still earn theirs.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from autograder import Half, Notebook, Question, Source, Wrong
from autograder.notebooks.findings import Finding
from autograder.notebooks.scenes import Scene, Shown
from autograder.notebooks.theatre import Theatre
from reference.hw1.decomposed_call import MATRIX, PRINCIPAL, VALUES, Judge
from reference.hw1.decomposition_plots import features_plot, values_plot
from reference.hw1.decompositions import is_over_inputs
from reference.hw1.relu_networks import Network, random_network
from reference.hw1.staging import PUBLISHED, SUPPLIED, settled, supplied
from reference.hw1.witnesses_features import ONE_LAYER

FUNCTION = "compute_svd_plot_features"
HEADER = "compute_svd_plot_features(X, y, X_test, y_test, model)"
SHARES = {MATRIX: Fraction(2, 5), VALUES: Fraction(1, 5), PRINCIPAL: Fraction(2, 5)}


def perform(theatre: Theatre) -> tuple[Finding, ...]:
    """Two networks of different width, one of them the same for everybody; each sub-result must be right for both.

    Pictures are of the network that everybody gets: handing in again shows no other one.
    """
    rounds = []
    for seed, width in ((PUBLISHED, 4), (theatre.seed, 5)):
        rng = np.random.default_rng(seed)
        networks = {width: random_network(rng, width) for width in (4, 5)}
        given = supplied(rng, networks)
        rounds.append(examined(theatre, networks[width], given, drawn=seed == PUBLISHED))
    return tuple(
        replace(min(group, key=lambda finding: (not finding.is_open, finding.earned)), plots=group[0].plots)
        for group in zip(*rounds, strict=True)
    )


def examined(
    theatre: Theatre,
    network: Network,
    given: dict[str, object],
    shares: dict[str, Fraction] | None = None,
    *,
    function: str = FUNCTION,
    drawn: bool = False,
) -> tuple[Finding, ...]:
    """The three findings on a call of the function with one network, with pictures where they are `drawn`."""
    arguments = (*((name, given[name]) for name in ("X", "y", "X_test", "y_test")), ("model", None))
    scene = Scene(name=function, function=function, arguments=arguments, network=network, supplied=given)
    return settled(theatre, scene, lambda shown: judged(theatre, shown, given, shares, drawn=drawn))[0]


def judged(
    theatre: Theatre,
    shown: Shown,
    given: dict[str, object],
    shares: dict[str, Fraction] | None = None,
    *,
    drawn: bool = False,
) -> tuple[Finding, ...]:
    """The three findings on one call, with pictures where they are `drawn`."""
    network = shown.scene.network
    assert network is not None
    worth = SHARES if shares is None else shares
    X, X_test = np.asarray(given["X"])[:, 0], np.asarray(given["X_test"])[:, 0]
    if shown.undecided:
        return tuple(
            Finding(name=name, share=worth[name], is_open=True, said=shown.undecided)
            for name in (MATRIX, VALUES, PRINCIPAL)
        )
    judge = Judge(theatre, shown, network, X, X_test)
    matrix, values, features = (
        judge.matrix(worth[MATRIX]),
        judge.values(worth[VALUES]),
        judge.principal(worth[PRINCIPAL]),
    )
    if not drawn:
        return matrix, values, features
    return (
        matrix,
        replace(values, plots=values_plot(judge.drawn_values, judge.own.s)),
        replace(features, plots=features_plot([c for c in judge.curves if is_over_inputs(c)], judge.columns)),
    )


question = Question(
    id="5b",
    title="Singular values and principal features",
    points=5,
    prompt=r"In the notebook, complete `compute_svd_plot_features`: collect the derivatives of the output by *all* parameters in "
    r"a feature matrix with a row for each training point, and draw its singular values and its principal features, the "
    r"feature matrix times the right singular vectors, as functions of $x$. Any sign, order and layout will do, and so will "
    r"the leading ones alone.",
    source=Source("Homework 1", "5(b)"),
    answer=Notebook(functions=(FUNCTION,), headers=(HEADER,), perform=perform, supplied=SUPPLIED),
    practice=ONE_LAYER,
    rows=(58, 59, 60, 61, 65),
    wrong=(
        Wrong(
            "transposed", "features.T", "Rows are training points, columns are parameters: this matrix is transposed."
        ),
        Wrong(
            "accumulated",
            "y.backward()  # no zero_grad",
            "The rows are running sums: set the gradients to zero before each point.",
        ),
        Wrong("only-weights", "weights only", "Biases are parameters too: each has a column."),
        Wrong("extra-input", "np.hstack([features, X])", "The input x is no parameter: it has no column of its own."),
        Wrong(
            "unit-outputs",
            "relu(X @ W.T + b)",
            "These are the hidden units' outputs: the derivatives by the output weights alone. The other parameters are missing.",
        ),
        Wrong(
            "centred",
            "features - features.mean(0)",
            "Subtracting the mean makes it a principal component analysis. Do not centre.",
            credit=Half,
        ),
        Wrong("per-layer", "svd of one layer", "All parameters belong in one matrix, with one decomposition."),
        Wrong(
            "eigenvalues",
            "s**2",
            "These are the squares: eigenvalues of the Gram matrix, not singular values.",
            credit=Half,
        ),
        Wrong(
            "left-vectors", "u", "The left singular vectors all have length one. Which factor is missing?", credit=Half
        ),
        Wrong(
            "left-times-features",
            "u @ features",
            "U times the feature matrix mixes the points. Which singular vectors mix the features?",
        ),
        Wrong(
            "not-transposed",
            "features @ vh",
            "The rows of vh are the right singular vectors: look at what NumPy returns.",
        ),
        Wrong("right-vectors", "vh", "These are the right singular vectors themselves; apply the features to them."),
        Wrong("feature-columns", "features", "These are the features as they are, before the decomposition."),
        Wrong(
            "refit",
            "svd(features(X_test))",
            "Use the singular vectors of the training points; do not decompose a second matrix.",
            credit=Half,
        ),
        Wrong("not-over-x", "plt.plot(principal[:, j])", "Draw them over x: plt.plot(X, ...).", credit=Half),
        Wrong(
            "index-beyond",
            "for j in range(d): principal[:, j]",
            "A thin decomposition has min(n, d) columns: loop over those.",
        ),
        Wrong(
            "no-gradient", "pass", "The gradients are None: run backward first, and clear them before it, not after."
        ),
        Wrong("nothing-drawn", "return s", "The answer is a figure: draw it with plt.plot or plt.scatter."),
    ),
)
questions = (question,)
