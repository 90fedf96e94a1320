"""What every kind of formula answer shares: reading, comparing with key and misconceptions, and wording the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from autograder.answers.given import Given, ended
from autograder.equality.decision import Decision, Evidence
from autograder.equality.diagnosis import Diagnosis
from autograder.formula.echo import to_latex, to_unicode
from autograder.formula.tree import Node
from autograder.question import Level, Question, Wrong
from autograder.verdict import Verdict, Word

NO_SLIP_KNOWN = "This is not the answer yet. Put small numbers into your formula and into the statement, and compare."


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
    said = ""
    if decision.evidence is not Evidence.TYPE and question.shows is not None:
        said = question.shows.show(question, trees)
    found = decision.witness
    return said or (_sentence(found.reason) if found is not None and found.reason and not found.point else "")


def slip_of(question: Question, found: Diagnosis | None) -> str:
    """What a student is told of a slip: its category, or more where the question's level says so; "" for none."""
    if found is None:
        return ""
    return found.closer if found.closer and question.level >= Level.DIRECTION else found.sentence


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
    return text if "\n" in text else ended(text)


def _staff(decision: Decision) -> tuple[str, ...]:
    lines = [f"decided {decision.outcome.value} by {decision.evidence.value}, seed {decision.seed}"]
    if decision.reason:
        lines.append(decision.reason)
    if decision.witness is not None:
        point = ", ".join(f"{name} = {value}" for name, value in decision.witness.point)
        lines.append(f"witness: {point} -> expected {decision.witness.expected}, given {decision.witness.given}")
    return tuple(lines)
