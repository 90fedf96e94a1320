"""Further calls of a function in the process of the first one: cheaper, and never the reason of a verdict against it."""

from __future__ import annotations

import pytest

from autograder.answers.sandboxed import Bench
from autograder.question import Assignment
from autograder.sandbox import SandboxError, Session
from autograder.sandbox.users import children_of
from autograder.verdict import Verdict, Word
from reference.hw1 import q5a_features, q5b_decomposition, q5c_two_layers
from reference.hw1.mistakes.features import CLEAR
from tests.submissions.notebooks.build import submission_of, text_with

_BEGINS = "    gradients = {}\n    for x in X:"
_SPOILT = (("import copy\n", "import copy\ncalled = []\n"), (_BEGINS, f"    called.append(1)\n{_BEGINS}"))
SPOILT_BY_ITSELF = (*_SPOILT, ("for index, column in", "for index, column in [] if len(called) > 1 else"))
ENDED_BY_ITSELF = (
    *_SPOILT,
    ("    plt.figure(figsize=(6, 3)", "    assert len(called) == 1\n    plt.figure(figsize=(6, 3)"),
)
DIES_OF_ITSELF = (
    *_SPOILT,
    (
        "    plt.figure(figsize=(6, 3)",
        "    import os\n    if len(called) > 1:\n        os._exit(0)\n    plt.figure(figsize=(6, 3)",
    ),
)
COUNTING = (
    *_SPOILT,
    (_BEGINS, f"    vis_name = [name for name, _ in model.named_parameters()][(len(called) - 1) % 4]\n{_BEGINS}"),
)
HELPED_BY_ANOTHER = (*_SPOILT, ("(X_test, model) @ vh.T", "(X_test, model) @ vh.T * bool(called)"))


@pytest.fixture
def made(sandbox, monkeypatch):
    """The processes that are made, of which none may be left in the end."""
    pids: list[int] = []
    fork = sandbox.server.fork

    def noted(*arguments):
        child = fork(*arguments)
        pids.append(child.pid)
        return child

    monkeypatch.setattr(sandbox.server, "fork", noted)
    yield pids
    assert not children_of(sandbox.server.pid), "a process is left"


@pytest.fixture
def judge_counting(judge, made):
    """Judge, and tell how many processes were made."""

    def run(question, *edits: tuple[str, str]) -> tuple[Verdict, int]:
        made.clear()
        return judge(question, submission_of(text_with(*edits))), len(made)

    return run


def test_a_right_function_is_called_again_where_it_was(judge_counting) -> None:
    """A process for each network and one for the rehearsal; the decomposition is another function."""
    parts = (q5a_features, 3), (q5b_decomposition, 2), (q5c_two_layers, 4)
    for part, processes in parts:
        verdict, made = judge_counting(part.question)
        assert (verdict.word, made) == (Word.OK, processes)


@pytest.mark.parametrize("edits", [SPOILT_BY_ITSELF, ENDED_BY_ITSELF, DIES_OF_ITSELF])
def test_what_an_earlier_call_leaves_behind_costs_nothing(edits, judge_counting) -> None:
    """A call that goes wrong behind another one is made in a process of its own, which counts."""
    verdict, made = judge_counting(q5a_features.question, *edits)
    assert (verdict.word, verdict.feedback, made) == (Word.OK, (), 5)


def test_a_process_that_is_lost_is_replaced(judge_counting, monkeypatch) -> None:
    """Where nothing can be asked of the process of the first call any more, the second is made in another one."""
    call, drawn = Session.call, set()

    def lost(session, wanted):
        if wanted.name == "draw" and session in drawn:
            raise SandboxError("the fork server is gone")
        drawn.update([session] if wanted.name == "draw" else [])
        return call(session, wanted)

    monkeypatch.setattr(Session, "call", lost)
    verdict, made = judge_counting(q5a_features.question)
    assert (verdict.word, verdict.feedback, made) == (Word.OK, (), 5)


def test_a_wrong_function_is_called_in_fresh_processes(judge_counting) -> None:
    """What is off in a process of its own would be off in a shared one: nothing is tried twice. The fifth is the rehearsal."""
    verdict, made = judge_counting(q5a_features.question, (CLEAR, ""))
    assert (verdict.word, verdict.misconception, made) == (Word.NOT_YET, "accumulated", 5)


@pytest.mark.parametrize("part", [q5a_features, q5c_two_layers])
def test_no_function_goes_by_how_often_it_was_called(part, judge_counting) -> None:
    """The parameters in the notebook's own order, whatever is asked for."""
    verdict, _ = judge_counting(part.question, *COUNTING)
    assert verdict.word is Word.NOT_YET


def test_no_function_is_helped_by_another(judge_counting) -> None:
    """The first call of each function is made in a process in which no other was called."""
    verdict, _ = judge_counting(q5c_two_layers.question, *HELPED_BY_ANOTHER)
    assert verdict.word is Word.NOT_YET


def test_a_notebook_is_rehearsed_once_for_all_its_parts(sandbox, made) -> None:
    """5a and 5c ask for the same rehearsal."""
    question = q5c_two_layers.question
    assignment = Assignment(name="hw1", title="", points=question.points, questions=(question,), secret=b"tests")
    bench = Bench(sandbox=sandbox, submission=submission_of(text_with()), assignment=assignment)
    for part, processes in (q5c_two_layers, 4), (q5a_features, 2):
        made.clear()
        assert part.question.answer.judge_in(part.question, bench, seed=1).word is Word.OK
        assert len(made) == processes
    assert len(bench.rehearsed) == 1
