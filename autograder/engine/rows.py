"""Which parts are judged one behind the other: written answers, and student code by the libraries that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.answers.sandboxed import runs_student_code
from autograder.engine.sandboxes import Libraries
from autograder.question import Question
from autograder.submission.collect import Submission
from autograder.verdict import Verdict

_SLOWEST = "torch"

Early = tuple[Question, Verdict | None]
"""A part for which no student code is run, with its verdict where that is known without judging."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is done with student code for one part.

    Args:
        question: the part.
        measures: whether only what goes to the leaderboard is measured, which decides nothing.
    """

    question: Question
    measures: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The parts of a submission.

    Args:
        written: those for which no student code is run, also since there is none.
        by_libraries: what is done for the others, by what their sandbox loads; what takes longest to load first.
    """

    written: tuple[Early, ...]
    by_libraries: Mapping[Libraries, tuple[Task, ...]]


def rows(questions: Iterable[Question], submission: Submission) -> Rows:
    """The parts in rows: code that needs torch does not keep other code waiting for it.

    All code of either sort shares a sandbox, since each takes its time to start and its memory.
    """
    written: list[Early] = []
    found: dict[bool, tuple[dict[str, None], list[Task]]] = {True: ({}, []), False: ({}, [])}
    unanswered: list[Early] = []
    for question in questions:
        if not runs_student_code(question.answer):
            written.append((question, None))
            continue
        early = question.answer.unanswered(question, submission)
        if early is not None:
            unanswered.append((question, early))
            continue
        libraries = question.answer.libraries(submission)
        union, group = found[_SLOWEST in libraries]
        union.update(dict.fromkeys(libraries))
        group.append(Task(question=question))
        if getattr(question.answer, "measures", None) is not None:
            group.append(Task(question=question, measures=True))
    return Rows(
        written=(*written, *unanswered),
        by_libraries={tuple(union): tuple(group) for union, group in found.values() if group},
    )
