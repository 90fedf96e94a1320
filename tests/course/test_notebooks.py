"""Our notebooks: generated from one text, blank for students, solved for us, and running from top to bottom."""

from __future__ import annotations

import warnings
from pathlib import Path

import matplotlib as mpl
import pytest

from autograder.notebooks.percent import blank, notebook_json, read_percent, solved

ROOT = Path(__file__).parents[2]
CASES = (
    ("hw1", "relu_features", ("n_steps = 150_000", "n_steps = 40"), ("save_every = 1000", "save_every = 20")),
    ("dis1", "relu_sgd", ("n_steps = 150_000", "n_steps = 40"), ("save_every = 1000", "save_every = 20")),
)


def _source(assignment: str, name: str) -> str:
    return (ROOT / "reference" / assignment / "notebook" / f"{name}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(("assignment", "name"), [case[:2] for case in CASES])
def test_generated_notebooks_are_up_to_date(assignment, name, pytestconfig) -> None:
    """The committed notebooks are what the text generates; --update-golden writes them again."""
    text = _source(assignment, name)
    for folder, content in (("student_template", blank(text)), ("reference", solved(text))):
        inside = Path(assignment, "solution") if folder == "reference" else Path(assignment)
        path = ROOT / folder / inside / f"{name}.ipynb"
        if pytestconfig.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(notebook_json(content), encoding="utf-8")
        assert path.read_text(encoding="utf-8") == notebook_json(content), "run pytest with --update-golden"


@pytest.mark.parametrize(("assignment", "name", "steps", "saves"), CASES)
def test_solved_notebook_runs_from_top_to_bottom(assignment, name, steps, saves) -> None:
    """Its code cells run one after the other, with few steps."""
    text = solved(_source(assignment, name))
    for old, new in (steps, saves):
        assert old in text
        text = text.replace(old, new)
    mpl.use("Agg")
    namespace = {"__name__": "__main__"}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="FigureCanvasAgg is non-interactive")
        warnings.filterwarnings("ignore", message="More than 20 figures")
        for cell in read_percent(text):
            if cell.code:
                exec(compile(cell.text, f"{name}.ipynb", "exec"), namespace)
    mpl.pyplot.close("all")


@pytest.mark.parametrize(("assignment", "name"), [case[:2] for case in CASES])
def test_blank_notebook_keeps_the_solution_to_itself(assignment, name) -> None:
    """No line of a solution is left where students are to write their own, and every cell still parses."""
    text = _source(assignment, name)
    assert "BEGIN SOLUTION" in text
    left = blank(text)
    assert "SOLUTION" not in left
    for cell in read_percent(left):
        if cell.code:
            compile(cell.text, f"{name}.ipynb", "exec")
    assert left.count("YOUR CODE") >= text.count("BEGIN SOLUTION")
