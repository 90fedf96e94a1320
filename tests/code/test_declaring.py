"""What an author declares is read, checked at once, and means the same in every place."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import Function, Functions
from autograder.errors import AuthorError
from autograder.functions import Draw, Input, Matches, Zero, matrix_inputs, tolerance
from autograder.functions.columns import as_columns
from autograder.functions.draw import case
from autograder.functions.faults import Fault
from autograder.functions.reading import read
from autograder.functions.signature import parse

ONE = Input(name="any", group="all", make=lambda draw: (draw.normal(2, 3), draw.normal(2)))
SUM = Matches(reference=lambda X, y: X.T @ y)


def declared(**changes):
    basis = {
        "name": "f", "signature": "X: n*d, y: n -> w: d", "about": "The product.", "inputs": (ONE,), "checks": (SUM,),
        "reference": lambda X, y: X.T @ y,
    }  # fmt: skip
    return Function(**{**basis, **changes})


@pytest.mark.parametrize(
    ("signature", "parameters", "results"),
    [
        ("X: n*d, y: n, lam > 0 -> w: d", ["X: (n, d)", "y: (n,)", "lam: a number > 0"], ["w: (d,)"]),
        ("x->y", ["x: a number"], ["y: a number"]),
        ("X: n*3, steps >= 0 -> C: r*n, d: r", ["X: (n, 3)", "steps: a number >= 0"], ["C: (r, n)", "d: (r,)"]),
        ("n -> path: n+1*2", ["n: a number"], ["path: (n+1, 2)"]),
    ],
)
def test_signature(signature, parameters, results):
    """A signature gives names, shapes and domains."""
    found = parse(signature)
    assert [value.describe() for value in found.parameters] == parameters
    assert [value.describe() for value in found.results] == results


@pytest.mark.parametrize(
    "signature", ["X: n*d", "X: n*d -> w -> v", "X: n** -> w", "X; n -> w", " -> w", "X: n-1 -> w"]
)
def test_signature_that_is_none(signature):
    """A signature with a slip is the author's error, said at once with the piece that is meant."""
    with pytest.raises(AuthorError, match="signature"):
        parse(signature)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "f g"}, "cannot be the name of a function"),
        ({"inputs": ()}, "give inputs"),
        ({"inputs": (ONE, ONE)}, "each with a name of its own"),
        ({"checks": ()}, "without checks every answer would be right"),
        ({"shares": {"all": Fraction(1, 2)}}, "must add up to 1"),
        ({"shares": {"other": Fraction(1)}}, "must add up to 1"),
        ({"signature": "X"}, "needs one arrow"),
    ],
)
def test_declaration_with_a_slip(changes, said):
    """What cannot be meant is refused when the question file is loaded."""
    with pytest.raises(AuthorError, match=said):
        declared(**changes)


def test_functions_with_the_same_name():
    """Two functions of a part cannot have one name."""
    with pytest.raises(AuthorError, match="each with a name of its own"):
        Functions(functions=(declared(), declared()))


def test_inputs_that_do_not_fit():
    """Arguments of another shape than declared are the author's error."""
    with pytest.raises(AuthorError, match=r"y: \(n,\) is declared, but an input has the shape \(3,\)"):
        declared().declared.sizes((np.zeros((2, 3)), np.zeros(3)))


SIZES = {"n": 2, "d": 3}
VECTOR, TWO, NUMBER = parse("n -> w: d"), parse("n -> low, high"), parse("n -> eta")


@pytest.mark.parametrize(
    ("value", "signature", "expected"),
    [
        ([1, 2.5, 3], VECTOR, [[1, 2.5, 3]]),
        ((1, 2, 3), VECTOR, [[1, 2, 3]]),
        (np.arange(3), VECTOR, [[0, 1, 2]]),
        ([np.float64(1), np.array(2.0), 3], VECTOR, [[1, 2, 3]]),
        (0.5, NUMBER, [0.5]),
        (np.float64(0.5), NUMBER, [0.5]),
        (np.array(0.5), NUMBER, [0.5]),
        (2, NUMBER, [2]),
        ((0, 0.5), TWO, [0, 0.5]),
        ([0, np.float64(0.5)], TWO, [0, 0.5]),
        (np.array([0, 0.5]), TWO, [0, 0.5]),
    ],
)
def test_read(value, signature, expected):
    """Whatever means the numbers is read as the numbers."""
    found = read(value, signature, SIZES)
    assert found.finding is None
    assert [result.tolist() for result in found.results] == expected


