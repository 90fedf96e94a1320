"""Files made of broken lines: what stands above the breakage is read, and the rest is left out with one word."""

from __future__ import annotations

import pytest

from autograder.submission.statements import pieces


@pytest.mark.parametrize(
    "line",
    ["x=\n", "q1=(\n", 'q1="""\n', "@f\n", "def f(:\n", "if x:\n", "q1a=1\n  q1b=2\n"],
    ids=["assignments", "brackets", "quotes", "decorators", "headers", "conditions", "indents"],
)
def test_a_file_of_broken_lines_is_cut_short(line: str) -> None:
    """The first answer is saved; the number of pieces does not grow with the file."""
    found = pieces("q0 = 'kept'\n" + line * 40_000 + "y = (\n")
    assert found[0].body is not None
    assert len(found) <= 2001


def test_what_is_left_out_is_said() -> None:
    """The last piece says from where on nothing was read."""
    last = pieces("x=\n" * 1000)[-1]
    assert (last.error, last.line) == ("too many lines above cannot be read; from here on the file was left out", 61)
