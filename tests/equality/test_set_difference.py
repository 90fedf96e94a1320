"""In which way a set differs, which bound an answer states, and which slip explains it."""

from __future__ import annotations

import pytest

from autograder.equality.bounds import Direction, Rounding, bound_of
from autograder.equality.diagnosis_of_sets import diagnose_sets
from autograder.equality.edits import Category
from autograder.equality.set_difference import SENTENCES, SetDifference, describe_difference
from autograder.formula.declare import declare
from autograder.formula.read import read
from tests.equality import set_cases as cases

TABLE = declare(cases.SYMBOLS)
LINE = declare("lr")


@pytest.mark.parametrize(
    ("key", "answer", "kind"),
    [
        (cases.STABLE, "eta <= 1/sigma^2", SetDifference.END_INCLUDED),
        (cases.STABLE, "eta < 2/sigma^2", SetDifference.UPPER_LARGE),
        (cases.STABLE, "eta < 1/(2 sigma^2)", SetDifference.UPPER_SMALL),
        (cases.STABLE, "eta < 1/sigma", SetDifference.UPPER),
        (cases.STABLE, "eta > 0", SetDifference.UPPER_MISSING),
        (cases.STABLE, "eta > 1/sigma^2", SetDifference.COMPLEMENT),
        (cases.STABLE, "eta < 1/sigma^2 and eta != 1/(2 sigma^2)", SetDifference.HOLE),
        (cases.STABLE, "1 < 0", SetDifference.EMPTY),
        (cases.STABLE, "eta = 1/sigma^2", SetDifference.POINTS),
        (cases.STABLE, "eta < 1/sigma^2 or eta = 5/sigma^2", SetDifference.STRAY),
        (cases.STABLE, "eta < 1/sigma^2 or eta > 2/sigma^2", SetDifference.OTHER),
        (cases.STABLE, "1/(4 sigma^2) < eta < 1/sigma^2", SetDifference.LOWER_LARGE),
        (cases.STABLE, "eta sigma^2 < 1", None),
        (cases.STABLE, "eta", None),
    ],
)
def test_the_way_in_which_a_set_differs(key: str, answer: str, kind: SetDifference | None) -> None:
    """Strictness, bounds and direction are told apart."""
    assert describe_difference(read(key, TABLE).tree, read(answer, TABLE).tree, "eta", TABLE, seed=2) is kind


@pytest.mark.parametrize(
    ("key", "answer", "kind"),
    [
        ("0 < lr <= 1", "0 < lr < 1", SetDifference.END_MISSING),
        ("0 < lr < 1", "lr < 1", SetDifference.LOWER_MISSING),
        ("0 < lr < 1", "-1 < lr < 1", SetDifference.LOWER_SMALL),
        ("0 < lr < 1", "-1 < lr < 2", SetDifference.OTHER),
    ],
)
def test_lower_ends_count_where_no_domain_gives_them(key: str, answer: str, kind: SetDifference) -> None:
    """Without a declared domain the lower end is compared like the upper one."""
    assert describe_difference(read(key, LINE).tree, read(answer, LINE).tree, "lr", LINE, seed=2) is kind


def test_lower_bounds_that_cross_are_just_other_ones() -> None:
    """A lower bound that is larger at some points and smaller at others is another one."""
    table = declare("lr, a > 0")
    key, answer = read("a < lr < 10^9", table).tree, read("a^2 < lr < 10^9", table).tree
    assert describe_difference(key, answer, "lr", table, seed=2) is SetDifference.LOWER


def test_a_bound_beyond_the_range_is_too_large_and_not_missing() -> None:
    """A stated upper bound that lies beyond the range that is asked is not told to be missing."""
    within = read(cases.STABLE_RANGE, TABLE).tree
    key, answer = read(cases.FASTER, TABLE).tree, read("eta < 1/sigma_l^2", TABLE).tree
    assert describe_difference(key, answer, "eta", TABLE, seed=2, within=within) is SetDifference.UPPER_LARGE


def test_every_kind_has_a_sentence() -> None:
    """What a student is told exists for every kind; only "another set" says nothing."""
    assert set(SENTENCES) == set(SetDifference)
    assert [kind for kind, sentence in SENTENCES.items() if not sentence] == [SetDifference.OTHER]


