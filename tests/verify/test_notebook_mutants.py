"""Edits of a solution's notebook: a sound check rejects them, what is equal is shown to be, a weak check is told."""

from __future__ import annotations

import ast
import json
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from autograder.assignments import KEY_VARIABLE, load
from autograder.errors import AuthorError
from autograder.notebooks.percent import notebook_json, solved
from autograder.verify import notebook_mutation
from autograder.verify.notebook_mutation import check_notebook_mutants, notebook_edits
from autograder.verify.rows import Context, Mark
from autograder.verify.run import verify

QUESTION = """
from fractions import Fraction

import numpy as np

from autograder import Assignment, Notebook, Question, Source
from autograder.notebooks.figures import Seen
from autograder.notebooks.findings import Finding
from autograder.notebooks.scenes import Scene
from autograder.oracles import MeasuredScenes


def perform(theatre):
    x = np.linspace(1, 2, 5) * (1 + theatre.seed % 7)
    shown = theatre.play(Scene(name="line", function="draw", arguments=(("x", x),), supplied={}))
    curves = (shown.seen or Seen()).curves
    right = any(SAME for curve in curves)
    return (Finding(name="the line", share=Fraction(1), earned=Fraction(int(right))),)


def objects(arguments, network, seen):
    x = arguments["x"]
    asked = [curve for curve in seen.curves if np.allclose(curve.y / curve.x, 2) and len(curve.x) >= 3]
    return "" if asked else "no line of slope 2 is drawn"


question = Question(
    id="1", title="A line", points=1, prompt="Draw the line of slope 2.", source=Source("Sheet 0", "1"),
    answer=Notebook(functions=("draw",), headers=("draw(x)",), perform=perform),
    practice=MeasuredScenes(by=lambda rng: (2.0, 1.0 + 1.0), objects=objects),
)  # fmt: skip
assignment = Assignment(name="lines", title="Lines", points=1, questions=(question,))
"""
STRICT = "len(curve.x) == 4 and np.allclose(curve.x, x[:4]) and np.allclose(curve.y, 2 * curve.x)"
ENDS_FREE = "len(curve.x) >= 3 and np.allclose(curve.y, 2 * curve.x)"
WEAK = "len(curve.x) == 4"
NOTEBOOK = """# %%
import matplotlib.pyplot as plt
import numpy as np
# %%
def given(x):
    return x + 1 - 1
# %%
def draw(x):
    # YOUR CODE
    # BEGIN SOLUTION
    copied = given(x)[:4].copy()
    plt.title("A line")
    plt.plot(copied, 2 * copied)
    # END SOLUTION
# %% [markdown]
# The end
"""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    return tmp_path / f"shelf_{tmp_path.name}"


def course(shelf: Path, same: str, text: str = NOTEBOOK) -> Context:
    folder = shelf / "lines"
    (folder / "notebook").mkdir(parents=True)
    (folder / "solution").mkdir()
    (folder / "assignment.py").write_text(QUESTION.replace("SAME", same))
    (folder / "notebook" / "lines.py").write_text(NOTEBOOK)
    (folder / "solution" / "lines.ipynb").write_text(notebook_json(solved(text)))
    return Context(assignment=load("lines", shelf), library=shelf, seeds=1)


def test_what_the_blank_notebook_has_is_not_edited(shelf):
    """One statement of one cell differs, the others and the texts between them stay; titles and given functions are left alone."""
    context = course(shelf, STRICT)
    original = json.loads(context.solution.files["lines.ipynb"])["cells"]
    (edits,) = notebook_edits(context).values()
    assert {edit.shown.split(", line ")[0] for edit in edits} == {"cell 3, draw"}
    assert not any("title" in edit.shown for edit in edits)
    for edit in edits:
        cells = json.loads(edit.submission.files["lines.ipynb"])["cells"]
        changed = [number for number, (a, b) in enumerate(zip(original, cells, strict=True)) if a != b]
        assert changed == [2], edit.shown
        before, after = (ast.unparse(ast.parse("".join(one[2]["source"]))).splitlines() for one in (original, cells))
        assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
    told = {edit.shown.split(": ", 1)[1] for edit in edits}
    assert {
        "plt.plot(copied, 2 * copied) → plt.plot(2 * copied, copied)",
        "plt.plot(copied, 2 * copied) → pass",
        "2 * copied → 2 / copied",
        "given(x)[:4].copy() → given(x)[:4]",
    } <= told, told


