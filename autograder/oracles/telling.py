"""Sentences on what a statement does at a point, beside what a student's answer says there; none names the right value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.oracles.calculus import slope
from autograder.oracles.witnesses import told

Array = NDArray[np.float64]


def as_column(found: Any, size: int) -> Array:
    """A student's vector as one column of that many entries.

    Raises:
        ValueError: it has another number of entries.
    """
    return np.asarray(found, dtype=float).reshape(size, 1)


def slope_seen(
    function: Callable[[Any], float],
    at: Any,
    yours: Any,
    *,
    name: str,
    what: str,
    width: float = 0.1,
    entries: tuple[str, ...] = (),
) -> str:
    """Two values of a function and what the student's slope (or gradient) makes of the way between them.

    Args:
        function: takes a number or a column.
        at: where the slope is taken.
        yours: the student's slope there.
        name: what is varied ("θ").
        what: what the function is ("the loss").
        width: how far the function is followed.
        entries: what the entries of a column are called, where not by their number.
    """
    point = np.asarray(at, dtype=float)
    mine = np.asarray(yours, dtype=float).reshape(point.shape)
    off = [at for at in np.ndindex(point.shape) if abs(mine[at] - slope(function, point)[at]) > 1e-6]
    if not off:
        return ""
    place = off[0]
    moved = point.copy()
    moved[place] += width
    before, after = function(point), function(moved)
    entry = (entries[place[0]] if entries else f"{name}[{place[0] + 1}]") if point.size > 1 else name
    return (
        f"{what} is {told(before)}, and {told(after)} once {entry} grows by {told(width)}; "
        f"your {'entry' if point.size > 1 else 'slope'} {told(mine[place])} makes that about {told(before + width * mine[place])}."
    )


def lower_nearby(
    function: Callable[[Array], float], yours: Any, size: int, *, name: str, what: str, place: str = ""
) -> str:
    """A place close to the student's minimiser at which the function is smaller.

    Args:
        function: takes a column.
        yours: the student's minimiser.
        size: how many entries it has.
        name: what is varied ("x").
        what: what the function is ("the objective").
        place: how the student's minimiser is led to, with `{here}` for it; else "at your x = {here}".
    """
    here = as_column(yours, size)
    value = function(here)
    where = (place or f"at your {name} = {{here}}").replace("{here}", told(here))
    for share in (0.1, 0.02, 0.3):
        for entry in range(size):
            for sign in (1.0, -1.0):
                there = here.copy()
                there[entry] += sign * share * max(1.0, abs(float(here[entry, 0])))
                there = np.round(there, 3)
                if function(there) < value - 1e-3 * max(abs(value), 1e-3):
                    return f"{where} {what} is {told(value)}; at {name} = {told(there)} it is only {told(function(there))}."
    return ""


def next_step_missed(
    step: Callable[[float], float],
    yours: Callable[[int], Any],
    start: float,
    *,
    name: str,
    most: int = 6,
) -> str:
    """Where a formula for the iterates does not follow the recurrence from its own values.

    Args:
        step: one step of the statement.
        yours: the student's iterate after a number of steps.
        start: where the statement starts.
        name: how the iterate is called ("w").
        most: how many steps are tried.
    """
    first = float(yours(0))
    if abs(first - start) > 1e-9:
        return f"at t = 0 your formula gives {told(first)}; the statement starts at {told(start)}."
    stated = start
    for count in range(1, most):
        stated = step(stated)
        before, after = float(yours(count)), float(yours(count + 1))
        # From an iterate that is right, the step would be the next right one: that is not told.
        strayed = abs(before - stated) > 1e-9 * max(1.0, abs(stated))
        if strayed and abs(step(before) - after) > 1e-9 * max(1.0, abs(after)):
            return (
                f"your formula gives {name}_{count} = {told(before)} and {name}_{count + 1} = {told(after)}; "
                f"one step of the statement from {told(before)} leads to {told(step(before))}."
            )
    return ""


def moves_on(step: Callable[[float], float], yours: Any, *, name: str, how: str) -> str:
    """That the student's limit is no place of rest: one more step leads away from it."""
    here = float(yours)
    there = step(here)
    if abs(there - here) < 1e-9 * max(1.0, abs(here)):
        return ""
    return f"{how} leads from your {name} = {told(here)} on to {told(there)}; a limit would stay where it is."


def run(step: Callable[[float], float], start: float, *, name: str, shown: int = 4) -> str:
    """The beginning of a recurrence and what becomes of it: "the recurrence grows: w = 0, 6, −2.4, 9.36, …"."""
    values = [start]
    for _ in range(60):
        values.append(step(values[-1]))
    moves = np.abs(np.diff(values))
    beginning = f"{name} = {', '.join(map(told, values[:shown]))}, …"
    if moves[0] == 0:
        return f"the recurrence stays: {beginning}"
    if moves[-1] > 1.01 * moves[0]:
        return f"the recurrence grows: {beginning}"
    if moves[-1] > 0.99 * moves[0]:
        return f"the recurrence jumps to and fro for ever: {beginning}"
    return f"the recurrence settles: {beginning}"
