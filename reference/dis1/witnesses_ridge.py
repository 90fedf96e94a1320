"""Ridge regression from its statement alone: no step away from the coefficients makes the penalised sum of squares smaller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.oracles import minimiser

Array = np.ndarray


def penalised(coefficients: Array, H: Array, y: Array, lam: float, *, constant: bool = True) -> float:
    """The sum of squared errors, plus `lam` times the squared length of the coefficients, that of the constant last."""
    errors = H @ coefficients[:-1] + coefficients[-1] - y
    counted = coefficients if constant else coefficients[:-1]
    return float(np.sum(errors**2) + lam * np.sum(counted**2))


def least(H: Array, y: Array, lam: float, *, constant: bool = True) -> Array:
    """The coefficients with the least of it, whichever they are; with or without a penalty on the constant."""
    return minimiser(lambda c: penalised(c, H, y, lam, constant=constant), np.zeros(H.shape[1] + 1))


def objects(arguments: Mapping[str, Any], network: object, value: object) -> str:
    """What is off with returned coefficients."""
    del network
    if not isinstance(value, np.ndarray):
        return "nothing that can be read came back"
    given = [np.asarray(arguments[name], dtype=float) for name in ("H", "y")]
    wanted = [least(*given, float(arguments["lam"]), constant=which) for which in (True, False)]
    near = [value.shape == right.shape and np.allclose(value, right, rtol=0, atol=1e-4) for right in wanted]
    return "" if any(near) else "other coefficients give a smaller loss"
