"""The author's half: answers are judged by the grader itself, each in a process that is killed when its time is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from autograder.answers.sandboxed import runs_student_code
from autograder.engine.codec_pictures import plot_from_json, plot_to_json
from autograder.engine.grade import grade
from autograder.equality.budget import Crashed, OutOfTime, Worker
from autograder.question import Assignment, Question, answer_name
from autograder.submission.collect import Submission
from autograder.submission.typed import typed
from autograder.submission.written import Answers
from autograder.verdict import Cause, Verdict, Word
from autograder.workbench.desk import Option, Place, Rule, Table, Tried
from autograder.workbench.tables import witness_tables
from autograder.workbench.witness import witness_plot

CODE_FILE = "typed.py"
_PLOT_SECONDS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorDesk:
    """One assignment with its keys.

    Args:
        assignment: what is judged.
        seed: where randomness comes from, so that the same answer is always told the same.
    """

    assignment: Assignment
    seed: int = 0
    is_practice: bool = field(default=False, init=False)

    @property
    def name(self) -> str:
        """The assignment's key."""
        return self.assignment.name

    @property
    def title(self) -> str:
        """The assignment's title."""
        return self.assignment.title

    @property
    def places(self) -> dict[str, Place]:
        """Its parts by id."""
        return {question.id: _place(question) for question in self.assignment}

    def try_answer(self, part: str, text: str, others: Mapping[str, str]) -> Tried:
        """Grade the one part, as a submission of the typed answers would be graded."""
        question = self.assignment.question(part)
        answers = {name: typed(name, other, "this page") for name, other in others.items() if other.strip()}
        files: dict[str, bytes] = {}
        if runs_student_code(question.answer):
            files[CODE_FILE] = text.encode("utf-8", "replace")
        else:
            answers[question.answer_name] = typed(question.answer_name, text, "this page")
        result = grade(self.assignment, Submission(answers=answers, files=files), seed=self.seed, only=part)
        found = result.parts[0]
        if found.verdict.word is not Word.NOT_YET or found.verdict.cause is Cause.ABSENT:
            return Tried(part=found)
        return Tried(part=found, **self._witness(question, found.verdict, answers))

    def _witness(self, question: Question, verdict: Verdict, answers: Answers) -> dict[str, Any]:
        """The answer beside the key where they differ, as plots and tables; nothing of what cannot be had in time."""

        def show(_: Any) -> Iterator[dict[str, Any]]:
            tables = [asdict(table) for table in witness_tables(question, verdict, answers)]
            yield {"tables": tables, "plots": []}
            if verdict.reading is not None:
                plots = [plot_to_json(plot) for plot in witness_plot(question, verdict.reading, self.seed)]
                yield {"tables": tables, "plots": plots}

        with Worker(show) as worker:
            try:
                reply = worker.ask({}, _PLOT_SECONDS)
            except (OutOfTime, Crashed):
                return {}
        return {"plots": tuple(map(plot_from_json, reply["plots"])), "tables": tuple(map(_table, reply["tables"]))}


def _table(data: dict[str, Any]) -> Table:
    return Table(
        title=data["title"],
        columns=tuple(data["columns"]),
        rows=tuple(map(tuple, data["rows"])),
        says=data["says"],
    )


def _place(question: Question) -> Place:
    answer: Any = question.answer
    return Place(
        id=question.id,
        title=question.title,
        asks=question.prompt,
        example=answer.example(question),
        points=Fraction(question.points),
        letters=tuple(symbol.name for symbol in question.symbols.symbols),
        options=tuple(Option(letter=option.letter, text=option.text) for option in getattr(answer, "options", ())),
        others=_others(question),
        is_code=runs_student_code(answer),
        rules=tuple(Rule(name=r.name, sentence=r.sentence, credit=r.credit) for r in question.wrong),
        source=str(question.source),
    )


def _others(question: Question) -> tuple[str, ...]:
    """Names of further answers that the part looks at: its other half, its numbers, the parts that it builds on."""
    answer: Any = question.answer
    partners = [answer_name(other) for other in getattr(answer, "where", ())]
    numbers = [name] if isinstance(name := getattr(answer, "numbers", ""), str) and name else []
    earlier = [answer_name(other) for other in question.after]
    return tuple(name for name in dict.fromkeys((*partners, *numbers, *earlier)) if name != question.answer_name)
