"""What a function returned beside what the reference returns, on one line for staff; the workbench makes a table of it again."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.functions.checks import as_results
from autograder.functions.draw import Array
from autograder.functions.trial import Trial, exact

if TYPE_CHECKING:
    from autograder.answers.function import Function

_MOST = 60  # numbers of one side; more would be read by nobody
_LINE = re.compile(r"(?P<name>\w+) on (?P<kind>.+): returned (?P<mine>\[.*\]); the reference returns (?P<key>\[.*\])")


def returned_line(function: Function, trial: Trial) -> str:
    """The line for a trial whose answer could be read, "" where it could not or where it is too long."""
    if trial.results is None or trial.case.input.large:
        return ""
    wanted = as_results(function.reference(*exact(trial.case)))
    if sum(np.size(array) for array in (*trial.results, *wanted)) > 2 * _MOST:
        return ""
    return f"{function.name} on {trial.case.input.name}: returned {_listed(trial.results)}; the reference returns {_listed(wanted)}"


def read_line(line: str) -> tuple[str, str, list[Any], list[Any]] | None:
    """Function, kind of input, results and reference of such a line; None for any other one.

    >>> read_line("ridge on n > d: returned [[1.0, 2.0]]; the reference returns [[1.5, 2.0]]")
    ('ridge', 'n > d', [[1.0, 2.0]], [[1.5, 2.0]])
    """
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    return match["name"], match["kind"], json.loads(match["mine"]), json.loads(match["key"])


def _listed(results: tuple[Array, ...]) -> str:
    """Arrays as JSON, with six digits; what is not finite is null."""
    return json.dumps([_rounded(array.tolist()) for array in results])


def _rounded(found: Any) -> Any:
    if isinstance(found, list):
        return [_rounded(entry) for entry in found]
    return float(f"{found:.6g}") if np.isfinite(found) else None
