"""Planted slips are found by undoing them, and told without the key."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder.equality.decide import decide
from autograder.equality.decision import Decision, Outcome
from autograder.equality.diagnosis import SENTENCES, Diagnosis, diagnose, worth_telling
from autograder.equality.edits import Category, edits
from autograder.equality.sieve import ratio
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.formula.shapes import elaborate
from autograder.formula.tree import Node
from autograder.symbols import SymbolTable


def trees(symbols: str, key: str, answer: str) -> tuple[Node, Node, SymbolTable]:
    table = declare(symbols)
    expected, shape = elaborate(read(key, table).tree, table)
    given, _ = elaborate(read(answer, table).tree, table, text=answer, expected=shape)
    return expected, given, table


def find(symbols: str, key: str, answer: str, seed: int = 5) -> Diagnosis | None:
    expected, given, table = trees(symbols, key, answer)
    assert decide(expected, given, table, seed=1).different
    return diagnose(expected, given, table, decide=decide, seed=seed)


PATH = ("t: positive int, eta > 0, sigma > 0, y", "y/sigma (1 - (1 - 2 eta sigma^2)^t)")
COUNT = ("0 < epsilon < 1, sigma > 0, 0 < eta < 1/sigma^2", "ln(epsilon)/ln(abs(1 - 2 eta sigma^2))")
BEST = ("sigma_l > sigma_s > 0", "1/(sigma_l^2 + sigma_s^2)")
RATE = ("sigma_l > sigma_s > 0", "(sigma_l^2 - sigma_s^2)/(sigma_l^2 + sigma_s^2)")
MINIMISER = (
    "W1: k*m, A: m*n, b: m, W2: p*n, c: n",
    "(A^T W1^T W1 A + W2^T W2)^-1 (A^T W1^T W1 b + W2^T W2 c)",
)
SQUARE = ("W2: n*n, A: n*n, b: n", "(A^T A + W2^T W2)^-1 A^T b")
COVARIANCE = ("X: n*d, lambda > 0", "X X^T + lambda I")
OBJECTIVE = ("X: m*n, y: m, w: n, sigma > 0", "norm(X w - y)^2 + m sigma^2 norm(w)^2")
NOISE = ("m: int, n: int, sigma > 0", "sigma^2")
RIDGE = ("X: m*n, y: m, sigma > 0", "(X^T X + m sigma^2 I)^-1 X^T y")
MEAN = ("Ew, x, y, sigma > 0, eta > 0", "(1 - eta (x^2 + sigma^2)) Ew + eta x y")
LIMIT = ("x, y, sigma > 0", "x y/(x^2 + sigma^2)")
SLOPE = ("theta, y: data, x: data", "2/N*sum((theta*x[i] - y[i])*x[i], i=1..N)")
STEP = ("theta, y: data, alpha > 0", "theta - 2 alpha/N*sum(theta - y[i], i=1..N)")

PLANTED = [
    # rows 26 and 27
    (*PATH, "y/sigma (1 - (1 - 2 eta sigma^2)^(t+1))", Category.EXPONENT),
    (*PATH, "y/sigma (1 - (1 - eta sigma^2)^t)", Category.RESCALED),
    (*PATH, "y/sigma (1 - (1 - 2 eta sigma)^t)", Category.SQUARE),
    (*PATH, "y/sigma (1 + (1 - 2 eta sigma^2)^t)", Category.TERM_SIGN),
    (*PATH, "-y/sigma (1 - (1 - 2 eta sigma^2)^t)", Category.SIGN),
    (*PATH, "2 y/sigma (1 - (1 - 2 eta sigma^2)^t)", Category.CONSTANT_FACTOR),
    (*PATH, "y (1 - (1 - 2 eta sigma^2)^t)", Category.SYMBOL_FACTOR),
    (*PATH, "sigma/y (1 - (1 - 2 eta sigma^2)^t)", Category.RATIO),
    (*COUNT, "ln(abs(1 - 2 eta sigma^2))/ln(epsilon)", Category.RATIO),
    (*COUNT, "ln(epsilon)/ln(1 - 2 eta sigma^2)", Category.ABSOLUTE),
    (*COUNT, "-ln(epsilon)/ln(abs(1 - 2 eta sigma^2))", Category.SIGN),
    (*COUNT, "ln(epsilon)/ln(abs(1 - eta sigma^2))", Category.RESCALED),
    # rows 31 and 32
    (*BEST, "2/(sigma_l^2 + sigma_s^2)", Category.CONSTANT_FACTOR),
    (*BEST, "1/(2 sigma_l^2)", Category.MISSING_VARIABLE),
    (*BEST, "1/sigma_l^2", Category.MISSING_VARIABLE),
    (*BEST, "1/(2 sigma_s^2)", Category.MISSING_VARIABLE),
    (*BEST, "1/(sigma_l^2 - sigma_s^2)", Category.TERM_SIGN),
    (*BEST, "1/(sigma_l + sigma_s)", Category.SQUARE),
    (*BEST, "sigma_l^2 + sigma_s^2", Category.RATIO),
    (*BEST, "1/sqrt(sigma_l^2 + sigma_s^2)", Category.ROOT),
    (*RATE, "(sigma_l - sigma_s)/(sigma_l + sigma_s)", Category.SQUARE),
    (*RATE, "(sigma_l^2 + sigma_s^2)/(sigma_l^2 - sigma_s^2)", Category.RATIO),
    # rows 37 and 38
    (*MINIMISER, "(A^T W1^T W1 A + W2^T W2)^-1 A^T W1^T W1 b", Category.MISSING_VARIABLE),
    (*MINIMISER, "(A^T A + W2^T W2)^-1 A^T b", Category.MISSING_VARIABLE),
    (*MINIMISER, "(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)", Category.INVERSE),
    (*MINIMISER, "(A^T W1^T W1 A + W2^T W2)^-1 (A^T W1^T W1 b - W2^T W2 c)", Category.TERM_SIGN),
    (*MINIMISER, "2 (A^T W1^T W1 A + W2^T W2)^-1 (A^T W1^T W1 b + W2^T W2 c)", Category.CONSTANT_FACTOR),
    (*MINIMISER, "(A^T W1^T W1 A + 2 W2^T W2)^-1 (A^T W1^T W1 b + W2^T W2 c)", Category.TERM_FACTOR),
    (*SQUARE, "(A^T A + W2)^-1 A^T b", Category.GRAM),
    (*SQUARE, "(A^T A + W2^T W2)^-1 A b", Category.FACTOR_TRANSPOSE),
    (*SQUARE, "(A A^T + W2^T W2)^-1 A^T b", Category.ORDER),
    (*SQUARE, "A^T (A^T A + W2^T W2)^-1 b", Category.ORDER),
    (*SQUARE, "(A^T A + W2^T W2) A^T b", Category.INVERSE),
    ("A: n*n, B: n*n", "A B", "B^T A^T", Category.TRANSPOSE),
    ("A: n*n, B: n*n", "A B", "B A", Category.ORDER),
    ("A: n*n, B: n*n", "A^-1 B", "A B", Category.INVERSE),
    ("A: n*n, b: n", "A b", "A^T A b", Category.GRAM),
    # rows 43 and 44
    (*COVARIANCE, "X X^T + I", Category.TERM_FACTOR),
    (*COVARIANCE, "X X^T + lambda^2 I", Category.SQUARE),
    (*COVARIANCE, "X X^T + sqrt(lambda) I", Category.ROOT),
    (*COVARIANCE, "X X^T - lambda I", Category.TERM_SIGN),
    ("X: n*d, lambda > 0", "X^T", "lambda X^T", Category.SYMBOL_FACTOR),
    # row 47
    ("X: n*d, y: n, w: d, lambda > 0", "lambda norm(w)^2", "sqrt(lambda) norm(w)^2", Category.ROOT),
    # row 48
    (*NOISE, "m sigma^2", Category.SYMBOL_FACTOR),
    (*NOISE, "n sigma^2", Category.SYMBOL_FACTOR),
    (*NOISE, "sigma^2/m", Category.SYMBOL_FACTOR),
    (*NOISE, "2 m sigma^2", Category.SYMBOL_FACTOR),
    (*NOISE, "sigma", Category.SQUARE),
    (*NOISE, "2 sigma^2", Category.CONSTANT_FACTOR),
    # rows 49 and 50
    (*OBJECTIVE, "norm(X w - y)^2 + sigma^2 norm(w)^2", Category.TERM_FACTOR),
    (*OBJECTIVE, "norm(X w - y)^2 + n sigma^2 norm(w)^2", Category.UNEXPECTED_VARIABLE),
    (*OBJECTIVE, "norm(X w - y) + m sigma^2 norm(w)^2", Category.SQUARE),
    (*OBJECTIVE, "norm(X w - y)^2 + m sigma norm(w)^2", Category.SQUARE),
    (*RIDGE, "(X^T X + sigma^2 I)^-1 X^T y", Category.TERM_FACTOR),
    (*RIDGE, "(X^T X + m sigma I)^-1 X^T y", Category.SQUARE),
    # rows 51 to 53
    (*MEAN, "(1 - 2 eta (x^2 + sigma^2)) Ew + 2 eta x y", Category.RESCALED),
    (*MEAN, "(1 - eta x^2) Ew + eta x y", Category.MISSING_VARIABLE),
    (*MEAN, "(1 - eta (x^2 + sigma)) Ew + eta x y", Category.SQUARE),
    (*MEAN, "(1 - eta (x^2 + sigma^2)) Ew - eta x y", Category.TERM_SIGN),
    (*LIMIT, "y/x", Category.MISSING_VARIABLE),
    (*LIMIT, "x y/(x^2 + 2 sigma^2)", Category.TERM_FACTOR),
    (*LIMIT, "y/(x^2 + sigma^2)", Category.SYMBOL_FACTOR),
    # rows 3, 5 and 7
    (*SLOPE, "2/N*sum(theta*x[i] - y[i], i=1..N)", Category.SUMMAND_FACTOR),
    (*SLOPE, "2/N*sum((y[i] - theta*x[i])*x[i], i=1..N)", Category.SIGN),
    (*SLOPE, "1/N*sum((theta*x[i] - y[i])*x[i], i=1..N)", Category.CONSTANT_FACTOR),
    (*SLOPE, "2*sum((theta*x[i] - y[i])*x[i], i=1..N)", Category.SYMBOL_FACTOR),
    (*SLOPE, "2/N*sum((theta*x[i] - y[i])*x[i]^2, i=1..N)", Category.EXPONENT),
    (*STEP, "theta + 2 alpha/N*sum(theta - y[i], i=1..N)", Category.TERM_SIGN),
    (*STEP, "theta - alpha/N*sum(theta - y[i], i=1..N)", Category.RESCALED),
]


@pytest.mark.parametrize(("symbols", "key", "answer", "category"), PLANTED)
def test_planted_slips_are_found(symbols: str, key: str, answer: str, category: Category) -> None:
    """The wrong answers of the course's inventory are named by the slip that was made."""
    found = find(symbols, key, answer)
    assert found is not None
    assert found.category is category
    assert found.sentence.endswith((".", "?"))
    assert key not in found.sentence


