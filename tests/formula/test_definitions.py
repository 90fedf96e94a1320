"""Abbreviations that a student defines beside the formula."""

from __future__ import annotations

import pytest

from autograder.equality.decide import decide
from autograder.formula.declare import declare
from autograder.formula.errors import TooComplex, UnknownName
from autograder.formula.read import read
from autograder.formula.shapes import elaborate
from autograder.formula.tree import Assigned, Call, Name, Sequence

TABLE = declare("t >= 0: int, eta > 0, sigma > 0, y, A: m*n, b: m, x: n")
PATH = "y/sigma*(1 - (1 - 2*eta*sigma^2)^t)"


@pytest.mark.parametrize(
    "text",
    [
        "y/sigma*(1 - r^t) where r = 1 - 2*eta*sigma^2",
        "y/sigma*(1 - r^t), where r = 1 - 2*eta*sigma^2",
        "y/sigma*(1 - r^t), r = 1 - 2*eta*sigma^2",
        "y/sigma*(1 - r^t); r := 1 - 2*eta*sigma^2",
        "y/sigma*(1 - r^t)\nr = 1 - 2*eta*sigma^2",
        "r = 1 - 2*eta*sigma^2; w_t = y/sigma*(1 - r^t)",
        "r = 1 - 2*eta*sigma^2\nw_t = y/sigma*(1 - r^t)",
        "w_t = w^* - w^* r^t with w^* = y/sigma and r = 1 - 2*eta*sigma^2",
        "goal*(1 - r^t) where r = 1 - u, u = 2*eta*sigma^2, goal = y/sigma",
        r"\frac{y}{\sigma}(1 - \rho^t), \quad \text{where } \rho = 1 - 2\eta\sigma^2",
        r"w_t = w^\star(1 - \rho^t), \rho = 1 - 2\eta\sigma^2, w^\star = y/\sigma",
    ],
)
def test_abbreviations_mean_what_the_student_says(text: str) -> None:
    """`where name = …`, before or behind the formula, in any order and each in terms of the others."""
    assert decide(elaborate(read(PATH, TABLE).tree, TABLE)[0], read(text, TABLE).tree, TABLE, seed=1).equal


@pytest.mark.parametrize(
    "text",
    [
        "2 C'(Cx - d) where C = [A; 2 I], d = [b; 0*x]",
        r"2 C^\top (C x - d), \; C = \begin{bmatrix} A \\ 2 I \end{bmatrix}, d = \begin{bmatrix} b \\ 0 x \end{bmatrix}",
        "2 (H x - g) where H = A'A + 4 I and g = A'b",
    ],
)
def test_matrices_may_be_abbreviated(text: str) -> None:
    """A block matrix may have a name, which may stand directly before a declared letter."""
    key, shape = elaborate(read("2 A'(A x - b) + 8 x", TABLE).tree, TABLE)
    assert decide(key, elaborate(read(text, TABLE).tree, TABLE, expected=shape)[0], TABLE, seed=1).equal


def test_conditions_beside_a_definition_stay() -> None:
    """What is said of declared symbols is no definition."""
    assert (
        read("|r| < 1 with r = 1 - 2 eta and sigma > 0", TABLE).tree
        == read("|1 - 2 eta| < 1 and sigma > 0", TABLE).tree
    )


def test_declared_names_and_labels_are_not_defined() -> None:
    """Labels that nothing uses stay labels, and a declared name keeps its meaning."""
    labelled = read("p = eta, q = abs(sigma)", TABLE).tree
    assert labelled == Sequence(
        (Assigned("p", Name("eta")), Assigned("q", Call("abs", (Name("sigma"),)))), opening="", closing=""
    )
    assert read("y + eta where eta > 3", TABLE).tree != read("y + 3", TABLE).tree


@pytest.mark.parametrize("text", ["y*r^t where r = s, s = r", "y*r where r = v", "y*r where q = 2"])
def test_names_without_a_meaning_are_unknown(text: str) -> None:
    """A circle, and a name that no definition explains, are errors as ever."""
    with pytest.raises(UnknownName):
        read(text, TABLE)


def test_definitions_cannot_blow_a_formula_up() -> None:
    """Sixty doublings are refused, not written out."""
    chain = ", ".join(f"a{i} = a{i + 1} a{i + 1}" for i in range(60))
    with pytest.raises(TooComplex):
        read(f"a0 where {chain}, a60 = y", TABLE)


@pytest.mark.parametrize(
    "typed",
    [
        "w* + r (0 - w*), w* = y/sigma",
        "w* (1 - r), w* = y/sigma",
        "(1 - r) w* where w* = y/sigma",
        "w^*(1 - r), w^* = y/sigma",
    ],
)
def test_a_star_belongs_to_the_name_that_is_defined_with_it(typed):
    """`w*` is the optimum where `w* = …` says so, also without a caret."""
    table = declare("y, sigma > 0, r")
    expected = read("(1 - r) y/sigma", table).tree
    assert decide(expected, read(typed, table).tree, table, seed=1).equal
