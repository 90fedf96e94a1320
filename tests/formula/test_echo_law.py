"""What is shown back means the same: reading the echo of a tree gives that very tree, in Unicode and in LaTeX."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import Unreadable
from autograder.formula.declare import declare
from autograder.formula.echo import to_latex, to_unicode
from autograder.formula.errors import TooComplex
from autograder.formula.measure import DEEPEST_TREE, size_of_tree
from autograder.formula.read import read

pytestmark = pytest.mark.untraced

TABLE = declare(
    "eta > 0, sigma > 0, sigma_l > sigma_s > 0, 0 < epsilon < 1, t >= 0: int, N: int, y: data, x: data, theta, w_i, lr, "
    "Ew (E[w_t], E[w]), X: n*d, v: d, W1: d*n, S: symmetric n*n, lambda (lam) > 0",
    indices=("i",),
)

SCALARS = ["eta", "sigma", "sigma_l", "epsilon", "t", "N", "theta", "w_i", "lr", "E[w_t]", "lambda", "pi", "e", "oo"]
ARRAYS = ["X", "v", "W1", "S", "I", "I(n)", "I_d", "ones(n)", "zeros(n, d)", "X^T", "𝟙"]
NUMBERS = ["0", "1", "2", "10", "0.5", "1e-3", "2.50", "½", "⅓"]
ENTRIES = ["y_1", "x[2]", "y[i]", "X[1, 2]", "v_2", "X[1]", "X[i]", "x[1]", "ybar", "mean(x*y)", "x^T y", "sum(y)"]
FUNCTIONS = ["ln", "exp", "sqrt", "abs", "sign", "floor", "ceil", "factorial", "sin", "relu", "step", "sigmoid", "trace",
             "det", "norm", "inv", "pinv", "trans", "log2", "cbrt", "norm2", "√", "tanh"]  # fmt: skip
PAIRS = ["({}) + ({})", "({}) - ({})", "({})*({})", "({})/({})", "({})^({})", "{} + {}", "({}) {}", "max({}, {})",
         "min({}, {})", "log({}, {})", "solve({}, {})", "dot({}, {})", "outer({}, {})", "({})@({})", "Add({}, {})",
         "Mul({}, {})", "root({}, {})", "({}) \\ ({})"]  # fmt: skip
SINGLES = ["-({})", "--({})", "({})'", "({})^T", "({})^-1", "({})^-T", "|{}|", "||{}||", "({})!", "({})²", "({})^0.5",
           "norm({}, 1)", "({})_+", "({}).T", "sum(({})*y)", "Sum(({})*y[k], (k, 1, N))", "Sum({}, (j, 2, N-1))",
           "Product({}, (k, 1, t))", "\\sum_{{j=1}}^N {}", "Σ_j y_j + {}", "Σ_j y_j {} + y_1", "mean(({})*x)",
           "+({})", "({}) + Σ_j y_j", "1[{} > 0]", "I({})"]  # fmt: skip
RELATIONS = ["{} < {}", "{} <= {}", "{} >= {}", "{} = {}", "{} != {}", "{} in ({}, 1]", "{} in [0, {}] ∪ (2, 3)"]
LOGIC = ["({}) and ({})", "({}) or ({})", "{} and {}", "{} or {}", "And({}, {})", "Or({}, {})"]
CASES = ["Piecewise(({0}, {2}), ({1}, True))", "where({2}, {0}, {1})", "({0}) if {2} else ({1})",
         "Piecewise(({0}, {2}), ({1}, {2}))", "({0})*1[{2}]*({1})"]  # fmt: skip
LISTS = ["[{}, {}]", "({}, {})", "[[{}, {}]]", "[{}; {}]", "{{{}, {}}}", "[{}, {})", "]{}, {}]", "vstack([{}, {}])",
         "[[{}], [{}]]", "hstack(({}, {}))", "Interval({}, {})", "FiniteSet({}, {})", "⟨{}, {}, 1⟩"]  # fmt: skip


@st.composite
def texts(draw) -> str:
    """A text of any construct, most of them readable."""

    def pick(*choices: list[str]) -> str:
        return draw(st.sampled_from([item for items in choices for item in items]))

    def value(depth: int) -> str:
        kind = draw(st.integers(0, 7)) if depth else 0
        match kind:
            case 1 | 2 | 3:
                return pick(PAIRS).format(value(depth - 1), value(depth - 1))
            case 4 | 5:
                return pick(SINGLES).format(value(depth - 1))
            case 6:
                return f"{pick(FUNCTIONS)}({value(depth - 1)})"
            case 7:
                return pick(CASES).format(value(depth - 1), value(depth - 1), condition(depth - 1))
            case _:
                return pick(NUMBERS, SCALARS, ARRAYS, ENTRIES)

    def condition(depth: int) -> str:
        kind = draw(st.integers(0, 4)) if depth else 0
        if kind == 1:
            return f"not ({condition(depth - 1)})"
        if kind == 2:
            return pick(LOGIC).format(condition(depth - 1), condition(depth - 1))
        if kind == 3:
            return f"{value(depth - 1)} < {value(depth - 1)} <= {value(depth - 1)}"
        return pick(RELATIONS).format(value(depth), value(depth))

    def items(depth: int) -> str:
        kind = draw(st.integers(0, 1)) if depth else 0
        return pick(LISTS).format(*(items(depth - 1) if kind else value(2) for _ in range(2)))

    match draw(st.integers(0, 7)):
        case 0 | 1 | 2:
            return value(4)
        case 3 | 4:
            return condition(3)
        case 5:
            return items(2)
        case 6:
            return f"C = {value(2)}, D = {items(1)}"
        case _:
            return f"{{t : {condition(2)}}}"


def _holds(text: str) -> None:
    try:
        tree = read(text, TABLE).tree
    except Unreadable:
        return
    for shown in (to_unicode(tree), to_latex(tree)):
        assert read(shown, TABLE).tree == tree, shown


@settings(max_examples=500, deadline=None)
@given(texts())
def test_reading_an_echo_gives_the_same_tree(text):
    """The law, for formulas of every construct."""
    _holds(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SINGLES + [f"{name}({{}})" for name in FUNCTIONS]), st.integers(1, 70))
def test_the_echo_of_the_deepest_accepted_trees_can_be_read(template, depth):
    """Whatever is accepted is shown in a text that is accepted again, however deep it nests."""
    text = "t"
    for _ in range(depth):
        text = template.format(text)
    _holds(text)


@given(st.integers(1, 200))
def test_depth_is_measured_without_recursion(depth):
    """A chain of transposes is one level deeper a mark, and refused beyond the limit."""
    text = "X" + "'" * depth
    if depth >= DEEPEST_TREE:
        with pytest.raises(TooComplex, match="nested too deep"):
            read(text, TABLE)
    else:
        assert size_of_tree(read(text, TABLE).tree) == (depth + 1, depth + 1, 0)


def test_values_are_exact_in_the_echo():
    """Decimals keep their exact value, whatever their length."""
    for typed, value in (("0.1", Fraction(1, 10)), ("1e-9", Fraction(1, 10**9)), ("12.50", Fraction(25, 2))):
        tree = read(typed, TABLE).tree
        assert tree.value == value
        assert read(to_unicode(tree), TABLE).tree.value == value
