"""Names of a package that are loaded from the modules that define them when they are first asked for (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module


def late_names(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], object]:
    """What a package calls `__getattr__`.

    Args:
        package: its name.
        homes: by module, relative to the package, the names that are there.
    """

    def named(name: str) -> object:
        for home, names in homes.items():
            if name in names:
                found: object = getattr(import_module(f"{package}.{home}"), name)
                setattr(sys.modules[package], name, found)
                return found
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return named
