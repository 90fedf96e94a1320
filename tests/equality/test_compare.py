"""The verb `compare`: one pair, or rows."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from autograder.compare import compare, compare_lines, compare_within
from autograder.errors import AuthorError


def test_a_decision_is_one_flat_strict_object() -> None:
    """Verdict, evidence, witness, reason, seed and time, and nothing else."""
    row = compare("x + y", "x - y", seed=4)
    assert set(row) == {"verdict", "evidence", "witness", "reason", "seed", "ms"}
    assert set(row["witness"]) == {"point", "expected", "given", "reason"}
    assert json.loads(json.dumps(row, allow_nan=False)) == row


def test_unreadable_text_is_shown_with_its_place_and_repair() -> None:
    """Cause, offset and repair, in the given text."""
    row = compare("theta + 1", "thetq + 1", seed=1)
    assert row["verdict"] == "unreadable"
    assert (row["offset"], row["end"]) == (0, 5)
    assert "thetq" in row["cause"]
    assert "theta" in row["repair"]


def test_names_of_the_key_need_no_declaration() -> None:
    """They count as real numbers; names of the answer alone do not."""
    assert compare("a x^2 + b", "b + x a x", seed=1)["verdict"] == "equal"
    assert compare("abs(x)", "x", seed=1)["verdict"] == "different"
    assert compare("x", "x + undeclared", seed=1)["verdict"] == "unreadable"


@pytest.mark.parametrize("expected", ["((", "x +", "A B"])
def test_a_key_that_cannot_be_read_is_the_authors_error(expected: str) -> None:
    """The message quotes the key and says where."""
    with pytest.raises(AuthorError, match="the expected formula"):
        compare(expected, "A", "A:n*d, B:n*d", seed=1)


@pytest.mark.parametrize(
    ("expected", "given", "symbols", "verdict"),
    [
        ("0 < eta < 1/sigma^2", "eta < 1/sigma^2", "eta>0, sigma>0", "equal"),
        ("0 < eta < 1/sigma^2", "eta <= 1/sigma^2", "eta>0, sigma>0", "different"),
        ("eta < 1/sigma^2", "abs(1 - 2 eta sigma^2) < 1", "eta>0, sigma>0", "equal"),
        ("eta < 1/sigma^2", "eta < 2/sigma^2", "eta>0, sigma>0", "different"),
        ("(0, 1]", "0 < x <= 1", "x", "equal"),
    ],
)
def test_conditions_and_sets_are_compared_as_sets(expected: str, given: str, symbols: str, verdict: str) -> None:
    """The unknown is the name that stands alone on one side."""
    assert compare(expected, given, symbols, seed=1)["verdict"] == verdict


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("y^T X", "this is 1×d, but d×1 is asked"),
        ("X y", "`X y` multiplies n×d by n×1. Did you mean `X^T*y`?"),
    ],
)
def test_shapes_that_do_not_fit_are_a_difference_with_its_reason(given: str, reason: str) -> None:
    """The text was read, and no value of any symbol makes it right: never "unreadable"."""
    row = compare("X^T y", given, "X:n*d, y:n", seed=1)
    assert (row["verdict"], row["evidence"]) == ("different", "type")
    assert row["witness"]["reason"].startswith(reason)


def test_targets_may_be_repeated() -> None:
    """`lhs = rhs` where the key is an expression."""
    assert compare("1/(a + b)", "1/(b + a)", seed=1)["verdict"] == "equal"


def test_a_proof_is_kept_when_it_comes_in_time() -> None:
    """The decision by balls comes first and stays where no proof follows."""
    assert compare("ln(x y)", "ln(x) + ln(y)", "x>0, y>0", seed=1, prove=True)["evidence"] == "proof"
    assert compare_within("ln(x y)", "ln(x) + ln(y)", "x>0, y>0", seed=1, prove=True)["evidence"] == "proof"
    assert compare_within("ln(x y)", "ln(x) + ln(y)", "x>0, y>0", seed=1)["evidence"] == "ball"


def test_rows_stream() -> None:
    """A row is answered before the next one is read."""
    asked: list[int] = []

    def lines() -> object:
        for place in range(3):
            asked.append(place)
            yield json.dumps({"expected": "x", "given": "x"})

    answers = compare_lines(lines(), seed=1)  # type: ignore[arg-type]
    next(answers)
    assert asked == [0]
    answers.close()


def test_blank_lines_are_no_rows() -> None:
    """A final newline gives no error row."""
    assert list(compare_lines(["\n", "  "], seed=1)) == []


def test_deciding_without_a_proof_does_not_import_sympy() -> None:
    """SymPy takes longer to import than to decide."""
    code = (
        "import sys; from autograder.compare import compare; "
        "assert compare('sin(x)^2 + cos(x)^2', '1', seed=1)['verdict'] == 'equal'; "
        "assert compare('inv(A B)', 'inv(B) inv(A)', 'A:n*n, B:n*n', seed=1)['verdict'] == 'equal'; "
        "print('sympy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
