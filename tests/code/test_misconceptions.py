"""Every misconception, typed as a student would, fails for its own reason, keeps its credit and reads its sentence."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from autograder.functions import tolerance
from autograder.functions.examine import published_cases
from autograder.functions.recognise import outcome_of
from autograder.functions.trial import exact
from reference.hw1.assignment import assignment
from tests.code.mistakes import MISTAKES

CODE = [question for question in assignment if question.answer.kind == "code"]
RULES = [(question, rule, name) for question in CODE for rule in question.wrong for name in rule.answer]


def test_every_rule_has_its_text():
    """The table of mistakes covers every rule of every function, and nothing else."""
    assert set(MISTAKES) == {(question.id, name, rule.name) for question, rule, name in RULES}


@pytest.mark.parametrize(("part", "function", "rule"), MISTAKES)
def test_mistake(judge, solution, part, function, rule):
    """The mistake is recognised; the other functions of the part keep their points."""
    verdict = judge(part, solution + MISTAKES[part, function, rule])
    question = assignment.question(part)
    (expected,) = [one for one in question.wrong if one.name == rule]
    assert verdict.misconception == rule
    assert expected.sentence in verdict.feedback[0]
    total = sum(one.worth for one in question.answer.functions)
    (worth,) = [one.worth for one in question.answer.functions if one.name == function]
    lost = 1 - verdict.credit
    assert 0 < lost <= Fraction(worth, total) * (1 - expected.credit)


@pytest.mark.parametrize(
    ("question", "rule", "name"), [row for row in RULES if callable(row[1].answer[row[2]])],
    ids=lambda item: getattr(item, "name", getattr(item, "id", item)),
)  # fmt: skip
def test_a_mistake_is_far_from_right(question, rule, name):
    """On some published input a mistake is a hundred times further off than any right answer may be."""
    (function,) = [one for one in question.answer.functions if one.name == name]
    distances = []
    for case in published_cases(function, f"hw1/{question.id}"):
        if case.input.large or case.input.advisory:
            continue
        arguments = exact(case)
        right = outcome_of(function.reference, arguments)
        wrong = outcome_of(rule.answer[name], arguments)
        if wrong is None or any(one.shape != two.shape for one, two in zip(right, wrong, strict=True)):
            distances.append(np.inf)
            continue
        distances += [
            np.max(np.abs(one - two)) / max(np.max(np.abs(one)), 1e-12) for one, two in zip(right, wrong, strict=True)
        ]
    assert max(distances) > 100 * tolerance.FINEST


@pytest.mark.parametrize("question", CODE, ids=lambda question: question.id)
def test_oracle_agrees(question):
    """The third witness, computed from the statement, agrees with the reference on every kind of input."""
    for seed in range(3):
        assert question.practice.agrees(question, seed=seed) == ""


@pytest.mark.parametrize(
    ("question", "rule", "name"), [row for row in RULES if callable(row[1].answer[row[2]])],
    ids=lambda item: getattr(item, "name", getattr(item, "id", item)),
)  # fmt: skip
def test_checks_refute_the_mistake(question, rule, name):
    """Put in the reference's place, a mistake is refuted by the checks of the function alone, property by property."""
    (function,) = [one for one in question.answer.functions if one.name == name]
    objections = []
    for case in published_cases(function, f"hw1/{question.id}"):
        results = None if case.input.large else outcome_of(rule.answer[name], exact(case))
        right = outcome_of(function.reference, exact(case))
        if results is None or any(one.shape != two.shape for one, two in zip(results, right, strict=True)):
            continue
        objections += [check.objection(results, exact(case), 2.2e-16) for check in function.checks]
    shapes_differ = rule.name in {"last-only", "start-left-out", "path-transposed", "side-by-side"}
    assert any(objections) or shapes_differ
