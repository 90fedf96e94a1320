"""A result as PrairieLearn's external graders write it to /grade/results/results.json.

Source: PrairieLearn, docs/externalGrading.md, "Grading results": `score` is a number from 0 to 1; `gradable: false` with
`format_errors` marks a submission that costs no attempt; `tests` have name, description, points, max_points, message and
output; the file may have 1 MB at most. There is no way to leave the points of a part open, and points that are left out count
as lost: a result with open points is not gradable yet.
"""

from __future__ import annotations

import json
from typing import Any

from autograder.report.numbers import hundredths, points, total, worth
from autograder.report.plain import clean, clean_line
from autograder.report.seen import seen_part
from autograder.verdict import PartResult, Result, Word

_LARGEST = 1_000_000
_OUTPUT = 8_000


def to_prairielearn(result: Result) -> dict[str, Any]:
    """The platform's form; what is too long is cut, longest outputs first, until the file fits."""
    limit = _OUTPUT
    while True:
        data = _data(result, limit)
        if len(json.dumps(data, ensure_ascii=True)) < _LARGEST or limit < 20:
            return data
        limit //= 2


def _data(result: Result, limit: int) -> dict[str, Any]:
    if not result.parts or all(part.verdict.word is Word.UNREADABLE for part in result.parts):
        notices = [clean_line(notice) for notice in result.notices]
        notices += [clean_line(line) for part in result.parts for line in part.verdict.feedback[:1]]
        return {"gradable": False, "format_errors": notices or ["Nothing was found that can be graded."]}
    if result.pending or not result.complete:
        waiting = ", ".join(clean_line(part.part.partition("/")[2], 60) for part in result.parts if part.pending)
        said = f"{total(result)} There is no score before all are decided" + (f": {waiting}." if waiting else ".")
        return {"gradable": False, "format_errors": [said]}
    maxima = hundredths([part.points for part in result.parts])
    most = sum(maxima)
    tests = [_test(part, most, limit) for part, most in zip(result.parts, maxima, strict=True)]
    score = 0.0 if not most else sum(round(test["points"] * 100) for test in tests) / most
    return {
        "gradable": True,
        "score": round(min(1.0, max(0.0, score)), 6),
        "message": total(result),
        "output": clean("\n".join(result.notices), limit),
        "tests": tests,
    }


def _test(part: PartResult, most: int, limit: int) -> dict[str, Any]:
    verdict = seen_part(part).verdict  # the text that a student may read; the points are those of all checks
    lines = [
        f"You wrote: {verdict.wrote}" if verdict.wrote else "",
        f"Read as: {verdict.read_as}" if verdict.read_as else "",
    ]
    return {
        "name": clean_line(f"{part.part.partition('/')[2]} {part.title}"),
        "description": f"{points(part.points)} points",
        "points": int(most * part.verdict.credit) / 100,
        "max_points": most / 100,
        "message": clean_line(f"{verdict.word}: {worth(part)}"),
        "output": clean("\n".join(filter(None, (*lines, verdict.witness, *verdict.feedback, *verdict.notices))), limit),
    }
