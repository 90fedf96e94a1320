"""The instruments of the oracles, and the evaluator that they share."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import default_rng

from autograder import declare
from autograder.errors import AuthorError
from autograder.formula.read import read
from autograder.oracles import iterate, limit, minimiser, settles, slope, steps_within
from autograder.oracles.calculus import valley
from autograder.oracles.numeric import holds, value
from autograder.oracles.points import call, draw

POINT = {
    "x": 3.0, "n": 2, "d": 3, "N": 3, "lambda": 0.5, "X": np.array([[1.0, 2, 3], [4, 5, 6]]), "v": np.array([[1.0], [2]]),
    "y": np.array([[1.0], [2], [4]]),
}  # fmt: skip
TABLE = declare("x, lambda > 0, X: n*d, v: n, y: data")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2*x^2 - 1/x", 18 - 1 / 3),
        ("ln(x) + sqrt(x) + |1 - x|", np.log(3) + np.sqrt(3) + 2),
        ("sum(y) + mean(y)", 7 + 7 / 3),
        ("Sum(y[i]^2, (i, 1, N))", 21),
        ("v^T*v", 5),
        ("||v||^2", 5),
        ("X^T*v", [[9], [12], [15]]),
        ("X*X^T + lambda*I", [[14.5, 32], [32, 77.5]]),
        ("(lambda*I_2)^-1*v", [[2], [4]]),
        ("[v, 2*v]", [[1, 2], [2, 4]]),
        ("[v; x]", [[1], [2], [3]]),
        ("2*I*v + I*v", [[3], [6]]),
        ("step(x) + relu(-x) + (x > 4)", 1),
        ("max(x, 5) - min(x, 5)", 2),
        ("trace(X*X^T)", 91),
    ],
)
def test_value(text: str, expected: object) -> None:
    """A formula's value in floating point is that of the same formula in NumPy."""
    np.testing.assert_allclose(np.asarray(value(read(text, TABLE).tree, POINT), dtype=float), expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0 < x < 4", True), ("x <= 3 and x != 3", False), ("x in (3, 5]", False), ("x in [3, 5] or x > 9", True)],
)
def test_holds(text: str, *, expected: bool) -> None:
    """Conditions and sets are tested at the point."""
    assert holds(read(text, TABLE).tree, POINT) is expected


def test_value_of_a_name_that_is_not_there() -> None:
    """A name without a value is the author's mistake, and said to be."""
    with pytest.raises(AuthorError, match="no value for 'lambda'"):
        value(read("lambda", TABLE).tree, {"x": 1.0})


def test_points_lie_in_their_domain() -> None:
    """Every drawn value respects its bounds, also those by other symbols, and every structure is what it says."""
    table = declare(
        "sigma > 0, 0 < eta < 1/sigma^2, a > b > 0, t >= 0: int, x != 0, n, Q: orthogonal n*n, S: symmetric n*n, "
        "P: positive definite n*n, D: diagonal m*m"
    )
    rng = default_rng(0)
    for _ in range(50):
        point = draw(table, rng)
        assert 0 < point["eta"] < 1 / point["sigma"] ** 2
        assert point["a"] > point["b"] > 0
        assert point["t"] >= 0
        assert point["t"] == int(point["t"])
        assert point["x"] != 0
        assert point["n"] != point["m"]
        np.testing.assert_allclose(point["Q"].T @ point["Q"], np.eye(point["n"]), atol=1e-12)
        np.testing.assert_allclose(point["S"], point["S"].T)
        assert np.linalg.eigvalsh(point["P"]).min() > 0
        np.testing.assert_allclose(point["D"], np.diag(np.diag(point["D"])))


def test_call_by_names() -> None:
    """A function gets the symbols that its parameters name; one that is not there is the author's mistake."""
    assert call(lambda x, lambda_: x * lambda_, POINT) == 1.5
    with pytest.raises(AuthorError, match="asks for 'z'"):
        call(lambda z: z, POINT)


def test_recurrences() -> None:
    """Converging, alternating, oscillating and diverging recurrences are told apart."""
    factors = {0.5: True, -0.9: True, -1.0: False, 1.5: False, -1.1: False}
    assert {factor: settles(lambda w, f=factor: f * w + 1, 0.0) for factor in factors} == factors
    assert settles(lambda w: w, 1.0) is None
    assert settles(lambda w: 0.99999 * w + 1, 0.0, most=50) is None
    assert limit(lambda w: -0.5 * w + 3, 0.0) == pytest.approx(2)
    assert limit(lambda w: 2 * w + 1, 0.0) is None
    assert iterate(lambda w: w + 2, 1.0, 4) == 9
    assert steps_within(lambda w: w + 1, 0.0, 10.0, 0.5) == 10
    assert steps_within(lambda w: w, 0.0, 10.0, 0.5, most=5) is None


def test_calculus() -> None:
    """Differences find gradients, the minimiser of a quadratic, and the bottom of a kinked valley."""
    rng = default_rng(2)
    M, right = rng.normal(size=(4, 3)), rng.normal(size=(4, 1))

    def loss(x: np.ndarray) -> float:
        return float(np.sum((M @ x - right) ** 2))

    at = rng.normal(size=(3, 1))
    np.testing.assert_allclose(slope(loss, at), 2 * M.T @ (M @ at - right), atol=1e-6)
    np.testing.assert_allclose(minimiser(loss, at), np.linalg.lstsq(M, right, rcond=None)[0], atol=1e-9)
    assert valley(lambda x: max(1 - x, 2 * x), 0.0, 1.0) == pytest.approx(1 / 3)
