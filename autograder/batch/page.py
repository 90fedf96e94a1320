"""A class on one page for its staff: how it went, what it misunderstood, what waits for a person."""

from __future__ import annotations

import shlex
from collections.abc import Collection
from functools import cache
from heapq import nlargest

from jinja2 import Environment
from markupsafe import Markup

from autograder.batch.findings import clusters, misconceptions, queue, twins
from autograder.batch.numbers import Estimate, numbers_of
from autograder.batch.sameness import Sameness
from autograder.report.marked import Marked
from autograder.report.page.bars import bins_of, histogram, verdict_bar
from autograder.report.page.templates import environment, fingerprint, style
from autograder.verdict import Word

_SLOWEST = 10
_MOST = 200  # rows of a list; the database has the rest


def class_page(title: str, name: str, out: str, class_: Collection[Marked], sameness: Sameness) -> str:
    """The page of a class; it names no student beside an answer.

    Args:
        title: the assignment's title.
        name: the assignment's key.
        out: the folder of the batch, for the commands that the page suggests.
        class_: every submission.
        sameness: decides which wrong answers are the same.
    """
    numbers = numbers_of(class_)
    sheet = style("style.css", "class.css")
    slow = nlargest(_SLOWEST, ((one.seconds, one.id) for one in class_ if one.result is not None))
    return (
        _templates()
        .get_template("class.html")
        .render(
            title=title,
            name=name,
            out=shlex.quote(out),
            numbers=numbers,
            bins=bins_of(numbers.scores, numbers.points),
            words=tuple(Word),
            misconceptions=misconceptions(class_)[:_MOST],
            clusters=clusters(class_, sameness)[:_MOST],
            queue=queue(class_, sameness)[:_MOST],
            failures=[(one.id, one.failure) for one in class_ if one.failure][:_MOST],
            slow=slow,
            twins=twins(class_)[:_MOST],
            style=sheet,
            style_hash=fingerprint(sheet),
        )
    )


@cache
def _templates() -> Environment:
    found = environment()
    found.filters.update(
        histogram=histogram,
        verdict_bar=verdict_bar,
        estimate=estimate,
        decimals=decimals,
        quoted=shlex.quote,
        share=share,
    )
    return found


def estimate(found: Estimate | None) -> Markup | str:
    """A number with its interval, or a dash where there is none."""
    if found is None:
        return "–"
    interval = Markup('<span class="quiet">{} to {}</span>').format(decimals(found.low), decimals(found.high))
    return Markup("{} {}").format(decimals(found.value), interval)


def decimals(number: float | None) -> str:
    """A number in two decimals, with a true minus.

    >>> decimals(-0.256), decimals(None)
    ('−0.26', '–')
    """
    return "–" if number is None else f"{number:.2f}".replace("-", "−")


def share(count: int, of: int) -> str:
    """A count with its share: "17 of 60, 28 %"."""
    return f"{count} of {of}, {100 * count / max(1, of):.0f} %"
