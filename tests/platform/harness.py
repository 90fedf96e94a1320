"""A replica of what the platform's harness does around one run: wipe, copy, run, kill, read strictly."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_CUT = 100_000

ASSIGNMENT = """
from tests.tiny import assignment as make

assignment = make()
"""


class Fatal(Exception):
    """The platform would show an error or a score of 0 instead of the results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the harness saw: the results as it would take them, the exit code, what was printed."""

    results: dict[str, Any]
    code: int
    printed: str
    killed: bool


def build_image(home: Path) -> Path:
    """Lay out the platform's folders as they are after setup.sh: source, environment and the copied script."""
    source = home / "source"
    shutil.copytree(ROOT / "autograder", source / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "run_autograder", source)
    (source / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "tiny.py", source / "tests")
    (source / "reference" / "tiny").mkdir(parents=True)
    (source / "reference" / "tiny" / "assignment.py").write_text(ASSIGNMENT)
    (source / "assignment.txt").write_text("tiny\n")
    python = home / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')  # a link would lose the packages beside it
    python.chmod(0o755)
    return home


def run(
    home: Path,
    files: Mapping[str, str | bytes],
    *,
    metadata: str | None = None,
    environment: Mapping[str, str] | None = None,
    limit: float = 120,
    enter: Sequence[str] = (),
) -> Run:
    """Grade one upload as the platform would; `enter` is put before the command, to run it in another root."""
    for name in ("submission", "results"):
        shutil.rmtree(home / name, ignore_errors=True)
        (home / name).mkdir()
    for name, data in files.items():
        path = home / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        path.chmod(0o644)
    (home / "submission_metadata.json").unlink(missing_ok=True)
    if metadata is not None:
        (home / "submission_metadata.json").write_text(metadata)
    shutil.copy(home / "source" / "run_autograder", home / "run_autograder")
    killed = False
    printed = home / "stdout"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [*enter, "./run_autograder"],
            cwd=home,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={"PATH": "/usr/bin:/bin", **(environment or {})},
        )
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()  # the direct child only, as the platform does
            code = process.wait()
            killed = True
            (home / "results" / "results.json").write_text('{"score": 0, "output": "timed out"}')
    return Run(results=read(home), code=code, printed=printed.read_text(), killed=killed)


def read(home: Path) -> dict[str, Any]:
    """The results as the platform takes them.

    Raises:
        Fatal: one of the faults that are fatal there.
    """
    text = (home / "results" / "results.json").read_bytes().decode("utf-8")
    data = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    if not isinstance(data, dict):
        raise Fatal("the top level is no object")
    for block in (data, *data.get("tests", [])):
        if not isinstance(block, dict):
            raise Fatal("a test is no object")
        if "output" in block:
            if not isinstance(block["output"], str):
                raise Fatal("an output is no string")
            if len(block["output"]) > _CUT:
                raise Fatal("an output would be cut")
    return data


def _refuse(name: str) -> float:
    raise Fatal(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise Fatal(f"{text} is too large")
    return number
