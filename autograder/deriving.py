"""Derive the keys of assignments once and keep them: what `setup.sh` does, and `snapshot` reads.

Keys in SymPy become the trees that they are compared as. Questions are plain modules, which cannot be loaded in part, and most
functions among them have no name of their own; so functions of modules that load SymPy are kept themselves, all others by
name. What could then mean something else than in its module keeps an assignment from being kept: it is loaded in every run,
which takes a second longer.
"""

from __future__ import annotations

import io
import json
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from autograder.assignments import available, load_as_written
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.question import Assignment
from autograder.shelf import keep
from autograder.snapshot import dependencies, files_of, is_where_python_looks, place_of
from autograder.with_trees import with_trees

_MOST_BYTES = 20 * 1024 * 1024  # of an assignment's files, which every run would read
_COARSE = 0.02  # seconds by which the time of a change may be told too early
_SIMPLE = frozenset({
    *("autograder", "builtins", "decimal", "enum", "fractions", "functools", "numpy", "operator", "_operator", "pathlib", "re"),
    *("types", "cloudpickle", "collections"),
})  # fmt: skip
"""Packages of which an object can be written down and read again, and means the same."""


class Refused(Exception):
    """An assignment cannot be kept; the message says why."""


def derive(library: Path = LIBRARY) -> dict[str, str]:
    """Keep every assignment of a library that can be kept; why not, by name, for the others."""
    begun = time.time() - _COARSE
    refused: dict[str, str] = {}
    for name in available(library):
        try:
            _keep(name, library, begun)
        except (Refused, AuthorError) as error:
            refused[name] = str(error)
        except Exception as error:  # noqa: BLE001  # an author's object may refuse in any way
            refused[name] = f"{type(error).__name__}: {error}"
    return refused


def _keep(name: str, library: Path, begun: float) -> None:
    folder = library / name
    place = place_of(folder)
    if place is None:
        raise Refused("there is no folder of this user's alone to keep anything in")
    place.unlink(missing_ok=True)
    assignment = load_as_written(name, library)
    if not is_where_python_looks(library):
        raise Refused(f"another folder is named {library.name}, too")
    files = {*files_of(folder), *_loaded(library.name)}
    if sum(Path(file).stat().st_size for file in files) > _MOST_BYTES:
        raise Refused("its files are too large to be compared in every run")
    body = _written(assignment, library.name)
    made_from = dependencies(files)
    if any(Path(file).stat().st_mtime >= begun for file in files):
        raise Refused("a file has changed since it was begun")
    keep(place, json.dumps(made_from).encode() + b"\n" + body)


def _loaded(package: str) -> Iterator[str]:
    """The files of all modules of the grader and of the questions, and of every other one that was not installed."""
    kinds = ("stdlib", "platstdlib", "purelib", "platlib")
    installed = [Path(sysconfig.get_path(kind)).resolve() for kind in kinds]
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        path = Path(file).resolve() if file else None
        ours = name.partition(".")[0] in ("autograder", package)
        if path is not None and path.is_file() and (ours or not any(map(path.is_relative_to, installed))):
            yield str(path)


def _written(assignment: Assignment, package: str) -> bytes:
    """An assignment written down.

    Raises:
        Refused: something of it would mean something else.
    """
    import cloudpickle

    by_value = _modules_with_sympy(package)

    class Pickler(cloudpickle.Pickler):  # type: ignore[misc]  # it ships no types
        def reducer_override(self, obj: Any) -> Any:
            _check(obj, by_value)
            return super().reducer_override(obj)

    written = io.BytesIO()
    with _by_value(by_value):
        Pickler(written).dump(with_trees(assignment))
    return written.getvalue()


def _check(value: Any, by_value: dict[str, ModuleType]) -> None:
    """Refuse what would be another thing when it is read again."""
    home = str(getattr(value, "__module__", None) or "")
    if isinstance(value, ModuleType):
        if value.__name__ in by_value:
            raise Refused(f"{value.__name__}, which loads SymPy, is used as a whole: import its functions by name")
    elif isinstance(value, FunctionType):
        pass  # of a module that loads SymPy it is kept itself
    elif hasattr(value, "__qualname__"):  # a class, a cached function, one of C: kept by name
        if home in by_value:
            raise Refused(f"{home}, which loads SymPy, defines {value.__qualname__}: move it to a module of its own")
    elif type(value) is object or type(value).__module__.partition(".")[0] not in _SIMPLE:
        raise Refused(f"it holds {type(value).__qualname__} of {type(value).__module__}")
    elif type(value).__module__.startswith("numpy.random"):
        raise Refused("it holds a generator of random numbers, whose state changes")


def _modules_with_sympy(package: str) -> dict[str, ModuleType]:
    """The modules of the questions that hold something of SymPy's, and those that import such a one.

    Raises:
        Refused: what they import cannot be told from their text, or is imported only when a function is called.
    """
    from autograder.imports_of import Imports

    imports = {
        name: Imports.of(module)
        for name, module in sys.modules.items()
        if name.startswith(f"{package}.") and getattr(module, "__file__", None)
    }
    found = {name for name, made in imports.items() if made.loads_sympy}
    while more := {name for name, made in imports.items() if name not in found and made.at_once & found}:
        found |= more
    for name, made in imports.items():
        if made.unclear:
            raise Refused(f"{name} {made.unclear}")
        if any(later.partition(".")[0] == package for later in made.later):
            raise Refused(f"{name} imports questions inside of a function")
    return {name: sys.modules[name] for name in found}


@contextmanager
def _by_value(modules: dict[str, ModuleType]) -> Iterator[None]:
    """What is written of these modules is their functions themselves, not their names."""
    import cloudpickle

    leaves = [module for module in modules.values() if not hasattr(module, "__path__")]
    for module in leaves:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in leaves:
            cloudpickle.unregister_pickle_by_value(module)
