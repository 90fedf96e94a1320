"""Say what this machine offers for grading, how strongly student code is held here, and what to do about what is missing."""

from __future__ import annotations

import argparse
import json

from autograder.cli import FAULT, GRADED
from autograder.machine import look_around
from autograder.report.doctor import as_json, as_text, obstacles


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the report; 0 where grading is possible, 1 where it is not."""
    machine = look_around()
    if arguments.json:
        print(json.dumps(as_json(machine), ensure_ascii=False, allow_nan=False, indent=1))
    else:
        print(as_text(machine), end="")
    return FAULT if obstacles(machine) else GRADED
