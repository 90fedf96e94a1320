"""Answers that are a set of values of one variable: inequalities, chains, intervals, bare upper bounds."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.answers.asked_range import AskedRange
from autograder.answers.expression import rules
from autograder.answers.given import Given, handed_in, unreadable
from autograder.answers.judging import settle, slip_of
from autograder.answers.keys import Key, key_tree
from autograder.answers.texts import shown
from autograder.equality.decision import Decision
from autograder.equality.diagnosis_of_sets import diagnose_sets
from autograder.equality.sets import decide_sets
from autograder.errors import Unreadable
from autograder.formula.tree import Interval as Between
from autograder.formula.tree import (
    Node,
    Sequence,
    SetOf,
    Union,
)  # fmt: skip
from autograder.question import Question
from autograder.submission.written import Answers, Written
from autograder.symbols import SymbolTable
from autograder.verdict import Verdict

_NO_NUMBERS = (Between, Union, SetOf, Sequence)


@dataclass(frozen=True, slots=True)
class Interval:
    """The set of values of one variable.

    Args:
        variable: the canonical name of the variable (`"eta"`).
        key: SymPy set or condition, or a text (`"0 < eta < 1/sigma^2"`).
        also: further right answers, each with the name of its convention.
        within: a condition that the statement grants; outside it nothing is compared.
    """

    variable: str
    key: Key
    also: tuple[tuple[str, Key], ...] = ()
    within: Key | None = None
    kind: str = field(default="interval", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Read the set and compare it with the key, the other conventions and the misconceptions."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        table = question.symbols
        try:
            given = self.read(table, written)
        except Unreadable as error:
            return unreadable(error, shown(written), written.notices)
        within = None if self.within is None else key_tree(self.within, table)

        def compare(key: object) -> Decision:
            expected = self.as_condition(key_tree(key, table))
            return decide_sets(expected, given.tree, self.variable, table, seed=seed, within=within)

        def explain(decision: Decision) -> str:
            if not decision.different:
                return ""
            expected = self.as_condition(key_tree(self.key, table))
            found = diagnose_sets(expected, given.tree, self.variable, table, seed=seed, within=within)
            return slip_of(question, found)

        return settle(
            question, given, key=self.key, also=self.also, compare=compare, explain=explain, wrong=rules(question)
        )

    def read(self, table: SymbolTable, written: Written) -> Given:
        """What the student wrote, as a condition on the variable.

        Raises:
            Unreadable: it cannot be read, or it says nothing of the variable.
        """
        return AskedRange(variable=self.variable).read(table, written)

    def as_condition(self, tree: Node) -> Node:
        """A set as `variable in set`, a bare formula as an upper bound."""
        return AskedRange(variable=self.variable).as_condition(tree)

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        return (
            f'a range, such as "a < {self.variable} <= b", "{self.variable} in (a, b]" or "|1 - {self.variable}| < b"'
        )