def test_an_identity_of_the_wrong_size_is_found() -> None:
    """Where two sizes are both possible a wrong one is named; the trace shows it without a clash of shapes."""
    found = find("X: n*d, lambda > 0", "trace(X^T X) + lambda trace(I_d)", "trace(X^T X) + lambda trace(I_n)")
    assert found is not None
    assert found.category is Category.IDENTITY


def test_the_symbol_concerned_is_named() -> None:
    """A factor, a square and a missing variable name their symbol, and nothing of the key."""
    factor, square = find(*NOISE, "m sigma^2"), find(*NOISE, "sigma")
    missing, term = find(*MEAN, "(1 - eta x^2) Ew + eta x y"), find(*RIDGE, "(X^T X + sigma^2 I)^-1 X^T y")
    assert factor is not None
    assert factor.sentence == "Right up to a factor that depends on m alone."
    assert square is not None
    assert square.sentence == "Look at sigma again: is the square meant, or not?"
    assert missing is not None
    assert missing.sentence == "Something that matters does not occur: sigma."
    assert term is not None
    assert (term.sentence, term.closer) == ("One term is off by a factor.", "One term is off by a factor of m.")


def test_the_place_is_given_in_the_students_text() -> None:
    """The span points at the piece with the slip."""
    answer = "(A^T A - W2^T W2)^-1 A^T b"
    found = find(*SQUARE, answer)
    assert found is not None
    assert found.span is not None
    assert "W2^T W2" in answer[slice(*found.span)]


