"""Edits of Python source, and what becomes of them: a sound check rejects them all, a weak one is told."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from autograder.assignments import KEY_VARIABLE, load
from autograder.verify.code_mutation import check_code_mutants
from autograder.verify.python_edits import edits
from autograder.verify.rows import Context, Mark
from tests.verify.course import write

SOURCE = '''
def f(X, n):
    """Adds 1 + 1."""
    total = 0
    for i in range(n):
        total += X[i].max()
    return total if n > 2 else -total


def g(X):
    return X + 1
'''


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    return tmp_path / f"shelf_{tmp_path.name}"


def test_every_edit_is_one_edit_of_the_named_function():
    """Operators, signs, constants, indices and ranges are edited, one at a time; texts and other functions are not."""
    found = list(edits(SOURCE, ["f"]))
    assert len({edit.source for edit in found}) == len(found)
    original = ast.unparse(ast.parse(SOURCE)).splitlines()
    for edit in found:
        changed = edit.source.splitlines()
        assert len(changed) == len(original)
        assert sum(a != b for a, b in zip(original, changed, strict=True)) == 1
    told = {edit.now for edit in found}
    assert {
        "range(n - 1)",
        "range(n + 1)",
        "X[i].min",
        "n >= 2",
        "total = 1",
        "total -= X[i].max()",
        "total if n > 2 else total",
    } <= told, told
    assert not any("g(X)" in edit.was or "Adds" in edit.now for edit in found)


def of_code(shelf):
    context = Context(assignment=load("demo", shelf), library=shelf)
    return list(check_code_mutants(context, context.assignment.question("2.code")))


def test_references_and_typed_functions_are_edited(shelf):
    """A check that compares with the reference rejects every edit, in the author's process and in the sandbox."""
    write(shelf, code=())
    rows = of_code(shelf)
    assert [row.mark for row in rows] == [Mark.OK, Mark.OK]
    for row, what in zip(rows, ("references", "typed functions"), strict=True):
        counted = re.match(rf"{what}: (\d+) of (\d+) edits rejected", row.says)
        assert counted is not None
        assert int(counted[1]) + len(row.more) == int(counted[2]) >= 6
        assert all("the same values on 8 further inputs" in line for line in row.more)


def test_a_check_that_sees_too_little_is_a_hole(shelf):
    """Where edits are accepted that the oracle refutes, each is a failing row that says what to add."""
    weak = "checks=(Zero(terms=lambda g, X, y: (np.sign(g), -np.sign(slopes(X, y))), says='signs'),)"
    write(shelf, code=(("checks=(Matches(reference=slopes),)", weak),))
    holes = [row for row in of_code(shelf) if row.mark is Mark.FAIL]
    missed = "is accepted, but on another input (tall) it does not give what the statement says"
    assert f"slopes, line 2: 2 * X.T → 3 * X.T {missed}" in [row.says for row in holes]
    assert all(row.file.endswith("demo/q2.py") and "Add a kind of input" in row.fix for row in holes)


def test_inputs_that_all_look_alike_are_a_hole(shelf):
    """Where only further draws tell an edit apart, the kind of input on which they do is named."""
    rare = "make=lambda draw: (draw.normal(4, 3) * (not draw.tidy and draw.normal(1)[0] > 0.8), draw.normal(3))"
    kinds = (
        ("make=lambda draw: (draw.normal(4, 3), draw.normal(3))", rare),
        ('Input(name="wide", group="usual", make=lambda draw: (draw.normal(2, 4), draw.normal(4))),', ""),
    )
    write(shelf, code=kinds)
    holes = [row.says for row in of_code(shelf) if row.mark is Mark.FAIL]
    assert any(
        "→ 3 * X.T is accepted, but on another input (tall) it is not right yet: the values" in one for one in holes
    )
