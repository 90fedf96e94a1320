"""Which statements of a program only bring in names, cheaply: what may be run although nobody asked for it."""

from __future__ import annotations

import ast
from collections.abc import Callable

from autograder.submission.names import attribute, evaluated, root

_SETTINGS = frozenset({"set_default_dtype", "set_default_device", "set_default_tensor_type"})
CHEAP_BUILTINS = frozenset(
    {
        "abs",
        "bool",
        "dict",
        "float",
        "frozenset",
        "int",
        "len",
        "list",
        "max",
        "min",
        "range",
        "reversed",
        "round",
        "set",
    }
    | {"sorted", "str", "sum", "super", "tuple", "zip", "enumerate", "isinstance", "type", "complex", "pow"}
)
COSTLY = frozenset(
    {"load", "loadtxt", "genfromtxt", "urlopen", "urlretrieve", "get", "system", "input", "fit", "backward"}
)


def is_import(node: ast.stmt) -> bool:
    """Whether a statement imports, or tries to."""
    if isinstance(node, ast.Try):
        return all(is_import(inner) for inner in node.body)
    return isinstance(node, ast.Import | ast.ImportFrom)


def is_setting(node: ast.stmt) -> bool:
    """Whether a statement sets what all that follows depends on, such as torch's default type."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and attribute(node.value.func) in _SETTINGS


def only_defines(node: ast.stmt, libraries: set[str], is_quick: Callable[[str], bool]) -> bool:
    """Whether a statement does nothing but bind names to what is cheap to make.

    Args:
        libraries: names that may be called.
        is_quick: whether a function of the program may be called.
    """
    match node:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Pass():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=targets, value=value) if all(
            isinstance(t, ast.Name | ast.Tuple | ast.List) for t in targets
        ):
            return _is_cheap(value, libraries, is_quick)
        case ast.AnnAssign(target=ast.Name(), value=ast.expr() as value):
            return _is_cheap(value, libraries, is_quick)
        case ast.If(test=test, body=body, orelse=orelse):
            inner = [*body, *orelse]
            return _is_cheap(test, libraries, is_quick) and all(only_defines(s, libraries, is_quick) for s in inner)
        case ast.Try(body=body, handlers=handlers, orelse=orelse):
            inner = [*body, *orelse, *(s for handler in handlers for s in handler.body)]
            return all(only_defines(s, libraries, is_quick) for s in inner)
    return is_setting(node)


def _is_cheap(value: ast.expr, libraries: set[str], is_quick: Callable[[str], bool]) -> bool:
    """Whether an expression calls only libraries, and functions without loops."""
    for node in evaluated(value):
        if isinstance(node, ast.Yield | ast.YieldFrom | ast.Await | ast.NamedExpr):
            return False
        if isinstance(node, ast.Call):
            first = root(node.func)
            if attribute(node.func) in COSTLY:
                return False
            if first is not None and first not in libraries and not is_quick(first) and isinstance(node.func, ast.Name):
                return False
    return True
