"""Formulas that differ only in a narrow gap between two boundaries, or far out."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from autograder.equality.cells import between_boundaries
from autograder.equality.decide import decide
from autograder.equality.evaluate import Point
from autograder.equality.points import Sampler
from autograder.equality.usage import usage_of
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.formula.shapes import elaborate

UNIT = "a*1[w*x + b > 0]"


@pytest.mark.parametrize(
    ("symbols", "key", "answer"),
    [
        ("a, w, x, b", UNIT, "a*1[w*x + b > 10^-6]"),
        ("a, w, x, b", UNIT, "a*1[w*x + b > -10^-15]"),
        ("a, w, x, b", UNIT, "a*step(w*x + b - 10^-10)"),
        ("x", "x", "x + 1[10^5 < x < 10^5 + 1]"),
        ("x", "x", "x + 1[3.14159 < x < 3.1416]"),
        ("x", "x", "x + 1[x > 1]*1[x < 1.00000001]"),
        ("x", "(x + 1)^2", "max((x + 1)^2, 10^-9)"),
        ("x", "x^2", "max(x^2, 10^-12)"),
        ("0 < eps < 1", "ln(1/eps)", "ln(max(1/eps, 1.00001))"),
        ("0 < eps < 1", "ln(1/eps)", "min(ln(1/eps), 60)"),
        ("A: n*n", "A", "A + max(0, n - 12)*I"),
        ("X: n*d", "X'*X", "X'*X*(1 + 1[n > 20])"),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_narrow_gaps_are_found(symbols: str, key: str, answer: str, seed: int) -> None:
    """Whatever the points, a formula that differs only between two boundaries is different."""
    table = declare(symbols)
    sides = [elaborate(read(text, table).tree, table)[0] for text in (key, answer)]
    assert decide(*sides, table, seed=seed).different


@pytest.mark.parametrize(
    ("symbols", "key", "answer"),
    [
        ("a, w, x, b", UNIT, "Piecewise((0, -b >= w*x), (a, True))"),
        ("x", "max(x, -x, 0)", "sqrt(x^2)"),
        ("sigma > 0, 0 < eta < 1/sigma^2", "|1 - 2*eta*sigma^2|", "max(1 - 2*eta*sigma^2, 2*eta*sigma^2 - 1)"),
    ],
)
def test_equal_formulas_with_boundaries_stay_equal(symbols: str, key: str, answer: str) -> None:
    """Points on both sides of every boundary show no difference where there is none."""
    table = declare(symbols)
    assert decide(read(key, table).tree, read(answer, table).tree, table, seed=3).equal


def test_every_gap_gets_a_point() -> None:
    """Between neighbouring zeros, and between them and the ends of the domain."""
    table = declare("0 < x < 10")
    expressions = [read(text, table).tree for text in ("x - 1", "(x - 2)*(x - 2.5)", "ln(x) - 2")]
    sampler = Sampler(usage_of(tuple(expressions), table), table, random.Random(1), pure=True)
    found = sorted(
        float(point.rationals["x"])
        for point in between_boundaries(expressions, Point(rationals={"x": Fraction(5)}), sampler)
    )
    assert found == pytest.approx([0.5, 1.5, 2.25, (2.5 + 7.389056) / 2, (7.389056 + 10) / 2])
