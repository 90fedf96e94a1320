"""A tiny assignment whose kind of answer does what the answer says: for tests of everything around judging."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from autograder.equality.decision import Evidence
from autograder.errors import Undecided, Unreadable
from autograder.question import Assignment, Question, Source
from autograder.submission.collect import Submission
from autograder.submission.written import Answers, Written
from autograder.verdict import Verdict, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Obedient:
    """Right is `right`; a few other words make the judging misbehave, each in its own way."""

    seconds: float = 5.0
    judges_missing: bool = False

    @property
    def kind(self) -> str:
        return "obedient"

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        written = answers.get(question.answer_name)
        text = str(written.content) if written else ""
        if text == "hang":
            time.sleep(1_000)
        if text == "die":
            os._exit(3)
        if text == "kill":
            os.kill(os.getppid(), signal.SIGKILL)
        if text == "flood":
            raise MemoryError
        if text == "environment":
            return Verdict(word=Word.NOT_YET, witness=" ".join(sorted(os.environ)))
        if text == "raise":
            raise KeyError("secret of the grader")
        if text == "unreadable":
            raise Unreadable("the bracket is never closed", text="(1 + 2", start=0, repair="Close it.")
        if text == "undecided":
            raise Undecided("Not decided within the budget.")
        if text == "manual":
            return Verdict(word=Word.WAITING, evidence=Evidence.PRESENCE, feedback=("A person reads this.",))
        if text == "right":
            return Verdict(word=Word.OK, credit=Fraction(1), evidence=Evidence.PROOF, read_as="right")
        return Verdict(
            word=Word.NOT_YET,
            credit=Fraction(1, 3) if text == "third" else Fraction(0),
            evidence=Evidence.EXACT,
            misconception="third" if text == "third" else None,
            read_as=text.upper(),
            witness=f"At x = 2 yours gives {len(text)}; the statement gives 1.",
            feedback=("Look at the sign again.",),
            staff=(f"seed {seed}",),
        )

    def example(self, question: Question) -> str:
        return f'{question.answer_name} = r"right"'


def question(id: str = "1a", title: str = "A part", points: Fraction | int = 2, **more: object) -> Question:  # noqa: A002
    """One question; `more` goes to its kind of answer."""
    return Question(
        id=id,
        title=title,
        points=points,
        prompt="Say right.",
        source=Source("Homework 0", "1"),
        answer=Obedient(**more),  # type: ignore[arg-type]
    )


def assignment(*questions: Question) -> Assignment:
    """An assignment named tiny, of three parts unless told otherwise."""
    chosen = questions or (
        question("1a"),
        question("1a.path", "Its path", 3),
        question("2", "The rest", Fraction(1, 2)),
    )
    return Assignment(name="tiny", title="A tiny homework", points=sum(q.points for q in chosen), questions=chosen)


def submission(**answers: str) -> Submission:
    """A submission with these answers."""
    written = {name: Written(name=name, content=text, where="a.py, line 1") for name, text in answers.items()}
    return Submission(answers=written, files={})


ASSIGNMENT_FILE = """
from tests.tiny import assignment as make

assignment = make()
"""


def library(path: Path, *names: str) -> Path:
    """A folder of assignments, for commands that look one up by name."""
    for name in names or ("tiny",):
        (path / name).mkdir(parents=True)
        (path / name / "assignment.py").write_text(ASSIGNMENT_FILE)
    return path
