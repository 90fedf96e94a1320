"""The names that a statement of a program makes and needs, found in its tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, eq=False)
class Statement:
    """A statement at the left margin, with the names that it binds and those that it needs.

    Attributes:
        node: its tree, with lines of the whole text.
    """

    node: ast.stmt

    @cached_property
    def binds(self) -> frozenset[str]:
        """Names that it defines."""
        return frozenset(_bound(self.node))

    @cached_property
    def needs_now(self) -> frozenset[str]:
        """Names that must exist when it runs."""
        return frozenset(_loaded(self.node, deep=False))

    @cached_property
    def needs(self) -> frozenset[str]:
        """Names that it needs when it runs, or that the functions in it need when they are called."""
        return frozenset(_loaded(self.node, deep=True))

    @property
    def is_star_import(self) -> bool:
        """Whether it is `from m import *`, which may bind anything."""
        return isinstance(self.node, ast.ImportFrom) and self.node.names[0].name == "*"


def root(node: ast.expr) -> str | None:
    """The name that a dotted expression begins with; None where it begins with a value, such as a text's method."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def attribute(node: ast.AST) -> str:
    """The last name of a dotted expression, "" of anything else."""
    return node.attr if isinstance(node, ast.Attribute) else ""


def evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that are evaluated with a node: the bodies of functions and lambdas in it are not."""
    waiting: list[ast.AST] = [node]
    while waiting:
        current = waiting.pop()
        yield current
        if isinstance(current, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*current.decorator_list, *current.args.defaults, *filter(None, current.args.kw_defaults)]
        elif isinstance(current, ast.Lambda):
            waiting += [*current.args.defaults, *filter(None, current.args.kw_defaults)]
        else:
            waiting += ast.iter_child_nodes(current)


def _loaded(node: ast.stmt, *, deep: bool) -> Iterator[str]:
    """Names that are read; of a function's own parameters and variables too many are better than too few."""
    nodes = ast.walk(node) if deep else evaluated(node)
    names = [inner.id for inner in nodes if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and deep:
        own = _locals(node)
        names = [name for name in names if name not in own]
        names += [name for default in _defaults(node) for name in _names_in(default)]
    yield from names


def _defaults(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
    return [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]


def _names_in(node: ast.AST) -> list[str]:
    return [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)]


def _locals(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The parameters of a function and what is assigned in it, unless it is declared global."""
    arguments = node.args
    own = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    own |= {a.arg for a in (arguments.vararg, arguments.kwarg) if a is not None}
    shared: set[str] = set()
    for inner in (n for statement in node.body for n in ast.walk(statement)):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            own.add(inner.id)
        elif isinstance(inner, ast.Global):
            shared.update(inner.names)
        elif isinstance(inner, ast.FunctionDef | ast.ClassDef):
            own.add(inner.name)
        elif isinstance(inner, ast.Import | ast.ImportFrom):
            own.update(_bound(inner))
    return own - shared


def _bound(node: ast.stmt) -> Iterator[str]:
    """Names that a statement makes at the left margin, those of blocks such as loops included."""
    for inner in evaluated(node):
        match inner:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((alias.asname or alias.name).split(".")[0] for alias in names if alias.name != "*")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