@pytest.mark.parametrize(
    ("answer", "category"),
    [
        ("eta < 2/sigma^2", Category.CONSTANT_FACTOR),
        ("eta < 1/(2 sigma^2)", Category.CONSTANT_FACTOR),
        ("1/sigma", Category.SQUARE),
        ("eta <= 1/sigma^2", Category.STRICTNESS),
        ("eta > 1/sigma^2", Category.DIRECTION),
        ("eta > 0", Category.ONE_BOUND),
        ("eta < 1", Category.MISSING_VARIABLE),
        ("eta < 1/(b sigma^2)", Category.SYMBOL_FACTOR),
        ("eta < 1/(sigma^2 + 1)", Category.BOUND),
        ("eta < 1/sqrt(sigma^4)", None),
        ("0 < eta < 1/(2 sigma^2) or eta > 3", None),
    ],
)
def test_slips_in_a_range(answer: str, category: Category | None) -> None:
    """The wrong answers of row 25 are named by their slip; right ones and wild ones are not."""
    key = read(cases.STABLE, TABLE).tree
    found = diagnose_sets(key, read(answer, TABLE).tree, "eta", TABLE, seed=4)
    assert (found.category if found else None) is category


@pytest.mark.parametrize(
    ("key", "answer", "category"),
    [
        (cases.SLOWEST, "1/sigma_s^2", Category.BOUND),
        (cases.SLOWEST, "2/sigma_l^2", Category.CONSTANT_FACTOR),
        (cases.FASTER, "1/(sigma_l + sigma_s)", Category.SQUARE),
        (cases.FASTER, "1/(sigma_l^2 - sigma_s^2)", Category.TERM_SIGN),
        (cases.FASTER, "1 - 2 eta sigma_l^2 < abs(1 - 2 eta sigma_s^2)", Category.ONE_BOUND),
        (cases.LARGEST, "2/smax^2", Category.CONSTANT_FACTOR),
        (cases.NOISY, "1/(x^2 + sigma^2)", Category.CONSTANT_FACTOR),
        (cases.NOISY, "2/x^2", Category.MISSING_VARIABLE),
        (cases.NOISY, "2/(x^2 + sigma)", Category.SQUARE),
    ],
)
def test_slips_in_other_ranges(key: str, answer: str, category: Category) -> None:
    """The wrong answers of rows 29, 30, 34 and 52 are named by their slip."""
    found = diagnose_sets(read(key, TABLE).tree, read(answer, TABLE).tree, "eta", TABLE, seed=4)
    assert found is not None
    assert found.category is category
    assert found.sentence


STEPS = declare("t: int, 0 < epsilon < 1, r > 0")


@pytest.mark.parametrize(
    ("answer", "direction", "strict", "rounding"),
    [
        ("t >= ln(epsilon)", Direction.LOWER, False, Rounding.NONE),
        ("t in [ln(epsilon), oo)", Direction.LOWER, False, Rounding.NONE),
        ("t in (ln(epsilon), oo)", Direction.LOWER, True, Rounding.NONE),
        ("max(1, ceil(ln(epsilon)))", Direction.UNSAID, False, Rounding.UP),
        ("t > ln(epsilon)", Direction.LOWER, True, Rounding.NONE),
        ("ln(epsilon) <= t", Direction.LOWER, False, Rounding.NONE),
        ("t <= ln(epsilon)", Direction.UPPER, False, Rounding.NONE),
        ("t = ceil(ln(epsilon))", Direction.EXACT, False, Rounding.UP),
        ("ceil(ln(epsilon))", Direction.UNSAID, False, Rounding.UP),
        ("ln(epsilon)", Direction.UNSAID, False, Rounding.NONE),
        ("floor(ln(epsilon)) + 1", Direction.UNSAID, False, Rounding.BEYOND),
        ("1 + floor(ln(epsilon))", Direction.UNSAID, False, Rounding.BEYOND),
        ("t >= floor(ln(epsilon))", Direction.LOWER, False, Rounding.DOWN),
        ("t > -floor(-ln(epsilon))", Direction.LOWER, True, Rounding.UP),
        ("t >= 0 and t >= ln(epsilon)", Direction.LOWER, False, Rounding.NONE),
    ],
)
def test_the_bound_that_an_answer_states(
    answer: str, direction: Direction, *, strict: bool, rounding: Rounding
) -> None:
    """Direction, strictness and rounding are taken off; the bare bound is left (row 27)."""
    bound = bound_of(read(answer, STEPS).tree, "t")
    assert bound is not None
    assert bound.expression == read("ln(epsilon)", STEPS).tree
    assert (bound.direction, bound.strict, bound.rounding) == (direction, strict, rounding)


@pytest.mark.parametrize("answer", ["t ln(r) <= ln(epsilon)", "t^2", "0 < t < r", "t != r", "t >= r and t <= epsilon"])
def test_other_forms_state_no_single_bound(answer: str) -> None:
    """What does not have the variable alone on one side is left to the comparison of sets."""
    assert bound_of(read(answer, STEPS).tree, "t") is None
