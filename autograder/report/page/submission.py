"""A result as one HTML page that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment

from autograder.report.numbers import total
from autograder.report.overview import Missing, blocks, is_missing, look_first, said_once
from autograder.report.page.templates import environment, fingerprint, style
from autograder.report.seen import seen
from autograder.verdict import PartResult, Result

_NO_ANCHOR = re.compile(r"[^A-Za-z0-9._]")


def page(result: Result) -> str:
    """The page of one submission, as a student may see it; a pure function of the result."""
    shown = said_once(seen(result))
    sheet = style("style.css")
    told = blocks(shown)
    return (
        _templates()
        .get_template("submission.html")
        .render(
            result=shown,
            total=total(shown),
            look_first=look_first(shown),
            blocks=[(_anchor(_parts(block)[0]), block, isinstance(block, Missing)) for block in told],
            anchors={part.id: _anchor(_parts(block)[0]) for block in told for part in _parts(block)},
            is_missing=is_missing,
            style=sheet,
            style_hash=fingerprint(sheet),
        )
    )


def _parts(block: PartResult | Missing) -> tuple[PartResult, ...]:
    return block.parts if isinstance(block, Missing) else (block,)


def _anchor(part: PartResult) -> str:
    """Where a part stands in the page."""
    return f"part-{_NO_ANCHOR.sub('-', part.id)}"


@cache
def _templates() -> Environment:
    return environment()
