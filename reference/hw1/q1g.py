"""Problem 1(g): least squares in the coordinates of the singular value decomposition."""

from __future__ import annotations

import numpy as np
import sympy

from autograder import Carried, Expression, Half, Interval, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredInterval, MeasuredValue
from reference.hw1.q1c import sigma_l as large
from reference.hw1.q1c import sigma_s as small
from reference.hw1.q1c import stable_for_both

rates = declare("sigma_max (s_max, sigma_1), sigma_min (s_min), sigma_max > sigma_min > 0, eta > 0")
sigma_max, sigma_min = (sympy_symbol(rates, name) for name in ("sigma_max", "sigma_min"))
decomposition = declare("U: orthogonal n*n, S: n*d, V: orthogonal d*d, w: d")
V, w = (sympy_symbol(decomposition, name) for name in ("V", "w"))

# With X = U S V^T the squared length |X w - y|^2 is |S z - U^T y|^2 for the z with w = V z: one scalar problem a
# coordinate. So z = V^-1 w, where V^-1 = V^T, and the range is that of 1c with the extreme singular values.
new_coordinates = V.T * w
stable = stable_for_both.subs({large: sigma_max, small: sigma_min}, simultaneous=True)


def least_squares_settles(eta: float, sigma_max: float, sigma_min: float) -> bool | None:
    """Whether descent on |X w - y|^2 forgets its start, run on a 5 by 3 matrix X with these extreme singular values."""
    rng = np.random.default_rng(0)
    U, V = (np.linalg.qr(rng.normal(size=(size, size)))[0] for size in (5, 3))
    X = U[:, :3] @ np.diag([sigma_max, (sigma_max + sigma_min) / 2, sigma_min]) @ V.T
    error = first = V.sum(axis=1)
    before = np.inf
    for _ in range(3000):
        error = error - eta * 2 * X.T @ (X @ error)
        left = float(np.linalg.norm(error) / np.linalg.norm(first))
        if not 1e-9 < left < 1e9:
            return left < 1
        before, last = left, before
    return False if abs(before / last - 1) < 1e-9 else None  # it oscillates for ever, or 3000 steps are too few


def amounts_of_columns(V: np.ndarray, w: np.ndarray) -> np.ndarray:
    """How much of each column of V it takes to make w."""
    return np.linalg.solve(V, w)


# Beside the coordinates of w, those of y belong to the decoupling; only the former are asked.
_DRESS = r"(?:\\(?:tilde|hat|bar|widetilde|widehat|mathbf|boldsymbol|bm|vec)\s*|\{\s*)*"
_MARK = r"(?:'|~|_\w+|\^\{?\s*\\?\w+\s*\}?)?"
_TRANSPOSED = r"(?:\^\s*\{?\s*(?:\\(?:top|intercal|mathsf\s*\{?\s*T\s*\}?)|T|⊤)\s*\}?|'|ᵀ|\.T)"
_AND = r"(?:[,;\s$]|\\(?:quad|qquad|,|;)|\\text\s*\{\s*and\s*\}|\band\b)*"
COORDINATES_OF_Y = (
    rf"{_AND}(?<![A-Za-z]){_DRESS}[yỹŷȳ]\s*\}}*\s*{_MARK}\s*:?=\s*{_DRESS}U\s*\}}*\s*{_TRANSPOSED}\s*[*@·]?\s*"
    rf"{_DRESS}y(?![A-Za-z0-9_])\s*\}}*"
)

questions = (
    Question(
        id="1g",
        title="Stable learning rates for least squares",
        points=2,
        prompt=r"Gradient descent runs on $\|Xw - y\|^2$, where $X$ has largest and smallest singular values "
        r"$\sigma_{\max} > \sigma_{\min} > 0$. For which $\eta > 0$ does it converge from every start?",
        source=Source("Homework 1", "1(g)"),
        answer=Interval("eta", stable),
        symbols=rates,
        practice=MeasuredInterval(by=least_squares_settles, variable="eta"),
        after=("1c",),
        carried=Carried(key="q1c[sigma_l = sigma_max, sigma_s = sigma_min]"),
        rows=(34,),
        wrong=(
            Wrong(
                "half-loss",
                sympy.Interval.open(0, 2 / sigma_max**2),
                "This is the range for a loss with a factor 1/2 in front.",
                credit=Half,
            ),
            Wrong(
                "only-the-smallest",
                sympy.Interval.open(0, 1 / sigma_min**2),
                "Which singular direction is the first to become unstable?",
            ),
            Wrong(
                "fastest-rate",
                sympy.Interval.open(0, 1 / (sigma_max**2 + sigma_min**2)),
                "The end of your range is a good rate, but are all rates above it bad?",
            ),
            Wrong(
                "sigma-not-squared",
                sympy.Interval.open(0, 1 / sigma_max),
                "The step contains X twice. Which power of its singular values acts on the error?",
                credit=Half,
            ),
            Wrong(
                "closed-end",
                sympy.Interval.Lopen(0, 1 / sigma_max**2),
                "What happens to the error in the top singular direction at the end of your range?",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="1g.coordinates",
        title="The coordinates in which least squares decouples",
        points=2,
        prompt=r"With $X = U S V^\top$ ($U$ and $V$ orthogonal), write the new coordinates of $w$ in which gradient descent "
        r"on $\|Xw - y\|^2$ becomes one scalar recurrence per coordinate.",
        source=Source("Homework 1", "1(g)"),
        answer=Expression(
            new_coordinates, targets=("w'", "z", "w_new"), row_or_column=True, ignored=(COORDINATES_OF_Y,)
        ),
        symbols=decomposition,
        practice=MeasuredValue(by=amounts_of_columns),
        rows=(34,),
        wrong=(
            Wrong(
                "transposed",
                V * w,
                "Your matrix goes the other way: from new coordinates back to old ones.",
                credit=Half,
            ),
            Wrong(
                "scaled",
                sympy_symbol(decomposition, "S") * V.T * w,
                "This also scales each coordinate. A change of coordinates for w should keep lengths.",
                credit=Half,
            ),
        ),
    ),
)
