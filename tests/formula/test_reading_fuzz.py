"""Whatever is typed, reading ends soon, with a tree or with an error that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import Unreadable
from autograder.formula.declare import declare
from autograder.formula.echo import to_latex, to_unicode
from autograder.formula.lexer import LONGEST_TEXT
from autograder.formula.read import read

pytestmark = pytest.mark.untraced

TABLE = declare(
    "eta > 0, sigma > 0, t: int, N: int, y: data, x: data, theta, Ew (E[w_t]), X: n*d, w: d, W1: d*n, S: symmetric n*n",
    indices=("i",),
)
NUMBERS_ONLY = declare("a, b, x, y, z")

WORDS = [
    "eta",
    "sigma",
    "x",
    "y",
    "X",
    "w",
    "i",
    "t",
    "N",
    "1",
    "2",
    "0.5",
    "10",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    "||",
    "\\|",
    "+",
    "-",
    "*",
    "/",
    "^",
    "**",
    "_",
    "'",
    "!",
    ".T",
    ".",
    "..",
    "...",
    ",",
    ";",
    ":",
    "=",
    "<",
    ">",
    "<=",
    "in",
    "and",
    "or\nnot",
    "if",
    "else",
    "for",
    "sum",
    "Sum",
    "mean",
    "prod",
    "sqrt",
    "√",
    "ln",
    "log",
    "exp",
    "abs",
    "max",
    "sin",
    "relu",
    "step",
    "I",
    "eye",
    "inv",
    "T",
    "^T",
    "ᵀ",
    "²",
    "⁻¹",
    "ᵢ",
    "₁",
    "\\frac",
    "\\sum",
    "\\left\n\\right",
    "\\begin{bmatrix}",
    "\\end{bmatrix}",
    "\\begin{cases}",
    "\\end{cases}",
    "\\begin{align}",
    "\\end{align}",
    "&",
    "\\\\",
    "\\",
    "\\bar",
    "\\mathbf\n\\text",
    "\\sqrt",
    "\\eta",
    "\\top",
    "𝟙",
    "½",
    "⌈",
    "⌉",
    "⟨",
    "⟩",
    "∪",
    "∈",
    "≤",
    "→",
    "%",
    "@",
    "Piecewise",
    "where",
    "Interval",
    "And",
    "norm",
    "E",
    "[w_t]",
    "π",
    "oo",
    "e",
    "Matrix",
    "vstack",
    "solve",
    "U",
    "to\naxis",
    "#",
    '"',
    "θ̄",
    "x̄",
    "\u200b",
    "1[",
    "R",
    "^*",
    "_+",
    "E[w_t]",
    "y_i",
    "x_1",
    "\\overline{",
    "dot",
    "shape",
    ".sum()",
    ".shape[0]",
    "\n",
]

FORMULAS = [
    r"0 < \eta < \frac{1}{\sigma_\ell^2}", "2/N*Sum(theta - y[i], (i, 1, N))", r"\frac{2}{N}\sum_{i=1}^{N}(\theta - y_i)",
    "(X^T X + 2 I)^-1 X^T y", "|1-2 eta sigma^2| < 1", "ln(1/2)/(-ln|1-2 eta sigma^2|)", "||X w - y||_2^2",
    r"\begin{bmatrix} W_1 & 2 \\ 3 & S \end{bmatrix}", "Piecewise((x, t > 0), (0, True))", "eta ∈ (0, σ⁻²]",
    "theta <- theta - 2 eta (theta - ybar)", "[[1, 2], [t, x_1]]", "(1-eta σ²) E[w_t] + eta t",
]  # fmt: skip

UNITS = ["[", "(", "|", "||", "-", "+", "x^", "1/", "\\frac{", "\\frac{1}{", "sum(", "Sum(y[i],(i,1,", "\\sum_{i=", "\\sum_",
         "_", "x_{", "{", "\\text{", "\\mathbf{", "\\bar", "√", "ln ", "log_", "x'", "X.T", "X^T", "!", "not ", "y[", "1[",
         "if ", "Piecewise((1,", "max(", "xy", "x,", "x\n", "x=", "x<", "x and ", "⟨", "⌈", "²", "₁",
         "\\begin{bmatrix}", "\\begin{cases}", "&", "\\\\", "½", "E[w_t]", "1_", "(x)_+", "1..", "y.sum()", "mean(",
         "\\overline{", "(i,1,N)", "sum(i=", "x\\", "σ", "Σ_i", "𝟙[", "sum(y)sum(y)", "(0,1)U", "{x:", "I(", "a_b", "_{a",
         "x\u0304", "x:", "sin", "(-", "-(", "x^(", "||x", "|x|+", "[[", "solve(x,", "X@", "dot(x,", "1<(", "(1<",
         "not(", "t if (", "1 if 1<2 else (", "\\left\\|", "x^{x_", "\\frac12"]  # fmt: skip


def _reading(text, table):
    try:
        return read(text, table).tree
    except Unreadable as error:
        return error


def _check(text):
    for table in (TABLE, NUMBERS_ONLY):
        found = _reading(text, table)
        if isinstance(found, Unreadable):
            assert found.text == text
            assert 0 <= found.start <= found.end <= len(text)
            assert found.cause
            assert found.repair
            continue
        assert hash(found) == hash(_reading(text, table))
        assert repr(found)
        for shown in (to_unicode(found), to_latex(found)):
            if len(shown.encode()) <= LONGEST_TEXT:
                assert _reading(shown, table) == found


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", "", " "])), max_size=40))
def test_a_soup_of_signs_is_read_or_refused(pieces):
    """Only `Unreadable` may escape, with a place inside the text and a repair."""
    _check("".join(word + gap for word, gap in pieces))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    """Text of any script, control characters and lone surrogates included."""
    _check(text)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(FORMULAS),
    st.integers(0, 60),
    st.integers(0, 4),
    st.one_of(st.sampled_from(WORDS), st.text(max_size=2)),
)
def test_a_formula_with_a_slip_is_read_or_refused(formula, place, removed, typed):
    """A formula in which a few characters were changed."""
    at = place % (len(formula) + 1)
    _check(formula[:at] + typed + formula[at + removed :])


@pytest.mark.parametrize("count", [60, 90, 150, 900, 4000])
@pytest.mark.parametrize("unit", UNITS)
def test_a_repeated_piece_neither_hangs_nor_overflows(unit, count):
    """Nests and chains of any length end in a tree or in an error, far from the limit of Python's stack."""
    length = count // len(unit.encode())
    for text in (unit * length, unit * length + "1", "1" + unit * length):
        _check(text)


