"""5a and 5b of notebooks that different people wrote."""

from __future__ import annotations

import pytest

from autograder.verdict import Word
from reference.hw1 import q5a_features, q5b_decomposition, q5c_two_layers
from tests.submissions.notebooks.build import submission_of
from tests.submissions.notebooks.students import DEEP_STUDENTS, PRELUDE, STUDENTS


@pytest.mark.parametrize("name", STUDENTS)
def test_notebook_is_judged(name, judge) -> None:
    """What is right earns everything, whatever its style; what is wrong is named, and costs nothing elsewhere."""
    cells, *expected = STUDENTS[name]
    submission = submission_of(f"# %%\n{PRELUDE}{cells}")
    for question, rule in zip((q5a_features.question, q5b_decomposition.question), expected, strict=True):
        verdict = judge(question, submission)
        word = Word.NOT_YET if rule else Word.OK
        named = verdict.misconception if rule == "?" else rule or None
        assert (verdict.word, verdict.misconception) == (word, named), (question.id, verdict.feedback, verdict.checks)


@pytest.mark.parametrize("name", DEEP_STUDENTS)
def test_two_layers_are_judged(name, judge) -> None:
    """5c: a second hidden layer in every style is right, and what is off with it is named."""
    cells, rule = DEEP_STUDENTS[name]
    verdict = judge(q5c_two_layers.question, submission_of(f"# %%\n{PRELUDE}{cells}"))
    expected = (Word.NOT_YET, rule) if rule else (Word.OK, None)
    assert (verdict.word, verdict.misconception) == expected, (verdict.feedback, verdict.checks)
