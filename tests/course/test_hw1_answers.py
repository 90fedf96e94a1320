"""Homework 1: every row of the tables is judged as it says, and oracles refute what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from autograder import Wrong
from autograder.oracles.measured import MeasuredChoice
from autograder.question import Question
from autograder.submission.written import Answers, Content, Written
from autograder.verdict import Verdict, Word
from reference.hw1.assignment import assignment
from tests.course.answer_table import Row, Together, Typed
from tests.course.hw1_answers import ROWS, TABLE

pytestmark = pytest.mark.untraced

SOLUTION = Path(__file__).parents[2] / "reference" / "hw1" / "solution"
SEED = 20250209
OF_THE_KIND = {"derivation": frozenset({"assumes-result", "too-few-steps", "wrong-step", "ends-missing"})}


def content(typed: Typed) -> Content:
    if isinstance(typed, str):
        return typed
    if isinstance(typed, dict):
        return {name: content(part) for name, part in typed.items()}
    return tuple(content(part) for part in typed)


def written(question: Question, typed: Typed) -> Answers:
    by_name: Mapping[str, Typed] = typed.answers if isinstance(typed, Together) else {question.answer_name: typed}
    return {name: Written(name=name, content=content(part), where="answers.py") for name, part in by_name.items()}


def judge(row: Row) -> Verdict:
    question = assignment.question(row.part)
    return question.answer.judge(question, written(question, row.typed), seed=SEED)


RUN = ("code", "notebook")  # kinds that are judged by running a submission; they have tests of their own


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.part}-{row.misconception or row.word}-{row.typed!r}"[:110])
def test_row(row: Row) -> None:
    """The verdict's word, misconception and convention are those of the table, and nothing is left undecided."""
    verdict = judge(row)
    said = (str(verdict.word), verdict.misconception, verdict.convention)
    assert said == (row.word, row.misconception, row.convention), (verdict.feedback, verdict.staff)
    if row.error:
        assert row.error in verdict.staff, verdict.feedback


NAMED = [row for row in ROWS if row.misconception and assignment.question(row.part).wrong]


@pytest.mark.parametrize("row", NAMED, ids=lambda row: f"{row.part}-{row.misconception}-{row.typed!r}"[:110])
def test_no_other_rule_fires(row: Row) -> None:
    """Without its rule a wrong answer is still wrong, and no other misconception claims it."""
    question = assignment.question(row.part)
    others = replace(question, wrong=tuple(rule for rule in question.wrong if rule.name != row.misconception))
    verdict = question.answer.judge(others, written(question, row.typed), seed=SEED)
    assert (verdict.word, verdict.misconception) == (Word.NOT_YET, None)


SINGLE = [row for row in NAMED if assignment.question(row.part).answer.kind != "expressions"]


@pytest.mark.parametrize("row", SINGLE, ids=lambda row: f"{row.part}-{row.misconception}-{row.typed!r}"[:110])
def test_credit_and_sentence_are_the_authors(row: Row) -> None:
    """A misconception keeps the credit that its rule says, of cases the share that is right; its sentence is read first."""
    (rule,) = [rule for rule in assignment.question(row.part).wrong if rule.name == row.misconception]
    verdict = judge(row)
    assert verdict.feedback[0] == rule.sentence
    assert verdict.credit >= rule.credit if row.part == "1b.regime" else verdict.credit == rule.credit


READ_BACK = [
    row
    for row in ROWS
    if isinstance(row.typed, str)
    and row.word != "unreadable"
    and assignment.question(row.part).answer.kind in ("expression", "interval", "update")
]


@pytest.mark.parametrize("row", READ_BACK, ids=lambda row: f"{row.part}-{row.typed!r}"[:110])
def test_what_is_shown_back_is_judged_the_same(row: Row) -> None:
    """Typing in how an answer was read, in Unicode or in LaTeX, leads to the same verdict."""
    first = judge(row)
    for echo in filter(None, (first.read_as, first.read_as_latex)):
        again = judge(replace(row, typed=echo))
        assert (again.word, again.misconception, again.convention) == (
            first.word,
            first.misconception,
            first.convention,
        )


@pytest.mark.parametrize("part", TABLE)
def test_table_covers_the_part(part: str) -> None:
    """Each part has at least four right and four wrong answers, and every misconception has its own row."""
    said, question = TABLE[part], assignment.question(part)
    assert set(said.wrong) == {rule.name for rule in question.wrong} | OF_THE_KIND.get(
        question.answer.kind, frozenset()
    )
    assert len(said.right) + sum(map(len, said.convention.values())) >= 4
    if question.id[0] != "6":  # for those any text is complete
        assert sum(map(len, said.wrong.values())) + len(said.off) >= 4


def test_the_tables_are_large() -> None:
    """There are at least 400 formulas, and every part has a table."""
    assert len(ROWS) >= 400
    assert set(TABLE) >= {question.id for question in assignment if question.answer.kind not in RUN}


MEASURED = [question for question in assignment if question.practice is not None]


def _wrong_keys() -> list[tuple[Question, Wrong]]:
    """Every misconception that can take the key's place."""
    return [
        (question, rule)
        for question in MEASURED
        for rule in question.wrong
        if hasattr(question.answer, "key") and not isinstance(rule.answer, tuple)
    ]


@pytest.mark.parametrize(
    ("question", "rule"), _wrong_keys(), ids=lambda item: getattr(item, "name", getattr(item, "id", ""))
)
def test_oracle_refutes_the_misconception(question: Question, rule: Wrong) -> None:
    """Put in the key's place, every misconception is refuted by the oracle, with numbers."""
    assert question.practice is not None
    mistaken = replace(question, answer=replace(question.answer, key=rule.answer), wrong=())
    said = question.practice.agrees(mistaken, seed=1)
    assert said
    assert isinstance(question.practice, MeasuredChoice) or said.startswith("at ")


def test_every_sentence_keeps_the_key_to_itself() -> None:
    """No sentence of a misconception contains a right answer or a piece of LaTeX that could be one."""
    for question in (assignment.question(part) for part in TABLE):
        for rule in question.wrong:
            typed = [text for text in TABLE[question.id].right if isinstance(text, str) and len(text) > 2]
            assert not any(text in rule.sentence for text in typed), (question.id, rule.name)
            assert (
                "=" not in rule.sentence or "= 0" in rule.sentence or "= 1" in rule.sentence or "right" in rule.sentence
            )
