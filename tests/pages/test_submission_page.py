"""The page of one submission: its facts, its structure, and that nothing of a student's text acts."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.report.page.submission import page
from autograder.verdict import PartResult, Result, Verdict, Word
from tests.report.specimen import HOSTILE, PLOT, READING, specimen

VOID = {"meta", "br", "link"}


class Seen(HTMLParser):
    """Elements with their attributes, and the text; complains of what is left open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def one(**verdict: object) -> Result:
    """A result of one part."""
    part = PartResult(
        part="hw0/1a", title="T", points=Fraction(2), verdict=Verdict(**{"word": Word.NOT_YET, **verdict})
    )
    return Result(assignment="hw0", title="H", seed=1, parts=(part,))


def test_the_page_of_the_specimen(golden):
    """Everything that a page can show, in one file; its style stands elsewhere."""
    golden("submission.html", re.sub(r"<style>.*?</style>", "<style></style>", page(specimen()), flags=re.DOTALL))


def test_the_page_needs_nothing_else():
    """No script, no other file, no address, and a policy that forbids them all."""
    seen = Seen(page(specimen()))
    names = {name for name, _ in seen.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "input", "base"}
    assert {attributes["href"][0] for attributes in seen.all("a")} == {"#"}
    policy = next(a["content"] for a in seen.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; form-action 'none'", policy
    )
    assert "url(" not in page(specimen())
    assert "http:" not in page(specimen())
    assert "https:" not in page(specimen())
    assert not any(name.startswith("on") or name == "style" for _, attributes in seen.tags for name in attributes)


def test_every_anchor_has_its_place_and_every_label_its_text():
    """Links within the page lead somewhere, and what is labelled by another element is."""
    seen = Seen(page(specimen()))
    ids = [attributes["id"] for _, attributes in seen.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert {attributes["href"][1:] for attributes in seen.all("a")} <= set(ids)
    assert {attributes["aria-labelledby"] for _, attributes in seen.tags if "aria-labelledby" in attributes} <= set(ids)


def test_headings_follow_each_other():
    """One title, and below it one heading for each section; no level is left out."""
    levels = [int(name[1]) for name, _ in Seen(page(specimen())).tags if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_the_reading_is_typeset_and_can_be_taken_apart():
    """MathML, and on demand the plain text and the tree."""
    seen = Seen(page(one(wrote="eta < 2/sigma^2", read_as="η < 2/σ²", reading=READING)))
    assert len(seen.all("math")) == 1
    assert "quotient: above, then below" in seen.texts
    assert "η < 2/σ²" in seen.texts


def test_a_plot_has_its_numbers_as_a_table():
    """Whoever does not see the picture reads the same."""
    seen = Seen(page(one(plots=(PLOT,))))
    assert len(seen.all("figure")) == len(seen.all("svg")) - 1 == 1  # one more for the legend
    assert {"0", "10", "−20", "Run from 0 with σ = 2, y = 5."} <= {text.strip() for text in seen.texts}


@given(st.text(max_size=60))
def test_a_students_text_adds_no_element(text):
    """The page's elements are the same whatever stands in the texts."""
    facts = {"wrote": f"a{text}", "read_as": f"a{text}", "witness": f"a{text}", "convention": f"a{text}"}
    plain = Seen(page(one(**dict.fromkeys(facts, "ab"), notices=("ab",))))
    shown = Seen(page(one(**facts, notices=(f"a{text}",))))
    kept = [tag for tag in shown.tags if tag[0] not in ("code", "pre", "p")]
    assert kept == [tag for tag in plain.tags if tag[0] not in ("code", "pre", "p")]


def test_hostile_text_is_shown_and_does_nothing():
    """Markup is text; escapes and marks that reorder are gone."""
    text = page(one(wrote=HOSTILE, read_as=HOSTILE, witness=HOSTILE, feedback=(HOSTILE,), notices=(HOSTILE,)))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert not set(text) & set("\x1b\u202e\u202c\x00")


def test_a_flood_is_cut():
    """Two hundred thousand characters in every field make a page that opens at once."""
    flood = "<&" * 100_000
    facts = dict.fromkeys(("wrote", "read_as", "witness", "convention"), flood)
    text = page(one(**facts, feedback=(flood,) * 3, notices=(flood,) * 3))
    assert len(text) < 400_000
    assert "characters left out" in text


@pytest.mark.parametrize("word", list(Word))
def test_every_verdict_is_a_word(word):
    """Colour and sign only repeat what the word says."""
    credit = Fraction(word is Word.OK)
    seen = Seen(page(one(word=word, credit=credit)))
    assert seen.texts.count(word.value) == 2  # in the overview and at the part
    assert all(a.get("aria-hidden") == "true" for a in seen.all("span") if a.get("class") == "sign")


def test_what_may_not_be_seen_is_not_there():
    """Hidden checks and what is for staff stay out of the page."""
    text = page(specimen())
    assert "large inputs" not in text
    assert "Traceback" not in text
    assert "held in tier" not in text
    assert "1 further test is not shown now" in text
