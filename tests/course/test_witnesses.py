"""What wrong answers are shown: facts of the statement at a few fixed points, never the right value."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import numpy as np
import pytest

from autograder.answers.interval import Interval
from autograder.assignments import load
from autograder.equality.edits import edits
from autograder.errors import AuthorError
from autograder.formula.echo import to_unicode
from autograder.formula.rewrite import substitute
from autograder.formula.tree import Assigned, Mul, Name, Node, Number, Sequence
from autograder.oracles.keys import key_trees
from autograder.oracles.numeric import value
from autograder.oracles.witnesses import MOST, Behaves, Counts, Shows, place_of, told
from autograder.places import LIBRARY
from autograder.question import Assignment, Level, Question, with_witnesses
from autograder.verdict import Word
from tests.course import dis1_answers, foundations_answers, gradients_answers, hw1_answers
from tests.course.answer_table import Row, Together
from tests.course.judged import judge, written

pytestmark = pytest.mark.untraced

COURSE: dict[str, Assignment] = {name: load(name, LIBRARY) for name in ("hw1", "dis1", "gradients", "foundations")}
ROWS = {
    "hw1": hw1_answers.ROWS,
    "dis1": dis1_answers.ROWS,
    "gradients": gradients_answers.ROWS,
    "foundations": foundations_answers.ROWS,
}
NO_FORMULA = {
    "choice",
    "ranking",
    "code",
    "notebook",
    "order",
    "derivation",
    "set",
    "manual",
    "completeness",
    "ordering",
}
WRONG: list[tuple[Question, Row]] = [
    (question, row)
    for name, assignment in COURSE.items()
    for row in ROWS[name]
    if row.word == "not yet" and (question := assignment.question(row.part)).answer.kind not in NO_FORMULA
]
_NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?")


def numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def each(question_row: tuple[Question, Row]) -> str:
    question, row = question_row
    return f"{question.id}-{row.misconception}-{row.typed!r}"[:60]


@pytest.mark.parametrize("case", WRONG, ids=each)
def test_no_sentence_holds_the_key(case):
    """Neither the key's formula nor its value at the point that is shown is in what the student reads."""
    question, row = case
    verdict = judge(question, row.typed)
    said = " ".join((verdict.witness, *(line.partition("\n")[0] for line in verdict.feedback)))
    for tree in key_trees(question):
        key = to_unicode(tree)
        if len(key) > 4 and key not in _handed_in_right(row):
            assert key.replace(" ", "") not in said.replace(" ", "").replace("`", "")
    if not isinstance(question.shows, Shows) or not verdict.witness.startswith("With "):
        return
    point, place = _shown_at(question.shows, verdict.witness)
    items = verdict.reading.items if isinstance(verdict.reading, Sequence) else ()
    own = [item.value if isinstance(item, Assigned) else item for item in items]
    mine = (
        {told(found) for tree in own if isinstance(found := value(tree, point), float)}
        | numbers(verdict.read_as)
        | numbers(place)
        | {"0"}
    )  # where nothing moves, nothing is told by a 0
    for tree in key_trees(question):
        right = value(tree, point)
        if np.ndim(right) == 0:
            assert told(right) not in numbers(verdict.witness.removeprefix(place)) - mine


def _handed_in_right(row: Row) -> set[str]:
    """Formulas of earlier parts that the student typed: they may be quoted."""
    return (
        {"[[W1·A], [W2]]"} if isinstance(row.typed, Together) and "[W1*A; W2]" in row.typed.answers.values() else set()
    )


def _shown_at(shows: Shows, witness: str) -> tuple[dict[str, object], str]:
    """The point that a witness speaks of, and how it begins."""
    for point in shows.points():
        place = place_of(point, shows.unnamed).strip()
        if witness.startswith(place):
            return point, place
    raise AssertionError(f"{witness} speaks of no point of the part")


