"""Who handed in what: Gradescope's submission_metadata.yml, parsed defensively.

Source: the file of "Export Submissions": by folder, with keys that begin with a colon (`:submitters:` with `:name`, `:sid`,
`:email`; `:created_at`, `:score`, `:results`).
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from autograder.errors import SubmissionError
from autograder.report.marked import Person
from autograder.report.plain import clean_line
from autograder.sandbox.archive import UNREADABLE

METADATA = "submission_metadata.yml"
_LARGEST = 1 << 30  # the results of a whole class, with everything that students printed
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPart:
    """What the platform recorded of one part."""

    score: Fraction
    word: str = ""
    misconception: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the platform recorded of a submission: its score, and its parts by their id within the assignment."""

    score: Fraction | None
    parts: dict[str, RecordedPart]


def read_metadata(
    source: Path | zipfile.ZipFile, member: str = METADATA
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """By folder, what is known of its submission; and what could not be understood.

    Raises:
        SubmissionError: the file is there but cannot be read at all; the message says where.
    """
    data = _bytes(source, member)
    if data is None:
        return {}, []
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        document = _construct(yaml, loader, data)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SubmissionError(
            f"{METADATA} cannot be read: {clean_line(str(error), 300)}. Export the submissions again, or remove the file "
            "to grade the folders without names."
        ) from None
    if document is None:
        return {}, []
    if not isinstance(document, dict):
        raise SubmissionError(
            f"{METADATA} holds no mapping by folder. Export the submissions again, or remove the file."
        )
    notices: list[str] = []
    return {str(folder): _about(str(folder), known, notices) for folder, known in document.items()}, notices


def _construct(yaml: Any, loader: Any, data: bytes) -> Any:
    """The document; a folder that is named twice is an error, since one of the two would be lost."""
    node = yaml.compose(data, loader)
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        names = [str(key.value) for key, _ in node.value]
        double = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
        if double:
            raise ValueError(f"the folder {double[0]} is there twice")
    return yaml.load(data, loader)


def _bytes(source: Path | zipfile.ZipFile, member: str) -> bytes | None:
    try:
        if isinstance(source, Path):
            with source.open("rb") as opened:
                data = opened.read(_LARGEST + 1)
        else:
            with source.open(member) as inside:
                data = inside.read(_LARGEST + 1)
    except (FileNotFoundError, KeyError):
        return None
    except UNREADABLE as error:
        raise SubmissionError(f"{METADATA} cannot be read: {clean_line(str(error))}.") from None
    if len(data) > _LARGEST:
        raise SubmissionError(f"{METADATA} is larger than {_LARGEST:,} bytes and was not read.")
    return data


def _about(folder: str, known: Any, notices: list[str]) -> dict[str, Any]:
    if not isinstance(known, dict):
        notices.append(f"{METADATA} says nothing that can be read of {clean_line(folder)}.")
        return {}
    return {
        "people": tuple(_people(known.get(":submitters"))),
        "created": _text(known.get(":created_at")),
        "recorded": _recorded(known),
    }


def _people(submitters: Any) -> Iterator[Person]:
    for one in submitters if isinstance(submitters, list) else ():
        if isinstance(one, dict):
            yield Person(name=_text(one.get(":name")), email=_text(one.get(":email")), sid=_text(one.get(":sid")))


def _text(value: Any) -> str:
    return "" if value is None else clean_line(str(value), _LONGEST_TEXT)


def _recorded(known: dict[Any, Any]) -> Recorded | None:
    results = known.get(":results", known.get("results"))
    score = number(known.get(":score"))
    if not isinstance(results, dict):
        return None if score is None else Recorded(score=score, parts={})
    if score is None:
        score = number(results.get("score"))
    return Recorded(score=score, parts=recorded_parts(results))


def recorded_parts(results: dict[Any, Any]) -> dict[str, RecordedPart]:
    """The parts of a results.json that this package wrote (or another grader with numbers), by id."""
    parts: dict[str, RecordedPart] = {}
    tests = results.get("tests")
    current = ""  # the part whose single checks follow it, each with a score of its own
    for test in tests if isinstance(tests, list) else ():
        if not isinstance(test, dict):
            continue
        extra = test.get("extra_data")
        extra = extra if isinstance(extra, dict) else {}
        score = number(test.get("score"))
        if extra.get("part"):
            current = clean_line(str(extra["part"]).partition("/")[2] or str(extra["part"]), 60)
            rule = extra.get("misconception")
            parts[current] = RecordedPart(
                score=score or Fraction(0),
                word=clean_line(str(extra.get("verdict") or ""), 20),
                misconception=clean_line(str(rule), 60) if rule else None,
            )
        elif score is not None and current:
            parts[current] = replace(parts[current], score=parts[current].score + score)
        elif score is not None and test.get("number"):
            parts[clean_line(str(test["number"]), 60)] = RecordedPart(score=score)
    return parts


def number(value: Any) -> Fraction | None:
    """A score that the platform writes as a number or as a text; None for everything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or len(str(value)) > 20:
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return Fraction(str(value).strip()) if math.isfinite(found) and abs(found) < 1e9 and "/" not in str(value) else None
