"""Everything that a student starts from: the blank form, the functions to fill in, the blank notebooks."""

from __future__ import annotations

from pathlib import Path

from autograder.functions.skeleton import FILE, skeleton
from autograder.notebooks.percent import blank, notebook_json
from autograder.question import Assignment
from autograder.template import form


def files(assignment: Assignment, library: Path, code: str = "") -> dict[str, str]:
    """The texts of all files by name.

    Args:
        library: the folder of the assignments; notebooks are made from the texts in `ASSIGNMENT/notebook/`.
        code: of a student's own form, or "" for the form of the class.
    """
    texts = {"answers.py": form(assignment, code), FILE: skeleton(assignment)}
    for source in sorted((library / assignment.name / "notebook").glob("*.py")):
        texts[f"{source.stem}.ipynb"] = notebook_json(blank(source.read_text(encoding="utf-8")))
    return {name: text for name, text in texts.items() if text}
