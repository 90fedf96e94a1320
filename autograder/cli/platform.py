"""Grade as Gradescope asks: reads submission/, writes results/results.json. Called by the copied run_autograder."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from autograder.cli import PLATFORM_HOME
from autograder.gradescope import run_on_platform
from autograder.places import LIBRARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "home", metavar="HOME", type=Path, nargs="?", default=PLATFORM_HOME, help="default: %(default)s"
    )


def run(arguments: argparse.Namespace) -> int:
    """Grade in the platform's folders; the environment that it hands over ends here."""
    environment = dict(os.environ)
    for name in set(environment) - _KEPT:
        del os.environ[name]
    return run_on_platform(arguments.home, environment, LIBRARY)


_KEPT = frozenset({"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ"})
"""What children may know. Everything else is the harness's: upload addresses, limits."""
