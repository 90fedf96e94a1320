"""Every misconception is caught by its own rule and by no other, and none of them is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from autograder.engine.grade import grade
from autograder.engine.sandboxes import Sandboxes
from autograder.functions import tolerance
from autograder.question import Question, Wrong
from autograder.submission.written import Content
from autograder.verdict import Word
from autograder.verify.judge import Judge
from autograder.verify.mistakes import Edits, edited, mistakes
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.typed import typed


def check_misconceptions(context: Context, question: Question) -> Iterator[Row]:
    """Type every wrong answer as a student would, and see which rule fires, with and without its own."""
    if not question.wrong:
        return
    of_part = mistakes(context).get(question.id, {})
    for name in sorted(of_part.keys() - {rule.name for rule in question.wrong}):
        yield Row(
            check="misconceptions", part=question.id, mark=Mark.FAIL, says=f"there is no rule {name!r}",
            file=f"{context.folder.name}/mistakes.py", at=f"MISTAKES[{question.id!r}][{name!r}]",
            fix="Name a rule of this part, or take the entry out.",
        )  # fmt: skip
    elsewhere = _shared(context, question)
    failures, untold, shared = 0, [], 0
    with Judge(question, context.answers) as judge, Sandboxes() as sandboxes:
        for rule in question.wrong:
            if question.answer.kind in {"code", "notebook"}:
                problem = _of_code(question, rule) if question.answer.kind == "code" else None
                if problem is None and rule.name in of_part:
                    problem = _of_files(context, question, rule, of_part[rule.name], sandboxes)
            else:
                problem = _of_text(question, rule, judge, of_part.get(rule.name))
            if problem is None:
                shared += rule in elsewhere
                untold += [] if rule in elsewhere else [rule.name]
            elif problem:
                failures += 1
                says, fix = problem
                yield Row(
                    check="misconceptions", part=question.id, mark=Mark.FAIL, says=f"{rule.name}: {says}",
                    file=context.file(question), at=f"wrong[{rule.name!r}]", fix=fix,
                )  # fmt: skip
    if untold:
        yield Row(
            check="misconceptions", part=question.id, mark=Mark.NOTE,
            says=f"{', '.join(untold)}: told by a property, so that no answer can be made from the rule alone",
            file=context.file(question), fix=f"Write what such a student hands in into {context.folder.name}/mistakes.py.",
        )  # fmt: skip
    tried = len(question.wrong) - len(untold) - shared
    if tried and not failures:
        says = f"{tried} caught, each by its own rule" + (f"; {shared} shared with a part before" if shared else "")
        yield Row(check="misconceptions", part=question.id, mark=Mark.OK, says=says)


def _shared(context: Context, question: Question) -> list[Wrong]:
    """The very rules of earlier parts for which a mistake is kept: those parts try them."""
    kept, found = mistakes(context), list[Wrong]()
    for other in context.assignment.questions:
        if other.id == question.id:
            break
        found += [rule for rule in other.wrong if rule.name in kept.get(other.id, {})]
    return found


def _of_files(
    context: Context, question: Question, rule: Wrong, edits: Edits, sandboxes: Sandboxes
) -> tuple[str, str] | tuple[()]:
    """The same for a solution with edits, graded as a student's submission is."""
    submission = edited(context.solution, edits)
    verdict = grade(context.assignment, submission, seed=0, only=question.id, sandboxes=sandboxes).parts[0].verdict
    if verdict.word is Word.OK:
        return "what is handed in with it is right", "Is it really wrong? Take the rule out, or mend `mistakes`."
    if verdict.misconception != rule.name:
        said = f"{verdict.word}, {verdict.misconception or 'no rule'}: {' '.join(verdict.feedback)}"
        return (
            f"what is handed in with it is not told by it ({said:.120})",
            "Mend the rule's recognition, or `mistakes`.",
        )
    return ()


def _of_text(question: Question, rule: Wrong, judge: Judge, kept: Content | None) -> tuple[str, str] | tuple[()] | None:
    """What is wrong with a rule and how to mend it; () when nothing is, None where nothing can be typed."""
    content = typed(question, rule.answer)
    if content is None:
        content = kept
    if content is None:
        return None
    beside: Mapping[str, Content] = {}
    if isinstance(content, Mapping) and question.id in content:  # with what stands in earlier parts
        beside, content = content, content[question.id]
    verdict = judge(content, beside=beside)
    if verdict.word is Word.OK:
        return "it is a right answer", "Is this rule's answer really wrong? Take the rule out, or mend its answer."
    if verdict.misconception is None:
        said = f"{verdict.word}: {' '.join(verdict.feedback)}"
        return f"its own answer is not caught ({said:.120})", "Write the answer in the form of the key."
    if verdict.misconception != rule.name:
        return (
            f"its answer is caught by {verdict.misconception!r}",
            f"The two describe the same answer: join them, or put {rule.name!r} first if it is the more specific one.",
        )
    other = judge(content, without=rule.name, beside=beside).misconception
    if other is not None:
        return f"without it {other!r} catches its answer", "Two rules with one answer: keep one of them."
    return ()


def _of_code(question: Question, rule: Wrong) -> tuple[str, str] | tuple[()] | None:
    """The same for a wrong implementation: it must differ from the reference, and from the other rules', on some input."""
    from autograder.functions.recognise import about

    wrongs = {name: wrong for name, wrong in about(rule).items() if callable(wrong)}
    if not wrongs:
        return None
    functions = {function.name: function for function in getattr(question.answer, "functions", ())}
    for name, wrong in wrongs.items():
        if name not in functions:
            return f"there is no function {name!r}", f"Name one of {', '.join(functions)}."
        function = functions[name]
        if alike(question, function, wrong, function.reference):
            return (
                "it behaves like the reference",
                "Is this implementation really wrong? Add an input that tells them apart.",
            )
        for other in question.wrong:
            twin = about(other).get(name)
            if other is not rule and callable(twin) and alike(question, function, wrong, twin):
                return f"it behaves like {other.name!r}", "Join the two rules, or add an input that tells them apart."
    return ()


def alike(question: Question, function: Any, one: Any, two: Any) -> bool:
    """Whether two implementations agree on every published input, up to what rounding explains."""
    from autograder.functions.examine import published_cases
    from autograder.functions.recognise import outcome_of
    from autograder.functions.trial import exact

    for case in published_cases(function, question.id):
        if case.input.large or case.input.advisory:
            continue
        first, second = outcome_of(one, exact(case)), outcome_of(two, exact(case))
        if (first is None) != (second is None):
            return False
        for left, right in zip(first or (), second or (), strict=False):
            if left.shape != right.shape or not tolerance.close(left, right, 100 * tolerance.FINEST):
                return False
        if first is not None and second is not None and len(first) != len(second):
            return False
    return True
