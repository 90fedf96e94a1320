"""A kit's parts as JSON and back: plain data, so that nothing in a kit can be more than it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np

from autograder import symbols
from autograder.answers.asked_bound import AskedBound
from autograder.answers.asked_formula import AskedFormula
from autograder.answers.asked_letters import AskedLetters
from autograder.answers.asked_range import AskedRange
from autograder.errors import AuthorError
from autograder.formula import extent, tree
from autograder.kit import forms, part, recorded

_MODULES = (symbols, tree, extent, forms, part, recorded)
_KINDS: dict[str, type[Any]] = {
    name: kind
    for module in _MODULES
    for name, kind in vars(module).items()
    if isinstance(kind, type) and kind.__module__ == module.__name__
} | {kind.__name__: kind for kind in (AskedBound, AskedFormula, AskedLetters, AskedRange)}

_KIND, _NOT_WRITTEN = "kind of", frozenset({"span"})


def to_json(found: Any) -> Any:
    """A value made of the kit's own classes, as what JSON knows.

    Raises:
        AuthorError: something in it is no data of a kit.
    """
    if isinstance(found, Enum):
        return {_KIND: type(found).__name__, "is": found.value}
    if isinstance(found, Fraction):
        return {_KIND: "Fraction", "is": str(found)}
    if isinstance(found, np.ndarray):
        return {_KIND: "array", "is": found.tolist()}
    if isinstance(found, Mapping):
        return {_KIND: "values", "is": {str(name): to_json(inner) for name, inner in found.items()}}
    if isinstance(found, tuple | list):
        return [to_json(inner) for inner in found]
    if isinstance(found, np.generic):
        return found.item()
    if found is None or isinstance(found, str | bool | int | float):
        return found
    if is_dataclass(found) and _KINDS.get(type(found).__name__) is type(found):
        named = {one.name: getattr(found, one.name) for one in fields(found) if one.init}
        return {_KIND: type(found).__name__} | {
            name: to_json(inner) for name, inner in named.items() if name not in _NOT_WRITTEN
        }
    raise AuthorError(f"a {type(found).__name__} cannot be in a kit.")


def from_json(data: Any) -> Any:
    """The value that `to_json` wrote; lists come back as tuples."""
    if isinstance(data, list):
        return tuple(from_json(inner) for inner in data)
    if not isinstance(data, dict):
        return data
    name = data[_KIND]
    if name == "Fraction":
        return Fraction(data["is"])
    if name == "array":
        return np.array(data["is"], dtype=float)
    if name == "values":
        return {key: from_json(inner) for key, inner in data["is"].items()}
    kind = _KINDS[name]
    if issubclass(kind, Enum):
        return kind(data["is"])
    return kind(**{key: from_json(inner) for key, inner in data.items() if key != _KIND})
