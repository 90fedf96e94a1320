"""Hashes of the functions and classes of a submission, by name: equal ones in several submissions are shown as information.

Comments, docstrings, blank lines and formatting do not count; names do. What is too short to say anything is left out.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from autograder.errors import Unreadable
from autograder.submission.collect import Submission
from autograder.submission.decoding import decode
from autograder.submission.notebook import read_notebook
from autograder.submission.statements import without_magics

_FEWEST_NODES = 60  # about five lines; shorter functions are alike in half a class
_LONGEST = 200_000
_MOST = 200


def sources_of(submission: Submission) -> dict[str, str]:
    """By name of each function and class on the top level of a file or cell, a hash of its code."""
    found: dict[str, str] = {}
    for name, data in submission.files.items():
        for text in _texts(name, data):
            found |= dict(_hashes(text))
    return dict(sorted(found.items())[:_MOST])


def _texts(name: str, data: bytes) -> Iterator[str]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".py" and len(data) <= _LONGEST:
        yield decode(data, name).text
    elif suffix == ".ipynb":
        try:
            cells = read_notebook(data, name).cells
        except Unreadable:
            return
        yield from (without_magics(cell.source) for cell in cells if cell.code and len(cell.source) <= _LONGEST)


def _hashes(text: str) -> Iterator[tuple[str, str]]:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            try:
                hashed = _hash(statement)
            except RecursionError:
                continue
            if hashed:
                yield statement.name, hashed


def _hash(statement: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    nodes = 0
    for node in ast.walk(statement):
        nodes += 1
        body = getattr(node, "body", None)
        if isinstance(body, list) and len(body) > 1 and _is_text(body[0]):
            del body[0]
    return hashlib.sha256(ast.dump(statement).encode()).hexdigest() if nodes >= _FEWEST_NODES else ""


def _is_text(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
