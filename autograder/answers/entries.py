"""Answers that are a vector or matrix with explicit entries: credit is exact, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from autograder.answers.asked_entries import in_order
from autograder.answers.expression import Expression
from autograder.answers.given import Given, handed_in, unreadable
from autograder.answers.keys import Key, key_with_shape
from autograder.answers.texts import shown
from autograder.equality.decide import decide
from autograder.equality.decision import Outcome
from autograder.errors import Unreadable
from autograder.formula.errors import ShapeMismatch
from autograder.formula.shapes import elaborate
from autograder.formula.tree import Matrix, Node, Sequence, Transpose
from autograder.question import Level, Question
from autograder.submission.written import Answers
from autograder.symbols import SymbolTable
from autograder.verdict import Verdict, Word

Rows = tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """A vector or matrix whose entries are typed out.

    A vector may lie or stand (C14), and may be given as a dict by variable.

    Args:
        key: the whole vector or matrix.
        by: names of a vector's entries, in order, for answers given by name (`("x", "y", "z")`).
        also: further right answers, each with the name of its convention.
        targets: left-hand sides that may stand before it.
    """

    key: Key
    by: tuple[str, ...] = ()
    also: tuple[tuple[str, Key], ...] = ()
    targets: tuple[str, ...] = ()
    kind: str = field(default="vector", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Compare the whole, and where that differs, entry by entry."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        listed = in_order(written, self.by)
        if isinstance(listed, str):
            return Verdict(word=Word.UNREADABLE, wrote=shown(written), feedback=(listed,), notices=written.notices)
        table = question.symbols
        try:
            given = self.expression.read(table, listed)
        except Unreadable as error:
            return unreadable(error, shown(written), written.notices)
        verdict = self.expression.judge_given(question, table, replace(given, wrote=shown(written)), seed=seed)
        if verdict.word is Word.OK:
            return replace(verdict, notices=(*verdict.notices, *_layout(given.tree)))
        if verdict.word is not Word.NOT_YET or verdict.misconception is not None:
            return verdict
        return self._by_entry(question, table, given, verdict, seed)

    @property
    def expression(self) -> Expression:
        """The same answer compared as a whole."""
        return Expression(self.key, also=self.also, targets=self.targets, row_or_column=True)

    def _by_entry(self, question: Question, table: SymbolTable, given: Given, verdict: Verdict, seed: int) -> Verdict:
        """Partial credit where both sides are typed out with the same number of rows and columns."""
        expected, shape = key_with_shape(self.key, table)
        try:
            tree, _ = elaborate(given.tree, table, text=given.wrote, expected=shape, row_or_column=True)
        except ShapeMismatch:
            return verdict
        wanted, found = _rows(expected), _rows(tree)
        if wanted is None or found is None or [len(row) for row in wanted] != [len(row) for row in found]:
            return verdict
        outcomes = [
            [decide(want, got, table, seed=seed).outcome for want, got in zip(*rows, strict=True)]
            for rows in zip(wanted, found, strict=True)
        ]
        flat = [outcome for row in outcomes for outcome in row]
        if Outcome.UNDECIDED in flat:
            return replace(verdict, word=Word.UNDECIDED, credit=Fraction(0))
        right = flat.count(Outcome.EQUAL)
        said = _said(outcomes) if question.level >= Level.CATEGORY else ()
        return replace(verdict, credit=Fraction(right, len(flat)), feedback=(*said, *verdict.feedback))

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        _, shape = key_with_shape(self.key, question.symbols)
        if shape.is_vector:
            return 'a list of entries, such as "[a, 2*b, c^2]"; row or column'
        return 'a list of rows, such as "[[a, b], [c, d]]"'


def _layout(tree: Node) -> tuple[str, ...]:
    """Which way a right vector lies, where its writing says so: a plain list does not."""
    turned = isinstance(tree, Transpose)
    inner = tree.arg if isinstance(tree, Transpose) else tree
    if not isinstance(inner, Matrix) or (len(inner.rows) == 1) == (len(inner.rows[0]) == 1):
        return ()
    if (len(inner.rows) == 1) is not turned:
        return ("Read as a row, as derivatives are written; a column, as gradients are, is right too.",)
    return ("Read as a column, as gradients are written; a row, as derivatives are, is right too.",)


def _rows(tree: Node) -> Rows | None:
    """The entries of a matrix that is typed out, by rows; None where it is a formula."""
    if isinstance(tree, Transpose):
        inner = _rows(tree.arg)
        return None if inner is None else tuple(zip(*inner, strict=True))
    if isinstance(tree, Matrix):
        return tree.rows
    if isinstance(tree, Sequence):
        return tuple((item,) for item in tree.items)
    return None


def _said(outcomes: list[list[Outcome]]) -> tuple[str, ...]:
    """Which entries are not right yet; with none right nothing is listed."""
    single = all(len(row) == 1 for row in outcomes)
    off = [
        str(i) if single else f"({i}, {j})"
        for i, row in enumerate(outcomes, 1)
        for j, outcome in enumerate(row, 1)
        if outcome is Outcome.DIFFERENT
    ]
    total = sum(map(len, outcomes))
    if len(off) == total:
        return ()
    return (f"{total - len(off)} of {total} entries are right; look again at {', '.join(off)}.",)
