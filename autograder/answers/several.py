"""Answers of several formulas in a fixed order, such as two derivatives or two matrices."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from autograder.answers.expression import Expression
from autograder.answers.given import handed_in
from autograder.answers.judging import NO_SLIP_KNOWN
from autograder.answers.texts import parts_by_name, shown
from autograder.equality.decision import Evidence
from autograder.errors import AuthorError, Unreadable
from autograder.formula.tree import Assigned, Node, Sequence
from autograder.question import Level, Question, Wrong
from autograder.submission.written import Answers, Written
from autograder.verdict import Verdict, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """A list of formulas, a dict by name, or one text `name = formula, …`; each part has an equal share.

    A misconception of the question gives one wrong answer per part, None where it says nothing of that part.

    Args:
        names: what each part is called.
        answers: how each part is judged, in the same order.
    """

    names: tuple[str, ...]
    answers: tuple[Expression, ...]
    kind: str = field(default="expressions", init=False)

    def __post_init__(self) -> None:
        if len(self.names) != len(self.answers):
            raise AuthorError(f"{len(self.names)} names and {len(self.answers)} answers; give one name per answer.")

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Judge every part on its own and add the credits up."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        parts = parts_by_name(written.content, self.names)
        if isinstance(parts, str):
            return Verdict(word=Word.UNREADABLE, wrote=shown(written), feedback=(parts,), notices=written.notices)
        pieces = [replace(written, content=parts[name], notices=()) for name in self.names]
        plain = replace(question, wrong=(), shows=None)
        verdicts = [
            answer.judge_written(plain, question.symbols, piece, seed=seed)
            for answer, piece in zip(self.answers, pieces, strict=True)
        ]
        together = self._together(verdicts, shown(written), written.notices)
        together = self._with_witness(question, together, verdicts)
        rule = self._rule(question, pieces, seed) if together.word is Word.NOT_YET else None
        if rule is None:
            return together
        said = (rule.sentence,) if question.level >= Level.HINT else ()
        return replace(together, credit=max(together.credit, rule.credit), misconception=rule.name, feedback=said)

    def _with_witness(self, question: Question, together: Verdict, verdicts: list[Verdict]) -> Verdict:
        """What the statement shows of all parts at once; then no part needs the sentence that nothing is known."""
        trees = tuple(verdict.reading for verdict in verdicts if verdict.reading is not None)
        misfits = any(verdict.evidence is Evidence.TYPE for verdict in verdicts)
        if question.shows is None or together.word is not Word.NOT_YET or misfits or len(trees) < len(verdicts):
            return together
        said = question.shows.show(question, trees) if question.level >= Level.COUNTEREXAMPLE else ""
        kept = tuple(line for line in together.feedback if not line.endswith(NO_SLIP_KNOWN))
        return replace(together, witness=said, feedback=kept) if said else together

    def _rule(self, question: Question, pieces: list[Written], seed: int) -> Wrong | None:
        """The first misconception that explains every part it speaks of."""
        for rule in question.wrong:
            named = [(at, key) for at, key in enumerate(rule.answer) if key is not None]
            if all(self._matches(question, at, pieces[at], key, seed) for at, key in named):
                return rule
        return None

    def _matches(self, question: Question, at: int, piece: Written, key: object, seed: int) -> bool:
        try:
            given = self.answers[at].read(question.symbols, piece)
        except Unreadable:
            return False
        return self.answers[at].comparison(question.symbols, given, seed)(key).equal

    def _together(self, verdicts: list[Verdict], wrote: str, notices: tuple[str, ...]) -> Verdict:
        words = [verdict.word for verdict in verdicts]
        word = next((word for word in (Word.NOT_YET, Word.UNREADABLE, Word.UNDECIDED) if word in words), Word.OK)
        if Word.UNDECIDED in words:
            word = Word.UNDECIDED  # one part is still open, and with it the points of the whole
        credit = sum((verdict.credit for verdict in verdicts), Fraction(0)) / len(verdicts)
        weakest = max((verdict.evidence for verdict in verdicts), key=list(Evidence).index)
        return Verdict(
            word=word,
            credit=Fraction(0) if word is Word.UNDECIDED else credit,
            evidence=weakest,
            wrote=wrote,
            read_as="; ".join(f"{n}: {v.read_as}" for n, v in zip(self.names, verdicts, strict=True) if v.read_as),
            read_as_latex=r";\; ".join(verdict.read_as_latex for verdict in verdicts if verdict.read_as_latex),
            reading=self._reading(verdicts),
            witness=next((verdict.witness for verdict in verdicts if verdict.witness), ""),
            feedback=tuple(
                f"{name}: {line}"
                for name, verdict in zip(self.names, verdicts, strict=True)
                for line in verdict.feedback or ((verdict.word.value,) if verdict.word is not Word.OK else ())
            ),
            notices=(*notices, *(notice for verdict in verdicts for notice in verdict.notices)),
            staff=tuple(line for verdict in verdicts for line in verdict.staff),
        )

    def _reading(self, verdicts: list[Verdict]) -> Node | None:
        """The formulas that were read, each under its name."""
        read = [(name, v.reading) for name, v in zip(self.names, verdicts, strict=True) if v.reading is not None]
        return Sequence(tuple(Assigned(name, tree) for name, tree in read), "", "") if read else None

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        return f"a list of {len(self.names)} formulas, in this order: {', '.join(self.names)}"
