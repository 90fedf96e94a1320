"""How answers of several parts are told apart, and how derivations are split into lines."""

from __future__ import annotations

import pytest

from autograder.answers.asked_lines import lines_of
from autograder.answers.texts import as_text, parts_by_name

NAMES = ("W1", "W2", "c")


@pytest.mark.parametrize(
    "content",
    [
        ("I", "2*I", "0"),
        {"W1": "I", "W2": "2*I", "c": "0"},
        {"c": "0", "W_2": "2*I", "W_1": "I"},
        "W1 = I, W2 = 2*I, c = 0",
        "W1 = I, W2 = 2*I and c = 0",
        "W1 = I, W2 = 2*I, and c = 0",
        r"W_1 = I,\ W_2 = 2*I \text{ and } c = 0",
        "c = 0; W2 = 2*I; W1 = I",
        "W_1 := I\nW_2 := 2*I\nc := 0",
        "$W_{1} = I, W_{2} = 2*I, c = 0$",
        "[I, 2*I, 0]",
        "(I, 2*I, 0)",
        "I, 2*I, 0",
        ("W1 = I", "W2 = 2*I", "c = 0"),
    ],
)
def test_parts_are_found_in_every_way_of_writing_them(content):
    """A list in order, a dict by name and one text of assignments say the same."""
    assert parts_by_name(content, NAMES) == {"W1": "I", "W2": "2*I", "c": "0"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (("I", "2*I"), "3 parts are asked, in this order: W1, W2, c. There are 2."),
        ("I", "3 parts are asked, in this order: W1, W2, c. There is 1."),
        ({"W1": "I", "c": "0"}, "Give each of W1, W2, c under its name; W2 is missing."),
        ("W1 = I, c = 0", "Give each of W1, W2, c once; W2 is missing or not named."),
        ("W1 = I, W2 = I, c = 0, W1 = 2*I", "Give each of W1, W2, c once; one is missing or not named."),
    ],
)
def test_a_missing_part_is_named(content, sentence):
    """The sentence says how many parts are asked, or which one is missing."""
    assert parts_by_name(content, NAMES) == sentence


def test_conditions_keep_their_and():
    """An 'and' that no name of a part follows belongs to a formula."""
    assert (
        parts_by_name("a if x > 0 and y > 0 else 0, b", ("first", "second"))["first"] == "a if x > 0 and y > 0 else 0"
    )


def test_commas_inside_brackets_do_not_separate_parts():
    """Only commas outside every bracket separate."""
    assert parts_by_name("[a, b], max(a, b), 0", NAMES) == {"W1": "[a, b]", "W2": "max(a, b)", "c": "0"}


@pytest.mark.parametrize(
    ("content", "text"),
    [("x + 1", "x + 1"), (("a", "b"), "[a, b]"), ((("a", "b"), ("c", "d")), "[[a, b], [c, d]]"), (("a",), "[a]")],
)
def test_lists_become_one_text(content, text):
    """Nested lists are written as vectors and matrices."""
    assert as_text(content) == text


@pytest.mark.parametrize(
    "content",
    [
        ("A*B", "B^T*A", "0"),
        "A*B = B^T*A = 0",
        "A*B\n= B^T*A\n= 0",
        "A*B\nB^T*A\n0",
        "\\begin{align*} A*B &= B^T*A \\\\ &= 0 \\end{align*}",
        "\\begin{aligned}\nA*B &= B^T*A, \\\\\n&= 0\n\\end{aligned}",
        ("A*B = B^T*A", "0"),
        "A*B ⇒ B^T*A ⟹ 0",
        {"1": "A*B", "2": "B^T*A", "3": "0"},
    ],
)
def test_a_derivation_is_split_into_its_expressions(content):
    """Lists, chains of equalities, lines and LaTeX align environments give the same steps."""
    assert lines_of(content) == ["A*B", "B^T*A", "0"]


def test_an_equality_inside_brackets_is_no_step():
    """A keyword argument does not split a line."""
    assert lines_of("concatenate([A, B], axis=1) = C") == ["concatenate([A, B], axis=1)", "C"]


@pytest.mark.parametrize(
    "content",
    [
        "$A = B$\n$= C$",
        "\\[A = B \\\\[4pt] = C\\]",
        "1. A\n2. B\n3. C",
        "(1) A\n(2) B\n(3) C",
        "\\begin{align*} A &= B \\\\ &= C \\end{align*}",
        ("A", "B", "C"),
        "A = B = C",
    ],
)
def test_the_lines_of_a_derivation_are_found_in_every_way_of_setting_them(content):
    """Dollar signs, displays, numbers of lines and room between lines are no part of a formula."""
    assert lines_of(content) == ["A", "B", "C"]
