"""Answers that are an objective function: what counts is where and how it is smallest, not its scale or level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from autograder.answers.asked_objective import bare
from autograder.answers.expression import Expression, mismatch_of, rules
from autograder.answers.given import handed_in, unreadable
from autograder.answers.judging import settle
from autograder.answers.keys import Key, key_with_shape
from autograder.answers.texts import pointing_into, shown
from autograder.equality.decide import decide
from autograder.equality.decision import NO_VALUE, Decision, Outcome
from autograder.errors import Unreadable
from autograder.formula.rewrite import substitute
from autograder.formula.shapes import elaborate
from autograder.formula.tree import ONE, ZERO, Add, Call, Constants, Mul, Name, Neg, Node, Number
from autograder.question import Question
from autograder.submission.written import Answers
from autograder.symbols import Symbol, SymbolTable
from autograder.verdict import Verdict

_OTHER, _BASE = "other_point", "base_point"
_CONSTANTS = ("const", "constant", "cst", "Const", "C", "c", "K", "k", "D")


@dataclass(frozen=True, slots=True)
class Objective:
    """A function to minimise, up to what does not matter.

    Args:
        key: the objective.
        of: canonical name of what is varied (`"w"`).
        scale: "positive": any positive factor free of `of` is right; "named": only the factors listed in `named`.
        shift: "constant": any added term free of `of` is right; "none": no.
        named: conventions by name with their factor, told in the verdict (`("equation (9)", "1/m")`).
    """

    key: Key
    of: str
    scale: Literal["positive", "named"] = "positive"
    shift: Literal["constant", "none"] = "constant"
    named: tuple[tuple[str, Key], ...] = ()
    kind: str = field(default="expression", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Read the objective and compare it up to the scale and shift that do not matter."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        table = self.with_constant(question.symbols)
        expression = self.expression
        try:
            with pointing_into(shown(written)):
                typed = bare(written, any_factor=self.scale == "positive")
                given = replace(expression.read(table, typed), wrote=shown(written))
            tree, _ = elaborate(given.tree, table, text=given.wrote, expected=expression.shape(table))
        except Unreadable as error:
            return unreadable(error, shown(written), written.notices)
        verdict = settle(
            question,
            given,
            key=self.key,
            also=(),
            compare=self._comparison(table, tree, seed),
            explain=lambda decision: expression.explain(question, table, given, decision, seed),
            wrong=rules(question),
        )
        convention = self._convention(table, tree, seed) if verdict.credit == 1 else ""
        return replace(verdict, convention=convention) if convention else verdict

    @property
    def expression(self) -> Expression:
        """The same answer as a plain formula with the left-hand sides of an objective."""
        return Expression(self.key, targets=("L", f"L({self.of})", "J", f"J({self.of})"))

    def with_constant(self, table: SymbolTable) -> SymbolTable:
        """The symbols, and where any constant may be added a number of which nothing is known (`+ const`, `+ C`)."""
        if self.shift != "constant":
            return table
        taken = {spelling for symbol in table.symbols for spelling in (symbol.name, *symbol.aliases)} | set(table.sizes)
        spellings = tuple(name for name in _CONSTANTS if name not in taken)
        return replace(table, symbols=(*table.symbols, Symbol(name=spellings[0], aliases=spellings[1:])))

    def _comparison(self, table: SymbolTable, tree: Node, seed: int) -> Callable[[object], Decision]:
        def compare(key: object) -> Decision:
            expected, _ = key_with_shape(key, table)
            if self.scale == "named":
                factors = [factor for _, factor in self.named] or [ONE]
                decisions = [
                    self._same(Mul((key_with_shape(factor, table)[0], expected)), tree, table, seed)
                    for factor in factors
                ]
                found = next((decision for decision in decisions if decision.equal), None)
                open_ones = [decision for decision in decisions if not decision.different]
                return found or (open_ones or decisions)[0]
            return self._up_to_scale(expected, tree, table, seed)

        return compare

    def _same(self, expected: Node, given: Node, table: SymbolTable, seed: int) -> Decision:
        if self.shift == "constant":
            origin = self._origin(table)
            expected, given = self._rise(expected, origin), self._rise(given, origin)
        return decide(expected, given, table, seed=seed)

    def _up_to_scale(self, expected: Node, given: Node, table: SymbolTable, seed: int) -> Decision:
        """Whether given = a key + b with a > 0 and b free of what is varied.

        With the rise over the value at 0, that is rise(given, w) rise(key, v) = rise(key, w) rise(given, v) for every
        two points w and v, and one positive quotient. A formula without a value at 0 is told by its rise over another
        point.
        """
        wide = replace(
            table, symbols=(*table.symbols, self._point_called(_OTHER, table), self._point_called(_BASE, table))
        )
        if self.shift != "constant":
            return self._proportional(expected, given, wide, seed)
        decision = Decision(outcome=Outcome.UNDECIDED, seed=seed)
        for base in (self._origin(table), Name(_BASE)):
            decision = self._proportional(self._rise(expected, base), self._rise(given, base), wide, seed)
            if decision.outcome is not Outcome.UNDECIDED:
                return decision
        # Of `1/(1 - 1)` both products have no value, so that they tell nothing; beside the key alone it shows.
        alone = decide(expected, given, table, seed=seed)
        return self._point(alone) if alone.witness is not None and alone.witness.given == NO_VALUE else decision

    def _proportional(self, expected: Node, given: Node, table: SymbolTable, seed: int) -> Decision:
        """Whether given is a positive multiple of expected, by a factor free of what is varied."""
        crossed = [
            Mul((expected, substitute(given, self.of, Name(_OTHER)))),
            Mul((substitute(expected, self.of, Name(_OTHER)), given)),
        ]
        decision = decide(crossed[0], crossed[1], table, seed=seed)
        if not decision.equal:
            return self._point(decision)
        if decide(given, ZERO, table, seed=seed).equal:  # a constant: every multiple of nothing
            return mismatch_of(f"it does not depend on {self.of}")
        product = Mul((expected, given))
        positive = decide(Call("abs", (product,)), product, table, seed=seed)
        return self._point(positive) if positive.different else positive

    def _point(self, decision: Decision) -> Decision:
        """The witness of the crossed products means nothing to a student; only its reason is kept."""
        witness = decision.witness
        if witness is None:
            return decision
        reason = witness.reason or "it is not a positive multiple of the objective plus a constant"
        return replace(decision, witness=replace(witness, point=(), expected="", given="", reason=reason))

    def _rise(self, tree: Node, base: Node) -> Node:
        """The tree minus its value at another point."""
        return Add((tree, Neg(substitute(tree, self.of, base))))

    def _origin(self, table: SymbolTable) -> Node:
        symbol = table[self.of]
        if symbol.is_scalar:
            return ZERO
        sizes = [Name(size) if isinstance(size, str) else Number(ONE.value * size) for size in symbol.shape]
        return Constants(0, sizes[0], sizes[1])

    def _point_called(self, name: str, table: SymbolTable) -> Symbol:
        return replace(table[self.of], name=name, aliases=())

    def _convention(self, table: SymbolTable, tree: Node, seed: int) -> str:
        for name, factor in self.named:
            expected = Mul((key_with_shape(factor, table)[0], key_with_shape(self.key, table)[0]))
            if self._same(expected, tree, table, seed).equal:
                return name
        return ""

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        return f'a function of {self.of}, such as "||A*{self.of} - b||^2 + c*||{self.of}||^2"'
