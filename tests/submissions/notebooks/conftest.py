"""One sandbox for the whole corpus: starting torch takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from autograder.answers.sandboxed import Bench
from autograder.checks import Entry
from autograder.question import Assignment, Question
from autograder.sandbox import Sandbox
from autograder.submission.collect import Submission
from autograder.verdict import Verdict

Judge = Callable[[Question, Submission], Verdict]
Measure = Callable[[Question, Submission], tuple[Entry, ...]]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start(("torch", "matplotlib")) as started:
        yield started


@pytest.fixture(scope="session")
def judge(sandbox: Sandbox) -> Judge:
    def judged(question: Question, submission: Submission) -> Verdict:
        early = question.answer.unanswered(question, submission)
        if early is not None:
            return early
        return question.answer.judge_in(question, _bench(sandbox, question, submission), seed=1)

    return judged


@pytest.fixture(scope="session")
def measure(sandbox: Sandbox) -> Measure:
    """What goes to the leaderboard."""

    def measured(question: Question, submission: Submission) -> tuple[Entry, ...]:
        return question.answer.measured_in(question, _bench(sandbox, question, submission), seed=1)

    return measured


def _bench(sandbox: Sandbox, question: Question, submission: Submission) -> Bench:
    assignment = Assignment(name="hw1", title="", points=question.points, questions=(question,), secret=b"tests")
    return Bench(sandbox=sandbox, submission=submission, assignment=assignment)
