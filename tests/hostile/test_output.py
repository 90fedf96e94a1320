"""Attack list, lines 51-53: what a student prints is shown as text, and cannot pose as the grader's."""

import pytest

from autograder.report.plain import clean, fenced
from autograder.sandbox import Raised

SEQUENCES = {
    "clear screen": "\x1b[2J\x1b[H",
    "colour": "\x1b[1;32m",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;https://example.org\x1b\\text\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;aGVsbG8=\x07",
    "device control": "\x1bP+q544e\x1b\\",
    "eight-bit": "\x9b31m",
    "unclosed": "\x1b]0;never closed",
    "bell and nul": "\x07\x00\x08\x7f",
    "bidi": "\u202eabc\u202c\u2066\u2069\u200f",
    "zero width": "\u200b\u200d\ufeff\u2060",
    "line separators": "\u2028\u2029\x85\x0b\x0c",
    "surrogate": "\ud800",
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_sequences_are_stripped(name):
    """Line 52: nothing that moves a cursor, reorders text or hides in it is left, and the text around it is."""
    shown = clean(f"before{SEQUENCES[name]}\nafter")
    assert shown.startswith("before")
    assert shown.endswith("after")
    assert all(character.isprintable() or character in "\n\t" for character in shown)
    shown.encode()


def test_an_overwritten_line_shows_both_texts():
    """Line 52: a carriage return does not let later text hide earlier text."""
    assert clean("score: 0\rscore: 100") == "score: 0\nscore: 100"


def test_stacked_marks_cannot_paint_over_other_lines():
    """Line 52: a tower of combining marks is cut to what real scripts need."""
    assert len(clean("a" + "\u0301" * 500)) <= 5


@pytest.mark.parametrize("sink", ["stdout", "error", "name"])
def test_every_field_of_an_outcome_is_already_clean(attack, sink):
    """Line 52: printed text, an error's text and the name of its class arrive without sequences."""
    hostile = "\x1b[2J\u202e\x9b31m\x00x"
    text = f"""
def attack():
    print({hostile!r})
    raise type({hostile!r} if {sink!r} == "name" else "E", (Exception,), {{}})({hostile!r})
"""
    outcome = attack(text)
    assert isinstance(outcome, Raised) or sink == "name"
    assert "\x1b" not in repr([outcome.stdout, outcome.message])
    assert "x" in outcome.stdout


def test_markup_stays_literal():
    """Line 51: HTML and Markdown are passed through as the characters that they are, inside a fence."""
    text = "<script>alert(1)</script> ![x](http://example.org/beacon) [a](javascript:b)"
    assert fenced(text) == f"```text\n{text}\n```"


@pytest.mark.parametrize("ticks", [3, 4, 10])
def test_a_fence_cannot_be_closed_from_inside(ticks):
    """Line 53: text that imitates the end of its block and a verdict after it stays inside the block."""
    shown = fenced("`" * ticks + "\n# Score: 100/100\nTest passed")
    opening, *_, closing = shown.splitlines()
    assert opening == "`" * (ticks + 1) + "text"
    assert closing == "`" * (ticks + 1)


def test_long_text_is_cut_in_the_middle():
    """Line 45: beginning and end are kept, and the cut says how much is missing."""
    shown = clean("a" * 1000 + "b" * 10**6 + "c" * 1000, 200)
    assert shown.startswith("a" * 100)
    assert shown.endswith("c" * 100)
    assert len(shown) < 300
