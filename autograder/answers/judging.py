"""What every kind of formula answer shares: reading, comparing with key and misconceptions, and wording the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.equality.decision import Decision, Evidence
from autograder.errors import Unreadable
from autograder.formula.echo import to_latex, to_unicode
from autograder.formula.errors import ShapeMismatch
from autograder.formula.tree import Node
from autograder.question import Level, Question, Wrong
from autograder.verdict import Cause, Verdict, Word

if TYPE_CHECKING:
    from autograder.submission.written import Answers, Written

_WINDOW = 72
NO_SLIP_KNOWN = "This is not the answer yet. Put small numbers into your formula and into the statement, and compare."


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer as it was read.

    Args:
        wrote: the student's own text.
        tree: what is judged.
        shown: the tree that is shown back; the same unless sizes were filled in for the decision.
        parts: the trees of all parts, where an answer has several; else empty.
    """

    wrote: str
    tree: Node
    shown: Node
    notices: tuple[str, ...] = ()
    parts: tuple[Node, ...] = ()

    @property
    def read_as(self) -> str:
        """How the answer was read, in plain Unicode."""
        return to_unicode(self.shown)


def handed_in(question: Question, answers: Answers) -> Written | Verdict:
    """The answer of a part, or the verdict for one that is missing, blank or no formula."""
    written = answers.get(question.answer_name)
    if written is None:
        return Verdict(
            word=Word.NOT_YET, cause=Cause.ABSENT, feedback=(f"There is no answer named {question.answer_name}.",)
        )
    if written.trouble:
        return Verdict(word=Word.UNREADABLE, feedback=(written.trouble,), notices=written.notices)
    if written.blank:
        return Verdict(
            word=Word.NOT_YET, cause=Cause.ABSENT, feedback=("This part is blank.",), notices=written.notices
        )
    return written


def unreadable(error: Unreadable, wrote: str, notices: tuple[str, ...] = ()) -> Verdict:
    """The verdict for a text that cannot be read, or whose shapes cannot fit; it points into the student's own text."""
    place = point_at(error)
    word = Word.NOT_YET if isinstance(error, ShapeMismatch) else Word.UNREADABLE
    return Verdict(
        word=word,
        evidence=Evidence.TYPE if word is Word.NOT_YET else Evidence.NONE,
        wrote=wrote,
        feedback=(_ended(said(error)), place) if place else (_ended(said(error)),),
        notices=notices,
        staff=(type(error).__name__,),
    )


def said(error: Unreadable) -> str:
    """The message of an error; a repair that would be the right formula itself is not told where shapes are at fault."""
    if isinstance(error, ShapeMismatch) and error.repair.startswith("Did you mean"):
        return f"{_ended(error.cause)} Check the order of the factors, and which of them are transposed."
    return str(error)


