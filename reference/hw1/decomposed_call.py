"""5(b): one call of the student's function, its matrix, its singular values and its principal features looked at one by one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from autograder import Half
from autograder.notebooks.figures import Seen
from autograder.notebooks.findings import Finding
from autograder.notebooks.scenes import Shown
from autograder.notebooks.theatre import Theatre
from autograder.notebooks.uses import draws_what_it_returns
from autograder.sandbox import Raised
from reference.hw1.decompositions import (
    Spectrum,
    clear_of_kinks,
    decomposed,
    is_not_transposed,
    is_over_inputs,
    is_product,
    is_spectrum,
    lines_of_nothing,
    named_matrix,
    named_principal,
    own_principal,
    principal,
    same_matrix,
    shows_principal,
)
from reference.hw1.drawn_spectra import (
    scale_of_values,
    shows_logarithms,
    shows_sums,
    shows_values,
    singular_value_curves,
)
from reference.hw1.relu_networks import Array, Network, features

MATRIX, VALUES, PRINCIPAL = "the feature matrix", "the singular values", "the principal features"


class Judge:
    """One call, looked at from three sides."""

    def __init__(self, theatre: Theatre, shown: Shown, network: Network, X: Array, X_test: Array) -> None:
        self.theatre, self.shown, self.network, self.X, self.X_test = theatre, shown, network, X, X_test
        self.seen = seen = shown.seen or Seen()
        self.true = Spectrum.of(features(network, X))
        # Whoever decomposes F'F or FF' has had the feature matrix F.
        products = {m for m in seen.matrices if is_product(m.values, self.true.matrix)}
        self.given = tuple(m for m in decomposed(seen) if m not in products)
        right = [m for m in self.given if same_matrix(m.values, self.true.matrix)]
        self.is_right = bool(right or products)
        # Where the student's own matrix is wrong, what follows is judged against it.
        self.own = self.true if self.is_right or not self.given else Spectrum.of(self.given[0].values)
        self.drawn_values = singular_value_curves(seen, max(self.own.matrix.shape))
        self.curves = [curve for curve in seen.curves if len(curve.x) > 2]

    def matrix(self, share: Fraction) -> Finding:
        """What is said of the matrix that is decomposed."""
        if not self.is_right and not self.given and self._shows_the_right_one():
            self.is_right = True  # decomposed in a way that was not watched
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
        """What is said of the singular values."""
        for spectrum in (self.own, self.true):
            if shows_values(self.drawn_values, spectrum.s):
                return Finding(name=VALUES, share=share, earned=Fraction(1))
        if not self.drawn_values:
            return self._nothing(VALUES, share, "They are not drawn.")
        spectrum = self.own.s
        if shows_logarithms(self.drawn_values, spectrum):
            return Finding(
                name=VALUES, share=share, earned=Fraction(1), remark="The logarithms of the values are drawn."
            )
        scale = scale_of_values(self.drawn_values, spectrum)
        if scale is not None:
            remark = (
                f"The singular values are drawn times {scale:.3g}: how they fall is right, how large they are is lost."
            )
            return Finding(name=VALUES, share=share, earned=Fraction(1), remark=remark)
        said = f"The largest drawn value is {self.drawn_values[0][0]:.4g}."
        squares = spectrum**2
        if shows_values(self.drawn_values, squares) or scale_of_values(self.drawn_values, squares) is not None:
            return Finding(name=VALUES, share=share, earned=Half, rule="eigenvalues", said=said)
        matrix = self.own.matrix
        if shows_values(self.drawn_values, np.linalg.svd(matrix - matrix.mean(axis=0), compute_uv=False)):
            return Finding(name=VALUES, share=share, earned=Half, rule="centred", said=said)
        if shows_sums(self.drawn_values, spectrum):
            said = "These are running sums, which hide how large each value is. Draw the values themselves."
        return Finding(name=VALUES, share=share, said=said)

    def _shows_the_right_one(self) -> bool:
        """Whether what is drawn comes from the right matrix: its singular values, or its principal features."""
        if shows_values(self.drawn_values, self.true.s):
            return True
        curves = [clear_of_kinks(curve, self.network) for curve in self.curves if is_over_inputs(curve)]
        tables = {place: principal(self.network, self.true, curve.x) for place, curve in enumerate(curves)}
        return shows_principal(curves, tables, self.true.live)

    def principal(self, share: Fraction) -> Finding:
        """What is said of the principal features."""
        own = self._own_principal()
        at_training = {i: own for i, c in enumerate(self.curves) if len(c.x) == len(own) == len(self.X)}
        both = [clear_of_kinks(curve, self.network) for curve in self.curves if self.is_right and is_over_inputs(curve)]
        tables = {place: principal(self.network, self.true, curve.x) for place, curve in enumerate(both)}
        off_training = any(len(curve.x) != len(self.X) for curve in both)
        if shows_principal(both, tables, self.true.live):
            if others := lines_of_nothing(both, tables):
                said = f"They are drawn among {others} lines that are no principal features."
                return Finding(name=PRINCIPAL, share=share, is_open=True, said=said)
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
        rule = named_principal(rest, spectra) or "not-transposed" * is_not_transposed(rest, self.own)
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
        if (
            failure is None
            and not self.seen.curves
            and draws_what_it_returns(self.theatre.script, self.shown.scene.function)
        ):
            said = "It draws nothing itself. What it returns is drawn by other cells, which are not run here."
            return Finding(name=name, share=share, is_open=True, said=said)
        if failure is None:
            return Finding(name=name, share=share, rule="nothing-drawn" if name != MATRIX else "", said=said)
        rule = ""
        if isinstance(failure, Raised):
            if failure.kind == "IndexError":
                rule = "index-beyond"
            elif "NoneType" in failure.error:
                rule = "no-gradient"
        return Finding(name=name, share=share, rule=rule, said=self.theatre.explained(failure))
