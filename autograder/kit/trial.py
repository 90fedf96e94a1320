"""One answer tried at home: how it was read, and what the recorded statement says of it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from autograder.answers.given import unreadable
from autograder.answers.texts import shown
from autograder.errors import Unreadable
from autograder.formula.tree import Node, Sequence
from autograder.kit.forms import Answered, Code, FreeText
from autograder.kit.part import Part
from autograder.kit.recorded import Recorded, SameLines, tried
from autograder.submission.program import Source, locate
from autograder.submission.written import Answers
from autograder.verdict import Verdict, Word

_NOTHING_TO_TRY = "Nothing at home tells whether it is right."
_THERE = Verdict(word=Word.WAITING, feedback=("It is there.",))


def try_part(part: Part, answers: Answers, sources: tuple[Source, ...], files: Mapping[str, bytes]) -> Verdict:
    """What can be said of one part without its key."""
    if isinstance(part.form, Code):
        return _code(part.form, sources, files)
    written = answers.get(part.name)
    if written is None:
        return Verdict(word=Word.NOT_YET, feedback=(f"There is no answer named {part.name}.",))
    if written.trouble:
        return Verdict(word=Word.UNREADABLE, feedback=(written.trouble,), notices=written.notices)
    if written.blank:
        return Verdict(word=Word.NOT_YET, feedback=("This part is blank.",), notices=written.notices)
    try:
        answered = part.form.read(written, part.symbols, answers)
    except Unreadable as error:
        return unreadable(error, shown(written), written.notices)
    notices = tuple(dict.fromkeys((*written.notices, *answered.notices)))
    found = _THERE if isinstance(part.form, FreeText) else _tried(part.recorded, answered)
    return Verdict(
        word=found.word, credit=found.credit, wrote=shown(written), read_as=answered.read_as, reading=_together(answered.trees),
        witness=found.witness, feedback=found.feedback, notices=notices,
    )  # fmt: skip


def _together(trees: tuple[Node, ...]) -> Node | None:
    """The formulas of an answer as one tree, for showing them."""
    return trees[0] if len(trees) == 1 else Sequence(trees, "", "") if trees else None


def _tried(recorded: Recorded | None, answered: Answered) -> Verdict:
    if recorded is None:
        return Verdict(word=Word.WAITING, feedback=(_NOTHING_TO_TRY,))
    try:
        objection = recorded.objection(answered.trees)
    except Exception as error:  # noqa: BLE001 - border one: a formula that no machine number can hold spoils its part only
        said = f"It could not be tried: {type(error).__name__}. The grader decides it in another way."
        return Verdict(word=Word.UNDECIDED, feedback=(said,))
    if objection:
        return Verdict(word=Word.NOT_YET, witness=objection)
    if isinstance(recorded, SameLines):
        said = f"Its lines are equal to each other at {tried(recorded)} points; whether they lead from one end to the other,"
        return Verdict(word=Word.WAITING, feedback=(f"{said} nothing at home tells.",))
    return Verdict(word=Word.OK, credit=Fraction(1), feedback=(f"Agrees at {tried(recorded)} points.",))


def _code(form: Code, sources: tuple[Source, ...], files: Mapping[str, bytes]) -> Verdict:
    """Whether the functions are there; they are not run."""
    found = {name: locate(name, sources, files) for name, _ in form.functions}
    lines, missing = [], 0
    for name, header in form.functions:
        place = found[name]
        if place is not None and not place.definition.blank:
            lines.append(f"{name}: {place.where}")
            continue
        missing += 1
        if not form.any_one:
            gone = "is blank. Write its body." if place is not None else f"is not there. Write it: def {header}:"
            lines.append(f"`{name}` {gone}")
    if missing == len(form.functions) or (missing and not form.any_one):
        named = lines or [f"None of {', '.join(name for name, _ in form.functions)} is there."]
        return Verdict(word=Word.NOT_YET, feedback=tuple(named))
    return Verdict(
        word=Word.WAITING, wrote="\n".join(lines), feedback=("It is there; code is not run here. " + _NOTHING_TO_TRY,)
    )
