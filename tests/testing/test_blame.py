"""Whose fault it is when a test does not pass: the student loses points for their own code only."""

from __future__ import annotations

import pytest

from autograder.errors import AuthorError
from autograder.testing.blame import trouble
from autograder.testing.reports import Fault
from autograder.testing.student import Calls, NotRun, StudentError
from autograder.verdict import Word
from tests.testing.conftest import standings


def one(body: str) -> str:
    lines = "\n".join(f"        {line}" for line in body.splitlines())
    return f"import unittest\nfrom autograder.testing import student\nclass T(unittest.TestCase):\n    def test_a(self):\n{lines}"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("self.assertEqual(student.add(1, 1), 3)", "2 != 3"),
        ("assert student.add(1, 1) == 3, 'one and one'", "one and one"),
        ("student.boom()", "`boom` raised ValueError: no in line"),
        ("student.missing(1)", "There is no function `missing`"),
        ("student.nothing() + 1", "NoneType"),
        ("try:\n    student.boom()\nexcept ValueError as e:\n    raise KeyError(1) from e", "KeyError"),
        ("student.add(1)", "missing 1 required positional argument"),
    ],
)
def test_what_the_students_code_causes_costs_its_points(grade, body, said):
    """A check that does not hold, and every way in which the student's code gives no value, fails the test."""
    verdict = grade(one(body))
    assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)
    assert said in verdict.checks[0].output


@pytest.mark.parametrize(
    "body",
    [
        "undefined",
        "import no_such_module",
        "1 / 0",
        "raise SystemExit(1)",
        "student.add(1, 2)\nundefined",
        "student.add(object(), 2)",
        "student.add(1, 2)[0]",  # the student returned a number: the test may be wrong to index it
    ],
)
def test_what_the_test_causes_costs_nothing(grade, body):
    """An error of the author's leaves the points open; the student reads an apology, staff the traceback."""
    verdict = grade(one(body))
    assert (verdict.word, verdict.credit, standings(verdict)) == (Word.UNDECIDED, 0, {"test_a (T)": "open"})
    assert "our fault, not yours" in verdict.checks[0].output
    assert "line " in verdict.staff[0]


@pytest.mark.parametrize(
    "tests", ["1 +", "import unittest\nraise OSError('disk')", "import pytest\nraise OSError('disk')"]
)
def test_a_file_that_cannot_be_loaded_is_an_apology(grade, tests):
    """Nothing is known of any test, so that the whole part is the grader's own fault; the traceback is kept."""
    with pytest.raises(AuthorError, match=r"test_author\.py"):
        grade(tests)


@pytest.mark.parametrize("head", ["import unittest", "import pytest"])
def test_a_file_that_calls_the_student_at_once_fails_with_their_error(grade, head):
    """When loading the tests stops inside the student's code, no text of theirs is shown: it may hold hidden inputs."""
    verdict = grade(
        f"{head}\nfrom autograder.testing import student\nX = student.boom('ValueError', 'SECRET')\ndef test_a(): pass"
    )
    assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)
    assert "Your code gave no value when the tests were set up" in verdict.feedback[0]
    assert "SECRET" not in verdict.feedback[0]
    assert "`boom` raised ValueError: SECRET" in verdict.staff[0]


def test_no_tests_are_the_authors_error(grade):
    """A file without tests would pass everybody."""
    with pytest.raises(AuthorError, match="holds no tests"):
        grade("x = 1")


def test_tests_without_points_are_the_authors_error(grade):
    """When every test is skipped there is nothing to earn and nothing to lose."""
    with pytest.raises(AuthorError, match="no test carries points"):
        grade("import pytest\n@pytest.mark.skip\ndef test_a(): pass")


def test_right_answers_decide_what_is_unclear(grade, tmp_path):
    """A test that stops over a value is run once more with the solution: passing there, the value was at fault."""
    solution = tmp_path / "solution.py"
    solution.write_text("def pair(): return [1, 2]\n")
    unclear = "def test_a(student): assert student.pair()[0] == 1\ndef test_b(student): student.pair().undefined"
    verdict = grade(unclear, "def pair(): return 7", solution=solution)
    assert standings(verdict) == {"test_a": "failed", "test_b": "open"}
    assert "could not work with what your code returned" in verdict.checks[0].output


