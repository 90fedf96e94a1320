"""Finding an assignment by its name: a folder with an `assignment.py` in the folder of questions."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from autograder.errors import AuthorError
from autograder.question import Assignment
from autograder.report.plain import clean_line

LIBRARY = Path(__file__).resolve().parent.parent / "reference"


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
    file = library / name / "assignment.py"
    root = str(library.parent)
    if root not in sys.path:
        sys.path.append(root)
    try:
        module = importlib.import_module(f"{library.name}.{name}.assignment")
    except (ImportError, SyntaxError, AuthorError) as error:
        raise AuthorError(f"{file} cannot be loaded: {error}") from error
    assignment = getattr(module, "assignment", None)
    if not isinstance(assignment, Assignment):
        raise AuthorError(f"{file} must define `assignment = Assignment(...)`.")
    return assignment
