"""What a class misunderstood: misconceptions by frequency, equal wrong answers without a rule, answers that wait for a person."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from autograder.batch.rulings import squeezed
from autograder.batch.sameness import Sameness, meant
from autograder.report.marked import Marked
from autograder.verdict import PartResult, Verdict, Word

_EXAMPLES = 3
_LONGEST = 400
_SECONDS = 60.0  # for comparing all answers of a class; what is left is told apart by its text
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A rule that fired: how often, what students were told, and answers that it caught (never whose)."""

    part: str
    rule: str
    count: int
    of: int
    sentence: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Equal wrong answers that no rule names.

    Args:
        spellings: how they were written, most frequent first.
        code: a `Wrong(...)` to paste into the question's file, or "" where the answer cannot be a key.
    """

    part: str
    count: int
    spellings: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """An answer that waits for a person, with what is known of it and how often it was given.

    Args:
        answer: the text; of code, where it stands.
        submission: one whose code it is, to look at; "" where the answer is a text.
    """

    part: str
    word: Word
    count: int
    answer: str
    read_as: str
    why: str
    submission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """Functions of several submissions whose code is the same."""

    function: str
    submissions: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Group:
    answer: str
    spellings: Counter[str] = field(default_factory=Counter)


def misconceptions(class_: Collection[Marked]) -> list[Misconception]:
    """Every rule that fired, the most frequent first."""
    of: Counter[str] = Counter()
    answers: dict[tuple[str, str], Counter[str]] = {}
    sentences: dict[tuple[str, str], str] = {}
    for name, part in _parts(class_):
        of[name] += 1
        rule = part.verdict.misconception
        if rule:
            answers.setdefault((name, rule), Counter())[_answer(part)] += 1
            sentences.setdefault((name, rule), next(iter(part.verdict.feedback), ""))
    found = [
        Misconception(
            part=name,
            rule=rule,
            count=given.total(),
            of=of[name],
            sentence=sentences[name, rule],
            examples=tuple(text for text, _ in given.most_common(_EXAMPLES) if text),
        )
        for (name, rule), given in answers.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.part, one.rule))


def clusters(class_: Collection[Marked], sameness: Sameness, seconds: float = _SECONDS) -> list[Cluster]:
    """Wrong answers that were read and that no rule names, equal ones together, from two students on."""
    deadline = time.monotonic() + seconds
    wrong: dict[str, Counter[str]] = {}
    for name, part in _parts(class_):
        verdict = part.verdict
        if verdict.word is Word.NOT_YET and not verdict.misconception and verdict.read_as and verdict.wrote.strip():
            wrong.setdefault(name, Counter())[squeezed(meant(verdict))] += 1
    found = []
    for name, answers in wrong.items():
        for group in _grouped(name, answers, sameness, deadline):
            count = group.spellings.total()
            if count >= _FEWEST:
                spellings = tuple(text for text, _ in group.spellings.most_common(_EXAMPLES))
                code = _code(name, group.spellings, sameness)
                found.append(Cluster(part=name, count=count, spellings=spellings, code=code))
    return sorted(found, key=lambda one: (-one.count, one.part, one.spellings))


def _grouped(name: str, answers: Counter[str], sameness: Sameness, deadline: float) -> list[_Group]:
    groups: list[_Group] = []
    for text, count in sorted(answers.items(), key=lambda item: (-item[1], item[0])):
        home = None
        if time.monotonic() < deadline:
            home = next((group for group in groups if sameness.same(name, group.answer, text)), None)
        if home is None:
            home = _Group(answer=text)
            groups.append(home)
        home.spellings[text] += count
    return groups


def _code(name: str, spellings: Counter[str], sameness: Sameness) -> str:
    """The line to paste; a spelling of at most one line that the question's own symbols can read."""
    letters = sameness.letters(name, spellings.most_common(1)[0][0])
    if letters:
        return f'Wrong("chose-{"-".join(letters)}", {_pattern(letters)}, "Say what to look at again."),'
    for text, _ in sorted(spellings.most_common(), key=lambda item: len(item[0])):
        if len(text) <= _LONGEST and sameness.can_be_key(name, text):
            rule = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:24].strip("-") or "name-it"
            return f'Wrong({json.dumps(rule)}, {_raw(text)}, "Say what to look at again."),'
    return ""


def _pattern(letters: tuple[str, ...]) -> str:
    """A choice's letters as a rule lists them."""
    return repr(letters[0] if len(letters) == 1 else letters)


def _raw(text: str) -> str:
    """A Python literal of the text that stays readable."""
    return f'r"{text}"' if '"' not in text and not text.endswith("\\") and text.isprintable() else repr(text)


def queue(class_: Collection[Marked], sameness: Sameness) -> list[Queued]:
    """Answers that are undecided or wait for a person: equal ones together, the most points at stake first."""
    first: dict[tuple[str, str], tuple[str, Verdict]] = {}
    count: Counter[tuple[str, str]] = Counter()
    for one in class_:
        for part in () if one.result is None else one.result.parts:
            answer = squeezed(sameness.answer(part.id, part.verdict, one.content)) if part.pending else ""
            if answer:
                first.setdefault((part.id, answer), (one.id, part.verdict))
                count[part.id, answer] += 1
    found = [
        Queued(
            part=name,
            word=verdict.word,
            count=count[name, answer],
            answer=(verdict.wrote or "code") if sameness.is_code(name) else answer,
            read_as=verdict.read_as,
            why="; ".join((*verdict.staff, *verdict.feedback)[:2]),
            submission=submission if sameness.is_code(name) else "",
        )
        for (name, answer), (submission, verdict) in first.items()
    ]
    return sorted(found, key=lambda one: (one.word is not Word.UNDECIDED, -one.count, one.part, one.answer))


def twins(class_: Collection[Marked]) -> list[Twins]:
    """Functions whose code is the same in several submissions that differ as a whole; information, not a verdict."""
    seen: dict[tuple[str, str], dict[str, str]] = {}
    for one in class_:
        for name, digest in one.sources:
            seen.setdefault((name, digest), {})[one.id] = one.content
    groups: dict[tuple[str, ...], list[str]] = {}
    for (name, _), who in seen.items():
        if len(who) > 1 and len(who) <= max(2, len(class_) // 2):  # what half the class has comes from the template
            groups.setdefault(tuple(sorted(who)), []).append(name)
    found = [Twins(function=", ".join(sorted(names)), submissions=who) for who, names in groups.items()]
    return sorted(found, key=lambda one: (-len(one.submissions), one.function, one.submissions))


def _parts(class_: Collection[Marked]) -> Iterator[tuple[str, PartResult]]:
    for one in class_:
        for part in () if one.result is None else one.result.parts:
            yield part.part.partition("/")[2], part


def _answer(part: PartResult) -> str:
    return squeezed(meant(part.verdict))[:_LONGEST]
