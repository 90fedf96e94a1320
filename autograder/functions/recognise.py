"""Which misconception a student's function follows: told by its behaviour, not by its text.

A rule's wrong answer is `{"ridge": implementation}`: it is recognised when the student's function behaves like that
implementation on every input that was tried, which is never the key's behaviour, since something failed. Where the
implementation raises an error (shapes that misfit, a singular matrix) the student's must fail in some way, since rounding
may turn "singular" into any numbers; somewhere the numbers must agree. It can also be a `Fault`: then every failure must be
of that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograder.errors import AuthorError
from autograder.functions import tolerance
from autograder.functions.checks import as_results
from autograder.functions.draw import Arguments, Array
from autograder.functions.faults import Fault
from autograder.functions.trial import Trial, exact
from autograder.question import Wrong

_LOOSEST = 1e-4
MISTAKES = (ArithmeticError, ValueError, TypeError, IndexError)
"""What a wrong implementation may raise where its mistake makes the shapes misfit or a matrix singular."""


def recognised(function: str, rules: Iterable[Wrong], trials: Iterable[Trial]) -> Wrong | None:
    """The first rule that explains what was seen."""
    seen = [trial for trial in trials if not trial.case.input.large]
    failures = [trial for trial in seen if trial.finding is not None]
    if not failures:
        return None
    for rule in rules:
        wrong = about(rule).get(function)
        if isinstance(wrong, Fault) and all(trial.finding and trial.finding.fault is wrong for trial in failures):
            return rule
        if callable(wrong) and any(trial.results is not None for trial in failures):
            alike = [behaves_like(trial, wrong) for trial in seen]
            if all(alike) and any(outcome_of(wrong, exact(trial.case)) is not None for trial in failures):
                return rule
    return None


def about(rule: Wrong) -> dict[str, Callable[..., Any] | Fault]:
    """A rule's wrong answers by function.

    Raises:
        AuthorError: the rule has another form.
    """
    if isinstance(rule.answer, dict):
        return rule.answer
    raise AuthorError(f"the rule {rule.name!r} is about a function: write answer={{'ridge': wrong_ridge}}.")


def behaves_like(trial: Trial, wrong: Callable[..., Any]) -> bool:
    """Whether the student's answer to one input is that of a wrong implementation."""
    arguments = exact(trial.case)
    expected = outcome_of(wrong, arguments)
    if expected is None:
        return trial.finding is not None
    if trial.results is None:
        return False
    rtol = max(tolerance.FINEST, min(_LOOSEST, 1e3 * max(trial.eps, tolerance.rounding(trial.case.arguments))))
    return len(expected) == len(trial.results) and all(
        given.shape == wanted.shape and (wanted.size == 0 or tolerance.close(given, wanted, rtol))
        for given, wanted in zip(trial.results, expected, strict=True)
    )


def outcome_of(implementation: Callable[..., Any], arguments: Arguments) -> tuple[Array, ...] | None:
    """What a trusted implementation returns, or None where its mistake makes it fail or leaves nothing finite."""
    with np.errstate(all="ignore"):
        try:
            results = as_results(implementation(*arguments))
        except MISTAKES:
            return None
    return results if all(np.all(np.isfinite(result)) for result in results) else None