@pytest.mark.parametrize(
    ("value", "signature", "fault", "said"),
    [
        (np.zeros((3, 1)), VECTOR, Fault.SHAPE, "returns shape (3, 1), expected (3,)"),
        (np.zeros((1, 3)), VECTOR, Fault.SHAPE, "returns shape (1, 3), expected (3,)"),
        (0.0, VECTOR, Fault.SHAPE, "returns a number, expected (3,)"),
        ([0.5], NUMBER, Fault.SHAPE, "returns shape (1,), expected a number"),
        (np.array([[0.5]]), NUMBER, Fault.SHAPE, "returns shape (1, 1), expected a number"),
        (0.5, TWO, Fault.TYPE, "returns a number, expected a tuple (low, high)"),
        ((0, 1, 2), TWO, Fault.TYPE, "returns 3 values, expected the 2 (low, high)"),
        ((0, [1]), TWO, Fault.SHAPE, "returns high as shape (1,), expected a number"),
        ((0, None), TWO, Fault.TYPE, "returns high as None, expected numbers"),
        (
            np.array([1, np.nan, np.inf]),
            VECTOR,
            Fault.NOT_FINITE,
            "returns numbers that are not finite (NaN and infinity)",
        ),
        ([10**400, 1, 2], VECTOR, Fault.TYPE, "returns values of type object, expected float64"),
        (True, NUMBER, Fault.TYPE, "returns a truth value, expected numbers"),
        (None, VECTOR, Fault.NOTHING, "returns None; is a `return` missing?"),
    ],
)
def test_not_read(value, signature, fault, said):
    """A value of another form is refused with what came and what was expected."""
    finding = read(value, signature, SIZES).finding
    assert (finding.fault, finding.said) == (fault, said)


def test_a_free_size_holds_for_all_results():
    """A size that only results have is free, but the same in all of them."""
    signature = parse("n -> C: r*n, d: r")
    assert read((np.zeros((7, 2)), np.zeros(7)), signature, SIZES).finding is None
    finding = read((np.zeros((7, 2)), np.zeros(6)), signature, SIZES).finding
    assert finding.said == "returns d as shape (6,), expected (7,)"


@given(st.floats(1, 1e6), st.floats(1e-16, 1e-2))
def test_tolerance_stays_within_its_ends(condition, eps):
    """However the question is conditioned, the bound is neither pedantic nor meaningless."""
    assert tolerance.FINEST <= tolerance.relative(eps, condition) <= tolerance.COARSEST


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5), st.floats(-1e308, 1e308))
def test_bound_comes_from_the_reference_alone(values, huge):
    """The reference is close to itself, NaN to nothing, and a huge answer widens no bound."""
    reference = np.array(values)
    assert tolerance.close(reference, reference, 1e-6)
    assert not tolerance.close(reference * np.nan, reference, 1e-6)
    moved = reference + (3e-6 * np.max(np.abs(reference)) + 1e-9)
    assert not tolerance.close(moved, reference, 1e-6)
    if abs(huge) > 1e7:
        assert not tolerance.close(np.full_like(reference, huge), reference, 1e-6)


def test_empty_arrays_are_not_close():
    """An empty array agrees with nothing, however it would broadcast."""
    assert not tolerance.close(np.empty((0, 1)), np.zeros((0, 1)), 1.0)
    assert not tolerance.close(np.empty((0, 1)), np.zeros(3), 1.0)


def test_zero_is_judged_beside_its_terms():
    """A sum of terms vanishes when it is small beside them, row by row."""
    check = Zero(terms=lambda w: (w, -w + np.array([[0.0], [1e-3]])), says="the sum")
    assert check.objection((np.array([[1.0], [1e6]]),), (), 2e-16) == ""
    assert check.objection((np.array([[1.0], [1.0]]),), (), 2e-16).startswith("the sum is an array of shape (2, 1)")


def test_nothing_is_small_beside_infinity():
    """Terms that overflow give no room, whatever their sum is."""
    check = Zero(terms=lambda w: (1e10 * w, -3.0), says="the sum")
    assert check.objection((np.array([1e300]),), (), 2e-16) == "the sum is [inf], not 0"
    assert check.objection((np.array([3e-10]),), (), 2e-16) == ""


def test_inputs_repeat_and_are_tidy():
    """The same seed gives the same input; published inputs have one decimal."""
    for kind in matrix_inputs(lambda draw, X: (X, draw.normal(len(X)), draw.between(0.1, 2.0))):
        one, again = (case(kind, 5, published=True) for _ in range(2))
        for first, second in zip(one.arguments, again.arguments, strict=True):
            assert np.array_equal(first, second)
        if kind.name not in ("nearly equal columns", "float32"):
            assert np.array_equal(np.round(one.arguments[0], 1), one.arguments[0])
    names = [kind.name for kind in matrix_inputs(lambda draw, X: (X,))]
    assert names == [
        "n > d", "n < d", "n = d", "one row", "one column", "a zero column", "nearly equal columns", "float32", "integers",
    ]  # fmt: skip


def test_copies_of_arguments():
    """Whoever changes what a case hands out does not change the case."""
    one = case(ONE, 1, published=False)
    one.copy()[0][:] = 0
    assert one.arguments[0].any()


def test_as_columns():
    """The declaration with columns has vectors of shape (n, 1), in and out, and judges the same numbers."""
    columns = as_columns(declared(signature="X: n*d, y: n -> w: d", columns=True))
    assert [value.describe() for value in columns.declared.parameters] == ["X: (n, d)", "y: (n, 1)"]
    assert [value.describe() for value in columns.declared.results] == ["w: (d, 1)"]
    X, y = columns.inputs[0].make(Draw(np.random.default_rng(0)))
    assert y.shape == (2, 1)
    (check,) = columns.checks
    assert check.objection((X.T @ y,), (X, y), 2e-16) == ""
    assert check.objection((X.T @ y + 1,), (X, y), 2e-16)
