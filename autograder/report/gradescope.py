"""A result as the platform's results.json: what the students see, and a hidden summary for instructors."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from textwrap import wrap
from typing import Any

from autograder.report.check_tests import with_checks
from autograder.report.instructors import for_instructors
from autograder.report.numbers import UNITS, hundredths, total, worth
from autograder.report.overview import is_missing, look_first, said_once
from autograder.report.plain import clean, clean_line, fenced
from autograder.report.seen import seen, seen_part
from autograder.verdict import Cause, PartResult, Result, Word

_LINE = 1_200  # characters of one sentence
_SENTENCES = 8
_QUOTED = 2_000  # characters of a student's own text
_WIDE = 100  # characters of a line in a fence

_MARKDOWN = re.compile(r"([\\`*_\[\]#|~!$^])")
_CODE = re.compile(r"(?<!`)`([^`\n]{1,200})`(?!`)")
_PLAIN = re.compile(r"[^<>&\[\]!\\|$]+")
"""Names and formulas that no reader takes for markup, so that they may stand in a code span."""
_LEADING = re.compile(r"^(\s*)([-+>=]|\d+[.)])", re.MULTILINE)

_PENDING = {
    Word.UNDECIDED: "The grader could not decide this part. A person will look at it; until then its points are open, not lost.",
    Word.WAITING: "The points of this part are open, not lost.",
}


def to_gradescope(
    result: Result,
    *,
    total_points: Fraction | None = None,
    notes: tuple[str, ...] = (),
    seconds: float | None = None,
    about: tuple[str, ...] = (),
    attempts: int | None = None,
    profile: Sequence[Mapping[str, object]] = (),
) -> dict[str, Any]:
    """The platform's form of a result.

    Args:
        result: what was found.
        total_points: what the platform says that the assignment is worth, when it says so.
        notes: facts about the run for instructors.
        seconds: how long the run took; only with it anything is written that changes from run to run.
        about: facts about the submission for its student: lateness, an extension, attempts.
        attempts: how many attempts are used up now, for the next run to read.
        profile: what every stage and part used; like all extra data it is kept from students.
    """
    result = said_once(result)
    maxima = hundredths([part.points for part in result.parts])
    tests = [
        test
        for part, most in zip(result.parts, maxima, strict=True)
        for test in with_checks(_test(seen_part(part, told=False), most, result.seed), part, most)
    ]
    tests.append(_hidden(for_instructors(result, total_points, notes, timed=seconds is not None)))
    data: dict[str, Any] = {
        "score": math.floor(result.score * UNITS) / UNITS,
        "output": _whole(result, about),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"assignment": result.assignment, "seed": result.seed, "complete": result.complete},
        "tests": tests,
    }
    entries = [entry for part in result.parts for entry in part.verdict.leaderboard]
    if entries:
        data["leaderboard"] = [{"name": entry.name, "value": entry.value, "order": entry.order} for entry in entries]
    if attempts is not None:
        data["extra_data"]["attempts"] = attempts
    if profile:
        data["extra_data"]["profile"] = list(profile)
    if seconds is not None:
        data["execution_time"] = round(seconds, 3)
        data["extra_data"]["seconds"] = {part.part: round(part.seconds, 3) for part in result.parts}
    return data


def _test(part: PartResult, most: int, seed: int) -> dict[str, Any]:
    verdict = part.verdict
    title = clean_line(f"{_id(part)} {part.title}")
    earned = most if verdict.credit == 1 else math.floor(most * verdict.credit)
    return {
        "name": f"{title} ({verdict.word})" if part.pending else title,
        "name_format": "text",
        "number": _id(part),
        "score": earned / UNITS,
        "max_score": most / UNITS,
        "status": "passed" if verdict.word is Word.OK else "failed",
        "output": _output(part),
        "output_format": "md",
        "visibility": "visible",
        **({"tags": [clean_line(tag, 60) for tag in part.tags]} if part.tags else {}),
        "extra_data": {
            "part": part.part,
            "verdict": str(verdict.word),
            "evidence": str(verdict.evidence),
            "misconception": verdict.misconception,
            "seed": seed,
        },
    }


def _id(part: PartResult) -> str:
    """The part's id within its assignment."""
    return clean_line(part.part.partition("/")[2] or part.part, 60)


def _output(part: PartResult) -> str:
    """What a student reads of one part, in Markdown that the student's own text cannot break out of."""
    verdict = part.verdict
    sections = [f"**{verdict.word}**: {worth(part)}"]
    if verdict.wrote.strip():
        sections.append("You wrote\n\n" + _quoted(verdict.wrote))
    if verdict.read_as.strip():
        sections.append("Read as\n\n" + _quoted(verdict.read_as))
    if verdict.convention:
        sections.append(_sentence(f"Convention: {verdict.convention}"))
    if verdict.witness:
        sections.append(_sentence(verdict.witness))
    sections += [_sentence(sentence) for sentence in verdict.feedback[:_SENTENCES]]
    if verdict.word in _PENDING and verdict.cause is not Cause.OURS:
        sections.append(_PENDING[verdict.word])
    if verdict.word is Word.NOT_YET and part.look and not is_missing(part):
        sections.append(_sentence(f"Look at: {part.look}"))
    sections += [_sentence(f"Note: {notice}") for notice in verdict.notices[:_SENTENCES]]
    return "\n\n".join(sections)


def _quoted(text: str) -> str:
    """A formula in a fence, its long lines broken at spaces: a fence does not wrap, and few scroll."""
    return fenced("\n".join(_broken(line) for line in clean(text, _QUOTED).split("\n")), 2 * _QUOTED)


def _broken(line: str) -> str:
    return "\n".join(wrap(line, _WIDE, break_long_words=True, break_on_hyphens=False)) if len(line) > _WIDE else line


def _sentence(text: str) -> str:
    """Text as a paragraph that shows literally; several lines (a caret below a formula) keep their columns."""
    text = clean(text, _LINE).strip("\n")
    if "\n" in text:
        return fenced(text, _LINE)
    pieces = _CODE.split(text)
    shown = "".join(_span(piece) if at % 2 else _literal(piece) for at, piece in enumerate(pieces))
    return _LEADING.sub(r"\1\\\2", shown)


def _span(text: str) -> str:
    """What stands between back quotes: a code span, or as it was typed where it could be more than a name or a formula."""
    return f"`{text}`" if _PLAIN.fullmatch(text) else _literal(f"`{text}`")


def _literal(text: str) -> str:
    """Text in which no character is markup."""
    return _MARKDOWN.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _whole(result: Result, about: tuple[str, ...]) -> str:
    """What the student reads above all tests; the total is repeated here, since a hidden test hides the platform's."""
    lines = [clean_line(result.title), total(seen(result))]
    if any(not check.seen for part in result.parts for check in part.verdict.checks):
        lines.append("Some tests are not shown now; their points are not counted in this line.")
    lines += [clean_line(line, 500) for line in about]
    lines += [clean_line(line, 2_000) for line in look_first(seen(result))]
    lines += [clean_line(notice, 500) for notice in result.notices[:40]]
    if len(result.notices) > 40:
        lines.append(f"… and {len(result.notices) - 40} more notices.")
    return "\n".join(lines)


def _hidden(summary: str) -> dict[str, Any]:
    return {
        "name": "For instructors",
        "name_format": "text",
        "output": summary,
        "output_format": "text",
        "visibility": "hidden",
    }
