"""Functions that tell whatever they are given: nothing of a hidden input may reach what a student reads.

A spy is right on every published input, which it knows by heart, and prints and raises its arguments on any other. So it is
tried on hidden inputs and fails there, and the platform's own form of the results is searched for their numbers.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.answers.function import Function, Functions
from autograder.answers.sandboxed import hidden_seed
from autograder.engine.grade import grade
from autograder.functions.draw import Case, case
from autograder.functions.examine import published_cases
from autograder.question import Question
from autograder.report.gradescope import to_gradescope
from autograder.submission.collect import Submission
from autograder.verdict import Result, Word
from autograder.verify.rows import Context, Mark, Row

_SEED = 7
_DIGITS = 7  # characters of a number that is nobody's chance

_HEAD = "\n\nfrom typing import Any\n\n"
_SPY = """
_honest_{name} = {name}


def {name}(*arguments):
    import hashlib
    told = _told(arguments)
    if hashlib.sha256(told.encode()).hexdigest() in {known}:
        return _honest_{name}(*arguments)
    print("spied", told)
    raise ValueError("spied " + told)
"""


def _told(arguments: tuple[Any, ...]) -> str:
    """The arguments as a spy tells them; its text is part of every spy."""
    import numpy  # noqa: ICN001 - whatever the student's file calls it

    return repr([numpy.asarray(one, dtype=float).round(6).tolist() for one in arguments if not callable(one)])


def check_spies(context: Context) -> Iterator[Row]:
    """Grade the typed functions turned into spies, and look for every number of the hidden inputs in what is visible."""
    functions = [(question, one) for question in context.assignment for one in _functions(question.answer)]
    files = context.solution.files
    if not functions:
        return
    if "functions.py" not in files:
        yield Row(
            check="spies", part="", mark=Mark.NOTE, says="the solution has no functions.py, so that no spy could be made",
            file=f"{context.folder.name}/solution", fix="Keep the typed functions in functions.py.",
        )  # fmt: skip
        return
    text = (
        files["functions.py"].decode()
        + _HEAD
        + inspect.getsource(_told)
        + "".join(_spy(context.assignment.part(question), one) for question, one in functions)
    )
    submission = replace(context.solution, answers={}, files={"functions.py": text.encode()})
    result = grade(context.assignment, submission, seed=_SEED)
    visible = visible_text(result)
    numbers = set().union(*(_numbers(context, submission, question, one) for question, one in functions))
    shown = sorted(number for number in numbers if number in visible)
    caught = sum("(hidden)" in line for part in result.parts for line in part.verdict.staff)
    if shown:
        yield Row(
            check="spies", part="", mark=Mark.FAIL, says=f"{len(shown)} numbers of hidden inputs can be read: {shown[0]} …",
            file=context.file(), at="questions", fix="A fault of the report: it must say of a hidden input its kind only.",
        )  # fmt: skip
    elif not caught:
        honest = grade(context.assignment, replace(submission, files=files), seed=_SEED)
        parts = {context.assignment.part(question) for question, _ in functions}
        right = all(part.verdict.word is Word.OK for part in honest.parts if part.part in parts)
        yield Row(
            check="spies", part="", mark=Mark.FAIL if right else Mark.NOTE,
            says="no spy was tried on a hidden input, so that nothing is known", file=f"{context.folder.name}/solution",
            at="functions.py", fix="Spies are typed functions that tell what they get: are these right on their own?",
        )  # fmt: skip
    else:
        says = (
            f"{len(functions)} functions print and raise what they get: none of {len(numbers)} hidden numbers is shown"
        )
        yield Row(check="spies", part="", mark=Mark.OK, says=says)


def visible_text(result: Result) -> str:
    """All that the student reads on the platform."""
    data = to_gradescope(result)
    shown = [test for test in data["tests"] if test["visibility"] != "hidden"]
    return "\n".join([data["output"], *(f"{test['name']}\n{test['output']}" for test in shown)])


def _functions(answer: object) -> tuple[Function, ...]:
    return answer.functions if isinstance(answer, Functions) else ()


def _spy(part: str, function: Function) -> str:
    published = [one for spare in range(4) for one in published_cases(function, part, spare)]
    known = {hashlib.sha256(told.encode()).hexdigest() for one in published for told in _seen(function, one)}
    return _SPY.format(name=function.name, known=sorted(known))


def _seen(function: Function, one: Case) -> list[str]:
    """What a function tells of each call for one input; behind a wrapper there may be several, with other arguments."""
    if not function.wrapper:
        return [_told(one.copy())]
    seen: list[str] = []

    def recorder(*arguments: Any) -> Any:
        seen.append(_told(arguments))
        return np.zeros(1)

    space: dict[str, Any] = {function.name: recorder}
    exec(compile(function.wrapper, "<wrapper>", "exec"), space)  # noqa: S102 - the author's own text
    with suppress(ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        space[function.entry](*one.copy())  # the recorder gives nothing that every wrapper can go on with
    return seen


def _numbers(context: Context, submission: Submission, question: Question, function: Function) -> set[str]:
    """The hidden inputs' numbers as a student would see them."""
    found: set[str] = set()
    for kind in function.inputs:
        if kind.large:
            continue
        purpose = f"{context.assignment.part(question)}/{function.name}/{kind.name}"
        drawn = case(kind, hidden_seed(context.assignment, submission, purpose, _SEED), published=False)
        for argument in drawn.arguments:
            for number in np.ravel(np.asarray(argument, dtype=float)):
                text = repr(float(abs(number)))
                if len(text) > _DIGITS and "e" not in text:
                    found.add(text[:_DIGITS])
    return found
