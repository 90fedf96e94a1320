"""Try an answer to one part: how it is read, what is decided, and what the student would be told."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from autograder.assignments import load
from autograder.engine.grade import grade
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.report.numbers import points
from autograder.report.plain import clean
from autograder.submission.collect import Submission
from autograder.submission.typed import typed
from autograder.verdict import PartResult, Word

_LONGEST = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("part", metavar="ASSIGNMENT/PART", help='which part, like "hw1/1a"')
    parser.add_argument("answer", metavar="ANSWER", help="the answer as a student would type it between the quotes")
    parser.add_argument(
        "--with", dest="others", metavar="NAME=ANSWER", action="append", default=[],
        help="a further answer that the part looks at, like q2b_C='[W1*A; W2]'",
    )  # fmt: skip
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="where randomness comes from")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Judge one answer and print everything that is known of it."""
    name, slash, part = arguments.part.partition("/")
    if not slash or not part:
        raise AuthorError(f"{arguments.part!r} names no part. Write assignment and part, like 'hw1/1a'.")
    assignment = load(name, arguments.library)
    question = assignment.question(part)
    texts = {question.answer_name: arguments.answer}
    for other in arguments.others:
        key, equals, text = other.partition("=")
        if not equals:
            raise AuthorError(f"--with {other!r}: write NAME=ANSWER, like q2b_C='[W1*A; W2]'.")
        texts[key.strip()] = text
    answers = {key: typed(key, text, "command line") for key, text in texts.items()}
    result = grade(assignment, Submission(answers=answers, files={}), seed=arguments.seed, only=question.id)
    print(_as_json(result.parts[0]) if arguments.json else _as_text(result.parts[0]))
    return 0


def _as_text(part: PartResult) -> str:
    verdict = part.verdict
    rows = [
        ("part", f"{part.part}  {part.title}"),
        ("wrote", verdict.wrote),
        ("read as", verdict.read_as),
        ("LaTeX", verdict.read_as_latex),
        ("verdict", f"{verdict.word.value}, {points(part.score)} of {points(part.points)} points"),
        ("evidence", verdict.evidence.value),
        ("convention", verdict.convention),
        ("rule", verdict.misconception or ""),
        ("witness", verdict.witness),
        *(("feedback", line) for line in verdict.feedback),
        ("look at", part.look if verdict.word is Word.NOT_YET else ""),
        *(("notice", line) for line in verdict.notices),
        *(("staff only", line) for line in verdict.staff),
        ("time", f"{1000 * part.seconds:.1f} ms"),
    ]
    return "\n".join(f"{label + ':':<12}{_indented(text)}" for label, text in rows if text)


def _indented(text: str) -> str:
    return clean(text, _LONGEST).replace("\n", "\n" + " " * 12)


def _as_json(part: PartResult) -> str:
    verdict = part.verdict
    return json.dumps(
        {
            "part": part.part,
            "verdict": verdict.word.value,
            "credit": str(verdict.credit),
            "score": str(part.score),
            "points": str(part.points),
            "evidence": verdict.evidence.value,
            "misconception": verdict.misconception,
            "convention": verdict.convention or None,
            "wrote": verdict.wrote,
            "read_as": verdict.read_as,
            "latex": verdict.read_as_latex,
            "witness": verdict.witness,
            "carried": list(verdict.carried),
            "look": part.look,
            "feedback": list(verdict.feedback),
            "notices": list(verdict.notices),
            "staff": list(verdict.staff),
        },
        ensure_ascii=False,
        allow_nan=False,
        indent=1,
    )
