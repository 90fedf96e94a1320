"""Homework 1: the derived keys, checked once more by hand-made means (components, induction, known numbers)."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy
from numpy.random import default_rng
from sympy import (
    HadamardProduct,
    Identity,
    Matrix,
    MatrixSymbol,
    Rational,
    ZeroMatrix,
    cancel,
    expand,
    simplify,
    symbols,
)

from autograder.answers.keys import key_tree
from autograder.oracles import gaussian_mean, minimiser, steps_within
from autograder.oracles.numeric import value
from reference.hw1 import q1a, q1b, q1c, q1d, q1e, q2a, q2b, q3, q3_covariances, q4a, q4b, q5, quadratic
from reference.hw1.assignment import assignment


def components(expression: sympy.Expr, **shapes: int) -> Matrix:
    """A matrix expression with symbolic sizes, written out in components for the sizes given."""
    letters = {size for symbol in expression.atoms(MatrixSymbol) for size in symbol.shape}
    return expression.subs({size: shapes[str(size)] for size in letters if str(size) in shapes}).as_explicit().doit()


def explicit(matrix: MatrixSymbol, **shapes: int) -> Matrix:
    return Matrix(MatrixSymbol(matrix.name, *(shapes.get(str(size), size) for size in matrix.shape)).as_explicit())


@pytest.mark.parametrize("shapes", [{"k": 2, "m": 3, "n": 2, "p": 1}, {"k": 1, "m": 2, "n": 3, "p": 2}])
def test_tikhonov_gradient_in_components(shapes: dict[str, int]) -> None:
    """The matrix gradient is the vector of partial derivatives of the written-out objective."""
    W1, A, b, W2, c, x = (explicit(symbol, **shapes) for symbol in (q2a.W1, q2a.A, q2a.b, q2a.W2, q2a.c, q2a.x))
    first, second = W1 * (A * x - b), W2 * (x - c)
    loss = (first.T * first + second.T * second)[0]
    partials = Matrix([sympy.diff(loss, entry) for entry in x])
    assert (components(q2a.downhill, **shapes) - partials).expand() == sympy.zeros(shapes["n"], 1)


def test_only_squares_of_affine_residuals_have_normal_equations() -> None:
    """A residual without the unknown adds nothing to the matrix; one that is not affine is refused."""
    A, b, x = q2a.A, q2a.b, q2a.x
    gram, right = quadratic.normal_equations(((3, A * x - b), (1, b), (1, x)), x)
    assert (gram, right) == (3 * A.T * A + Identity(x.rows), 3 * A.T * b)
    assert quadratic.gradient(((1, b),), x) == ZeroMatrix(x.rows, 1)
    for residual in (x * x.T * q2a.c, MatrixSymbol("B", x.rows, x.rows) * HadamardProduct(x, x)):
        with pytest.raises(ValueError, match="is not affine in x"):
            quadratic.gradient(((1, residual),), x)


def test_tikhonov_minimiser_in_components() -> None:
    """Solving the written-out equations for a random integer example gives the formula's value."""
    shapes = {"k": 3, "m": 4, "n": 2, "p": 2}
    rng = default_rng(3)
    numbers = {
        symbol.name: Matrix(
            rng.integers(-4, 5, size=tuple(shapes.get(str(size), size) for size in symbol.shape)).tolist()
        )
        for symbol in (q2a.W1, q2a.A, q2a.b, q2a.W2, q2a.c)
    }
    W1, A, b, W2, c = (numbers[name] for name in ("W1", "A", "b", "W2", "c"))
    unknowns = symbols("x_1 x_2")
    x = Matrix(unknowns)
    first, second = W1 * (A * x - b), W2 * (x - c)
    loss = expand((first.T * first + second.T * second)[0])
    solved = sympy.solve([sympy.diff(loss, entry) for entry in unknowns], unknowns)
    gram, right = A.T * W1.T * W1 * A + W2.T * W2, A.T * W1.T * W1 * b + W2.T * W2 * c
    assert gram.LUsolve(right) == Matrix([solved[entry] for entry in unknowns])


def test_three_forms_of_the_tikhonov_minimiser() -> None:
    """The normal equations, the form around the centre and the kernel form agree where all inverses exist."""
    rng = default_rng(5)
    W1, A, b, W2, c = (rng.normal(size=shape) for shape in ((5, 5), (5, 3), (5, 1), (3, 3), (3, 1)))
    V, P = W1.T @ W1, W2.T @ W2
    inverse = np.linalg.inv
    forms = [
        inverse(A.T @ V @ A + P) @ (A.T @ V @ b + P @ c),
        c + inverse(A.T @ V @ A + P) @ A.T @ V @ (b - A @ c),
        c + inverse(P) @ A.T @ inverse(A @ inverse(P) @ A.T + inverse(V)) @ (b - A @ c),
    ]
    found = minimiser(lambda x: q2a.objective(x, W1, A, b, W2, c), np.zeros((3, 1)))
    for form in forms:
        np.testing.assert_allclose(form, found, atol=1e-8)


def test_paths_by_induction() -> None:
    """Both closed forms start at 0, and one step of the recurrence takes step t to step t + 1."""
    assert simplify(q1a.after_t.subs(q1a.t, 0)) == 0
    assert simplify(q1a.step.subs(q1a.w, q1a.after_t) - q1a.after_t.subs(q1a.t, q1a.t + 1)) == 0
    assert simplify(q4b.after_t.subs(q4b.t, 0)) == 0
    assert simplify(q4b.mean_step.subs(q4b.Ew, q4b.after_t) - q4b.after_t.subs(q4b.t, q4b.t + 1)) == 0


