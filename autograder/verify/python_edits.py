"""One-edit mutants of Python functions: operators, signs, constants, indices, transposes, off by one."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.MatMult: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE,
}  # fmt: skip
_NAMES = {
    "max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum", "argmax": "argmin", "argmin": "argmax",
    "sum": "mean", "mean": "sum", "zeros": "ones", "ones": "zeros", "any": "all", "all": "any", "vstack": "hstack",
    "hstack": "vstack", "abs": "sign", "sqrt": "square", "square": "sqrt", "floor": "ceil", "ceil": "floor",
}  # fmt: skip
_SAYS = frozenset(
    {"print", "xlabel", "ylabel", "title", "suptitle", "legend", "show", "figure", "subplot", "tight_layout"}
    | {"set_xlabel", "set_ylabel", "set_title"}
)  # texts and layout, which nobody judges
_MANY = 3  # arguments of which one may be forgotten: layers, terms
_SHORT = 6  # characters of a piece that does not say where it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A source with one edit.

    Args:
        source: all of it.
        function: the function that was edited, "" of a statement outside of functions; and the line in it.
        was, now: the piece before and after.
    """

    source: str
    function: str
    line: int
    was: str
    now: str

    @property
    def shown(self) -> str:
        """The edit for the checklist."""
        return f"{f'{self.function}, ' if self.function else ''}line {self.line}: {self.was} → {self.now}"


def edits(source: str, functions: Collection[str]) -> Iterator[Edit]:
    r"""Every source that differs by one edit inside one of the named functions.

    >>> [edit.now for edit in edits("def f(X, w):\n    return X @ w", ["f"])]
    ['-(X @ w)', 'X * w', 'w @ X', 'X.T @ w']
    """
    tree = ast.parse(source)
    places = [n for n, one in enumerate(tree.body) if isinstance(one, ast.FunctionDef) and one.name in functions]
    yield from _edited(tree, places)


def edits_at(source: str, lines: Collection[int]) -> Iterator[Edit]:
    r"""Every source that differs by one edit inside a statement at the left margin that begins on one of these lines.

    >>> [edit.shown for edit in edits_at("w = 2\nfor n in (w, 3):\n    f(n)", [2])]
    ['line 1: for n in (w, 3): → for n in (3,):', 'line 1: for n in (w, 3): → for n in (w,):', 'line 1: (w, 3) → (w, 4)', 'line 1: (w, 3) → (w, -3)', 'line 2: f(n) → pass']
    """
    tree = ast.parse(source)
    yield from _edited(tree, [n for n, one in enumerate(tree.body) if one.lineno in lines])


_Path = tuple[tuple[str, int | None], ...]


def _edited(tree: ast.Module, places: Collection[int]) -> Iterator[Edit]:
    """The edits of some of a module's statements, each text once."""
    seen = {ast.unparse(tree)}
    for place in places:
        statement = tree.body[place]
        name = statement.name if isinstance(statement, ast.FunctionDef) else ""
        for path, changed in _changes(statement, place):
            whole = copy.deepcopy(tree)
            _put(whole, path, copy.deepcopy(changed))
            text = ast.unparse(ast.fix_missing_locations(whole))
            if text not in seen:
                seen.add(text)
                line = getattr(_at(tree, path), "lineno", statement.lineno) - statement.lineno + 1
                yield Edit(source=text, function=name, line=line, was=_shown(tree, path), now=_shown(whole, path))


def _changes(statement: ast.stmt, place: int) -> Iterator[tuple[_Path, ast.AST]]:
    """Every edit: where it is, and what stands there then; of a function only in its body."""
    if not isinstance(statement, ast.FunctionDef):
        yield from _below(statement, (("body", place),))
        return
    for index, inner in enumerate(statement.body):
        if not _is_text(inner):
            yield from _below(inner, (("body", place), ("body", index)))


def _below(node: ast.AST, path: _Path) -> Iterator[tuple[_Path, ast.AST]]:
    if _only_says(node):
        return
    yield from ((path, changed) for changed in _edits(node))
    for field, value in ast.iter_fields(node):
        if field == "annotation" or (field == "keywords" and isinstance(node, ast.Call)):
            continue  # names of options such as `axis` are no mathematics
        for index, inner in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(inner, ast.expr | ast.stmt | ast.comprehension):
                yield from _below(inner, (*path, (field, index)))


def _shown(root: ast.AST, path: _Path) -> str:
    """The piece at a place, or what stands around it where it says little by itself."""
    node = _at(root, path)
    while len(path) > 2 and len(_line(node)) < _SHORT and not isinstance(_at(root, path), ast.stmt):
        path = path[:-1]
        node = _at(root, path)
    return _line(node.value if isinstance(node, ast.Return) and node.value is not None else node)


def _edits(node: ast.AST) -> Iterator[ast.AST]:
    for kind, edit in _EDITS:
        if isinstance(node, kind):
            yield from edit(node)


