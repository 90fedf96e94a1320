"""The statements of a notebook that are to be run, the loops that train cut short."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Plain = dict[str, Any]
"""A program as the grader sends it: `name` of the file, its `text`, the `lines` on which the wanted statements begin, in the
order in which they are to be run, and `loops`, the places (line, column) of loops that are cut short: to `rounds` each and
`in_all` together, where "every 1000 steps" becomes every `often`; `card` is whether it asks for a graphics card."""

_limits: dict[str, int] = {}


def statements(program: Plain) -> list[ast.stmt]:
    """What is to be run, in order; from now on loops are cut as the program says."""
    _limits.update({name: program[name] for name in ("rounds", "in_all", "often")})
    wanted = {line: place for place, line in enumerate(program["lines"])}
    tree = _shortened(ast.parse(program["text"]), program["loops"])
    return sorted((node for node in tree.body if node.lineno in wanted), key=lambda node: wanted[node.lineno])


def run(body: Sequence[ast.stmt], name: str, namespace: dict[str, Any]) -> None:
    """Run statements."""
    namespace.update(_few_rounds=_few_rounds, _often=_often)
    code = compile(ast.Module(body=list(body), type_ignores=[]), name, "exec", dont_inherit=True)
    exec(code, namespace)  # noqa: S102  # this runs inside the sandbox: it is its purpose


def _shortened(tree: ast.Module, loops: list[Any]) -> ast.Module:
    """The program with some loops cut short."""
    places = {(line, column) for line, column in loops}
    return ast.fix_missing_locations(_Shortening(places).visit(tree)) if places else tree


class _Shortening(ast.NodeTransformer):
    def __init__(self, places: set[tuple[int, int]]) -> None:
        self.places = places
        self.inside = 0

    def visit_For(self, node: ast.For) -> ast.AST:
        if (node.lineno, node.col_offset) not in self.places:
            return self.generic_visit(node)
        self.inside += 1
        self.generic_visit(node)
        self.inside -= 1
        node.iter = _called("_few_rounds", node.iter)
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        if (node.lineno, node.col_offset) not in self.places:
            return self.generic_visit(node)
        self.inside += 1
        self.generic_visit(node)
        self.inside -= 1
        stop = ast.If(test=ast.UnaryOp(op=ast.Not(), operand=node.test), body=[ast.Break()], orelse=[])
        rounds = ast.For(
            target=ast.Name(id="_round", ctx=ast.Store()),
            iter=_called("_few_rounds"),
            body=[stop, *node.body],
            orelse=[],
        )
        return ast.copy_location(rounds, node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if self.inside and isinstance(node.op, ast.Mod) and not isinstance(node.left, ast.Constant | ast.JoinedStr):
            return ast.copy_location(_called("_often", node.left, node.right), node)
        return node


def _called(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(func=ast.Name(id=name, ctx=ast.Load()), args=list(arguments), keywords=[])


def _few_rounds(rounds: Iterable[Any] | None = None) -> Iterator[Any]:
    for item in itertools.islice(itertools.count() if rounds is None else rounds, _limits["rounds"]):
        if _limits["in_all"] <= 0:
            return
        _limits["in_all"] -= 1
        yield item


def _often(left: Any, right: Any) -> Any:
    """The remainder, with a smaller divisor where one was meant for thousands of steps."""
    return left % (min(right, _limits["often"]) if type(right) is int and type(left) is int else right)
