"""Deciding matrix formulas of unspecified shape."""

from __future__ import annotations

import pytest

from autograder.compare import compare
from autograder.equality.decision import Evidence
from tests.equality.matrix_pairs import PAIRS, Pair
from tests.equality.typed import decided


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.family}: {pair.expected} ? {pair.given}"[:80])
def test_pairs_get_the_verdict_they_deserve(pair: Pair) -> None:
    """Equal or different as the table says; never undecided."""
    verdict = compare(pair.expected, pair.given, pair.symbols, seed=3)["verdict"]
    assert verdict == ("equal" if pair.equal else "different")


def test_the_table_is_large_and_balanced() -> None:
    """At least 150 pairs, both verdicts in numbers."""
    equal = sum(pair.equal for pair in PAIRS)
    assert len(PAIRS) >= 150
    assert min(equal, len(PAIRS) - equal) >= 60


@pytest.mark.parametrize("pair", PAIRS[::9], ids=lambda pair: f"{pair.expected} ? {pair.given}"[:80])
def test_pairs_get_the_same_verdict_without_flint(pair: Pair) -> None:
    """The pure-Python arithmetic decides alike."""
    decision = decided(pair.symbols, pair.expected, pair.given, pure=True)
    assert decision.equal is pair.equal
    assert decision.different is not pair.equal


def test_orthogonal_matrices_of_both_determinants_are_sampled() -> None:
    """Cayley's transform alone would never give determinant -1."""
    assert decided("Q:orthogonal n*n", "det(Q)", "1").different
    assert decided("Q:orthogonal n*n", "det(Q)", "-1").different
    assert decided("Q:orthogonal n*n", "det(Q)^2", "1").equal


def test_shapes_that_differ_are_a_difference_of_type() -> None:
    """A row is not the column that is asked."""
    row = compare("X^T y", "y^T X", "X:n*d, y:n", seed=1)
    assert (row["verdict"], row["evidence"]) == ("different", str(Evidence.TYPE))


def test_sizes_that_agree_only_by_accident_are_not_accepted() -> None:
    """`X X` does not exist, and neither does `X^T X + I_n`, even if n = d would make sense of both."""
    assert compare("X^T X", "X X", "X:n*d", seed=1)["verdict"] == "different"
    assert compare("X^T X + eye(d)", "X^T X + eye(n)", "X:n*d", seed=1)["verdict"] == "different"


def test_the_witness_of_matrices_shows_small_matrices() -> None:
    """Sizes and entries of a difference are small enough to check."""
    decision = decided("A:n*n, B:n*n", "A*B", "B*A")
    assert decision.witness is not None
    point = dict(decision.witness.point)
    assert 2 <= int(point["n"]) <= 4
    assert point["A"].startswith("[[")


def test_a_size_may_stand_in_a_formula() -> None:
    """The number of rows is a number like others, and not the number of columns."""
    assert decided("X:m*n, sigma>0", "trace(X X^T + m sigma^2 I)", "trace(X^T X) + m^2 sigma^2").equal
    assert decided("X:m*n, sigma>0", "trace(X X^T + m sigma^2 I)", "trace(X^T X) + m n sigma^2").different


def test_norms_are_decided_by_balls_and_their_squares_exactly() -> None:
    """A norm is a square root; its square is rational."""
    symbols = "x:n, y:n"
    assert decided(symbols, "norm(x - y)^2", "x^T x - 2 x^T y + y^T y").evidence is Evidence.EXACT
    assert decided(symbols, "norm(x - y)", "sqrt(x^T x - 2 x^T y + y^T y)").evidence is Evidence.BALL
    assert decided(symbols, "norm(x - y)", "norm(x) - norm(y)").different


def test_eigenvalues_below_one_are_sampled() -> None:
    """A positive definite matrix may be as small as one likes."""
    assert decided("P:positive definite n*n", "max(1, trace(P))", "trace(P)").different
    assert decided("P:positive definite n*n", "max(0, trace(P))", "trace(P)").equal
