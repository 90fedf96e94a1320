"""What students are given before they hand in anything: the kit and its forms hold nothing of the private half."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator

from autograder.answers.function import Functions
from autograder.build.kit import kit, statements
from autograder.build.silence import telling
from autograder.errors import AuthorError
from autograder.verify.code_trials import Reference
from autograder.verify.rows import Context, Mark, Row

_TELLING = 24  # characters of a line of code that does not stand in a form by chance
_CHECKED_ELSEWHERE = "/submission/answers.py"  # by the check of leaks, prompt by prompt


def check_handed_out(context: Context) -> Iterator[Row]:
    """Build the kit and look for keys, sentences on mistakes, formulas, the secret, and lines of the private code."""
    try:
        files = kit(statements(context.assignment), context.assignment, context.library)
    except AuthorError as error:
        if not _an_oracle_fails(context):
            raise
        says = f"it cannot be built, for what witnesses say of an oracle: {error}"
        yield Row(check="kit", part="", mark=Mark.NOTE, says=says, fix="Nothing to do here: mend the oracle first.")
        return
    kept = {name: data for name, data in files.items() if not name.endswith(_CHECKED_ELSEWHERE)}
    found = list(telling(context, kept))
    lines = private_lines(context)
    texts = {name: data.decode("utf-8", "replace") for name, data in files.items() if "/kit/autograder/" not in name}
    found += [
        f"{name} holds a line of private code: {line!r}"
        for name, text in texts.items()
        for line in lines
        if line in text
    ]
    for said in found:
        yield Row(
            check="kit", part="", mark=Mark.FAIL, says=said, file=context.file(), at="questions",
            fix="Take it out of what the form is made from: prompts, titles, examples, the notebook's text.",
        )  # fmt: skip
    if not found:
        says = (
            f"{len(files)} files hold no key, no sentence on a mistake, and none of {len(lines)} lines of private code"
        )
        yield Row(check="kit", part="", mark=Mark.OK, says=says)


def _an_oracle_fails(context: Context) -> bool:
    try:
        for question in context.assignment:
            if question.practice is not None:
                question.practice.agrees(question, seed=0)
    except AuthorError:
        return True
    return False


def private_lines(context: Context) -> list[str]:
    """The lines of the references and of the typed functions that are long enough to be nobody's chance."""
    texts = [data.decode("utf-8", "replace") for name, data in context.solution.files.items() if name == "functions.py"]
    for question in context.assignment:
        if isinstance(question.answer, Functions):
            for function in question.answer.functions:
                if isinstance(function.reference, types.FunctionType):
                    texts += [inspect.getsource(one) for one in Reference(function.reference).parts.values()]
    lines = (line.strip() for text in texts for line in text.splitlines())
    return list(
        dict.fromkeys(line for line in lines if len(line) >= _TELLING and not line.startswith(("def ", '"""', "#")))
    )
