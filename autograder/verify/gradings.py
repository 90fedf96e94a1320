"""Whole submissions graded: the solution earns all, the blank form nothing, half of it its half; and always the same."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.answers.function import Functions
from autograder.answers.notebook import Notebook
from autograder.answers.sandboxed import runs_student_code
from autograder.answers.tests import Tests
from autograder.engine.grade import grade, seed_of
from autograder.question import Question
from autograder.report.gradescope import to_gradescope
from autograder.report.numbers import points
from autograder.submission.collect import Submission, collect
from autograder.template import form
from autograder.verdict import PartResult, Result, Word
from autograder.verify.judge import Judge
from autograder.verify.rows import Context, Mark, Row


def check_gradings(context: Context) -> Iterator[Row]:
    """Grade the solution, the blank form and half of the solution."""
    full = _graded(context, context.solution)
    off = [part for part in full.parts if part.verdict.word is not Word.OK]
    known = [part for part in off if _is_wrong_alone(context, part)]
    for part in off:
        if part not in known:
            question = context.assignment.question(_id(part.part))
            said = " ".join((*part.verdict.feedback, *part.verdict.staff))
            yield _row(
                context, part.verdict.word, f"the solution's answer is judged {part.verdict.word}: {said:.300}",
                part=question.id, file=f"{context.folder.name}/solution", at=question.answer_name,
                fix="Mend the solution; if it is right, mend the key.",
            )  # fmt: skip
    if not off:
        yield _row(context, Word.OK, f"the solution earns {points(full.score)} of {points(full.points)}")
    elif off == known:
        yield _cascade(f"the solution earns {points(full.score)} of {points(full.points)}", known)
    if context.part:
        return
    nothing = _graded(context, blank(context))
    earned = [part.part for part in nothing.parts if part.score or part.pending]
    if earned:
        yield _row(
            context, Word.NOT_YET, f"the blank form earns or keeps open points in {', '.join(earned)}",
            fix="Its blank must read as no answer: look at this kind's example in the form.",
        )  # fmt: skip
    else:
        yield _row(context, Word.OK, "the blank form earns 0")
    yield _half(context)


def _is_wrong_alone(context: Context, part: PartResult) -> bool:
    """Whether an answer of the solution is no better when it is judged by itself, which is the check of witnesses' business."""
    question = context.assignment.question(_id(part.part))
    written = context.answers.get(question.answer_name)
    if runs_student_code(question.answer) or written is None:
        return False
    with Judge(question, context.answers) as judge:
        alone = judge(written.content)
    return (alone.word, alone.credit) == (part.verdict.word, part.verdict.credit)


def _cascade(says: str, known: list[PartResult]) -> Row:
    parts = ", ".join(_id(part.part) for part in known)
    fix = "Nothing to do here: mend what the witnesses say first."
    return Row(check="gradings", part="", mark=Mark.NOTE, says=f"{says}, for what witnesses say of {parts}", fix=fix)


def check_stability(context: Context) -> Iterator[Row]:
    """The same verdicts whatever the seed, and the same bytes of results.json for the same seed."""
    seeds = [seed_of(context.solution) + place for place in range(context.seeds)]
    results = [_graded(context, context.solution, seed) for seed in seeds]
    verdicts = [[(part.part, str(part.verdict.word), part.verdict.misconception) for part in r.parts] for r in results]
    unsteady = sorted(
        {one[0] for other in verdicts[1:] for one, two in zip(verdicts[0], other, strict=True) if one != two}
    )
    for part in unsteady:
        question = context.assignment.question(part.partition("/")[2])
        yield Row(
            check="stability", part=question.id, mark=Mark.FAIL, says=f"the verdict changes with the seed ({seeds})",
            file=context.file(question), at="answer", fix="Narrow the domains of its symbols, or the kinds of inputs.",
        )  # fmt: skip
    if len(seeds) == 1:
        yield Row(check="stability", part="", mark=Mark.NOTE, says="one seed alone: nothing to compare verdicts with")
    elif not unsteady:
        yield Row(check="stability", part="", mark=Mark.OK, says=f"the same verdicts with {len(seeds)} seeds")
    once, again = (as_bytes(result) for result in (results[0], _graded(context, context.solution, seeds[0])))
    same = once == again
    yield Row(
        check="stability", part="", mark=Mark.OK if same else Mark.FAIL,
        says="results.json is the same to the byte for the same seed" if same else _first_difference(once, again),
        file="" if same else context.file(), at="" if same else "answer",
        fix="" if same else "Something is random without the seed, or tells a time or an address.",
    )  # fmt: skip


