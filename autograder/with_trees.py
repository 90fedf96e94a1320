"""Questions whose keys are trees in place of SymPy's expressions: what is compared in the end, and needs no SymPy."""

from __future__ import annotations

import copy
import re
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from autograder.answers.points import Points
from autograder.formula.from_sympy import from_sympy
from autograder.question import Assignment, Question
from autograder.symbols import SymbolTable

_KEY, _KEYS = re.compile(r"\bKey\b"), re.compile(r"tuple\[Key\b")
"""How fields are declared that hold keys, and several keys."""
_NO_SYMBOLS = SymbolTable(symbols=())
_Value = TypeVar("_Value")


def with_trees(assignment: Assignment) -> Assignment:
    """The same assignment with trees in place of SymPy's objects, wherever these are keys."""
    return _copied(assignment, questions=tuple(map(_question, assignment.questions)))


def _question(question: Question) -> Question:
    if not _is_ours(question.answer):  # an author's own kind of answer may have keys of its own
        return question
    trees = _several if isinstance(question.answer, Points) else _trees
    wrong = tuple(_copied(rule, answer=trees(rule.answer)) for rule in question.wrong)
    return _copied(question, answer=_answer(question.answer), wrong=wrong)


def _answer(value: Any) -> Any:
    """A kind of answer, or what one is made of."""
    if type(value) is tuple:
        return tuple(map(_answer, value))
    return _copied(value, **_parts(value)) if _is_ours(value) and is_dataclass(value) else value


def _parts(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in fields(value):
        part, kind = getattr(value, item.name), str(item.type)
        found[item.name] = (
            _several(part) if _KEYS.search(kind) else _trees(part) if _KEY.search(kind) else _answer(part)
        )
    return found


def _is_ours(value: Any) -> bool:
    return type(value).__module__.startswith("autograder.answers.")


def _copied(value: _Value, **changes: Any) -> _Value:
    """A copy of a dataclass with changes, of which nothing is computed or checked again."""
    copied = copy.copy(value)
    for name, change in changes.items():
        object.__setattr__(copied, name, change)
    return copied


def _several(keys: Any) -> Any:
    """Keys one by one, also those in a set of SymPy's; None and texts stay as they are."""
    return keys if keys is None or isinstance(keys, str) else tuple(map(_trees, keys))


def _trees(key: Any) -> Any:
    """A key, or a tuple or list of keys, with trees in place of SymPy's objects."""
    kind = type(key)
    if _is_of_sympy(key) or (kind in (set, frozenset) and any(map(_is_of_sympy, key))):
        return from_sympy(key, _NO_SYMBOLS)
    return kind(map(_trees, key)) if kind in (tuple, list) else key


def _is_of_sympy(value: Any) -> bool:
    return type(value).__module__.startswith("sympy.")
