"""The process in which parts with student code are judged; it borrows the sandbox.

It is apart from the grader, which must survive whatever an author's reference does with an input (a LAPACK call knows no
deadline), and apart from the process that judges formulas while that is at work, which is killed as a matter of course. Here a
kill is the rare exception, since student code has limits of its own inside the sandbox. When it does happen, the sandbox is ended with it,
and the grader waits for that end before it goes on, so that no process of a student can be there when results are written.
Only JSON comes back, as from every judging.
"""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from autograder.answers.sandboxed import Bench, NotReached, runs_student_code
from autograder.checks import Entry
from autograder.engine.judging import answered, apology, not_reached, reply_of
from autograder.engine.lanes import Judged
from autograder.equality.budget import Crashed, Job, OutOfTime, Wait, Worker
from autograder.question import Assignment, Question
from autograder.submission.collect import Submission
from autograder.verdict import Cause, Verdict, Word

if TYPE_CHECKING:
    from autograder.engine.court import Court
    from autograder.engine.profile import Profile
    from autograder.engine.rows import Task
    from autograder.engine.sandboxes import Libraries, Sandboxes
    from autograder.sandbox import Sandbox, Tier
    from autograder.sandbox.server import Server

_START_SECONDS = 180.0  # torch on a cold disk and half a processor
_PART_SECONDS = 300.0  # far beyond what the sandbox's own limits let student code take
_MARGIN = 15.0  # what a judging may still take after its deadline, to collect and to compare
_END_SECONDS = 20.0


class Laboratory:
    """Judges parts that run student code, in a sandbox with the libraries that these parts need.

    Args:
        line: over which it asks the sandbox's fork server, so that another laboratory may use the sandbox at the same time.

    Attributes:
        staff: what to tell instructors of the machine: how strongly student code was held.
    """

    def __init__(
        self,
        assignment: Assignment,
        submission: Submission,
        seed: int,
        sandboxes: Sandboxes,
        *,
        libraries: Libraries = (),
        line: int = 0,
        profile: Profile | None = None,
    ) -> None:
        self.staff: tuple[str, ...] = ()
        self._assignment = assignment
        self._submission = submission
        self._seed = seed
        self._places = {question.id: place for place, question in enumerate(assignment.questions)}
        self._sandboxes = sandboxes
        self._libraries = libraries
        self._profile = profile
        self._examiner = Examiner(assignment, submission, seed, line)
        self._worker = Worker(self._examiner)
        self._refusal: Verdict | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._examiner.lent is not None:
            with suppress(OutOfTime, Crashed):
                if self._worker.ask({"do": "close"}, _END_SECONDS).get("sound"):
                    self._examiner.lent = None  # given back as it was
        self._end()

    def move_in(self, court: Court) -> None:
        """Judge in the process that judges written answers, which saves a fork, where these are done before any code is.

        The process that borrows a sandbox is forked when that is there, so that it must be warm from an earlier submission.
        """
        if self._sandboxes.is_warm(self._libraries):
            self._borrow(self._sandboxes.get(self._libraries, self._least()))
            self._worker = court.shared(self._examiner)

    def judged(self, tasks: Iterable[Task], deadline: float | None) -> Iterator[Wait | Judged]:
        """A lane: the verdicts on parts; a failure of the sandbox or of the judging is an apology, never a zero."""
        for task in tasks:
            question, measured = task.question, task.measures
            begun = time.monotonic()
            if deadline is not None and begun >= deadline:
                return
            if self._examiner.lent is None and self._refusal is None:
                yield from self._start(self._assignment.part(question), deadline)
            verdict = self._refusal
            if verdict is None:
                # Code that is slow everywhere ends the part by a deadline; only a judging that hangs is our fault.
                until = min(math.inf if deadline is None else deadline, time.monotonic() + _PART_SECONDS)
                job = {"do": "measure" if measured else "judge", "part": self._places[question.id], "deadline": until}
                yield self._worker.begin(job, _seconds(until, _PART_SECONDS))
                verdict = self._finished(question)
            yield Judged(question=question, verdict=verdict, seconds=time.monotonic() - begun, measured=measured)

    def _finished(self, question: Question) -> Verdict:
        part = self._assignment.part(question)
        try:
            reply = self._worker.finish()
        except (OutOfTime, Crashed) as error:
            self._end()
            return apology(part, self._seed, f"judging student code: {type(error).__name__}: {error}")
        return answered(question, part, self._seed, reply)

    def _start(self, part: str, deadline: float | None) -> Iterator[Wait]:
        """Have a sandbox before the process is forked that borrows it, or keep the verdict that says why there is none."""
        from autograder.sandbox import SandboxError, TierUnmet  # they load NumPy

        try:
            loading = self._sandboxes.begin(self._libraries)
            if loading is not None:
                yield Wait(descriptor=loading, until=time.monotonic() + _seconds(deadline, _START_SECONDS))
            sandbox = self._sandboxes.get(self._libraries, self._least())
        except TierUnmet as error:
            self._refusal = _unsafe()
            self.staff = (str(error),)
        except SandboxError as error:
            self._refusal = apology(part, self._seed, f"{type(error).__name__}: {error}")
            self.staff = ("The sandbox could not be started, so that no part with student code was graded.",)
        else:
            self._borrow(sandbox)
        if self._profile is not None:
            self._profile.took("sandbox", " ".join(self._libraries))

    def _least(self) -> Tier | None:
        """How strongly the assignment wants student code to be held."""
        from autograder.sandbox import Tier  # it loads NumPy

        return next((tier for tier in Tier if tier.label == self._assignment.require_tier), None)

    def _borrow(self, sandbox: Sandbox) -> None:
        self._examiner.borrow(sandbox)
        report = sandbox.report
        self.staff = (f"Student code was held in tier {report.tier.label}.", *report.notices)

    def _end(self) -> None:
        """End the process, and its sandbox unless that was given back."""
        self._worker.close()
        lent, self._examiner.lent = self._examiner.lent, None
        if lent is not None and not self._sandboxes.drop(lent):
            self._refusal = _unsafe()
            self.staff = (*self.staff, "The sandbox's fork server did not end; no further student code was run.")


