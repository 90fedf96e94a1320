"""Answers that are a set of values of one variable: inequalities, chains, intervals, bare upper bounds."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.answers.expression import rules
from autograder.answers.judging import Given, handed_in, settle, unreadable
from autograder.answers.keys import Key, key_tree
from autograder.answers.texts import as_text, shown
from autograder.equality.decision import Decision
from autograder.equality.diagnosis_of_sets import diagnose_sets
from autograder.equality.sets import decide_sets
from autograder.errors import Unreadable
from autograder.formula.brackets import as_set
from autograder.formula.echo import to_unicode
from autograder.formula.errors import WrongKind
from autograder.formula.read import Reading, read
from autograder.formula.roles import CONDITION
from autograder.formula.tree import (
    Add,
    And,
    Call,
    Div,
    Member,
    Mul,
    Name,
    Neg,
    Node,
    Pow,
    Relation,
    Sequence,
    SetOf,
    Union,
    children,
    walk,
)  # fmt: skip
from autograder.formula.tree import Interval as Between
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
            return found.sentence if found is not None else ""

        return settle(
            question, given, key=self.key, also=self.also, compare=compare, explain=explain, wrong=rules(question)
        )

    def read(self, table: SymbolTable, written: Written) -> Given:
        """What the student wrote, as a condition on the variable.

        Raises:
            Unreadable: it cannot be read, or it says nothing of the variable.
        """
        text = as_text(written.content)
        # the variable is no left-hand side here: `eta = a` is one value, and `eta<-a` is below -a
        reading = read(_without_doubled_brackets(written, text), table)
        tree = self.as_condition(reading.tree)
        notices = (*written.notices, *reading.notices)
        if isinstance(tree, Relation) and tree is not reading.tree:
            notices = (*notices, f"A formula alone was read as an upper bound: {to_unicode(tree)}.")
        if not any(isinstance(node, Name) and node.name == self.variable for node in walk(tree)):
            start, end = reading.tree.span or (0, len(text))
            raise WrongKind(
                f"this says nothing of {to_unicode(Name(self.variable))}", text=reading.text, start=start, end=end,
                repair=f"Write a range such as 0 < {self.variable} < a.",
            )  # fmt: skip
        self._refuse_sets_in_formulas(tree, reading)
        return Given(wrote=shown(written), tree=tree, shown=tree, notices=notices)

    def _refuse_sets_in_formulas(self, tree: Node, reading: Reading) -> None:
        for node in walk(tree):
            inside = isinstance(node, Add | Mul | Div | Neg | Pow | Call)
            found = [child for child in children(node) if inside and isinstance(child, _NO_NUMBERS)]
            if found:
                start, end = found[0].span or (0, len(reading.text))
                raise WrongKind(
                    "a range stands where a number is needed", text=reading.text, start=start, end=end,
                    repair=f"Write a range such as 0 < {self.variable} < a.",
                )  # fmt: skip

    def as_condition(self, tree: Node) -> Node:
        """A set as `variable in set`, a bare formula as an upper bound (the lower end is given by the statement)."""
        if isinstance(tree, CONDITION) and not _is_intersection(tree):
            return tree
        if isinstance(tree, Sequence) and tree.items and all(isinstance(item, CONDITION) for item in tree.items):
            return And(tree.items, span=tree.span)  # a list of conditions: all of them
        variable = Name(self.variable)
        if _is_intersection(tree):
            return Member(variable, tree, span=tree.span)
        if isinstance(tree, Sequence) and tree.opening in ("(", "[", "") and len(tree.items) == 2:
            container = as_set(tree) if tree.opening else Between(*tree.items, low_closed=False, high_closed=False)
            return Member(variable, container, span=tree.span)
        if isinstance(tree, Between | Union | SetOf | Sequence):
            return Member(variable, tree, span=tree.span)
        if any(isinstance(node, Name) and node.name == self.variable for node in walk(tree)):
            return tree
        return Relation((variable, tree), ("<",), span=tree.span)

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        return (
            f'a range, such as "a < {self.variable} <= b", "{self.variable} in (a, b]" or "|1 - {self.variable}| < b"'
        )


def _is_intersection(tree: Node) -> bool:
    """Whether this is `A ∩ B`."""
    return isinstance(tree, And) and all(isinstance(item, Between | Union | SetOf | Sequence) for item in tree.args)


def _without_doubled_brackets(written: Written, text: str) -> str:
    """A Python tuple or list of two ends is an interval; it was closed or open as its brackets say."""
    if isinstance(written.content, tuple) and len(written.content) == 2:
        return f"({text[1:-1]})"
    return text
