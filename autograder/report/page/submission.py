"""A result as one HTML page that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment

from autograder.report.numbers import total
from autograder.report.page.templates import environment, fingerprint, style
from autograder.report.seen import seen
from autograder.verdict import Cause, Result


def page(result: Result) -> str:
    """The page of one submission, as a student may see it; a pure function of the result."""
    shown = seen(result)
    sheet = style("style.css")
    return (
        _templates()
        .get_template("submission.html")
        .render(
            result=shown,
            absent=[part for part in shown.parts if part.verdict.cause is Cause.ABSENT],
            total=total(shown),
            style=sheet,
            style_hash=fingerprint(sheet),
        )
    )


@cache
def _templates() -> Environment:
    return environment()
