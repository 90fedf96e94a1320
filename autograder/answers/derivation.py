"""Answers that are a derivation: a list of expressions, each equal to the one before, from one end to the other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from autograder.answers.asked_formula import require_formula
from autograder.answers.asked_lines import is_label, lines_of
from autograder.answers.given import handed_in, point_at
from autograder.answers.keys import Key, key_with_shape
from autograder.answers.texts import shown
from autograder.equality.decide import decide
from autograder.equality.decision import Decision, Evidence
from autograder.equality.diagnosis import diagnose
from autograder.equality.inverses import only_multiplied_out
from autograder.equality.plain import plain
from autograder.equality.structural import same_tree
from autograder.errors import Unreadable
from autograder.formula.echo import to_unicode
from autograder.formula.errors import ShapeMismatch, UnknownName
from autograder.formula.read import read
from autograder.formula.shapes import Shape, elaborate
from autograder.formula.tree import Node, Sequence
from autograder.question import Half, Question
from autograder.submission.written import Answers, Written
from autograder.symbols import SymbolTable
from autograder.verdict import Verdict, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One expression of the list, as typed and as read."""

    text: str
    tree: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """A chain of equal expressions between two stated ends, in either direction.

    Args:
        start: one end.
        end: the other end.
        fewest: how many different expressions must stand between the ends.
    """

    start: Key
    end: Key
    fewest: int = 1
    kind: str = field(default="derivation", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Check the ends, then every step; the first wrong one is named with its reason."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        table = question.symbols
        lines = lines_of(written.content)
        start, shape = key_with_shape(self.start, table)
        steps: list[_Step] = []
        for at, line in enumerate(lines, 1):
            try:
                steps.append(_Step(text=line, tree=self._read(line, table, shape)))
            except UnknownName as error:
                if not is_label(line, shown(written), table):
                    return self._unreadable(error, at, steps, written)
            except Unreadable as error:
                return self._unreadable(error, at, steps, written)
        verdict = self._judge_steps(table, _without_repeats(table, steps), start, seed)
        said = "; ".join(to_unicode(step.tree) for step in steps)
        return replace(verdict, wrote=shown(written), read_as=said, reading=_chain(steps), notices=written.notices)

    def _read(self, line: str, table: SymbolTable, shape: Shape) -> Node:
        reading = read(line, table)
        require_formula(reading, is_vector=False)
        return elaborate(reading.tree, table, text=line, expected=shape)[0]

    def _unreadable(self, error: Unreadable, at: int, steps: list[_Step], written: Written) -> Verdict:
        shape = isinstance(error, ShapeMismatch)
        return Verdict(
            word=Word.NOT_YET if shape else Word.UNREADABLE,
            evidence=Evidence.TYPE if shape else Evidence.NONE,
            misconception=None,
            wrote=shown(written),
            read_as="; ".join(to_unicode(step.tree) for step in steps),
            reading=_chain(steps),
            feedback=(f"Line {at}: {error}", point_at(error)),
            notices=written.notices,
        )

    def _judge_steps(self, table: SymbolTable, steps: list[_Step], start: Node, seed: int) -> Verdict:
        end, _ = key_with_shape(self.end, table)
        decisions = [decide(a.tree, b.tree, table, seed=seed) for a, b in pairwise(steps)]
        for at, decision in enumerate(decisions):
            if decision.different:
                return self._wrong_step(table, steps, at, decision, seed)
        if any(not decision.equal for decision in decisions):
            return _undecided(steps, decisions)
        places = [
            next((at for at, step in enumerate(steps) if _same_form(table, form, step.tree)), None)
            for form in (start, end)
        ]
        if places[0] is None or places[1] is None:
            return self._ends_missing(table, steps, start, places, seed)
        between = abs(places[0] - places[1]) - 1
        if between == 0:
            return _assumed("One step goes straight from one end to the other: that is what is to be shown.")
        if all(_is_rewritten(table, step.tree, (start, end), seed) for step in steps):
            return _assumed(
                "Every line is one of the two ends, written in another way, and one step goes from one to the other: that step "
                "is what is to be shown."
            )
        if between < self.fewest:
            there = "there is 1" if between == 1 else f"there are {between}"
            said = f"Every step is right, but {there} between the ends; at least {self.fewest} are asked."
            return Verdict(
                word=Word.NOT_YET,
                credit=Half,
                evidence=Evidence.STRUCTURAL,
                misconception="too-few-steps",
                feedback=(said,),
            )
        weakest = max((decision.evidence for decision in decisions), key=list(Evidence).index)
        return Verdict(word=Word.OK, credit=Fraction(1), evidence=weakest)

    def _wrong_step(self, table: SymbolTable, steps: list[_Step], at: int, decision: Decision, seed: int) -> Verdict:
        found = diagnose(steps[at].tree, steps[at + 1].tree, table, decide=decide, seed=seed)
        why = f" {found.closer or found.sentence}" if found is not None else ""  # both lines are the student's own
        return Verdict(
            word=Word.NOT_YET,
            credit=Half * Fraction(at, len(steps)),
            evidence=decision.evidence,
            misconception="wrong-step",
            feedback=(
                f"The step from `{steps[at].text}` to `{steps[at + 1].text}` does not hold: the two are not equal.{why}",
            ),
            witness=decision.witness.reason if decision.witness is not None and not decision.witness.point else "",
            staff=(f"first wrong step: {at + 1} of {len(steps) - 1}",),
        )

    def _ends_missing(
        self, table: SymbolTable, steps: list[_Step], start: Node, places: list[int | None], seed: int
    ) -> Verdict:
        """One of the ends is not there in its stated form, or the whole list speaks of something else."""
        against = decide(start, steps[0].tree, table, seed=seed) if steps else None
        names = [name for name, place in zip(("first", "second"), places, strict=True) if place is None]
        if against is not None and not against.equal and not against.different:
            return _undecided(steps, [against])
        said = (
            "The list does not start from either of the two expressions."
            if against is None or against.different
            else f"The {' and the '.join(names)} of the two stated expressions does not stand in the list."
        )
        return Verdict(
            word=Word.NOT_YET, evidence=Evidence.STRUCTURAL, misconception="ends-missing",
            feedback=(f"{said} Begin with one and finish with the other, as the question writes them.",),
        )  # fmt: skip

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        return 'a list of expressions from one end to the other, such as ["(A*B)^T", "B^T*A^T", …]'


def _assumed(said: str) -> Verdict:
    return Verdict(word=Word.NOT_YET, evidence=Evidence.STRUCTURAL, misconception="assumes-result", feedback=(said,))


def _is_rewritten(table: SymbolTable, tree: Node, ends: tuple[Node, Node], seed: int) -> bool:
    """Whether an expression is one of two ends up to multiplying out, which the other one is not."""
    start, end = ends
    if only_multiplied_out(start, end, table, seed=seed):
        return False  # then multiplying out is all that is asked
    return any(only_multiplied_out(one, tree, table, seed=seed) for one in ends)


def _same_form(table: SymbolTable, form: Node, tree: Node) -> bool:
    """Whether two expressions look the same, up to the order of sums, factors and terms that change nothing, and transposes."""
    return same_tree(plain(form, table), plain(tree, table), table)


def _chain(steps: list[_Step]) -> Node | None:
    """The expressions as one tree, for showing them."""
    return Sequence(tuple(step.tree for step in steps), "", "") if steps else None


def _without_repeats(table: SymbolTable, steps: list[_Step]) -> list[_Step]:
    """The steps without lines that only repeat the one before, as `1*x` and `I*x` do."""
    out: list[_Step] = []
    for step in steps:
        if not out or not _same_form(table, out[-1].tree, step.tree):
            out.append(step)
    return out


def _undecided(steps: list[_Step], decisions: list[Decision]) -> Verdict:
    at = next(i for i, decision in enumerate(decisions) if not decision.equal)
    return Verdict(
        word=Word.UNDECIDED,
        feedback=(
            f"Step {at + 1} of {len(steps) - 1} could not be decided. A person will look; until then it costs nothing.",
        ),
        staff=(decisions[at].reason,),
    )
