"""The one writer of results.json: nothing that the platform chokes on passes, and no reader ever meets half a file."""

from __future__ import annotations

import json
import math
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

from autograder.errors import GraderBug
from autograder.report.plain import clean

OUTPUT_LIMIT = 99_000  # the platform cuts at 100,000; its cut could open a fence, ours is expected
_LARGEST_INTEGER = 2**53  # beyond it a reader with floats sees another number
_DEPTH = 12


def write_results(path: Path, data: dict[str, Any]) -> None:
    """Write results atomically: whoever reads meets the old file or the new one, whole.

    Whatever stands at `path` (a link, a pipe, a folder) is replaced, never written through.

    Raises:
        GraderBug: the data holds what JSON or the platform does not allow; the message says where.
        OSError: the folder cannot be written.
    """
    text = json.dumps(validated(data), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    descriptor, temporary = tempfile.mkstemp(prefix=".results-", suffix=".json", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fchmod(descriptor, 0o644)
            os.fsync(descriptor)
        _make_way(path)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _make_way(path: Path) -> None:
    """Move a folder at `path` aside; everything else is replaced by the renaming itself."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        path.rename(Path(tempfile.mkdtemp(prefix=".was-in-the-way-", dir=path.parent)) / path.name)


def validated(data: dict[str, Any]) -> dict[str, Any]:
    """The data with texts cleaned, outputs cut and scores clamped.

    Raises:
        GraderBug: a value is neither text, finite number, boolean, list nor dict, or a field has the wrong kind.
    """
    if not isinstance(data, dict):
        raise GraderBug(f"results must be a dict, not {type(data).__name__}")
    sound: dict[str, Any] = _sound(data, "results", 0)
    tests = sound.get("tests", [])
    if not isinstance(tests, list) or not all(isinstance(test, dict) for test in tests):
        raise GraderBug("results.tests must be a list of dicts")
    for name, block in [("results", sound), *((f"results.tests[{n}]", test) for n, test in enumerate(tests))]:
        _check_block(block, name)
    most = round(sum(test.get("max_score", 0) for test in tests), 6)  # 0.1 + 0.2 must not cost 4e-17 points
    if "score" in sound:
        sound["score"] = _clamped(sound["score"], most)
    return sound


def _check_block(block: dict[str, Any], name: str) -> None:
    """Check the fields that the whole and its tests share."""
    for field in ("output", "name", "number", "status", "visibility", "output_format", "stdout_visibility"):
        if field in block and not isinstance(block[field], str):
            raise GraderBug(f"{name}.{field} must be a text, not {block[field]!r}")
    for field in ("score", "max_score"):
        if field in block and not (_is_number(block[field]) and (field == "score" or block[field] >= 0)):
            raise GraderBug(f"{name}.{field} must be a number, not {block[field]!r}")
    if "score" in block and "max_score" in block:
        block["score"] = _clamped(block["score"], block["max_score"])


def _clamped(score: float, most: float) -> float:
    return max(0.0, min(score, most))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _sound(value: Any, where: str, depth: int) -> Any:
    """A copy that strict JSON can hold."""
    if depth > _DEPTH:
        raise GraderBug(f"{where} is nested deeper than {_DEPTH}")
    if value is None and ".extra_data." in where:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean(str(value), OUTPUT_LIMIT)
    if isinstance(value, int) and abs(value) <= _LARGEST_INTEGER:
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, list | tuple):
        return [_sound(item, f"{where}[{number}]", depth + 1) for number, item in enumerate(value)]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {clean(key, 200): _sound(item, f"{where}.{key}", depth + 1) for key, item in value.items()}
    raise GraderBug(f"{where} is {value!r:.80}, which results.json cannot hold")
