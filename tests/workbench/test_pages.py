"""The workbench without a script: what each page shows, and what came of an answer."""

from __future__ import annotations

import html
import re

import pytest

from autograder import Expression, Question, Source, declare
from autograder.formula.read import read
from autograder.workbench.app import MOST_ROWS
from autograder.workbench.witness import witness_plot
from tests.workbench.conftest import HOME, TOKEN


def shown(client, path: str, **form: str) -> str:
    """The page as text without markup, every space one."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", raw(client, path, **form))).split())


def raw(client, path: str, **form: str) -> str:
    """The page as it is sent; its style left out."""
    address = f"/{TOKEN}/{path}"
    reply = client.post(address, data=form, base_url=HOME) if form else client.get(address, base_url=HOME)
    assert reply.status_code == 200
    return re.sub(r"<style>.*?</style>", "", reply.text, flags=re.DOTALL)


def test_one_finds_the_way_from_the_start_to_a_part(client):
    """Assignments, then parts, then a place to type."""
    assert 'href="/right-token/small/"' in raw(client, "")
    assert 'href="/right-token/small/1a/"' in raw(client, "small/")
    text = shown(client, "small/1a/")
    assert "A formula" in text
    assert "Nothing was typed yet." in text
    assert "Homework, 1" in text


def test_a_prompt_is_typeset_and_its_text_stays_text(client):
    """What stands between dollars is mathematics, between back quotes code, and the rest is escaped."""
    page = raw(client, "small/1a/")
    assert "<mi>a</mi>" in page
    assert "<code>b</code> &amp; &lt;b&gt;" in page


def test_a_right_answer(client):
    """It is read, decided and counted."""
    text = shown(client, "small/1a/", answer="b + a + a")
    assert "✓ ok · 2 of 2" in text
    assert "Evidence" in text


def test_a_misconception_fires(client):
    """It is named with its credit, and its row in the list is marked by a word."""
    text = shown(client, "small/1a/", answer="a + b")
    assert "× not yet · 1 of 2" in text
    assert "Misconception lost-two" in text
    assert "lost-two ← fires Twice, not once. 1/2" in text
    assert "sign Add. 0" in text


@pytest.mark.parametrize(
    ("part", "answer", "told"),
    [("1a", "2*a - b + 1", ["the key", "the answer"]), ("1b", "0 < x < 2*a", ["belongs (1) or not (0)", "the key"])],
)
def test_the_witness_is_drawn_for_authors(client, part, answer, told):
    """The key beside the answer, with the point at which they differ."""
    text = shown(client, f"small/{part}/", answer=answer)
    assert "The witness is" in text
    assert all(words in text for words in told)


def test_a_symbol_that_counts_is_drawn_at_whole_numbers():
    """A curve between them would mean nothing."""
    question = Question(
        id="1", title="T", points=1, prompt="", source=Source("H", "1"), answer=Expression("2*n + 1"),
        symbols=declare("n >= 1: int"),
    )  # fmt: skip
    (plot,) = witness_plot(question, read("n + 1", question.symbols).tree, 0)
    assert all(x == round(x) >= 0 for series in plot.series for x in series.x)
    assert {series.name: dict(zip(series.x, series.y, strict=True))[2.0] for series in plot.series[:2]} == {
        "the key": 5.0, "the answer": 3.0
    }  # fmt: skip


def test_a_right_or_unreadable_answer_has_no_witness(client):
    """There is nothing to see that would tell it from the key."""
    assert "The witness" not in shown(client, "small/1a/", answer="2*a + b")
    assert "The witness" not in shown(client, "small/1a/", answer="2*a + ")


def test_an_unreadable_answer_points_at_the_place(client):
    """As everywhere: cause, repair, and a caret."""
    page = raw(client, "small/1a/", answer="2*q")
    assert "is not a symbol of this question" in page
    assert "2*q\n  ^" in page


def test_a_choice_lists_its_options(client):
    """With what they say, typeset."""
    assert "<strong>b</strong> that" in raw(client, "small/1c/")
    assert "ok" in shown(client, "small/1c/", answer="b")


def test_the_other_half_is_asked_for(client):
    """A part that looks at another answer has a field for it, which keeps what was typed."""
    assert 'name="q2a"' in raw(client, "small/2b/")
    text = shown(client, "small/2b/", answer="a - x", q2a="x")
    assert "✓ ok" in text
    assert "× not yet" in shown(client, "small/2b/", answer="a - x", q2a="b")


def test_a_function_runs_in_the_sandbox(client):
    """Code is judged as in a submission, and is not sent while one types."""
    assert 'data-sent="when asked"' in raw(client, "small/3/")
    text = shown(client, "small/3/", answer="def double(x):\n    return x + x")
    assert "✓ ok · 2 of 2" in text
    assert "held in tier" in text or "double" in text


def test_a_table_of_answers(client):
    """One row for each line, with its reading, verdict and rule."""
    page = raw(client, "small/1a/table/", answers="2*a + b\n\na + b\n2*q\n<script>alert(1)</script>")
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.DOTALL)
    assert [re.search(r"</span>(ok|not yet|unreadable)", row)[1] for row in rows] == [
        "ok", "not yet", "unreadable", "unreadable"
    ]  # fmt: skip
    assert "lost-two" in rows[1]
    assert "<script>alert" not in page


def test_a_long_table_says_what_it_left_out(client, monkeypatch):
    """Nothing is dropped in silence."""
    monkeypatch.setattr("autograder.workbench.app.MOST_ROWS", 2)
    assert "3 further lines were left out" in shown(client, "small/1c/table/", answers="a\n" * 5)
    assert MOST_ROWS >= 50


@pytest.mark.parametrize(
    "answer", ["9^9^9^9^9", "(" * 5_000, "a" * 199_999, "x\x00\x1b[2J\u202e", "</textarea><script>alert(1)</script>"]
)
def test_hostile_answers_are_answered(client, answer):
    """Nothing hangs the page, and nothing of an answer acts in it."""
    page = raw(client, "small/1a/", answer=answer)
    assert re.search(r"class=\"word \w+\"", page)
    assert "<script>" not in page
    body = page.split("</form>")[1]
    assert not set(body) & set("\x00\x1b\u202e")


def test_the_answer_is_kept_in_its_field(client):
    """One goes on typing where one was."""
    assert re.search(r'<textarea id="answer"[^>]*>a &lt; b</textarea>', raw(client, "small/1a/", answer="a < b"))
