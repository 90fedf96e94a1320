"""Answers that say how many steps are enough: `t >= E`, `t > E`, `ceil(E)`, `floor(E) + 1` or `E` alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from autograder.answers.asked_bound import AskedBound
from autograder.answers.expression import rules
from autograder.answers.given import Given, handed_in, unreadable
from autograder.answers.judging import settle, slip_of
from autograder.answers.keys import Key, key_tree
from autograder.answers.texts import shown
from autograder.equality.bounds import Direction, Rounding, StatedBound, bound_of
from autograder.equality.decide import decide
from autograder.equality.decision import Decision, Evidence, Outcome, Witness
from autograder.equality.diagnosis import diagnose
from autograder.errors import Unreadable
from autograder.formula.echo import to_unicode
from autograder.formula.shapes import elaborate
from autograder.formula.tree import Name, Node
from autograder.question import Question
from autograder.submission.written import Answers, Written
from autograder.symbols import SymbolTable
from autograder.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Bound:
    """The smallest value of a counting variable that is enough.

    Strict or not, rounded up or not: those forms differ only where the formula is a whole number (C5), so all of them
    are right; an inequality the wrong way round is not.

    Args:
        variable: canonical name of the counting variable (`"t"`).
        key: the real bound before any rounding.
        also: further right bounds, each with the name of its convention.
        rounding: "free": rounded up, strict and bare forms all count.
    """

    variable: str
    key: Key
    also: tuple[tuple[str, Key], ...] = ()
    rounding: Literal["free"] = "free"
    kind: str = field(default="expression", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Take the bound out of the answer and compare it, then its direction."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        try:
            given, bound = self.read(question.symbols, written)
        except Unreadable as error:
            return unreadable(error, shown(written), written.notices)
        table = question.symbols

        def compare(key: object) -> Decision:
            tree = key_tree(key, table)
            wanted = bound_of(tree, self.variable)
            asks_for_more = wanted is None or wanted.direction is not Direction.UPPER
            if asks_for_more != _asks_for_more(bound):
                said = f"{to_unicode(Name(self.variable))} is bounded from the wrong side"
                return Decision(outcome=Outcome.DIFFERENT, evidence=Evidence.TYPE, witness=Witness(reason=said))
            if asks_for_more and _falls_short(bound):
                said = "rounding down can leave one step missing"
                return Decision(outcome=Outcome.DIFFERENT, evidence=Evidence.TYPE, witness=Witness(reason=said))
            expected = wanted.expression if wanted is not None else tree
            return decide(_fitting(expected, table), bound.expression, table, seed=seed)

        def explain(decision: Decision) -> str:
            if not _asks_for_more(bound):
                return "Which numbers of steps are enough: at least so many, or at most so many?"
            if _falls_short(bound):
                return "Rounding down can leave the last step missing."
            expected = _fitting(key_tree(self.key, table), table)
            found = diagnose(expected, bound.expression, table, decide=decide, seed=seed)
            return slip_of(question, found) if decision.different else ""

        return settle(
            question, given, key=self.key, also=self.also, compare=compare, explain=explain, wrong=rules(question)
        )

    def read(self, table: SymbolTable, written: Written) -> tuple[Given, StatedBound]:
        """What the student wrote, and the bound in it.

        Raises:
            Unreadable: it cannot be read, it bounds nothing, or its shapes do not fit.
        """
        return AskedBound(variable=self.variable).read(table, written)

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        return f'a bound, such as "{self.variable} >= a/ln(b)" or "a/ln(b)"'


def _asks_for_more(bound: StatedBound) -> bool:
    """Whether the answer asks for at least so many steps; a bare formula does."""
    return bound.direction is not Direction.UPPER


def _falls_short(bound: StatedBound) -> bool:
    """Whether rounding down leaves a step missing; `t > floor(E)` does not."""
    return bound.rounding is Rounding.DOWN and not bound.strict


def _fitting(tree: Node, table: SymbolTable) -> Node:
    return elaborate(tree, table)[0]
