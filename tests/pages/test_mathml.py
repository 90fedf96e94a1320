"""Formulas typeset: what a reader sees means what the tree means."""

from __future__ import annotations

import math
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from autograder.formula import tree as t
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.oracles.numeric import number, value
from autograder.report.page.mathml import formula, formulas
from tests.pages import seen_mathml

TABLE = declare("eta > 0, sigma > 0, x, y, theta, t >= 0: int, W1: k*m, A: m*n, b: m*1, lambda > 0, N: int")
POINT = {"x": 1.7, "eta": 0.3, "W1": -2.5, "N": 3.0}
SEEN = {"x": 1.7, "η": 0.3, "W_1": -2.5, "N": 3.0}


def _grow(inner: st.SearchStrategy[t.Node]) -> st.SearchStrategy[t.Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(t.Neg, inner),
        st.builds(t.Add, several),
        st.builds(t.Mul, several),
        st.builds(t.Div, inner, inner),
        st.builds(lambda base, power: t.Pow(base, t.Number(Fraction(power))), inner, st.integers(-2, 3)),
        st.builds(
            lambda name, arg: t.Call(name, (arg,)), st.sampled_from(["abs", "exp", "floor", "ceil", "sin"]), inner
        ),
        st.builds(lambda arg: t.Call("sqrt", (t.Call("abs", (arg,)),)), inner),
        st.builds(lambda body: t.Sum(t.Mul((t.Name("i"), body)), "i", t.ONE, t.Name("N")), inner),
        st.builds(lambda body: t.Product(t.Add((t.Name("i"), body)), "i", t.ONE, t.Number(Fraction(2))), inner),
    )


numbers = st.builds(t.Number, st.fractions(-3, 3, max_denominator=4))
names = st.sampled_from(list(POINT)).map(t.Name)
trees = st.recursive(numbers | names, _grow, max_leaves=9)
X, NEGATIVE = t.Name("x"), t.Number(Fraction(-1, 3))


@given(trees)
@example(t.Pow(t.Neg(X), t.Number(Fraction(2))))
@example(t.Pow(NEGATIVE, t.Number(Fraction(2))))
@example(t.Add((X, t.Neg(t.Add((X, t.Name("eta")))))))
@example(t.Mul((X, NEGATIVE)))
@example(t.Mul((t.Sum(t.Name("i"), "i", t.ONE, t.Name("N")), X)))
@example(t.Pow(t.Pow(X, t.Number(Fraction(2))), t.Number(Fraction(3))))
@example(t.Mul((t.Div(X, t.Name("eta")), t.Mul((X, X)), t.Neg(X))))
def test_what_is_seen_means_what_the_tree_means(tree):
    """A reader who knows no tree, only signs from left to right, finds the same number: no bracket is missing."""
    try:
        wanted = number(value(tree, POINT))
    except (ArithmeticError, ValueError):
        wanted = math.nan
    assume(isinstance(wanted, float) and math.isfinite(wanted) and abs(wanted) < 1e12)
    assert seen_mathml.value(str(formula(tree)), SEEN) == pytest.approx(wanted, rel=1e-6, abs=1e-6)


def shown(text: str) -> str:
    """The signs of a formula from left to right, as a reader sees them."""
    (markup,) = formulas(read(text, TABLE).tree)
    return "".join(ET.fromstring(str(markup)).itertext()).replace("\N{INVISIBLE TIMES}", "").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("0 < eta <= 1/sigma^2", "0<η≤1σ2"),
        ("inv(W1^T*A)*A^T*b", "(W1⊤A)−1A⊤b"),
        ("x*(y + 1)", "x⋅(y+1)"),
        ("2*(y + 1)*3*x", "2(y+1)⋅3x"),
        ("ln(eta)*x", "ln\N{FUNCTION APPLICATION}(η)x"),
        ("norm(A*b)^2", "‖Ab‖2"),
        ("[A, b; 0, 1]", "[Ab01]"),
        ("Piecewise((x, x > 0), (0, True))", "{x where x>00 otherwise "),
        ("eta < 1 or eta > 2 and x = 1", "η<1 or η>2 and x=1"),
        ("(eta < 1 or eta > 2) and x = 1", "(η<1 or η>2) and x=1"),
        ("eta in (0, 1] ∪ [2, oo)", "η∈(0,1]∪[2,∞)"),
        ("lambda*eye(m) + zeros(m, m)", "λIm+0m×m"),
        ("sum(y*i, (i, 1, t)) + y", "∑i=1tyi+y"),
    ],
)
def test_notation_is_that_of_the_course(text, signs):
    """Greek letters, transposes, cases and sets look as on the paper."""
    assert shown(text) == signs


def test_a_list_without_brackets_is_one_formula_after_the_other():
    """The steps of a derivation, and the parts of an answer, each have a line."""
    assert len(formulas(read("x, y, 2*x", TABLE).tree)) == 3
    assert len(formulas(read("[x, y]", TABLE).tree)) == 1


@given(st.text(max_size=30))
def test_names_are_escaped(text):
    """Whatever stands in a tree is text in the page."""
    markup = str(formula(t.Assigned(text, t.Call("abs", (t.Name(text),)))))
    assert not {child.tag for child in ET.fromstring(markup).iter() if child.tag not in SEEN_TAGS}


SEEN_TAGS = {"math", "mrow", "mi", "mn", "mo", "mtext", "msub"}
