"""What the pages show and ask for, whichever half of the grader stands behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from autograder.plots import Plot
from autograder.verdict import PartResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A misconception that the author declared."""

    name: str
    sentence: str
    credit: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a choice."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One part as its page shows it.

    Args:
        id: "1a.path".
        title: a few words.
        asks: the prompt, LaTeX between dollar signs; "" where it is not known.
        example: how such an answer is typed.
        points: what it is worth.
        letters: the symbols that an answer may use.
        options: of a choice.
        others: names of further answers that the part looks at ("q2b_d").
        is_code: whether the answer is Python that is run in the sandbox.
        rules: the author's misconceptions; () for students.
        source: where the question comes from.
    """

    id: str
    title: str
    example: str
    points: Fraction
    asks: str = ""
    letters: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    others: tuple[str, ...] = ()
    is_code: bool = False
    rules: tuple[Rule, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The witness as rows: the key, the answer, and whether they differ there."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of one answer: all that is known for an author, what a student may know for a student.

    Args:
        part: the verdict.
        plots: for authors, the witness: the key beside the answer.
        tables: the same entry by entry, case by case, or by what a function returned.
    """

    part: PartResult
    plots: tuple[Plot, ...] = ()
    tables: tuple[Table, ...] = ()


class Desk(Protocol):
    """One assignment, ready to try answers to it."""

    @property
    def name(self) -> str:
        """The assignment's key."""
        ...

    @property
    def title(self) -> str:
        """The assignment's title."""
        ...

    @property
    def is_practice(self) -> bool:
        """Whether it knows no key."""
        ...

    @property
    def places(self) -> Mapping[str, Place]:
        """Its parts by id."""
        ...

    def try_answer(self, part: str, text: str, others: Mapping[str, str]) -> Tried:
        """Judge one answer, however hostile, in bounded time."""
        ...
