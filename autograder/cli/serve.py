"""Open the workbench: a page on this machine in which answers are typed and judged as one types."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.assignments import available, load
from autograder.errors import AuthorError
from autograder.places import LIBRARY

if TYPE_CHECKING:
    from autograder.question import Assignment
    from autograder.workbench.desk import Desk

_NEEDED = {"flask": "flask", "latex2mathml": "latex2mathml"}
"""Modules by the package that brings them; a grading run needs none, so that they are installed for this verb only."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("assignments", metavar="NAME", nargs="*", help="which assignments (default: all)")
    parser.add_argument(
        "--port", metavar="N", type=int, default=0, help="where to listen on 127.0.0.1 (default: any free port)"
    )
    parser.add_argument("--practice", action="store_true", help="what a student's kit shows: without keys")
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="where randomness comes from")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Serve until it is stopped by hand."""
    _require()
    from autograder.workbench.serving import serve

    return serve(_desks(arguments), arguments.port)


def _desks(arguments: argparse.Namespace) -> dict[str, Desk]:
    names = arguments.assignments or available(arguments.library)
    print(f"loading {', '.join(names)} …", file=sys.stderr)
    return {name: _desk(load(name, arguments.library), arguments) for name in names}


def _desk(assignment: Assignment, arguments: argparse.Namespace) -> Desk:
    if arguments.practice:
        from autograder.build.kit import statements
        from autograder.workbench.practice import PracticeDesk

        return PracticeDesk(statements=statements(assignment))
    from autograder.workbench.author import AuthorDesk

    return AuthorDesk(assignment=assignment, seed=arguments.seed)


def _require() -> None:
    """Say which package is missing, before anything is loaded.

    Raises:
        AuthorError: with the command that installs it.
    """
    missing = [package for module, package in _NEEDED.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise AuthorError(
            f"the workbench needs {' and '.join(missing)}, which grading does not. Install with: ./setup.sh --workbench"
        )
