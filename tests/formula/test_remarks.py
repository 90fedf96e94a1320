"""What people write around a formula is left out when it cannot change the meaning, and the student is told."""

from __future__ import annotations

import pytest

from autograder.errors import Unreadable
from autograder.formula.declare import declare
from autograder.formula.echo import to_unicode
from autograder.formula.read import read

TABLE = declare("eta > 0, sigma > 0, w")
LAST = "Of the statements that follow from each other, the last one was read."


def left_out(words: str) -> str:
    return f"These words were left out: {words}."


@pytest.mark.parametrize(
    ("typed", "echo", "notices"),
    [
        ("0 < eta < 1/sigma^2 (strict)", "0 < η < 1/σ²", (left_out("(strict)"),)),
        ("0 < eta < 1/sigma^2, strictly", "0 < η < 1/σ²", (left_out("strictly"),)),
        ("1/sigma^2 (where both rates are equal)", "1/σ²", (left_out("(where both rates are equal)"),)),
        ("for 0 < eta < 1/sigma^2", "0 < η < 1/σ²", (left_out("for"),)),
        ("w^2 + 4w + 1 parameters", "w² + 4·w + 1", (left_out("parameters"),)),
        ("stable iff eta < 1/sigma^2", "η < 1/σ²", (LAST,)),
        (r"|1 - 2\eta\sigma^2| < 1 \iff \eta < 1/\sigma^2", "η < 1/σ²", (LAST,)),
        (r"2\eta\sigma^2 < 2 \implies \eta < 1/\sigma^2", "η < 1/σ²", (LAST,)),
        ("2 eta sigma^2 < 2 ⟹ eta < 1/sigma^2", "η < 1/σ²", (LAST,)),
        ("eta < 1/sigma^2 therefore stable", "η < 1/σ²", (LAST,)),
        ("w converges iff eta < 1/sigma^2", "η < 1/σ²", (LAST,)),
        ("the iteration converges for eta < 1/sigma^2", "η < 1/σ²", (left_out("the iteration converges for"),)),
        ("0 < eta < 1/sigma^2 for convergence", "0 < η < 1/σ²", (left_out("for convergence"),)),
        ("w^2 + 4w + 1 parameters in total", "w² + 4·w + 1", (left_out("parameters in total"),)),
        ("2w + 1 columns", "2·w + 1", (left_out("columns"),)),
        ("Answer: 1/sigma^2", "1/σ²", (left_out("Answer"),)),
        ("Best rate: 1/sigma^2", "1/σ²", (left_out("Best rate"),)),
        ("eta: 0 < eta < 1/sigma^2", "0 < η < 1/σ²", (left_out("eta"),)),
        (r"0 < \eta < 1/\sigma^2 \text{ strictly}", "0 < η < 1/σ²", (left_out("strictly"),)),
    ],
)
def test_words_around_a_formula_are_left_out_and_named(typed, echo, notices):
    """The formula counts; the words are shown in a notice."""
    reading = read(typed, TABLE)
    assert to_unicode(reading.tree) == echo
    assert reading.notices == notices


@pytest.mark.parametrize(
    "typed",
    [
        "1/sigma^2 (squared)",
        "1/sigma^2 (times a constant)",
        "not stable (without noise) 1/sigma^2",
        "1/sigma^2 (inverse)",
        "half 1/sigma^2",
        "1/sigma^2 twice",
        "eta < 1/sigma^2 (not strict)",
        "1/sigma^2 (beta)^2",
        "lambda x: x",
        "strict",
        "(strict)",
        "Unstable: eta < 1/sigma^2",
        "not: eta < 1/sigma^2",
        "Instability: eta < 1/sigma^2",
        "Inverse: sigma^2",
        "1/sigma^2 (up to a constant factor)",
        "0 < eta < 1/sigma^2 (diverges)",
        "0 < eta < 1/sigma^2 (the complement of that)",
        "0 < eta < 1/sigma^2 (everything outside of this)",
        "diverges iff eta < 1/sigma^2",
        "w diverges iff eta < 1/sigma^2",
        "w never converges iff eta < 1/sigma^2",
        "w iff eta < 1/sigma^2",
        "0 < eta < 1/sigma^2 for divergence",
        "unstable iff eta < 1/sigma^2",
        "not stable iff eta < 1/sigma^2",
        "gradient descent never converges => eta < 1/sigma^2",
        "eta < 1/sigma^2 therefore diverges",
        "eta < 1/sigma^2 implies not stable",
        "we do not need eta > 2 hence eta < 1/sigma^2",
        "1/sigma^2 where",
    ],
)
def test_words_that_may_change_the_meaning_stay_and_are_refused(typed):
    """Nothing is guessed where a word may belong to the formula."""
    with pytest.raises(Unreadable):
        read(typed, TABLE)


def test_a_word_that_is_a_symbol_is_no_remark():
    """Declared symbols are never left out, whatever they are called."""
    table = declare("strict, total, stable")
    assert to_unicode(read("stable + total strict", table).tree) == "stable + total·strict"


def test_places_refer_to_the_text_as_typed():
    """An error behind words that are left out points into the original text."""
    with pytest.raises(Unreadable) as caught:
        read("for 0 < eta < 1/sigmaa", TABLE)
    assert (caught.value.start, caught.value.end) == (16, 22)


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("X^T (d x n)", "Xᵀ"),
        ("X^T (d × n)", "Xᵀ"),
        ("lambda I (n × n)", "λ·I"),
        ("lambda I(n, n)", "λ·I(n)"),
        ("X^T y, t = 0, 1, 2, ...", "Xᵀ·y"),
        ("X^T y since X is given", "Xᵀ·y"),
        ("X^T y (in the form with 1/n)", "Xᵀ·y"),
    ],
)
def test_sizes_reasons_and_counting_are_no_part_of_a_formula(typed, echo):
    """Sizes in brackets are said, not multiplied; what follows `since` explains."""
    assert to_unicode(read(typed, declare("X: n*d, y: n, lambda > 0")).tree) == echo