@pytest.mark.parametrize(
    ("symbols", "key", "answer"),
    [
        (*NOISE, "5"),
        (*NOISE, "m"),
        (*PATH, "eta + 7 sigma y^t"),
        (*BEST, "(1/sigma_l^2 + 1/sigma_s^2)/2"),
        (*RATE, "1 - 2 sigma_s^2/sigma_l^2"),
        ("x", "x^2 + 1", " + ".join(f"x^{power}" for power in range(2, 60))),
    ],
)
def test_what_no_single_slip_explains_is_left_alone(symbols: str, key: str, answer: str) -> None:
    """A guess, another formula and an endless one get no diagnosis."""
    assert find(symbols, key, answer) is None


def test_a_formula_without_a_symbol_of_the_key_tells_nothing() -> None:
    """Every number is "right up to a factor": that would tell the key."""
    expected, given, _ = trees("sigma > 0, m: int", "sigma^2", "3 m")
    assert not worth_telling(expected, given)


def test_a_formula_that_has_no_value_gets_no_diagnosis() -> None:
    """Where the student's formula cannot be evaluated there is nothing to compare."""
    expected, given, table = trees("x, y", "x", "y/(x - x)")
    assert diagnose(expected, given, table, decide=decide, seed=3) is None


def test_the_decision_has_the_last_word() -> None:
    """A candidate that the full decision does not confirm is not told."""

    def doubtful(*_: object, seed: int) -> Decision:
        return Decision(outcome=Outcome.UNDECIDED, seed=seed)

    expected, given, table = trees(*NOISE, "2 sigma^2")
    assert diagnose(expected, given, table, decide=doubtful, seed=3) is None


