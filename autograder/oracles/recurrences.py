"""Instruments for recurrences: run them and look at what happens."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[float], float]
"""One step of a scalar recurrence: from `w_t` to `w_{t+1}`."""

_FAR = 1e12


def iterate(step: Step, start: float, steps: int) -> float:
    """The value after `steps` steps from `start`.

    >>> iterate(lambda w: 2 * w + 1, 0.0, 3)
    7.0
    """
    value = start
    for _ in range(steps):
        value = step(value)
    return value


def limit(step: Step, start: float, *, most: int = 200_000) -> float | None:
    """Where the recurrence settles, or None when it has not settled after `most` steps.

    It counts as settled once a step moves it by less than 1e-13 of its size.

    >>> round(limit(lambda w: 0.5 * w + 1, 0.0), 9)
    2.0
    >>> limit(lambda w: 1 - w, 0.0, most=1000) is None
    True
    """
    value = start
    for _ in range(most):
        after = step(value)
        if abs(after - value) <= 1e-13 * max(1.0, abs(after)):
            return after
        if abs(after) > _FAR:
            return None
        value = after
    return None


def settles(step: Step, start: float, *, most: int = 20_000) -> bool | None:
    """Whether the recurrence converges from `start`; None when `most` steps do not tell.

    The size of a step is watched: it shrinks to nothing, it grows, or it stays (an oscillation that never dies).
    """
    value = start
    first = abs(step(value) - value)
    if first == 0:
        return None  # it starts where it ends and shows nothing
    moved = first
    for _ in range(most):
        after = step(value)
        moved = abs(after - value)
        if moved <= 1e-9 * first:
            return True
        if moved >= 1e9 * first:
            return False
        value = after
    return False if abs(moved / first - 1) < 1e-6 else None


def steps_within(step: Step, start: float, goal: float, distance: float, *, most: int = 100_000) -> int | None:
    """How many steps until the value is within `distance` of `goal` for the first time, or None if never.

    >>> steps_within(lambda w: w / 2, 1.0, 0.0, 0.1)
    4
    """
    value = start
    for count in range(most):
        if abs(value - goal) <= distance:
            return count
        value = step(value)
    return None
