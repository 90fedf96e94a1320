"""Which wrong answer triggers which rule: each should trigger its own and no other, and a right one none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.answers.function import Functions
from autograder.answers.ranking import Ranking
from autograder.answers.sandboxed import runs_student_code
from autograder.answers.texts import as_text
from autograder.question import Question
from autograder.submission.written import Content
from autograder.verdict import Word
from autograder.verify.judge import Judge
from autograder.verify.misconceptions import alike
from autograder.verify.rows import Context
from autograder.verify.typed import key_content, typed

KEY = "(key)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One answer to a part.

    Args:
        name: of the rule that it belongs to, or `KEY` for the right answer.
        typed: how a student would type it; "" for code.
        fires: the rules that fire, first the one that the student reads.
        word: what the answer is called; "" for code.
    """

    name: str
    typed: str
    fires: tuple[str, ...]
    word: str = ""

    @property
    def clean(self) -> bool:
        """Whether just the right rule fires: its own, none for the key."""
        return self.fires == (() if self.name == KEY else (self.name,)) and (self.name == KEY) == (self.word == Word.OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All answers of a part that are known to be wrong, against all its rules.

    Args:
        part: its key.
        tried: the right answer first, then each rule's own.
        untyped: rules that describe a property, so that no answer can be typed from them.
    """

    part: str
    title: str
    rules: tuple[str, ...]
    tried: tuple[Tried, ...]
    untyped: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether every answer triggers what it should."""
        return all(one.clean for one in self.tried)


def matrices(context: Context) -> Iterator[Matrix]:
    """The matrix of each part that has rules."""
    for question in context.questions:
        if question.wrong:
            rows = _of_code(question) if runs_student_code(question.answer) else _of_text(context, question)
            shown = {one.name for one in rows}
            yield Matrix(
                part=context.assignment.part(question),
                title=question.title,
                rules=tuple(rule.name for rule in question.wrong),
                tried=tuple(rows),
                untyped=tuple(rule.name for rule in question.wrong if rule.name not in shown),
            )


def _of_text(context: Context, question: Question) -> list[Tried]:
    """Every answer judged again and again, each time without the rules that fired before."""
    # The order in a ranking is right or wrong by the solution's numbers.
    answers = {KEY: key_content(question)} | {
        rule.name: str(rule.answer) if isinstance(question.answer, Ranking) else typed(question, rule.answer)
        for rule in question.wrong
    }
    rows = []
    with Judge(question, context.answers) as judge:
        for name, content in answers.items():
            if content is not None:
                fires, word = _fires(judge, content)
                rows.append(Tried(name=name, typed=as_text(content), fires=fires, word=word))
    return rows


def _fires(judge: Judge, content: Content) -> tuple[tuple[str, ...], str]:
    fires: list[str] = []
    first = verdict = judge(content)
    while verdict.misconception is not None and verdict.misconception not in fires:
        fires.append(verdict.misconception)
        verdict = judge(content, without=tuple(fires))
    return tuple(fires), first.word.value


def _of_code(question: Question) -> list[Tried]:
    """Every wrong implementation, and the rules whose own behaves like it on all published inputs."""
    from autograder.functions.recognise import about

    if not isinstance(question.answer, Functions):
        return []  # a notebook: its rules are told by what it draws and computes
    functions = {function.name: function for function in question.answer.functions}
    wrongs = {rule.name: {name: one for name, one in about(rule).items() if callable(one)} for rule in question.wrong}
    rows = []
    for rule, bodies in wrongs.items():
        for name, body in bodies.items():
            function = functions[name]
            fires = [
                other
                for other, its in wrongs.items()
                if other == rule or (name in its and alike(question, function, body, its[name]))
            ]
            own_first = sorted(fires, key=lambda other: other != rule)
            right = alike(question, function, body, function.reference)
            rows.append(Tried(name=rule, typed=f"{name}(…)", fires=tuple(own_first), word=Word.OK if right else ""))
    return rows
