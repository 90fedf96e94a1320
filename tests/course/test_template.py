"""The blank form: generated from the public half of the questions, committed, and blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.submission.collect import collect
from autograder.template import form
from reference.hw1.assignment import assignment
from tests.course.hw1_answers import TABLE

FORM = Path(__file__).parents[2] / "student_template" / "hw1" / "answers.py"


def test_form_is_up_to_date(pytestconfig: pytest.Config) -> None:
    """The committed form is what the questions generate now."""
    if pytestconfig.getoption("--update-golden"):
        FORM.parent.mkdir(parents=True, exist_ok=True)
        FORM.write_text(form(assignment), encoding="utf-8")
    assert FORM.read_text(encoding="utf-8") == form(assignment), "look at the questions, then run with --update-golden"


def test_form_has_a_blank_for_every_part() -> None:
    """Read as a submission, the form names its assignment and leaves every written part blank."""
    submission = collect(FORM.parent)
    assert submission.header == "hw1"
    assert not submission.problems
    for question in assignment:
        if question.answer.kind not in ("code", "notebook"):
            assert submission.answers[question.answer_name].blank


def test_form_shows_no_key() -> None:
    """No part of the form contains a right answer of that part."""
    for part, said in TABLE.items():
        text = FORM.read_text(encoding="utf-8").split(f"# {part}  ")[1].split("# ----")[0]
        if assignment.question(part).answer.kind == "choice" or part.startswith("6"):
            continue
        for typed in said.right:
            if isinstance(typed, str) and len(typed) > 8:
                assert typed not in text, part
