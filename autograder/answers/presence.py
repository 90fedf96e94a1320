"""Answers that no formula decides: texts for a person, and parts graded for completeness."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from autograder.answers.given import handed_in
from autograder.answers.texts import shown
from autograder.equality.decision import Evidence
from autograder.question import Question
from autograder.submission.written import Answers
from autograder.verdict import Verdict, Word

_HOURS = re.compile(
    r"^\D{0,12}?(\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hours?)?\s*(?:(?:-|–|—|to|\.\.)\s*(\d+(?:[.,]\d+)?))?\s*(?:\+|h|hr|hrs|hours?)?"
    r"\s*(?:(\d+)\s*(?:m|min|mins|minutes))?\s*(?:total|or so|approx\.?|approximately)?\s*\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """A part that is complete when something is said: a text, or hours as a number or a range."""

    of: Literal["text", "hours"] = "text"
    kind: str = field(default="completeness", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Full credit when the part is there and of its form; nobody grades what it says."""
        del seed  # nothing is drawn
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        wrote = shown(written)
        if self.of == "hours" and not _HOURS.match(wrote.strip()):
            return Verdict(
                word=Word.UNREADABLE, wrote=wrote, notices=written.notices,
                feedback=("Write the hours as a number or a range, such as 6, 7.5 or 6-8.",),
            )  # fmt: skip
        return Verdict(
            word=Word.OK, credit=Fraction(1), evidence=Evidence.PRESENCE, wrote=wrote, notices=written.notices,
            feedback=("Checked for completeness only.",),
        )  # fmt: skip

    def example(self, question: Question) -> str:
        """How such an answer is typed."""
        del question
        return 'a number or a range of hours, such as "6" or "6-8"' if self.of == "hours" else "a sentence of your own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """A text for a person; the grader checks that it is there, and says so."""

    kind: str = field(default="manual", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Waiting for a person when something was handed in."""
        del seed  # nothing is drawn
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        return Verdict(
            word=Word.WAITING, evidence=Evidence.PRESENCE, wrote=shown(written), notices=written.notices,
            feedback=("A person reads this part; so far it was only checked that an answer is there.",),
        )  # fmt: skip

    def example(self, question: Question) -> str:
        """How such an answer is typed."""
        del question
        return "a few sentences of your own"