def as_bytes(result: Result) -> bytes:
    """The results.json of a result, without the times."""
    return json.dumps(to_gradescope(result), ensure_ascii=False, sort_keys=True).encode()


def blank(context: Context) -> Submission:
    """The form as it is handed out."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "answers.py"
        file.write_text(form(context.assignment), encoding="utf-8")
        return collect(file)


def half(context: Context) -> Submission:
    """The first half of the solution's written answers, and of every code part the first half of its functions."""
    written = [question for question in context.assignment if not runs_student_code(question.answer)]
    kept = {question.answer_name for question in written[: len(written) // 2]}
    answers = {name: answer for name, answer in context.solution.answers.items() if name in kept}
    dropped = {
        function.name for part in _code(context) for function in part.functions[(len(part.functions) + 1) // 2 :]
    }
    dropped |= {
        name for part in context.assignment if isinstance(part.answer, Notebook) for name in part.answer.functions
    }
    files = {
        name: _without(data.decode(), dropped) for name, data in context.solution.files.items() if name.endswith(".py")
    }
    return replace(context.solution, answers=answers, files=files)


def _code(context: Context) -> list[Functions]:
    return [question.answer for question in context.assignment if isinstance(question.answer, Functions)]


def _without(text: str, names: set[str]) -> bytes:
    """A file without some of its functions."""
    tree = ast.parse(text)
    tree.body = [node for node in tree.body if not (isinstance(node, ast.FunctionDef) and node.name in names)]
    return ast.unparse(tree).encode()


def _stated(question: Question, submission: Submission) -> Fraction:
    """What a part of the half earns."""
    if isinstance(question.answer, Functions):
        functions = question.answer.functions
        kept = functions[: (len(functions) + 1) // 2]
        share = Fraction(sum(one.worth for one in kept), sum(one.worth for one in functions))
        return Fraction(question.points) * share
    return Fraction(question.points) if question.answer_name in submission.answers else Fraction(0)


def _half(context: Context) -> Row:
    submission = half(context)
    stated = {question.id: _stated(question, submission) for question in context.assignment}
    found = _graded(context, submission)
    by_tests = {
        question.id for question in context.assignment if isinstance(question.answer, Tests)
    }  # call what they like
    off = [one for one in found.parts if _id(one.part) not in by_tests and one.score != stated[_id(one.part)]]
    known = [part for part in off if stated[_id(part.part)] and _is_wrong_alone(context, part)]
    what = f"{len(submission.answers)} answers and the first functions of the solution"
    wanted = points(sum(stated.values(), Fraction(0)))
    if not off:
        return _row(context, Word.OK, f"{what} earn exactly their {wanted}")
    if off == known:
        return _cascade(f"{what} earn {points(found.score)}, not {wanted}", known)
    return _row(
        context, Word.NOT_YET, f"{what} earn {points(found.score)}, not {wanted}: look at {', '.join(p.part for p in off)}",
        fix="A part must not depend on one that is not there, unless it is declared in after=.",
    )  # fmt: skip


def _id(part: str) -> str:
    return part.partition("/")[2]


def _graded(context: Context, submission: Submission, seed: int | None = None) -> Result:
    only = context.part or None
    return grade(context.assignment, submission, seed=seed_of(submission) if seed is None else seed, only=only)


def _first_difference(once: bytes, again: bytes) -> str:
    place = next((n for n, (a, b) in enumerate(zip(once, again, strict=False)) if a != b), min(len(once), len(again)))
    shown = [data[max(0, place - 40) : place + 20].decode("utf-8", "replace") for data in (once, again)]
    return f"results.json differs between two runs with one seed: {shown[0]!r} and {shown[1]!r}"


def _row(
    context: Context, word: Word, says: str, *, part: str = "", file: str = "", at: str = "", fix: str = ""
) -> Row:
    right = word is Word.OK
    mark = Mark.OK if right else Mark.FAIL
    return Row(
        check="gradings", part=part, mark=mark, says=says, file="" if right else file or context.file(), at=at, fix=fix
    )