def test_stable_ends_are_where_the_factor_is_minus_one() -> None:
    """At the upper end of each range the factor of the recurrence is exactly -1."""
    assert simplify(q1a.factor.subs(q1a.eta, q1a.stable.end)) == -1
    assert simplify(q4b.ratio.subs(q4b.eta, q4b.stable.end)) == -1


def test_best_rate_balances_both_factors() -> None:
    """At the best rate both coordinates keep the same share of their errors, and it lies inside the stable range."""
    factors = [f.subs(q1e.eta, q1e.best) for f in (q1e.factor_l, q1e.factor_s)]
    assert simplify(factors[0] + factors[1]) == 0
    assert cancel(q1e.best - q1d.high.subs(q1d.rate, q1e.best)) == 0
    numbers = {q1c.sigma_l: Rational(3), q1c.sigma_s: Rational(2)}
    assert 1 / (2 * Rational(3) ** 2) < q1e.best.subs(numbers) < q1c.upper_l.subs(numbers)


@pytest.mark.parametrize(
    ("eta", "sigma", "epsilon", "steps"),
    [(0.1, 1, 0.01, 21), (0.5, 1, 0.01, 1), (0.8, 1, 0.01, 10), (0.9, 1, 0.01, 21), (0.01, 2, 0.05, 36)],
)
def test_counts_of_steps(eta: float, sigma: float, epsilon: float, steps: int) -> None:
    """The counts that the course's notes give: by running the recurrence and, where it has a value, by the formula."""
    counted = steps_within(lambda w: q1a.descend(w, 1.0, sigma, eta), 0.0, 1 / sigma, epsilon / sigma + 1e-12)
    assert counted == steps
    if 1 - 2 * eta * sigma**2:
        point = {"eta": eta, "sigma": sigma, "epsilon": epsilon}
        assert math.ceil(value(key_tree(q1b.steps, assignment.question("1b").symbols), point)) == steps


def test_expected_objective_in_components() -> None:
    """Written out for a 2 by 2 matrix, with every moment of the noise put in by hand, the expectation is the key's."""
    X, N = Matrix(2, 2, symbols("X_1:3_1:3")), Matrix(2, 2, symbols("N_1:3_1:3"))
    w, y, sigma = Matrix(symbols("w_1:3")), Matrix(symbols("y_1:3")), symbols("sigma", positive=True)
    noisy = (X + N) * w - y
    mean = sympy.Poly(expand((noisy.T * noisy)[0]), *N)
    expected = sum(
        coefficient * math.prod((0 if power % 2 else (sigma**2 if power == 2 else 1)) for power in powers)
        for powers, coefficient in mean.terms()
    )
    plain = X * w - y
    assert expand(expected - (plain.T * plain)[0] - 2 * sigma**2 * (w.T * w)[0]) == 0
    assert q4a.per_row == q4a.sigma**2


def test_covariances_by_drawing() -> None:
    """A large sample of the model has the covariances of the keys, within five standard errors."""
    rng = default_rng(7)
    X, lambda_, draws = rng.normal(size=(3, 2)), 0.7, 200_000
    W = rng.normal(size=(2, draws))
    Y = X @ W + math.sqrt(lambda_) * rng.normal(size=(3, draws))
    point = {"X": X, "lambda": lambda_, "n": 3, "d": 2}
    for key, sample in ((q3_covariances.sigma_wy, W @ Y.T), (q3_covariances.sigma_yy, Y @ Y.T)):
        derived = value(key_tree(key, q3_covariances.table), point)
        np.testing.assert_allclose(sample / draws, derived, atol=5 * 6 / math.sqrt(draws))


def test_mean_square_range_is_the_narrower_one() -> None:
    """The range for the second moment is the one that the course's errata give, and smaller than that of the mean."""
    x, sigma = q4b.x, q4b.sigma
    assert simplify(q4b.mean_square_end - 2 * (x**2 + sigma**2) / (x**4 + 6 * x**2 * sigma**2 + 3 * sigma**4)) == 0
    assert (q4b.stable.end - q4b.mean_square_end).subs({x: 1, sigma: 1}) > 0


def test_posterior_coefficients() -> None:
    """A normal density of variance v has z^2/(2 v) in its exponent."""
    assert q3.quadratic == 1 / (2 * q3.v)


@pytest.mark.parametrize(("width", "parameters", "rank"), [(10, 141, 21), (20, 481, 41), (40, 1761, 81)])
def test_known_counts(width: int, parameters: int, rank: int) -> None:
    """Parameters and rank bounds of the course's three widths."""
    assert q5.parameters.subs(q5.w, width) == parameters == q5.count_entries(width)
    assert q5.rank.subs(q5.w, width) == rank


def test_normal_equations_of_the_stack() -> None:
    """Multiplying the blocks out gives the matrix and the vector of the gradient's zero."""
    assert q2b.gram_of_stacked == q2a.gram
    assert q2b.right_of_stacked == q2a.right


def test_gaussian_mean_against_a_sample() -> None:
    """The exact mean over the normals agrees with a large sample."""
    rng = default_rng(11)
    sample = rng.normal(size=(400_000, 2))

    def function(Z: np.ndarray) -> np.ndarray:
        return (1 + 2 * Z[..., 0] - Z[..., 1]) ** 2 + Z[..., 0] * Z[..., 1]

    assert float(gaussian_mean(function, 2)) == pytest.approx(6.0)
    assert float(function(sample).mean()) == pytest.approx(6.0, abs=0.08)
