"""What the grader says of one part, and of a whole submission."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from autograder.checks import Check, Entry
from autograder.equality.decision import Evidence
from autograder.formula.tree import Node
from autograder.plots import Plot


class Word(StrEnum):
    """The five words that a student meets; never colour alone."""

    OK = "ok"
    NOT_YET = "not yet"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"
    WAITING = "waiting"


PENDING = frozenset({Word.UNDECIDED, Word.WAITING})
"""Words that keep a part's points open: a person or a rerun decides, nothing is lost."""


class Cause(StrEnum):
    """Why a part has no points where that is no matter of right or wrong."""

    NONE = ""
    ABSENT = "absent"  # nothing was handed in for it
    OURS = "ours"  # the grader, or the machine that it runs on, failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said of one part.

    Args:
        word: one of the five words.
        credit: the share of the part's points earned, 0 to 1; exact.
        evidence: how it was decided.
        misconception: id of the author's rule that fired (`"sign"`), or None.
        wrote: the student's own text, "" when nothing was handed in.
        read_as: how it was read, in plain Unicode; "" when it was not read.
        read_as_latex: the same in LaTeX.
        reading: the same as a tree, for typesetting; None where it was not read as a formula.
        witness: a number or fact that the student can check from the statement; never the key.
        feedback: sentences for the student, most important first.
        notices: what was done with the text that the student should know ("q1a is given twice; the last counts").
        staff: facts for instructors only (the decision's own witness, timings).
        convention: the name of the convention that the answer follows, where several are right, else "".
        checks: the single tests of the part, where it has some; each says who may see it.
        leaderboard: values for the platform's leaderboard.
        plots: pictures that the student may see, with their numbers; like the witness they follow from the statement.
        carried: ids of earlier parts ("1a") beside whose wrong answers this one is right.
        cause: whether there is nothing to judge, or the fault is ours.
    """

    word: Word
    credit: Fraction = Fraction(0)
    evidence: Evidence = Evidence.NONE
    misconception: str | None = None
    wrote: str = ""
    read_as: str = ""
    read_as_latex: str = ""
    reading: Node | None = None
    witness: str = ""
    feedback: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    convention: str = ""
    checks: tuple[Check, ...] = ()
    leaderboard: tuple[Entry, ...] = ()
    plots: tuple[Plot, ...] = ()
    carried: tuple[str, ...] = ()
    cause: Cause = Cause.NONE

    def __post_init__(self) -> None:
        if not 0 <= self.credit <= 1:
            raise ValueError(f"credit is a share between 0 and 1, not {self.credit}")
        if self.word is Word.OK and self.credit != 1:
            raise ValueError("the word 'ok' goes with full credit")
        if self.word in PENDING and self.credit != 0:
            raise ValueError(f"the word {self.word.value!r} keeps its points pending; credit must be 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """One part's verdict with what it is worth, and where a student finds more about it."""

    part: str  # "hw1/1a.path"
    title: str
    points: Fraction
    verdict: Verdict
    seconds: float = 0.0
    look: str = ""  # where to read about it: "Homework 1, 1(a)"
    tags: tuple[str, ...] = ()  # its topics
    after: tuple[str, ...] = ()  # ids of the parts that it builds on

    @property
    def id(self) -> str:
        """The part's id within its assignment: "1a.path"."""
        return self.part.partition("/")[2] or self.part

    @property
    def score(self) -> Fraction:
        """Points earned, exact; rounded only where a report is written."""
        return self.points * self.verdict.credit

    @property
    def pending(self) -> bool:
        """Whether the points are still open."""
        return self.verdict.word in PENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything known of one graded submission; every report is a pure function of it."""

    assignment: str
    title: str
    seed: int
    parts: tuple[PartResult, ...]
    notices: tuple[str, ...] = ()  # about the submission as a whole: files skipped, names given twice
    staff: tuple[str, ...] = ()  # for instructors only
    complete: bool = True  # False while grading goes on, or when it had to stop early
    seconds: float = 0.0

    @property
    def score(self) -> Fraction:
        """Points earned so far, exact."""
        return sum((part.score for part in self.parts), Fraction(0))

    @property
    def points(self) -> Fraction:
        """Points that the listed parts are worth."""
        return sum((part.points for part in self.parts), Fraction(0))

    @property
    def pending(self) -> Fraction:
        """Points that are still open."""
        return sum((part.points for part in self.parts if part.pending), Fraction(0))
