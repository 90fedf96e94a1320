"""5a: what `backward_and_plot_grad` draws."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder.verdict import Word
from reference.hw1.q5a_features import question
from tests.submissions.notebooks.build import submission_of, text_with
from tests.submissions.notebooks.features_5a import RIGHT, WRONG


@pytest.mark.parametrize("name", RIGHT)
def test_variant_is_accepted(name, judge) -> None:
    """Every right way to write the function earns everything."""
    verdict = judge(question, submission_of(text_with(*RIGHT[name])))
    assert (verdict.word, verdict.misconception, verdict.feedback) == (Word.OK, None, ())


@pytest.mark.parametrize("name", WRONG)
def test_mistake_is_named(name, judge) -> None:
    """Every mistake is told by its own rule and keeps what the rest is worth."""
    edits, rule, credit = WRONG[name]
    verdict = judge(question, submission_of(text_with(*edits)))
    assert (verdict.word, verdict.misconception, verdict.credit) == (Word.NOT_YET, rule, Fraction(credit))
