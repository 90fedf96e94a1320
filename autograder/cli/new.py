"""Begin a question: its file, with a mark wherever something is to be written, and what the solution needs."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from autograder.cli import GRADED
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.question import answer_name
from autograder.verify.rows import SOLUTION
from autograder.verify.skeletons import ANSWERS_FILE, KINDS, beginning
from autograder.verify.unfinished import MARK

_NAME = re.compile(r"[a-z][a-z0-9_]*/[0-9]+[a-z]?(\.[A-Za-z0-9_]+)*")

_ASSIGNMENT = '''"""{name}: {mark} what it is."""

from __future__ import annotations

from autograder import Assignment
from {library}.{name} import {module}

assignment = Assignment(
    name="{name}",
    title="{name}",  # {mark} its title
    points=1,  # {mark} what the whole is worth
    questions=tuple(question for file in ({module},) for question in file.questions),
)
'''


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("part", metavar="ASSIGNMENT/PART", help='the new part, like "hw2/1a"')
    parser.add_argument("--kind", choices=KINDS, required=True, help="the kind of answer")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Write the files and say what comes next."""
    if not _NAME.fullmatch(arguments.part):
        raise AuthorError(f"{arguments.part!r} names no part. Write assignment and part, like 'hw2/1a'.")
    name, _, part = arguments.part.partition("/")
    folder = arguments.library / name
    module = answer_name(part)
    file = folder / f"{module}.py"
    if file.exists():
        raise AuthorError(f"{file} is there already. Edit it, or choose another part.")
    written = []
    for place, text in beginning(arguments.kind, part).items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if place == ANSWERS_FILE:
            _append(path, text, name)
        else:
            path.write_text(text, encoding="utf-8")
        written.append(path)
    (folder / SOLUTION).mkdir(exist_ok=True)
    print(f"written: {', '.join(map(str, written))}")
    if (folder / "assignment.py").exists():
        print(f"Add {module} to the imports and to the questions of {folder / 'assignment.py'}.")
    else:
        text = _ASSIGNMENT.format(name=name, mark=MARK, library=arguments.library.name, module=module)
        (folder / "assignment.py").write_text(text, encoding="utf-8")
    print(f"Fill in what is marked {MARK}, watched by: python -m autograder verify {name}/{part} --watch")
    return GRADED


def _append(answers: Path, text: str, assignment: str) -> None:
    """Add a part's lines to the solution's answers."""
    before = answers.read_text(encoding="utf-8") if answers.exists() else f'assignment = "{assignment}"\n'
    answers.write_text(before + text, encoding="utf-8")
