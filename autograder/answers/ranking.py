"""Answers that put methods in an order, judged against the numbers that the student's own run gave."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from autograder.answers.given import handed_in
from autograder.answers.numbers import Method, Reported, by_place, from_table, is_table, reported, which
from autograder.answers.texts import as_text, shown
from autograder.equality.decision import Evidence
from autograder.errors import AuthorError
from autograder.question import Level, Question, Wrong
from autograder.submission.written import Answers, Content
from autograder.verdict import Verdict, Word

_SIGN = re.compile(
    r"(?P<tie>≈|~=|~|==|=|\\approx|\\sim|\\simeq)|(?P<atmost><=|≤|\\leq?(?![a-z]))|(?P<atleast>>=|≥|\\geq?(?![a-z]))"
    r"|(?P<below><+|≪|\\ll|\\lt)|(?P<above>>+|≫|\\gg|\\gt)|(?P<next>→|->|,|;|\n|\bthen\b)"
)
_PLACE = re.compile(r"(?:^|(?<=[\s,;(\[]))\(?[1-9]\s*[.):](?!\d)\s*")
"""`1.` or `(2)` before a method."""
_NAMES = {"tie": "≈", "atmost": "≤", "atleast": "≥", "below": "<", "above": ">", "next": "<"}

Ranks = dict[str, int]
"""The place of every method, smallest number first; equal places are a claimed tie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """An order as it was typed: `ridge < out ≈ all`, smallest first."""

    ranks: Ranks

    def __str__(self) -> str:
        places = sorted(set(self.ranks.values()))
        return " < ".join(" ≈ ".join(name for name, at in self.ranks.items() if at == place) for place in places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Methods from the smallest number to the largest.

    Args:
        compared: what is compared: a name for messages and the form, then its spellings as patterns over lower-case letters.
        numbers: the answer in which the student reports the numbers (`"q2_errors"`).
        setting: which of its entries counts ("10"), or "" for a dict by method alone.
        tie: numbers whose ratio is closer to 1 than this are a tie: either order is right.
        plausible: the smallest and the largest number that such a run can give.
        impossible: numbers that mean something else, each with what it means.
        known: pairs (smaller, larger) that every run shows; with them numbers are welcome, not needed.
        known_or_tied: further such pairs that may also be tied.
        unit: what the numbers are ("test error").
        beside: further lines of the blank form, for the numbers.
    """

    compared: tuple[tuple[str, ...], ...]
    numbers: str
    unit: str
    plausible: tuple[float, float]
    setting: str = ""
    tie: Fraction = Fraction(1, 10)
    impossible: tuple[tuple[float, str], ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    known_or_tied: tuple[tuple[str, str], ...] = ()
    beside: tuple[str, ...] = ()
    kind: str = field(default="ranking", init=False)

    def __post_init__(self) -> None:
        names = [name for name, *_ in self.compared]
        strangers = {name for pair in (*self.known, *self.known_or_tied) for name in pair} - set(names)
        if len(set(names)) < len(names) or strangers:
            raise AuthorError(f"a ranking compares methods of different names, and knows pairs of them only: {names}.")

    @property
    def methods(self) -> tuple[Method, ...]:
        """What is compared, ready to be recognised."""
        return tuple(Method(name=name, spellings=tuple(spellings)) for name, *spellings in self.compared)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Compare the order with the student's own numbers; numbers by name are an order, too."""
        del seed  # nothing is drawn
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        wrote, notices = shown(written), written.notices
        content = by_place(written.content)
        if is_table(content):
            own = from_table(written.content, question.answer_name, self.setting, self.methods)
            return self._of_numbers(own, wrote, notices)
        chain = self.read(content)
        if isinstance(chain, str):
            return Verdict(word=Word.UNREADABLE, wrote=wrote, feedback=(chain,), notices=notices, staff=("NoRanking",))
        own = reported(answers, self.numbers, self.setting, self.methods)
        if own.trouble and self.known and (self.numbers not in answers or answers[self.numbers].blank):
            return self._by_what_is_known(question, chain, wrote, notices)
        trouble = own.trouble or self._implausible(own)
        if trouble:
            return Verdict(
                word=Word.NOT_YET, wrote=wrote, read_as=str(chain), notices=notices, misconception="numbers-missing",
                feedback=(f"{trouble} {self._how_to_report()}",),
            )  # fmt: skip
        return self._against(question, chain, own, wrote, notices)

    def read(self, content: Content) -> Chain | str:
        """The order that was typed, or one sentence that says why it cannot be told."""
        if isinstance(content, dict):
            content = tuple(content.values())
        if isinstance(content, tuple):
            text = " < ".join(
                " ≈ ".join(map(as_text, part)) if isinstance(part, tuple) else as_text(part) for part in content
            )
        else:
            text = _PLACE.sub("\n", content.strip().strip("$[]()").strip())
        pieces, signs, start = [], [], 0
        for match in _SIGN.finditer(text):
            pieces.append(text[start : match.start()])
            signs.append(match.lastgroup or "next")
            start = match.end()
        pieces.append(text[start:])
        _drop_empty(pieces, signs)
        signs = [_NAMES[sign] for sign in signs]
        found = [which(self.methods, re.sub(r"\\text(?:rm|bf)?|\\mathrm", "", piece)) for piece in pieces]
        names = ", ".join(method.name for method in self.methods)
        if {*signs} & {"<", "≤"} and {*signs} & {">", "≥"}:
            return f"Let all signs point the same way, such as {self._sample()}."
        for piece, name in zip(pieces, found, strict=True):
            if name is None:
                return f"{piece.strip()!r} is none of {names}. Write all of them, smallest first, such as {self._sample()}."
        if sorted(filter(None, found)) != sorted(method.name for method in self.methods):
            return f"Give each of {names} exactly once, such as {self._sample()}."
        return _chain([name for name in found if name], signs)

    def _against(
        self, question: Question, chain: Chain, own: Reported, wrote: str, notices: tuple[str, ...]
    ) -> Verdict:
        pairs = [*combinations([method.name for method in self.methods], 2)]
        kept = [pair for pair in pairs if self._fits(chain, own.values, pair)]
        if len(kept) == len(pairs):
            return self._right(wrote, str(chain), notices)
        rule = self._rule(question, chain)
        name, sentence, credit = "", "", Fraction(len(kept), 2 * len(pairs))
        if rule is not None:
            name, sentence, credit = rule.name, rule.sentence, rule.credit
        elif not kept and len({*chain.ranks.values()}) == len(self.methods):
            name = "reversed"
            sentence = (
                f"This is the order from the largest to the smallest {self.unit}. Type the smallest first, or use <."
            )
            credit = Fraction(1, 2)
        first = next(pair for pair in pairs if pair not in kept)
        a, b = first
        witness = (
            f"By your own numbers the {self.unit} of {a} is {own.values[a]:g} and that of {b} is {own.values[b]:g}."
        )
        said = (sentence,) if sentence and question.level >= Level.HINT else ()
        return Verdict(
            word=Word.NOT_YET, credit=credit, evidence=Evidence.EXACT, misconception=name or None, wrote=wrote,
            read_as=str(chain), witness=witness if question.level >= Level.COUNTEREXAMPLE else "",
            feedback=said or (f"{len(kept)} of {len(pairs)} pairs are in the order of your own numbers.",), notices=notices,
        )  # fmt: skip

    def _fits(self, chain: Chain, values: dict[str, float], pair: tuple[str, str]) -> bool:
        """Whether what is claimed of two methods agrees with their numbers."""
        a, b = sorted(pair, key=lambda name: chain.ranks[name])
        if max(values[a], values[b]) <= (1 + self.tie) * min(values[a], values[b]):
            return True
        return chain.ranks[a] < chain.ranks[b] and values[a] < values[b]

    def _rule(self, question: Question, chain: Chain) -> Wrong | None:
        """The author's rule whose order was typed."""
        for rule in question.wrong:
            wrong = self.read(rule.answer)
            if isinstance(wrong, str):
                raise AuthorError(f"{question.id}, rule {rule.name}: {wrong}")
            if wrong.ranks == chain.ranks:
                return rule
        return None

    def _by_what_is_known(self, question: Question, chain: Chain, wrote: str, notices: tuple[str, ...]) -> Verdict:
        """Without numbers: what holds in every run."""
        total = len(self.known) + len(self.known_or_tied)
        kept = sum(chain.ranks[a] < chain.ranks[b] for a, b in self.known)
        kept += sum(chain.ranks[a] <= chain.ranks[b] for a, b in self.known_or_tied)
        if kept == total:
            return self._right(wrote, str(chain), notices)
        rule = self._rule(question, chain)
        said = f"{kept} of {total} pairs are in the order that every run shows."
        if rule is not None and question.level >= Level.HINT:
            said = rule.sentence
        return Verdict(
            word=Word.NOT_YET, credit=rule.credit if rule else Fraction(kept, 2 * total),
            evidence=Evidence.EXACT, misconception=rule.name if rule else None, wrote=wrote, read_as=str(chain),
            feedback=(said, f"If your own times were others, give them as {self.numbers} = {{{self._names_dotted()}}}."),
            notices=notices,
        )  # fmt: skip

    def _of_numbers(self, own: Reported, wrote: str, notices: tuple[str, ...]) -> Verdict:
        """Numbers in place of an order: their own order is the answer."""
        trouble = own.trouble or self._implausible(own)
        if trouble:
            return Verdict(
                word=Word.NOT_YET, wrote=wrote, notices=notices, misconception="numbers-missing", feedback=(trouble,)
            )
        ordered = sorted(own.values, key=lambda name: own.values[name])
        return self._right(wrote, " < ".join(ordered), (*notices, "Your numbers were read as their order."))

    def _implausible(self, own: Reported) -> str:
        """Why the numbers cannot be those of such a run, "" when they can."""
        low, high = self.plausible
        for name, value in own.values.items():
            for number, meaning in self.impossible:
                if abs(value - number) <= 1e-6 * abs(number):
                    return f"{value:g} for {name} is {meaning}."
            if not low <= value <= high:
                return f"{value:g} for {name} cannot be the {self.unit} of such a run, which lies between {low:g} and {high:g}."
        twice = [pair for pair in combinations(own.values, 2) if own.values[pair[0]] == own.values[pair[1]]]
        if twice and len({*own.values.values()}) == 1:
            return "All methods have the very same number. Was one output printed again and again?"
        return ""

    def _right(self, wrote: str, read_as: str, notices: tuple[str, ...]) -> Verdict:
        return Verdict(
            word=Word.OK, credit=Fraction(1), evidence=Evidence.EXACT, wrote=wrote, read_as=read_as, notices=notices
        )

    def _how_to_report(self) -> str:
        inner = f"{{{self._names_dotted()}}}"
        return f"Write your own numbers as {self.numbers} = " + (
            f"{{{self.setting}: {inner}}}." if self.setting else f"{inner}."
        )

    def _names_dotted(self) -> str:
        return ", ".join(f'"{method.name}": ...' for method in self.methods)

    def _sample(self) -> str:
        """An order for messages and the form, which is not the one that authors tend to write first."""
        names = [method.name for method in self.methods]
        return '"' + " < ".join([*names[1:], names[0]]) + '"'

    def example(self, question: Question) -> str:
        """How such an answer is typed."""
        del question
        return (
            f"all methods, smallest {self.unit} first, such as {self._sample()}, with ≈ for a tie; "
            f"it is compared with your own numbers in {self.numbers}"
        )


def _drop_empty(pieces: list[str], signs: list[str]) -> None:
    """Take out what stands between two separators of a list: `ridge, then all`, `1. ridge`."""
    for at in range(len(pieces) - 1, -1, -1):
        beside = [place for place in (at - 1, at) if 0 <= place < len(signs) and signs[place] == "next"]
        if not pieces[at].strip() and beside:
            del pieces[at], signs[beside[0]]


def _chain(names: list[str], signs: list[str]) -> Chain:
    """The chain of names joined by signs; one that runs downwards is turned round."""
    if any(sign in (">", "≥") for sign in signs):
        names, signs = names[::-1], signs[::-1]
    ranks, place = {names[0]: 0}, 0
    for sign, name in zip(signs, names[1:], strict=True):
        place += sign != "≈"
        ranks[name] = place
    return Chain(ranks=ranks)
