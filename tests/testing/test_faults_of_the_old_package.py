"""The measured faults of gradescope-utils 0.5.0, none of which is here; see also test_what_used_to_vanish.py."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from autograder.report.gradescope import to_gradescope
from autograder.report.results_file import validated
from autograder.verdict import Word
from tests.testing.conftest import as_result, standings
from tests.testing.styles import HEAD, by_pytest, by_unittest

STYLES = pytest.mark.parametrize("style", [by_unittest, by_pytest])


@pytest.mark.parametrize("hook", ["setUpClass", "setUpModule"])
def test_an_error_of_a_shared_fixture_is_reported_for_every_test(grade, hook):
    """Each test that could not run has its line, an apology for the student, the traceback for staff; points stay open."""
    fixture = "@classmethod\ndef setUpClass(cls): raise RuntimeError('secret cause')\n" if hook == "setUpClass" else ""
    module = "" if fixture else "def setUpModule(): raise RuntimeError('secret cause')\n"
    verdict = grade(
        by_unittest(f"{fixture}@weight(1)\ndef test_a(self): pass\n@weight(2)\ndef test_b(self): pass") + "\n" + module
    )
    assert standings(verdict) == {"test_a (TestIt)": "open", "test_b (TestIt)": "open"}
    assert (verdict.word, verdict.credit) == (Word.UNDECIDED, 0)
    assert "not your fault" in verdict.feedback[0]
    assert not any("secret cause" in check.output for check in verdict.checks)
    assert hook in verdict.staff[0]
    assert "RuntimeError: secret cause" in verdict.staff[0]


def test_an_error_of_one_class_costs_no_other_class(grade):
    """Tests of other classes run and are reported as ever."""
    verdict = grade(
        by_unittest("@classmethod\ndef setUpClass(cls): raise RuntimeError('x')\ndef test_a(self): pass")
        + "\nclass Other(unittest.TestCase):\n    def test_b(self): pass"
    )
    assert standings(verdict) == {"test_a (TestIt)": "open", "test_b (Other)": "passed"}


def test_a_shared_fixture_that_fails_over_the_students_code_is_the_students(grade):
    """When the student's own code raises in setUpClass, its tests fail with that error."""
    verdict = grade(by_unittest("@classmethod\ndef setUpClass(cls): student.boom()\ndef test_a(self): pass"))
    assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)
    assert "`boom` raised ValueError: no" in verdict.checks[0].output


def test_an_error_while_a_class_is_torn_down_is_for_staff(grade):
    """The tests have been judged by then; their scores stand."""
    verdict = grade(by_unittest("@classmethod\ndef tearDownClass(cls): raise OSError('disk')\ndef test_a(self): pass"))
    assert verdict.word is Word.OK
    assert any("OSError: disk" in line for line in verdict.staff)


@STYLES
def test_partial_credit_without_a_score_is_an_error_of_the_test(grade, style):
    """Such a test passed in silence with full marks; here it earns nothing, and a person looks."""
    verdict = grade(style("@partial_credit(10)\ndef test_a(self, set_score=None): pass"))
    assert (verdict.word, verdict.credit) == (Word.UNDECIDED, 0)
    assert "never called set_score" in verdict.staff[0]


@STYLES
@pytest.mark.parametrize(
    ("given", "credit", "note"),
    [
        ("99", 1, "set_score(99) lies outside of 0 to 10; 10 was counted."),
        ("-3", 0, "set_score(-3) lies outside of 0 to 10; 0 was counted."),
        ("7.5", Fraction(3, 4), ""),
    ],
)
def test_a_score_stays_between_zero_and_the_weight(grade, style, given, credit, note):
    """A score beyond the weight is cut, and staff is told."""
    verdict = grade(style(f"@partial_credit(10)\ndef test_a(self, set_score=None): set_score({given})"))
    assert verdict.credit == credit
    assert any(note in line for line in verdict.staff) or not note


@STYLES
@pytest.mark.parametrize("given", ["float('nan')", "float('inf')", "None", "'10'", "True"])
def test_a_score_that_is_no_number_is_refused(grade, style, given):
    """NaN never reaches the results: the part stays open, and staff is told."""
    verdict = grade(style(f"@partial_credit(10)\ndef test_a(self, set_score=None): set_score({given})"))
    assert (verdict.word, verdict.credit) == (Word.UNDECIDED, 0)
    assert "no finite number" in verdict.staff[0]
    json.dumps(validated(to_gradescope(as_result(verdict))), allow_nan=False)


def test_partial_credit_set_before_a_failure_is_kept(grade):
    """What a test had granted when it failed stays granted, as instructors expect."""
    verdict = grade(
        by_unittest("@partial_credit(10)\ndef test_a(self, set_score=None):\n    set_score(4)\n    self.fail('rest')")
    )
    assert (verdict.word, verdict.credit, standings(verdict)["test_a (TestIt)"]) == (
        Word.NOT_YET,
        Fraction(2, 5),
        "failed",
    )


def test_a_score_of_one_test_is_never_anothers(grade):
    """A test inherited by two classes shares its function, but not the score that it sets."""
    verdict = grade(
        HEAD + "class Base:\n    @partial_credit(10)\n    def test_a(self, set_score=None):\n"
        "        if type(self).__name__ == 'One': set_score(10)\n"
        "class One(Base, unittest.TestCase): pass\nclass Two(Base, unittest.TestCase): pass\n"
    )
    assert standings(verdict) == {"test_a (One)": "passed", "test_a (Two)": "open"}


