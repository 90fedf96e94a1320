"""Text for people: any text becomes harmless, and cleaning twice changes nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.report.plain import clean, clean_line, cut, fenced

any_text = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\x1b[]0m;\x07\\\r\n\t\x9b\u202e`<&")))


@given(any_text)
def test_clean_text_has_no_character_that_acts(text):
    """Whatever goes in, no control, format or surrogate character comes out, and it encodes."""
    shown = clean(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown if c not in "\n\t")
    assert shown.encode().decode() == shown


@given(any_text)
def test_cleaning_twice_changes_nothing(text):
    """Removing one sequence never puts another together."""
    assert clean(clean(text)) == clean(text)


@given(any_text, st.integers(2, 50))
def test_cut_text_keeps_both_ends(text, limit):
    """Text within the limit is unchanged; longer text keeps its beginning and end and says what is missing."""
    shown = cut(text, limit)
    assert (
        (shown == text) if len(text) <= limit else (shown[: limit // 2] == text[: limit // 2] and "left out" in shown)
    )


@given(any_text)
def test_a_line_is_one_line(text):
    """A name for a log has no line end."""
    assert "\n" not in clean_line(text)


@given(any_text)
def test_a_fence_holds(text):
    """No line inside a fenced block is a fence that could close it."""
    opening, *body, closing = fenced(text).split("\n")
    assert opening == closing + "text"
    assert not any(line.strip().startswith(closing) for line in body)


def test_a_limit_without_room_is_refused():
    """A limit under two characters cannot show both ends."""
    with pytest.raises(ValueError, match="at least 2"):
        cut("abc", 1)
