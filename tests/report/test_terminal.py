"""The student's table: its facts, its widths, and that hostile text is inert."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder.report.terminal import columns, table
from autograder.verdict import PartResult, Result, Verdict, Word
from tests.report.specimen import specimen
from tests.report.test_gradescope import part, result, sample


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_table_at_several_widths(golden, width):
    """The same facts at every width, and no line beyond it."""
    text = table(specimen(), width=width)
    assert max(columns(line) for line in text.splitlines()) <= width
    golden(f"table-{width}.txt", text)


def test_colour_adds_nothing_but_colour():
    """The words say everything; colour is only put around them."""
    plain, coloured = table(sample()), table(sample(), colour=True)
    assert "\x1b" not in plain
    assert coloured != plain
    for code in ("\x1b[0m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


@pytest.mark.parametrize(("asked", "used"), [(10, 40), (500, 120)])
def test_widths_stay_readable(asked, used):
    """A terminal of ten columns, or of five hundred, gets the nearest readable table."""
    assert table(sample(), width=asked) == table(sample(), width=used)


@pytest.mark.parametrize("text", ["\x1b[2J\x1b[1;1Hok", "x\r9 of 9", "a\u202eb", "\x07\x9b31m", "e" + "\u0301" * 500])
def test_hostile_text_is_inert(text):
    """Nothing a student types reaches the terminal as a control character."""
    verdict = {"wrote": text, "read_as": text, "witness": text, "feedback": (text,), "notices": (text,)}
    shown = table(result(part(**verdict), notices=(text,)))
    assert not set(shown) & {"\x1b", "\r", "\u202e", "\x07", "\x9b"}
    assert "\u0301" * 5 not in shown


@pytest.mark.parametrize("width", [40, 80, 120])
def test_wide_characters_stay_within_the_width(width):
    """Two columns for a Chinese character are counted as two."""
    text = "\u5b66\u4e60\u7387" * 60
    shown = table(result(part(wrote=text, feedback=(text,), notices=(text,)), notices=(text,)), width=width)
    assert max(columns(line) for line in shown.splitlines()) <= width


def test_a_long_answer_does_not_flood_the_screen():
    """A text of five thousand characters is cut in the middle, and wraps."""
    shown = table(result(part(wrote="x" * 5_000)), width=60)
    assert "characters left out" in shown
    assert len(shown) < 1_500


@pytest.mark.parametrize(
    "text", ["x" * 200_000, "a b " * 50_000, "\u202e" * 200_000, "\x1b[31m" * 40_000, "\n" * 200_000]
)
def test_two_hundred_thousand_characters_are_inert_everywhere(text):
    """Whatever the place in a verdict, a flood stays a few screens long."""
    verdict = {"wrote": text, "read_as": text, "witness": text, "feedback": (text,) * 3, "notices": (text,) * 3}
    shown = table(result(part(**verdict), notices=(text,)), width=80)
    assert len(shown) < 40_000
    assert not set(shown) & {"\x1b", "\u202e"}
    assert max(columns(line) for line in shown.splitlines()) <= 80


def test_a_caret_stays_below_what_it_points_at():
    """Lines that belong together keep their columns."""
    lines = table(result(part(feedback=("2 sgima\n  ^^^^^",)))).splitlines()
    pointed = next(n for n, line in enumerate(lines) if "sgima" in line)
    assert lines[pointed].index("sgima") == lines[pointed + 1].index("^^^^^")


@pytest.mark.parametrize(
    ("word", "credit", "worth"),
    [
        (Word.OK, 1, "3 of 3"),
        (Word.NOT_YET, Fraction(1, 3), "1 of 3"),
        (Word.NOT_YET, Fraction(1, 7), "0.42 of 3"),
        (Word.WAITING, 0, "3 open"),
        (Word.UNDECIDED, 0, "3 open"),
    ],
)
def test_points_that_wait_are_not_shown_as_lost(word, credit, worth):
    """Open points are called open; earned ones are never rounded up."""
    verdict = Verdict(word=word, credit=Fraction(credit))
    only = PartResult(part="hw0/1a", title="T", points=Fraction(3), verdict=verdict)
    text = table(Result(assignment="hw0", title="H", seed=1, parts=(only,)))
    assert text.splitlines()[2].endswith(worth)
