"""The loop over an assignment's parts: every part gets a verdict, whatever a part does."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from autograder.answers.sandboxed import runs_student_code
from autograder.engine.court import Court
from autograder.engine.growing import Growing
from autograder.engine.judging import not_reached, out_of_time
from autograder.engine.laboratory import Laboratory
from autograder.engine.lanes import Judged, Lane, side_by_side
from autograder.engine.presence import aligned, shown, verdict_before_judging
from autograder.engine.profile import Profile
from autograder.engine.rows import Early, Rows, Task, rows
from autograder.engine.sandboxes import Libraries, Sandboxes
from autograder.engine.telling import Telling
from autograder.processes import LINES
from autograder.question import Assignment, Question
from autograder.submission.collect import Submission
from autograder.submission.written import Answers
from autograder.verdict import Result

SECONDS = 2.0
"""What judging one part may take, unless its kind of answer says otherwise by an attribute `seconds`."""


def grade(
    assignment: Assignment,
    submission: Submission,
    *,
    seed: int,
    only: str | None = None,
    deadline: float | None = None,
    on_part: Callable[[Result], None] | None = None,
    every: float = 0.0,
    sandboxes: Sandboxes | None = None,
    profile: Profile | None = None,
    jobs: int = 1,
) -> Result:
    """Judge every part of a submission.

    Args:
        assignment: the questions.
        submission: what was handed in.
        seed: where all randomness comes from.
        only: id of the one part to judge ("1a.path" or "hw1/1a.path").
        deadline: reading of `time.monotonic()` after which no further part is begun.
        on_part: called with the result so far after each part; parts that are still to come are waiting in it.
        every: call it less often where parts are judged fast: what it was told is at most so many seconds old.
        sandboxes: sandboxes to borrow from, for a process that grades many submissions or has begun to start some.
        profile: takes notes of what every part used.
        jobs: how many processors to use; no verdict depends on it.

    Raises:
        AuthorError: `only` names no part.
    """
    questions = chosen(assignment, only)
    growing = Growing(assignment, submission, questions, seed)
    with ExitStack() as stack:
        kept = stack.enter_context(Sandboxes()) if sandboxes is None else sandboxes
        answers = aligned(assignment, submission.answers)
        groups = rows(questions, submission)
        kept.give_up(groups.by_libraries)
        court = stack.enter_context(Court(assignment, answers, seed))
        code = [
            (Laboratory(assignment, submission, seed, kept, libraries=libraries, line=line, profile=profile), group)
            for libraries, line, group in _shared(groups, min(jobs, LINES))
        ]
        for laboratory, _ in code:
            stack.enter_context(laboratory)
        if jobs > 1:  # libraries load while written answers are judged
            for libraries in groups.by_libraries:
                kept.prepare(libraries)
        elif code:  # which are done before any code is
            code[0][0].move_in(court)
        # Written answers first: however long student code takes, it takes no time from them.
        lanes = [
            _written(court, assignment, answers, groups.written, deadline),
            *(laboratory.judged(group, deadline) for laboratory, group in code),
        ]
        telling = Telling(on_part, every)
        for judged in side_by_side(lanes, jobs, every or math.inf):
            if judged is None:
                telling.now()
                continue
            result = growing.add(judged, answers, (line for laboratory, _ in code for line in laboratory.staff))
            _note(assignment, judged.question, profile)
            telling.add(result)
        telling.now()  # to end the processes may take a while
    return growing.result


def _shared(groups: Rows, lines: int) -> Iterator[tuple[Libraries, int, Iterator[Task]]]:
    """What each laboratory judges: those of one row share it, each takes the next part; no row has two before all have one.

    A long part that two might wait for at the end is begun first. Where nobody waits, verdicts come before measurements.
    """
    first = _is_short if lines > 1 else _measures
    rest = {libraries: iter(sorted(group, key=first)) for libraries, group in groups.by_libraries.items()}
    for line in range(lines):
        for libraries, group in rest.items():
            yield libraries, line, group


def _is_short(task: Task) -> tuple[bool, bool]:
    is_short = not getattr(task.question.answer, "long", False)
    return is_short, is_short and task.measures


def _measures(task: Task) -> tuple[bool, bool]:
    return task.measures, task.measures


def _note(assignment: Assignment, question: Question, profile: Profile | None) -> None:
    """Note what a part took."""
    if profile is not None:
        profile.took("code" if runs_student_code(question.answer) else "written", assignment.part(question))


def _written(
    court: Court, assignment: Assignment, answers: Answers, early: Sequence[Early], deadline: float | None
) -> Lane:
    """The lane of the parts for which no student code is run."""
    for question, verdict in early:
        begun = time.monotonic()
        if deadline is not None and begun >= deadline:
            return
        told = verdict or verdict_before_judging(question, assignment, answers)
        if told is None:
            most = float(getattr(question.answer, "seconds", SECONDS))
            left = most if deadline is None else min(most, deadline - begun)
            yield court.begin(question, left)
            told = court.finish(question, left)
            # Cut short by the whole run's end, not by its own limit: it was not given its time.
            told = not_reached() if left < most and told == out_of_time(left) else told
        yield Judged(question=question, verdict=told, seconds=time.monotonic() - begun)


def chosen(assignment: Assignment, only: str | None) -> tuple[Question, ...]:
    """The questions to judge: all, or the one that is named with or without its assignment."""
    if only is None:
        return assignment.questions
    return (assignment.question(only.removeprefix(f"{assignment.name}/")),)


def seed_of(submission: Submission) -> int:
    """A seed from the answers themselves: the same answers are always judged alike, and nobody can aim at the seed."""
    digest = hashlib.sha256()
    for name in sorted(submission.answers):
        digest.update(f"{name}={shown(submission.answers[name].content)}\n".encode())
    return int.from_bytes(digest.digest()[:4]) >> 1
