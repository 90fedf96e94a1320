"""What is off in a path of iterates, by the student's own numbers: where a row is not one step from the row before it."""

from __future__ import annotations

import numpy as np

from autograder.functions.checks import shown
from autograder.functions.draw import Array

_SLACK = 1e-6  # beside the larger of the two; what is closer is off by rounding, and the sentence would confuse


def first_stray(path: Array, reached: Array) -> str:
    """The first row that a step of the statement from the row before it does not lead to; "" where none is clearly off.

    Args:
        path: the student's iterates; (steps + 1, …).
        reached: where one step of the statement leads from each of them but the last; (steps, …).
    """
    for at, (before, after, there) in enumerate(zip(path[:-1], path[1:], reached, strict=True)):
        size = max(1e-12, float(np.max(np.abs(after))), float(np.max(np.abs(there))))
        if not float(np.max(np.abs(after - there))) <= _SLACK * size:
            return (
                f"row {at + 1} of your path, {shown(after)}, is not where one step from row {at}, {shown(before)}, leads "
                "(rows are counted from 0)"
            )
    return ""
