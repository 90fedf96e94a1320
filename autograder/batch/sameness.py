"""Whether two answers to one part are the same answer: decided by the part's own kind of answer, with one of them as the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from autograder.answers.choice import Choice
from autograder.answers.entries import Entries
from autograder.answers.expression import Expression
from autograder.answers.interval import Interval
from autograder.answers.sandboxed import runs_student_code
from autograder.answers.update import Update
from autograder.equality.budget import Crashed, OutOfTime, Worker
from autograder.errors import AuthorError, Unreadable
from autograder.formula.tree import Node
from autograder.question import Assignment, Question
from autograder.submission.written import Written
from autograder.verdict import Verdict, Word

SECONDS = 2.0
FILES = "files sha256:"
"""What stands before a submission's hash, where that is the answer to compare: code, which no text of a verdict tells apart."""
_SEED = 20_260_101


class Sameness:
    """Decides equality of answers, each decision within its time in a process that may be killed.

    What cannot be decided counts as not the same, so that nobody is ruled by somebody else's answer.
    """

    def __init__(self, assignment: Assignment) -> None:
        self._questions = {question.id: question for question in assignment}
        self._worker = Worker(lambda job: {"same": self._decided(job)})
        self._known: dict[tuple[str, str, str], bool] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.close()

    def decidable(self, part: str) -> bool:
        """Whether answers to this part are formulas or ranges, which can be compared by their meaning."""
        question = self._questions.get(part)
        return question is not None and isinstance(question.answer, Expression | Interval | Entries | Update)

    def is_code(self, part: str) -> bool:
        """Whether this part is answered by code, which is the same only in files that are the same."""
        question = self._questions.get(part)
        return question is not None and runs_student_code(question.answer)

    def answer(self, part: str, verdict: Verdict, content: str) -> str:
        """What an answer is known by: the text as it was meant; of code, the hash of its files."""
        return f"{FILES}{content}" if self.is_code(part) else meant(verdict)

    def same(self, part: str, one: str, other: str) -> bool:
        """Whether two answers to a part are equal; as texts, or by their meaning."""
        if " ".join(one.split()) == " ".join(other.split()):
            return True
        if not self.decidable(part):
            return False
        key = (part, min(one, other), max(one, other))
        if key not in self._known:
            try:
                answer = self._worker.ask({"part": part, "one": one, "other": other}, SECONDS)
            except (OutOfTime, Crashed):
                answer = {"same": False}
            self._known[key] = answer["same"] is True
        return self._known[key]

    def can_be_key(self, part: str, text: str) -> bool:
        """Whether a text can stand as a rule's answer in the question's file, as it is."""
        question = self._questions[part]
        if not self.decidable(part):
            return False
        try:
            return self._worker.ask({"part": part, "key": text}, SECONDS).get("same") is True and bool(question)
        except (OutOfTime, Crashed):
            return False

    def letters(self, part: str, text: str) -> tuple[str, ...]:
        """The options that a text names in the question's file, for a choice; else none."""
        question = self._questions.get(part)
        if question is None or not isinstance(question.answer, Choice):
            return ()
        known = {option.letter for option in question.answer.options}
        found = tuple(re.findall(r"[a-z]+", text.lower()))
        return found if found and set(found) <= known else ()

    def _decided(self, job: Mapping[str, Any]) -> bool:
        question = self._questions[job["part"]]
        try:
            if "key" in job:
                return _judged_by(question, job["key"], job["key"])
            tree = _tree(question, job["one"])
            return tree is not None and _judged_by(question, tree, job["other"])
        except (Unreadable, AuthorError):
            return False


def meant(verdict: Verdict) -> str:
    """An answer as it was written; of a choice in a student's own form, whose letters mean nothing to others, the file's letters."""
    mark = "in the question's file: "
    return next((line.removeprefix(mark) for line in verdict.staff if line.startswith(mark)), verdict.wrote)


def _judged_by(question: Question, key: str | Node, answer: str) -> bool:
    """Whether an answer would be right, were `key` the key."""
    kind = question.answer
    assert isinstance(kind, Expression | Interval | Entries | Update)
    asked = replace(question, answer=replace(kind, key=key, also=()), wrong=(), after=(), hint="")
    written = {question.answer_name: _written(question, answer)}
    return asked.answer.judge(asked, written, seed=_SEED).word is Word.OK


def _tree(question: Question, answer: str) -> Node | None:
    """What an answer means, as a key can be."""
    kind = question.answer
    table = kind.table(question.symbols) if isinstance(kind, Update) else question.symbols
    reader = kind.expression if isinstance(kind, Entries | Update) else kind
    if not isinstance(reader, Expression | Interval):
        return None
    return reader.read(table, _written(question, answer)).tree


def _written(question: Question, text: str) -> Written:
    return Written(name=question.answer_name, content=text, where="a submission", source=repr(text))