def test_at_most_so_many_points_of_a_part_are_ever_told():
    """Whatever is handed in, the numbers that a witness begins with are among the part's few."""
    seen: dict[str, set[str]] = {}
    for question, row in WRONG:
        witness = judge(question, row.typed).witness
        place = re.match(r"With ((?:[^\s,]+ = (?:\([^)]*\)|\[\[.*?\]\]|[^\s,]+)(?:, )?)+)", witness)
        if place:
            seen.setdefault(f"{question.source}/{question.id}", set()).add(place[1])
    assert len(seen) > 30
    assert max(map(len, seen.values())) <= MOST


SHOWN = [(name, question) for name, course in COURSE.items() for question in course if question.shows is not None]


def wrong_formulas(question: Question) -> list[tuple[Node, ...]]:
    """Many wrong answers: every part of the key with one edit, and scaled by many numbers."""
    answer = question.answer
    keys = key_trees(question)
    keys = (answer.as_condition(keys[0]),) if isinstance(answer, Interval) else keys
    factors = [Number(Fraction(n, d)) for n in (1, 2, 3, 7, 11, 99) for d in (1, 2, 5, 13, 100) if n != d]
    letter = getattr(answer, "variable", "")
    found = []
    for place, key in enumerate(keys):
        if letter:
            changed = [substitute(key, letter, Mul((factor, Name(letter)))) for factor in factors]
        else:
            changed = [Mul((factor, key)) for factor in factors]
        changed += [edit.tree for edit in islice(edits(key, question.symbols, fixed=letter), 40)]
        found += [(*keys[:place], tree, *keys[place + 1 :]) for tree in changed]
    return found


@pytest.mark.parametrize(("name", "question"), SHOWN, ids=[f"{name}-{question.id}" for name, question in SHOWN])
def test_many_wrong_answers_see_the_parts_few_points_only(name, question):
    """Handing in one wrong answer after the other turns up no point that is not on the author's short list."""
    del name
    unnamed = getattr(question.shows, "unnamed", ())
    places = {place_of(point, unnamed).strip() for point in question.shows.points()}
    assert len(places) <= MOST
    said = [text for given in wrong_formulas(question) if (text := question.shows.show(question, given))]
    assert said
    assert all(any(text.startswith(place) for place in places) for text in said)


@pytest.mark.parametrize(("name", "question"), SHOWN, ids=[f"{name}-{question.id}" for name, question in SHOWN])
def test_a_witness_tells_neither_difference_nor_ratio(name, question):
    """No number of a witness is the right value, how far the answer is from it, or by what factor."""
    del name
    if not isinstance(question.shows, Shows):
        return  # ranges and numbers of steps: what they tell is whether a value belongs, and what one step less leaves
    keys = key_trees(question)
    for factor in (Fraction(137, 100), Fraction(71, 100)):
        given = tuple(Mul((Number(factor), key)) for key in keys)
        witness = question.shows.show(question, given)
        if not witness:
            continue
        point, place = _shown_at(question.shows, witness)
        values = [np.ravel(np.asarray(value(tree, point), float)) for tree in keys]
        own = np.concatenate([float(factor) * found for found in values])
        right = np.concatenate(values)
        known = {told(number) for number in np.concatenate([own, *(np.ravel(v) for v in point.values())])}
        secrets = {
            told(number) for number in (*right, *(own - right), *(right - own), float(factor), 1 / float(factor))
        }
        of_the_statement = re.sub(r"yours gives \S+( and \S+)?", "", witness.removeprefix(place))
        assert not (numbers(of_the_statement) & secrets) - known - {"0", "1", "2"}, witness


@pytest.mark.parametrize("case", WRONG[::23], ids=each)
def test_the_same_answer_gets_the_same_witness_whatever_the_seed(case):
    """A witness belongs to the part and the answer: handing in again turns nothing up."""
    question, row = case
    given = written(question, row.typed)
    first, second = (question.answer.judge(question, given, seed=seed).witness for seed in (1, 2))
    assert first == second


