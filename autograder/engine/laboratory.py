"""The process in which parts with student code are judged; it owns the sandbox.

It is apart from the grader, which must survive whatever an author's reference does with an input (a LAPACK call knows no
deadline), and apart from the process that judges formulas, which is killed as a matter of course. Here a kill is the rare
exception, since student code has limits of its own inside the sandbox. When it does happen, the fork server loses its
owner's end of the socket, kills what runs in it and leaves; the grader waits for that end before it goes on, so that no
process of a student can be there when results are written. Only JSON comes back, as from every judging.
"""

from __future__ import annotations

import math
import os
import resource
import select
import time
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from autograder.answers.sandboxed import Bench, NotReached, runs_student_code
from autograder.assignments import LIBRARY
from autograder.engine.judging import answered, apology, not_reached, reply_of
from autograder.equality.budget import Crashed, Job, OutOfTime, Worker
from autograder.question import Assignment, Question
from autograder.submission.collect import Submission
from autograder.verdict import Cause, Verdict, Word

if TYPE_CHECKING:
    from autograder.engine.profile import Profile
    from autograder.engine.sandboxes import Sandboxes
    from autograder.sandbox import Sandbox
    from autograder.sandbox.server import Server

_START_SECONDS = 180.0  # torch on a cold disk and half a processor
_PART_SECONDS = 300.0  # far beyond what the sandbox's own limits let student code take
_MARGIN = 15.0  # what a judging may still take after its deadline, to collect and to compare
_END_SECONDS = 20.0


class Laboratory:
    """Judges parts that run student code; nothing is started before the first of them that has an answer.

    Attributes:
        staff: what to tell instructors of the machine: how strongly student code was held.
    """

    def __init__(
        self,
        assignment: Assignment,
        submission: Submission,
        seed: int,
        sandboxes: Sandboxes | None = None,
        profile: Profile | None = None,
    ) -> None:
        self.staff: tuple[str, ...] = ()
        self._assignment = assignment
        self._submission = submission
        self._seed = seed
        self._places = {question.id: place for place, question in enumerate(assignment.questions)}
        self._sandboxes = sandboxes
        self._profile = profile
        self._examiner = Examiner(assignment, submission, seed)
        self._worker = Worker(self._examiner)
        self._server: int | None = None  # a descriptor of the fork server's process, where the system has such
        self._started = False
        self._refusal: Verdict | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._started:
            with suppress(OutOfTime, Crashed):
                if self._worker.ask({"do": "close"}, _END_SECONDS).get("sound"):
                    self._examiner.lent = None  # given back as it was
        self._end()

    def judge(self, question: Question, deadline: float | None) -> Verdict:
        """The verdict on one part; a failure of the sandbox or of the judging is an apology, never a zero."""
        assert runs_student_code(question.answer)
        early = question.answer.unanswered(question, self._submission)
        if early is not None:
            return early
        part = self._assignment.part(question)
        try:
            if not self._started and self._refusal is None:
                self._start(part, _seconds(deadline, _START_SECONDS))
                if self._profile is not None:
                    self._profile.took("sandbox")
            if self._refusal is not None:
                return self._refusal
            # Code that is slow everywhere ends the part by a deadline; only a judging that hangs is our fault.
            until = min(math.inf if deadline is None else deadline, time.monotonic() + _PART_SECONDS)
            reply = self._worker.ask(
                {"do": "judge", "part": self._places[question.id], "deadline": until}, _seconds(until, _PART_SECONDS)
            )
        except (OutOfTime, Crashed) as error:
            self._end()
            return apology(part, self._seed, f"judging student code: {type(error).__name__}: {error}")
        return answered(question, part, self._seed, reply)

    def _start(self, part: str, seconds: float) -> None:
        """Start the sandbox, or keep the verdict that says why there is none."""
        if self._sandboxes is not None:
            reply = self._examiner.start(self._sandboxes)  # here, before the process is forked that borrows it
        else:
            reply = self._worker.ask({"do": "start"}, seconds)
        if "unmet" in reply:
            self._refusal = _unsafe()
            self.staff = (str(reply["unmet"]),)
        elif "bug" in reply:
            self._refusal = apology(part, self._seed, str(reply["bug"]))
            self.staff = ("The sandbox could not be started, so that no part with student code was graded.",)
        else:
            self._started = True
            self._server = None if self._sandboxes is not None else _descriptor(int(reply["server"]))
            self.staff = (f"Student code was held in tier {reply['tier']}.", *map(str, reply["notices"]))

    def _end(self) -> None:
        """End the process and wait until the fork server, which loses its owner, has left with all its children."""
        self._worker.close()
        self._started = False
        if self._sandboxes is not None and self._examiner.lent is not None:
            self._sandboxes.drop(self._examiner.lent)
            self._examiner.lent = None
        if self._server is None:
            return
        poll = select.poll()
        poll.register(self._server, select.POLLIN)
        if not poll.poll(_END_SECONDS * 1000):
            self._refusal = _unsafe()
            self.staff = (*self.staff, "The sandbox's fork server did not end; no further student code was run.")
        os.close(self._server)
        self._server = None


