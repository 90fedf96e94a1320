"""Discussion, slides, foundations: every row of the tables is judged as it says, and oracles refute what is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autograder import Wrong
from autograder.oracles import MeasuredChoice
from autograder.question import Question
from autograder.submission.collect import collect
from autograder.template import form
from autograder.verdict import Word
from reference.dis1.assignment import assignment as dis1
from reference.foundations.assignment import assignment as foundations
from reference.gradients.assignment import assignment as gradients
from tests.course import dis1_answers, foundations_answers, gradients_answers
from tests.course.judged import SEED, Case, Course, cases, judge

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parents[2]
COURSES = (
    Course(assignment=dis1, table=dis1_answers.TABLE, rows=dis1_answers.ROWS),
    Course(assignment=gradients, table=gradients_answers.TABLE, rows=gradients_answers.ROWS),
    Course(assignment=foundations, table=foundations_answers.TABLE, rows=foundations_answers.ROWS),
)
CASES = cases(*COURSES)
BY_CODE = ("code", "notebook")
OF_THE_KIND = {"ranking": frozenset({"numbers-missing", "reversed"})}
PARTS = [
    pytest.param(course, question, id=f"{course.name}/{question.id}")
    for course in COURSES
    for question in course.assignment
    if question.answer.kind not in BY_CODE
]
per_course = pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
per_part = pytest.mark.parametrize(("course", "question"), PARTS)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_row(case: Case) -> None:
    """The verdict's word, misconception and convention are those of the table, and nothing is left undecided."""
    verdict = judge(case.question, case.row.typed)
    said = (str(verdict.word), verdict.misconception, verdict.convention)
    assert said == (case.row.word, case.row.misconception, case.row.convention), (verdict.feedback, verdict.staff)
    if case.row.error:
        assert case.row.error in verdict.staff, verdict.feedback


NAMED = [
    case
    for case in CASES
    if case.row.misconception and case.row.misconception in {rule.name for rule in case.question.wrong}
]


@pytest.mark.parametrize("case", NAMED, ids=str)
def test_no_other_rule_fires(case: Case) -> None:
    """Without its rule a wrong answer is still wrong, and no other misconception claims it."""
    others = tuple(rule for rule in case.question.wrong if rule.name != case.row.misconception)
    verdict = judge(replace(case.question, wrong=others), case.row.typed)
    assert (verdict.word, verdict.misconception) == (Word.NOT_YET, None)


@pytest.mark.parametrize("case", [case for case in NAMED if case.question.answer.kind != "expressions"], ids=str)
def test_credit_and_sentence_are_the_authors(case: Case) -> None:
    """A misconception keeps the credit that its rule says, or the share that is right, and its sentence is read first."""
    (rule,) = [rule for rule in case.question.wrong if rule.name == case.row.misconception]
    verdict = judge(case.question, case.row.typed)
    assert verdict.feedback[0] == rule.sentence
    in_parts = case.question.answer.kind == "choice" and not isinstance(case.question.answer.key, str)  # type: ignore[attr-defined]
    assert verdict.credit >= rule.credit if in_parts else verdict.credit == rule.credit


READ_BACK = [
    case
    for case in CASES
    if isinstance(case.row.typed, str)
    and case.row.word != "unreadable"
    and case.question.answer.kind in ("expression", "interval", "update", "vector", "set")
]


@pytest.mark.parametrize("case", READ_BACK, ids=str)
def test_what_is_shown_back_is_judged_the_same(case: Case) -> None:
    """Typing in how an answer was read, in Unicode or in LaTeX, leads to the same verdict."""
    first = judge(case.question, case.row.typed)
    for echo in filter(None, (first.read_as, first.read_as_latex)):
        again = judge(case.question, echo)
        assert (again.word, again.misconception, again.convention, again.credit) == (
            first.word,
            first.misconception,
            first.convention,
            first.credit,
        )


@per_part
def test_table_covers_the_part(course: Course, question: Question) -> None:
    """Each part has at least four right ways to type it and four different wrong answers; every misconception has its row."""
    said = course.table[question.id]
    assert set(said.wrong) == {rule.name for rule in question.wrong} | OF_THE_KIND.get(
        question.answer.kind, frozenset()
    )
    right = [*said.right, *(typed for answers in said.convention.values() for typed in answers)]
    assert len({repr(typed) for typed in right}) >= 4
    wrong = [*said.off, *(typed for answers in said.wrong.values() for typed in answers)]
    read = {judge(question, typed).read_as for typed in wrong}  # as it was read: another spelling is no other answer
    assert len(read) >= 4, sorted(read)


@per_part
def test_blank_form_earns_nothing(course: Course, question: Question) -> None:
    """The form as it is handed out is blank in every part, and a blank part earns nothing."""
    answers = collect(ROOT / "student_template" / course.name).answers
    assert answers[question.answer_name].blank
    verdict = question.answer.judge(question, answers, seed=SEED)
    assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)


MEASURED = [question for course in COURSES for question in course.assignment if question.practice is not None]


def _wrong_keys() -> list[tuple[Question, Wrong]]:
    """Every misconception that can take the key's place: a pattern that leaves cases open cannot."""
    return [
        (question, rule)
        for question in MEASURED
        for rule in question.wrong
        if hasattr(question.answer, "key") and not _is_pattern(question, rule)
    ]


def _is_pattern(question: Question, rule: Wrong) -> bool:
    return question.answer.kind == "choice" and not all(isinstance(letter, str) for letter in rule.answer)


@pytest.mark.parametrize(
    ("question", "rule"), _wrong_keys(), ids=lambda one: getattr(one, "name", getattr(one, "id", ""))
)
def test_oracle_refutes_the_misconception(question: Question, rule: Wrong) -> None:
    """Put in the key's place, every misconception is refuted by the oracle, with numbers."""
    assert question.practice is not None
    mistaken = replace(question, answer=replace(question.answer, key=rule.answer), wrong=())  # type: ignore[type-var]
    said = question.practice.agrees(mistaken, seed=1)
    assert said
    assert isinstance(question.practice, MeasuredChoice) or said.startswith("at ")


@per_course
def test_every_written_part_has_an_oracle(course: Course) -> None:
    """Each part is measured."""
    assert not {q.id for q in course.assignment if q.practice is None and q.answer.kind not in BY_CODE}


@per_course
def test_form_is_up_to_date(course: Course, pytestconfig: pytest.Config) -> None:
    """The committed form is what the questions generate now."""
    file = ROOT / "student_template" / course.name / "answers.py"
    if pytestconfig.getoption("--update-golden"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(form(course.assignment), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == form(course.assignment), "look at the questions, then --update-golden"


@per_course
def test_form_names_its_assignment(course: Course) -> None:
    """Read as a submission, the form names its assignment and can be read throughout."""
    submission = collect(ROOT / "student_template" / course.name)
    assert submission.header == course.name
    assert not submission.problems


@per_course
def test_sentences_and_form_keep_the_key_to_themselves(course: Course) -> None:
    """Neither a misconception's sentence nor the blank form contains a right answer of its part."""
    text = form(course.assignment)
    for part, said in course.table.items():
        question = course.assignment.question(part)
        typed = [answer for answer in said.right if isinstance(answer, str) and len(answer) > 4]
        for rule in question.wrong:
            assert not any(answer in rule.sentence for answer in typed), (part, rule.name)
        if question.answer.kind != "choice":
            printed = text.split(f"# {part}  ")[1].split("# ----")[0]
            assert not any(answer in printed for answer in typed if len(answer) > 8), part
