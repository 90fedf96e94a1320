"""Integers of a trial: sizes, declared integers and free indices."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import count

from autograder.equality.exactly import exact_value
from autograder.equality.signals import Signal
from autograder.equality.usage import Usage
from autograder.formula import tree as t
from autograder.symbols import Bound, Symbol

Frame = dict[str, Fraction]
"""A value for every size, integer and free index."""

MOST_DATA = 1500
MOST_MATRIX = 12
MOST_TYPED = 40
"""The largest number in the formulas that a matrix may get as its size, or a little beyond."""

FIRST_TRIALS = 8
_HUGE_BITS = 100
_TRIES = 30
_MOST_NEAR = 60


class NoDomain(Exception):
    """The declared bounds leave no value, or cannot be computed."""


def frames(usage: Usage, rng: random.Random, *, huge: bool = True) -> Iterator[Frame]:
    """Trials without end, small ones first.

    Sizes are distinct and at least 2; in every second trial their order is reversed, so that for every pair of sizes
    both orders occur; one of them is 3 unless bounds forbid it. Beyond the small ones, some trials go above every
    number that is typed in the formulas (a product of `N - 2`, `N - 3`, … must not vanish in all of them), and, where
    `huge`, symbolic exponents go to 100 bits (there a polynomial in them cannot be told apart from 0 by luck).
    """
    ranks: list[int] = []
    for trial in count():
        ranks = ranks[::-1] if trial % 2 and len(ranks) > 1 else _ranks(usage, rng, trial)
        yield _frame(usage, rng, trial, ranks, huge=huge)


def _frame(usage: Usage, rng: random.Random, trial: int, ranks: list[int], *, huge: bool) -> Frame:
    """The integers of one trial; drawn again where one integer's choice leaves another no value (`k <= n <= 6`)."""
    kind = trial
    for _ in range(_TRIES):
        frame: Frame = {}
        try:
            for (name, symbol), rank in zip(usage.sizes, ranks, strict=True):
                frame[name] = Fraction(_fit(rank, symbol, frame))
            for symbol in usage.integers:
                frame[symbol.name] = Fraction(_integer(symbol, usage, frame, rng, kind, huge=huge))
        except NoDomain as error:
            failure, kind = error, rng.randrange(FIRST_TRIALS)
            continue
        for name, size in usage.indices:
            high = int(frame[size]) if isinstance(size, str) else size
            frame[name] = Fraction((1, high, rng.randint(1, high))[trial % 3])
        return frame
    raise failure


def _ranks(usage: Usage, rng: random.Random, trial: int) -> list[int]:
    """Distinct sizes from 2 on, a 3 among them where there are several."""
    number = len(usage.sizes)
    if number == 0:
        return []
    threshold = _threshold(usage, trial)
    if number == 1 and threshold is not None and 2 <= threshold <= MOST_TYPED:
        return [threshold]
    above = [int(number) + 1 for number in usage.literals if number.denominator == 1 and number > 2]
    if number == 1:
        most = MOST_TYPED if usage.matrix_sizes else MOST_DATA
        top = max((number for number in above if number <= most), default=rng.randint(8, MOST_MATRIX))
        choices = (
            3,
            2,
            top,
            rng.randint(4, 7),
            rng.randint(5, 12),
            rng.randint(8, MOST_MATRIX if usage.matrix_sizes else 40),
        )
        return [choices[trial % len(choices)]]
    spread = range(2, number + 2 + min(trial, 4))
    chosen = [3, *rng.sample([size for size in spread if size != 3], number - 1)]
    if trial >= 4:
        most = MOST_TYPED if usage.matrix_sizes else _MOST_NEAR
        fitting = [number for number in above if max(chosen) < number <= most]
        if fitting:
            chosen[chosen.index(max(chosen))] = rng.choice(fitting)
    rng.shuffle(chosen)
    return chosen


def _threshold(usage: Usage, trial: int) -> int | None:
    """After the first trials: one after the other, the integers at which a condition may change."""
    place = trial - FIRST_TRIALS
    return usage.thresholds[place] if 0 <= place < len(usage.thresholds) else None


def _fit(size: int, symbol: Symbol | None, frame: Frame) -> int:
    low, high = integer_range(symbol, frame) if symbol is not None else (None, None)
    if low is not None and low > 2:
        size += low - 2
    if high is not None and size > high:
        size = max(high, low or 1, 1)
    return size


def _integer(symbol: Symbol, usage: Usage, frame: Frame, rng: random.Random, trial: int, *, huge: bool) -> int:
    low, high = integer_range(symbol, frame)
    if low is not None and high is not None and low > high:
        raise NoDomain(f"no integer {symbol.name} lies within its bounds")
    start = low if low is not None else (min(high, -3) if high is not None else -3)
    counted = symbol.name in usage.counted
    typed = [int(number) for number in usage.literals if number.denominator == 1 and number <= _MOST_NEAR]
    options = (
        lambda: start + 2,
        lambda: start + 1,
        lambda: start + rng.randint(3, 6),
        lambda: start,
        lambda: max([start, *typed]) + rng.randint(1, 3),
        lambda: start + rng.randint(4, 20),
        lambda: rng.getrandbits(_HUGE_BITS) if huge and not counted else start + rng.randint(5, 25),
        lambda: start + rng.randint(0, 12),
    )
    threshold = _threshold(usage, trial)
    value = options[trial % len(options)]() if threshold is None else threshold
    if symbol.nonzero and value == 0:
        value = start + 1 if start + 1 != 0 else start
    if (high is not None and value > high) or (low is not None and value < low):
        value = rng.randint(start, high if high is not None else start + 12)
    return value


def integer_range(symbol: Symbol, frame: Frame) -> tuple[int | None, int | None]:
    """The least and the largest value that a declared integer may take."""
    low, high = _end(symbol.lower, frame, symbol), _end(symbol.upper, frame, symbol)
    least = None if low is None else _above(low, strict=symbol.lower is not None and symbol.lower.strict)
    most = None if high is None else -_above(-high, strict=symbol.upper is not None and symbol.upper.strict)
    return least, most


def is_infinite(bound: Bound) -> bool:
    """Whether an end is plus or minus infinity, which is no bound."""
    return bound.value in (t.Constant("oo"), t.Neg(t.Constant("oo")))


def _above(value: Fraction, *, strict: bool) -> int:
    return value.__floor__() + 1 if strict else value.__ceil__()


def _end(bound: Bound | None, frame: Frame, symbol: Symbol) -> Fraction | None:
    if bound is None or is_infinite(bound):
        return None
    try:
        value = exact_value(bound.value, frame.get)
    except Signal as signal:
        raise NoDomain(f"a bound of {symbol.name}: {signal}") from None
    if value is None:
        raise NoDomain(f"a bound of {symbol.name} is not an exact number")
    return value
