"""What a module imports, as far as its text tells."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib.util import resolve_name
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Self

_HIDDEN = frozenset({"import_module", "__import__", "exec", "eval"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """The imports of a module.

    Args:
        at_once: names of modules, and of what may be modules, that are imported when it is loaded.
        later: those that are imported when a function is called.
        loads_sympy: whether it holds anything of SymPy's.
        unclear: why its text does not tell all, the end of a sentence, or "".
    """

    at_once: frozenset[str]
    later: frozenset[str]
    loads_sympy: bool
    unclear: str

    @classmethod
    def of(cls, module: ModuleType) -> Self:
        """Read the text of a module that is loaded."""
        tree = ast.parse(Path(str(module.__file__)).read_bytes())
        functions = [node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)]
        inside = {id(inner) for node in functions for inner in ast.walk(node)}
        everywhere = list(ast.walk(tree))
        package = module.__package__ or ""
        at_once = (name for node in everywhere if id(node) not in inside for name in _imported(node, package))
        later = (name for node in everywhere if id(node) in inside for name in _imported(node, package))
        return cls(
            at_once=frozenset(at_once),
            later=frozenset(later),
            loads_sympy=any(_is_of_sympy(value) for value in vars(module).values()),
            unclear=next(filter(None, map(_unclear, everywhere)), ""),
        )


def _imported(node: ast.AST, package: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = resolve_name("." * node.level + (node.module or ""), package) if node.level else str(node.module)
        return [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return []


def _unclear(node: ast.AST) -> str:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    if name in _HIDDEN:
        return f"uses {name}"
    return "changes a global variable" if isinstance(node, ast.Global) else ""


def _is_of_sympy(value: object) -> bool:
    if isinstance(value, ModuleType):
        home = value.__name__
    else:
        home = str(getattr(value if isinstance(value, FunctionType | type) else type(value), "__module__", ""))
    return home.partition(".")[0] == "sympy"