@pytest.mark.parametrize("seed", range(6))
def test_the_seed_does_not_matter(seed: int) -> None:
    """Whatever the points, the same slip is found."""
    for symbols, key, answer, category in PLANTED[::7]:
        found = find(symbols, key, answer, seed)
        assert found is not None
        assert found.category is category


def test_a_symbol_that_occurs_is_not_called_absent() -> None:
    """A formula may be flat in a symbol that it contains."""
    expected, given, table = trees("0 < epsilon < 1, y", "y - ln(epsilon)", "y + max(2, -epsilon)")
    assert diagnose(expected, given, table, decide=decide, seed=3) is None


def test_every_category_has_a_sentence() -> None:
    """What a student is told exists for every category."""
    assert set(SENTENCES) == set(Category)


def test_edits_never_return_the_formula_itself() -> None:
    """An edit changes something; a symbol that is held fixed stays."""
    table = declare("eta > 0, sigma > 0")
    tree = read("eta sigma^2 + sqrt(eta)", table).tree
    found = list(edits(tree, table, fixed="eta"))
    assert all(edit.tree != tree for edit in found)
    assert all(edit.about != "eta" for edit in found if edit.category is Category.SQUARE)


def test_ratios_need_one_number_for_all_entries() -> None:
    """A matrix has a ratio to another only where all entries have the same one."""
    assert ratio([Fraction(2), Fraction(4), Fraction(0)], [Fraction(1), Fraction(2), Fraction(0)]) == 2
    assert ratio([Fraction(2), Fraction(4)], [Fraction(1), Fraction(3)]) is None
    assert ratio([Fraction(2), Fraction(0)], [Fraction(1), Fraction(1)]) is None
    assert ratio([Fraction(2)], [Fraction(1), Fraction(2)]) is None
