"""A result as an Autolab autograder prints it: a presentation, and on the last line the scores.

Source: Autolab, docs/lab.md ("The last text line on stdout must be a JSON string, called an autoresult": {"scores": {problem:
points}, "scoreboard": [...]}) and docs/features/formatted-feedback.md ({"_presentation": "semantic", "stages": [...]} on
the line before, each stage an object of {"passed": bool, "hint": text}).
"""

from __future__ import annotations

import json

from autograder.report.numbers import hundredths
from autograder.report.plain import clean, clean_line
from autograder.report.seen import seen_part
from autograder.verdict import PartResult, Result, Word

_STAGE = "Parts"
_HINT = 2_000


def to_autolab(result: Result) -> str:
    """The two lines; problems are named by the parts' ids. Points that are open are not scored, so that a person can."""
    maxima = hundredths([part.points for part in result.parts])
    scores = {
        _id(part): int(most * part.verdict.credit) / 100
        for part, most in zip(result.parts, maxima, strict=True)
        if not part.pending
    }
    stage = {_title(part): _step(part) for part in result.parts}
    presentation = {"_presentation": "semantic", "stages": [_STAGE], _STAGE: stage}
    return f"{_line(presentation)}\n{_line({'scores': scores})}\n"


def _line(data: object) -> str:
    return json.dumps(data, ensure_ascii=True, allow_nan=False)  # one line, whatever the texts hold


def _step(part: PartResult) -> dict[str, object]:
    verdict = seen_part(part).verdict  # what a student may read now
    step: dict[str, object] = {"passed": verdict.word is Word.OK}
    said = [str(verdict.word), verdict.witness, *verdict.feedback]
    if verdict.word is not Word.OK:
        step["hint"] = clean("\n".join(filter(None, said)), _HINT)
    return step


def _id(part: PartResult) -> str:
    return clean_line(part.part.partition("/")[2] or part.part, 60)


def _title(part: PartResult) -> str:
    return clean_line(f"{_id(part)} {part.title}")