def point_at(error: Unreadable) -> str:
    """The student's text with a line of carets under the piece that is meant; "" when there is no text."""
    if not error.text.strip():
        return ""
    line_start = error.text.rfind("\n", 0, error.start) + 1
    line_end = error.text.find("\n", error.start)
    line_end = len(error.text) if line_end < 0 else line_end
    left = max(line_start, error.start - _WINDOW // 2)
    right = min(line_end, left + _WINDOW)
    head, tail = "…" if left > line_start else "", "…" if right < line_end else ""
    carets = max(1, min(error.end, right) - error.start)
    return f"{head}{error.text[left:right]}{tail}\n{' ' * (len(head) + error.start - left)}{'^' * carets}"


def settle(
    question: Question,
    given: Given,
    *,
    key: object,
    also: Iterable[tuple[str, object]],
    compare: Callable[[object], Decision],
    explain: Callable[[Decision], str],
    wrong: Iterable[tuple[Wrong, object]],
) -> Verdict:
    """Compare an answer with the key, with other right conventions, then with the misconceptions.

    An alternative that cannot be decided leaves the whole undecided: it might be the one that the student followed.

    Args:
        compare: decides the given answer against a key.
        explain: what is off, in one sentence that reveals nothing, from the decision against the key.
    """
    decision = compare(key)
    if decision.equal:
        return right(given, decision)
    doubtful = None if decision.different else decision
    for name, other in also:
        against = compare(other)
        if against.equal:
            return right(given, against, convention=name)
        doubtful = doubtful or (None if against.different else against)
    for rule, answer in wrong:
        if compare(answer).equal:
            return misconception(question, given, rule, decision)
    if doubtful is not None:
        return undecided(given, doubtful)
    return off(question, given, decision, explain)


def right(given: Given, decision: Decision, *, convention: str = "") -> Verdict:
    """The verdict for a right answer, naming the convention that it follows."""
    said = (f"Read {convention}: that is right too.",) if convention else ()
    return Verdict(
        word=Word.OK,
        credit=Fraction(1),
        evidence=decision.evidence,
        wrote=given.wrote,
        read_as=given.read_as,
        read_as_latex=to_latex(given.shown),
        reading=given.shown,
        feedback=said,
        notices=given.notices,
        convention=convention,
    )


def misconception(question: Question, given: Given, rule: Wrong, decision: Decision) -> Verdict:
    """The verdict for an answer that one of the author's rules describes."""
    return Verdict(
        word=Word.NOT_YET,
        credit=rule.credit,
        evidence=decision.evidence if decision.different else Evidence.EXACT,
        misconception=rule.name,
        wrote=given.wrote,
        read_as=given.read_as,
        read_as_latex=to_latex(given.shown),
        reading=given.shown,
        witness=witness_of(question, given.parts or (given.tree,), decision),
        feedback=(rule.sentence,) if question.level >= Level.HINT else (),
        notices=given.notices,
        staff=_staff(decision),
    )


def off(question: Question, given: Given, decision: Decision, explain: Callable[[Decision], str]) -> Verdict:
    """The verdict for a wrong answer that no rule names."""
    feedback = []
    witness = witness_of(question, given.parts or (given.tree,), decision)
    if question.level >= Level.CATEGORY:
        feedback.append(_sentence(explain(decision)))
        if feedback[0] and decision.evidence is Evidence.TYPE:
            witness = ""  # both say why the kinds do not fit
    if question.level >= Level.HINT and question.hint:
        feedback.append(question.hint)
    if question.level >= Level.CATEGORY and not witness and not any(feedback):
        feedback.append(NO_SLIP_KNOWN)
    return Verdict(
        word=Word.NOT_YET,
        evidence=decision.evidence,
        wrote=given.wrote,
        read_as=given.read_as,
        read_as_latex=to_latex(given.shown),
        reading=given.shown,
        witness=witness,
        feedback=tuple(line for line in feedback if line),
        notices=given.notices,
        staff=_staff(decision),
    )


def undecided(given: Given, decision: Decision) -> Verdict:
    """The verdict for an answer that could not be decided: a person will look, and it costs nothing."""
    return Verdict(
        word=Word.UNDECIDED,
        evidence=decision.evidence,
        wrote=given.wrote,
        read_as=given.read_as,
        read_as_latex=to_latex(given.shown),
        reading=given.shown,
        feedback=("This could not be decided automatically. A person will look at it; until then it costs nothing.",),
        notices=given.notices,
        staff=_staff(decision),
    )


def witness_of(question: Question, trees: tuple[Node, ...], decision: Decision) -> str:
    """One fact that the student can check: from the statement at a fixed point, or the reason of kind or shape."""
    if question.level < Level.COUNTEREXAMPLE or not decision.different:
        return ""
    from autograder.oracles.witnesses import plainly

    said = ""
    if decision.evidence is not Evidence.TYPE:
        said = question.shows.show(question, trees) if question.shows is not None else plainly(question, trees)
    found = decision.witness
    return said or (_sentence(found.reason) if found is not None and found.reason and not found.point else "")


def to_name(name: str) -> str:
    """A canonical name as people write it: `sigma_l` as σ_l."""
    from autograder.formula.tree import Name

    return to_unicode(Name(name)) if name.replace("_", "").isalnum() else name


def _sentence(text: str) -> str:
    """A clause as a sentence; what begins with a symbol keeps its small letter."""
    text = text.strip()
    if not text:
        return ""
    first = text.partition(" ")[0]
    if len(first) > 1 and first.isalpha() and first.islower() and first.isascii():
        text = text[0].upper() + text[1:]
    return text if "\n" in text else _ended(text)


def _ended(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else text + "."


def _staff(decision: Decision) -> tuple[str, ...]:
    lines = [f"decided {decision.outcome.value} by {decision.evidence.value}, seed {decision.seed}"]
    if decision.reason:
        lines.append(decision.reason)
    if decision.witness is not None:
        point = ", ".join(f"{name} = {value}" for name, value in decision.witness.point)
        lines.append(f"witness: {point} -> expected {decision.witness.expected}, given {decision.witness.given}")
    return tuple(lines)
