"""What the platform would do with a results.json: refuse it, ignore a field, cut a text, or show something unexpected.

Source: the platform's documentation of results.json, and the code of the harness that runs in its containers.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeGuard

CUT = 100_000
"""Characters after which the platform cuts an output in the middle."""

_FORMATS = frozenset({"text", "html", "simple_format", "md", "ansi"})
_VISIBILITIES = frozenset({"hidden", "after_due_date", "after_published", "visible"})
_WHOLE = frozenset({
    "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
    "stdout_visibility", "extra_data", "tests", "leaderboard",
})  # fmt: skip
_TEST = frozenset({
    "score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags", "visibility",
    "extra_data",
})  # fmt: skip
_ENTRY = frozenset({"name", "value", "order"})


_CLEANED = re.compile(r"<(script|img|iframe|style|svg|object|embed|form|input)\b", re.IGNORECASE)
_LATEX = re.compile(r"\$\$.+?\$\$|(?<![\w\\])\$(?=[^$\s])[^$\n]*\\[a-zA-Z]+[^$\n]*\$|\\\[|\\\(")


_OTHERWISE = (("passed", False), ("failed", True))
"""A status, and whether all points are earned, that contradict each other."""


class Weight(StrEnum):
    """How bad it is."""

    FATAL = "fatal"  # the student sees an error or a score of 0
    WRONG = "wrong"  # a field is lost or shown otherwise than meant
    NOTE = "note"  # as it should be, and worth knowing


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that would happen.

    Args:
        where: the field, such as `tests[3].score`.
        says: what the platform would do, and what to write instead.
    """

    weight: Weight
    where: str
    says: str


