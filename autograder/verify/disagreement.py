"""How far keys are from what an oracle measures, as the largest relative difference that was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.random import default_rng

from autograder.formula.tree import Node
from autograder.functions import MeasuredFunctions
from autograder.functions.checks import as_results
from autograder.functions.draw import case
from autograder.functions.trial import exact
from autograder.oracles.measured import MeasuredValue
from autograder.oracles.numeric import MultipleOfIdentity, value
from autograder.oracles.points import call, draw
from autograder.oracles.scenes import MeasuredScenes
from autograder.question import Question


def worst(question: Question, formulas: Sequence[tuple[Node, ...]], seeds: int) -> float | None:
    """The largest difference, relative to the oracle's numbers; None where the oracle measures none.

    Args:
        question: its oracle measures values, of formulas or of functions.
        formulas: the key, and what else is to agree with it, each as its formulas.
        seeds: how many points are drawn.
    """
    if isinstance(question.practice, MeasuredValue):
        found = list(_of_formulas(question, question.practice, formulas, seeds))
    elif isinstance(question.practice, MeasuredFunctions):
        found = list(_of_functions(question, question.practice, seeds))
    elif isinstance(question.practice, MeasuredScenes):
        found = [_distance(*question.practice.by(default_rng(seed))) for seed in range(seeds)]
    else:
        return None
    return max(found, default=None)


def _of_formulas(
    question: Question, oracle: MeasuredValue, formulas: Sequence[tuple[Node, ...]], seeds: int
) -> Iterator[float]:
    for seed in range(seeds):
        point = draw(question.symbols, default_rng(seed), sizes=oracle.sizes)
        measured = call(oracle.by, point)
        wanted = measured if isinstance(measured, tuple) else (measured,)
        for trees in filter(None, formulas):
            for tree, want in zip(trees, wanted, strict=False):
                if want is not None:
                    yield _distance(value(tree, point), want)


def _of_functions(question: Question, oracle: MeasuredFunctions, seeds: int) -> Iterator[float]:
    for function in getattr(question.answer, "functions", ()):
        for seed in range(seeds):
            for place, kind in enumerate(function.inputs):
                if kind.large or function.name not in oracle.by:
                    continue
                arguments = exact(case(kind, seed + place, published=False))
                measured = oracle.by[function.name](*arguments)
                if measured is not None:
                    given = as_results(function.reference(*arguments))
                    yield from (_distance(one, two) for one, two in zip(given, as_results(measured), strict=True))


def _distance(given: Any, wanted: Any) -> float:
    one = given.like(wanted) if isinstance(given, MultipleOfIdentity) else np.asarray(given, dtype=float)
    two = np.asarray(wanted, dtype=float)
    if np.size(one) != np.size(two) or np.size(two) == 0:
        return 0.0  # shapes were compared by the oracle; a lying vector is compared there too
    scale = max(1.0, float(np.max(np.abs(two))))
    return float(np.max(np.abs(np.ravel(one) - np.ravel(two)))) / scale
