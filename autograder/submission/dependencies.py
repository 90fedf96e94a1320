"""The part of a program that some of its functions need, found by names: imports, definitions and constants.

A notebook is a heap of statements that somebody ran in some order. Of each name the last definition counts, and what a
function needs may stand below it. So the slice is taken by name, not by place, and ordered so that what a statement needs
while it runs comes first. Loops, training, calls for their effect and displays never belong to it.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

_BUILTINS = frozenset(dir(builtins)) | {"__name__", "__file__", "get_ipython", "display"}
_SETTINGS = frozenset({"set_default_dtype", "set_default_device", "set_default_tensor_type"})
_CHEAP_BUILTINS = frozenset(
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
_COSTLY = frozenset(
    {"load", "loadtxt", "genfromtxt", "urlopen", "urlretrieve", "get", "system", "input", "fit", "backward"}
)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What to run.

    Args:
        statements: in an order in which they can run.
        left_out: by name that is needed and was not kept, the statement that would have made it.
        unknown: names that are needed and made nowhere; the grader may supply them.
    """

    statements: tuple[Statement, ...]
    left_out: Mapping[str, Statement] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()

    @property
    def lines(self) -> list[int]:
        """The first line of each statement, in the order in which they are to be run."""
        return [statement.node.lineno for statement in self.statements]


class Outline:
    """The statements of a program, none of them run."""

    def __init__(self, body: Iterable[ast.stmt]) -> None:
        self.statements = tuple(Statement(node) for node in body)
        known = {
            name for statement in self.statements if _is_import(statement.node) for name in statement.binds
        } | _CHEAP_BUILTINS
        self._quick = _without_loops(self.statements)
        self._kept = frozenset(
            id(statement)
            for statement in self.statements
            if _only_defines(statement.node, known, self._quick.__contains__)
        )
        # Of each name the last statement that makes it: any, and one that may be run.
        self._makers = {name: statement for statement in self.statements for name in statement.binds}
        self._last = {name: s for s in self.statements if self.keeps(s) for name in s.binds}

    def keeps(self, statement: Statement) -> bool:
        """Whether a statement may be run at all: it only brings in names, cheaply."""
        return id(statement) in self._kept

    def last(self, name: str) -> Statement | None:
        """The last statement that may be run and binds a name."""
        return self._last.get(name)

    def needed(self, wanted: Iterable[str], supplied: Iterable[str] = ()) -> Slice:
        """The slice for some names.

        Args:
            wanted: functions or other names.
            supplied: names that are given from outside where the program does not make them.
        """
        chosen: dict[int, Statement] = {
            id(s): s for s in self.statements if s.is_star_import or (self.keeps(s) and _is_setting(s.node))
        }
        left_out: dict[str, Statement] = {}
        unknown: set[str] = set()
        waiting = [*wanted, *(name for s in chosen.values() for name in s.needs)]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            statement = self.last(name)
            if statement is not None:
                if id(statement) not in chosen:
                    chosen[id(statement)] = statement
                    waiting += statement.needs
            elif name not in _BUILTINS:
                if name in self._makers and name not in supplied:
                    left_out[name] = self._makers[name]
                unknown.add(name)
        in_order = [s for s in self.statements if id(s) in chosen]
        return Slice(statements=tuple(_runnable(in_order)), left_out=left_out, unknown=frozenset(unknown))

    def whole(self) -> Slice:
        """Everything that only defines: what remains of a helper module."""
        return Slice(statements=tuple(s for s in self.statements if self.keeps(s)))


def _without_loops(statements: Iterable[Statement]) -> frozenset[str]:
    """Functions and classes that, with all that they call, have no loop: calling them costs nothing."""
    defined = {s.node.name: s for s in statements if isinstance(s.node, ast.FunctionDef | ast.ClassDef)}
    callers: dict[str, list[str]] = {}
    for name, statement in defined.items():
        for used in statement.needs:
            callers.setdefault(used, []).append(name)
    slow = {
        name
        for name, statement in defined.items()
        if any(isinstance(node, _LOOPS) or _attribute(node) in _COSTLY for node in ast.walk(statement.node))
    }
    waiting = list(slow)
    while waiting:
        fresh = [name for name in callers.get(waiting.pop(), ()) if name not in slow]
        slow.update(fresh)
        waiting += fresh
    return frozenset(defined) - slow


def _runnable(statements: list[Statement]) -> Iterator[Statement]:
    """The statements, imports first, each after those that make what it needs while it runs.

    What a statement calls while it runs must be there with all that it calls in turn. A chain of calls may be thousands
    long, so that the stack is a list.
    """
    makers = {name: statement for statement in statements for name in statement.binds}
    done: set[int] = set()
    begun: set[tuple[int, bool]] = set()
    for first in sorted(statements, key=lambda s: not _is_import(s.node)):
        stack = [(first, False, False)]
        while stack:
            statement, is_called, is_ready = stack.pop()
            if id(statement) in done:
                continue
            if is_ready:
                done.add(id(statement))
                yield statement
                continue
            if (id(statement), is_called) in begun:
                continue
            begun.add((id(statement), is_called))
            stack.append((statement, is_called, True))
            deep = is_called and isinstance(statement.node, ast.FunctionDef | ast.ClassDef)
            needs = statement.needs if deep else statement.needs_now
            stack += [
                (makers[name], True, False)
                for name in sorted(needs, reverse=True)
                if name in makers and makers[name] is not statement
            ]


def _is_import(node: ast.stmt) -> bool:
    if isinstance(node, ast.Try):
        return all(_is_import(inner) for inner in node.body)
    return isinstance(node, ast.Import | ast.ImportFrom)


def _is_setting(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _attribute(node.value.func) in _SETTINGS


def _only_defines(node: ast.stmt, libraries: set[str], is_quick: Callable[[str], bool]) -> bool:
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
            return _is_cheap(test, libraries, is_quick) and all(_only_defines(s, libraries, is_quick) for s in inner)
        case ast.Try(body=body, handlers=handlers, orelse=orelse):
            inner = [*body, *orelse, *(s for handler in handlers for s in handler.body)]
            return all(_only_defines(s, libraries, is_quick) for s in inner)
    return _is_setting(node)


def _is_cheap(value: ast.expr, libraries: set[str], is_quick: Callable[[str], bool]) -> bool:
    """Whether an expression calls only libraries, and functions without loops."""
    for node in _now(value):
        if isinstance(node, ast.Yield | ast.YieldFrom | ast.Await | ast.NamedExpr):
            return False
        if isinstance(node, ast.Call):
            root = _root(node.func)
            if _attribute(node.func) in _COSTLY:
                return False
            if root is not None and root not in libraries and not is_quick(root) and isinstance(node.func, ast.Name):
                return False
    return True


def _root(node: ast.expr) -> str | None:
    """The name that a dotted expression begins with; None where it begins with a value, such as a text's method."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def _attribute(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else ""


def _now(node: ast.AST) -> Iterator[ast.AST]:
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
    nodes = ast.walk(node) if deep else _now(node)
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
    for inner in _now(node):
        match inner:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((alias.asname or alias.name).split(".")[0] for alias in names if alias.name != "*")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
