"""What a part's definition is made of, as hashes: so that a later run can say which rule was added or that a key changed."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.question import Assignment, Question

Definition = dict[str, Any]
"""One part: title, points as text, hashes of "key", "checking", "symbols", "wording" and "file", and of each rule by name."""

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_WORDING = ("title", "prompt", "hint", "level")
_DEEPEST = 40


def definitions(assignment: Assignment) -> dict[str, Definition]:
    """By part, what it is made of."""
    files = _files(assignment)
    return {question.id: _definition(question, files.get(question.id, "")) for question in assignment}


def grader_version() -> str:
    """A hash of the grader's own code, so that a difference can be told to come from it."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _definition(question: Question, file: str) -> Definition:
    answer = question.answer
    fields = {name: getattr(answer, name) for name in _field_names(answer)}
    key = {name: fields.pop(name) for name in ("key", "also") if name in fields}
    return {
        "title": question.title,
        "points": str(Fraction(question.points)),
        "key": _hash(key),
        "checking": _hash([type(answer).__name__, fields]),
        "symbols": _hash(question.symbols),
        "wording": _hash([getattr(question, name) for name in _WORDING]),
        "rules": {rule.name: _hash([rule.answer, rule.sentence, rule.credit]) for rule in question.wrong},
        "after": list(question.after),
        "file": file,
    }


def _field_names(value: object) -> tuple[str, ...]:
    if dataclasses.is_dataclass(value):
        return tuple(field.name for field in dataclasses.fields(value))
    return tuple(sorted(vars(value))) if hasattr(value, "__dict__") else ()


def _files(assignment: Assignment) -> dict[str, str]:
    """By part, a hash of the code that it is made of: what a key calls may have changed although the key reads the same."""
    found: dict[str, str] = {}
    answers = {question.id: question.answer for question in assignment}
    for module in [*sys.modules.values()]:
        if f".{assignment.name}." not in str(getattr(module, "__name__", "")) or not getattr(module, "__file__", None):
            continue
        for value in [*vars(module).values()]:
            for one in value if isinstance(value, tuple) else (value,):
                # an assignment may complete its questions, so that they are known by their answers
                if isinstance(one, Question) and one.answer is answers.get(one.id) and one.id not in found:
                    found[one.id] = _hash_of_code(module)
    return found


def _hash_of_code(module: ModuleType) -> str:
    """A hash of a module's file and of those beside it that it uses, and so on."""
    folder = Path(str(module.__file__)).parent
    files: set[Path] = set()
    left = [module]
    while left:
        one = left.pop()
        file = Path(str(getattr(one, "__file__", None)))
        if file in files or file.parent != folder:
            continue
        files.add(file)
        for value in vars(one).values():
            used = value if isinstance(value, ModuleType) else sys.modules.get(str(getattr(value, "__module__", "")))
            left += [] if used is None else [used]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _hash(value: object) -> str:
    return hashlib.sha256(described(value).encode()).hexdigest()[:16]


def described(value: object, depth: int = 0) -> str:
    """A text that is equal for equal definitions, in every process: no addresses, no order of sets."""
    if depth > _DEEPEST:
        return "…"
    if value is None or isinstance(value, bool | int | float | str | bytes | Fraction):
        return repr(value)
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, Mapping):
        items = (f"{described(key, depth + 1)}: {described(held, depth + 1)}" for key, held in value.items())
        return "{" + ", ".join(sorted(items)) + "}"
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(described(item, depth + 1) for item in value)) + "}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (f"{name}={described(getattr(value, name), depth + 1)}" for name in _field_names(value))
        return f"{type(value).__name__}({', '.join(fields)})"
    if isinstance(value, Iterable) and isinstance(value, list | tuple):
        return "(" + ", ".join(described(item, depth + 1) for item in value) + ")"
    if type(value).__module__.partition(".")[0] == "sympy" or hasattr(value, "_eval_simplify"):
        return _of_sympy(value)
    if callable(value):
        return _of_function(value, depth)
    return _ADDRESS.sub("", repr(value))


def _of_sympy(value: object) -> str:
    import sympy

    text = str(sympy.srepr(value))
    return re.sub(r"dummy_index=\d+", "dummy_index", text)


def _of_function(value: Any, depth: int) -> str:
    """A function by its code without comments, and by the values that it closes over."""
    inner = getattr(value, "func", None)
    if inner is not None and hasattr(value, "args"):  # functools.partial
        return f"partial({described(inner, depth + 1)}, {described((value.args, value.keywords), depth + 1)})"
    try:
        body = ast.dump(ast.parse(textwrap.dedent(inspect.getsource(value))))
    except (OSError, TypeError, SyntaxError):  # a lambda in the middle of a call has no source of its own
        code = getattr(value, "__code__", None)
        body = repr((code.co_code, code.co_names)) if code is not None else _ADDRESS.sub("", repr(value))
    closed = [cell.cell_contents for cell in getattr(value, "__closure__", None) or () if _is_filled(cell)]
    return f"{getattr(value, '__qualname__', type(value).__name__)}:{body}:{described(closed, depth + 1)}"


def _is_filled(cell: Any) -> bool:
    try:
        _ = cell.cell_contents
    except ValueError:
        return False
    return True
