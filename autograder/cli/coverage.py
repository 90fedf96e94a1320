"""Show which part covers each row of the course's inventory, and what vouches for its key."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from autograder.coverage import Coverage, of_library
from autograder.places import LIBRARY

COMPLETE, INCOMPLETE = 0, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--missing", action="store_true", help="print only the rows that no part covers")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Print the table; the exit code is 2 while a row has no part."""
    found = of_library(arguments.library)
    if arguments.json:
        print(json.dumps({**asdict(found), "complete": found.complete}, indent=1))
    else:
        print(summary(found) if arguments.missing else f"{table(found)}\n\n{summary(found)}")
    return COMPLETE if found.complete else INCOMPLETE


def table(found: Coverage) -> str:
    """One line per row and part: row, part, kind of answer, witnesses."""
    width = max((len(one.part) for one in found.covered), default=4)
    lines = [f"{'row':>4}  {'part':<{width}}  {'kind':<12}  witnesses"]
    document = ""
    for one in found.covered:
        if one.document != document:
            document = one.document
            lines += ["", document]
        lines.append(f"{one.row:>4}  {one.part:<{width}}  {one.kind:<12}  {', '.join(one.witnesses)}".rstrip())
    return "\n".join(lines)


def summary(found: Coverage) -> str:
    """How many rows have a part, and which have none."""
    rows = {one.row for one in found.covered}
    absent = sum(map(len, found.missing.values()))
    lines = [f"{len(rows)} of {len(rows) + absent} rows are covered by a part."]
    lines += [
        f"{document}: no part covers {', '.join(map(str, numbers))}."
        for document, numbers in found.missing.items()
        if numbers
    ]
    lines += [f"{part} names row {row}, which the inventory does not have." for part, row in found.unknown]
    return "\n".join(lines)
