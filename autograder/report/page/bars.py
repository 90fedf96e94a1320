"""Bars as inline SVG: the histogram of a class, and how often each verdict was given to a part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from autograder.report.numbers import points
from autograder.report.page.markup import element
from autograder.verdict import Word

_BINS = 20
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 246, 44, 24, 46
_BAR, _BAR_HEIGHT = 240, 16
_TONES = {Word.OK: "ok", Word.NOT_YET: "off", Word.UNREADABLE: "odd", Word.UNDECIDED: "open", Word.WAITING: "wait"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Scores from `low` up to `high`; of the last bin `high` belongs to it."""

    low: Fraction
    high: Fraction
    count: int

    @property
    def label(self) -> str:
        """The range in points."""
        return f"{points(self.low)} to {points(self.high)}"


def bins_of(scores: Sequence[Fraction], most: Fraction) -> list[Bin]:
    """The scores in bins of equal width from 0 to the most that can be earned."""
    if not scores or most <= 0:
        return []
    width = most / _BINS
    counts = Counter(min(_BINS - 1, int(max(Fraction(0), score) / width)) for score in scores)
    return [Bin(low=place * width, high=(place + 1) * width, count=counts[place]) for place in range(_BINS)]


def histogram(bins: Sequence[Bin]) -> Markup:
    """Bars over the range of scores, each with its count above."""
    most = max(one.count for one in bins)
    step = (_WIDTH - _LEFT) / len(bins)
    pieces = []
    for place, one in enumerate(bins):
        height = (_HEIGHT - _TOP - _BOTTOM) * one.count / most
        x, y = _LEFT + place * step, _HEIGHT - _BOTTOM - height
        if one.count:
            pieces.append(element("rect", x=x + 1.5, y=y, width=step - 3, height=height, class_="bar"))
            pieces.append(_text(str(one.count), x + step / 2, y - 5))
        if place % 4 == 0:
            pieces.append(_text(points(one.low), x, _HEIGHT - _BOTTOM + 18))
    pieces.append(_text(points(bins[-1].high), _WIDTH, _HEIGHT - _BOTTOM + 18, anchor="end"))
    pieces.append(element("path", d=f"M{_LEFT} {_HEIGHT - _BOTTOM}H{_WIDTH}", class_="frame"))
    pieces.append(element("text", "points", x=_WIDTH / 2, y=_HEIGHT - 8, text_anchor="middle", class_="label"))
    label = f"Histogram of {sum(one.count for one in bins)} scores; the table below has the numbers."
    return element("svg", *pieces, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", aria_label=label, class_="chart")


def verdict_bar(words: Counter[Word]) -> Markup:
    """One bar, divided by verdicts; each has a pattern of its own, and the numbers stand beside it."""
    total = words.total() or 1
    pieces, left = [], 0.0
    for word in Word:
        width = _BAR * words[word] / total
        if width:
            pieces.append(element("rect", x=left, y=0, width=width, height=_BAR_HEIGHT, class_=f"v-{_TONES[word]}"))
            if left:
                pieces.append(element("path", d=f"M{left:.2f} 0V{_BAR_HEIGHT}", class_="cut"))
        left += width
    said = ", ".join(f"{word} {words[word]}" for word in Word if words[word])
    return element(
        "svg", *pieces, viewBox=f"0 0 {_BAR} {_BAR_HEIGHT}", preserveAspectRatio="none", role="img", aria_label=said,
        class_="verdicts",
    )  # fmt: skip


def _text(text: str, x: float, y: float, *, anchor: str = "middle") -> Markup:
    return element("text", text, x=round(x, 1), y=round(y, 1), text_anchor=anchor)
