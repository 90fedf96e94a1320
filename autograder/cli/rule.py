"""Rule on an answer that was undecided or waits for a person: for everybody who gave an equal one, now and in later runs."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from autograder.assignments import load
from autograder.batch.folder import assignment_name, opened, write_reports
from autograder.batch.records import Rows
from autograder.batch.rulings import FILE, Ruling, merged, read_rulings, write_rulings
from autograder.batch.sameness import Sameness
from autograder.cli import GRADED
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.report.plain import clean_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder that `batch` wrote")
    parser.add_argument("--part", metavar="PART", required=True, help='like "1a.path"')
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--answer", metavar="TEXT", help="the answer as a student wrote it")
    which.add_argument("--submission", metavar="ID", help="the answer of this submission; the only way for code")
    parser.add_argument(
        "--credit", metavar="SHARE", required=True, help="1 for right, 0 for wrong, or a share such as 1/2"
    )
    parser.add_argument("--say", metavar="SENTENCE", default="", help="what these students are told")
    parser.add_argument("--by", metavar="NAME", help="who rules (default: the name you are logged in with)")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Keep the ruling, say whom it concerns, and write the class's reports anew."""
    assignment = load(assignment_name(arguments.out), arguments.library)
    part = assignment.question(arguments.part.removeprefix(f"{assignment.name}/")).id
    path = arguments.out / FILE
    with opened(arguments.out, assignment) as graded:
        answers = _answers(graded.bare, part, graded.sameness)
        ruling = Ruling(
            part=part,
            answer=_answer(arguments, part, answers, graded.sameness),
            credit=_share(arguments.credit),
            sentence=arguments.say,
            by=arguments.by or getpass.getuser(),
        )
        write_rulings(path, merged(read_rulings(path), [ruling]))
        concerned = [name for name, answer in answers.items() if graded.sameness.same(part, ruling.answer, answer)]
    how_many = f"{len(concerned)} submission{'' if len(concerned) == 1 else 's'}"
    print(f"ruled: {part}, credit {ruling.credit}, for {how_many}: {clean_line(', '.join(concerned), 2000)}")
    for written in write_reports(arguments.out, assignment):
        print(f"written: {written}")
    return GRADED


def _answers(class_: Rows, part: str, sameness: Sameness) -> dict[str, str]:
    """By submission, its answer to a part."""
    return {
        one.id: sameness.answer(part, found.verdict, one.content)
        for one in class_
        for found in (() if one.result is None else one.result.parts)
        if found.id == part
    }


def _answer(arguments: argparse.Namespace, part: str, answers: Mapping[str, str], sameness: Sameness) -> str:
    """The answer that is ruled on."""
    if arguments.submission is None:
        if sameness.is_code(part):
            raise AuthorError(
                f"{part} is answered by code, which no text tells apart: name a submission with --submission ID."
            )
        return str(arguments.answer)
    if arguments.submission not in answers:
        raise AuthorError(
            f"there is no graded submission {clean_line(arguments.submission)!r}. Give the id as scores.csv has it."
        )
    return answers[arguments.submission]


def _share(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise AuthorError(f"--credit {text!r} is no share; write 1, 0, or a fraction such as 1/2.") from None