CLOSE = """
import numpy as np
def test_all_close(student): assert np.allclose(student.f(3), [1.0, 2.0, 3.0])
def test_all_equal(student): assert (student.f(3) == np.array([1, 2, 3])).all()
def test_far(student): assert np.linalg.norm(student.g(3)[0] - np.array([1.0, 2.0, 3.0])) < 1e-9
def test_none(student): assert np.array_equal(student.f(0), np.zeros(0))
"""
NUMBERS = "import numpy as np\ndef f(n): return np.arange(1.0, n + 1)\ndef g(n): return [f(n)]\n"
EMPTY = "import numpy as np\ndef f(n): return np.empty((0, n))\ndef g(n): return [f(n)]\n"


def test_an_array_without_entries_agrees_with_nothing(grade, tmp_path):
    """NumPy stretches it to any other array and finds no difference: the solution tells where it is right."""
    solution = tmp_path / "solution.py"
    solution.write_text(NUMBERS)
    assert set(standings(grade(CLOSE, NUMBERS, solution=solution)).values()) == {"passed"}
    verdict = grade(CLOSE, EMPTY, solution=solution)
    assert set(standings(verdict).values()) == {"failed"}
    assert "an array without entries, which agrees with any other" in verdict.checks[0].output


def test_without_a_solution_an_array_without_entries_is_left_to_a_person(grade):
    """It may be right, as for an input without points: nobody is told that it is wrong, and nobody earns by it."""
    found = standings(grade(CLOSE, EMPTY))
    assert found["test_all_close"] == found["test_all_equal"] == found["test_far"] == "open"
    assert standings(grade(CLOSE, NUMBERS))["test_all_close"] == "passed"


def test_an_error_beside_a_failing_check_does_not_save_the_test(grade):
    """A test that fails for the student's own reason fails, although a later subtest of it is broken."""
    verdict = grade(
        "import unittest\nfrom autograder.testing import student\nclass T(unittest.TestCase):\n    def test_a(self):\n"
        "        with self.subTest(i=1): self.assertEqual(student.add(1, 1), 3)\n"
        "        with self.subTest(i=2): undefined"
    )
    assert verdict.word is Word.NOT_YET


def test_a_value_from_a_shared_fixture_counts_as_the_students(grade):
    """A test that trips over what setUpClass had from the student is unclear, not certainly the author's."""
    verdict = grade(
        "import unittest\nfrom autograder.testing import student\nclass T(unittest.TestCase):\n"
        "    @classmethod\n    def setUpClass(cls): cls.value = student.nothing()\n"
        "    def test_a(self): self.value + 1\n    def test_b(self): self.value + 1"
    )
    assert standings(verdict) == {"test_a (T)": "failed", "test_b (T)": "failed"}


@pytest.mark.parametrize(
    ("error", "answered", "fault"),
    [
        (AssertionError("x"), 0, Fault.CHECK),
        (StudentError("x", category="crashed"), 0, Fault.STUDENT),
        (NotRun("x"), 3, Fault.NOT_RUN),
        (TypeError("x"), 0, Fault.AUTHOR),
        (TypeError("x"), 1, Fault.UNCLEAR),
        (NameError("x"), 1, Fault.AUTHOR),
        (AuthorError("x"), 1, Fault.AUTHOR),
    ],
)
def test_the_table_of_faults(error, answered, fault, tmp_path):
    """What an exception says depends on its kind and on whether a value of the student's was there before."""
    calls = Calls()
    calls.answered = answered
    assert trouble(error, calls, tmp_path / "t.py").fault is fault


def test_a_call_that_was_not_made_excuses_whatever_follows(tmp_path):
    """A test that catches everything cannot turn a lack of time into a failure."""
    calls = Calls()
    calls.not_run = "no time"
    assert trouble(AssertionError("x"), calls, tmp_path / "t.py").fault is Fault.NOT_RUN


def test_a_check_in_a_shared_fixture_says_nothing_before_the_student_was_asked(tmp_path):
    """An assertion about a data file in setUpClass is the author's, one about the student's value is a check."""
    calls = Calls()
    assert trouble(AssertionError("x"), calls, tmp_path / "t.py", shared=True).fault is Fault.AUTHOR
    calls.asked = 1
    assert trouble(AssertionError("x"), calls, tmp_path / "t.py", shared=True).fault is Fault.CHECK
