"""Modules that a notebook imports and that are not here, as objects that do nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType, TracebackType
from typing import Any

from .doubles import doubles

used: set[str] = set()
"""Top names of the modules of which something was called since this was last cleared."""


class Inert:
    """Anything from a module that is not here: it can be called, iterated, entered and ignored."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        top = self._path.partition(".")[0]
        return doubles(top).get(name) or Inert(f"{self._path}.{name}")

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """Pass on what comes in, as a decorator and a progress bar do; else another such object."""
        used.add(self._path.partition(".")[0])
        name = self._path.rpartition(".")[2]
        if name == "trange":
            return range(*args)
        if len(args) == 1 and not keywords and callable(args[0]) and not isinstance(args[0], Inert):
            return args[0]
        if "tqdm" in self._path and args:
            return args[0]
        return Inert(f"{self._path}()")

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __getitem__(self, key: object) -> Any:
        return Inert(f"{self._path}[]")

    def __setitem__(self, key: object, value: object) -> None:
        """Forget it."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Nothing was entered."""

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        """Let a class that inherits from it be a plain one."""
        return (object,)


class InertModule(ModuleType):
    """A module that is not here."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(Inert(self.__name__), name)

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """Be called as some modules are, such as `tqdm`."""
        return Inert(self.__name__)(*args, **keywords)


class StandIns(MetaPathFinder, Loader):
    """Answers for the named modules when nobody else does.

    Args:
        names: top names of modules.
        known: values that any of them is said to hold, such as the course's own small functions.
    """

    def __init__(self, names: Sequence[str], known: Mapping[str, Any]) -> None:
        self.names = frozenset(names)
        self.known = known

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Say where a module is: here, if it was named."""
        del path, target
        return ModuleSpec(fullname, self, is_package=True) if fullname.partition(".")[0] in self.names else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Make the module."""
        return InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Give it what is known."""
        known = {**self.known, **doubles(module.__name__.partition(".")[0])}
        vars(module).update(known)
        vars(module)["__all__"] = list(known)


def install(names: Sequence[str], known: Mapping[str, Any]) -> None:
    """Let the named modules be imported from now on."""
    sys.meta_path.append(StandIns(names, known))
