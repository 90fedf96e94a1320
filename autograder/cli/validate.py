"""Check a results.json, of this grader or any other, against the platform's rules, and say what would happen there."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.cli import FAULT, GRADED
from autograder.errors import AuthorError
from autograder.report.plain import clean_line
from autograder.verify.platform_rules import Weight, examine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("results", metavar="RESULTS.json", type=Path, help="the file")


def run(arguments: argparse.Namespace) -> int:
    """Print what the platform would do; 0 when it would show everything as it is meant, 1 when not."""
    try:
        data = arguments.results.read_bytes()
    except OSError as error:
        raise AuthorError(
            f"cannot read {arguments.results}: {error.strerror}. Without it the platform says that the run failed."
        ) from error
    remarks = examine(data)
    for remark in remarks:
        print(f"{remark.weight:<6}{clean_line(remark.where, 80)}: {clean_line(remark.says, 300)}")
    bad = [remark for remark in remarks if remark.weight is not Weight.NOTE]
    if any(remark.weight is Weight.FATAL for remark in bad):
        print("The platform would not show these results: the student gets an error or a score of 0.")
    elif bad:
        print("The platform would take these results, but not as they are meant.")
    else:
        print("The platform would show these results as they are meant.")
    return FAULT if bad else GRADED
