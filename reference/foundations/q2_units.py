"""Part 2, formulas: one ReLU unit of a scalar input, where its elbow lies, and where it lies at random."""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np
import sympy
from sympy import Abs, Heaviside, Max, atan, cancel, diff, exp, integrate, oo, pi, simplify, solve, symbols

from autograder import Expression, Half, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue
from autograder.oracles.calculus import valley

unit_table = declare("w != 0, b, x")
w, b, x = (sympy_symbol(unit_table, name) for name in ("w", "b", "x"))
unit = Max(0, w * x + b)

(elbow,) = solve(w * x + b, x)
slope_at = diff(unit, x)
active = Heaviside(w * x + b)


def where_it_bends(w: float, b: float) -> float:
    """The place of the unit's smallest squared input, which is its elbow, by search in a wide interval."""
    reach = 2 + 2 * abs(b) / abs(w)
    return valley(lambda x: abs(w * x + b), -reach, reach)


def measured_slope(w: float, b: float, x: float) -> float | None:
    """A difference quotient of the unit; None too close to its elbow."""
    if abs(w * x + b) < 1e-3:
        return None
    h = 1e-4 / max(1.0, abs(w))
    return (max(0.0, w * (x + h) + b) - max(0.0, w * (x - h) + b)) / (2 * h)


ratio_table = declare("r > 0, s_b (sigma_b, s_{b}) > 0, s_w (sigma_w, s_{w}) > 0")
r, s_b, s_w = (sympy_symbol(ratio_table, name) for name in ("r", "s_b", "s_w"))

# For standard normals B and W, the density of B/W at q is the integral of |W| times the density of both at (q W, W). The
# ratio b/w is s_b/s_w times as large.
q, W = symbols("q W", real=True)
scale = symbols("scale", positive=True)
density = simplify(2 * integrate(W * exp(-(W**2) * (1 + q**2) / 2) / (2 * pi), (W, 0, oo)))
within = 2 * integrate(density, (q, 0, scale)).subs(scale, r * s_w / s_b)
tail = 1 - within


def weighed_tail(r: float, s_b: float, s_w: float) -> float:
    """P(|b| > r |w|), the tail of b weighed with the density of w on a fine grid."""
    w = np.linspace(-12, 12, 40_001) * s_w
    beyond = np.array([erfc(r * abs(one) / (s_b * sqrt(2))) for one in w])
    weights = np.exp(-(w**2) / (2 * s_w**2)) / (s_w * sqrt(2 * np.pi))
    return float(np.sum(beyond * weights) * (w[1] - w[0]))


NOTE = Source("Note 2", "2.3")

questions = (
    Question(
        id="2.elbow",
        title="Where the elbow lies",
        points=1,
        prompt=r"At which $x$ does $\max(0, wx + b)$ have its elbow, for $w \ne 0$? Solve for $x$.",
        source=NOTE,
        answer=Expression(elbow, targets=("x", "x_0", "x^*", "elbow")),
        symbols=unit_table.only("w", "b"),
        practice=MeasuredValue(by=where_it_bends),
        rows=(82,),
        wrong=(
            Wrong("sign", b / w, "Put your x into w x + b: what comes out?", Half),
            Wrong("inverted", -w / b, "Which of the two do you divide by when you solve for x?", Half),
            Wrong("weight-forgotten", -b, "Double the weight: does the elbow stay?", Half),
            Wrong("bias-alone", b, "Put your x into w x + b: what comes out?"),
            Wrong("weight-alone", w, "Let the bias be 0: where is the elbow?"),
            Wrong("inverted-and-sign", w / b, "Put your x into w x + b: what comes out?"),
        ),
    ),
    Question(
        id="2.slope",
        title="The slope on both sides",
        points=1,
        prompt=r"Give the slope of $\max(0, wx + b)$ as a function of $x$, right for positive and negative $w$ and on both sides "
        r"of the elbow. At the elbow itself any value is fine. (`step(u)`, `1[u > 0]`, cases and `Piecewise` are read.)",
        source=NOTE,
        answer=Expression(slope_at, targets=("f'(x)", "f'", "df/dx", "slope")),
        symbols=unit_table,
        practice=MeasuredValue(by=measured_slope),
        rows=(83,),
        wrong=(
            Wrong("everywhere", w, "On one of the two sides the unit is constant.", Half),
            Wrong(
                "always-to-the-right",
                w * Heaviside(x + b / w),
                "Let w be negative: on which side of the elbow is the unit on?",
                Half,
            ),
            Wrong("size-of-weight", Abs(w) * active, "For w < 0, does the unit rise or fall where it is on?", Half),
            Wrong("weight-lost", active, "How steep is the unit where it is on?", Half),
            Wrong("by-the-weight", x * active, "This is the derivative by w. The slope over x is asked."),
            Wrong("unit-itself", unit, "This is the unit, not its slope."),
        ),
    ),
    Question(
        id="2.relu",
        title="The ReLU",
        points=1,
        prompt=r"Write the standard ReLU of a number $x$ as a formula, without using its name.",
        source=NOTE,
        answer=Expression(Max(0, x), targets=("f(x)", "relu(x)", "ReLU(x)", r"\sigma(x)"), without=("relu",)),
        symbols=unit_table.only("x"),
        practice=MeasuredValue(by=lambda x: x if x > 0 else 0.0),
        rows=(84,),
        wrong=(
            Wrong("minimum", sympy.Min(0, x), "What becomes of a positive input?"),
            Wrong("modulus", Abs(x), "What becomes of a negative input?"),
            Wrong("step", Heaviside(x), "This is where it is on. How large is it there?"),
            Wrong("flipped", Max(0, -x), "Which inputs go through unchanged: the positive or the negative ones?", Half),
            Wrong("identity", x, "What becomes of a negative input?"),
            Wrong("threshold-at-one", x * Heaviside(x - 1), "Where does the ReLU switch?", Half),
        ),
    ),
    Question(
        id="2.cauchy",
        title="How far off elbows lie at random",
        points=2,
        prompt=r"$b$ and $w$ are independent normal with mean 0 and standard deviations $s_b$ and $s_w$. Give "
        r"$P(|b/w| > r)$, the probability of an elbow further than $r > 0$ from the origin.",
        source=Source("Note 2", "2.4"),
        answer=Expression(tail, targets=("P(|b/w| > r)", "P", "Pr(|b/w| > r)")),
        symbols=ratio_table,
        practice=MeasuredValue(by=weighed_tail, tolerance=1e-4),
        rows=(91,),
        wrong=(
            Wrong("inside", within, "Let r grow: should this probability grow, too?", Half),
            Wrong("one-side", cancel(tail / 2), "Elbows lie to the left as well as to the right.", Half),
            Wrong(
                "scales-swapped",
                1 - 2 * atan(r * s_b / s_w) / pi,
                "Let the biases be tiny: should the elbows come close to the origin?",
                Half,
            ),
            Wrong(
                "normal",
                1 - sympy.erf(r * s_w / (s_b * sympy.sqrt(2))),
                "Is the quotient of two normal variables normal? Think of small w.",
            ),
            Wrong("half-angle", 1 - atan(r * s_w / s_b) / pi, "Let r go to infinity: what is left?", Half),
            Wrong("scales-forgotten", 1 - 2 * atan(r) / pi, "How do the two standard deviations enter?", Half),
            Wrong(
                "density",
                (s_w / s_b) / (pi * (1 + (r * s_w / s_b) ** 2)),
                "This is the density at r. The probability beyond it is asked.",
                Half,
            ),
        ),
    ),
)
