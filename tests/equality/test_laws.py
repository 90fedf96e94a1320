"""Laws of comparison, for random formulas."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.equality.decide import decide
from autograder.equality.decision import Outcome
from autograder.errors import AutograderError
from autograder.formula import tree as t
from autograder.formula.declare import declare
from autograder.formula.from_sympy import from_sympy
from autograder.formula.to_sympy import to_sympy

pytestmark = pytest.mark.untraced

TABLE = declare("x, y, u>0, t>=0:int, N:int, d:data")

_leaves = st.one_of(
    st.integers(1, 5).map(lambda value: t.Number(Fraction(value))),
    st.sampled_from([t.Name("x"), t.Name("y"), t.Name("u"), t.Number(Fraction(1, 2))]),
)


def _grow(parts: st.SearchStrategy[t.Node]) -> st.SearchStrategy[t.Node]:
    pairs = st.tuples(parts, parts)
    return st.one_of(
        pairs.map(t.Add),
        pairs.map(t.Mul),
        parts.map(t.Neg),
        pairs.map(lambda pair: t.Div(pair[0], t.Add((t.Pow(pair[1], t.Number(Fraction(2))), t.ONE)))),
        st.tuples(parts, st.integers(2, 3)).map(lambda pair: t.Pow(pair[0], t.Number(Fraction(pair[1])))),
        parts.map(lambda part: t.Call("abs", (part,))),
        parts.map(lambda part: t.Call("sin", (part,))),
        pairs.map(lambda pair: t.Call("max", pair)),
        parts.map(lambda part: t.Sum(t.Mul((part, t.Entry("d", (t.Name("i"),)))), "i", t.ONE, t.Name("N"))),
    )


formulas = st.recursive(_leaves, _grow, max_leaves=8)


def _outcome(left: t.Node, right: t.Node, seed: int = 1) -> Outcome:
    return decide(left, right, TABLE, seed=seed).outcome


@given(formulas)
@settings(max_examples=60)
def test_a_formula_equals_itself(formula: t.Node) -> None:
    """Reflexive, also where the structure does not show it."""
    assert _outcome(formula, t.Add((t.Mul((formula, t.Number(Fraction(2)))), t.Neg(formula)))) is not Outcome.DIFFERENT
    assert _outcome(formula, formula) is Outcome.EQUAL


@given(formulas, formulas)
@settings(max_examples=60)
def test_the_sides_may_be_exchanged(left: t.Node, right: t.Node) -> None:
    """Symmetric: these formulas have values everywhere."""
    there, back = _outcome(left, right), _outcome(right, left)
    assert {there, back} != {Outcome.EQUAL, Outcome.DIFFERENT}


@given(formulas, st.sampled_from(["expand", "factor", "together"]))
@settings(max_examples=60)
def test_rewriting_by_sympy_changes_nothing(formula: t.Node, method: str) -> None:
    """Invariant under expand, factor and together."""
    assume(not any(isinstance(node, t.Sum) for node in t.walk(formula)))
    try:
        expression = to_sympy(formula, TABLE)
        rewritten = from_sympy(getattr(sympy, method)(expression), TABLE)
    except AutograderError:
        assume(False)
    assert _outcome(formula, rewritten) is Outcome.EQUAL


@given(formulas)
@settings(max_examples=60)
def test_bound_names_do_not_matter(formula: t.Node) -> None:
    """Renaming the index of a sum is structure."""
    assert _outcome(t.Sum(formula, "k", t.ONE, t.Name("N")), t.Sum(formula, "m", t.ONE, t.Name("N"))) is Outcome.EQUAL


@given(st.lists(formulas, min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_scalars_does_not_matter(parts: list[t.Node], random: object) -> None:
    """Sums and products of scalars may be typed in any order."""
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _outcome(t.Add(tuple(parts)), t.Add(tuple(shuffled))) is Outcome.EQUAL
    assert _outcome(t.Mul(tuple(parts)), t.Mul(tuple(shuffled))) is Outcome.EQUAL


@given(formulas, st.integers(1, 10**6))
@settings(max_examples=60)
def test_what_is_added_is_noticed(formula: t.Node, extra: int) -> None:
    """A formula plus a positive number is never the same."""
    assert _outcome(formula, t.Add((formula, t.Number(Fraction(1, extra))))) is not Outcome.EQUAL


@given(formulas)
@settings(max_examples=25)
def test_pure_python_never_contradicts_flint(formula: t.Node) -> None:
    """Both arithmetics come to the same verdict on equal and on different formulas."""
    other = t.Add((formula, t.Mul((t.Name("x"), t.Number(Fraction(1, 3))))))
    twin = t.Neg(t.Add((t.Neg(formula), t.ZERO)))
    assert decide(formula, twin, TABLE, seed=2, pure=True).outcome is not Outcome.DIFFERENT
    assert decide(formula, other, TABLE, seed=2, pure=True).outcome is not Outcome.EQUAL
