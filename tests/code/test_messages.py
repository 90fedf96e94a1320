"""What students read of functions: every kind of failure has its own sentence and an input to try it on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from autograder import Functions
from autograder.report.terminal import table
from autograder.verdict import PartResult, Result
from reference.hw1.assignment import assignment

RIDGE = "def ridge(X, y, lam):\n"
FAILURES = {
    "shape": RIDGE + "    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y[:, None])\n",
    "misconception": RIDGE + "    return np.linalg.solve(X.T @ X + lam**2 * np.eye(X.shape[1]), X.T @ y)\n",
    "values": RIDGE + "    return X.T @ y / (1 + lam)\n",
    "error": "def invert(G):\n    return np.linalg.inv(G, 1)\n\n\n" + RIDGE + "    print('G is', X.shape)\n"
    "    return invert(X.T @ X)\n",
    "edge case": RIDGE
    + "    w = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)\n    return w[:, None].squeeze()\n",
    "in place": RIDGE
    + "    G = X.T @ X\n    g = X.T @ y\n    X *= 0\n    return np.linalg.solve(G + lam * np.eye(len(g)), g)\n",
    "too large": RIDGE + "    return X.T @ np.linalg.solve(X @ X.T + lam * np.eye(len(X)), y)\n",
    "exit": RIDGE + "    exit()\n",
    "killed": "import os, signal\n" + RIDGE + "    os.kill(os.getpid(), signal.SIGKILL)\n",
    "process": "import subprocess\n" + RIDGE + "    subprocess.run(['ls'])\n",
    "file": RIDGE + "    np.save('w.npy', X)\n",
    "endless printing": RIDGE + "    while True:\n        print('x' * 1000)\n",
    "blank": RIDGE + "    pass\n",
    "at import": RIDGE + "    return 1\n\nopen('answers.txt')\n",
}


def part_of(verdict, question):
    part = PartResult(part=f"hw1/{question.id}", title=question.title, points=question.points, verdict=verdict)
    return Result(assignment="hw1", title="Homework 1", seed=1, parts=(part,))


@pytest.mark.parametrize("failure", FAILURES)
def test_message(judge, solution, golden, failure):
    """The words for this failure, as the terminal shows them."""
    text = f"{solution}\n{FAILURES[failure]}"
    question = assignment.question("3.code")
    golden(f"{failure.replace(' ', '-')}.txt", table(part_of(judge(question, text), question), width=100))


LOOPS = {
    "time": (
        "while True: pass",
        r"was stopped after (0\.5 seconds of processor time|1\.5 seconds of time)",
    ),  # on a busy machine
    "memory": ("bytearray(10**10)", "needed more than the 512 MiB of memory allowed"),
    "output": ("while True: print('x' * 10000)", "was stopped after it printed 1,048,576 bytes"),
    "recursion": ("return ridge(X, y, lam)", "raises RecursionError"),
}


@pytest.mark.parametrize("limit", LOOPS)
def test_limits(judge, solution, limit):
    """A function that runs into a limit is stopped and told which; the others of the part are judged."""
    line, said = LOOPS[limit]
    question = assignment.question("3.code")
    quick = Functions(functions=tuple(replace(one, seconds=0.5) for one in question.answer.functions))
    verdict = judge(replace(question, answer=quick), f"{solution}\n{RIDGE}    {line}\n    return 1\n")
    assert re.search(said, verdict.feedback[0])
    assert verdict.credit == verdict.credit.__class__(1, 2)


def test_levels(judge, solution):
    """An author may tell less: with no counterexample there is neither input nor value."""
    from autograder import Level

    text = solution.replace("X.T @ X + lam", "X.T @ X + lam**2")
    question = assignment.question("3.code")
    rule = "Does the penalty grow like lam, or like its square? Right so far: "
    hint = judge(replace(question, level=Level.HINT), text).feedback
    verdict = judge(replace(question, level=Level.VERDICT), text).feedback
    assert hint == ("`ridge` is not right yet. Does the penalty grow like lam, or like its square?",)
    assert verdict == ("`ridge` is not right yet.",)
    assert rule not in " ".join((*hint, *verdict))


def test_staff_are_told_what_failed(judge, solution):
    """Instructors see every kind of input that failed and how."""
    verdict = judge("3.code", f"{solution}\n{FAILURES['too large']}")
    assert verdict.staff == (
        "ridge: 13 inputs tried; 20000 x 5 (published): needs too much memory",
        "kernel_ridge: 14 inputs tried",
    )
