"""Write an assignment's blank form: one for the class, or one per student with the options of choices in orders of their own."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from autograder.answers.options import code_of
from autograder.assignments import load
from autograder.build.forms import files
from autograder.cli import GRADED
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.question import Assignment

_NAME = re.compile(r"[\w@+-][\w.@+ -]{0,99}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="which assignment, like dis1")
    parser.add_argument("--out", metavar="FOLDER", type=Path, help="where to write (default: forms/ASSIGNMENT)")
    parser.add_argument(
        "--student", metavar="NAME", action="append", default=[],
        help="a form of this student's own, in a folder of that name; the same name gives the same form",
    )  # fmt: skip
    parser.add_argument("--students", metavar="FILE", type=Path, help="one student per line: a form for each")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Write the forms and say where they are."""
    assignment = load(arguments.assignment, arguments.library)
    out = arguments.out or Path("forms") / assignment.name
    students = _students(arguments)
    if not students:
        _write(out, files(assignment, arguments.library))
        print(f"{out}: the form of the class")
    for student in students:
        code = code_of(student)
        _write(out / student, files(assignment, arguments.library, code))
        print(f"{out / student}: form {code}")
    if students and not _shuffles(assignment):
        print(
            "No choice of this assignment has shuffle=True, so that all forms list the same options in the same order."
        )
    return GRADED


def _students(arguments: argparse.Namespace) -> list[str]:
    named = list(arguments.student)
    if arguments.students is not None:
        try:
            named += arguments.students.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise AuthorError(
                f"cannot read {arguments.students}: {error}. Give a text file, one name per line."
            ) from error
    students = list(dict.fromkeys(name.strip() for name in named if name.strip()))
    for student in students:
        if not _NAME.fullmatch(student):
            raise AuthorError(
                f"{student!r} cannot be a folder's name. Use an e-mail address, a number or a plain name."
            )
    return students


def _shuffles(assignment: Assignment) -> bool:
    return any(getattr(question.answer, "shuffle", False) for question in assignment)


def _write(folder: Path, texts: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise AuthorError(f"cannot write {folder}: {error.strerror}. Name another folder with --out.") from error
