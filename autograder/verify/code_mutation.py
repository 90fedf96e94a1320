"""The mutation score of code: references and hand-typed solutions with one edit must be rejected by the checks.

An edit that is accepted is tried on many further inputs. Where it gives the same values everywhere, or where the property
that the statement asks for holds everywhere, it is listed as right; where an input tells it apart, the inputs that the
grader draws have a hole.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from autograder.answers.function import Function, Functions
from autograder.equality.budget import Crashed, OutOfTime, Worker
from autograder.functions import tolerance
from autograder.functions.checks import Property, as_results
from autograder.functions.draw import Case, case
from autograder.functions.examine import published_cases
from autograder.functions.trial import exact
from autograder.question import Question
from autograder.sandbox import Sandbox
from autograder.verify.code_trials import Reference, Tried, Try, contained, trusted
from autograder.verify.python_edits import Edit, edits
from autograder.verify.rows import Context, Mark, Row, accepted

MOST = 80
"""Edits of one function's source; of more, so many are drawn with a fixed seed."""

_FURTHER = 4  # draws of every kind of input for an edit that is accepted
_SECONDS = 10.0


@dataclass(slots=True)
class _Tally:
    """What became of the edits of one source."""

    tried: int = 0
    rejected: int = 0
    right: list[str] = field(default_factory=list)
    holes: list[tuple[str, str]] = field(default_factory=list)


def check_code_mutants(context: Context, question: Question) -> Iterator[Row]:
    """Edit the references in a process of their own, and the typed functions in the sandbox."""
    assert isinstance(question.answer, Functions)
    of_reference, of_solution = _Tally(), _Tally()
    about = [
        _About(question=question, part=context.assignment.part(question), function=f) for f in question.answer.functions
    ]
    for one in about:
        _edit_reference(one, of_reference)
    _edit_solution(context, about, of_solution)
    for what, tally in (("references", of_reference), ("typed functions", of_solution)):
        for shown, why in tally.holes:
            yield Row(
                check="mutants", part=question.id, mark=Mark.FAIL, says=f"{shown} is accepted, but {why}",
                file=context.file(question), at="answer.functions[…].inputs",
                fix="Add a kind of input on which the checks tell them apart, or a check that does.",
            )  # fmt: skip
        if tally.tried:
            yield Row(
                check="mutants", part=question.id, mark=Mark.NOTE if tally.holes else Mark.OK,
                says=f"{what}: {tally.rejected} of {tally.tried} edits rejected" + accepted(len(tally.right)),
                more=tuple(tally.right),
            )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """One function of a part."""

    question: Question
    part: str
    function: Function


def _edit_reference(about: _About, tally: _Tally) -> None:
    function = about.function
    if function.wrapper or not isinstance(function.reference, types.FunctionType):
        return  # behind a wrapper the reference gives what the wrapper makes of answers, not an answer
    reference = Reference(function.reference)
    every = _drawn([edit for name in reference.parts for edit in edits(reference.source(name), [name])], about.part)
    original = trusted(function, function.reference)

    def fate(job: dict[str, Any]) -> dict[str, str]:
        edit = every[job["at"]]
        return _fate(about, trusted(function, reference.edited(edit.function, edit.source)), original)

    with Worker(fate) as worker:
        for at, edit in enumerate(every):
            try:
                _count(tally, edit, worker.ask({"at": at}, _SECONDS))
            except (OutOfTime, Crashed):
                _count(tally, edit, {"rejected": "comes to no end, or ends its process"})


def _edit_solution(context: Context, functions: Sequence[_About], tally: _Tally) -> None:
    files = context.solution.files
    places = {about.function.name: _file(about.function.name, files) for about in functions}
    if not any(places.values()):
        return
    with Sandbox.start() as sandbox:
        for about in functions:
            function, place = about.function, places[about.function.name]
            if not place:
                continue
            with contained(function, files, sandbox) as original:
                for edit in _drawn(list(edits(files[place].decode(), [function.name])), about.part):
                    with contained(function, {**files, place: edit.source.encode()}, sandbox) as edited:
                        _count(tally, edit, _fate(about, edited, original))


def _fate(about: _About, edited: Try, original: Try) -> dict[str, str]:
    """What becomes of an edit: {"rejected": why}, {"right": why} or {"hole": why}."""
    function = about.function
    for one in [*_published(about), *_drawn_cases(function, 0)]:
        tried = edited(one)
        if tried.objection:
            return {"rejected": tried.objection}
    same, count = True, 0
    for seed in range(1, _FURTHER + 1):
        for one in _drawn_cases(function, seed):
            count += 1
            tried, wanted = edited(one), original(one)
            why = tried.objection or _measured(about.question, function, one, tried)
            if why:
                return {"hole": f"on another input ({one.input.name}) it {why}"}
            same = same and _alike(tried, wanted)
    what = "the same values" if same else "what is asked holds"
    return {"right": f"{what} on {count} further inputs"}


def _published(about: _About) -> list[Case]:
    return [one for one in published_cases(about.function, about.part) if _counts(one)]


def _drawn_cases(function: Function, seed: int) -> list[Case]:
    """One input of every kind, as the hidden ones are drawn."""
    kinds = [kind for kind in function.inputs if not (kind.large or kind.advisory)]
    return [case(kind, 1_000 * seed + place, published=False) for place, kind in enumerate(kinds)]


def _counts(one: Case) -> bool:
    return not (one.input.large or one.input.advisory)


def _measured(question: Question, function: Function, one: Case, tried: Tried) -> str:
    """What the oracle says against the results; it is written from the statement, and knows neither checks nor reference."""
    if all(isinstance(check, Property) for check in function.checks):
        return ""  # many answers are right, and what the oracle measures is one of them
    by = getattr(question.practice, "by", None)
    measure = by.get(function.name) if isinstance(by, dict) else None
    found = None if measure is None else measure(*exact(one))
    if found is None or tried.results is None:
        return ""
    close = all(
        tolerance.close(given, wanted, getattr(question.practice, "tolerance", 1e-5))
        for given, wanted in zip(tried.results, as_results(found), strict=True)
    )
    return "" if close else "does not give what the statement says"


def _alike(one: Tried, two: Tried) -> bool:
    if one.results is None or two.results is None or len(one.results) != len(two.results):
        return False
    return all(
        left.shape == right.shape and (left.size == 0 or tolerance.close(left, right, tolerance.FINEST))
        for left, right in zip(one.results, two.results, strict=True)
    )


def _count(tally: _Tally, edit: Edit, fate: dict[str, Any]) -> None:
    tally.tried += 1
    if "rejected" in fate:
        tally.rejected += 1
    elif "right" in fate:
        tally.right.append(f"{edit.shown} ({fate['right']})")
    else:
        tally.holes.append((edit.shown, str(fate["hole"])))


def _drawn(every: list[Edit], part: str) -> list[Edit]:
    return Random(part).sample(every, MOST) if len(every) > MOST else every  # noqa: S311 - no secret


def _file(name: str, files: Mapping[str, bytes]) -> str:
    """The `.py` file of the solution that defines a function, "" where none does."""
    for path, data in files.items():
        if path.endswith(".py"):
            defined = {node.name for node in ast.parse(data.decode()).body if isinstance(node, ast.FunctionDef)}
            if name in defined:
                return path
    return ""
