"""Open the workbench: a page on this machine in which answers are typed and judged as one types."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.assignments import LIBRARY, available, load
from autograder.errors import AuthorError

if TYPE_CHECKING:
    from autograder.workbench.desk import Desk

_NEEDED = {"flask": "flask", "latex2mathml": "latex2mathml"}
"""Modules by the package that brings them; a grading run needs none, so that they are installed for this verb only."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("assignments", metavar="NAME", nargs="*", help="which assignments (default: all)")
    parser.add_argument(
        "--port", metavar="N", type=int, default=0, help="where to listen on 127.0.0.1 (default: any free port)"
    )
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="where randomness comes from")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Serve until it is stopped by hand."""
    _require()
    from autograder.workbench.serving import listen

    served = listen(_desks(arguments), arguments.port)
    print(
        f"The workbench is open at\n\n  {served.guard.address}\n\nOnly this machine can reach it. Stop it with Ctrl-C.",
        flush=True,
    )
    try:
        served.server.serve_forever()
    finally:
        served.server.server_close()
    return 0


def _desks(arguments: argparse.Namespace) -> dict[str, Desk]:
    from autograder.workbench.author import AuthorDesk

    names = arguments.assignments or available(arguments.library)
    return {name: AuthorDesk(assignment=load(name, arguments.library), seed=arguments.seed) for name in names}


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
