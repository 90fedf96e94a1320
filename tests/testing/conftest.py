"""An author's tests, graded from their text against a student's file from its text, in a sandbox started once."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.answers.sandboxed import Bench
from autograder.answers.tests import Tests
from autograder.question import Assignment, Question, Source
from autograder.sandbox import Sandbox
from autograder.submission.collect import Submission
from autograder.verdict import PartResult, Result, Verdict

STUDENT = """
import os, sys
import numpy as np

rate = 0.25

class Network:
    def forward(self, x):
        return 2 * x

network = Network()

def add(a, b):
    return a + b

def boom(kind="ValueError", text="no"):
    raise getattr(__builtins__ if not isinstance(__builtins__, dict) else type("B", (), __builtins__), kind)(text)

def leave():
    sys.exit(0)

def die():
    os._exit(3)

def nothing():
    pass

def chatty(x):
    print("student saw", x)
    return x

def spoil(x):
    x[0] = 99
    return x

def spin():
    while True:
        pass

count = 0

def counted():
    global count
    count += 1
    return count
"""

Grade = Callable[..., Verdict]


@pytest.fixture(scope="session")
def sandbox():
    with Sandbox.start() as started:
        yield started


@pytest.fixture
def bench(sandbox: Sandbox) -> Callable[..., Bench]:
    def make(student: str = STUDENT, deadline: float | None = None, **files: str) -> Bench:
        texts = {"answers.py": student, **{f"{name}.py": text for name, text in files.items()}}
        submission = Submission(answers={}, files={name: text.encode() for name, text in texts.items()})
        assignment = Assignment(name="hw0", title="Homework 0", points=0, questions=())
        return Bench(sandbox=sandbox, submission=submission, assignment=assignment, deadline=deadline)

    return make


def question(answer: Tests, points: int = 10) -> Question:
    return Question(
        id="1a", title="A part", points=points, prompt="Write it.", source=Source("Homework 0", "1"), answer=answer
    )


@pytest.fixture
def grade(bench: Callable[..., Bench], tmp_path: Path) -> Grade:
    """Grade a student's text by an author's tests; keywords go to `Tests`."""

    def judge(tests: str, student: str = STUDENT, *, points: int = 10, **more: object) -> Verdict:
        path = tmp_path / "author" / "test_author.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(tests))
        answer = Tests(path, **more)
        return answer.judge_in(question(answer, points), bench(student), seed=1)

    return judge


def as_result(verdict: Verdict, points: int = 10) -> Result:
    """A result of one part with this verdict."""
    from fractions import Fraction

    part = PartResult(part="hw0/1a", title="A part", points=Fraction(points), verdict=verdict)
    return Result(assignment="hw0", title="Homework 0", seed=1, parts=(part,))


def standings(verdict: Verdict) -> dict[str, str]:
    """What came of each check, by its name."""
    return {check.name: str(check.standing) for check in verdict.checks}
