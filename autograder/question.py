"""A question is one frozen value in one file: statement, key, oracle and misconceptions together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from autograder.errors import AuthorError
from autograder.symbols import SymbolTable

if TYPE_CHECKING:
    from autograder.answers.base import Answer, Demonstration, Drawing, Oracle
    from autograder.answers.carried import Carried

Half = Fraction(1, 2)
TIERS = ("1", "2u", "2", "3")
"""How strongly student code can be held, weakest first."""
_ID = re.compile(r"[0-9]+[a-z]?(\.[A-Za-z0-9_]+)*")
_RULE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Level(IntEnum):
    """How much a student is told beyond the verdict; each level contains those below it."""

    VERDICT = 0
    CATEGORY = 1  # "a constant factor"
    HINT = 2  # the author's sentence for a declared misconception
    COUNTEREXAMPLE = 3  # one point, with the student's own value and what the *statement* gives there
    DIRECTION = (
        4  # which way a bound is off, what factor a term lacks: over several tries a student can close in on the key
    )


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question comes from.

    Args:
        document: title of the document ("Homework 1").
        place: part of it ("1(a)").
    """

    document: str
    place: str

    def __str__(self) -> str:
        return f"{self.document}, {self.place}"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A misconception: a wrong answer, the sentence that helps, and the credit it keeps.

    Args:
        name: stable id of the rule, lower-case words joined by hyphens (`"lost-mean"`).
        answer: the wrong answer, in any form that the question's key may have.
        sentence: what to tell the student; it must not give the key away.
        credit: share of the points kept, below 1.
    """

    name: str
    answer: Any
    sentence: str
    credit: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if not _RULE.fullmatch(self.name):
            raise AuthorError(
                f"the rule name {self.name!r} must be lower-case words joined by hyphens, like 'lost-mean'."
            )
        if not 0 <= self.credit < 1:
            raise AuthorError(f"the rule {self.name!r} keeps credit {self.credit}; give a share from 0 to below 1.")
        if not self.sentence.strip():
            raise AuthorError(f"the rule {self.name!r} has no sentence; say what to look at again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One part of an assignment.

    Args:
        id: stable key within the assignment (`"1a.path"`); the answer is named `q1a_path`.
        title: a few words for tables.
        points: what it is worth; exact.
        prompt: what is asked, in our own words; LaTeX between dollar signs.
        source: where it comes from.
        answer: the kind of answer with its key.
        symbols: what the answer may use.
        practice: an oracle that needs no key (finite differences, a simulation), public.
        shows: what a wrong answer is shown from the statement at one point; without it, only what the answer gives at one.
        wrong: misconceptions, the most specific first.
        level: how much a student is told.
        after: ids of earlier parts that this one builds on.
        carried: how it follows from the student's own earlier answers, so that a slip costs once.
        draws: how an answer is shown as a picture, without the key.
        hint: what every wrong answer that no rule names is told, or "".
    """

    id: str
    title: str
    points: Fraction | int
    prompt: str
    source: Source
    answer: Answer
    symbols: SymbolTable = field(default_factory=lambda: SymbolTable(symbols=()))
    practice: Oracle | None = None
    shows: Demonstration | None = None
    wrong: tuple[Wrong, ...] = ()
    level: Level = Level.COUNTEREXAMPLE
    after: tuple[str, ...] = ()
    carried: Carried | None = None
    draws: Drawing | None = None
    hint: str = ""
    rows: tuple[int, ...] = ()  # rows of the course inventory that the part covers

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise AuthorError(f"question id {self.id!r}: write a number, a letter and words, like '1a.path'.")
        if self.points < 0:
            raise AuthorError(f"question {self.id}: {self.points} points; give 0 or more.")
        object.__setattr__(self, "points", Fraction(self.points))
        names = [rule.name for rule in self.wrong]
        double = sorted({name for name in names if names.count(name) > 1})
        if double:
            raise AuthorError(f"question {self.id}: the rule {double[0]!r} is there twice; give each its own name.")

    @property
    def answer_name(self) -> str:
        """The name under which a student answers: `q1a_path` for `1a.path`."""
        return answer_name(self.id)


