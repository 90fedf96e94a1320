"""Part 2: critical points of a function of three variables, and what the Hessian says of them."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from sympy import ImmutableMatrix, diff, hessian, numer, solve, together

from autograder import Choice, Entries, Half, Option, Points, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredChoice, MeasuredPoints, MeasuredValue
from reference.gradients.q1 import column, gradient, slopes

table = declare("x, y, z")
variables = x, y, z = tuple(sympy_symbol(table, name) for name in ("x", "y", "z"))

# The statement.
f = x**3 + 3 * x**2 * y - y * z**3 + z**2

downhill = gradient(f, variables)
curvature = ImmutableMatrix(hessian(f, variables))

# The first equation has two factors, x = 0 and x = -2y; each leads to one family.
by_x, by_y, by_z = downhill
on_plane, off_plane = solve(by_x, x)
(z_on_plane,) = solve(by_y.subs(x, on_plane), z)
assert by_z.subs({x: on_plane, z: z_on_plane}) == 0  # whatever y is: a whole line
line = column(on_plane, y, z_on_plane)

(height,) = solve(by_z, y)  # the solution with z = 0 is on the line already
(z_alone,) = solve(numer(together(by_y.subs(x, off_plane).subs(y, height))), z)
y_alone = height.subs(z, z_alone)
isolated = column(off_plane.subs(y, y_alone), y_alone, z_alone)

critical = (line, isolated)


def value(x: float, y: float, z: float) -> float:
    """The function, as the statement writes it."""
    return float(x**3 + 3 * x**2 * y - y * z**3 + z**2)


def measured_hessian(x: float, y: float, z: float) -> np.ndarray:
    """Second differences: of the gradient's differences, one column per variable."""
    at = np.array([x, y, z])
    return np.hstack([(slopes(value, *(at + e)) - slopes(value, *(at - e))) / 2e-3 for e in 1e-3 * np.eye(3)])


def verdict_of(eigenvalues: np.ndarray) -> str:
    """The letter of 2.type and 2.rule that goes with the signs of eigenvalues."""
    least, most = eigenvalues.min(), eigenvalues.max()
    if least < -1e-3 and most > 1e-3:
        return "c"
    if least > 1e-3:
        return "a"
    return "b" if most < -1e-3 else "d"


def settle_at_a_zero(rng: Generator) -> np.ndarray:
    """A critical point off the line, found by Newton's method on measured derivatives from random starts."""
    while True:
        at = rng.uniform(-2, 2, size=3)
        for _ in range(60):
            at = at - np.linalg.lstsq(measured_hessian(*at), slopes(value, *at), rcond=1e-9)[0].ravel()
            if not np.all(np.abs(at) < 50):
                break
        else:
            if np.abs(slopes(value, *at)).max() < 1e-6 and abs(at[0]) > 0.1:
                return at


def types_by_eigenvalues(rng: Generator) -> tuple[str, ...]:
    """What the measured Hessian says at the isolated point and at three places of the line."""
    here = float(rng.uniform(0.5, 2.0))
    places = (settle_at_a_zero(rng), np.array([0, -here, 0]), np.zeros(3), np.array([0, here, 0]))
    return tuple(verdict_of(np.linalg.eigvalsh(measured_hessian(*place))) for place in places)


def rule_by_examples(rng: Generator) -> tuple[str, ...]:
    """What functions with the second derivatives of each case do close to 0, whichever higher powers are added."""
    close_by = 1e-2 * np.vstack([rng.normal(size=(200, 3)), np.eye(3)])
    said = []
    for signs in ((1, 1, 1), (-1, -1, -1), (1, -1, 1), (1, 1, 0)):
        changes = [close_by**2 @ np.array(signs) + power * (close_by**4).sum(axis=1) for power in (-1, 1)]
        seen = {(bool((change > 0).any()), bool((change < 0).any())) for change in changes}
        said.append(_LETTERS[seen.pop()] if len(seen) == 1 else "d")
    return tuple(said)


_LETTERS = {(True, False): "a", (False, True): "b", (True, True): "c"}  # it rises, it falls, it does both

SETTING = r"Let $f(x, y, z) = x^3 + 3x^2y - yz^3 + z^2$. "
TYPES = (
    Option("a", "a local minimum", "every direction bends up"),
    Option("b", "a local maximum", "every direction bends down"),
    Option("c", "a saddle point", "some direction bends up and some bends down"),
    Option("d", "the test does not decide", "along a direction without curvature, higher powers decide"),
)

