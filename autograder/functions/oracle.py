"""The oracle for code: what the statement itself says, computed without the reference's formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.errors import AuthorError
from autograder.functions import tolerance
from autograder.functions.checks import as_results
from autograder.functions.draw import Case, case

if TYPE_CHECKING:
    from autograder.answers.function import Function
    from autograder.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredFunctions:
    """Each reference must return what a function written from the statement measures, and pass its own checks.

    Args:
        by: by the name of a function, a slow and plain one with the same arguments; it may return None where it cannot tell.
        tolerance: relative to the largest entry.
    """

    by: Mapping[str, Callable[..., Any]]
    tolerance: float = 1e-5

    def agrees(self, question: Question, *, seed: int) -> str:
        """Compare on one case of every kind; "" when all agree."""
        for function in _functions(question):
            for place, kind in enumerate(function.inputs):
                if not kind.large:
                    said = self._objection(function, case(kind, seed + place, published=False))
                    if said:
                        return f"{function.name}, {kind.name}: {said}"
        return ""

    def _objection(self, function: Function, one: Case) -> str:
        arguments = tuple(np.asarray(a, dtype=float) if isinstance(a, np.ndarray) else a for a in one.copy())
        results = as_results(function.reference(*arguments))
        for check in function.checks:
            if said := check.objection(results, arguments, tolerance.rounding(one.arguments)):
                return f"the reference fails a check: {said}"
        if function.name not in self.by:
            return "the oracle does not measure it"
        measured = self.by[function.name](*arguments)
        if measured is None:
            return ""
        for given, wanted in zip(results, as_results(measured), strict=True):
            if not tolerance.close(given, wanted, self.tolerance):
                return f"the reference gives {given.tolist()}, the statement {wanted.tolist()}"
        return ""


def _functions(question: Question) -> tuple[Function, ...]:
    found = getattr(question.answer, "functions", None)
    if not found:
        raise AuthorError(f"{question.id} asks for no function; MeasuredFunctions is for code.")
    return tuple(found)
