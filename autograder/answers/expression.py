"""Answers that are one formula: a number, a vector or a matrix, whichever the key is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.answers.asked_formula import AskedFormula
from autograder.answers.given import Given, handed_in, point_at, said, unreadable
from autograder.answers.judging import settle, slip_of
from autograder.answers.keys import Key, key_with_shape
from autograder.answers.last_side import last_side
from autograder.answers.texts import as_text, shown
from autograder.equality.decide import decide
from autograder.equality.decision import Decision, Evidence, Outcome, Witness
from autograder.equality.diagnosis import diagnose
from autograder.errors import Unreadable
from autograder.formula.errors import ShapeMismatch
from autograder.formula.shapes import Shape, elaborate
from autograder.formula.tree import (
    Piecewise,
)
from autograder.question import Question, Wrong
from autograder.submission.written import Answers, Written
from autograder.symbols import SymbolTable
from autograder.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that equals the key on the declared domain.

    Args:
        key: SymPy expression, text or tree; its shape is the shape that is asked.
        also: further right answers, each with the name of the convention that it follows.
        targets: left-hand sides that may stand before it (`"w_t"`).
        row_or_column: whether a vector may lie as well as stand.
        without: functions that an answer may not use, since it is to say what they are (`"relu"`).
        at_most: whether a largest value is asked, so that `rank <= formula` and `at most formula` give it too.
        ignored: patterns of what may stand around it and says nothing of it (a remainder); the student is told.
        in_place: names of the iterate, where one step is asked: `x -= step` is read as `x - (step)`.
    """

    key: Key
    also: tuple[tuple[str, Key], ...] = ()
    targets: tuple[str, ...] = ()
    row_or_column: bool = False
    without: tuple[str, ...] = ()
    at_most: bool = False
    ignored: tuple[str, ...] = ()
    in_place: tuple[str, ...] = ()
    kind: str = field(default="expression", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Read the formula and compare it with the key, the other conventions and the misconceptions."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        return self.judge_written(question, question.symbols, written, seed=seed)

    def judge_written(self, question: Question, table: SymbolTable, written: Written, *, seed: int) -> Verdict:
        """The same for an answer that was found already, over any table."""
        try:
            given = self.read(table, written)
        except Unreadable as error:
            return unreadable(error, shown(written), written.notices, tells=self.telling(table, seed))
        return self.judge_given(question, table, given, seed=seed)

    def judge_given(self, question: Question, table: SymbolTable, given: Given, *, seed: int) -> Verdict:
        """The same for an answer that was read already."""
        return settle(
            question,
            given,
            key=self.key,
            also=self.also,
            compare=self.comparison(table, given, seed),
            explain=lambda decision: self.explain(question, table, given, decision, seed),
            wrong=rules(question),
        )

    def shape(self, table: SymbolTable) -> Shape:
        """The shape that is asked: that of the key."""
        return key_with_shape(self.key, table)[1]

    def read(self, table: SymbolTable, written: Written) -> Given:
        """What the student wrote, as a tree of the right kind.

        Raises:
            Unreadable: it cannot be read, it is an inequality or a list where a formula is asked, or it uses a function
                that it is to define.
        """
        asked, text = self.asked(table), as_text(written.content)
        try:
            reading = asked.read(text, table)
        except Unreadable:
            steps = last_side(asked, text, table)
            if steps is None:
                raise
            reading = steps
        return Given(
            wrote=shown(written), tree=reading.tree, shown=reading.tree, notices=(*written.notices, *reading.notices)
        )

    def asked(self, table: SymbolTable) -> AskedFormula:
        """What is asked, without the key."""
        return AskedFormula(
            shape=self.shape(table),
            targets=self.targets,
            row_or_column=self.row_or_column,
            without=self.without,
            at_most=self.at_most,
            ignored=self.ignored,
            in_place=self.in_place,
        )

    def comparison(self, table: SymbolTable, given: Given, seed: int) -> Callable[[object], Decision]:
        """A function that decides the given formula against any key; shapes that cannot fit are a difference."""

        def compare(key: object) -> Decision:
            expected, shape = key_with_shape(key, table)
            try:
                tree, _ = elaborate(
                    given.tree, table, text=given.wrote, expected=shape, row_or_column=self.row_or_column
                )
            except ShapeMismatch as error:
                return mismatch(error)
            decision = decide(expected, tree, table, seed=seed)
            if (
                decision.different
                and isinstance(tree, Piecewise)
                and len(tree.branches) == 1
                and tree.otherwise is None
            ):
                # `formula for eta < a`: where it holds was not asked
                within = decide(expected, tree.branches[0][0], table, seed=seed)
                return within if within.equal else decision
            return decision

        return compare

    def explain(self, question: Question, table: SymbolTable, given: Given, decision: Decision, seed: int) -> str:
        """What is off, in general words."""
        expected, shape = key_with_shape(self.key, table)
        try:
            tree, _ = elaborate(given.tree, table, text=given.wrote, expected=shape, row_or_column=self.row_or_column)
        except ShapeMismatch as error:
            return f"{said(error, self.telling(table, seed))}\n{point_at(error)}"
        found = diagnose(expected, tree, table, decide=decide, seed=seed) if decision.different else None
        return slip_of(question, found)

    def telling(self, table: SymbolTable, seed: int) -> Callable[[str], bool]:
        """A function that says whether an answer may be right, so that no hint spells it out."""

        def tells(text: str) -> bool:
            try:
                given = self.read(table, Written(name="", content=text, where=""))
            except Unreadable:
                return False
            compare = self.comparison(table, given, seed)
            return not all(compare(key).different for key in (self.key, *(other for _, other in self.also)))

        return tells

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        if self.shape(question.symbols).is_scalar:
            return 'a formula, such as "2*a/(b^2 + 1)"'
        return 'a formula, such as "A^T*(B + 2*I)^-1*c"'


def mismatch(error: ShapeMismatch) -> Decision:
    """Shapes that do not fit, as a decision: the reason is the witness."""
    return mismatch_of(error.cause)


def mismatch_of(reason: str) -> Decision:
    """A difference in kind or shape, as a decision: the reason is the witness."""
    return Decision(outcome=Outcome.DIFFERENT, evidence=Evidence.TYPE, witness=Witness(reason=reason), reason=reason)


def rules(question: Question) -> list[tuple[Wrong, object]]:
    """The misconceptions of a question with their wrong answers."""
    return [(rule, rule.answer) for rule in question.wrong if rule.answer is not None]
