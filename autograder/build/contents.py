"""What the uploaded zip holds: the engine, one assignment with its keys, and the platform's two entry points."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

from autograder import __version__
from autograder.assignments import KEY_FILE, KEY_VARIABLE
from autograder.errors import AuthorError
from autograder.gradescope import NAME_FILE
from autograder.question import Assignment

PROJECT = Path(__file__).resolve().parents[2]
ENTRY_POINTS = ("setup.sh", "run_autograder")
NOTE_FILE = "BUILD.txt"
PIP_FILE = "pip.conf"

_LOCKS = ("requirements.lock",)
_LEFT_OUT = frozenset({"__pycache__", "solution", "ids.lock", "mistakes", "mistakes.py"})
_AUTHORS_OWN = frozenset({"verify", "build", "kit", "batch", "workbench", "beginnings"})
"""Folders of the engine, and verbs, that an instructor's machine needs and a container does not; see `test_archive.py`."""

_GRADING = ("platform", "grade", "doctor")
"""The verbs of a container: its own, the same by hand, and what the machine offers."""

_SHELF = "reference"  # where the engine looks for assignments, whatever the author's folder is called


def contents(assignment: Assignment, library: Path, *, verified: str, index: str = "") -> dict[str, bytes]:
    """Every file of the zip by its name there.

    Args:
        assignment: what is to be graded.
        library: the folder of assignments from which it was loaded.
        verified: what is known of its verification, for the note inside the zip.
        index: where pip looks for packages as well, "" for nowhere else.

    Raises:
        AuthorError: a file that the platform needs is missing.
    """
    found = {name: _read(PROJECT / name) for name in (*ENTRY_POINTS, *_LOCKS)}
    found |= {f"autograder/{name}": data for name, data in _tree(PROJECT / "autograder") if _grades(name)}
    found |= {f"{_SHELF}/{name}": data for name, data in _assignment_files(assignment.name, library)}
    if KEY_VARIABLE in os.environ:
        found[f"{_SHELF}/{assignment.name}/{KEY_FILE}"] = os.environ[KEY_VARIABLE].encode("utf-8", "surrogateescape")
    if index:
        found[PIP_FILE] = f"[global]\nextra-index-url = {index}\n".encode()
    found[NAME_FILE] = f"{assignment.name}\n".encode()
    note = f"{assignment.title} ({assignment.name}), autograder {__version__}\nVerification: {verified}\n"
    found[NOTE_FILE] = note.encode()
    return found


def _grades(name: str) -> bool:
    """Whether a file of the engine is needed where submissions are graded."""
    folder, _, rest = name.partition("/")
    if folder == "cli":
        return rest == "__init__.py" or rest.removesuffix(".py") in _GRADING
    return folder not in _AUTHORS_OWN


def has_secret(files: dict[str, bytes], assignment: Assignment) -> bool:
    """Whether hidden inputs are seeded with something that no student can know."""
    return bool(files.get(f"{_SHELF}/{assignment.name}/{KEY_FILE}", b"").strip())


def _assignment_files(name: str, library: Path) -> Iterator[tuple[str, bytes]]:
    """The assignment's own folder without its solution, and the modules of other folders that it imports."""
    yield from ((f"{name}/{inner}", data) for inner, data in _tree(library / name))
    own = library / name
    waiting = [path for path in sorted(own.rglob("*.py")) if not _LEFT_OUT & set(path.relative_to(own).parts)]
    seen = set(waiting)
    while waiting:
        for path in _imported(waiting.pop(), library):
            if path not in seen:
                seen.add(path)
                waiting.append(path)
                if not path.is_relative_to(own):
                    yield path.relative_to(library).as_posix(), path.read_bytes()


def _imported(file: Path, library: Path) -> Iterator[Path]:
    """The files in the library that a file's import statements name."""
    for node in ast.walk(ast.parse(file.read_bytes(), filename=str(file))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = file.relative_to(library.parent).parts[: -node.level] if node.level else ()
            base = ".".join((*package, *filter(None, [node.module])))
            names = [base, *(f"{base}.{alias.name}" for alias in node.names)]
        for name in names:
            shelf, *inner = name.split(".")
            if shelf == library.name:
                folders = [library.joinpath(*inner[:depth], "__init__.py") for depth in range(len(inner) + 1)]
                module = library.joinpath(*inner).with_suffix(".py") if inner else library
                yield from (path for path in (*folders, module) if path.is_file())


def _tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        if path.is_file() and not hidden and not _LEFT_OUT & set(parts):
            yield "/".join(parts), path.read_bytes()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AuthorError(f"{path} is needed in the zip: {error.strerror}. Build from a complete checkout.") from error
