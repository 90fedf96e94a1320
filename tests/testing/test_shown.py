"""Who sees what of an author's tests: visibility, numbers, tags and leaderboard on the platform and in the terminal."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from autograder.answers.tests import Tests
from autograder.checks import Check, Entry, Standing, Visibility
from autograder.engine.codec import verdict_from_json, verdict_to_json
from autograder.engine.grade import grade as grade_all
from autograder.errors import GraderBug
from autograder.question import Assignment
from autograder.report.gradescope import to_gradescope
from autograder.report.results_file import validated
from autograder.report.seen import seen
from autograder.report.terminal import table
from autograder.submission.collect import Submission
from autograder.verdict import Verdict, Word
from tests.testing.conftest import STUDENT, as_result, question

TESTS = """
import pytest
from autograder.testing import hide_errors, leaderboard, number, tags, visibility, weight

@weight(4)
@number("1.10")
@tags("sums", "easy")
def test_sums(student):
    "Sums of two numbers"
    assert student.add(1, 2) == 3

@weight(2)
@number("1.2")
def test_strings(student):
    secret = "VISIBLE-INPUT"
    assert student.add(secret, "x") == "x"

@weight(2)
@visibility("hidden")
def test_hidden(student):
    assert student.chatty("HIDDEN-INPUT") == "HIDDEN-OUTPUT"

@weight(1)
@visibility("after_due_date")
def test_later(student):
    assert student.add("LATER-INPUT", "") == "LATER-OUTPUT"

@weight(1)
@visibility("after_published")
def test_published(student):
    assert student.add(1, 1) == 2

@leaderboard("error", "asc")
def test_error(set_leaderboard_value=None):
    set_leaderboard_value(0.125)
"""


@pytest.fixture
def verdict(grade):
    return grade(TESTS)


def test_the_platforms_form(golden, verdict):
    """Each test is a test of the platform with its score, number, tags and visibility; the leaderboard is filled."""
    data = validated(to_gradescope(as_result(verdict)))
    shown = {"tests": [test for test in data["tests"] if test["name"] != "For instructors"]}
    shown |= {name: data[name] for name in ("score", "output", "leaderboard")}
    golden("tests-on-the-platform.json", json.dumps(shown, indent=1, allow_nan=False) + "\n")


def test_the_terminals_form(golden, verdict):
    """A student at home sees the tests that may be seen, with points counted for these alone."""
    golden("tests-in-the-terminal.txt", table(as_result(verdict)))


def test_the_scores_are_exact(verdict):
    """4 + 1 of 10 points are half of the part, and the shares of the tests add up to it."""
    assert verdict.credit == Fraction(1, 2)
    assert sum(check.worth for check in verdict.checks) == 1
    assert [check.number for check in verdict.checks][:2] == ["1.2", "1.10"]


def test_nothing_hidden_is_in_what_a_student_reads(verdict):
    """An assertion with inputs is shown where the test is visible; of hidden and later tests nothing is."""
    data = to_gradescope(as_result(verdict))
    now = json.dumps(
        [data["output"], [test for test in data["tests"] if test.get("visibility", "visible") == "visible"]]
    )
    for text in (now, table(as_result(verdict))):
        assert "VISIBLE-INPUT" in text
        assert "HIDDEN" not in text
        assert "LATER" not in text


def test_the_visible_total_says_nothing_of_hidden_tests(verdict, grade):
    """The top-level text and the words are the same whether the hidden tests passed or not."""
    other = grade(TESTS.replace("HIDDEN-OUTPUT", "HIDDEN-INPUT").replace("LATER-OUTPUT", "LATER-INPUT"))
    assert other.credit == Fraction(4, 5)
    assert to_gradescope(as_result(other))["output"] == to_gradescope(as_result(verdict))["output"]
    assert table(as_result(other)) == table(as_result(verdict))


def test_all_visible_tests_passed_is_never_all_passed(grade):
    """While tests are not shown, the student is told that there are some."""
    verdict = grade(
        "from autograder.testing import visibility\ndef test_a(): pass\n@visibility('hidden')\ndef test_b(): assert 0"
    )
    (part,) = seen(as_result(verdict)).parts
    assert (part.verdict.word, part.points) == (Word.OK, 5)
    assert "1 further test is not shown now" in part.verdict.feedback[-1]


def test_a_part_of_hidden_tests_alone_waits_for_the_student(grade):
    """With nothing to show, no word is said about right or wrong."""
    verdict = grade("from autograder.testing import visibility\n@visibility('hidden')\ndef test_a(): pass")
    assert verdict.word is Word.OK
    (part,) = seen(as_result(verdict)).parts
    assert (part.verdict.word, part.points, part.verdict.credit) == (Word.WAITING, 0, 0)


def test_open_parts_carry_their_points_at_the_part(grade):
    """While a test is open, no test of the part shows a score, and the part's points are open."""
    verdict = grade("def test_a(): undefined\ndef test_b(): pass")
    tests = to_gradescope(as_result(verdict))["tests"]
    assert [("score" in test, test.get("max_score")) for test in tests] == [
        (True, 10.0),
        (False, None),
        (False, None),
        (False, None),
    ]
    assert "(undecided)" in tests[0]["name"]


