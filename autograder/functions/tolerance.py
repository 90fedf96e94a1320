r"""How far a number may be from the reference: from the precision at hand and the conditioning of the question asked.

A right algorithm that is less stable than another must pass. The normal equations lose what `cond(X^T X) = cond(X)^2` times
the rounding error says, a QR decomposition only its root; both are right. So an author states the worst condition number
`kappa` that a right algorithm may be exposed to (for ridge, `(s_max^2 + lam) / lam`, which covers the kernel form too), and

    |given - reference| <= rtol * (|reference| + max |reference|),    rtol = min(1e-3, max(1e-6, 1000 * eps * kappa))

with `eps` of the coarsest precision among inputs and answer. The factor 1000 covers the growth with sizes up to some
thousands; 1e-6 leaves room for iterations that stop early; 1e-3 keeps a bound from becoming so wide that it proves nothing.
Misconceptions are tested to lie at least a hundred times further off. The maximum stands in for entries near 0, which no
algorithm gets relatively right; it is the reference's own, so that a huge answer widens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.functions.draw import Array

FINEST, COARSEST = 1e-6, 1e-3
_GROWTH = 1e3


def rounding(values: Iterable[Any]) -> float:
    """The rounding unit of the coarsest floating-point array among values; integers and Python's numbers are exact."""
    units = [np.finfo(value.dtype).eps for value in values if isinstance(value, np.ndarray) and value.dtype.kind == "f"]
    return float(max(units, default=np.finfo(np.float64).eps))


def relative(eps: float, condition: float) -> float:
    """The relative tolerance.

    >>> relative(2.2e-16, 1e3), f"{relative(1.2e-7, 4.0):.1e}"
    (1e-06, '4.8e-04')
    """
    return min(COARSEST, max(FINEST, _GROWTH * eps * condition))


def close(given: Array, reference: Array, rtol: float) -> bool:
    """Whether all of a non-empty array is near enough; NaN never is."""
    if given.shape != reference.shape or reference.size == 0:
        return False
    bound = rtol * (np.abs(reference) + np.max(np.abs(reference)))
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(given - reference) <= bound))
