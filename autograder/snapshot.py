"""An assignment as it is once its keys are derived, so that a run that grades need not load SymPy and ask it again.

`setup.sh` makes them, see `deriving`. One is read only where every file that it was made from is the same to the byte, in the
same environment; otherwise the questions themselves are loaded. Like a compiled file it is executed when it is read, and like
one it lies where nobody else can write.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from autograder.places import SNAPSHOTS
from autograder.question import Assignment
from autograder.shelf import shelf

_NOT_READ = frozenset({"__pycache__", "solution", "secret.key", "results.json"})
"""What lies in an assignment's folder and is not read when it is loaded; hidden files are not, either."""


def read(folder: Path) -> Assignment | None:
    """The snapshot of the assignment in a folder; None where there is none, or it is of something else by now."""
    try:
        place = place_of(folder)
        if place is None or not place.is_file() or not is_where_python_looks(folder.parent):
            return None
        head, _, body = place.read_bytes().partition(b"\n")
        made_from = json.loads(head)
        if made_from != dependencies({*made_from["files"], *files_of(folder)}):
            return None
        found = pickle.loads(body)  # noqa: S301  # our own, from a folder that nobody else can write to
    except Exception:  # noqa: BLE001  # whatever is wrong with it, the questions themselves are there
        return None
    return found if isinstance(found, Assignment) else None


def place_of(folder: Path) -> Path | None:
    """Where the snapshot of an assignment's folder lies; None where nothing can be kept."""
    found = shelf(SNAPSHOTS)
    named = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return None if found is None else found / named[:32]


def is_where_python_looks(library: Path) -> bool:
    """Whether the library's name means this folder, and no other one of that name."""
    spec = find_spec(library.name)
    places = [] if spec is None else list(spec.submodule_search_locations or ())
    return {Path(place).resolve() for place in places} == {library.resolve()}


def dependencies(files: Iterable[str]) -> dict[str, Any]:
    """What a snapshot depends on: Python, all installed packages, and the content of files.

    Raises:
        OSError: a file is gone.
    """
    return {
        "environment": [sys.version, sys.prefix, *sorted(_installed())],
        "files": {file: _digest(file) for file in sorted(files)},
    }


def files_of(folder: Path) -> Iterator[str]:
    """All files of an assignment's folder that may be read when it is loaded."""
    for path in folder.resolve().iterdir():
        if path.name not in _NOT_READ and not path.name.startswith("."):
            inner = (path,) if path.is_file() else path.rglob("*")
            yield from (str(file) for file in inner if file.is_file() and "__pycache__" not in file.parts)


def _installed() -> set[str]:
    """The installed packages with their versions, as the names of their records."""
    places = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}
    return {path.name for place in places for path in place.glob("*.dist-info")}


def _digest(file: str) -> str:
    with Path(file).open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