questions = (
    Question(
        id="2.gradient",
        title="The gradient",
        points=2,
        prompt=SETTING + "Give its gradient, row or column, in the order x, y, z.",
        source=Source("Gradient descent slides", "p. 12"),
        answer=Entries(downhill, by=("x", "y", "z")),
        symbols=table,
        practice=MeasuredValue(by=lambda x, y, z: slopes(value, x, y, z)),
        rows=(113,),
        wrong=(
            Wrong(
                "sign-of-cube",
                column(by_x, 3 * x**2 + z**3, by_z),
                "In the second entry: which sign does the term with y and z have in f?",
                credit=Half,
            ),
            Wrong(
                "mixed-term-missed",
                column(3 * x**2, by_y, by_z),
                "In the first entry: x occurs in two terms.",
                credit=Half,
            ),
            Wrong(
                "exponent-kept",
                column(by_x, by_y, 2 * z - 3 * y * z**3),
                "In the last entry: look at the exponent after differentiating.",
                credit=Half,
            ),
            Wrong(
                "sign-of-last",
                column(by_x, by_y, 2 * z + 3 * y * z**2),
                "In the last entry: which sign does the term with y and z have in f?",
                credit=Half,
            ),
            Wrong(
                "square-missed",
                column(by_x, by_y, -3 * y * z**2),
                "In the last entry: z occurs in two terms.",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="2.hessian",
        title="The Hessian",
        points=3,
        prompt=SETTING + "Give its Hessian as a 3 by 3 matrix, variables in the order x, y, z.",
        source=Source("Gradient descent slides", "p. 10 and 12"),
        answer=Entries(curvature),
        symbols=table,
        practice=MeasuredValue(by=measured_hessian, tolerance=1e-4),
        after=("2.gradient",),
        rows=(111, 115),
        wrong=(
            Wrong(
                "diagonal-only",
                ImmutableMatrix.diag(*(diff(f, v, v) for v in variables)),
                "Second derivatives by two different variables belong to the Hessian too.",
                credit=Half,
            ),
            Wrong(
                "outer-product",
                downhill * downhill.T,
                "Differentiate the gradient once more, instead of multiplying it with itself.",
            ),
            Wrong("gradient-again", downhill, "This is the gradient. How does each of its entries change?"),
            Wrong(
                "sign-of-mixed",
                ImmutableMatrix([[6 * x + 6 * y, 6 * x, 0], [6 * x, 0, 3 * z**2], [0, 3 * z**2, 2 - 6 * y * z]]),
                "Check the sign of the mixed derivative by y and z against f.",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="2.points",
        title="All critical points",
        points=4,
        prompt=SETTING
        + r"Give every $(x, y, z)$ at which the gradient is 0: a list with one entry per point, or per family of "
        r"points with a coordinate that is free. Exact, or as decimals with an error below 1 %.",
        source=Source("Gradient descent slides", "p. 12"),
        answer=Points(coordinates=("x", "y", "z"), key=critical),
        symbols=table,
        practice=MeasuredPoints(by=lambda x, y, z: slopes(value, x, y, z)),
        after=("2.gradient",),
        rows=(114,),
        wrong=(
            Wrong(
                "only-the-origin",
                (column(0, 0, 0),),
                "The origin is one of them, but not the only one. In the equation for x, what if x is not 0? And if it is, "
                "what do the other equations say of y?",
            ),
            Wrong(
                "line-missed",
                (isolated,),
                "A factor was divided away: in the equation for x, what if x is 0?",
                credit=Half,
            ),
            Wrong(
                "isolated-missed",
                (line,),
                "These are all points with x = 0. What does the equation for x say when x is not 0?",
                credit=Half,
            ),
            Wrong(
                "line-as-a-point",
                (column(0, 0, 0), isolated),
                "Put x = 0 and z = 0 into all three equations: do they say anything about y?",
                credit=Half,
            ),
        ),
    ),
    Question(
        id="2.type",
        title="What the Hessian says at the critical points",
        points=2,
        prompt=SETTING
        + "What do the eigenvalues of the Hessian alone say of each of your critical points of 2.points?",
        source=Source("Gradient descent slides", "p. 12"),
        answer=Choice(
            shuffle=True,
            cases=(
                "the point that stands alone",
                "points of the family whose free coordinate is negative",
                "the point of the family whose free coordinate is 0",
                "points of the family whose free coordinate is positive",
            ),
            options=TYPES,
            key=("c", "c", "d", "d"),
        ),
        practice=MeasuredChoice(by=types_by_eigenvalues),
        after=("2.hessian", "2.points"),
        rows=(115,),
        wrong=(
            Wrong(
                "line-of-minima",
                ("c", "a", "a", "a"),
                "On the line one eigenvalue is 0, and another one depends on the sign of y.",
            ),
            Wrong(
                "zero-counts-as-positive",
                ("c", "c", None, "a"),
                "An eigenvalue that is 0 is not positive. What can f do along its direction?",
                credit=Half,
            ),
            Wrong(
                "minimum-at-the-origin",
                (None, ("b", "c", "d"), "a", None),
                "Follow f along the x-axis through the origin.",
            ),
            Wrong(
                "isolated-maximum",
                ("b", None, ("b", "c", "d"), None),
                "Two eigenvalues are negative there. And the third?",
            ),
            Wrong(
                "isolated-minimum",
                ("a", None, ("b", "c", "d"), None),
                "Are all eigenvalues positive there?",
            ),
            Wrong(
                "singular-never-decides",
                ("c", "d", "d", "d"),
                "A zero eigenvalue leaves it open only when the others have one sign.",
            ),
        ),
    ),
    Question(
        id="2.rule",
        title="The second-derivative test",
        points=1,
        prompt="The gradient is 0 at a point, and the eigenvalues of the Hessian there are as in each case. What follows?",
        source=Source("Gradient descent slides", "p. 12"),
        answer=Choice(
            shuffle=True,
            cases=("all positive", "all negative", "some positive, some negative", "none negative, one of them 0"),
            options=TYPES,
            key=("a", "b", "c", "d"),
        ),
        practice=MeasuredChoice(by=rule_by_examples),
        rows=(112,),
        wrong=(
            Wrong(
                "semidefinite-is-enough",
                ("a", "b", "c", "a"),
                "Compare x^2 + y^4 with x^2 - y^4 at 0: the Hessian is the same.",
            ),
            Wrong("swapped", ("b", "a", "c", None), "What is the second derivative of x^2, and what is there at 0?"),
            Wrong(
                "mixed-undecided",
                ("a", "b", "d", None),
                "With one direction bending up and one bending down, is anything left open?",
                credit=Half,
            ),
        ),
    ),
)
