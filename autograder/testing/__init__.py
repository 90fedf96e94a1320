"""What an author's own tests import: the student's functions, and the decorators that Gradescope's users know.

The tests run in a process of their own on the trusted side; the student's code never enters it. An attribute of `student`
is a function that runs in the sandbox: plain values go in, plain values or a `StudentError` come back.

    from autograder.testing import student, weight

    @weight(2)
    def test_mean():
        assert student.mean([1.0, 2.0, 6.0]) == 3.0
"""

from autograder.testing.decorators import (
    hide_errors,
    leaderboard,
    number,
    partial_credit,
    tags,
    visibility,
    weight,
)
from autograder.testing.student import LastCall, Student, StudentError, last_call, student

__all__ = [
    "LastCall",
    "Student",
    "StudentError",
    "hide_errors",
    "last_call",
    "leaderboard",
    "number",
    "partial_credit",
    "student",
    "tags",
    "visibility",
    "weight",
]
