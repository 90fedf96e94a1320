"""Right functions by other algorithms pass without a word, wrong ones by other slips fail for their own reason."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from autograder.functions.examine import published_cases
from autograder.verdict import Word
from reference.hw1.assignment import assignment
from tests.code.fresh import RIGHT, WRONG


@pytest.mark.parametrize(("part", "name"), [(part, name) for part in RIGHT for name in RIGHT[part]])
def test_right(judge, solution, part, name):
    """Written differently and right: full marks."""
    verdict = judge(part, solution + RIGHT[part][name])
    assert (verdict.word, verdict.feedback) == (Word.OK, ()), verdict.staff


@pytest.mark.parametrize(("part", "name"), [(part, name) for part in WRONG for name in WRONG[part]])
def test_wrong(judge, solution, part, name):
    """Wrong: points are lost for this function only, and the reason is the slip's own."""
    text, reason = WRONG[part][name]
    verdict = judge(part, solution + text)
    functions = assignment.question(part).answer.functions
    (changed,) = [one for one in functions if f"def {one.name}(" in text]
    share = Fraction(changed.worth, sum(one.worth for one in functions))
    assert verdict.word is Word.NOT_YET
    assert 0 < 1 - verdict.credit <= share
    if reason.startswith("="):
        assert verdict.misconception == reason[1:]
    else:
        assert reason in verdict.feedback[0]
        assert verdict.misconception is None


def _is_nearly_dependent(M):
    singular = np.linalg.svd(M, compute_uv=False)
    return M.shape[1] > 1 and M.shape[0] >= M.shape[1] and 0 < singular[-1] < 0.02 * singular[0]


KINDS = {
    "n > d": lambda M: M.shape[0] > M.shape[1] > 1,
    "n < d": lambda M: 1 < M.shape[0] < M.shape[1],
    "n = d": lambda M: M.shape[0] == M.shape[1] > 1,
    "one row": lambda M: M.shape[0] == 1 < M.shape[1],
    "one column": lambda M: M.shape[1] == 1 < M.shape[0],
    "a zero column": lambda M: min(M.shape) > 1 and bool(np.any(np.all(M == 0, axis=0))),
    "nearly dependent columns": _is_nearly_dependent,
    "single precision": lambda M: M.dtype == np.float32,
    "integers": lambda M: M.dtype == np.int64,
}
MATRIX = {"2.code": "A"}


@pytest.mark.parametrize("part", RIGHT)
def test_every_edge_case_is_drawn(part):
    """Each function of the part meets matrices of every kind that the course promises; of none is only the name there."""
    for function in assignment.question(part).answer.functions:
        place = [one.name for one in function.declared.parameters].index(MATRIX.get(part, "X"))
        drawn = [one.arguments[place] for one in published_cases(function, f"hw1/{part}")]
        missing = {kind for kind, holds in KINDS.items() if not any(holds(matrix) for matrix in drawn)}
        # With a singular value 0 every stable rate is as good as another, so that there is no best one.
        assert missing == ({"a zero column"} if function.name == "best_learning_rate" else set())
