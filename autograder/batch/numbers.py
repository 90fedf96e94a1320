"""The numbers of a class: how hard each part was, how well it tells students apart, how reliable the whole is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import fmean, median, pstdev, variance

from autograder.report.marked import Marked
from autograder.verdict import PartResult, Word

_Z = 1.959963984540054  # the 97.5 % point of the normal distribution
_FEWEST = 4  # below it the interval of a correlation has no meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartNumbers:
    """One part over the class.

    Args:
        words: how often each verdict was given.
        difficulty: mean share of the points among decided answers (1: everybody had it), with Wilson's interval.
        discrimination: correlation of the part's share with the rest of the score, with Fisher's interval.
        seconds: median time of judging.
    """

    part: str
    title: str
    points: Fraction
    words: Counter[Word]
    difficulty: Estimate | None
    discrimination: Estimate | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassNumbers:
    """The class as a whole.

    Args:
        scores: of every graded submission, open points counted as not earned yet.
        alpha: Cronbach's alpha over the submissions without open points; KR-20 where all credits are 0 or 1.
        complete: how many submissions that is.
    """

    graded: int
    failed: int
    points: Fraction
    scores: tuple[Fraction, ...]
    parts: tuple[PartNumbers, ...]
    alpha: float | None
    complete: int

    @property
    def summary(self) -> tuple[tuple[str, float], ...]:
        """Mean, median, standard deviation, lowest and highest score."""
        scores = [float(score) for score in self.scores]
        if not scores:
            return ()
        named = (("mean", fmean), ("median", median), ("standard deviation", pstdev), ("lowest", min), ("highest", max))
        return tuple((name, float(of(scores))) for name, of in named)


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What is kept of one part while the class goes by."""

    title: str
    points: Fraction
    words: Counter[Word] = field(default_factory=Counter)
    decided: list[float] = field(default_factory=list)
    pairs: list[tuple[float, float]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def numbers_of(class_: Iterable[Marked]) -> ClassNumbers:
    """All numbers of a class."""
    tallies: dict[str, _Tally] = {}
    scores: list[Fraction] = []
    complete: list[list[float]] = []
    failed, most = 0, Fraction(0)
    for one in class_:
        result = one.result
        if result is None:
            failed += 1
            continue
        scores.append(result.score)
        most = max(most, result.points)
        if not result.pending:
            complete.append([float(part.score) for part in result.parts])
        for part in result.parts:
            name = part.part.partition("/")[2]
            rest = None if result.pending else float(result.score - part.score)
            _count(tallies.setdefault(name, _Tally(title=part.title, points=part.points)), part, rest)
    return ClassNumbers(
        graded=len(scores),
        failed=failed,
        points=most,
        scores=tuple(scores),
        parts=tuple(_part(name, tally) for name, tally in tallies.items()),
        alpha=alpha(complete),
        complete=len(complete),
    )


def _count(tally: _Tally, part: PartResult, rest: float | None) -> None:
    credit = float(part.verdict.credit)
    tally.words[part.verdict.word] += 1
    tally.seconds.append(part.seconds)
    if not part.pending:
        tally.decided.append(credit)
    if rest is not None:
        tally.pairs.append((credit, rest))


def _part(name: str, tally: _Tally) -> PartNumbers:
    return PartNumbers(
        part=name,
        title=tally.title,
        points=tally.points,
        words=tally.words,
        difficulty=wilson(fmean(tally.decided), len(tally.decided)) if tally.decided else None,
        discrimination=fisher(tally.pairs),
        seconds=median(tally.seconds),
    )


def wilson(share: float, count: int) -> Estimate:
    """A share with Wilson's score interval; for shares between 0 and 1 that are no counts it errs on the wide side.

    Source: E. B. Wilson, "Probable inference", JASA 22 (1927).

    >>> estimate = wilson(0.5, 100)
    >>> round(estimate.low, 3), round(estimate.high, 3)
    (0.404, 0.596)
    """
    z2 = _Z * _Z
    centre = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z * math.sqrt(share * (1 - share) / count + z2 / (4 * count * count)) / (1 + z2 / count)
    return Estimate(value=share, low=max(0.0, centre - half), high=min(1.0, centre + half))


def fisher(pairs: Iterable[tuple[float, float]]) -> Estimate | None:
    """A correlation with Fisher's interval; None where one side does not vary, or there are too few pairs."""
    listed = list(pairs)
    if len(listed) < _FEWEST:
        return None
    left, right = ([pair[side] for pair in listed] for side in (0, 1))
    spread = pstdev(left) * pstdev(right)
    if spread < 1e-12:
        return None
    mean_left, mean_right = fmean(left), fmean(right)
    r = fmean((a - mean_left) * (b - mean_right) for a, b in listed) / spread
    r = max(-1.0, min(1.0, r))
    if abs(r) > 1 - 1e-12:
        return Estimate(value=r, low=r, high=r)
    z, half = math.atanh(r), _Z / math.sqrt(len(listed) - 3)
    return Estimate(value=r, low=math.tanh(z - half), high=math.tanh(z + half))


def alpha(rows: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha of items by columns; None with fewer than two rows or columns, or without any spread.

    Source: L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951).
    """
    if len(rows) < 2 or len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return None
    items = len(rows[0])
    total = variance([math.fsum(row) for row in rows])
    if total < 1e-12:
        return None
    return items / (items - 1) * (1 - math.fsum(variance(column) for column in zip(*rows, strict=True)) / total)
