"""Write down what a list of wrong answers is told, as students read it: a page for authors to read as a whole."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from autograder.assignments import load
from autograder.engine.grade import grade
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.question import Assignment
from autograder.report.terminal import block
from autograder.submission.collect import Submission
from autograder.submission.written import Content, Written
from autograder.verdict import PartResult

EXAMPLES = LIBRARY / "feedback_examples.toml"
_WIDTH, _SEED = 100, 1
_HEAD = """# What wrong answers are told

{count} wrong answers over all assignments, each with what its student reads. Every line of a `witness` comes from the statement, at
one of the part's few fixed points; the right value is never among its numbers.

This page is written by `python -m autograder feedback --write docs/feedback.md` from `{source}`; a test fails when it drifts.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A wrong answer.

    Args:
        part: "hw1/1a".
        typed: what is typed, or None for code.
        code: a file of functions, "" where an answer is typed.
        beside: the student's other answers, by name.
    """

    part: str
    typed: Content | None = None
    code: str = ""
    beside: Mapping[str, Content] = field(default_factory=dict)

    @property
    def assignment(self) -> str:
        """The name of its assignment."""
        return self.part.partition("/")[0]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("--write", metavar="FILE", type=Path, help="where to write the page (default: print it)")
    parser.add_argument("--examples", metavar="FILE", type=Path, default=EXAMPLES, help="the wrong answers, as TOML")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Judge every example and write the page."""
    text = page(arguments.examples, arguments.library)
    if arguments.write is None:
        print(text, end="")
    else:
        try:
            arguments.write.write_text(text, encoding="utf-8")
        except OSError as error:
            raise AuthorError(
                f"cannot write {arguments.write}: {error.strerror}. Name another file with --write."
            ) from error
        print(f"{arguments.write} written")
    return 0


def page(source: Path, library: Path = LIBRARY) -> str:
    """The page for the examples of a file."""
    examples = read_examples(source)
    lines = [_HEAD.format(count=len(examples), source=f"{source.parent.name}/{source.name}")]
    loaded = cache(lambda name: load(name, library))
    for name, of_assignment in groupby(examples, key=lambda example: example.assignment):
        lines += [f"## {loaded(name).title}", ""]
        for part, of_part in groupby(of_assignment, key=lambda example: example.part):
            title = loaded(name).question(part.partition("/")[2]).title
            lines += [f"### {part}: {title}", ""]
            for example in of_part:
                lines += ["```text", *block(judged(example, loaded(name)), width=_WIDTH).splitlines(), "```", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def read_examples(source: Path) -> tuple[Example, ...]:
    """The examples of a file.

    Raises:
        AuthorError: it cannot be read, or an entry is odd; the message says which.
    """
    try:
        data: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AuthorError(f"{source} cannot be read: {error}") from None
    return tuple(_example(source, number, entry) for number, entry in enumerate(data.get("answer", []), 1))


def _example(source: Path, number: int, entry: dict[str, Any]) -> Example:
    odd = sorted(set(entry) - {"part", "typed", "code", "with"})
    if odd or "part" not in entry or ("typed" in entry) is ("code" in entry):
        raise AuthorError(f"{source}, answer {number}: give `part`, one of `typed` and `code`, and perhaps `with`.")
    typed = _content(entry["typed"]) if "typed" in entry else None
    beside = {name: _content(text) for name, text in entry.get("with", {}).items()}
    return Example(part=entry["part"], typed=typed, code=entry.get("code", "").lstrip("\n"), beside=beside)


def _content(value: Any) -> Content:
    return tuple(map(_content, value)) if isinstance(value, list) else str(value)


def judged(example: Example, assignment: Assignment) -> PartResult:
    """The verdict on an example, as the grader finds it."""
    question = assignment.question(example.part.partition("/")[2])
    texts = dict(example.beside)
    if example.typed is not None:
        texts[question.answer_name] = example.typed
    answers = {name: Written(name=name, content=text, where="answers.py") for name, text in texts.items()}
    files = {"functions.py": example.code.encode()} if example.code else {}
    return grade(assignment, Submission(answers=answers, files=files), seed=_SEED, only=question.id).parts[0]
