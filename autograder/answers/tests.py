"""A part that an author's own tests judge: pytest or unittest on the trusted side, the student's code in the sandbox."""

from __future__ import annotations

import inspect
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from autograder.answers.sandboxed import Bench, NotReached
from autograder.errors import AuthorError
from autograder.question import Question
from autograder.submission.collect import Submission
from autograder.submission.program import imports, sources
from autograder.submission.slow_libraries import torch_compiler
from autograder.submission.written import Answers
from autograder.verdict import Cause, Verdict, Word

if TYPE_CHECKING:
    from autograder.testing.run import Run

_LONGEST = 240.0  # seconds; the process that judges a part is given little more


@dataclass(frozen=True, slots=True)
class Tests:
    """Tests in a file of their own; `from autograder.testing import student` gives them the student's functions.

    Args:
        file: the tests; a relative path is looked for beside the file that the question stands in.
        solution: a file with right answers, or None. Where a test stops over a value that the student's code returned,
            it is run once more with this file: if it passes, the value was at fault, else the test is.
        modules: libraries to have loaded in the sandbox beside NumPy; torch is noticed by itself.
        seconds: what the whole run may take.
        call_seconds: what one call of the student's code may take.
    """

    __test__: ClassVar[bool] = False  # pytest would take the name for a class of tests

    file: str | Path
    solution: str | Path | None = None
    modules: tuple[str, ...] = ()
    seconds: float = 60.0
    call_seconds: float = 10.0
    kind: str = field(default="tests", init=False)
    judges_missing: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        for name in ("file", "solution"):
            value = getattr(self, name)
            if value is None:
                continue
            path = _beside_the_question(Path(value))
            if not path.is_file():
                raise AuthorError(f"Tests({name}={str(value)!r}): there is no file {path}.")
            object.__setattr__(self, name, path)
        if not 0 < self.call_seconds <= self.seconds <= _LONGEST:
            raise AuthorError(
                f"Tests(seconds={self.seconds:g}, call_seconds={self.call_seconds:g}): a run may take up to "
                f"{_LONGEST:g} seconds, and a call no longer than the run."
            )

    def unanswered(self, question: Question, submission: Submission) -> Verdict | None:
        """What is said where there is no code at all; else None."""
        del question
        if sources(submission.files):
            return None
        return Verdict(
            word=Word.NOT_YET,
            cause=Cause.ABSENT,
            feedback=("There is no file of code: hand in the .py file or notebook with it.",),
        )

    def libraries(self, submission: Submission) -> tuple[str, ...]:
        """Modules to have loaded in the sandbox."""
        texts = [source.text for source in sources(submission.files)]
        found = ("torch", *torch_compiler(texts)) if any(imports(text, "torch") for text in texts) else ()
        return tuple(dict.fromkeys((*self.modules, *found)))

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Code is judged in the sandbox; see `judge_in`."""
        del answers, seed
        raise AuthorError(f"{question.id} asks for code: it is judged by judge_in, inside a sandbox.")

    def judge_in(self, question: Question, bench: Bench, *, seed: int) -> Verdict:
        """Run the tests and weigh what came of them.

        Raises:
            NotReached: the deadline came first.
            AuthorError: the tests cannot be run at all.
        """
        from autograder.testing.verdict import verdict

        now = time.monotonic()
        deadline = now + self.seconds if bench.deadline is None else min(now + self.seconds, bench.deadline)
        if deadline <= now:
            raise NotReached
        hidden = bench.hidden_seed(f"{question.id} {Path(self.file).name}", seed)
        run, notices = self._run(bench, bench.submission.files, deadline, seed, hidden)
        if self.solution is not None and run.has_unclear:
            solution = Path(self.solution)
            again, _ = self._run(bench, {solution.name: solution.read_bytes()}, deadline, seed, hidden)
            run = run.cleared_up_by(again)
        if run.late and deadline == bench.deadline:
            run = run.cut_off
        found = verdict(run, question.points, Path(self.file).name)
        return replace(found, notices=(*found.notices, *notices))

    def example(self, question: Question) -> str:
        """How such an answer is given."""
        del question
        return "functions in your own file, called by the tests of the course"

    def _run(
        self, bench: Bench, files: Mapping[str, bytes], deadline: float, seed: int, hidden: int
    ) -> tuple[Run, tuple[str, ...]]:
        from autograder.sandbox import Limits
        from autograder.testing.run import run
        from autograder.testing.sessions import SubmissionSessions

        limits = Limits(wall=self.call_seconds, cpu=self.call_seconds)
        sessions = SubmissionSessions(bench.sandbox, files, limits=limits, deadline=deadline, seed=seed)
        found = run(Path(self.file), sessions, sorted(files), deadline, seed=seed, hidden_seed=hidden)
        return found, tuple(sessions.notices)


def _beside_the_question(path: Path) -> Path:
    """An absolute path; what is relative is taken from the folder of the file that calls `Tests(...)`."""
    if path.is_absolute():
        return path
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_filename in (__file__, "<string>"):  # the latter is the dataclass's own
        frame = frame.f_back
    caller = frame.f_code.co_filename if frame is not None else ""
    return Path(caller).resolve().parent / path