def _of_operation(node: ast.BinOp) -> Iterator[ast.AST]:
    yield ast.BinOp(left=node.left, op=_OPERATORS.get(type(node.op), ast.Add)(), right=node.right)
    if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
        yield ast.BinOp(left=node.right, op=node.op, right=node.left)
    if isinstance(node.op, ast.MatMult):
        for side in ("left", "right"):
            factor = getattr(node, side)
            if isinstance(factor, ast.Name) and factor.id[0].isupper():  # a matrix; transposed vectors are themselves
                turned = copy.copy(node)
                setattr(turned, side, ast.Attribute(value=factor, attr="T", ctx=ast.Load()))
                yield turned


def _of_sign(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _of_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for table in (_COMPARISONS, _OPPOSITE):
        if type(node.ops[0]) in table:
            yield ast.Compare(
                left=node.left, ops=[table[type(node.ops[0])](), *node.ops[1:]], comparators=node.comparators
            )


def _of_constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, int | float) and not isinstance(node.value, bool):
        yield ast.Constant(value=node.value + 1)
        yield (
            ast.UnaryOp(op=ast.USub(), operand=node)
            if node.value
            else ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1))
        )


def _of_attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr == "T":
        yield node.value
    elif node.attr in _NAMES:
        yield ast.Attribute(value=node.value, attr=_NAMES[node.attr], ctx=node.ctx)


def _of_name(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in _NAMES and isinstance(node.ctx, ast.Load):
        yield ast.Name(id=_NAMES[node.id], ctx=node.ctx)


def _of_call(node: ast.Call) -> Iterator[ast.AST]:
    """A range one shorter and one longer; two arguments exchanged; one of many forgotten; a copy not made."""
    if isinstance(node.func, ast.Name) and node.func.id == "range" and node.args:
        end = min(1, len(node.args) - 1)
        for by in (ast.Sub(), ast.Add()):
            moved = ast.BinOp(left=node.args[end], op=by, right=ast.Constant(value=1))
            yield _with(node, [*node.args[:end], moved, *node.args[end + 1 :]])
    elif len(node.args) > 1:
        yield _with(node, [node.args[1], node.args[0], *node.args[2:]])
    if len(node.args) > _MANY:
        yield from (_with(node, [*node.args[:n], *node.args[n + 1 :]]) for n in range(len(node.args)))
    if isinstance(node.func, ast.Attribute) and node.func.attr == "copy" and not node.args:
        yield node.func.value


def _with(node: ast.Call, args: list[ast.expr]) -> ast.Call:
    return ast.Call(func=node.func, args=args, keywords=node.keywords)


def _of_effect(node: ast.Expr) -> Iterator[ast.AST]:
    """A call for its effect forgotten."""
    if isinstance(node.value, ast.Call):
        yield ast.Pass()


def _of_return(node: ast.Return) -> Iterator[ast.AST]:
    if isinstance(node.value, ast.BinOp | ast.Call | ast.Name | ast.Attribute):
        yield ast.Return(value=ast.UnaryOp(op=ast.USub(), operand=node.value))


def _of_assignment(node: ast.AugAssign) -> Iterator[ast.AST]:
    yield ast.AugAssign(target=node.target, op=_OPERATORS.get(type(node.op), ast.Add)(), value=node.value)


def _of_loop(node: ast.For) -> Iterator[ast.AST]:
    """One of the items that are written out left away."""
    if isinstance(node.iter, ast.Tuple | ast.List) and len(node.iter.elts) > 1:
        for place in range(len(node.iter.elts)):
            fewer = copy.copy(node.iter)
            fewer.elts = [*node.iter.elts[:place], *node.iter.elts[place + 1 :]]
            shorter = copy.copy(node)
            shorter.iter = fewer
            yield shorter


def _of_choice(node: ast.IfExp) -> Iterator[ast.AST]:
    yield ast.IfExp(test=node.test, body=node.orelse, orelse=node.body)


_EDITS: tuple[tuple[type[ast.AST], Callable[[Any], Iterator[ast.AST]]], ...] = (
    (ast.BinOp, _of_operation),
    (ast.UnaryOp, _of_sign),
    (ast.Compare, _of_comparison),
    (ast.Constant, _of_constant),
    (ast.Attribute, _of_attribute),
    (ast.Name, _of_name),
    (ast.Call, _of_call),
    (ast.Expr, _of_effect),
    (ast.Return, _of_return),
    (ast.AugAssign, _of_assignment),
    (ast.IfExp, _of_choice),
    (ast.For, _of_loop),
)


def _put(root: ast.AST, path: _Path, node: ast.AST) -> None:
    owner = _at(root, path[:-1])
    field, index = path[-1]
    if index is None:
        setattr(owner, field, node)
    else:
        getattr(owner, field)[index] = node


def _at(root: ast.AST, path: _Path) -> ast.AST:
    for field, index in path:
        value = getattr(root, field)
        root = value if index is None else value[index]
    return root


def _line(node: ast.AST) -> str:
    """A statement, or the head of one that holds others, on one line."""
    return " ".join(ast.unparse(node).split("\n", 1)[0].split())


def _only_says(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    called = node.value.func
    return (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) in _SAYS


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
