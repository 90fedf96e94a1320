"""What of a notebook trains networks, and which of its cells made the ones that it draws: read from its text.

Taken a little too wide rather than too narrow: a statement too many costs a moment of a rehearsal, one too few spoils it.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from functools import lru_cache

from autograder.notebooks.script import Script
from autograder.submission.names import Statement, attribute, root

_LOOPS = (ast.For, ast.While)
_DRAWS = frozenset({"plt", "ax", "axes", "axs", "fig", "pyplot"})
_CHANGES = frozenset(
    {"load_state_dict", "append", "extend", "insert", "update", "setdefault", "pop", "add_module", "register_parameter", "apply"}
    | {"copy_", "fill_", "add_", "sub_", "mul_", "zero_", "uniform_", "normal_", "constant_", "step", "to", "requires_grad_"}
)  # fmt: skip
_LAYERS = frozenset({"Linear", "Sequential", "ModuleList", "Parameter"})
_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def training_loops(script: Script) -> tuple[tuple[int, int], ...]:
    """Line and column of every loop that takes steps, itself or through a function."""
    trainers = _closed(script, _steps)
    loops = (node for statement in script.body for node in _inner(statement) if isinstance(node, _LOOPS))
    return tuple((loop.lineno, loop.col_offset) for loop in loops if _steps(loop) or _called(loop) & trainers)


def trains_at_all(script: Script) -> bool:
    """Whether anything that the notebook runs, and not only defines, takes steps."""
    trainers = _closed(script, _steps)
    margin = (statement for statement in script.body if not is_definition(statement))
    return any(_steps(statement) or _called(statement) & trainers for statement in margin)


def trains_by_hand(script: Script) -> bool:
    """Whether a loop takes steps without an optimiser, which nobody can watch."""
    trainers, watched = _closed(script, _steps), _closed(script, _steps_by_optimiser)
    loops = (node for statement in script.body for node in _inner(statement) if isinstance(node, _LOOPS))
    return any(
        (_steps(loop) or _called(loop) & trainers) and not (_steps_by_optimiser(loop) or _called(loop) & watched)
        for loop in loops
    )


def before_drawing(script: Script, functions: tuple[str, ...], given: Collection[str]) -> tuple[Statement, ...]:
    """The statements at the margin that make networks or draw them, and all that those need; in the order of the text.

    Args:
        functions: that draw; the student's own whose names begin alike count as well.
        given: names that the grader supplies, so that nothing need make them.
    """
    drawers = drawing_functions(script, functions) | _closed(script, lambda node: bool(_called(node) & set(functions)))
    makers = _closed(script, _makes_layers)
    changers = _closed(script, _changes)
    movable = [s for s in script.outline.statements if not is_definition(s.node)]
    chosen = [s for s in movable if _called(s.node) & (drawers | makers) or _makes_layers(s.node)]
    needed = _needed(script, chosen) - set(given)
    while more := [s for s in movable if s not in chosen and _touched(s, changers) & needed]:
        chosen += more
        needed |= _needed(script, more) - set(given)
    return tuple(s for s in movable if s in chosen)


def drawing_functions(script: Script, functions: tuple[str, ...]) -> frozenset[str]:
    """The contract's functions and the student's variants of them."""
    return frozenset(functions) | {name for name in script.functions if name.startswith(functions)}


def is_definition(node: ast.stmt) -> bool:
    """Whether a statement imports or defines, and so is not run in its place but before everything else."""
    inner = node.body if isinstance(node, ast.Try) else [node]
    return all(isinstance(statement, _DEFINITIONS) for statement in inner)


def _needed(script: Script, statements: list[Statement]) -> set[str]:
    """Names that statements need, those inside of functions that they call included."""
    found: set[str] = set()
    waiting = [name for statement in statements for name in statement.needs]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            maker = script.outline.last(name)
            if maker is not None and is_definition(maker.node):
                waiting += maker.needs
    return found


def _closed(script: Script, marks: object) -> frozenset[str]:
    """Names of functions, methods and classes of the notebook that a predicate marks, or that call such a one."""
    assert callable(marks)
    definitions = [
        node
        for statement in script.body
        for node in _inner(statement)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    found = {node.name for node in definitions if marks(node)}
    while more := {node.name for node in definitions if node.name not in found and _called(node) & found}:
        found |= more
    return frozenset(found)


@lru_cache(maxsize=1024)  # the same statements are looked at in every respect
def _inner(node: ast.AST) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(node))


@lru_cache(maxsize=1024)
def _called(node: ast.AST) -> frozenset[str]:
    """Names of the functions and methods that are called."""
    calls = [inner.func for inner in _inner(node) if isinstance(inner, ast.Call)]
    return frozenset(call.id if isinstance(call, ast.Name) else attribute(call) for call in calls) - {""}


def _steps(node: ast.AST) -> bool:
    """Whether something changes parameters by a gradient: an optimiser's step, or one by hand."""
    if _steps_by_optimiser(node):
        return True
    called = _called(node)
    by_hand = any(map(_is_step_by_hand, _inner(node))) or bool(called & {"sub_", "add_", "copy_"})
    return bool(called & {"backward", "grad"}) and by_hand


def _steps_by_optimiser(node: ast.AST) -> bool:
    calls = (inner.func for inner in _inner(node) if isinstance(inner, ast.Call))
    return any(attribute(call) == "step" and root(call) not in _DRAWS for call in calls)


def _is_step_by_hand(node: ast.AST) -> bool:
    """Whether something is lowered in place, replaced by itself less a product, or stored behind autograd's back."""
    match node:
        case ast.AugAssign(op=ast.Sub()) | ast.Assign(value=ast.BinOp(op=ast.Sub(), right=ast.BinOp(op=ast.Mult()))):
            return True
        case ast.Assign(targets=[ast.Attribute(attr="data")]):
            return True
    return False


def _makes_layers(node: ast.AST) -> bool:
    return bool(_called(node) & _LAYERS)


def _changes(node: ast.AST) -> bool:
    """Whether something is stored in what was there before."""
    stores = (
        n for n in _inner(node) if isinstance(n, ast.Subscript | ast.Attribute) and isinstance(n.ctx, ast.Store | ast.Del)
    )  # fmt: skip
    return bool(_called(node) & _CHANGES) or next(stores, None) is not None


def _touched(statement: Statement, changers: Collection[str]) -> set[str]:
    """Names that a statement makes or may change."""
    return set(statement.binds) | set(_changed_names(statement.node, changers))


def _changed_names(node: ast.stmt, changers: Collection[str]) -> Iterator[str]:
    for inner in _inner(node):
        if isinstance(inner, ast.Subscript | ast.Attribute) and isinstance(inner.ctx, ast.Store | ast.Del):
            yield root(inner) or ""
        elif isinstance(inner, ast.Call):
            if attribute(inner.func) in _CHANGES:
                yield root(inner.func) or ""
            if _called(ast.Expr(value=inner)) & set(changers):
                yield from (root(argument) or "" for argument in [*inner.args, *(k.value for k in inner.keywords)])
