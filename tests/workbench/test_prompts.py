"""Prompts of authors on a page: mathematics typeset, everything else text."""

from __future__ import annotations

import re

import pytest

from autograder.assignments import available, load
from autograder.workbench.prompts import prompt


@pytest.mark.parametrize("name", available())
def test_every_prompt_of_the_course_is_typeset(name):
    """No command of LaTeX is left over, and no dollar sign."""
    for question in load(name):
        texts = [question.prompt, *(option.text for option in getattr(question.answer, "options", ()))]
        for text in texts:
            shown = re.sub(r"<code>.*?</code>", "", str(prompt(text)))
            assert "\\" not in shown, question.id
            assert "$" not in shown, question.id


def test_a_prompt_cannot_make_elements():
    """Not even an author's slip does."""
    assert str(prompt(r"a < b, $a < b$ and $\text{<i>}$")).count("<i>") == 0


def test_a_long_formula_scrolls_by_itself():
    """Else it would push a narrow page to the side; the keyboard reaches it."""
    assert 'class="long" tabindex="0"' in prompt("$" + "x + " * 20 + "x$")
    assert "long" not in prompt("$x$")