class Examiner:
    """What runs in the process: it judges a part when told, and answers in JSON.

    Attributes:
        lent: the sandbox that it borrows.
    """

    def __init__(self, assignment: Assignment, submission: Submission, seed: int, line: int = 0) -> None:
        self.lent: Sandbox | None = None
        self._assignment = assignment
        self._submission = submission
        self._seed = seed
        self._line = line
        self._bench: Bench | None = None
        self._borrowed: Server | None = None

    def borrow(self, sandbox: Sandbox) -> None:
        """Take a sandbox, before the process is forked that uses it."""
        self.lent = sandbox
        from autograder.functions.kept import Pair  # its package loads NumPy, which written answers do not need
        from autograder.sandbox import Tier

        kept = Pair() if sandbox.report.tier >= Tier.USER else None  # without Landlock a process can be read about
        self._bench = Bench(sandbox=sandbox, submission=self._submission, assignment=self._assignment, kept=kept)

    def __call__(self, job: Job) -> dict[str, Any]:
        """Do what a job says: {"do": "judge", "part": 3, "deadline": null}, "measure" or {"do": "close"}."""
        assert self.lent is not None
        if job["do"] == "close":  # sound when the server that was borrowed is still the one in use
            self._end_kept()
            return {"sound": self._borrowed is None or (self._borrowed.alive and self.lent.server is self._borrowed)}
        if self._borrowed is None:
            _lift_limits()
            self.lent.borrow(self._line)
            self._borrowed = self.lent.server
        question = self._assignment.questions[job["part"]]
        do = self._measure if job["do"] == "measure" else self._judge
        return reply_of(lambda: do(question, job["deadline"]))

    def _end_kept(self) -> None:
        """End the processes that were kept for further functions."""
        if self._bench is not None and self._bench.kept is not None:
            self._bench.kept.close()

    def _judge(self, question: Question, deadline: float | None) -> Verdict:
        assert self._bench is not None
        assert runs_student_code(question.answer)
        try:
            return question.answer.judge_in(question, replace(self._bench, deadline=deadline), seed=self._seed)
        except NotReached:
            return not_reached()

    def _measure(self, question: Question, deadline: float | None) -> Verdict:
        """A verdict that only carries what was measured; nothing, where no time is left for it."""
        assert self._bench is not None
        answer: Any = question.answer
        entries: tuple[Entry, ...] = ()
        with suppress(NotReached):
            entries = answer.measured_in(question, replace(self._bench, deadline=deadline), seed=self._seed)
        return Verdict(word=Word.OK, credit=Fraction(1), leaderboard=entries)


def _lift_limits() -> None:
    """Take back the limits of a judging process: the fork server would inherit them, and it sets its children's own."""
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (hard, hard))


def _seconds(deadline: float | None, most: float) -> float:
    left = most if deadline is None else deadline - time.monotonic()
    return max(0.0, min(left, most)) + _MARGIN


def _unsafe() -> Verdict:
    """The verdict where student code may not be run: open, since it says nothing about the answer."""
    return Verdict(
        word=Word.WAITING,
        cause=Cause.OURS,
        feedback=("This part runs your code, and this machine may not run it safely enough. It will be graded later.",),
    )
