"""Submissions made from our own notebook by replacing pieces of its text: one per variant and per mistake."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from autograder.notebooks.percent import notebook_json, read_percent, solved
from autograder.submission.collect import Submission

SOURCE = Path(__file__).parents[3] / "reference" / "hw1" / "notebook" / "relu_features.py"
NAME = "relu_features.ipynb"


def text_with(*edits: tuple[str, str]) -> str:
    """The solved notebook's text with each old piece, which must be there, replaced by a new one."""
    text = solved(SOURCE.read_text(encoding="utf-8"))
    for old, new in edits:
        assert old in text, f"the notebook has no piece {old!r}"
        text = text.replace(old, new)
    return text


def submission_of(text: str, others: Mapping[str, str] | None = None) -> Submission:
    """A submission of one notebook with these cells, and other files."""
    files = {NAME: notebook_json(text).encode()}
    return Submission(answers={}, files={**files, **{name: data.encode() for name, data in (others or {}).items()}})


def old_format(text: str) -> bytes:
    """The notebook in format 3."""
    cells = [
        {"cell_type": "code", "input": cell.text, "outputs": [], "language": "python", "collapsed": False}
        if cell.code
        else {"cell_type": "markdown", "source": cell.text}
        for cell in read_percent(text)
    ]
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}).encode()
