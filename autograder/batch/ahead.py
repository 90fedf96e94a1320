"""What a worker does before its first submission, so that no submission pays for it again.

A worker judges every submission in processes that it forks, which end with it. A module that judging imports when it first
needs it would be imported by each of them anew, and whatever a look for garbage touches would be copied for each.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module

from autograder.answers.expression import Expression, rules
from autograder.answers.function import Functions
from autograder.answers.keys import key_with_shape
from autograder.answers.sandboxed import runs_student_code
from autograder.question import Assignment, Question
from autograder.sandbox import pages

WRITTEN = ("autograder.oracles.witnesses",)
"""What judging a formula imports only where it is wrong."""

CODE = (
    "autograder.functions.columns",
    "autograder.functions.examine",
    "autograder.functions.judging",
    "autograder.functions.recognise",
    "autograder.functions.returned",
    "autograder.functions.together",
    "autograder.functions.wording",
    "autograder.sandbox.canary",
    "autograder.sandbox.sandbox",
    "autograder.submission.cheap",
    "autograder.submission.dependencies",
    "autograder.submission.program",
    "numpy.ma",
)
"""What judging functions imports when it begins."""


def prepare(assignment: Assignment) -> None:
    """Import what judging an assignment needs, and have forks share it."""
    for name in WRITTEN:
        import_module(name)
    if any(runs_student_code(question.answer) for question in assignment.questions):
        for name in CODE:
            import_module(name)
    for question in assignment.questions:
        with suppress(Exception):  # an author's slip is told of the answer that meets it
            _make_once(assignment, question)
    gc.collect()
    gc.freeze()
    pages.gather()


def _make_once(assignment: Assignment, question: Question) -> None:
    """Make what is the same for every answer to a question: the trees of keys, the published inputs of functions."""
    answer = question.answer
    if isinstance(answer, Functions):
        from autograder.functions.examine import published_cases  # it loads NumPy

        for function in answer.functions:
            published_cases(function, assignment.part(question))
    elif isinstance(answer, Expression):
        for key in (answer.key, *(other for _, other in answer.also), *(wrong for _, wrong in rules(question))):
            key_with_shape(key, question.symbols)
