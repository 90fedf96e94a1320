"""Foundations: functions in many styles are right, every mistake is named by its own rule, and nothing leaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from autograder import Function, Wrong
from autograder.answers.sandboxed import Bench
from autograder.functions.draw import Array, Case, case
from autograder.functions.examine import published_cases
from autograder.functions.recognise import outcome_of
from autograder.functions.signature import matches
from autograder.functions.skeleton import FILE, skeleton
from autograder.functions.trial import exact
from autograder.sandbox import Sandbox
from autograder.submission.collect import Submission
from autograder.verdict import Verdict, Word
from reference.foundations import q2_dead, q2_interpolate, q3_nested
from reference.foundations.assignment import assignment
from reference.foundations.validation import DEGREE_LEAKS, LAMBDA_LEAKS, centred_on_both, degree_of, lambda_of
from tests.course.foundations_functions import HEADERS, MISTAKES, OFF, PARTS, RIGHT

ROOT = Path(__file__).parents[2]
SOLUTION = (ROOT / "reference" / "foundations" / "solution" / "functions.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as started:
        yield started


def judge(sandbox: Sandbox, part: str, text: str, *, seed: int = 0) -> Verdict:
    question, submission = assignment.question(part), Submission(answers={}, files={"functions.py": text.encode()})
    bench = Bench(sandbox=sandbox, submission=submission, assignment=assignment)
    return question.answer.unanswered(question, submission) or question.answer.judge_in(question, bench, seed=seed)


def with_body(name: str, body: str) -> str:
    """The solution with one function written anew."""
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return f"{SOLUTION}\n\ndef {name}({HEADERS[name]}):\n{lines}"


@pytest.mark.parametrize("part", sorted(set(PARTS.values())))
@pytest.mark.parametrize("seed", range(2))
def test_solution(sandbox: Sandbox, part: str, seed: int) -> None:
    """The hand-typed functions earn full marks, whatever the hidden inputs are."""
    verdict = judge(sandbox, part, SOLUTION, seed=seed)
    assert (verdict.word, verdict.credit, verdict.feedback) == (Word.OK, 1, ())


def test_blank_form(sandbox: Sandbox, pytestconfig: pytest.Config) -> None:
    """The committed form is what the declarations generate now; it is blank and earns nothing."""
    form = ROOT / "student_template" / "foundations" / FILE
    if pytestconfig.getoption("--update-golden"):
        form.write_text(skeleton(assignment), encoding="utf-8")
    assert form.read_text(encoding="utf-8") == skeleton(assignment), "look, then run with --update-golden"
    for part in set(PARTS.values()):
        verdict = judge(sandbox, part, skeleton(assignment))
        assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)


@pytest.mark.parametrize(("name", "style"), [(name, style) for name in RIGHT for style in range(len(RIGHT[name]))])
def test_right_in_many_styles(sandbox: Sandbox, name: str, style: int) -> None:
    """A right function is right in this style too."""
    verdict = judge(sandbox, PARTS[name], with_body(name, RIGHT[name][style]))
    assert (verdict.word, verdict.feedback) == (Word.OK, ())


@pytest.mark.parametrize(("name", "rule"), MISTAKES)
def test_mistake_is_named(sandbox: Sandbox, name: str, rule: str) -> None:
    """The rule fires and keeps its credit, and the student reads its sentence."""
    question = assignment.question(PARTS[name])
    (expected,) = [one for one in question.wrong if one.name == rule]
    verdict = judge(sandbox, PARTS[name], with_body(name, MISTAKES[name, rule]))
    assert (verdict.word, verdict.misconception) == (Word.NOT_YET, rule), verdict.staff
    assert expected.sentence in verdict.feedback[0]
    assert expected.credit / 2 <= verdict.credit < 1


@pytest.mark.parametrize(("name", "body", "words"), [(name, *one) for name in OFF for one in OFF[name]])
def test_other_mistakes_are_told_with_numbers(sandbox: Sandbox, name: str, body: str, words: str) -> None:
    """What no rule describes is told by what came out."""
    verdict = judge(sandbox, PARTS[name], with_body(name, body))
    assert (verdict.word, verdict.misconception) == (Word.NOT_YET, None)
    assert words in " ".join(verdict.feedback)


def test_every_rule_has_its_mistake() -> None:
    """The table of mistakes covers every rule of every function, and nothing else."""
    rules = {
        (name, rule.name)
        for part in set(PARTS.values())
        for rule in assignment.question(part).wrong
        for name in rule.answer
    }
    assert set(MISTAKES) == rules


CALLABLE = [
    pytest.param(function, rule, id=f"{function.name}-{rule.name}")
    for part in sorted(set(PARTS.values()))
    for function in assignment.question(part).answer.functions
    for rule in assignment.question(part).wrong
    if callable(rule.answer.get(function.name))
]


def _published(function: Function) -> list[Case]:
    return published_cases(function, f"foundations/{PARTS[function.name]}")


@pytest.mark.parametrize(("function", "rule"), CALLABLE)
def test_mistake_is_unlike_right_and_unlike_any_other(function: Function, rule: Wrong) -> None:
    """Its shape or a check refutes it, and on some published input it differs from every other mistake."""
    wrong = rule.answer[function.name]
    outcomes = [outcome_of(wrong, exact(one)) for one in _published(function)]
    assert any(_refuted(function, found, one) for found, one in zip(outcomes, _published(function), strict=True))
    for other in assignment.question(PARTS[function.name]).wrong:
        implementation = other.answer.get(function.name)
        if other.name != rule.name and callable(implementation):
            others = [outcome_of(implementation, exact(one)) for one in _published(function)]
            assert any(_differ(one, two) for one, two in zip(outcomes, others, strict=True)), other.name


def _refuted(function: Function, found: tuple[Array, ...] | None, one: Case) -> bool:
    """Whether an answer has the wrong shape, or a check objects to it."""
    sizes = function.declared.sizes(one.arguments)
    if found is None:
        return False
    fits = [
        matches(part.shape, value.shape, sizes) for part, value in zip(found, function.declared.results, strict=True)
    ]
    return not all(fits) or any(check.objection(found, exact(one), 2.2e-16) for check in function.checks)


def _differ(one: tuple[Array, ...] | None, two: tuple[Array, ...] | None) -> bool:
    if one is None or two is None:
        return (one is None) != (two is None)
    return any(
        first.shape != second.shape or not np.allclose(first, second) for first, second in zip(one, two, strict=True)
    )


@pytest.mark.parametrize("kind", q2_dead.dead_units.inputs, ids=lambda kind: kind.name)
def test_dead_units_have_no_gradient_in_torch(kind) -> None:
    """The reference is True exactly where autograd finds no gradient, through a random layer behind the units."""
    for seed in range(20):
        W, b, X, flat = case(kind, seed, published=False).arguments
        weights, bias = (torch.tensor(one, requires_grad=True) for one in (W, b))
        torch.manual_seed(seed)
        behind = torch.rand(len(X), len(b), dtype=torch.float64) + 0.1
        (torch.relu(torch.tensor(X) @ weights.T + bias) * behind).sum().backward()
        assert weights.grad is not None
        assert bias.grad is not None
        silent = ((weights.grad == 0).all(dim=1) & (bias.grad == 0)).numpy()
        assert np.array_equal(q2_dead.dead(W, b, X, flat), silent)


@pytest.mark.parametrize("kind", q2_interpolate.interpolate.inputs, ids=lambda kind: kind.name)
def test_reference_interpolates_piece_by_piece(kind) -> None:
    """Between neighbouring points the reference is NumPy's linear interpolation, so that it has n - 1 pieces there."""
    for seed in range(10):
        xs, ys = case(kind, seed, published=False).arguments
        order = np.argsort(xs)
        between = np.linspace(xs.min(), xs.max(), 101)
        np.testing.assert_allclose(
            q2_interpolate.network(between, *q2_interpolate.interpolant(xs, ys)),
            np.interp(between, xs[order], ys[order]),
            atol=1e-9,
        )