def test_a_sound_check_rejects_edits_and_equal_ones_are_shown_to_be(shelf):
    """Every edit loses points or draws the same figures as the solution on the same data; other checks have nothing to say."""
    context = course(shelf, STRICT)
    (row,) = check_notebook_mutants(context)
    assert row.mark is Mark.OK, row
    assert row.says == "notebook: 7 of 8 edits rejected; 1 accepted is right, see below"
    assert row.more == ("cell 3, draw, line 2: given(x)[:4].copy() → given(x)[:4] (the same figures with 2 seeds)",)
    assert [one.says for one in verify(context, cores=1) if one.mark is Mark.FAIL] == []


def test_an_edit_that_the_oracle_calls_right_is_no_hole(shelf):
    """Where an edit draws other figures that are what the statement asks for too, the oracle says so."""
    (row,) = check_notebook_mutants(course(shelf, ENDS_FREE))
    assert row.mark is Mark.OK, row
    assert (
        "cell 3, draw, line 2: given(x)[:4] → given(x)[:5] (what the statement says, by the oracle, with 2 seeds)"
        in row.more
    )


def test_a_check_of_figures_that_sees_too_little_is_a_hole(shelf):
    """Edits that draw something else and are accepted fail the row, each with its cell; no other check fails."""
    failed = [row for row in verify(course(shelf, WEAK), cores=1) if row.mark is Mark.FAIL]
    assert {row.check for row in failed} == {"mutants"}
    assert "cell 3, draw, line 4: 2 * copied → 2 / copied is accepted, and nothing shows that it is right" in [
        row.says for row in failed
    ]
    assert all(row.file.endswith("lines/assignment.py") and row.at == "answer.perform" and row.fix for row in failed)


def test_a_check_that_raises_is_told(shelf):
    """Where an edited notebook makes the author's own check raise, that is a failing row and not the end of the list."""
    rows = list(check_notebook_mutants(course(shelf, "np.allclose(curve.y, 2 * x[:4])")))
    (told,) = [row.says for row in rows if "given(x)[:5]" in row.says]
    assert told.startswith(
        "cell 3, draw, line 2: given(x)[:4] → given(x)[:5] makes the check itself fail: ValueError: operands"
    )


def test_of_many_edits_some_are_drawn_always_the_same(shelf, monkeypatch):
    """A sample is stated with how many there are, and is the same each time."""
    tried: list[str] = []
    monkeypatch.setattr(notebook_mutation, "MOST", 3)
    monkeypatch.setattr(notebook_mutation.Sandbox, "start", lambda _: nullcontext())
    monkeypatch.setattr(notebook_mutation._Judge, "count", lambda _, edit, tally: tried.append(edit.shown))
    context = course(shelf, STRICT)
    (once,), (again,) = check_notebook_mutants(context), check_notebook_mutants(context)
    assert once == again
    assert tried[:3] == tried[3:]
    assert once.says == "notebook: 0 of 3 edits rejected (8 exist)"


def test_a_solution_that_adds_nothing_is_told(shelf, monkeypatch):
    """A notebook part without a line of the solution's own is no silent pass."""
    blank = NOTEBOOK.replace("    copied = given(x)[:4].copy()\n", "").replace('    plt.title("A line")\n', "")
    blank = blank.replace("    plt.plot(copied, 2 * copied)\n", "    pass\n")
    monkeypatch.setattr(notebook_mutation.Sandbox, "start", lambda _: nullcontext())
    (row,) = check_notebook_mutants(course(shelf, STRICT, blank))
    assert row.mark is Mark.NOTE
    assert row.says == "the solution's notebook adds nothing of this part to the blank one"


def test_a_solution_without_the_notebook_is_told(shelf):
    """Where no notebook of the solution has the function, the check stops with that."""
    context = course(shelf, STRICT, NOTEBOOK.replace("def draw", "def drawn"))
    with pytest.raises(AuthorError, match="1: no notebook of the solution has draw"):
        list(check_notebook_mutants(context))


def test_without_torch_it_is_told(shelf, monkeypatch):
    """Where notebooks cannot be graded, that is a note and no failure of the course."""
    context = course(shelf, STRICT)
    monkeypatch.setattr(notebook_mutation.importlib.util, "find_spec", lambda name: None if name == "torch" else name)
    (row,) = check_notebook_mutants(context)
    assert (row.mark, row.says) == (Mark.NOTE, "torch not installed, so that no notebook was edited")
