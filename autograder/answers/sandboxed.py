"""Kinds of answers whose judging runs a student's code: what they are asked, and what they are given for it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeGuard, runtime_checkable

from autograder.verdict import Verdict

if TYPE_CHECKING:
    from autograder.functions.kept import Pair
    from autograder.functions.loading import Attempt
    from autograder.notebooks.rehearsal import Rehearsal
    from autograder.question import Assignment, Question
    from autograder.sandbox import Sandbox
    from autograder.submission.collect import Submission
    from autograder.submission.program import SameFiles


class NotReached(Exception):  # not an error of anybody's
    """The submission's deadline came before the part could be judged: its points stay open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where student code is judged: a sandbox, the files, and until when.

    Args:
        sandbox: the only place where anything of the student runs.
        submission: what was handed in.
        assignment: whose secret seeds the hidden inputs.
        deadline: moment of `time.monotonic()` after which no call is made, or None.
        loaded: by its text, how a file is loaded: functions of one file need not find out again.
        rehearsed: by what was asked, what rehearsals of the submission's notebooks showed.
        kept: keeps processes for the inputs of the next function; whoever gives it closes it in the end.
    """

    sandbox: Sandbox
    submission: Submission
    assignment: Assignment
    deadline: float | None = None
    loaded: dict[str, Attempt] = field(default_factory=dict)
    rehearsed: dict[bytes, Rehearsal] = field(default_factory=dict)
    kept: Pair | None = None

    def hidden_seed(self, purpose: str, seed: int) -> int:
        """A seed that nobody without the course's secret can compute, and that is the same whenever these files are graded.

        Args:
            purpose: what it is for, such as part, function and kind of input; each gets a seed of its own.
            seed: the run's own seed.
        """
        return hidden_seed(self.assignment, self.submission, purpose, seed)

    def common_seed(self, purpose: str) -> int:
        """A seed that nobody without the course's secret can compute, and that is the same for all submissions."""
        message = f"{self.assignment.name}\n{purpose}".encode()
        return int.from_bytes(hmac.digest(self.assignment.secret, message, "sha256")[:8])


def hidden_seed(assignment: Assignment, submission: Submission, purpose: str, seed: int) -> int:
    """See `Bench.hidden_seed`."""
    message = f"{assignment.name}\n{purpose}\n{seed}\n".encode() + fingerprint(submission)
    return int.from_bytes(hmac.digest(assignment.secret, message, "sha256")[:8])


def fingerprint(submission: Submission) -> bytes:
    """A digest of every file's name and content."""
    from autograder.submission.program import SameFiles  # written answers do not need it

    return _fingerprint(SameFiles(submission.files))


@lru_cache(maxsize=1)
def _fingerprint(same: SameFiles) -> bytes:
    digest = hashlib.sha256()
    for name in sorted(same.files):
        shown = name.encode("utf-8", "surrogateescape")
        digest.update(b"%d %s %d\n" % (len(shown), shown, len(same.files[name])))
        digest.update(same.files[name])
    return digest.digest()


@runtime_checkable
class SandboxedAnswer(Protocol):
    """A kind of answer that is judged by running code of the submission, always inside the sandbox."""

    @property
    def kind(self) -> str:
        """The kind's name."""
        ...

    def unanswered(self, question: Question, submission: Submission) -> Verdict | None:
        """The verdict where there is nothing to run (missing, blank), told without running anything; else None."""
        ...

    def libraries(self, submission: Submission) -> tuple[str, ...]:
        """Modules to have loaded beside NumPy, such as "torch"; each costs the start of the sandbox seconds."""
        ...

    def judge_in(self, question: Question, bench: Bench, *, seed: int) -> Verdict:
        """Judge by calls into the sandbox.

        Raises:
            NotReached: the deadline came first.
        """
        ...


def runs_student_code(answer: object) -> TypeGuard[SandboxedAnswer]:
    """Whether judging this kind of answer needs a sandbox."""
    return isinstance(answer, SandboxedAnswer)
