"""One warm sandbox for the folder, and a short way to have a text judged as a submission's functions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.answers.sandboxed import Bench
from autograder.question import Assignment, Question
from autograder.sandbox import Sandbox
from autograder.submission.collect import Submission
from autograder.verdict import Verdict
from reference.hw1.assignment import assignment

SOLUTION = Path(__file__).parents[2] / "reference" / "hw1" / "solution" / "functions.py"
SECRET = b"only the course knows"


class Judge:
    """Judges texts in a sandbox that stays warm."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def __call__(self, question: Question | str, text: str | dict[str, str | bytes], *, seed: int = 0) -> Verdict:
        files = {"functions.py": text} if isinstance(text, str) else text
        data = {name: one.encode() if isinstance(one, str) else one for name, one in files.items()}
        submission = Submission(answers={}, files=data)
        if isinstance(question, str):
            question = assignment.question(question)
        early = question.answer.unanswered(question, submission)
        if early is not None:
            return early
        return question.answer.judge_in(question, self.bench(submission), seed=seed)

    def bench(self, submission: Submission, within: Assignment = assignment) -> Bench:
        return Bench(sandbox=self.sandbox, submission=submission, assignment=replace(within, secret=SECRET))


@pytest.fixture(scope="session")
def judge():
    with Sandbox.start() as sandbox:
        yield Judge(sandbox)


@pytest.fixture(scope="session")
def solution():
    """The text of the hand-typed functions, to replace single ones in."""
    return SOLUTION.read_text(encoding="utf-8")
