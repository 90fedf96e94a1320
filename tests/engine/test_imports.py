"""What a start loads: the budget that keeps a run of written answers fast in half a processor."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "flint", "flask", "gradescope_utils", "jinja2", "matplotlib", "mpmath", "numpy", "pytest", "scipy", "sympy", "torch", "yaml",
}  # fmt: skip
KEYS = """
from autograder import Assignment, Expression, Question, Source, declare

assignment = Assignment(
    name="typed", title="Typed keys", points=1,
    questions=(
        Question(
            id="1", title="A slope", points=1, prompt="...", source=Source("Homework 0", "1"),
            answer=Expression("2*a*(a*w - y)"), symbols=declare("a > 0, w, y"),
        ),
    ),
)
"""


def loaded(program: str, *arguments: str) -> set[str]:
    """The heavy libraries that a fresh interpreter has loaded at the end of a program."""
    told = f"{program}\nimport sys; print(*sorted(set(sys.modules) & {HEAVY!r}), file=sys.stderr)"
    start = "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
    command = [sys.executable, "-I", "-c", start + told, str(ROOT), *arguments]
    end = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(end.stderr.split())


@pytest.mark.parametrize(
    "module", ["autograder", "autograder.cli.grade", "autograder.cli.platform", "autograder.sandbox"]
)
def test_an_import_loads_exact_arithmetic_at_most(module):
    """Neither NumPy nor SymPy nor anything slower is needed to read files and to begin."""
    assert loaded(f"import {module}") <= {"flint"}


def test_every_name_of_the_sandbox_is_there_when_it_is_asked_for():
    """Names are loaded late, and all of them exist."""
    assert loaded("import autograder.sandbox as s; assert all(getattr(s, name) for name in s.__all__)") <= {
        "flint",
        "numpy",
    }


@pytest.mark.parametrize("module", ["autograder.cli.grade", "autograder.cli.platform", "autograder.sandbox.sandbox"])
def test_torch_begins_to_load_before_anything_that_judges(module):
    """To read a submission and to start a fork server needs no kind of answer, no formula, no exact arithmetic."""
    told = f"""import sys, {module}
assert not any(name.startswith(("autograder.answers", "autograder.formula", "autograder.question")) for name in sys.modules)"""
    assert loaded(told) == set()


def test_every_name_for_authors_is_there_when_it_is_asked_for():
    """Names are loaded late, and all of them exist; a slip is told as in any module."""
    import autograder

    assert all(getattr(autograder, name).__name__ == name for name in autograder.__all__ if name != "Half")
    with pytest.raises(AttributeError, match="module 'autograder' has no attribute 'Expresion'"):
        _ = autograder.Expresion


def test_a_name_that_the_sandbox_does_not_have():
    """A slip is told as in any module."""
    import autograder.sandbox

    with pytest.raises(AttributeError, match="has no attribute 'Sandbx'"):
        _ = autograder.sandbox.Sandbx


def test_written_answers_to_typed_keys_need_no_sympy(tmp_path):
    """Reading, deciding and reporting a formula loads exact arithmetic alone."""
    (tmp_path / "lib_typed" / "typed").mkdir(parents=True)
    (tmp_path / "lib_typed" / "typed" / "assignment.py").write_text(KEYS)
    assert _graded(tmp_path, 'q1 = "2*a^2*w - 2*a*y"', "typed", tmp_path / "lib_typed") <= {"flint"}


def test_written_answers_to_homework_1_load_no_torch(tmp_path):
    """Keys derived with SymPy need it, with NumPy for their oracles; nothing that only student code or pages need."""
    got = _graded(tmp_path, 'q1a = "0 < eta < 1/sigma^2"', "hw1", ROOT / "reference")
    assert got <= {"flint", "mpmath", "numpy", "sympy"}


def _graded(place: Path, answer: str, assignment: str, library: Path) -> set[str]:
    (place / "hw").mkdir()
    (place / "hw" / "answers.py").write_text(answer + "\n")
    arguments = ["--assignment", assignment, "--library", str(library), "--results", str(place / "results.json")]
    program = "from autograder.cli import main; assert main(['grade', *sys.argv[1:]]) == 0"
    return loaded(program, str(place / "hw"), *arguments)
