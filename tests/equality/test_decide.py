"""Deciding scalar formulas: tables of pairs, what evidence says, and what a witness shows."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder.compare import compare
from autograder.equality.decide import decide
from autograder.equality.decision import Evidence, Outcome
from autograder.formula import tree as t
from autograder.formula.declare import declare
from tests.equality.scalar_pairs import PAIRS, Pair
from tests.equality.typed import decided


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.expected} ? {pair.given}"[:70])
@pytest.mark.parametrize("seed", [1, 2])
def test_pairs_get_the_verdict_they_deserve(pair: Pair, seed: int) -> None:
    """Equal, different or undecided as the table says, whatever the seed."""
    assert compare(pair.expected, pair.given, pair.symbols, seed=seed)["verdict"] == pair.verdict


def test_the_table_holds_both_verdicts_in_numbers() -> None:
    """A table of one kind only would pass with a decider that always says the same."""
    verdicts = [pair.verdict for pair in PAIRS]
    assert min(verdicts.count("equal"), verdicts.count("different")) >= 80


@pytest.mark.parametrize(
    ("symbols", "expected", "given", "evidence"),
    [
        ("x, y", "x*y + 1", "1 + y*x", Evidence.STRUCTURAL),
        ("N:int, y:data", "sum(y_i, (i, 1, N))", "sum(y_k, (k, 1, N))", Evidence.STRUCTURAL),
        ("x, y", "a - (b - x)", "x + a - b", Evidence.STRUCTURAL),
        ("x, y", "(x + y)^2", "x^2 + 2 x y + y^2", Evidence.EXACT),
        ("x", "exp(2 x)", "exp(x)^2", Evidence.BALL),
    ],
)
def test_evidence_names_the_strongest_tier(symbols: str, expected: str, given: str, evidence: Evidence) -> None:
    """Order and names are structure, rational identities exact, the rest numerical."""
    decision = decided(f"{symbols}, a, b", expected, given)
    assert (decision.outcome, decision.evidence) == (Outcome.EQUAL, evidence)


def test_matrices_are_never_reordered_as_structure() -> None:
    """The order of a matrix product is not structure."""
    assert decided("A:n*n, B:n*n", "A*B", "B*A").different
    assert decided("A:n*n, B:n*n", "A*B + B*A", "B*A + A*B").evidence is Evidence.STRUCTURAL


def test_a_proof_upgrades_a_numerical_equality() -> None:
    """SymPy is asked only where the numbers already agree or nothing was decided."""
    assert decided("x>0, y>0", "ln(x*y)", "ln(x) + ln(y)", prove=True).evidence is Evidence.PROOF
    assert decided("x, y", "ln(x^2)", "2 ln(x)", prove=True).different
    assert decided("k>=1:int", "sum(i, (i, 1, 10^9))", "10^9 (10^9 + 1)/2", prove=True).evidence is Evidence.PROOF


def test_a_witness_is_a_point_of_the_domain_with_both_values() -> None:
    """The values at the witness can be checked by hand."""
    decision = decided("sigma_l > sigma_s > 0", "1/sigma_l^2", "1/sigma_s^2")
    assert decision.witness is not None
    point = {name: Fraction(value) for name, value in decision.witness.point}
    assert point["sigma_l"] > point["sigma_s"] > 0
    assert Fraction(decision.witness.expected) == 1 / point["sigma_l"] ** 2
    assert Fraction(decision.witness.given) == 1 / point["sigma_s"] ** 2


def test_a_witness_of_sums_shows_the_data() -> None:
    """Data are listed, and their number is one of the values."""
    decision = decided("theta, N:int, y:data", "2/N*sum(theta - y_i)", "1/N*sum(theta - y_i)")
    assert decision.witness is not None
    point = dict(decision.witness.point)
    data = [Fraction(entry) for entry in point["y"].strip("[]").split(",")]
    assert len(data) == int(point["N"])
    assert Fraction(decision.witness.expected) == sum(2 * (Fraction(point["theta"]) - y) for y in data) / len(data)


def test_a_formula_without_value_on_an_open_set_is_different_with_that_reason() -> None:
    """`ln(x)` has no real value for negative `x`, where `ln|x|` has one."""
    decision = decided("x", "ln(abs(x))", "ln(x)")
    assert decision.different
    assert decision.witness is not None
    assert decision.witness.given == "no value"
    assert Fraction(dict(decision.witness.point)["x"]) < 0


@pytest.mark.parametrize(
    ("symbols", "expected", "given"),
    [
        ("x", "x + 1", "(x^2 - 1)/(x - 1)"),
        ("x", "1", "x/x"),
        ("N:int, y:data", "sum(y)", "sum(y)*(N - 3)/(N - 3)"),
        ("t>=0:int, r", "t*r^t", "t^2*r^t/t"),
        ("x", "sin(x)^2 + cos(x)^2", "(x - 1)/(x - 1)"),
    ],
)
def test_isolated_points_without_value_do_not_count(symbols: str, expected: str, given: str) -> None:
    """A removable singularity is no difference."""
    assert decided(symbols, expected, given).equal


def test_existence_that_the_key_needs_is_granted() -> None:
    """Where the key has no value (n < d here), nothing is asked of the answer."""
    symbols = "X:n*d, y:n"
    assert decided(symbols, "inv(X^T X) X^T y", "inv(X^T X) (X^T X) inv(X^T X) X^T y").equal


def test_an_inverse_that_only_the_answer_needs_is_named() -> None:
    """`X^T X` has no inverse where there are fewer rows than columns."""
    decision = decided(
        "X:n*d, y:n, lambda>0", "inv(X^T X + lambda I) X^T y", "inv(X^T X) inv(I + lambda inv(X^T X)) (X^T X) X^T y"
    )
    assert decision.different


def test_an_inverse_that_fails_for_half_of_the_sizes_is_a_difference_though_it_agrees_elsewhere() -> None:
    """`inv(X^T X) X^T X` is `I` only where it exists, and the key exists everywhere."""
    decision = decided("X:n*d", "trace(X^T X)", "trace(X^T X inv(X^T X) X^T X)")
    assert decision.different
    assert decision.witness is not None
    assert "no inverse" in decision.witness.reason


def test_a_variable_that_cancels_is_no_difference() -> None:
    """An unexpected variable counts only where the value depends on it."""
    assert decided("x, q", "x", "x + q - q").equal
    assert decided("x, q", "x", "x + q").different


@pytest.mark.parametrize(
    ("expected", "given", "outcome"),
    [
        ("(x, 2 y)", "(x, y + y)", Outcome.EQUAL),
        ("(x, 2 y)", "(2 y, x)", Outcome.DIFFERENT),
        ("(x, y)", "(x, y, 0)", Outcome.DIFFERENT),
        ("{x, 2 y}", "{y + y, x}", Outcome.EQUAL),
        ("{x, y}", "{x, y + 1}", Outcome.DIFFERENT),
    ],
)
def test_lists_are_compared_item_by_item_and_sets_without_order(expected: str, given: str, outcome: Outcome) -> None:
    """Order matters in a list, not in a set."""
    assert compare(expected, given, "x, y", seed=1)["verdict"] == str(outcome)


def test_a_condition_is_no_value() -> None:
    """The kind of a formula is part of its meaning."""
    x = t.Name("x")
    decision = decide(x, t.Relation((x, t.ZERO), (">",)), declare("x"), seed=1)
    assert (decision.outcome, decision.evidence) == (Outcome.DIFFERENT, Evidence.TYPE)


def test_an_empty_domain_decides_nothing() -> None:
    """Without a point of the domain there is neither equality nor difference."""
    assert decided("y>0, x>y, x<-y", "x", "exp(x)").outcome is Outcome.UNDECIDED


def test_a_domain_of_one_point_is_compared_there_only() -> None:
    """An identity modulo a prime would ignore the bounds."""
    assert decided("1<=x<=1, y", "x y", "x^2 y").equal


def test_bounds_may_use_other_symbols() -> None:
    """`0 < eta < 1/sigma^2` makes `1 - eta sigma^2` positive."""
    assert decided("sigma>0, 0<eta<1/sigma^2", "abs(1 - eta sigma^2)", "1 - eta sigma^2").equal
    assert decided("sigma>0, eta>0", "abs(1 - eta sigma^2)", "1 - eta sigma^2").different


def test_a_free_index_takes_every_place() -> None:
    """`y_i` is neither `y_1` nor `y_N`."""
    table = declare("theta, N:int, y:data", indices=("i",))
    i = t.Name("i")
    first, own = t.Entry("y", (t.ONE,)), t.Entry("y", (i,))
    assert decide(own, first, table, seed=1).different
    assert decide(own, t.Entry("y", (t.Name("N"),)), table, seed=1).different
    assert decide(t.Mul((t.Number(Fraction(2)), own)), t.Add((own, own)), table, seed=1).equal


def test_the_seed_reproduces_a_decision() -> None:
    """The same seed gives the same witness; another one may give another."""
    assert decided("x, y", "x*y", "x + y", seed=5) == decided("x, y", "x*y", "x + y", seed=5)
