"""Which modules a file imports that are not there while code is graded. Nothing is imported to learn it."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator, Mapping
from functools import lru_cache

from autograder.submission.statements import parse

_MOST_LOOKED_FOR = 40  # of one file: looking for a module asks the disk, and a file may name ten thousand


def absent_modules(text: str, files: Mapping[str, bytes], *, name: str) -> tuple[str, ...]:
    """The modules that a file imports at its left margin and that neither the submission nor the grader has.

    Args:
        text: source code; of code that does not parse nothing is told.
        files: the submission's files, whose modules can be imported.
        name: the path of the code itself among them: modules in its own folder can be imported as well.
    """
    wanted = dict.fromkeys(module for statement in parse(text).body or () for module in _imported(statement))
    beside = name.rpartition("/")[0]
    inner = [other.removeprefix(f"{beside}/") for other in files if beside and other.startswith(f"{beside}/")]
    own = {other.split("/")[0].removesuffix(".py") for other in (*files, *inner)}
    foreign = [module for module in wanted if module not in own]
    return tuple(module for module in foreign[:_MOST_LOOKED_FOR] if not is_installed(module))


def _imported(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Import(names=names):
            yield from (alias.name.split(".")[0] for alias in names)
        case ast.ImportFrom(module=str(module), level=0):
            yield module.split(".")[0]


@lru_cache(maxsize=1000)
def is_installed(module: str) -> bool:
    """Whether the sandbox, which has the grader's interpreter, finds a module."""
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
