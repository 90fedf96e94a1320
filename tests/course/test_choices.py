"""Every choice of the course: answered by words, in forms of students' own, with exact credit and a reason per option."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

import pytest

from autograder import Choice, Ordering
from autograder.answers.options import FORM, code_of
from autograder.question import Assignment, Question
from autograder.submission.written import Content, Written
from autograder.template import form
from autograder.verdict import Verdict, Word
from reference.dis1.assignment import assignment as dis1
from reference.foundations.assignment import assignment as foundations
from reference.gradients.assignment import assignment as gradients

COURSE = (dis1, gradients, foundations)
STUDENTS = ("ada@example.org", "3031234567", "Émilie du Châtelet")
CHOICES = [
    pytest.param(assignment, question, id=f"{assignment.name}/{question.id}")
    for assignment in COURSE
    for question in assignment
    if isinstance(question.answer, Choice | Ordering)
]
LETTERED = [param for param in CHOICES if isinstance(param.values[1].answer, Choice)]
SHUFFLED = [param for param in CHOICES if param.values[1].answer.shuffle]
FIXED = {"gradients/4.iteration", "foundations/1.epoch", "foundations/2.circuit"}
"""Options that have an order of their own."""


def judged(question: Question, content: Content, code: str = "") -> Verdict:
    contents = {question.answer_name: content} | ({FORM: code} if code else {})
    answers = {name: Written(name=name, content=text, where="answers.py") for name, text in contents.items()}
    return question.answer.judge(question, answers, seed=0)


def solution(question: Question) -> tuple[str, ...]:
    """The letters of a right answer, those of an order from its pairs."""
    if isinstance(question.answer, Choice):
        return question.answer.key_letters
    return (
        *(first for first, _ in question.answer.key),
        question.answer.key[-1][1],
    )  # the pairs of the course are a chain


def typed(question: Question, letters: tuple[str, ...], words: dict[str, str]) -> Content:
    """An answer with the words, or other letters, of some options."""
    said = tuple(words[letter] for letter in letters)
    return said[0] if isinstance(question.answer, Choice) and isinstance(question.answer.key, str) else said


def words_of(question: Question) -> dict[str, str]:
    return {option.letter: option.text for option in question.answer.options}


@pytest.mark.parametrize(("assignment", "question"), CHOICES)
def test_words_say_the_same_as_letters(assignment: Assignment, question: Question) -> None:
    """An option may be named by its own words, with or without its letter, in capitals, and with sloppy spaces."""
    key, words = solution(question), words_of(question)
    spelled = (
        words,
        {letter: f"{letter}) {text}" for letter, text in words.items()},
        {letter: f"({letter.upper()}): {text.rstrip('.')}" for letter, text in words.items()},
        {letter: f"  {text.upper().replace(' ', '  ')} " for letter, text in words.items()},
    )
    for spelling in spelled:
        assert judged(question, typed(question, key, spelling)).word is Word.OK, spelling
    if isinstance(question.answer, Choice):
        for rule in question.wrong:
            if all(isinstance(letter, str) for letter in rule.answer):
                by_words = judged(question, typed(question, tuple(rule.answer), words))
                assert (by_words.word, by_words.misconception) == (Word.NOT_YET, rule.name)


@pytest.mark.parametrize(("assignment", "question"), CHOICES)
def test_several_words_stand_on_lines_of_one_text(assignment: Assignment, question: Question) -> None:
    """Where several options are named, one text with a line for each says the same as a list."""
    key, words = solution(question), words_of(question)
    if isinstance(question.answer, Ordering) or not isinstance(question.answer.key, str):
        assert judged(question, "\n".join(words[letter] for letter in key)).word is Word.OK
        assert judged(question, ";\n".join(f"{letter}) {words[letter]}" for letter in key)).word is Word.OK


@pytest.mark.parametrize(("assignment", "question"), LETTERED)
def test_a_letter_beside_other_words_is_no_guess(assignment: Assignment, question: Question) -> None:
    """Where letter and words contradict each other, the answer is unreadable and not wrong."""
    first, second = question.answer.options[:2]
    if isinstance(question.answer.key, str):
        verdict = judged(question, f"{first.letter}) {second.text}")
        assert (verdict.word, verdict.credit) == (Word.UNREADABLE, 0)
        assert "the letter of one option and the words of another" in verdict.feedback[0]


def letters_in(text: str, question: Question) -> dict[str, str]:
    """The letters of a form, by the letters of the question's file, found by the options' words."""
    block = text.split(f"\n# {question.id}  ")[1].split("\n# ----", maxsplit=1)[0]
    lines = re.sub(r"\n#    +(?![a-z]\) |case \d+: )", " ", block)
    shown = {words: letter for letter, words in re.findall(r"^#   ([a-z])\) (.*)$", lines, re.MULTILINE)}
    return {option.letter: shown[option.text] for option in question.answer.options}


@pytest.mark.parametrize(("assignment", "question"), CHOICES)
@pytest.mark.parametrize("student", STUDENTS)
def test_own_forms_are_read_with_their_own_letters(assignment: Assignment, question: Question, student: str) -> None:
    """The letters that a student's form shows mean what stands beside them there, to the key and to every rule."""
    code = code_of(student)
    text = form(assignment, code)
    own = letters_in(text, question)
    assert f'{FORM} = "{code}"' in text
    assert judged(question, typed(question, solution(question), own), code).word is Word.OK
    assert judged(question, typed(question, solution(question), words_of(question)), code).word is Word.OK
    for rule in question.wrong:
        if all(isinstance(letter, str) for letter in rule.answer):
            there, here = (
                judged(question, typed(question, tuple(rule.answer), own), code),
                judged(question, rule.answer),
            )
            assert (there.word, there.misconception, there.credit) == (here.word, rule.name, here.credit)


