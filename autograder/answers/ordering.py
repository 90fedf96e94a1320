"""Answers that put statements in an order; every order in which each follows from those before it is right."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from autograder.answers.choice import Choice, Option
from autograder.answers.judging import handed_in
from autograder.answers.texts import shown
from autograder.equality.decision import Evidence
from autograder.errors import AuthorError
from autograder.question import Level, Question
from autograder.submission.written import Answers
from autograder.verdict import Verdict, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """All options in an order that respects some pairs.

    Args:
        options: the statements.
        key: pairs (earlier, later) of letters; what no pair relates is free.
    """

    options: tuple[Option, ...]
    key: tuple[tuple[str, str], ...]
    kind: str = field(default="choice", init=False)

    def __post_init__(self) -> None:
        letters = {option.letter for option in self.options}
        strangers = {letter for pair in self.key for letter in pair} - letters
        if strangers:
            raise AuthorError(f"the order uses {sorted(strangers)}, but the options are {sorted(letters)}.")

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Check that every pair stands in the right order; the credit is the share of pairs that do."""
        del seed  # nothing is drawn
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        wrote = shown(written)
        letters = self._choice().read(written.content)
        if isinstance(letters, str):
            return Verdict(word=Word.UNREADABLE, wrote=wrote, feedback=(letters,), notices=written.notices)
        if len(set(letters)) != len(letters) or len(letters) != len(self.options):
            wanted = ", ".join(option.letter for option in self.options)
            return Verdict(
                word=Word.UNREADABLE, wrote=wrote, feedback=(f"Give each of {wanted} exactly once, in your order.",),
                notices=written.notices,
            )  # fmt: skip
        kept = sum(letters.index(first) < letters.index(second) for first, second in self.key)
        right = kept == len(self.key)
        said = () if right or question.level < Level.CATEGORY else (self._first_broken(letters),)
        return Verdict(
            word=Word.OK if right else Word.NOT_YET,
            credit=Fraction(1) if right else Fraction(kept, 2 * len(self.key)),
            evidence=Evidence.EXACT,
            wrote=wrote,
            read_as=" → ".join(letters),
            feedback=said,
            notices=written.notices,
        )

    def _first_broken(self, letters: tuple[str, ...]) -> str:
        for at, letter in enumerate(letters):
            if any(later == letter and first in letters[at:] for first, later in self.key):
                return f"Statement {letter} uses something that comes only after it in your order."
        return ""

    def _choice(self) -> Choice:
        """The reader of letters, for any number of them."""
        return Choice(options=self.options, key=tuple(option.letter for option in self.options), several=True)

    def example(self, question: Question) -> str:
        """How such an answer is typed."""
        del question
        return f'all letters in your order, such as "{", ".join(option.letter for option in self.options)}"'
