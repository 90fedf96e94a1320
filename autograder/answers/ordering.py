"""Answers that put statements in an order; every order in which each follows from those before it is right."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from autograder.answers.choice import Choice, in_the_file, named_options
from autograder.answers.given import handed_in
from autograder.answers.options import OWN_LETTERS, Listed, Option
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
        shuffle: whether forms of students' own may list the statements in other orders.
    """

    options: tuple[Option, ...]
    key: tuple[tuple[str, str], ...]
    shuffle: bool = False
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
        named = named_options(self._choice(), question, answers, written.content)
        if isinstance(named, str):
            return Verdict(word=Word.UNREADABLE, wrote=wrote, feedback=(named,), notices=written.notices)
        letters = tuple(one.option.letter for one in named)
        if len(set(letters)) != len(letters) or len(letters) != len(self.options):
            wanted = ", ".join(
                OWN_LETTERS[: len(self.options)] if in_the_file(named) else [option.letter for option in self.options]
            )
            return Verdict(
                word=Word.UNREADABLE, wrote=wrote, feedback=(f"Give each of {wanted} exactly once, in your order.",),
                notices=written.notices,
            )  # fmt: skip
        kept = sum(letters.index(first) < letters.index(second) for first, second in self.key)
        right = kept == len(self.key)
        said = () if right or question.level < Level.CATEGORY else (self._first_broken(named),)
        return Verdict(
            word=Word.OK if right else Word.NOT_YET,
            credit=Fraction(1) if right else Fraction(kept, 2 * len(self.key)),
            evidence=Evidence.EXACT,
            wrote=wrote,
            read_as=" → ".join(one.letter for one in named),
            feedback=said,
            notices=written.notices,
            staff=in_the_file(named),
        )

    def _first_broken(self, named: tuple[Listed, ...]) -> str:
        letters = [one.option.letter for one in named]
        for at, one in enumerate(named):
            if any(later == letters[at] and first in letters[at:] for first, later in self.key):
                return f"Statement {one.letter} uses something that comes only after it in your order."
        return ""

    def _choice(self) -> Choice:
        """The reader of letters, for any number of them."""
        letters = tuple(option.letter for option in self.options)
        return Choice(options=self.options, key=letters, several=True, shuffle=self.shuffle)

    def as_listed(self, question_id: str, code: str = "") -> tuple[Listed, ...]:
        """The statements as a form lists them."""
        return self._choice().as_listed(question_id, code)

    def example(self, question: Question, code: str = "") -> str:
        """How such an answer is typed; in a student's own form, with its letters."""
        letters = ", ".join(one.letter for one in self.as_listed(question.id, code))
        return f'all letters in your order, such as "{letters}"'
