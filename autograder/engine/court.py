"""The process in which parts are judged: it may hang, crash or eat memory, and is replaced when it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self

from autograder.engine.judging import answered, apology, judged, out_of_time
from autograder.equality.budget import Crashed, Handler, Job, OutOfTime, Wait, Worker
from autograder.question import Assignment, Question
from autograder.submission.written import Answers
from autograder.verdict import Verdict


class Court:
    """Judges parts one after the other in a process of its own, each within its time."""

    def __init__(self, assignment: Assignment, answers: Answers, seed: int) -> None:
        self._assignment = assignment
        self._seed = seed
        self._answers = answers
        self._places = {question.id: place for place, question in enumerate(assignment.questions)}
        self._other: Handler | None = None
        # The child has questions and answers from the fork; only a number goes in, only JSON comes back.
        self._worker = Worker(self._handled)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.close()

    def shared(self, other: Handler) -> Worker:
        """The process, which from now on does another sort of jobs as well: those that say what to do."""
        self._other = other
        return self._worker

    def _handled(self, job: Job) -> Mapping[str, Any] | Iterable[Mapping[str, Any]]:
        if self._other is not None and "do" in job:
            return self._other(job)
        return judged(self._assignment, self._answers, self._seed, job)

    def begin(self, question: Question, seconds: float) -> Wait:
        """Have a part judged within its time; `finish` gives the verdict."""
        return self._worker.begin({"part": self._places[question.id]}, seconds)

    def finish(self, question: Question, seconds: float) -> Verdict:
        """The verdict on the part that was begun, whatever its judging does."""
        part = self._assignment.part(question)
        try:
            reply = self._worker.finish()
        except OutOfTime:
            return out_of_time(seconds)
        except Crashed as error:
            return apology(part, self._seed, f"the judging process died: {error}")
        return answered(question, part, self._seed, reply)
