"""A module that is loaded when something of it is first used, and stands there by its name until then.

Torch's optimisers import its compiler at the first step, which takes as long as torch itself and brings SymPy along, only to
ask it for two functions that do nothing where nothing is being compiled.
"""

import importlib
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

_OWN = frozenset({"__file__", "__wrapped__"})  # what looks at every module asks for these


class Late(ModuleType):
    """Stands in for a submodule until anything beyond what it was given is asked of it; then the module itself is loaded.

    Args:
        name: the module's full name; its package is loaded already.
        given: names that can be used without loading it.
    """

    def __init__(self, name: str, given: Mapping[str, Any]) -> None:
        super().__init__(name)
        vars(self).update(given)
        package, _, last = name.rpartition(".")
        sys.modules[name] = self
        setattr(sys.modules[package], last, self)

    def __getattr__(self, attribute: str) -> Any:
        name = vars(self)["__name__"]
        if attribute in _OWN:
            raise AttributeError(attribute)
        if sys.modules.get(name) is self:
            package, _, last = name.rpartition(".")
            del sys.modules[name]
            delattr(sys.modules[package], last)
            importlib.import_module(name)
        return getattr(sys.modules[name], attribute)


def torch_compiler() -> None:
    """Let torch's compiler wait until it is wanted: optimisers and training need none of it."""
    Late("torch._dynamo", {"disable": _unchanged, "graph_break": _nothing})


def _unchanged(function: Callable[..., Any], *_: Any, **__: Any) -> Callable[..., Any]:
    """The function, which no compiler is going to see."""
    return function


def _nothing(*_: Any, **__: Any) -> None:
    """Do nothing: outside of compiled code there is no graph to break."""
