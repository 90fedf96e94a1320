"""The checks of a part as tests of the platform, each with its own score, number, tags and visibility."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from autograder.checks import Check, Standing
from autograder.report.numbers import UNITS, hundredths
from autograder.report.plain import clean, clean_line
from autograder.verdict import PartResult

_OUTPUT = 20_000


def with_checks(test: dict[str, Any], part: PartResult, most: int) -> list[dict[str, Any]]:
    """The platform's tests of one part: its own, and one for each of its checks.

    The points stand where they are decided: at the checks, or at the part itself as long as they are open.

    Args:
        test: the part's own test.
        part: everything that is known of the part.
        most: what the part is worth, in hundredths of a point.
    """
    checks = part.verdict.checks
    if not checks:
        return [test]
    if part.pending:
        return [test, *(_test(check) for check in checks)]
    heading = {name: value for name, value in test.items() if name not in ("score", "max_score", "status")}
    shares = hundredths([Fraction(most, UNITS) * check.worth for check in checks])
    return [heading, *(_scored(check, share) for check, share in zip(checks, shares, strict=True))]


def _test(check: Check) -> dict[str, Any]:
    return {
        "name": clean_line(check.name),
        "name_format": "text",
        **({"number": clean_line(check.number, 40)} if check.number else {}),
        "output": clean(check.output, _OUTPUT),
        "output_format": "text",
        "visibility": str(check.visibility),
        **({"tags": [clean_line(tag, 60) for tag in check.tags]} if check.tags else {}),
    }


def _scored(check: Check, share: int) -> dict[str, Any]:
    decided = {"status": str(check.standing)} if check.standing in (Standing.PASSED, Standing.FAILED) else {}
    if not check.worth:
        return {**_test(check), **decided}
    earned = math.floor(share * check.earned / check.worth)
    return {**_test(check), "score": earned / UNITS, "max_score": share / UNITS, **decided}
