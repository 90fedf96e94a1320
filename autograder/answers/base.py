"""What every kind of answer can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from autograder.formula.tree import Node
from autograder.plots import Plot
from autograder.verdict import Verdict

if TYPE_CHECKING:
    from autograder.question import Question
    from autograder.submission.written import Answers


@runtime_checkable
class Oracle(Protocol):
    """A check that needs no key: what the statement itself says, made computable."""

    def agrees(self, question: Question, *, seed: int) -> str:
        """Compare the question's key with the statement's own meaning.

        Returns:
            "" when they agree, else what disagrees, with numbers.
        """
        ...


@runtime_checkable
class Drawing(Protocol):
    """How an answer is shown as a picture: from the statement and the answer's own formula, at fixed numbers."""

    def draw(self, reading: Node) -> tuple[Plot, ...]:
        """The plots for a formula, () where there is nothing to draw."""
        ...


@runtime_checkable
class Demonstration(Protocol):
    """What a wrong answer is shown, from the statement and at fixed points."""

    def show(self, question: Question, given: tuple[Node, ...]) -> str:
        """One sentence on the trees of an answer (one, or one per formula), "" where there is nothing to show."""
        ...


@runtime_checkable
class Answer(Protocol):
    """A kind of answer: how a text is read, judged and asked for.

    `judge` runs in a process of its own with a deadline, so that it may take as long as it likes without harm.
    """

    @property
    def kind(self) -> str:
        """The kind's name, as in the contract: "expression", "interval", "choice" and so on."""
        ...

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Judge what was handed in for `question` (at `answers[question.answer_name]`, when it is there)."""
        ...

    def example(self, question: Question) -> str:
        """A line for the blank form that shows how such an answer is typed, without the key."""
        ...
