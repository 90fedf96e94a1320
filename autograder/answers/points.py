"""Answers that are a set of points, some of them whole lines with a free parameter."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from autograder.answers.families import Coordinates, Space
from autograder.answers.families import shown as shown_point
from autograder.answers.given import handed_in, point_at
from autograder.answers.keys import Key, key_tree
from autograder.answers.point_texts import entries_of
from autograder.answers.texts import shown
from autograder.equality.decision import Evidence, Outcome
from autograder.errors import Unreadable
from autograder.formula.tree import Sequence
from autograder.question import Level, Question, Wrong
from autograder.submission.written import Answers
from autograder.verdict import Verdict, Word

_UNDECIDED = "One of the points could not be decided. A person will look at it; until then it costs nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Every point of a set, each once, in any order.

    A coordinate that stands for itself (`(0, y, 0)`) or any undeclared single letter is free: then the entry is a line.
    A misconception of the question gives a whole set of points, in the form of the key.

    Args:
        coordinates: names of the coordinates, in order.
        key: one entry per point or line: texts, trees or SymPy columns of as many coordinates.
        tolerance: relative error below which a decimal counts as the exact number.
    """

    coordinates: tuple[str, ...]
    key: tuple[Key, ...]
    tolerance: Fraction = Fraction(1, 100)
    kind: str = field(default="set", init=False)
    seconds: float = field(default=10.0, init=False)  # each point is decided against each of the key

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Match every given point with one of the key; credit is the share found."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        space = Space.of(self.coordinates, question.symbols, self.tolerance, seed)
        given: list[Coordinates] = []
        for text in entries_of(written.content, self.coordinates):
            try:
                given.extend(space.read(text))
            except Unreadable as error:
                return Verdict(
                    word=Word.UNREADABLE, wrote=shown(written), feedback=(f"{text}: {error}", point_at(error)),
                    notices=written.notices, staff=(type(error).__name__,),
                )  # fmt: skip
        standing = _Standing.of(space, self._tree(space, self.key), given)
        rule = None if standing.complete or standing.open else self._rule(question, space, given)
        return Verdict(
            word=standing.word,
            credit=standing.credit if rule is None else rule.credit,
            evidence=Evidence.BALL,
            misconception=rule.name if rule else None,
            wrote=shown(written),
            read_as="; ".join(shown_point(point) for point in given),
            reading=Sequence(tuple(Sequence(point, "(", ")") for point in given), "", "") if given else None,
            feedback=standing.feedback(question.level) if rule is None else _hint(question, rule),
            notices=written.notices,
        )

    def _tree(self, space: Space, keys: tuple[Key, ...]) -> list[Coordinates]:
        return [space.point(key_tree(key, space.table)) for key in keys]

    def _rule(self, question: Question, space: Space, given: list[Coordinates]) -> Wrong | None:
        """The first misconception whose set is the given one."""
        for rule in question.wrong:
            if _Standing.of(space, self._tree(space, rule.answer), given).exact:
                return rule
        return None

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        free = ", ".join(name if at == 0 else "1" for at, name in enumerate(self.coordinates))
        numbers = ", ".join(str(at) for at in range(len(self.coordinates)))
        return f'a list with one entry per point or family, such as ["({numbers})", "({free})"]; a free coordinate keeps its name'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What came of matching given points with wanted ones.

    Args:
        wanted: how many there are to find.
        found: how many of them were given.
        parts: given points that lie on a wanted line without being it.
        strangers: given points that do not belong at all.
        open: whether one could not be decided.
    """

    wanted: int
    found: int
    parts: tuple[Coordinates, ...]
    strangers: tuple[Coordinates, ...]
    open: bool

    @classmethod
    def of(cls, space: Space, wanted: list[Coordinates], given: list[Coordinates]) -> _Standing:
        matches = [[space.same(want, got) for want in wanted] for got in given]
        unmatched = [got for got, row in zip(given, matches, strict=True) if Outcome.EQUAL not in row]
        parts = tuple(got for got in unmatched if any(space.lies_on(got, line) for line in wanted))
        return cls(
            wanted=len(wanted),
            found=len({at for row in matches for at, outcome in enumerate(row) if outcome is Outcome.EQUAL}),
            parts=parts,
            strangers=tuple(got for got in unmatched if got not in parts),
            open=any(Outcome.UNDECIDED in row and Outcome.EQUAL not in row for row in matches),
        )

    @property
    def complete(self) -> bool:
        """Whether the given points are the wanted set; points that lie on a given line change nothing."""
        return self.found == self.wanted and not self.strangers

    @property
    def exact(self) -> bool:
        """Whether they are the wanted set, one for one."""
        return self.complete and not self.parts and not self.open

    @property
    def word(self) -> Word:
        """The verdict's word."""
        return Word.OK if self.complete else Word.UNDECIDED if self.open else Word.NOT_YET

    @property
    def credit(self) -> Fraction:
        """The share found; strangers count against it once there are more of them than points still missing."""
        if self.complete or self.open:
            return Fraction(int(self.complete))
        excess = max(0, len(self.strangers) - (self.wanted - self.found))
        return Fraction(max(0, self.found - excess), self.wanted)

    def feedback(self, level: Level) -> tuple[str, ...]:
        """How much is there, and what to look at; the wanted points are not shown."""
        if self.complete:
            return ()
        if self.open:
            return (_UNDECIDED,)
        said = [f"{self.found} of the {self.wanted} points or families of points are there."]
        if self.strangers and level >= Level.CATEGORY:
            said.append(f"{shown_point(self.strangers[0])} does not belong to the set: put it into the condition.")
        if self.parts and level >= Level.CATEGORY:
            said.append(f"{shown_point(self.parts[0])} belongs to it, but is it alone? Which coordinate could move?")
        return tuple(said)


def _hint(question: Question, rule: Wrong) -> tuple[str, ...]:
    return (rule.sentence,) if question.level >= Level.HINT else ()
