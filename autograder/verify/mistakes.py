"""What students with a misconception hand in, where that cannot be made from the rule itself: `mistakes` beside `assignment.py`.

The module, or package, defines `MISTAKES`: by part and rule a text for an answer, or several where several are asked; for code
and notebooks replacements, pairs (old, new), in the solution's files. It belongs to the author's machine; no zip holds it.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from autograder.errors import AuthorError
from autograder.submission.collect import Submission
from autograder.verify.rows import Context

Edits = Iterable[tuple[str, str]]
"""Replacements in the files of the solution; in a notebook within one cell each."""


def mistakes(context: Context) -> Mapping[str, Mapping[str, Any]]:
    """By part and rule, what is handed in; empty where the author keeps none."""
    name = f"{context.library.name}.{context.assignment.name}.mistakes"
    if importlib.util.find_spec(name) is None:
        return {}
    found: Mapping[str, Mapping[str, Any]] = importlib.import_module(name).MISTAKES
    return found


def edited(solution: Submission, edits: Edits) -> Submission:
    """The solution with every old piece replaced by its new one.

    Raises:
        AuthorError: a piece stands in no file of the solution.
    """
    files = dict(solution.files)
    for old, new in edits:
        changed = {name: _replaced(name, data, old, new) for name, data in files.items()}
        if changed == files:
            raise AuthorError(f"the solution has no piece {old!r}")
        files = changed
    return replace(solution, files=files)


def _replaced(name: str, data: bytes, old: str, new: str) -> bytes:
    if name.endswith(".py"):
        return data.decode("utf-8").replace(old, new).encode()
    if not name.endswith(".ipynb"):
        return data
    document: Any = json.loads(data)
    for cell in document["cells"]:
        cell["source"] = "".join(cell["source"]).replace(old, new)
    return json.dumps(document).encode()