def _cases(name: str, group: str) -> list[Case]:
    (function,) = [one for one in (q3_nested.select_degree, q3_nested.ridge_path) if one.name == name]
    kinds = [kind for kind in function.inputs if kind.group == group]
    return [case(kind, seed, published=False) for kind in kinds for seed in range(5)]


def test_every_leak_shows() -> None:
    """On inputs of the kinds that look for leaks, whoever fits on validation data chooses another candidate."""
    for name, right, leaks in (("select_degree", degree_of, DEGREE_LEAKS), ("ridge_path", lambda_of, LAMBDA_LEAKS)):
        for one in _cases(name, "no leakage"):
            for leak in ("fitted-on-both", "fitted-on-validation"):
                assert leaks[leak](*one.copy()) != right(*one.copy()), (name, one.input.name, leak)
            if one.input.name == "columns far from 0":
                assert centred_on_both(*one.copy()) != right(*one.copy())


def test_data_that_must_not_matter_do_not_matter() -> None:
    """The order of the validation points, and copies of all of them, leave the choice as it is."""
    for one in _cases("select_degree", "choice"):
        x, y, x_val, y_val, degrees = one.copy()
        assert degree_of(x, y, x_val[::-1], y_val[::-1], degrees) == degree_of(x, y, x_val, y_val, degrees)
        assert degree_of(x, y, np.tile(x_val, 3), np.tile(y_val, 3), degrees) == degree_of(x, y, x_val, y_val, degrees)
    for one in _cases("ridge_path", "choice"):
        X, y, lams, X_val, y_val = one.copy()
        assert lambda_of(X, y, lams, np.tile(X_val, (3, 1)), np.tile(y_val, 3)) == lambda_of(X, y, lams, X_val, y_val)
