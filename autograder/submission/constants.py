"""The value of a top-level constant, read from its syntax tree: nothing is ever executed.

Texts, numbers, lists and dicts of them are what they say. A formula typed without quotes is kept as its source text. What
would have to be run to have a value (an f-string, a call of `input`, a comprehension) gets a sentence of its own.
"""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass

from autograder.submission.literals import string_value
from autograder.submission.written import Content

UNQUOTED = "is not in quotes; it was read as the formula that you typed."
FORGOTTEN_RAW = 'has backslashes, but no r before its quotes; they were read as typed. Write r"..." around LaTeX.'

_FORMULA_BUILTINS = frozenset({"abs", "max", "min", "sum", "pow", "range"})
_PROGRAM_BUILTINS = frozenset(dir(builtins)) - _FORMULA_BUILTINS
_LIBRARIES = frozenset({"sp", "sympy", "np", "numpy", "math", "mpmath", "torch", "scipy"})
_FORMULA_METHODS = frozenset({"inv", "transpose", "dot", "det", "trace", "norm", "mean", "sum", "T", "conj"})

_PROGRAMS: dict[type[ast.AST], str] = {
    ast.JoinedStr: 'is an f-string; answers are read, not run, so write the formula itself: r"..."',
    ast.Lambda: "is a lambda; write the formula itself",
    ast.NamedExpr: "has an assignment (:=) inside; write the formula itself",
    ast.ListComp: "is a comprehension; write the list out, or a sum as Sum(..., (i, 1, N))",
    ast.SetComp: "is a comprehension; write the list out, or a sum as Sum(..., (i, 1, N))",
    ast.DictComp: "is a comprehension; write the list out, or a sum as Sum(..., (i, 1, N))",
    ast.Await: "has an await inside; write the formula itself",
    ast.Yield: "has a yield inside; write the formula itself",
    ast.YieldFrom: "has a yield inside; write the formula itself",
    ast.Starred: "unpacks another value with *; write the values out",
}


class NotConstantError(Exception):
    """The value would have to be run to be known; the message completes "q1a …"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What stands behind the equals sign.

    Args:
        content: text, list or dict of texts.
        source: the value as typed.
        remarks: how it was read, each completing "q1a …".
    """

    content: Content
    source: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of source code that syntax nodes point into; columns count bytes of UTF-8, as `ast` does."""

    lines: tuple[bytes, ...]

    @classmethod
    def of(cls, source: str) -> Text:
        """Split once, since every node's text is cut from it."""
        return cls(tuple(line.encode() for line in source.split("\n")))

    def behind(self, node: ast.expr) -> str:
        """The source text of a node."""
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        if first == last:
            return self.lines[first][node.col_offset : node.end_col_offset].decode()
        middle = self.lines[first + 1 : last]
        ends = self.lines[first][node.col_offset :], self.lines[last][: node.end_col_offset]
        return b"\n".join((ends[0], *middle, ends[1])).decode()


def value_of(node: ast.expr, text: Text) -> Value:
    """Read the value of a constant.

    Raises:
        NotConstantError: it would have to be executed.
    """
    remarks: list[str] = []
    content = _content(node, text, remarks)
    return Value(content=content, source=text.behind(node), remarks=tuple(dict.fromkeys(remarks)))


def _content(node: ast.expr, text: Text, remarks: list[str]) -> Content:
    if isinstance(node, ast.Constant):
        return _constant(node, text, remarks)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return tuple(_content(item, text, remarks) for item in node.elts)
    if isinstance(node, ast.Dict):
        return _by_name(node, text, remarks)
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant) and _is_number(node.operand.value):
        return text.behind(node)
    joined = _joined(node, text, remarks)
    return _formula(node, text, remarks) if joined is None else joined


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | complex) and not isinstance(value, bool)


def _constant(node: ast.Constant, text: Text, remarks: list[str]) -> str:
    if node.value is None or node.value is ...:
        return ""
    if isinstance(node.value, bytes):
        raise NotConstantError('is bytes (b"..."); leave out the b')
    if isinstance(node.value, str):
        return _string(node.value, text.behind(node), remarks)
    return text.behind(node)  # a number keeps its digits: 0.1 stays exact


def _string(value: str, source: str, remarks: list[str]) -> str:
    if "\\" not in source:
        return value
    meant = string_value(source)
    if meant is None or not meant[1]:
        return value
    remarks.append(FORGOTTEN_RAW)
    return meant[0]


def _by_name(node: ast.Dict, text: Text, remarks: list[str]) -> dict[str, Content]:
    found: dict[str, Content] = {}
    for key, item in zip(node.keys, node.values, strict=True):
        if key is None:
            raise NotConstantError("unpacks another value with **; write the entries out")
        name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else text.behind(key)
        found[name] = _content(item, text, remarks)
    return found


def _joined(node: ast.expr, text: Text, remarks: list[str]) -> str | None:
    """The text of string literals that are joined by `+`, or None when this is something else."""
    pieces: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):  # a loop, since a chain may be thousands long
        pieces.append(node.right)
        node = node.left
    pieces.append(node)
    literals = [piece for piece in pieces if isinstance(piece, ast.Constant) and isinstance(piece.value, str)]
    if len(literals) < len(pieces):
        return None
    return "".join(_constant(piece, text, remarks) for piece in reversed(literals))


def _formula(node: ast.expr, text: Text, remarks: list[str]) -> str:
    for inner in ast.walk(node):
        if reason := _why_no_formula(inner):
            raise NotConstantError(reason)
    source = text.behind(node)
    remarks.append(UNQUOTED)
    # Over several lines there may be comments; unparsing drops them and keeps the formula.
    return ast.unparse(node) if "\n" in source else source


def _why_no_formula(node: ast.AST) -> str:
    if reason := _PROGRAMS.get(type(node)):
        return reason
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return "mixes quoted text with operations; write all of it inside one pair of quotes"
    if isinstance(node, ast.Name) and len(node.id) > 1 and node.id[0] == "q" and node.id[1].isdigit():
        return f"refers to {node.id}; answers are read, not run, so write the formula itself"
    if isinstance(node, ast.Call):
        return _why_no_formula_call(node.func)
    return ""


def _why_no_formula_call(function: ast.expr) -> str:
    advice = "answers are read, not run, so write the formula itself"
    if isinstance(function, ast.Name) and function.id in _PROGRAM_BUILTINS:
        return f"calls {function.id}(); {advice}"
    if (
        isinstance(function, ast.Attribute)
        and function.attr not in _FORMULA_METHODS
        and _root(function) not in _LIBRARIES
    ):
        return f"calls .{function.attr}(); {advice}"
    return ""


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