class Examiner:
    """What runs in the process: it starts the sandbox when told, judges a part when told, and answers in JSON.

    Attributes:
        lent: the warm sandbox that it borrows, where the grader keeps some.
    """

    def __init__(self, assignment: Assignment, submission: Submission, seed: int) -> None:
        self.lent: Sandbox | None = None
        self._assignment = assignment
        self._submission = submission
        self._seed = seed
        self._bench: Bench | None = None
        self._borrowed: Server | None = None

    def __call__(self, job: Job) -> dict[str, Any]:
        """Do what a job says: {"do": "start"}, {"do": "judge", "part": 3, "deadline": null} or {"do": "close"}."""
        if job["do"] == "start":
            return self.start(None)
        if job["do"] == "close":
            return self._close()
        if self.lent is not None and self._borrowed is None:
            _lift_limits()
            self.lent.borrow()
            self._borrowed = self.lent.server
        question = self._assignment.questions[job["part"]]
        return reply_of(lambda: self._judge(question, job["deadline"]))

    def start(self, sandboxes: Sandboxes | None) -> dict[str, Any]:
        """Have a sandbox: a warm one, or one of its own."""
        from autograder.sandbox import SandboxError, TierUnmet  # they load NumPy, which written answers do not need

        try:
            sandbox = self._sandbox(sandboxes)
        except TierUnmet as error:
            return {"unmet": str(error)}
        except SandboxError as error:
            return {"bug": f"{type(error).__name__}: {error}"}
        self._bench = Bench(sandbox=sandbox, submission=self._submission, assignment=self._assignment)
        report = sandbox.report
        return {"server": sandbox.server.pid, "tier": report.tier.label, "notices": list(report.notices)}

    def _close(self) -> dict[str, Any]:
        if self.lent is not None:  # sound when the server that was borrowed is still the one in use
            return {"sound": self._borrowed is None or (self._borrowed.alive and self.lent.server is self._borrowed)}
        if self._bench is not None:
            self._bench.sandbox.close()
        return {}

    def _sandbox(self, sandboxes: Sandboxes | None) -> Sandbox:
        from autograder.sandbox import Sandbox, Tier

        wanted = {
            name: None
            for question in self._assignment
            if runs_student_code(question.answer) and question.answer.unanswered(question, self._submission) is None
            for name in question.answer.libraries(self._submission)
        }
        least = next((tier for tier in Tier if tier.label == self._assignment.require_tier), None)
        if sandboxes is not None:
            self.lent = sandboxes.get(tuple(wanted), least)
            return self.lent
        _lift_limits()
        return Sandbox.start(tuple(wanted), require_tier=least, keys=(LIBRARY,))

    def _judge(self, question: Question, deadline: float | None) -> Verdict:
        assert self._bench is not None
        assert runs_student_code(question.answer)
        try:
            return question.answer.judge_in(question, replace(self._bench, deadline=deadline), seed=self._seed)
        except NotReached:
            return not_reached()


def _lift_limits() -> None:
    """Take back the limits of a judging process: the fork server would inherit them, and it sets its children's own."""
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (hard, hard))


def _seconds(deadline: float | None, most: float) -> float:
    left = most if deadline is None else deadline - time.monotonic()
    return max(0.0, min(left, most)) + _MARGIN


def _descriptor(pid: int) -> int | None:
    """A descriptor that becomes readable when the process ends; None where there is no such thing, or it has ended."""
    try:
        return os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    except ProcessLookupError:
        return None


def _unsafe() -> Verdict:
    """The verdict where student code may not be run: open, since it says nothing about the answer."""
    return Verdict(
        word=Word.WAITING,
        cause=Cause.OURS,
        feedback=("This part runs your code, and this machine may not run it safely enough. It will be graded later.",),
    )
