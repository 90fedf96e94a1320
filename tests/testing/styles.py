"""The same tests written for unittest and for pytest, with the decorators of gradescope-utils."""

from __future__ import annotations

HEAD = """
import unittest
from gradescope_utils.autograder_utils.decorators import (
    hide_errors, leaderboard, number, partial_credit, tags, visibility, weight,
)
from autograder.testing import student
"""


def by_unittest(body: str) -> str:
    return HEAD + "class TestIt(unittest.TestCase):\n" + "\n".join(f"    {line}" for line in body.splitlines())


def by_pytest(body: str) -> str:
    return (
        HEAD
        + "import pytest\n"
        + body.replace("(self, ", "(").replace("(self)", "()").replace("self.fail", "pytest.fail")
    )