@pytest.mark.parametrize("depth", [5, 20, 40, 60, 64, 80, 130, 400])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [("(", ")"), ("[", "]"), ("sin(", ")"), ("sum(", ")"), ("-(", ")"), ("x^(", ")"), ("1+(", ")"), ("|", "|"),
     ("\\frac{1}{", "}"), ("Σ_i (", ")"), ("max(1,", ")"), ("x_{", "}"), ("\\text{", "}"), ("[[", "]]"), ("{", "}"),
     ("mean(y*", ")"), ("(1<", ")"), ("1/(", ")"), ("\\begin{bmatrix}", "\\end{bmatrix}"), ("not (", ")"),
     ("Piecewise((1,t>0),(", ",t<1))"), ("(t if t>0 else ", ")"), ("y[", "]"), ("1[t>", "]"), ("⟨x,", "⟩")],
)  # fmt: skip
def test_nesting_is_read_or_refused(opening, closing, depth):
    """Closed brackets of every kind, however deep."""
    _check(opening * depth + "t" + closing * depth)


@pytest.mark.parametrize(
    "text",
    ["__import__('os').system('touch x')", "().__class__", "lambda: 0", "(x := 1)", "[x for x in y]", "f'{x}'", "9**9**9",
     "2**(2**100)", "exec(x)", "x.__class__"],
)  # fmt: skip
def test_program_text_is_only_a_formula(text):
    """Python is never run: what is no formula is refused, and powers are not computed."""
    _check(text)
