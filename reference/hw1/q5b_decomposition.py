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
from autograder.notebooks.figures import Seen
from autograder.notebooks.findings import Finding
from autograder.notebooks.scenes import Scene, Shown
from autograder.notebooks.theatre import Theatre
from autograder.sandbox import Raised
from reference.hw1.decomposition_plots import features_plot, values_plot
from reference.hw1.decompositions import (
    Spectrum,
    clear_of_kinks,
    decomposed,
    is_over_inputs,
    is_spectrum,
    named_matrix,
    named_principal,
    own_principal,
    principal,
    same_matrix,
    shows_principal,
    shows_values,
    singular_value_curves,
)
from reference.hw1.q5a_features import PUBLISHED, SUPPLIED, supplied
from reference.hw1.relu_networks import Array, Network, features, random_network
from reference.hw1.witnesses_features import ONE_LAYER

FUNCTION = "compute_svd_plot_features"
HEADER = "compute_svd_plot_features(X, y, X_test, y_test, model)"
MATRIX, VALUES, PRINCIPAL = "the feature matrix", "the singular values", "the principal features"
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
        rounds.append(judged(theatre, play(theatre, networks[width], given), given, drawn=seed == PUBLISHED))
    return tuple(
        replace(min(group, key=lambda finding: (not finding.is_open, finding.earned)), plots=group[0].plots)
        for group in zip(*rounds, strict=True)
    )


def play(theatre: Theatre, network: Network, given: dict[str, object], function: str = FUNCTION) -> Shown:
    """Call the function with one network."""
    arguments = (*((name, given[name]) for name in ("X", "y", "X_test", "y_test")), ("model", None))
    scene = Scene(name=function, function=function, arguments=arguments, network=network, supplied=given)
    return theatre.play(scene)


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
    judge = _Judge(theatre, shown, network, X, X_test)
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