@pytest.mark.parametrize(("assignment", "question"), SHUFFLED)
def test_letters_without_their_form_are_never_wrong(assignment: Assignment, question: Question) -> None:
    """Own letters without the form's code, the class's letters with it, or a code with a slip: unreadable, and said so."""
    code = code_of(STUDENTS[0])
    own = letters_in(form(assignment, code), question)
    lost = judged(question, typed(question, solution(question), own))
    mixed = judged(question, typed(question, solution(question), {letter: letter for letter in own}), code)
    slip = judged(question, typed(question, solution(question), own), code[:-2] + code[-1] + code[-2])
    assert [verdict.word for verdict in (lost, mixed, slip)] == [Word.UNREADABLE] * 3
    assert "Hand in that form's line q0_form, too" in lost.feedback[0]
    assert "of your form" in mixed.feedback[0]
    assert "q0_form is not the code of a form" in slip.feedback[0]


def test_choices_are_shuffled_but_for_those_with_an_order() -> None:
    """Numbers that grow, and never after always, stay where they are."""
    names = {f"{param.values[0].name}/{param.values[1].id}" for param in CHOICES}
    assert names - {f"{param.values[0].name}/{param.values[1].id}" for param in SHUFFLED} == FIXED


def test_forms_differ_and_are_the_same_again() -> None:
    """Two students have different orders in most parts, one student has the same form whenever it is made."""
    first, second = (form(foundations, code_of(student)) for student in STUDENTS[:2])
    assert form(foundations, code_of(f" {STUDENTS[0].upper()} ")) == first
    moved = [
        q for a, q in (p.values for p in SHUFFLED) if a is foundations and letters_in(first, q) != letters_in(second, q)
    ]
    assert len(moved) > 20
    assert {node.targets[0].id for node in ast.parse(first).body if isinstance(node, ast.Assign)} == {
        "assignment", FORM, *(q.answer_name for q in foundations if q.answer.kind != "code"),
    }  # fmt: skip


@pytest.mark.parametrize(("assignment", "question"), CHOICES)
def test_every_option_has_its_reason(assignment: Assignment, question: Question) -> None:
    """Right ones say why to those who chose them; those of wrong ones are for staff."""
    assert all(option.reason for option in question.answer.options)
    assert len({option.text for option in question.answer.options}) == len(question.answer.options)


@pytest.mark.parametrize(("assignment", "question"), [param for param in LETTERED if param.values[1].answer.several])
def test_credit_of_several_letters_is_exact(assignment: Assignment, question: Question) -> None:
    """For each selection the credit is what chance would not give: options treated rightly minus wrongly, over all of them."""
    letters = [option.letter for option in question.answer.options]
    assert all(rule.credit == 0 for rule in question.wrong)
    for chosen in chain.from_iterable(combinations(letters, size) for size in range(1, len(letters) + 1)):
        wrong = len(set(chosen) ^ set(question.answer.key))
        expected = max(Fraction(0), Fraction(len(letters) - 2 * wrong, len(letters)))
        assert judged(question, chosen).credit == expected


@pytest.mark.parametrize(("assignment", "question"), [param for param in LETTERED if param.values[1].answer.cases])
def test_credit_of_cases_is_never_below_their_share(assignment: Assignment, question: Question) -> None:
    """A rule may keep more of the points than the cases that are right, never less."""
    key = question.answer.key
    for rule in question.wrong:
        if all(isinstance(letter, str) for letter in rule.answer):
            share = Fraction(sum(one == other for one, other in zip(rule.answer, key, strict=True)), len(key))
            assert judged(question, rule.answer).credit == max(rule.credit, share)
            assert rule.credit == 0 or rule.credit > share


@pytest.mark.parametrize(("assignment", "question"), [p for p in LETTERED if p.values[1].answer.cases])
def test_cases_may_be_numbered(assignment: Assignment, question: Question) -> None:
    """By number, by name, in any order, in one text or in a dict: each letter goes to its case."""
    key, cases = question.answer.key, question.answer.cases
    numbered = [f"{at}: {letter}" for at, letter in enumerate(key, 1)]
    right: tuple[Content, ...] = (
        ", ".join(numbered),
        "; ".join(f"case {one}" for one in reversed(numbered)),
        dict(reversed([*zip(cases, key, strict=True)])),
        {f"case {at}": letter for at, letter in reversed([*enumerate(key, 1)])},
    )
    for content in right:
        assert judged(question, content).word is Word.OK, content


def test_reasons_are_told_to_those_who_are_right() -> None:
    """One line for one letter, one per letter for several, in the letters of the student's form."""
    question = foundations.question("3.hyper")
    plain = judged(question, "a, c, e").feedback
    assert plain == (
        "a: the training loss would turn it off.", "c: it cannot be trained by gradients.", "e: a knob of the optimiser.",
    )  # fmt: skip
    code = code_of(STUDENTS[1])
    own = letters_in(form(foundations, code), question)
    verdict = judged(question, tuple(own[letter] for letter in "ace"), code)
    assert {line[3:] for line in verdict.feedback} == {line[3:] for line in plain}
    assert verdict.read_as == ", ".join(sorted(own[letter] for letter in "ace"))
    assert set(verdict.staff[0].split(": ")[1].split(", ")) == set("ace")


def test_a_choice_that_is_not_shuffled_keeps_its_letters_in_every_form() -> None:
    """The code changes nothing where the author allows no shuffling."""
    question = foundations.question("1.epoch")
    fixed = replace(question, answer=replace(question.answer, shuffle=False))
    assert judged(fixed, "abd", code_of(STUDENTS[0])).word is Word.OK
