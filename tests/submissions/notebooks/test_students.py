"""5a and 5b of notebooks that different people wrote."""

from __future__ import annotations

import pytest

from autograder.verdict import Word
from reference.hw1 import q5a_features, q5b_decomposition
from tests.submissions.notebooks.build import submission_of
from tests.submissions.notebooks.students import PRELUDE, STUDENTS


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
