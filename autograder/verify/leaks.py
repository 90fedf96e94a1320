"""What a student can see holds no key: the blank form, and everything that is shown for wrong and missing answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from autograder.answers.sandboxed import runs_student_code
from autograder.engine.grade import grade
from autograder.question import Question
from autograder.report.gradescope import to_gradescope
from autograder.template import form
from autograder.verdict import PartResult, Result, Verdict, Word
from autograder.verify.gradings import half
from autograder.verify.judge import Judge
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.sentences import TELLING, gives_away, normal
from autograder.verify.typed import key_trees, spellings, typed


def check_leaks(context: Context) -> Iterator[Row]:
    """Scan the form and the visible results of an unfinished submission against every key."""
    secrets = {question.id: known(context, question) for question in context.assignment}
    seen = 0
    for question in context.assignment:
        # Its own prompt is the check of sentences' business; here it is all the rest.
        parts = tuple(replace(one, prompt="") if one is question else one for one in context.assignment)
        others = form(replace(context.assignment, questions=parts))
        found = gives_away(others, secrets[question.id], shortest=TELLING)
        if found:
            seen += 1
            yield _row(
                context, question, f"the blank form shows the key: {found!r}", "prompt",
                "Look for it in the prompts of all parts, and say it in other words there.",
            )  # fmt: skip
    submission = half(context)
    result = grade(context.assignment, submission, seed=1)
    for test in to_gradescope(result)["tests"]:
        question_id = test.get("number", "")
        if test["visibility"] == "hidden" or question_id not in secrets or test.get("status") == "passed":
            continue
        question = context.assignment.question(question_id)
        if question.answer_name in submission.answers:
            continue  # it repeats what the student wrote
        found = gives_away(test["output"], secrets[question_id])
        if found:
            seen += 1
            yield _row(context, question, f"the results show the key: {found!r}", "answer", "Look at its feedback.")
    if not seen:
        count = sum(map(bool, secrets.values()))
        says = f"form and results show none of {count} keys" if count else "no part has a key that could be spelled out"
        yield Row(check="leaks", part="", mark=Mark.OK if count else Mark.NOTE, says=says)


def check_feedback(context: Context, question: Question) -> Iterator[Row]:
    """What is said of each misconception shows no spelling of the key."""
    secrets = known(context, question)
    if runs_student_code(question.answer) or not secrets or not question.wrong:
        return
    seen, tried = 0, 0
    with Judge(question, context.answers) as judge:
        for rule in question.wrong:
            content = typed(question, rule.answer)
            if content is None:
                continue
            tried += 1
            verdict = judge(content)
            # The sentence itself is the check of sentences' business; here it is what the grader adds to it.
            feedback = tuple(line for line in verdict.feedback if line != rule.sentence)
            told = _visible(context, question, replace(verdict, feedback=feedback))
            found = gives_away(told, secrets)
            if found and verdict.word is not Word.OK:
                seen += 1
                yield _row(
                    context, question, f"a student who answers {rule.name} reads {found!r}", f"wrong[{rule.name!r}]",
                    "Lower the part's level, or change the sentence.",
                )  # fmt: skip
    if tried and not seen:
        yield Row(check="leaks", part=question.id, mark=Mark.OK, says=f"{tried} verdicts keep the key")


def known(context: Context, question: Question) -> list[str]:
    """The spellings of a key that must not be seen."""
    texts = [*spellings(question)]
    written = context.answers.get(question.answer_name)
    if key_trees(question) and written is not None and isinstance(written.content, str):
        texts.append(written.content)
    return list(dict.fromkeys(filter(None, map(normal, texts))))


def _visible(context: Context, question: Question, verdict: Verdict) -> str:
    """All that the student reads beside their own answer."""
    part = PartResult(
        part=context.assignment.part(question), title=question.title, points=Fraction(question.points),
        verdict=replace(verdict, wrote="", read_as="", read_as_latex="", reading=None),
    )  # fmt: skip
    result = Result(assignment=context.assignment.name, title=context.assignment.title, seed=0, parts=(part,))
    shown = [test for test in to_gradescope(result)["tests"] if test["visibility"] != "hidden"]
    return "\n".join(str(test["output"]) for test in shown)


def _row(context: Context, question: Question, says: str, at: str, fix: str) -> Row:
    return Row(check="leaks", part=question.id, mark=Mark.FAIL, says=says, file=context.file(question), at=at, fix=fix)
