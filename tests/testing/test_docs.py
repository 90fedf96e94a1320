"""The examples of docs/tests-kind.md, run as they stand."""

from __future__ import annotations

import importlib.util
import re
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.answers.tests import Tests
from autograder.verdict import Word
from tests.testing.conftest import question

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tests-kind.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every code block of the page, as the file that its first line names."""
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        (tmp_path / block.split("\n", 1)[0].removeprefix("# ")).write_text(block)
    return tmp_path


def test_the_question_of_the_page_finds_and_passes_its_solution(folder, bench):
    """The question's file loads, its tests lie beside it, and the solution earns all points."""
    spec = importlib.util.spec_from_file_location("q3_of_the_page", folder / "q3.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    place = bench((folder / "ridge_solution.py").read_text())
    verdict = module.question.answer.judge_in(module.question, place, seed=1)
    assert (verdict.word, len(verdict.checks)) == (Word.OK, 3), verdict.staff


@pytest.mark.parametrize(
    ("old", "new", "credit"),
    [
        ("lam * np.eye", "2 * lam * np.eye", Fraction(2, 3)),
        ("X.T @ y", "X.T @ y * 0", Fraction(1, 3)),
        ('raise ValueError("lam must not be negative")', "pass", Fraction(2, 3)),
        ("return np", "np", Fraction(1, 3)),
    ],
)
def test_the_tests_of_the_page_find_mistakes(folder, bench, old, new, credit):
    """Each mistake in the solution costs exactly the tests that are about it."""
    text = (folder / "ridge_solution.py").read_text()
    assert old in text
    tests = Tests(folder / "test_ridge.py", solution=folder / "ridge_solution.py")
    assert tests.judge_in(question(tests, 6), bench(text.replace(old, new)), seed=1).credit == credit


def test_the_existing_class_of_the_page_runs(folder, bench):
    """A class for gradescope-utils passes with the solution, partial credit included."""
    tests = Tests(folder / "test_existing.py")
    verdict = tests.judge_in(question(tests, 4), bench((folder / "ridge_solution.py").read_text()), seed=1)
    assert (verdict.word, [str(check.worth) for check in verdict.checks]) == (Word.OK, ["1/4", "3/4"]), verdict.staff
