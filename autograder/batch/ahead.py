"""What a worker does before its first submission, so that no submission pays for it again.

A worker judges every submission in processes that it forks, which end with it. A module that judging imports when it first
needs it would be imported by each of them anew, and whatever a look for garbage touches would be copied for each.
"""

from __future__ import annotations

import gc
from importlib import import_module

from autograder.answers.sandboxed import runs_student_code
from autograder.question import Assignment
from autograder.sandbox import pages

WRITTEN = ("autograder.oracles.witnesses",)
"""What judging a formula imports only where it is wrong."""

CODE = (
    "autograder.functions.columns",
    "autograder.functions.examine",
    "autograder.functions.judging",
    "autograder.functions.recognise",
    "autograder.functions.returned",
    "autograder.functions.wording",
    "autograder.sandbox.sandbox",
    "autograder.submission.cheap",
    "autograder.submission.dependencies",
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
    gc.collect()
    gc.freeze()
    pages.gather()
