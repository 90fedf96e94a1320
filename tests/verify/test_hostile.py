"""What students may be shown and what attacks may do, checked for a course of an author's own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from autograder.assignments import KEY_VARIABLE, load
from autograder.functions import judging
from autograder.verify.handed_out import check_handed_out
from autograder.verify.hostile import TEXTS, check_hostile
from autograder.verify.rows import Context, Mark
from autograder.verify.spies import check_spies
from tests.verify.course import write


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    return tmp_path / f"shelf_{tmp_path.name}"


def context(shelf):
    return Context(assignment=load("demo", shelf), library=shelf)


def test_attacks_earn_nothing_and_cost_right_answers_nothing(shelf):
    """Attacks take the place of a function, one after the other, and every hostile text that of each written answer."""
    write(shelf, code=())
    (row,) = check_hostile(context(shelf))
    assert row.mark is Mark.OK, row.says
    assert row.says.startswith(f"4 attacks in functions and {len(TEXTS)} in every written answer")


def test_an_attack_that_earns_is_told(shelf):
    """Where checks ask for nothing, an attack that returns a number earns, and the row says which attack and part."""
    write(
        shelf,
        code=(
            ("checks=(Matches(reference=slopes),)", "checks=(Property(by=lambda *_: ''),)"),
            ("Matches, MeasuredFunctions", "MeasuredFunctions, Property"),
            ("-> g: d", "-> g"),
        ),
    )
    rows = [row.says for row in check_hostile(context(shelf)) if row.mark is Mark.FAIL]
    assert "changes the comparison: demo/2.code: an attack earns 2" in rows


def test_spies_see_hidden_inputs_and_nothing_of_them_is_shown(shelf):
    """A function that is right on all published inputs and tells the others fails, and its numbers stay hidden."""
    write(shelf, code=())
    (row,) = check_spies(context(shelf))
    assert row.mark is Mark.OK, row.says
    assert row.says.startswith("1 functions print and raise what they get: none of ")


def test_a_report_that_shows_hidden_inputs_is_told(shelf, monkeypatch):
    """Were the words about a hidden input those about a published one, its numbers would be found in the results."""
    write(shelf, code=())
    monkeypatch.setattr(judging, "block", lambda function, trial: str(trial.case.arguments))
    (row,) = check_spies(context(shelf))
    assert row.mark is Mark.FAIL
    assert "numbers of hidden inputs can be read" in row.says


def test_private_code_in_a_form_is_told(shelf):
    """A line of the reference that stands in what students are given is named with its file."""
    write(shelf, code=(('about="The slopes of |X y - 1|^2."', 'about="It is return 2 * X.T @ (X @ y - 1) at y."'),))
    rows = [row.says for row in check_handed_out(context(shelf)) if row.mark is Mark.FAIL]
    assert rows == ["demo/submission/functions.py holds a line of private code: 'return 2 * X.T @ (X @ y - 1)'"]
