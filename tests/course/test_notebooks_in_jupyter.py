"""Our solved notebooks in a real Jupyter kernel, as nbclient runs them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2] / "reference"
# Few steps of narrow networks: everything is run, and nothing takes minutes.
SHORTER = (("n_steps = 150_000", "n_steps = 40"), ("save_every = 1000", "save_every = 20"), ("[10, 20, 40]", "[4, 6]"))


@pytest.mark.parametrize("path", ["hw1/solution/relu_features.ipynb", "dis1/solution/relu_sgd.ipynb"])
def test_solved_notebook_runs_in_jupyter(path) -> None:
    """The kernel executes it from top to bottom, and every cell that shows a figure leaves one."""
    notebook = nbformat.reads((ROOT / path).read_text(encoding="utf-8"), as_version=4)
    for cell in notebook.cells:
        for old, new in SHORTER:
            cell.source = cell.source.replace(old, new)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    shown = [cell for cell in notebook.cells if "plt.show()" in cell.source and "def " not in cell.source]
    assert shown
    for cell in shown:
        assert any("image/png" in output.get("data", {}) for output in cell.outputs), cell.source
