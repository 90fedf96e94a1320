"""Symbols are declared in one line, and a line that cannot be meant is refused with an example."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder.errors import AuthorError
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.formula.tree import Call, Div, Mul, Name, Number
from autograder.symbols import Bound, Kind, Structure

ZERO, ONE, TWO = Number(Fraction(0)), Number(Fraction(1)), Number(Fraction(2))


@pytest.mark.parametrize(
    ("text", "kind", "shape"),
    [
        ("a", Kind.SCALAR, (1, 1)),
        ("a: real", Kind.SCALAR, (1, 1)),
        ("a: int", Kind.INTEGER, (1, 1)),
        ("N", Kind.INTEGER, (1, 1)),
        ("d: real", Kind.SCALAR, (1, 1)),
        ("y: data", Kind.DATA, ("N", 1)),
        ("y: data[n]", Kind.DATA, ("n", 1)),
        ("y: data(5)", Kind.DATA, (5, 1)),
        ("X: n*d", Kind.MATRIX, ("n", "d")),
        ("X: n×d", Kind.MATRIX, ("n", "d")),
        ("X: nxd", Kind.MATRIX, ("n", "d")),
        ("X: n by d", Kind.MATRIX, ("n", "d")),
        ("X: rows*cols", Kind.MATRIX, ("rows", "cols")),
        ("b: n", Kind.MATRIX, ("n", 1)),
        ("b: vector n", Kind.MATRIX, ("n", 1)),
        ("b: 3", Kind.MATRIX, (3, 1)),
    ],
)
def test_kinds_and_shapes(text, kind, shape):
    """Behind the colon stands what a symbol is."""
    (symbol,) = declare(text).symbols
    assert (symbol.kind, symbol.shape) == (kind, shape)


@pytest.mark.parametrize(
    ("text", "structure"),
    [
        ("S: symmetric n*n", Structure.SYMMETRIC),
        ("S: positive definite n*n", Structure.POSITIVE_DEFINITE),
        ("S: spd n*n", Structure.POSITIVE_DEFINITE),
        ("S: PD n*n", Structure.POSITIVE_DEFINITE),
        ("Q: orthogonal n*n", Structure.ORTHOGONAL),
        ("D: diagonal n by n", Structure.DIAGONAL),
        ("X: n*n", Structure.GENERAL),
    ],
)
def test_structures(text, structure):
    """A structure stands before the shape."""
    (symbol,) = declare(text).symbols
    assert symbol.structure is structure


@pytest.mark.parametrize(
    ("text", "name", "lower", "upper"),
    [
        ("eta > 0", "eta", Bound(value=ZERO, strict=True), None),
        ("eta: positive", "eta", Bound(value=ZERO, strict=True), None),
        ("0 <= x <= 1", "x", Bound(value=ZERO, strict=False), Bound(value=ONE, strict=False)),
        ("0 < ε < 1", "epsilon", Bound(value=ZERO, strict=True), Bound(value=ONE, strict=True)),
        ("t ≥ 0: int", "t", Bound(value=ZERO, strict=False), None),
        ("x >= 0, x > 0", "x", Bound(value=ZERO, strict=True), None),
        ("x > 0, x > 1", "x", Bound(value=ONE, strict=True), None),
        ("x > 1, x > 0", "x", Bound(value=ONE, strict=True), None),
        ("sigma_l > sigma_s > 0", "sigma_l", Bound(value=Name("sigma_s"), strict=True), None),
        ("sigma_l > 0, sigma_s > 0, sigma_l > sigma_s", "sigma_l", Bound(value=Name("sigma_s"), strict=True), None),
        ("a, b, x < min(a, b)", "x", None, Bound(value=Call("min", (Name("a"), Name("b"))), strict=True)),
        ("a, x > 1, x >= a", "x", Bound(value=Call("max", (ONE, Name("a"))), strict=True), None),
        ("x: real", "x", None, None),
        ("x < 1/(2*2)", "x", None, Bound(value=Div(ONE, Mul((TWO, TWO))), strict=True)),
        ("k: int", "k", Bound(value=ONE, strict=False), None),
    ],
)
def test_domains(text, name, lower, upper):
    """Relations give a domain, chains one for each of their symbols."""
    symbol = declare(text)[name]
    assert (symbol.lower, symbol.upper) == (lower, upper)


def test_zero_can_be_excluded():
    """`x != 0` is a domain too."""
    assert declare("x != 0")["x"].nonzero


def test_further_spellings_stand_in_brackets():
    """Each name of a chain has its own spellings, which are read like the name."""
    table = declare("sigma_l (sl) > sigma_s (ss, small) > 0, Ew (E[w_t], E[w])")
    assert [symbol.aliases for symbol in table.symbols] == [("sl",), ("ss", "small"), ("E[w_t]", "E[w]")]
    for typed, name in (("sl", "sigma_l"), ("small", "sigma_s"), ("E[w]", "Ew"), (r"\mathbb{E}[w_t]", "Ew")):
        assert read(typed, table).tree == Name(name)


def test_greek_letters_may_be_typed_in_any_alphabet():
    """The canonical name is the word."""
    assert [symbol.name for symbol in declare(r"θ, \lambda > 0, sigma_ell").symbols] == ["theta", "lambda", "sigma_l"]


def test_an_empty_line_declares_nothing():
    """A question without symbols is possible."""
    assert declare("").symbols == ()


def test_sizes_are_known_names():
    """A size may be used in a formula without being declared."""
    assert declare("X: n*d, y: n").sizes == ("n", "d")
    assert read("n + d", declare("X: n*d")).tree.args == (Name("n"), Name("d"))


MISTAKES = [
    ("3 > 2", "cannot read the declaration '3 > 2'. Write for example 'eta > 0', 'N: int' or 'X: n*d'."),
    ("eta = 1", "cannot read the declaration 'eta = 1'. Write for example 'eta > 0', 'N: int' or 'X: n*d'."),
    ("a < b: int", "cannot read the declaration 'a < b: int'. Write for example 'eta > 0', 'N: int' or 'X: n*d'."),
    ("X: blah", "cannot read what X is in 'X: blah'. Write 'int', 'data', 'n*d' or 'symmetric n*n'."),
    ("X: 0*d", "X has no entries in 'X: 0*d'. Sizes are names or positive numbers."),
    ("S: symmetric n*d", "S is declared symmetric but not square in 'S: symmetric n*d'. Write 'n*n'."),
    ("x != 1", "x != 1 in 'x != 1' is no domain. Only 'x != 0' can be declared."),
    ("eta > 1, eta < 0", "no eta lies above 1 and below 0 (declared in 'eta < 0'). Mend one of the bounds."),
    ("0 < x <= 0", "no x lies above 0 and below 0 (declared in '0 < x <= 0'). Mend one of the bounds."),
    ("a > b, b > a", "the bounds of a go round in a circle. Declare each relation once."),
    ("a < a", "the bounds of a go round in a circle. Declare each relation once."),
    ("a (x^&#) > 0", "cannot read the spelling 'x^&#' in 'a (x^&#) > 0': the character # (number sign) has no meaning "
     "in a formula. Remove it, or spell it out."),
    ("lambda > 0 (lam)", "the spellings (lam) stand behind '0' in 'lambda > 0 (lam)'. Write them directly behind the "
     "name: 'lambda (lam) > 0'."),
    ("eta > 1 +", "cannot read the bound '1 +' in 'eta > 1 +': nothing stands behind +. Type what is missing, or remove "
     "the sign."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_of_the_author_is_told_with_an_example(text, message):
    """The message shows the item and what to write instead."""
    with pytest.raises(AuthorError) as caught:
        declare(text)
    assert str(caught.value) == message
