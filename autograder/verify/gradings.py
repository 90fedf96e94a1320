"""Whole submissions graded: the solution earns all, the blank form nothing, half of it its half; and always the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.answers.sandboxed import runs_student_code
from autograder.engine.grade import grade, seed_of
from autograder.report.gradescope import to_gradescope
from autograder.report.numbers import points
from autograder.submission.collect import Submission, collect
from autograder.template import form
from autograder.verdict import Result, Word
from autograder.verify.rows import Context, Mark, Row


def check_gradings(context: Context) -> Iterator[Row]:
    """Grade the solution, the blank form and half of the solution."""
    full = _graded(context, context.solution)
    for part in full.parts:
        if part.verdict.word is not Word.OK:
            question = context.assignment.question(part.part.partition("/")[2])
            said = " ".join((*part.verdict.feedback, *part.verdict.staff))
            yield _row(
                context, part.verdict.word, f"the solution's answer is judged {part.verdict.word}: {said:.300}",
                part=question.id, file=f"{context.folder.name}/solution", at=question.answer_name,
                fix="Mend the solution; if it is right, mend the key.",
            )  # fmt: skip
    if full.score == full.points:
        yield _row(context, Word.OK, f"the solution earns {points(full.score)} of {points(full.points)}")
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
    if not unsteady:
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
    """The first half of the solution's written answers, and none of its code."""
    written = [question for question in context.assignment if not runs_student_code(question.answer)]
    kept = {question.answer_name for question in written[: len(written) // 2]}
    answers = {name: answer for name, answer in context.solution.answers.items() if name in kept}
    return replace(context.solution, answers=answers, files={})


def _half(context: Context) -> Row:
    submission = half(context)
    there = [question for question in context.assignment if question.answer_name in submission.answers]
    expected = sum((Fraction(question.points) for question in there), Fraction(0))
    found = _graded(context, submission)
    if found.score == expected:
        return _row(context, Word.OK, f"{len(there)} answers of the solution earn their {points(expected)}")
    off = [
        part.part
        for part in found.parts
        if (part.verdict.word is Word.OK) != (_id(part.part) in {one.id for one in there})
    ]
    says = f"{len(there)} answers of the solution earn {points(found.score)}, not {points(expected)}"
    return _row(
        context, Word.NOT_YET, f"{says}; look at {', '.join(off)}",
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
