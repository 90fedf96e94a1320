"""Which files of the engine a few of its modules need: their imports, followed to the end."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[1]


def needed(*modules: str) -> dict[str, bytes]:
    """The files that the modules need, by their place in the engine's own folder (`autograder/formula/read.py`).

    A package that is only passed through on the way to one of its modules gets an empty `__init__.py`, so that it brings
    nothing along; where a name is imported from the package itself, its own is taken.

    Args:
        modules: full names, like "autograder.formula.read".
    """
    found: dict[str, bytes] = {}
    waiting = [(module, True) for module in modules]
    while waiting:
        module, whole = waiting.pop()
        path = _file(module)
        if path is None:
            continue
        name = path.relative_to(ENGINE.parent).as_posix()
        waiting += [(module.rsplit(".", depth)[0], False) for depth in range(1, module.count(".") + 1)]
        if not whole and path.name == "__init__.py":
            found.setdefault(name, b"")
        elif found.get(name, b"") == b"":
            found[name] = path.read_bytes()
            waiting += [(other, True) for other in imported(found[name])]
    return found


def imported(source: bytes) -> Iterator[str]:
    """The engine's modules that a file imports when it runs, anywhere in it; what only a type checker reads is left out."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith(f"{ENGINE.name}."))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == ENGINE.name:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in inner if _file(name) is not None)
            if not all(_file(name) is not None for name in inner):
                yield node.module


def _file(module: str) -> Path | None:
    place = ENGINE.parent.joinpath(*module.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)
