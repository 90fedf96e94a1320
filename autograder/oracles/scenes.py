"""The oracle of notebook parts: what the statement says of the numbers that a notebook's functions draw or return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from numpy.random import Generator, default_rng

from autograder.oracles.numeric import close, show
from autograder.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredScenes:
    """For notebooks, whose key is what their check computes.

    Args:
        by: takes a random generator; returns what the check computes for some network or data, and the same measured from
            the statement.
        objects: takes the arguments of a call by name, the network that stood for "model" or None, and what was seen, `Seen`
            of a drawing and else the value; "" where that is what the statement asks for, else what is off.
        tolerance: of the two numbers of `by`, relative.
    """

    by: Callable[[Generator], tuple[Any, Any]]
    objects: Callable[[Mapping[str, Any], Any, Any], str]
    tolerance: float = 1e-6

    def agrees(self, question: Question, *, seed: int) -> str:
        """Compare both numbers; "" when they agree."""
        del question
        given, wanted = self.by(default_rng(seed))
        return (
            "" if close(given, wanted, self.tolerance) else f"the check has {show(given)}, the statement {show(wanted)}"
        )
