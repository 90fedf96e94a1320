"""Answers that name options by their letter: one, one per case, or several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from autograder.answers.asked_letters import AskedLetters
from autograder.answers.judging import handed_in
from autograder.answers.texts import shown
from autograder.equality.decision import Evidence
from autograder.errors import AuthorError
from autograder.question import Level, Question, Wrong
from autograder.submission.written import Answers, Content
from autograder.verdict import Verdict, Word


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    Args:
        letter: the letter that names it, lower case.
        text: what it says.
        reason: why it is right or wrong; shown to instructors, and to a student only after the option was right.
    """

    letter: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A choice among options.

    Args:
        options: in the order in which they are listed.
        key: a letter; or, with `cases`, one letter per case; or, with `several`, all letters that apply.
        cases: what each letter of the answer is about, when one option per case is asked.
        several: whether any number of options may apply; credit is then exact per option.
    """

    options: tuple[Option, ...]
    key: str | tuple[str, ...]
    cases: tuple[str, ...] = ()
    several: bool = False
    kind: str = field(default="choice", init=False)

    def __post_init__(self) -> None:
        letters = [option.letter for option in self.options]
        wanted = self.key_letters
        if len(set(letters)) != len(letters) or not set(wanted) <= set(letters):
            raise AuthorError(f"the key {self.key!r} must use letters of the options {letters}, each once.")
        if self.cases and len(wanted) != len(self.cases):
            raise AuthorError(f"{len(self.cases)} cases need {len(self.cases)} letters in the key, not {len(wanted)}.")

    @property
    def key_letters(self) -> tuple[str, ...]:
        """The key as a tuple of letters."""
        return (self.key,) if isinstance(self.key, str) else self.key

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Compare the letters with the key, then with the misconceptions."""
        del seed  # nothing is drawn
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        wrote = shown(written)
        letters = self.read(written.content)
        if isinstance(letters, str):
            return Verdict(word=Word.UNREADABLE, wrote=wrote, feedback=(letters,), notices=written.notices)
        if self.several:  # a set of options: neither order nor repetition matters, to the key or to any rule
            letters = tuple(option.letter for option in self.options if option.letter in letters)
        read_as = ", ".join(letters)
        if (self.several and set(letters) == set(self.key_letters)) or letters == self.key_letters:
            return Verdict(
                word=Word.OK, credit=Fraction(1), evidence=Evidence.EXACT, wrote=wrote, read_as=read_as,
                feedback=self._reasons(), notices=written.notices,
            )  # fmt: skip
        rule = next((rule for rule in question.wrong if matches(rule.answer, letters)), None)
        return Verdict(
            word=Word.NOT_YET, credit=self._credit(letters, rule), evidence=Evidence.EXACT,
            misconception=rule.name if rule else None, wrote=wrote, read_as=read_as,
            feedback=self._feedback(question, letters, rule), notices=written.notices,
        )  # fmt: skip

    def read(self, content: Content) -> tuple[str, ...] | str:
        """The letters of an answer, or one sentence that says why they cannot be told."""
        letters = tuple(option.letter for option in self.options)
        return AskedLetters(letters=letters, cases=len(self.cases), several=self.several).read(content)

    def _credit(self, letters: tuple[str, ...], rule: Wrong | None) -> Fraction:
        if rule is not None:
            return rule.credit
        if self.several:
            right = sum((option.letter in letters) == (option.letter in self.key_letters) for option in self.options)
            return max(Fraction(0), Fraction(2 * right - len(self.options), len(self.options)))
        if self.cases:
            right = sum(given == wanted for given, wanted in zip(letters, self.key_letters, strict=True))
            return Fraction(right, len(self.cases))
        return Fraction(0)

    def _feedback(self, question: Question, letters: tuple[str, ...], rule: Wrong | None) -> tuple[str, ...]:
        if rule is not None and question.level >= Level.HINT:
            return (rule.sentence,)
        if self.cases and question.level >= Level.CATEGORY:
            right = sum(given == wanted for given, wanted in zip(letters, self.key_letters, strict=True))
            return (f"{right} of {len(self.cases)} cases are right.",)
        return (question.hint,) if question.hint and question.level >= Level.HINT else ()

    def _reasons(self) -> tuple[str, ...]:
        if self.cases or self.several:
            return ()
        reasons = [option.reason for option in self.options if option.letter == self.key]
        return tuple(reason[:1].upper() + reason[1:].rstrip(".") + "." for reason in reasons if reason)

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        letters = [option.letter for option in self.options]
        if self.cases:
            return f"one letter per case, such as [{', '.join(repr(letters[0]) for _ in self.cases)}]"
        return (
            f'letters, such as "{letters[0]}, {letters[-1]}"' if self.several else f'one letter, such as "{letters[0]}"'
        )


def matches(pattern: object, letters: tuple[str, ...]) -> bool:
    """Whether letters fit a rule's pattern: a letter, or a tuple of letters, of alternatives, or None for any."""
    if isinstance(pattern, str):
        return letters == (pattern,)
    if not isinstance(pattern, Iterable):
        return False
    wanted = tuple(pattern)
    return len(wanted) == len(letters) and all(
        _fits(want, letter) for want, letter in zip(wanted, letters, strict=True)
    )


def _fits(want: object, letter: str) -> bool:
    return want is None or want == letter or (isinstance(want, tuple) and letter in want)