def examine(data: bytes) -> list[Remark]:
    """Everything that the platform would do with these bytes other than show them as meant."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [_fatal("the file", f"is no UTF-8 at byte {error.start}: score 0. Write UTF-8.")]
    constants: list[str] = []

    def constant(name: str) -> float:
        constants.append(name)
        return 0.0  # it is told once, of the file; its field is no further fault

    try:
        results = json.loads(text, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        return [_fatal("the file", f"is no JSON ({error}): score 0. Write it with json.dumps(..., allow_nan=False).")]
    remarks = [_fatal("the file", f"holds {name}, which is no JSON: the results are lost.") for name in constants]
    if not isinstance(results, dict):
        return [*remarks, _fatal("the file", f"holds a {_kind(results)}; the platform needs an object: score 0.")]
    return [*remarks, *_infinities(results, "results"), *_whole(results)]


def _whole(results: dict[str, Any]) -> Iterator[Remark]:
    tests = results.get("tests")
    if tests is None and "score" not in results:
        yield _fatal("results", 'has neither "score" nor "tests": the run counts as failed. Give one of them.')
    yield from _common(results, "results", _WHOLE)
    yield from _one_of(results, "results", {"stdout_visibility": _VISIBILITIES, "test_output_format": _FORMATS})
    yield from _one_of(results, "results", {"test_name_format": _FORMATS})
    if "execution_time" in results and not _is_number(results["execution_time"]):
        yield _wrong("results.execution_time", "is no number and is ignored.")
    if results.get("stdout_visibility") not in (None, "hidden"):
        yield _wrong("results.stdout_visibility", "shows students all that the grader prints. Leave it out.")
    yield from _leaderboard(results.get("leaderboard"))
    if tests is None:
        return
    if not isinstance(tests, list):
        yield _fatal("results.tests", f"is a {_kind(tests)}, not a list: score 0.")
        return
    for place, test in enumerate(tests):
        where = f"tests[{place}]"
        if not isinstance(test, dict):
            yield _fatal(where, f"is a {_kind(test)}, not an object: score 0.")
            continue
        yield from _test(test, where)
    yield from _totals(results, [test for test in tests if isinstance(test, dict)])


def _test(test: dict[str, Any], where: str) -> Iterator[Remark]:
    yield from _common(test, where, _TEST)
    yield from _one_of(test, where, {"status": frozenset({"passed", "failed"}), "name_format": _FORMATS})
    if "number" in test and not isinstance(test["number"], str):
        yield _wrong(f"{where}.number", 'is no text. Write it in quotes, like "1.1".')
    if "max_score" in test and not _is_number(test["max_score"]):
        yield _fatal(f"{where}.max_score", f"is a {_kind(test['max_score'])}, not a number.")
    tags = test.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        yield _wrong(f"{where}.tags", "is no list of texts.")
    score, most = test.get("score"), test.get("max_score")
    if _is_number(score) and _is_number(most) and not 0 <= score <= most:
        yield _wrong(f"{where}.score", f"is {score} of {most}; whether it is cut to that range is not documented.")
    if _is_number(score) and not _is_number(most):
        yield _wrong(f"{where}.max_score", "is missing: the student cannot see what the part is worth.")
    earned = _is_number(score) and _is_number(most) and score >= most
    if _is_number(score) and _is_number(most) and (test.get("status", ""), earned) in _OTHERWISE:
        yield _note(
            f"{where}.status", f"says {test['status']!r} of {score:g} out of {most:g}; the status is what is shown."
        )
    if "score" not in test and "status" not in test and test.get("visibility") != "hidden":
        yield _note(where, "has no score: it is shown as a line of information.")


def _common(block: dict[str, Any], where: str, known: frozenset[str]) -> Iterator[Remark]:
    """The fields that the whole and its tests share."""
    for name in sorted(set(block) - known):
        yield _wrong(f"{where}.{name}", "is no field of the platform and is ignored. Move it into extra_data.")
    if "output" in block:
        output = block["output"]
        if not isinstance(output, str):
            yield _fatal(f"{where}.output", f"is a {_kind(output)}, not a text: the results are lost.")
        elif len(output) > CUT:
            yield _wrong(f"{where}.output", f"has {len(output):,} characters and is cut in the middle to {CUT:,}.")
        else:
            yield from _text(block, output, where)
    if "extra_data" in block and not isinstance(block["extra_data"], dict):
        yield _wrong(f"{where}.extra_data", f"is a {_kind(block['extra_data'])}, not an object.")
    if "score" in block and not _is_number(block["score"]):
        yield _fatal(f"{where}.score", f"is a {_kind(block['score'])}, not a number.")
    yield from _one_of(block, where, {"visibility": _VISIBILITIES, "output_format": _FORMATS})


def _text(block: dict[str, Any], output: str, where: str) -> Iterator[Remark]:
    """What a format does not show: marks of a page that is cleaned, and mathematics as it is typed."""
    found = _CLEANED.search(output) if block.get("output_format") == "html" else None
    if found:
        yield _wrong(f"{where}.output", f"has <{found[1].lower()}>, which is cleaned away. Write text.")
    if block.get("output_format") == "md" and "![" in re.sub(r"```.*?```|`[^`]*`", "", output, flags=re.DOTALL):
        yield _wrong(f"{where}.output", "has a picture, which is not shown. Say in words what it shows.")
    if _LATEX.search(output):
        yield _note(f"{where}.output", "has LaTeX, whose rendering is not promised. Write Unicode, or code spans.")


def _one_of(block: dict[str, Any], where: str, allowed: dict[str, frozenset[str]]) -> Iterator[Remark]:
    for name, values in allowed.items():
        if name in block and not (isinstance(block[name], str) and block[name] in values):
            yield _wrong(f"{where}.{name}", f"is {block[name]!r:.60}; write one of {', '.join(sorted(values))}.")


def _totals(results: dict[str, Any], tests: list[dict[str, Any]]) -> Iterator[Remark]:
    scores = [test["score"] for test in tests if _is_number(test.get("score"))]
    most = sum(test["max_score"] for test in tests if _is_number(test.get("max_score")))
    if "score" not in results and not scores:
        yield _fatal("tests", 'no test has a score, and there is no "score" above: the run counts as failed.')
    elif _is_number(results.get("score")):
        total = results["score"]
        if scores and not math.isclose(total, sum(scores), abs_tol=0.011 * (1 + len(scores))):
            yield _note("results.score", f"{total:g} counts, not the sum of the tests, {sum(scores):g}.")
        if tests and total > most + 1e-9:
            yield _wrong("results.score", f"{total:g} is more than the tests are worth, {most:g}.")
    if any(test.get("visibility", results.get("visibility", "visible")) != "visible" for test in tests):
        yield _note("tests", "a test is not visible: the student sees no total. Print it in the output above.")


def _leaderboard(entries: Any) -> Iterator[Remark]:
    if entries is None:
        return
    if not isinstance(entries, list):
        yield _fatal("results.leaderboard", f"is a {_kind(entries)}, not a list.")
        return
    for place, entry in enumerate(entries):
        where = f"leaderboard[{place}]"
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or entry.get("value") is None:
            yield _wrong(where, "needs a name and a value. Leave an entry without a value out.")
            continue
        for name in sorted(set(entry) - _ENTRY):
            yield _wrong(f"{where}.{name}", "is no field of the platform and is ignored.")
        yield from _one_of(entry, where, {"order": frozenset({"asc", "desc"})})


def _infinities(value: Any, where: str) -> Iterator[Remark]:
    """Numbers that are too large for a float, such as 1e400, read as infinite."""
    waiting = [(value, where)]
    while waiting:
        here, name = waiting.pop()
        if isinstance(here, float) and math.isinf(here):
            yield _fatal(name, "is too large for a number: the results are lost.")
        elif isinstance(here, dict):
            waiting += [(inner, f"{name}.{key}") for key, inner in here.items()]
        elif isinstance(here, list):
            waiting += [(inner, f"{name}[{place}]") for place, inner in enumerate(here)]


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _kind(value: Any) -> str:
    names = {dict: "object", list: "list", str: "text", bool: "truth value", type(None): "null"}
    return names.get(type(value), "number")


def _fatal(where: str, says: str) -> Remark:
    return Remark(weight=Weight.FATAL, where=where, says=says)


def _wrong(where: str, says: str) -> Remark:
    return Remark(weight=Weight.WRONG, where=where, says=says)


def _note(where: str, says: str) -> Remark:
    return Remark(weight=Weight.NOTE, where=where, says=says)
