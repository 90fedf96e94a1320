"""The blank form for functions: generated from the declarations, committed, and blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.functions.skeleton import FILE, skeleton
from autograder.question import Assignment
from autograder.submission.collect import collect
from autograder.verdict import Word
from reference.hw1.assignment import assignment

FORM = Path(__file__).parents[2] / "student_template" / "hw1" / FILE


def test_form_is_up_to_date(pytestconfig: pytest.Config):
    """The committed form is what the declarations generate now."""
    if pytestconfig.getoption("--update-golden"):
        FORM.write_text(skeleton(assignment), encoding="utf-8")
    assert FORM.read_text(encoding="utf-8") == skeleton(assignment), "look, then run with --update-golden"


def test_form_is_blank(judge):
    """Handed in as it is, the form is blank, says so of every function, and nothing is run for it."""
    for question in (one for one in assignment if one.answer.kind == "code"):
        verdict = question.answer.unanswered(question, collect(FORM.parent))
        assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)
        assert len(verdict.feedback) == len(question.answer.functions)
        assert all(line.endswith("is blank. Write its body.") for line in verdict.feedback)


def test_form_with_one_function_written(judge):
    """The functions that are written count; the others are said to be blank."""
    text = FORM.read_text(encoding="utf-8")
    start = text.index("def best_learning_rate")
    body = "def best_learning_rate(X):\n    s = np.linalg.svd(X)[1]\n    return 1 / (s[0] ** 2 + s[-1] ** 2)\n"
    verdict = judge("1g.code", text[:start] + body)
    assert verdict.credit == verdict.credit.__class__(1, 4)
    assert [line for line in verdict.feedback if "is blank" in line] == list(verdict.feedback)


def test_form_can_be_imported():
    """Python reads the form without a fault, and every function of it says that it is not written."""
    namespace: dict[str, object] = {}
    exec(compile(FORM.read_text(encoding="utf-8"), str(FORM), "exec"), namespace)
    for question in (one for one in assignment if one.answer.kind == "code"):
        for function in question.answer.functions:
            with pytest.raises(NotImplementedError):
                namespace[function.name](*range(len(function.declared.parameters)))


def test_no_functions_no_form():
    """An assignment without functions has no such form."""
    assert skeleton(Assignment(name="a", title="A", points=0, questions=())) == ""