CHECK = Check(
    name="a", standing=Standing.FAILED, number="1", worth=Fraction(1, 3), earned=Fraction(1, 7), output="o",
    visibility=Visibility.HIDDEN, tags=("x", "y"),
)  # fmt: skip
CARRIED = Verdict(
    word=Word.NOT_YET,
    credit=Fraction(1, 7),
    checks=(CHECK,),
    leaderboard=(Entry(name="e", value=0.5, order="asc"), Entry(name="f", value="***")),
)


def test_checks_and_entries_cross_between_processes():
    """What was written comes back, exact."""
    assert verdict_from_json(json.loads(json.dumps(verdict_to_json(CARRIED), allow_nan=False))) == CARRIED


@pytest.mark.parametrize(
    "spoiled",
    [
        {"checks": None},
        {"checks": [{}]},
        {"checks": [{**verdict_to_json(CARRIED)["checks"][0], "name": 3}]},
        {"checks": [{**verdict_to_json(CARRIED)["checks"][0], "tags": "xy"}]},
        {"checks": [{**verdict_to_json(CARRIED)["checks"][0], "earned": "2"}]},
        {"checks": [{**verdict_to_json(CARRIED)["checks"][0], "standing": "fine"}]},
        {"leaderboard": {}},
        {"leaderboard": [{"name": "e", "value": None, "order": "asc"}]},
        {"leaderboard": [{"name": "e", "value": True, "order": "asc"}]},
        {"leaderboard": [{"name": "e", "value": 1.0, "order": "up"}]},
        {"leaderboard": [{"name": "e", "value": float("nan"), "order": "asc"}]},
    ],
)
def test_what_is_malformed_does_not_cross(spoiled):
    """A check or an entry with a field that cannot be is the grader's own fault, by name."""
    with pytest.raises(GraderBug):
        verdict_from_json({**verdict_to_json(CARRIED), **spoiled})


@pytest.mark.parametrize("earned", [Fraction(-1, 2), Fraction(1, 2)])
def test_no_check_earns_more_than_it_is_worth(earned):
    """Neither less than nothing nor more than its share."""
    with pytest.raises(ValueError, match="earned"):
        Check(name="a", standing=Standing.PASSED, worth=Fraction(1, 3), earned=earned)


def test_a_whole_submission_is_graded_by_an_authors_tests(tmp_path):
    """Through the engine: the part is found, its code runs in the sandbox, and the other process hands back its checks."""
    path = tmp_path / "test_whole.py"
    path.write_text(TESTS)
    assignment = Assignment(name="hw0", title="Homework 0", points=10, questions=(question(Tests(path)),))
    found = grade_all(assignment, Submission(answers={}, files={"a.py": STUDENT.encode()}), seed=1)
    assert (found.score, found.pending) == (5, 0)
    assert len(found.parts[0].verdict.checks) == 6
    assert found.parts[0].verdict.leaderboard == (Entry(name="error", value=0.125, order="asc"),)


def test_a_bug_in_the_tests_is_an_apology_with_a_code(tmp_path):
    """Through the engine: a file that cannot be loaded costs the student nothing, and staff reads the traceback."""
    path = tmp_path / "test_broken.py"
    path.write_text("import unittest\nraise OSError('disk full')")
    assignment = Assignment(name="hw0", title="Homework 0", points=10, questions=(question(Tests(path)),))
    (part,) = grade_all(assignment, Submission(answers={}, files={"a.py": b"x = 1"}), seed=1).parts
    assert (part.verdict.word, part.pending) == (Word.UNDECIDED, True)
    assert "This is our fault, not yours" in part.verdict.feedback[1]
    assert "OSError: disk full" in part.verdict.staff[0]


def test_a_submission_without_code_is_told_so(tmp_path):
    """Nothing is started when there is nothing to run."""
    path = tmp_path / "test_none.py"
    path.write_text(TESTS)
    assignment = Assignment(name="hw0", title="Homework 0", points=10, questions=(question(Tests(path)),))
    (part,) = grade_all(assignment, Submission(answers={}, files={"readme.txt": b"x"}), seed=1).parts
    assert (part.verdict.word, part.score) == (Word.NOT_YET, 0)
    assert "no file of code" in part.verdict.feedback[0]
