"""A module that is loaded when something of it is first used, and stands there by its name until then.

Torch's optimisers import its compiler at the first step, which takes as long as torch itself and brings SymPy along, only to
ask it for two functions that do nothing where nothing is being compiled. And a fifth of torch tells what its operations would
make of tensors that have a shape and no numbers, for compilers and for the device "meta".
"""

import importlib
import importlib.util
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

_OWN = frozenset({"__file__", "__warningregistry__", "__wrapped__"})  # what looks at every module asks for these

METAS = "torch._meta_registrations"
_LOADED_BY_METAS = ("torch._decomp", "torch._prims", "torch._refs")


class Late(ModuleType):
    """Stands in for a submodule until anything beyond what it was given is asked of it; then the module itself is loaded.

    Args:
        name: the module's full name.
        given: names that can be used without loading it.
        after: names of others that wait, which it cannot do without.
    """

    def __init__(self, name: str, given: Mapping[str, Any], after: tuple[str, ...] = ()) -> None:
        super().__init__(name)
        vars(self).update(given, __after__=after)
        sys.modules[name] = self
        package, _, last = name.rpartition(".")
        if package in sys.modules:
            setattr(sys.modules[package], last, self)

    def __getattr__(self, attribute: str) -> Any:
        if attribute in _OWN:
            raise AttributeError(attribute)
        name = vars(self)["__name__"]
        wake(name)
        return getattr(sys.modules[name], attribute)


class Reached(ModuleType):
    """Stands for a submodule as an attribute of its package only, where nobody has imported it who would have put it there."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        package, _, last = name.rpartition(".")
        setattr(sys.modules[package], last, self)

    def __getattr__(self, attribute: str) -> Any:
        if attribute in _OWN:
            raise AttributeError(attribute)
        return getattr(importlib.import_module(vars(self)["__name__"]), attribute)


def wake(name: str) -> None:
    """Load a module if only its stand-in is there."""
    waiting = sys.modules.get(name)
    if not isinstance(waiting, Late):
        return
    for other in vars(waiting)["__after__"]:
        wake(other)
    package, _, last = name.rpartition(".")
    del sys.modules[name]
    vars(sys.modules[package]).pop(last, None)
    importlib.import_module(name)


def torch_compiler() -> None:
    """Let torch's compiler wait until it is wanted: optimisers and training need none of it."""
    Late("torch._dynamo", {"disable": _unchanged, "graph_break": _nothing}, after=(METAS,))


def torch_metas() -> None:
    """Let what torch does with tensors without numbers wait; to be called before torch is imported, which would load it.

    What is done with numbers never asks for it.
    """
    found = importlib.util.find_spec("torch")
    if found is not None and found.origin and Path(found.origin).with_name("_meta_registrations.py").is_file():
        Late(METAS, {})


def reachable() -> None:
    """Let functions of torch find what they take for loaded, since what waits would have loaded it."""
    for name in _LOADED_BY_METAS:
        if name not in sys.modules:
            Reached(name)


def _unchanged(function: Callable[..., Any], *_: Any, **__: Any) -> Callable[..., Any]:
    """The function, which no compiler is going to see."""
    return function


def _nothing(*_: Any, **__: Any) -> None:
    """Do nothing: outside of compiled code there is no graph to break."""
