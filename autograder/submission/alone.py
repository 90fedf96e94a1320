"""Functions that stand alone: what one call does, no later call of them or of another such function can see.

This is read from the text, and where it is not plain to see the answer is no. Such a function works on its arguments and its
own names, with constants, other such functions and libraries of mathematics, and changes nothing that outlives the call.
"""

from __future__ import annotations

import ast
import symtable
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from autograder.submission.cheap import CHEAP_BUILTINS
from autograder.submission.names import Statement
from autograder.submission.statements import parse

_LIBRARIES = frozenset({"cmath", "math", "numpy", "torch", "typing"})
_BUILTINS = CHEAP_BUILTINS - {"super", "type"} | {
    *("ArithmeticError", "AssertionError", "Exception", "IndexError", "RuntimeError", "TypeError", "ValueError"),
    *("ZeroDivisionError", "all", "any", "divmod", "filter", "map", "print", "slice"),
}
_CHANGING = ("_", "set", "register", "use_")
"""How names of libraries begin that change what all that follows depends on."""
_REBINDING = frozenset({"__import__", "delattr", "eval", "exec", "globals", "locals", "setattr", "vars"})
_REFUSED = (
    *(ast.AsyncFor, ast.AsyncFunctionDef, ast.AsyncWith, ast.Await, ast.ClassDef, ast.Global, ast.Nonlocal),
    *(ast.Yield, ast.YieldFrom),
)


@lru_cache(maxsize=64)
def stands_alone(text: str, name: str) -> bool:
    """Whether a function of a file stands alone, as far as its text tells."""
    file = _file(text)
    waiting, seen = [name], set[str]()
    while waiting and file is not None:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            needed = file.needs(one)
            if needed is None:
                return False
            waiting += needed
    return file is not None


@lru_cache(maxsize=2)
def _file(text: str) -> _File | None:
    """A file that can be looked into; None where it does not parse, or where a name may mean something else later."""
    body = parse(text).body
    try:
        table = symtable.symtable(text, "file", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if body is None or any(_is_rebinding(node) for statement in body for node in ast.walk(statement)):
        return None
    return _File(body, table)


class _File:
    """The names of a file, each with the one statement that makes it."""

    def __init__(self, body: tuple[ast.stmt, ...], table: symtable.SymbolTable) -> None:
        made = [(name, node) for node in body for name in Statement(node).binds]
        count = Counter(name for name, _ in made)
        self._made = {name: node if count[name] == 1 else None for name, node in made}
        self._tables = {(one.get_name(), one.get_lineno()): one for one in table.get_children()}

    def needs(self, name: str) -> list[str] | None:
        """The names of the file that a name needs in its turn; None where it does not stand alone."""
        if name not in self._made:
            return [] if name in _BUILTINS else None
        match self._made[name]:
            case ast.Import() | ast.ImportFrom() as node if _is_of_mathematics(node):
                return []
            case ast.Assign(targets=[ast.Name()], value=value) | ast.AnnAssign(value=ast.expr() as value):
                return [] if _is_constant(value) else None
            case ast.FunctionDef() as node if _keeps_nothing(node):
                return list(_from_outside(self._tables[name, node.lineno]))
        return None


def _is_rebinding(node: ast.AST) -> bool:
    """Whether something may give another meaning to a name that was given one elsewhere."""
    match node:
        case ast.Attribute(ctx=ast.Store() | ast.Del()):
            return True
        case ast.Name(id=name):
            return name in _REBINDING
        case ast.ImportFrom(names=[ast.alias(name="*")]):
            return True
    return False


def _is_of_mathematics(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.Import):
        return all(_is_library(alias.name) for alias in node.names)
    return not node.level and _is_library(node.module or "") and all(_is_harmless(alias.name) for alias in node.names)


def _is_library(module: str) -> bool:
    first, *rest = module.split(".")
    return first in _LIBRARIES and all(map(_is_harmless, rest))


def _is_harmless(name: str) -> bool:
    return not name.startswith(_CHANGING)


def _is_constant(value: ast.expr) -> bool:
    """Whether a value cannot be changed: numbers, texts, tuples of these and what is computed from them."""
    allowed = (ast.Constant, ast.Tuple, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop, ast.Load)
    return all(isinstance(node, allowed) for node in ast.walk(value))


def _keeps_nothing(function: ast.FunctionDef) -> bool:
    """Whether nothing in a function's text makes something that outlives a call, or changes what a library does."""
    defaults = [*function.args.defaults, *filter(None, function.args.kw_defaults)]
    if function.decorator_list or not all(map(_is_constant, defaults)):
        return False
    for node in (inner for statement in function.body for inner in ast.walk(statement)):
        if isinstance(node, _REFUSED) or (isinstance(node, ast.Attribute) and not _is_harmless(node.attr)):
            return False
        if isinstance(node, ast.Import | ast.ImportFrom) and not _is_of_mathematics(node):
            return False
    return True


def _from_outside(table: symtable.SymbolTable) -> Iterator[str]:
    """The names of the file, or Python's own, that a function and what is in it use."""
    for symbol in table.get_symbols():
        if symbol.is_global():
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _from_outside(inner)
