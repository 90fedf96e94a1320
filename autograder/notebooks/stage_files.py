"""The files of the stage, which run beside a notebook's functions: where they are, and under which names they are sent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = "grader_stage"
_FOLDER = Path(__file__).parent / "stage"


@cache
def places() -> dict[str, Path]:
    """By its name among a submission's files, where each is."""
    return {f"{PACKAGE}/{path.name}": path for path in sorted(_FOLDER.glob("*.py"))}


@cache
def contents() -> dict[str, bytes]:
    """By its name among a submission's files, each as bytes."""
    return {name: path.read_bytes() for name, path in places().items()}
