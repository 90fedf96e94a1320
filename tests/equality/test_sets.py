"""Two sets of values of one variable: the same or not."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.equality.decision import Decision, Evidence
from autograder.equality.sets import decide_sets
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.symbols import SymbolTable
from tests.equality import set_cases as cases

TABLE = declare(cases.SYMBOLS)
LINE = declare("lr")
STEPS = declare("t: int, 0 < epsilon < 1, 0 < r < 1")


def compare(key: str, answer: str, variable: str, table: SymbolTable = TABLE, within: str | None = None) -> Decision:
    limit = None if within is None else read(within, table).tree
    return decide_sets(read(key, table).tree, read(answer, table).tree, variable, table, seed=7, within=limit)


def _variable(key: str) -> str:
    return "tau" if "tau" in key else "eta"


@pytest.mark.parametrize(("key", "answer"), cases.EQUAL)
def test_other_forms_of_a_set_are_the_same_set(key: str, answer: str) -> None:
    """Every spelling and equivalent form of a set counts, in both directions."""
    assert compare(key, answer, _variable(key)).equal
    assert compare(answer, key, _variable(key)).equal


@pytest.mark.parametrize(("key", "answer"), cases.DIFFERENT)
def test_other_sets_are_different(key: str, answer: str) -> None:
    """A set that differs anywhere, be it in a single point, is different, with a witness."""
    decision = compare(key, answer, _variable(key))
    assert decision.different
    assert decision.witness is not None
    assert decision.witness.point
    assert compare(answer, key, _variable(key)).different


@pytest.mark.parametrize("answer", cases.FASTER_EQUAL)
def test_within_a_range_only_that_range_counts(answer: str) -> None:
    """What a set says beyond the range in which it is asked changes nothing."""
    assert compare(cases.FASTER, answer, "eta", within=cases.STABLE_RANGE).equal


@pytest.mark.parametrize("answer", cases.FASTER_DIFFERENT)
def test_within_a_range_differences_inside_it_count(answer: str) -> None:
    """Sets that differ inside the range in which they are asked are different."""
    assert compare(cases.FASTER, answer, "eta", within=cases.STABLE_RANGE).different


@pytest.mark.parametrize(("key", "answer"), cases.LINE_EQUAL)
def test_sets_on_the_whole_line(key: str, answer: str) -> None:
    """Without parameters and a domain the comparison covers the whole line."""
    assert compare(key, answer, "lr", LINE).equal


@pytest.mark.parametrize(("key", "answer"), cases.LINE_DIFFERENT)
def test_different_sets_on_the_whole_line(key: str, answer: str) -> None:
    """Ends, holes and irrational boundaries are compared too."""
    assert compare(key, answer, "lr", LINE).different


@pytest.mark.parametrize(
    ("answer", "same"),
    [
        ("r^t <= epsilon", True),
        ("t ln(1/r) >= ln(1/epsilon)", True),
        ("t >= ceil(ln(epsilon)/ln(r))", True),
        ("t > ceil(ln(epsilon)/ln(r)) - 1", True),
        ("t <= ln(epsilon)/ln(r)", False),
        ("t >= ln(1 - epsilon)/ln(r)", False),
        ("t >= ln(epsilon)/ln(r) + 1", False),
        ("t >= ln(r)/ln(epsilon)", False),
        ("t >= floor(ln(epsilon)/ln(r))", False),
    ],
)
def test_of_an_integer_only_integers_count(answer: str, *, same: bool) -> None:
    """Rounding a bound up changes nothing for a whole number of steps; rounding down does."""
    decision = compare("t >= ln(epsilon)/ln(r)", answer, "t", STEPS)
    assert (decision.equal, decision.different) == (same, not same)


def test_without_parameters_equality_is_exact() -> None:
    """With rational boundaries and no parameters nothing was sampled, and the evidence says so."""
    assert compare("0 < lr < 1", "lr^2 < lr", "lr", LINE).evidence is Evidence.EXACT


def test_with_parameters_equality_is_sampled() -> None:
    """Parameters are sampled, and the evidence says so."""
    assert compare("eta < 1/sigma^2", "eta sigma^2 < 1", "eta").evidence is Evidence.SAMPLED


def test_a_witness_names_the_side_and_the_end() -> None:
    """The witness says which set has the value, and that it is an end."""
    witness = compare("0 < lr < 1", "0 < lr <= 1", "lr", LINE).witness
    assert witness is not None
    assert witness.point == (("lr", "1"),)
    assert witness.reason == "an end of the range, lr = 1, belongs to only your set"
    assert (witness.expected, witness.given) == ("does not belong", "belongs")


@pytest.mark.parametrize("answer", ["eta", "2 eta + 1", "(1, 2, 3)", "[1, 2, 3]"])
def test_what_is_no_set_is_different_by_type(answer: str) -> None:
    """An expression in the variable itself, or a list of three numbers, is no set of its values."""
    decision = compare(cases.STABLE, answer, "eta")
    assert decision.different
    assert decision.evidence is Evidence.TYPE


@pytest.mark.parametrize("answer", ["eta < y[1]", "9^9^9^9 > eta", " and ".join(f"ln(eta) < {k}" for k in range(20))])
def test_what_cannot_be_evaluated_is_undecided(answer: str) -> None:
    """Data, and numbers beyond any budget, are left to a person."""
    table = declare("eta > 0, y: data")
    decision = compare("eta < 3", answer, "eta", table)
    assert not decision.equal
    assert not decision.different
    assert decision.reason


def test_an_empty_domain_is_undecided() -> None:
    """Declarations that no number satisfies decide nothing."""
    table = declare("eta > 0, b > 3, b < a < 2")
    assert compare("eta < a", "eta < 2 a", "eta", table).reason.startswith("no values of the parameters")


ENDS = st.fractions(min_value=-5, max_value=5, max_denominator=6)
PIECES = st.lists(st.tuples(ENDS, ENDS, st.booleans(), st.booleans()), min_size=1, max_size=3)


def _as_intervals(pieces: list[tuple[Fraction, Fraction, bool, bool]]) -> str:
    texts = [f"{'[' if left else '('}{low}, {high}{']' if right else ')'}" for low, high, left, right in pieces]
    return " ∪ ".join(texts)


def _as_conditions(pieces: list[tuple[Fraction, Fraction, bool, bool]]) -> str:
    texts = [
        f"not (lr {'<' if left else '<='} {low} or ({high} - lr) {'<' if right else '<='} 0)"
        for low, high, left, right in pieces
    ]
    return " or ".join(texts)


def _contains(pieces: list[tuple[Fraction, Fraction, bool, bool]], value: Fraction) -> bool:
    return any(
        (low < value or (left and low == value)) and (value < high or (right and value == high))
        for low, high, left, right in pieces
    )


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_unions_agree_with_their_conditions(pieces: list[tuple[Fraction, Fraction, bool, bool]]) -> None:
    """A union of intervals is the same set when it is spelled out in negated inequalities."""
    assert compare(_as_intervals(pieces), _as_conditions(pieces), "lr", LINE).equal


@settings(max_examples=60, deadline=None)
@given(PIECES, PIECES)
def test_unions_agree_with_plain_membership(
    one: list[tuple[Fraction, Fraction, bool, bool]], two: list[tuple[Fraction, Fraction, bool, bool]]
) -> None:
    """Two unions are equal exactly when membership agrees at all ends and between them."""
    ends = sorted({end for low, high, _, _ in (*one, *two) for end in (low, high)})
    tests = [*ends, *((a + b) / 2 for a, b in pairwise(ends))]
    same = all(_contains(one, value) == _contains(two, value) for value in tests)
    decision = compare(_as_intervals(one), _as_intervals(two), "lr", LINE)
    assert (decision.equal, decision.different) == (same, not same)