class _Judge:
    """One call, looked at from three sides."""

    def __init__(self, theatre: Theatre, shown: Shown, network: Network, X: Array, X_test: Array) -> None:
        self.theatre, self.shown, self.network, self.X, self.X_test = theatre, shown, network, X, X_test
        self.seen = seen = shown.seen or Seen()
        self.true = Spectrum.of(features(network, X))
        self.given = decomposed(seen)
        right = [m for m in self.given if same_matrix(m.values, self.true.matrix)]
        self.is_right = bool(right)
        # Where the student's own matrix is wrong, what follows is judged against it.
        self.own = self.true if right or not self.given else Spectrum.of(self.given[0].values)
        self.drawn_values = singular_value_curves(seen, max(self.own.matrix.shape))
        self.curves = [curve for curve in seen.curves if len(curve.x) > 2]

    def matrix(self, share: Fraction) -> Finding:
        if not self.is_right and not self.given and shows_values(self.drawn_values, self.true.s):
            self.is_right = (
                True  # decomposed in a way that was not watched, but its values are those of the right matrix
            )
        if self.is_right:
            extra = [m for m in self.given if not same_matrix(m.values, self.true.matrix)]
            remark = "More than one matrix is decomposed; the one of the training points counts." if extra else ""
            return Finding(name=MATRIX, share=share, earned=Fraction(1), remark=remark)
        if not self.given:
            return self._nothing(MATRIX, share, "No feature matrix reached a singular value decomposition.")
        rule = named_matrix(self.given, self.network, self.X)
        shapes = ", ".join(str(matrix.values.shape) for matrix in self.given[:3])
        n, d = self.true.matrix.shape
        said = f"With {n} points and {d} parameters the matrix is ({n}, {d}); decomposed was {shapes}."
        if all(matrix.values.shape == (n, d) for matrix in self.given):
            said = "The matrix has the right shape, but other entries than the derivatives of the output."
        return Finding(name=MATRIX, share=share, rule=rule, said=said)

    def values(self, share: Fraction) -> Finding:
        for spectrum in (self.own, self.true):
            if shows_values(self.drawn_values, spectrum.s):
                return Finding(name=VALUES, share=share, earned=Fraction(1))
        if not self.drawn_values:
            return self._nothing(VALUES, share, "They are not drawn.")
        top = max(values[0] for values in self.drawn_values)
        said = f"The largest drawn value is {top:.4g}."
        if shows_values(self.drawn_values, self.own.s**2):
            return Finding(name=VALUES, share=share, earned=Half, rule="eigenvalues", said=said)
        matrix = self.own.matrix
        if shows_values(self.drawn_values, np.linalg.svd(matrix - matrix.mean(axis=0), compute_uv=False)):
            return Finding(name=VALUES, share=share, earned=Half, rule="centred", said=said)
        return Finding(name=VALUES, share=share, said=said)

    def principal(self, share: Fraction) -> Finding:
        at_training = {i: self._own_principal() for i, c in enumerate(self.curves) if len(c.x) == len(self.X)}
        both = [clear_of_kinks(curve, self.network) for curve in self.curves if self.is_right and is_over_inputs(curve)]
        tables = {place: principal(self.network, self.true, curve.x) for place, curve in enumerate(both)}
        off_training = any(len(curve.x) != len(self.X) for curve in both)
        if shows_principal(both, tables, self.true.live):
            if self.shown.failure is not None:
                rule = "index-beyond" if getattr(self.shown.failure, "kind", "") == "IndexError" else ""
                said = f"They are drawn, and then it stops. {self.theatre.explained(self.shown.failure)}"
                return Finding(name=PRINCIPAL, share=share, earned=Half, rule=rule, said=said)
            remark = (
                ""
                if off_training
                else (
                    "The principal features are drawn at the training points only. They are functions of x: "
                    "features(X_test) @ vh.T shows them everywhere, with the same vh."
                )
            )
            return Finding(name=PRINCIPAL, share=share, earned=Fraction(1), remark=remark)
        if not self.is_right and shows_principal(self.curves, at_training, self.own.live):
            return Finding(
                name=PRINCIPAL, share=share, earned=Fraction(1), remark="Judged with your own feature matrix."
            )
        if not self.is_right and self._own_elsewhere():
            return Finding(
                name=PRINCIPAL, share=share, earned=Fraction(1), remark="Judged with your own feature matrix."
            )
        return self._wrong_principal(share, at_training)

    def columns(self, x: Array) -> Array | None:
        """The principal features at any x, of the right matrix; of another one at its own points only."""
        if self.is_right:
            return principal(self.network, self.true, x)
        return self._own_principal() if self.given and len(x) == len(self.own.matrix) else None

    def _own_principal(self) -> Array:
        return self.own.matrix @ self.own.vh.T

    def _own_elsewhere(self) -> bool:
        """Whether the curves are the principal features, at their own points, of a matrix that is wrong in a known way."""
        tables = {
            place: table
            for place, curve in enumerate(clear_of_kinks(c, self.network) for c in self.curves)
            if is_over_inputs(curve)
            and (table := own_principal(self.network, self.X, self.own.matrix, curve.x)) is not None
        }
        return shows_principal([clear_of_kinks(curve, self.network) for curve in self.curves], tables, self.own.live)

    def _wrong_principal(self, share: Fraction, at_training: dict[int, Array]) -> Finding:
        rest = [curve for curve in self.curves if not is_spectrum(curve, self.own.s)]
        if not rest:
            return self._nothing(PRINCIPAL, share, "They are not drawn.")
        if shows_principal(self.curves, at_training, self.own.live):
            said = "The values are right, but the horizontal axis is not x."
            return Finding(name=PRINCIPAL, share=share, earned=Half, rule="not-over-x", said=said)
        # Vectors of singular values that are zero are arbitrary: only the very matrix that was decomposed gives them again.
        spectra = [
            self.own,
            *(Spectrum.of(m.values) for m in self.given),
            *(Spectrum.single(m.values) for m in self.given),
        ]
        rule = named_principal(rest, spectra)
        if not rule:
            refit = Spectrum.of(features(self.network, self.X_test))
            table = refit.matrix @ refit.vh.T
            tables = {i: table for i, curve in enumerate(rest) if len(curve.x) == len(self.X_test)}
            rule = "refit" if shows_principal(rest, tables, refit.live) else ""
        kept = {"refit": Half, "left-vectors": Half}.get(rule, Fraction(0))
        said = f"Of {len(rest)} drawn curves, the leading principal features are not all there."
        return Finding(name=PRINCIPAL, share=share, earned=kept, rule=rule, said=said)

    def _nothing(self, name: str, share: Fraction, said: str) -> Finding:
        """What to say where a sub-result is not there: the failure that kept it away, else that it is missing."""
        failure = self.shown.failure
        if set(self.seen.stand_ins) - self.theatre.harmless:
            used = ", ".join(self.seen.stand_ins)
            return Finding(
                name=name, share=share, is_open=True, said=f"It uses {used}, which is not there while grading."
            )
        if failure is None:
            return Finding(name=name, share=share, rule="nothing-drawn" if name != MATRIX else "", said=said)
        rule = ""
        if isinstance(failure, Raised):
            if failure.kind == "IndexError":
                rule = "index-beyond"
            elif "NoneType" in failure.error:
                rule = "no-gradient"
        return Finding(name=name, share=share, rule=rule, said=self.theatre.explained(failure))


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
