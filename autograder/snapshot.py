"""An assignment as it is once its keys are derived, kept from one run to the next: SymPy is asked once, not in every run.

Keys in SymPy are kept as the trees that they are compared as. Functions of modules that load SymPy are kept themselves, all
others by name. A snapshot is read only where every file that it was made from is the same to the byte, in the same
environment. Like a compiled file it is executed when it is read, and like one it lies where nobody else can write.
"""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, TypeVar

from autograder.assignments import KEY_FILE
from autograder.formula.from_sympy import from_sympy
from autograder.places import SNAPSHOTS
from autograder.question import Assignment, Question
from autograder.shelf import keep, shelf
from autograder.symbols import SymbolTable

_MOST = 16  # snapshots on a shelf: of how many assignments and places
_NOT_READ = frozenset({"__pycache__", "solution", KEY_FILE})  # of an assignment's folder, when it is loaded
_KEY = re.compile(r"\bKey\b")
"""How fields are declared that hold keys."""
_NO_SYMBOLS = SymbolTable(symbols=())

_Value = TypeVar("_Value")


def read(folder: Path) -> Assignment | None:
    """The snapshot of the assignment in a folder; None where there is none, or it is of something else by now."""
    place = _place(folder)
    if place is None or not place.is_file():
        return None
    try:
        head, _, body = place.read_bytes().partition(b"\n")
        made_from = json.loads(head)
        if made_from != _made_from({*made_from["files"], *_listed(folder)}, body):
            return None
        found = pickle.loads(body)  # noqa: S301  # our own, from a folder that nobody else can write to
    except Exception:  # noqa: BLE001  # whatever is wrong with it, the questions themselves are there
        return None
    return found if isinstance(found, Assignment) else None


def write(assignment: Assignment, folder: Path) -> None:
    """Keep a snapshot of what was loaded from a folder, where there is a place for it and it can be written down."""
    place = _place(folder)
    if place is None:
        return
    try:
        import cloudpickle

        with _by_value(_with_sympy(folder.parent.name)):
            body = cloudpickle.dumps(_with_trees(assignment))
    except Exception:  # noqa: BLE001  # an author's object may refuse in any way; the questions are then loaded every time
        return
    made_from = _made_from({*_loaded(), *_listed(folder)}, body)
    keep(place, json.dumps(made_from).encode() + b"\n" + body)
    for old in sorted(place.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-_MOST]:
        old.unlink(missing_ok=True)


def _place(folder: Path) -> Path | None:
    """Where the snapshot of an assignment's folder lies; None where nothing can be kept."""
    found = shelf(SNAPSHOTS)
    named = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return None if found is None else found / named[:32]


def _made_from(files: Iterable[str], body: bytes) -> dict[str, Any]:
    """What a snapshot depends on: the environment with the packages that it needs, and the content of files.

    Raises:
        OSError: a file is gone.
    """
    needed = [name for name in ("cloudpickle", "numpy") if name.encode() in body]
    return {
        "environment": [sys.version, sys.prefix, *(import_module(name).__version__ for name in needed)],
        "files": {file: hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in sorted(files)},
    }


def _loaded() -> Iterator[str]:
    """The files of all loaded modules that were not installed: the grader's, the questions', and what these import."""
    installed = [Path(place).resolve() for place in sysconfig.get_paths().values()]
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        path = Path(file).resolve() if file else None
        if path is not None and path.is_file() and not any(map(path.is_relative_to, installed)):
            yield str(path)


def _listed(folder: Path) -> Iterator[str]:
    """All files of an assignment's folder, which may be read when it is loaded."""
    for path in folder.resolve().iterdir():
        if path.name in _NOT_READ:
            continue
        yield from (str(inner) for inner in ([path] if path.is_file() else path.rglob("*")) if _is_read(inner))


def _is_read(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def _with_trees(assignment: Assignment) -> Assignment:
    """The same with trees in place of SymPy's objects, wherever these are keys."""
    return _copied(assignment, questions=tuple(map(_question, assignment.questions)))


def _question(question: Question) -> Question:
    if not _is_ours(question.answer):  # an author's own kind of answer may have keys of its own
        return question
    wrong = tuple(_copied(rule, answer=_trees(rule.answer)) for rule in question.wrong)
    return _copied(question, answer=_answer(question.answer), wrong=wrong)


def _answer(value: Any) -> Any:
    """A kind of answer, or what one is made of."""
    if type(value) is tuple:
        return tuple(map(_answer, value))
    if not (_is_ours(value) and is_dataclass(value)):
        return value
    parts = {item.name: (item.type, getattr(value, item.name)) for item in fields(value)}
    return _copied(
        value,
        **{name: _trees(part) if _KEY.search(str(kind)) else _answer(part) for name, (kind, part) in parts.items()},
    )


def _is_ours(value: Any) -> bool:
    return type(value).__module__.startswith("autograder.answers.")


def _copied(value: _Value, **changes: Any) -> _Value:
    """A copy of a dataclass with changes, of which nothing is computed or checked again."""
    copied = copy.copy(value)
    for name, change in changes.items():
        object.__setattr__(copied, name, change)
    return copied


def _trees(key: Any) -> Any:
    """A key, or a collection of keys, with trees in place of SymPy's objects."""
    kind = type(key)
    if _is_of_sympy(key) or (kind in (set, frozenset) and any(map(_is_of_sympy, key))):
        return from_sympy(key, _NO_SYMBOLS)
    if kind in (tuple, list):
        return kind(map(_trees, key))
    return key


def _is_of_sympy(value: Any) -> bool:
    return type(value).__module__.startswith("sympy.")


def _with_sympy(package: str) -> list[ModuleType]:
    """The modules of the questions that hold something of SymPy's, or of another such module: to import them loads it."""
    modules = {name: module for name, module in sys.modules.items() if name.startswith(f"{package}.")}
    found = {"sympy": sys.modules["sympy"]} if "sympy" in sys.modules else {}
    while True:
        more = {
            name: module
            for name, module in modules.items()
            if name not in found and any(map(found.keys().__contains__, map(_home, vars(module).values())))
        }
        if not more:
            return [module for name, module in found.items() if name != "sympy"]
        found |= more


def _home(value: Any) -> str:
    """The module that something comes from."""
    if isinstance(value, ModuleType):
        home = value.__name__
    else:
        home = str(getattr(value if isinstance(value, FunctionType | type) else type(value), "__module__", ""))
    return "sympy" if home.startswith("sympy.") else home


@contextmanager
def _by_value(modules: Iterable[ModuleType]) -> Iterator[None]:
    """What is pickled of these modules is their functions and classes themselves, not their names."""
    import cloudpickle

    for module in modules:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in modules:
            cloudpickle.unregister_pickle_by_value(module)
