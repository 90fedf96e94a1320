"""What must be true of a function's answer: properties that the statement names, and agreement with a reference.

Every check gets the answer's arrays followed by the arguments, and says "" or a clause that the student can verify with the
statement and the example at hand. None of them shows the value of the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from autograder.functions import tolerance
from autograder.functions.draw import Arguments, Array

_SHOWN = 6


class Check(Protocol):
    """One thing that must be true of an answer."""

    def objection(self, results: tuple[Array, ...], arguments: Arguments, eps: float) -> str:
        """What is not true, as a clause; "" when it holds. `eps` is the rounding unit of the coarsest value involved."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Zero:
    """Terms whose sum must vanish beside their own size: a gradient at a minimum, the two sides of a recurrence.

    Args:
        terms: takes results and arguments, returns the terms; along the last axis they are of one size.
        says: what does not vanish, to be followed by its value ("the gradient at your w").
        sees: what to tell in place of the value where that would be how far the answer is from the right one: takes results
            and arguments, returns a clause ("" for none).
        condition: the worst condition number for a right algorithm, as for `Matches`.
    """

    terms: Callable[..., Sequence[Any]]
    says: str
    sees: Callable[..., str] | None = None
    condition: Callable[..., float] = lambda *_: 1.0

    def objection(self, results: tuple[Array, ...], arguments: Arguments, eps: float) -> str:
        """Compare the sum with the largest entries of its terms."""
        with np.errstate(all="ignore"):
            terms = [np.asarray(term, dtype=float) for term in self.terms(*results, *arguments)]
            total = np.asarray(sum(terms[1:], start=terms[0]))
            size = sum(_largest(np.broadcast_to(term, total.shape)) for term in terms)
            rtol = tolerance.relative(eps, self.condition(*arguments))
            if np.all(np.isfinite(size)) and np.all(np.abs(total) <= rtol * size):  # beside infinity anything is small
                return ""
            if self.sees is not None:
                return self.sees(*results, *arguments) or f"{self.says} is not 0"
        return f"{self.says} is {shown(total)}, not 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """Anything else that the statement says: `by` takes results and arguments and returns "" or an objection."""

    by: Callable[..., str]

    def objection(self, results: tuple[Array, ...], arguments: Arguments, eps: float) -> str:
        """Ask."""
        del eps  # a property that a slack decides, such as growth or decay, has its own
        with np.errstate(all="ignore"):
            return self.by(*results, *arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Agreement with a reference.

    Args:
        reference: takes the arguments, returns the result or a tuple of them; called after the student's answer has come.
        condition: the worst condition number that a right algorithm may be exposed to; see `tolerance`.
    """

    reference: Callable[..., Any]
    condition: Callable[..., float] = lambda *_: 1.0

    def objection(self, results: tuple[Array, ...], arguments: Arguments, eps: float) -> str:
        """Compare entry by entry, the bound from the reference alone."""
        expected = as_results(self.reference(*arguments))
        rtol = tolerance.relative(eps, self.condition(*arguments))
        if len(results) == len(expected) and all(
            tolerance.close(given, wanted, rtol) for given, wanted in zip(results, expected, strict=True)
        ):
            return ""
        return f"the values {' and '.join(shown(given) for given in results)} are not right"


def as_results(value: Any) -> tuple[Array, ...]:
    """What a trusted function returned, as a tuple of float arrays."""
    return tuple(np.asarray(item, dtype=float) for item in (value if isinstance(value, tuple) else (value,)))


def shown(value: Array) -> str:
    """Numbers for a sentence: all of a few, else the first ones.

    >>> shown(np.array([0.5, 1 / 3])), shown(np.array(2.0)), shown(np.zeros((4, 5)))
    ('[0.5, 0.3333]', '2', 'an array of shape (4, 5) that begins 0, 0, 0')
    """
    flat = [f"{entry:.4g}" for entry in np.ravel(value)[: _SHOWN + 1]]
    if value.ndim == 0:
        return flat[0]
    if value.ndim == 1 and len(flat) <= _SHOWN:
        return f"[{', '.join(flat)}]"
    return f"an array of shape {value.shape} that begins {', '.join(flat[:3])}"


def _largest(term: Array) -> Array:
    return np.asarray(np.max(np.abs(term), axis=-1, keepdims=True) if term.ndim else np.abs(term))
