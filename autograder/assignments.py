"""Finding an assignment by its name: a folder with an `assignment.py` in the folder of questions."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import replace
from pathlib import Path

from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.processes import loading, one_thread_each
from autograder.question import Assignment
from autograder.report.plain import clean_line

KEY_FILE = "secret.key"
"""A file beside `assignment.py` with the course's secret; it goes into the uploaded zip, never into a repository."""

KEY_VARIABLE = "AUTOGRADER_SECRET"


def available(library: Path = LIBRARY) -> tuple[str, ...]:
    """The names of all assignments."""
    if not library.is_dir():
        return ()
    return tuple(sorted(folder.parent.name for folder in library.glob("*/assignment.py")))


def choices(library: Path = LIBRARY) -> str:
    """The names of all assignments, as a sentence for messages."""
    names = available(library)
    return f"Choose one of: {', '.join(names)}." if names else f"There are no assignments in {library}."


def load(name: str, library: Path = LIBRARY) -> Assignment:
    """The assignment of that name.

    Raises:
        AuthorError: there is none (the message lists the choices), or its files cannot be loaded.
    """
    if name not in available(library):  # never import what only a student named
        raise AuthorError(f"there is no assignment {clean_line(name, 60)!r}. {choices(library)}")
    one_thread_each()  # the questions load NumPy
    file = library / name / "assignment.py"
    root = str(library.parent)
    if root not in sys.path:
        sys.path.append(root)
    try:
        with loading():
            module = importlib.import_module(f"{library.name}.{name}.assignment")
    except (ImportError, SyntaxError, AuthorError) as error:
        raise AuthorError(f"{file} cannot be loaded: {error}") from error
    assignment = getattr(module, "assignment", None)
    if not isinstance(assignment, Assignment):
        raise AuthorError(f"{file} must define `assignment = Assignment(...)`.")
    return replace(assignment, secret=secret(file.parent) or assignment.secret)


def secret(folder: Path) -> bytes:
    """The course's secret, which seeds hidden inputs: the environment's, else the file's, else b""."""
    if KEY_VARIABLE in os.environ:
        return os.environ[KEY_VARIABLE].encode("utf-8", "surrogateescape")
    try:
        return (folder / KEY_FILE).read_bytes().strip()
    except FileNotFoundError:
        return b""
