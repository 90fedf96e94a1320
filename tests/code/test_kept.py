"""Processes kept for the inputs of the next function: cheaper, and never the reason of a verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.functions.kept import Kept, Pair
from autograder.sandbox import Limits, Program, SandboxError
from autograder.sandbox.users import children_of
from autograder.submission.collect import Submission
from autograder.verdict import Verdict, Word
from reference.hw1.assignment import assignment

QUESTION = assignment.question("1g.code")

SPOILT_BY_ANOTHER = """
right, called = best_learning_rate, []
first, earlier = stable_learning_rates, gradient_descent
def gradient_descent(*arguments):
    called.append(1)
    return earlier(*arguments)
def stable_learning_rates(X):
    called.append(1)
    return first(X)
def best_learning_rate(X):
    return right(X) * (1 + len(called))
"""

ENDED_BY_ANOTHER = SPOILT_BY_ANOTHER.replace(
    "    return right(X) * (1 + len(called))",
    "    if called:\n        import os\n        os._exit(0)\n    return right(X)",
)
HELPED_BY_ANOTHER = SPOILT_BY_ANOTHER.replace("(1 + len(called))", "(1 if called else 2)")


@pytest.fixture
def judge_keeping(judge, monkeypatch):
    """Judge with a kept process; tell the processes that were made as well, of which none may be left."""

    def run(text: str, *, keeping: bool = True) -> tuple[Verdict, list[int]]:
        submission = Submission(answers={}, files={"functions.py": text.encode()})
        made: list[int] = []
        fork = judge.sandbox.server.fork

        def noted(*arguments):
            child = fork(*arguments)
            made.append(child.pid)
            return child

        kept = Pair() if keeping else None
        with monkeypatch.context() as patch:
            patch.setattr(judge.sandbox.server, "fork", noted)
            verdict = QUESTION.answer.judge_in(QUESTION, replace(judge.bench(submission), kept=kept), seed=0)
        if kept is not None:
            kept.close()
        assert not children_of(judge.sandbox.server.pid), "a process is left"
        return verdict, made

    return run


def test_right_functions_that_stand_alone_share_two_processes(judge_keeping, solution):
    """One for published inputs, with those that are there for advice, and one for hidden ones."""
    alone, many = judge_keeping(solution, keeping=False)
    together, few = judge_keeping(solution)
    assert alone == together
    assert together.word is Word.OK
    assert len(many) == 3 * len(QUESTION.answer.functions)
    assert len(few) == 2


def test_right_functions_share_a_process_for_hidden_inputs_only(judge_keeping, solution):
    """Where it is not plain that they stand alone, each gets one for published inputs, and one for advice."""
    names = [function.name for function in QUESTION.answer.functions]
    text = solution + "\ndef same(f): return f\n" + "\n".join(f"{name} = same({name})" for name in names)
    alone, many = judge_keeping(text, keeping=False)
    together, few = judge_keeping(text)
    assert alone == together
    assert together.word is Word.OK
    assert len(many) - len(few) == len(names) - 1


@pytest.mark.parametrize("slip", [("X.T @ (X", "X @ (X"), ("1 / (", "2 / ("), ("1 / largest", "X[7] / largest")])
def test_a_wrong_function_is_judged_in_a_process_of_its_own(judge_keeping, solution, slip):
    """What is said of it does not depend on whether others are tried beside it."""
    alone, many = judge_keeping(solution.replace(*slip), keeping=False)
    together, few = judge_keeping(solution.replace(*slip))
    assert alone == together
    assert together.word is Word.NOT_YET
    assert len(few) < len(many)


@pytest.mark.parametrize("text", [SPOILT_BY_ANOTHER, ENDED_BY_ANOTHER], ids=["wrong", "gone"])
def test_what_another_function_left_behind_costs_nothing(judge_keeping, solution, text):
    """A function that another one spoils in the kept process is tried again in a fresh one, which counts."""
    alone, _ = judge_keeping(solution + text, keeping=False)
    together, _ = judge_keeping(solution + text)
    assert alone == together
    assert together.word is Word.OK


def test_a_function_that_needs_another_one_first_is_wrong(judge_keeping, solution):
    """Being right only after other functions were called is not being right."""
    alone, _ = judge_keeping(solution + HELPED_BY_ANOTHER, keeping=False)
    together, _ = judge_keeping(solution + HELPED_BY_ANOTHER)
    assert alone == together
    assert together.word is Word.NOT_YET


def test_a_process_is_kept_for_its_file_and_limits_only(judge, solution):
    """Another file, or other limits, get a process of their own; the one that is kept ends when it is replaced."""
    program = Program(files={"functions.py": solution.encode()}, main="functions.py")
    kept = Kept()
    with judge.sandbox.session(program) as session:
        kept.keep(session, program, Limits())
        assert kept.take(replace(program, seed=1), Limits()) is None
        assert kept.take(program, Limits(wall=1.0)) is None
        assert kept.take(program, Limits()) is session
        assert kept.take(program, Limits()) is None
        kept.keep(session, program, Limits())
        kept.close()
        with pytest.raises(SandboxError, match="has ended"):
            session.process  # noqa: B018 - asking is what raises
