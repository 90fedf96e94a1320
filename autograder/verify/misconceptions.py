"""Every misconception is caught by its own rule and by no other, and none of them is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from autograder.functions import tolerance
from autograder.question import Question, Wrong
from autograder.verdict import Word
from autograder.verify.judge import Judge
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.typed import typed


def check_misconceptions(context: Context, question: Question) -> Iterator[Row]:
    """Type every wrong answer as a student would, and see which rule fires, with and without its own."""
    if not question.wrong:
        return
    failures, properties = 0, []
    with Judge(question, context.answers) as judge:
        for rule in question.wrong:
            if question.answer.kind == "notebook":
                problem = None
            else:
                problem = (
                    _of_code(question, rule) if question.answer.kind == "code" else _of_text(question, rule, judge)
                )
            if problem is None:
                properties.append(rule.name)
            elif problem:
                failures += 1
                says, fix = problem
                yield Row(
                    check="misconceptions", part=question.id, mark=Mark.FAIL, says=f"{rule.name}: {says}",
                    file=context.file(question), at=f"wrong[{rule.name!r}]", fix=fix,
                )  # fmt: skip
    if properties:
        yield Row(
            check="misconceptions", part=question.id, mark=Mark.NOTE,
            says=f"{', '.join(properties)}: told by a property, so that no answer can be typed from the rule alone",
            file=context.file(question), fix="Keep an answer of this kind in the tests of the course.",
        )  # fmt: skip
    tried = len(question.wrong) - len(properties)
    if tried and not failures:
        yield Row(check="misconceptions", part=question.id, mark=Mark.OK, says=f"{tried} caught, each by its own rule")


def _of_text(question: Question, rule: Wrong, judge: Judge) -> tuple[str, str] | tuple[()] | None:
    """What is wrong with a rule and how to mend it; () when nothing is, None where nothing can be typed."""
    content = typed(question, rule.answer)
    if content is None:
        return None
    verdict = judge(content)
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
    other = judge(content, without=rule.name).misconception
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
