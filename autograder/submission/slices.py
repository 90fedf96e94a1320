"""Code without what must not or cannot run: the lines of the other statements stay where they are."""

from __future__ import annotations

import ast
import builtins
import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from autograder.submission.statements import parse

_HARMLESS = (
    ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp, ast.BinOp, ast.Name, ast.Attribute, ast.Lambda,
    ast.operator, ast.unaryop, ast.expr_context,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The text that is left, and the modules whose imports were left out because they are not installed."""

    text: str
    left_out: tuple[str, ...] = ()


def kept_lines(text: str, files: Mapping[str, bytes], *, name: str, everything: bool) -> Kept:
    """Blank out imports of what is not there; unless `everything` counts, also all but definitions and constants.

    Args:
        text: source code; where it does not parse it is returned as it is, for Python itself to say why.
        files: the submission's files, whose modules can be imported.
        name: the path of the code itself among them: modules in its own folder can be imported as well.
        everything: keep statements that do something, as a file of functions may need them.
    """
    body = parse(text).body
    if body is None:
        return Kept(text=text)
    beside = name.rpartition("/")[0]
    inner = [other.removeprefix(f"{beside}/") for other in files if beside and other.startswith(f"{beside}/")]
    own = {other.split("/")[0].removesuffix(".py") for other in (*files, *inner)}
    known = set(dir(builtins))
    dropped: list[ast.stmt] = []
    left_out: dict[str, None] = {}
    for statement in body:
        absent = [module for module in _imported(statement) if module not in own and not _is_installed(module)]
        left_out.update(dict.fromkeys(absent))
        if absent or not (everything or _defines(statement, known)):
            dropped.append(statement)
        else:
            known.update(_bound(statement))
    return Kept(text=_without(text, body, dropped), left_out=tuple(left_out))


def _imported(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.Import(names=names):
            return [alias.name.split(".")[0] for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module.split(".")[0]]
    return []


def _is_installed(module: str) -> bool:
    """Whether the sandbox, which has the grader's interpreter, finds a module; nothing is imported to learn that."""
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _defines(statement: ast.stmt, known: set[str]) -> bool:
    """Whether a statement only brings in a name: an import, a function, a class, a constant made of known names."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return True
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return all(_is_harmless(node, known) for node in _evaluated(value))
    return False


def _evaluated(value: ast.expr) -> Iterator[ast.AST]:
    """The nodes that are evaluated with an expression: the body of a lambda is not. Deep ones must not overflow a stack."""
    waiting: list[ast.AST] = [value]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _is_harmless(node: ast.AST, known: set[str]) -> bool:
    return isinstance(node, _HARMLESS) and (not isinstance(node, ast.Name) or node.id in known)


def _bound(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from ((alias.asname or alias.name).split(".")[0] for alias in names)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _without(text: str, body: tuple[ast.stmt, ...], dropped: list[ast.stmt]) -> str:
    """The text with the lines of dropped statements blank, unless they share a line with one that stays."""
    stays = {line for statement in body if statement not in dropped for line in _lines(statement)}
    blank = {line for statement in dropped for line in _lines(statement)} - stays
    return "\n".join("" if number in blank else line for number, line in enumerate(text.split("\n"), 1))


def _lines(statement: ast.stmt) -> range:
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return range(first, (statement.end_lineno or statement.lineno) + 1)