def with_witnesses(questions: Iterable[Question], witnesses: Mapping[str, Demonstration]) -> tuple[Question, ...]:
    """The questions, each with what a wrong answer to it is shown.

    Raises:
        AuthorError: a witness belongs to no question.
    """
    found = tuple(replace(question, shows=witnesses.get(question.id, question.shows)) for question in questions)
    strangers = sorted(set(witnesses) - {question.id for question in found})
    if strangers:
        raise AuthorError(f"there is a witness for {strangers[0]!r}, which is no part; mend its id.")
    return found


def answer_name(question_id: str) -> str:
    """The answer name of a part: `q1a_path` for `1a.path`."""
    return "q" + question_id.replace(".", "_")


@dataclass(frozen=True, slots=True)
class Topic:
    """What the parts of a problem are about.

    Args:
        name: a few words, for tags and statistics ("learning rates").
        look: where to read about it.
    """

    name: str
    look: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A named list of questions.

    Args:
        name: stable key (`"hw1"`).
        title: for people.
        points: what the whole is worth; the questions must add up once all parts are there.
        questions: in the order of the paper.
        topics: what problems or parts are about, by the beginning of their ids ("1", "1a"); the longest that fits counts.
        attempts: how many graded submissions a student has on the platform, or None for no limit.
        require_tier: how strongly student code must be held, "1", "2u", "2" or "3" (see `python -m autograder doctor`), or
            "" for whatever the machine offers. Where it is not reached, parts with code wait.
        secret: seeds hidden inputs; set when the assignment is loaded, from a file that no student has.
    """

    name: str
    title: str
    points: Fraction | int
    questions: tuple[Question, ...]
    topics: Mapping[str, Topic] = field(default_factory=dict, hash=False)
    attempts: int | None = None
    require_tier: str = ""
    secret: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        if self.require_tier not in ("", *TIERS):
            raise AuthorError(f"assignment {self.name}: require_tier={self.require_tier!r}; write one of {TIERS}.")
        if self.attempts is not None and self.attempts < 1:
            raise AuthorError(f"assignment {self.name}: attempts={self.attempts}; give at least 1, or leave it out.")
        ids = [question.id for question in self.questions]
        double = sorted({i for i in ids if ids.count(i) > 1})
        if double:
            raise AuthorError(f"assignment {self.name}: the id {double[0]!r} is there twice; ids are unique.")
        object.__setattr__(self, "points", Fraction(self.points))

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def worth(self, question: Question) -> Fraction:
        """The points of a part in hundredths, such that those of all parts add up: of three thirds one is 0.34.

        Everything that people read is in hundredths, so that the rounding is done once, here.
        """
        before = Fraction(0)
        for other in self.questions:
            if other.id == question.id:
                break
            before += Fraction(other.points)
        return Fraction(floor((before + Fraction(question.points)) * 100) - floor(before * 100), 100)

    def topic(self, question: Question) -> Topic | None:
        """What a part is about, where the assignment says so."""
        fitting = [begin for begin in self.topics if question.id.startswith(begin)]
        return self.topics[max(fitting, key=len)] if fitting else None

    def look(self, question: Question) -> str:
        """Where a student reads about a part: the question's place, then its topic's."""
        topic = self.topic(question)
        return "; ".join(dict.fromkeys(map(str, (question.source, *(topic.look if topic else ())))))

    def part(self, question: Question) -> str:
        """The key under which results and statistics know a question: `hw1/1a.path`."""
        return f"{self.name}/{question.id}"

    def question(self, question_id: str) -> Question:
        """The question of that id.

        Raises:
            AuthorError: there is none; the message lists the ids.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        ids = ", ".join(question.id for question in self.questions)
        raise AuthorError(f"{self.name} has no part {question_id!r}. Parts: {ids}.")
