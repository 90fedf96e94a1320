"""The page of a submission as people meet it: bright and dark, narrow and on paper, by keyboard and by ear."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder.report.page.submission import page as page_of
from autograder.verdict import PartResult, Result, Verdict, Word
from tests.browser.conftest import objections

NARROW = 320  # 40 columns of a telephone


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [NARROW, 900])
def test_axe_finds_nothing(opened, submission, dark, width):
    """Contrast, names, headings, landmarks, regions that scroll: as it opens, and with everything unfolded."""
    page = opened(submission, width=width, dark=dark)
    assert objections(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert objections(page) == []


def test_nothing_else_is_asked_for(opened, submission):
    """One file, and not a byte more."""
    requests = []
    page = opened(submission)
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    assert requests == [submission]


def test_formulas_are_typeset(opened, submission):
    """A fraction stands taller than its line, and the relation between its sides has room."""
    page = opened(submission)
    fraction = page.locator("math mfrac").first.bounding_box()
    letter = page.locator("math mi").first.bounding_box()
    assert fraction["height"] > 1.5 * letter["height"]


@pytest.mark.parametrize("width", [NARROW, 360, 900, 1600])
def test_the_page_never_scrolls_sideways(opened, submission, width):
    """What is too wide scrolls by itself, or wraps."""
    page = opened(submission, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_long_ids_and_points_fit_a_telephone(opened, tmp_path):
    """The widest ids and scores of the course, on 40 columns."""
    parts = tuple(
        PartResult(part=f"hw1/{name}", title="T", points=Fraction(33, 100), verdict=Verdict(word=Word.UNREADABLE))
        for name in ("1g.coordinates", "4a.minimiser")
    )
    path = tmp_path / "page.html"
    path.write_text(page_of(Result(assignment="hw1", title="H", seed=1, parts=parts)), encoding="utf-8")
    page = opened(path.as_uri(), width=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_the_keyboard_reaches_everything(opened, submission):
    """The skip link comes first and leads to the parts; tree and table open by key; focus can be seen and comes back."""
    page = opened(submission)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = page.locator(".skip").bounding_box()
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "parts"
    summaries = page.locator("summary")
    reached = 0
    while reached < summaries.count():
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") != "skip", "the keyboard came round without them all"
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.parentElement.open")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            reached += 1
    assert reached > 1


def test_a_screen_reader_hears_the_structure(opened, submission):
    """One main landmark, a title, a heading for each part, the plot by its words, and its table by its caption."""
    page = opened(submission)
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("heading", level=1).inner_text() == "Homework 0"
    assert page.get_by_role("region", name="1a Stable learning rates").count() == 1
    plot = page.get_by_role("img", name="The recurrence at the end of your range. Run from 0 with σ = 2, y = 5.")
    assert plot.count() == 1
    page.get_by_text("the numbers as a table").click()
    assert page.get_by_role("table", name="The recurrence at the end of your range").count() == 1


def test_paper_has_black_words_and_no_controls(opened, submission):
    """What is folded stays away, colours that carry nothing are gone, and a part is not torn apart."""
    page = opened(submission, dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".skip").is_hidden()
    assert page.locator("details").first.is_hidden()
    style = "getComputedStyle(document.querySelector('.word'))"
    assert page.evaluate(f"{style}.color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_hostile_text_runs_nothing(opened, submission):
    """The specimen's hostile answer is there to read; no element came of it."""
    page = opened(submission)
    assert page.get_by_text("<script>alert(1)</script>").first.is_visible()
    assert page.locator("script, img, iframe").count() == 0