def test_a_score_set_below_another_decorator_is_found(grade):
    """With @leaderboard above @partial_credit the score was lost; here both are carried."""
    verdict = grade(
        by_unittest(
            "@leaderboard('loss', 'asc')\n@partial_credit(4)\n"
            "def test_a(self, set_score=None, set_leaderboard_value=None):\n"
            "    set_score(1)\n    set_leaderboard_value(0.5)"
        )
    )
    assert verdict.credit == Fraction(1, 4)
    assert [(entry.name, entry.value, entry.order) for entry in verdict.leaderboard] == [("loss", 0.5, "asc")]


def test_weights_beyond_the_parts_points_never_give_more_than_the_part(grade):
    """Weights of 12 for a part of 10 points are scaled to the part, and staff is told."""
    verdict = grade(by_unittest("@weight(8)\ndef test_a(self): pass\n@weight(4)\ndef test_b(self): self.fail('x')"))
    assert verdict.credit == Fraction(2, 3)
    assert any("add up to 12, the part is worth 10" in line for line in verdict.staff)
    data = validated(to_gradescope(as_result(verdict)))
    assert (data["score"], sum(test.get("max_score", 0) for test in data["tests"])) == (6.66, 10)


@pytest.mark.parametrize("weight", ["float('nan')", "-1", "'5'", "float('inf')"])
def test_a_weight_that_is_no_number_of_points_is_an_error_of_the_test(grade, weight):
    """Such a test has no score that could be right: the part stays open, staff is told which weight."""
    verdict = grade(by_unittest(f"@weight({weight})\ndef test_a(self): pass\n@weight(1)\ndef test_b(self): pass"))
    assert any("is no number of points" in line for line in verdict.staff)


@STYLES
def test_a_leaderboard_test_that_failed_leaves_no_entry(grade, style):
    """A value that was set before the test failed is not published."""
    verdict = grade(
        style(
            "@leaderboard('a')\ndef test_a(self, set_leaderboard_value=None):\n"
            "    set_leaderboard_value(3)\n    self.fail('no')\n"
            "@leaderboard('b')\ndef test_b(self, set_leaderboard_value=None): set_leaderboard_value(4)\n"
            "def test_c(self): pass"
        )
    )
    assert [(entry.name, entry.value, entry.order) for entry in verdict.leaderboard] == [("b", 4.0, "desc")]


@pytest.mark.parametrize("line", ["pass", "set_leaderboard_value(float('nan'))", "set_leaderboard_value(None)"])
def test_a_leaderboard_test_without_a_value_leaves_no_entry(grade, line):
    """A null would be refused by the platform; staff is told of the column instead."""
    verdict = grade(
        by_unittest(
            f"@leaderboard('loss')\ndef test_a(self, set_leaderboard_value=None): {line}\ndef test_b(self): pass"
        )
    )
    assert verdict.leaderboard == ()
    assert any("@leaderboard('loss')" in line for line in verdict.staff)


@STYLES
def test_hidden_errors_hide_what_was_printed_too(grade, style):
    """Neither the assertion, nor what the test printed, nor what the student's code printed is in what the student sees."""
    verdict = grade(
        style(
            "@hide_errors('Look at empty input.')\ndef test_a(self):\n    print('SECRET-1')\n"
            "    student.chatty('SECRET-2')\n    assert 'SECRET-3' == ''"
        )
    )
    assert verdict.checks[0].output == "Look at empty input."
    visible = [test for test in to_gradescope(as_result(verdict))["tests"] if test.get("visibility") != "hidden"]
    assert "SECRET" not in json.dumps(visible)
    assert any("SECRET-3" in line for line in verdict.staff)


@STYLES
def test_hidden_errors_hide_on_success_too(grade, style):
    """A passing test whose errors are hidden shows nothing that it printed."""
    verdict = grade(style("@hide_errors()\ndef test_a(self): print('SECRET')"))
    assert verdict.checks[0].output == ""


@STYLES
@pytest.mark.parametrize("function", ["leave", "die"])
def test_a_student_who_leaves_the_process_ends_only_one_test(grade, style, function):
    """`sys.exit` and `os._exit` in the student's code fail the test that called it; the others are judged."""
    verdict = grade(style(f"def test_a(self): student.{function}()\ndef test_b(self): assert student.add(1, 2) == 3"))
    assert sorted(standings(verdict).values()) == ["failed", "passed"]
    assert verdict.credit == Fraction(1, 2)


def test_check_submitted_files_knows_what_was_taken_in(grade):
    """Only regular files of the submission count, whatever lies on the grader's own disk."""
    verdict = grade(
        "import unittest\nfrom gradescope_utils.autograder_utils.files import check_submitted_files\n"
        "class TestIt(unittest.TestCase):\n"
        "    def test_a(self): self.assertEqual(check_submitted_files(['answers.py', 'x.py', '/etc/passwd']),"
        " ['x.py', '/etc/passwd'])"
    )
    assert verdict.word is Word.OK


def test_pytests_own_way_to_ask_for_the_setters(grade):
    """A test function may take `set_score` and `set_leaderboard_value` as it takes any fixture."""
    verdict = grade(
        HEAD + "import pytest\n@partial_credit(4)\ndef test_a(set_score): set_score(1)\n"
        "@leaderboard('loss')\ndef test_b(set_leaderboard_value): set_leaderboard_value('***')\n"
    )
    assert verdict.credit == Fraction(1, 4)
    assert [entry.value for entry in verdict.leaderboard] == ["***"]
