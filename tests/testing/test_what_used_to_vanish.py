"""Skipped tests, expected failures and failing subtests vanished from reports of gradescope-utils 0.5.0: here they stand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder.verdict import Word
from tests.testing.conftest import standings
from tests.testing.styles import by_unittest


def test_skipped_tests_are_reported(grade):
    """A test skipped by declaration has its line, and its points leave the total: nobody could earn them."""
    verdict = grade(
        by_unittest(
            "@unittest.skip('next year')\n@weight(5)\ndef test_a(self): pass\n@weight(5)\ndef test_b(self): pass"
        )
    )
    assert standings(verdict) == {"test_a (TestIt)": "skipped", "test_b (TestIt)": "passed"}
    assert (verdict.word, verdict.checks[0].output) == (Word.OK, "Skipped: next year")


def test_tests_skipped_by_a_mark_are_reported(grade):
    """The same holds for pytest's marks."""
    verdict = grade("import pytest\n@pytest.mark.skip(reason='later')\ndef test_a(): pass\ndef test_b(): pass")
    assert standings(verdict) == {"test_a": "skipped", "test_b": "passed"}
    assert verdict.word is Word.OK


@pytest.mark.parametrize(
    "tests",
    [by_unittest("def test_a(self): self.skipTest('no GPU')"), "import pytest\ndef test_a(): pytest.skip('no GPU')"],
)
def test_a_test_that_skips_itself_keeps_its_points_open(grade, tests):
    """A skip while the test runs says nothing about the answer, so that it is neither right nor wrong."""
    verdict = grade(tests)
    assert (verdict.word, [str(check.standing) for check in verdict.checks]) == (Word.UNDECIDED, ["open"])
    assert "no GPU" in verdict.staff[0]


def test_expected_failures_are_reported(grade):
    """A test that fails as its author expects counts as passed; one that passes against expectation does not."""
    verdict = grade(
        by_unittest(
            "@unittest.expectedFailure\ndef test_a(self): self.assertEqual(student.add(1, 1), 3)\n"
            "@unittest.expectedFailure\ndef test_b(self): self.assertEqual(student.add(1, 1), 2)"
        )
    )
    assert standings(verdict) == {"test_a (TestIt)": "passed", "test_b (TestIt)": "failed"}
    assert verdict.credit == Fraction(1, 2)
    assert [check.output for check in verdict.checks] == [
        "This test is expected to fail, and did.",
        "This test is expected to fail, but it passed.",
    ]


def test_pytests_expected_failures_are_reported(grade):
    """A strict mark makes an unexpected success fail, a lenient one lets it pass."""
    verdict = grade("""
        import pytest
        @pytest.mark.xfail
        def test_a(student): assert student.add(1, 1) == 3
        @pytest.mark.xfail(strict=True)
        def test_b(student): assert student.add(1, 1) == 2
        @pytest.mark.xfail
        def test_c(student): assert student.add(1, 1) == 2
    """)
    assert standings(verdict) == {"test_a": "passed", "test_b": "failed", "test_c": "passed"}


def test_an_expected_failure_does_not_hide_an_error_of_the_test(grade):
    """A test expected to fail that stops over an unknown name has not failed as expected."""
    verdict = grade(by_unittest("@unittest.expectedFailure\ndef test_a(self): undefined"))
    assert verdict.word is Word.UNDECIDED


@pytest.mark.parametrize(
    "tests",
    [
        by_unittest(
            "def test_a(self):\n    for i in range(4):\n"
            "        with self.subTest(i=i): self.assertNotEqual(student.add(i, i) % 4, 2)"
        ),
        """
        def test_a(student, subtests):
            for i in range(4):
                with subtests.test(i=i):
                    assert student.add(i, i) % 4 != 2
        """,
    ],
)
def test_failing_subtests_are_reported_one_by_one(grade, tests):
    """A test fails when a subtest does, and each failing subtest has its own line with its parameters."""
    verdict = grade(tests)
    assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)
    lines = [line for line in verdict.checks[0].output.splitlines() if line.startswith("i=")]
    assert [line.partition(":")[0] for line in lines] == ["i=1", "i=3"]


def test_a_skipped_subtest_is_mentioned(grade):
    """A subtest that skips itself leaves a line; the test passes by the others."""
    verdict = grade(
        by_unittest(
            "def test_a(self):\n    for i in range(2):\n        with self.subTest(i=i):\n            if i: self.skipTest('odd')"
        )
    )
    assert (verdict.word, verdict.checks[0].output) == (Word.OK, "i=1 was skipped: odd")


def test_a_class_that_skips_itself_is_reported_for_every_test(grade):
    """A skip in setUpClass is decided while the tests run, so that the points of its tests stay open."""
    verdict = grade(
        by_unittest(
            "@classmethod\ndef setUpClass(cls): raise unittest.SkipTest('no data')\n"
            "def test_a(self): pass\ndef test_b(self): pass"
        )
    )
    assert standings(verdict) == {"test_a (TestIt)": "open", "test_b (TestIt)": "open"}
    assert "no data" in verdict.staff[0]