@pytest.mark.parametrize("case", WRONG[::11], ids=each)
def test_levels_keep_what_they_should(case):
    """The author's level decides: verdict only, the category, the sentence, the point; each contains those below."""
    question, row = case
    told_at = {level: judge(replace(question, level=level), row.typed) for level in Level}
    assert told_at[Level.VERDICT].word is Word.NOT_YET
    assert not told_at[Level.VERDICT].witness
    assert not told_at[Level.HINT].witness
    rule = next((rule for rule in question.wrong if rule.name == row.misconception), None)
    if rule is not None:
        assert rule.sentence not in told_at[Level.CATEGORY].feedback
        assert rule.sentence in told_at[Level.HINT].feedback


def test_many_tries_do_not_close_in_on_a_bound():
    """Whether a bound is too large or too small is told only where the author's level says so: it would halve the distance."""
    question = COURSE["hw1"].question("1a")
    typed = {
        "too small": ("eta < 0.3/sigma^2", "eta < 0.9/sigma^2"),
        "too large": ("eta < 1.1/sigma^2", "eta < 7/sigma^2"),
    }
    for direction, answers in typed.items():
        for answer in answers:
            assert judge(question, answer).feedback == ("The upper bound is another one.",)
            closer = judge(replace(question, level=Level.DIRECTION), answer)
            assert closer.feedback == (f"The upper bound is {direction}.",)
            assert closer.witness == judge(question, answer).witness


def test_every_formula_has_something_to_show():
    """No wrong answer of the tables is left without a word."""
    silent = []
    for question, row in WRONG:
        verdict = judge(question, row.typed)
        if not verdict.witness and not verdict.feedback:
            silent.append((question.id, row.typed))
    assert silent == []


@pytest.mark.parametrize("name", COURSE)
def test_every_part_with_a_formula_has_a_witness(name):
    """Formulas and ranges of the course are shown against the statement, not only against themselves."""
    without = [q.id for q in COURSE[name] if q.answer.kind not in NO_FORMULA and q.shows is None]
    assert without == []


def test_a_witness_has_few_points_and_a_part():
    """An author who gives too many points, or a witness for a part that is not there, is told."""
    with pytest.raises(AuthorError, match="give 1 to 6"):
        Shows(at=({"x": 1},) * 7, tells=lambda: "")
    with pytest.raises(AuthorError, match="no part"):
        with_witnesses((), {"9z": Shows(at=({"x": 1},), tells=lambda: "")})


@pytest.mark.parametrize(
    "typed",
    [
        "sum(y_i, i=1..10^9)",
        "sum(sum(sum(theta, j=1..199), k=1..199), i=1..199)",
        "10^(10^(10^10))*theta",
        "theta/0",
        "ln(-1)*y[1]",
    ],
)
def test_a_formula_that_cannot_be_evaluated_is_shown_nothing(typed):
    """Endless sums, towers of powers and divisions by zero cost nothing but the witness."""
    question = COURSE["dis1"].question("1a.i")
    verdict = judge(question, typed)
    assert "nan" not in verdict.witness
    assert len(verdict.witness) < 500


def test_kinds_of_witness_in_the_course():
    """Recurrences, steps and formulas each have their own way to show."""
    kinds = {type(q.shows) for assignment in COURSE.values() for q in assignment if q.shows is not None}
    assert kinds == {Behaves, Counts, Shows}


@pytest.mark.parametrize("name", COURSE)
def test_every_part_has_a_topic_and_a_place_to_read(name):
    """Tags and places to look at are there for all parts, and no topic is without one."""
    assignment = COURSE[name]
    topics = [assignment.topic(question) for question in assignment]
    assert None not in topics
    assert set(assignment.topics.values()) == set(topics)
    assert all(str(question.source) in assignment.look(question) for question in assignment)
