"""One line for many: missing answers of a problem, one cause of several failures, what to look at first."""

from __future__ import annotations

import json
from fractions import Fraction

from autograder.assignments import load
from autograder.engine.grade import grade
from autograder.places import LIBRARY
from autograder.report.as_json import to_json
from autograder.report.overview import Missing, blocks, look_first, said_once
from autograder.report.terminal import table
from autograder.submission.collect import Submission
from autograder.verdict import Cause, Word
from tests.report.specimen import specimen
from tests.report.test_gradescope import part, result

ABSENT = {
    "cause": Cause.ABSENT,
    "feedback": ("q1a (answers.py, line 22) is blank. Type your answer between the quotes.",),
}


def test_a_result_as_data(golden):
    """Every fact of every verdict, for programs."""
    text = json.dumps(to_json(specimen()), ensure_ascii=False, allow_nan=False, indent=1)
    golden("result.json", text + "\n")


def test_missing_answers_of_a_problem_are_one_line():
    """Ten blanks are not ten blocks; a single one keeps its own."""
    graded = result(*(part(name, **ABSENT) for name in ("1a", "1a.path", "1b")), part("1c"), part("2a", **ABSENT))
    first, second, third = blocks(graded)
    assert isinstance(first, Missing)
    assert [first.says, first.points] == ["no answer yet to 1a, 1a.path, 1b", Fraction(6)]
    assert [second.id, third.id] == ["1c", "2a"]  # type: ignore[union-attr]


def test_a_blank_form_is_a_short_list():
    """Every part of a homework that is blank takes two lines a problem, not two lines a part."""
    assignment = load("gradients", LIBRARY)
    graded = grade(assignment, Submission(answers={}, files={}), seed=1)
    lines = table(graded, width=100).splitlines()
    assert len(lines) < 25
    assert sum(line.startswith("not yet") for line in lines) == 4
    assert look_first(graded) == ["No part has an answer yet."]


def test_one_cause_is_said_once():
    """Functions of a file that cannot be loaded fail alike: the second refers to the first."""
    cause = "functions.py could not be loaded: line 3 raised ModuleNotFoundError: no module named sklearn."
    graded = said_once(
        result(part("1a", feedback=(cause,)), part("1b", feedback=(cause,)), part("1c", feedback=("Short.",)))
    )
    assert [p.verdict.feedback for p in graded.parts] == [(cause,), ("The same as for 1a.",), ("Short.",)]


def test_a_rule_that_fires_twice_is_told_twice():
    """The author's sentence belongs to the part, even where another part has the same one."""
    rule = {
        "misconception": "half-loss",
        "feedback": ("This is the range for a loss with a factor 1/2 in front of it.",),
    }
    graded = said_once(result(part("1a", **rule), part("1c", **rule)))
    assert graded.parts[0].verdict.feedback == graded.parts[1].verdict.feedback


def test_points_of_a_third_add_up_in_every_report():
    """What a part is worth is rounded once, where the result is made: three thirds are 0.33, 0.33 and 0.34."""
    assignment = load("hw1", LIBRARY)
    graded = grade(assignment, Submission(answers={}, files={}), seed=1)
    assert graded.points == 100
    assert all((100 * part.points).denominator == 1 for part in graded.parts)
    assert [str(part.points) for part in graded.parts if part.id.startswith("6")] == ["33/100", "33/100", "17/50"]


def test_nothing_to_look_at():
    """A full score needs no list."""
    assert look_first(result(part(word=Word.OK, credit=Fraction(1)))) == []
