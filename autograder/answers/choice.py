"""Answers that name options by their letter: one, one per case, or several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from autograder.answers.asked_letters import AskedLetters
from autograder.answers.given import handed_in
from autograder.answers.options import Listed, Option, code_in, listed
from autograder.answers.texts import shown
from autograder.equality.decision import Evidence
from autograder.errors import AuthorError
from autograder.question import Level, Question, Wrong
from autograder.submission.written import Answers, Content
from autograder.verdict import Verdict, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A choice among options.

    Args:
        options: in the order in which they are listed.
        key: a letter; or, with `cases`, one letter per case; or, with `several`, all letters that apply.
        cases: what each letter of the answer is about, when one option per case is asked.
        several: whether any number of options may apply; credit is then exact per option.
        shuffle: whether forms of students' own may list the options in other orders; not where they have one of their own
            (numbers that grow, "never" before "always").
    """

    options: tuple[Option, ...]
    key: str | tuple[str, ...]
    cases: tuple[str, ...] = ()
    several: bool = False
    shuffle: bool = False
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

    def as_listed(self, question_id: str, code: str = "") -> tuple[Listed, ...]:
        """The options as a form lists them."""
        return listed(self.options, question_id, code if self.shuffle else "")

    def asked(self, question_id: str, code: str = "") -> AskedLetters:
        """What an answer must look like, in the form of the class or in one of a student's own."""
        options = self.as_listed(question_id, code)
        return AskedLetters(
            letters=tuple(one.letter for one in options), cases=len(self.cases), several=self.several,
            texts=tuple(one.option.text for one in options), case_texts=self.cases,
            own=self.shuffle and bool(code), may_be_own=self.shuffle,
        )  # fmt: skip

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Compare the letters with the key, then with the misconceptions."""
        del seed  # nothing is drawn
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        wrote = shown(written)
        named = named_options(self, question, answers, written.content)
        if isinstance(named, str):
            return Verdict(word=Word.UNREADABLE, wrote=wrote, feedback=(named,), notices=written.notices)
        if self.several:  # a set of options: neither order nor repetition matters, to the key or to any rule
            named = tuple(dict.fromkeys(sorted(named, key=lambda one: one.letter)))
        letters = tuple(one.option.letter for one in named)
        read_as, staff = ", ".join(one.letter for one in named), in_the_file(named)
        if (self.several and set(letters) == set(self.key_letters)) or letters == self.key_letters:
            return Verdict(
                word=Word.OK, credit=Fraction(1), evidence=Evidence.EXACT, wrote=wrote, read_as=read_as,
                feedback=self._reasons(named), notices=written.notices, staff=staff,
            )  # fmt: skip
        rule = next((rule for rule in question.wrong if matches(rule.answer, self._in_order(letters))), None)
        return Verdict(
            word=Word.NOT_YET, credit=self._credit(letters, rule), evidence=Evidence.EXACT,
            misconception=rule.name if rule else None, wrote=wrote, read_as=read_as,
            feedback=self._feedback(question, letters, rule), notices=written.notices, staff=staff,
        )  # fmt: skip

    def _in_order(self, letters: tuple[str, ...]) -> tuple[str, ...]:
        """The letters as rules list them: those of a set in the order of the options."""
        if not self.several:
            return letters
        return tuple(option.letter for option in self.options if option.letter in letters)

    def _credit(self, letters: tuple[str, ...], rule: Wrong | None) -> Fraction:
        """The exact share of what is right; a rule may keep more of the points, never less."""
        share = Fraction(0)
        if self.several:
            right = sum((option.letter in letters) == (option.letter in self.key_letters) for option in self.options)
            share = max(share, Fraction(2 * right - len(self.options), len(self.options)))
        elif self.cases:
            right = sum(given == wanted for given, wanted in zip(letters, self.key_letters, strict=True))
            share = Fraction(right, len(self.cases))
        return share if rule is None else max(rule.credit, share)

    def _feedback(self, question: Question, letters: tuple[str, ...], rule: Wrong | None) -> tuple[str, ...]:
        if rule is not None and question.level >= Level.HINT:
            return (rule.sentence,)
        if self.cases and question.level >= Level.CATEGORY:
            right = sum(given == wanted for given, wanted in zip(letters, self.key_letters, strict=True))
            return (f"{right} of {len(self.cases)} cases are right.",)
        return (question.hint,) if question.hint and question.level >= Level.HINT else ()

    def _reasons(self, named: tuple[Listed, ...]) -> tuple[str, ...]:
        """Why what was chosen is right: for several, each with its letter; for cases the list of cases says enough."""
        if self.cases:
            return ()
        said = [(one.letter, one.option.reason.rstrip(".")) for one in named if one.option.reason]
        if self.several:
            return tuple(f"{letter}: {reason}." for letter, reason in said)
        return tuple(f"{reason[:1].upper()}{reason[1:]}." for _, reason in said)

    def example(self, question: Question, code: str = "") -> str:
        """How such an answer is typed, without the key; in a student's own form, with its letters."""
        letters = [one.letter for one in self.as_listed(question.id, code)]
        if self.cases:
            sample = ", ".join([f'"{letters[0]}"'] * len(self.cases))
            return f"one letter per case, such as [{sample}]"
        return (
            f'letters, such as "{letters[0]}, {letters[-1]}"' if self.several else f'one letter, such as "{letters[0]}"'
        )


def named_options(choice: Choice, question: Question, answers: Answers, content: Content) -> tuple[Listed, ...] | str:
    """The options that an answer names, read with the letters of the form that it was written in; or why not."""
    try:
        code = code_in(answers) if choice.shuffle else ""
    except ValueError as error:
        return str(error)
    letters = choice.asked(question.id, code).read(content)
    if isinstance(letters, str):
        return letters
    by_letter = {one.letter: one for one in choice.as_listed(question.id, code)}
    return tuple(by_letter[letter] for letter in letters)


def in_the_file(named: tuple[Listed, ...]) -> tuple[str, ...]:
    """For staff: which options of the question's file were meant, where the student's form had other letters."""
    if all(one.letter == one.option.letter for one in named):
        return ()
    return (f"in the question's file: {', '.join(one.option.letter for one in named)}",)


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
