"""The result of a submission while its parts are judged, from one in which every part waits to the whole."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from autograder.engine.judging import not_reached
from autograder.engine.lanes import Judged
from autograder.engine.presence import with_facts
from autograder.question import Assignment, Question
from autograder.submission.collect import Submission
from autograder.submission.written import Answers
from autograder.verdict import PartResult, Result, Verdict


class Growing:
    """A result that grows.

    Args:
        assignment: the questions.
        submission: what was handed in.
        questions: those that are judged, in the order of the paper.
        seed: where all randomness comes from.

    Attributes:
        result: what is known so far; parts that are still to come are waiting in it.
    """

    def __init__(
        self, assignment: Assignment, submission: Submission, questions: Sequence[Question], seed: int
    ) -> None:
        self._started = time.monotonic()
        self._assignment = assignment
        self._places = {question.id: place for place, question in enumerate(questions)}
        self._waiting = set(self._places)
        self._measured: dict[str, Verdict] = {}
        self.result = Result(
            assignment=assignment.name,
            title=assignment.title,
            seed=seed,
            parts=tuple(_part(assignment, question, not_reached(), 0.0) for question in questions),
            notices=(*_about_header(assignment, submission), *map(str, submission.problems), *submission.notices),
            complete=not questions,
        )

    def add(self, judged: Judged, answers: Answers, staff: Iterable[str]) -> Result:
        """The result with one more part.

        Args:
            judged: the part.
            answers: what was typed, for what can be said of it without judging.
            staff: what to tell instructors of the machine, as far as it is known by now.
        """
        question, parts = judged.question, self.result.parts
        place = self._places[question.id]
        part = parts[place]
        if judged.measured:
            self._measured[question.id] = judged.verdict
        else:
            self._waiting.discard(question.id)
            verdict = with_facts(judged.verdict, answers.get(question.answer_name))
            part = _part(self._assignment, question, verdict, judged.seconds)
        if question.id in self._measured and question.id not in self._waiting:
            part = _with_measured(part, self._measured.pop(question.id))
        self.result = replace(
            self.result,
            parts=(*parts[:place], part, *parts[place + 1 :]),
            staff=tuple(dict.fromkeys(staff)),
            complete=not self._waiting,
            seconds=time.monotonic() - self._started,
        )
        return self.result


def _part(assignment: Assignment, question: Question, verdict: Verdict, seconds: float) -> PartResult:
    topic = assignment.topic(question)
    return PartResult(
        part=assignment.part(question),
        title=question.title,
        points=assignment.worth(question),
        verdict=verdict,
        seconds=seconds,
        look=assignment.look(question),
        tags=(topic.name,) if topic else (),
        after=question.after,
    )


def _with_measured(part: PartResult, measured: Verdict) -> PartResult:
    verdict = part.verdict
    staff = tuple(dict.fromkeys((*verdict.staff, *measured.staff)))
    return replace(
        part, verdict=replace(verdict, leaderboard=(*verdict.leaderboard, *measured.leaderboard), staff=staff)
    )


def _about_header(assignment: Assignment, submission: Submission) -> tuple[str, ...]:
    named = submission.header
    if named is None or named == assignment.name:
        return ()
    return (f"Your file says that it answers {named!r}, but it was graded as {assignment.name!r}.",)
