"""The answers in one piece of source code: a file or a cell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.submission.constants import FORGOTTEN_RAW, UNQUOTED, NotConstantError, Text, Value, value_of
from autograder.submission.literals import string_value
from autograder.submission.statements import Piece, pieces
from autograder.submission.written import Content, Written

_ANSWER_NAME = re.compile(r"[qQ]\d\w*")
_HEADER = "assignment"
_HEADER_COMMENT = re.compile(r"\A\s*#[ \t]*assignment[ \t]*[:=][ \t]*[\"']?([\w.-]{1,60})")
_QUOTE = re.compile(r"\"|(?:^|[^\w\])'])[rRbBuUfF]{0,2}'")  # behind a name or bracket a ' is a transpose
_NEXT_STATEMENT = re.compile(r"\n(?=[^\s)\]}#])")
_BROKEN = re.compile(r"\s*(\w+)\s*(?::[^=\n]*)?=(?!=)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a file that keeps a part of it from being read.

    Args:
        where: file and line, or notebook and cell.
        message: what it is and what to do.
    """

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(slots=True, kw_only=True)
class Found:
    """What a file held: answers in their order (a name may come twice), header, notices and problems."""

    answers: list[Written] = field(default_factory=list)
    header: str | None = None
    notices: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def name_assignment(self, name: str, place: str) -> None:
        """Take what a file or cell says that it answers."""
        if self.header not in {None, name}:
            self.notices.append(
                f"{place} names the assignment {name!r}, another file {self.header!r}; the last one counts."
            )
        self.header = name


def is_answer_name(name: str) -> bool:
    """Whether a name looks like one that a part asks for: a q, a number, and more."""
    return _ANSWER_NAME.fullmatch(name) is not None


def read_source(text: str, place: str, found: Found) -> None:
    """Add what one file or cell says to `found`.

    Args:
        text: source code, magics already blanked.
        place: "answers.py" or "hw1.ipynb, cell 3"; the line is added.
        found: collects answers, header, notices and problems.
    """
    if header := _HEADER_COMMENT.match(text):
        found.name_assignment(header.group(1), place)
    for piece in pieces(text):
        if piece.body is None:
            _read_broken(piece, place, found)
            continue
        source = Text.of(piece.text)
        for statement in piece.body:
            _read_statement(statement, source, piece.before, place, found)


def _read_statement(statement: ast.stmt, source: Text, before: int, place: str, found: Found) -> None:
    where = f"{place}, line {before + statement.lineno}"
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            _read_target(target, statement.value, source, where, found)
    elif isinstance(statement, ast.AnnAssign):
        _read_target(statement.target, statement.value or ast.Constant(None), source, where, found)
    elif isinstance(statement, ast.AugAssign):
        for name, _ in _stored_names(statement.target):
            trouble = "is changed by an operation like +=; write the whole answer in one assignment"
            found.answers.append(Written(name=name, content="", where=where, trouble=trouble))
    elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Expr):
        for name, line in dict(_stored_names(statement)).items():
            place_of_name = f"{place}, line {before + line}"
            found.notices.append(
                f"{place_of_name}: {name} is assigned inside a block, which is not read; move it to the left margin."
            )


def _stored_names(node: ast.AST) -> Iterator[tuple[str, int]]:
    """The answers' names that are assigned anywhere within a statement, with the line in its piece."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store) and is_answer_name(inner.id):
            yield inner.id, inner.lineno


def _read_target(target: ast.expr, value: ast.expr, source: Text, where: str, found: Found) -> None:
    if isinstance(target, ast.Name):
        if target.id == _HEADER and isinstance(value, ast.Constant) and isinstance(value.value, str):
            found.name_assignment(value.value.strip(), where.rpartition(", line")[0])
        elif is_answer_name(target.id):
            found.answers.append(_written(target.id, value, source, where))
        return
    if not isinstance(target, ast.Tuple | ast.List):
        return
    if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
        for one, its in zip(target.elts, value.elts, strict=True):
            _read_target(one, its, source, where, found)
        return
    for name, _ in _stored_names(target):
        trouble = "is assigned together with other names, but the values do not pair up; give each its own line"
        found.answers.append(Written(name=name, content="", where=where, trouble=trouble))


def _written(name: str, node: ast.expr, source: Text, where: str) -> Written:
    try:
        value = Value(content="", source="") if _is_none(node) else value_of(node, source)
    except NotConstantError as error:
        return Written(name=name, content="", where=where, trouble=str(error), source=source.behind(node))
    except (RecursionError, MemoryError):  # brackets nested a hundred deep parse, but a walk over them may not end
        return Written(
            name=name, content="", where=where, trouble="is nested too deep to be read; write it more simply"
        )
    return Written(
        name=name,
        content=value.content,
        where=where,
        source=value.source,
        notices=tuple(f"{name} {remark}" for remark in value.remarks),
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None  # also stands for `q1a: str` without a value


def _read_broken(piece: Piece, place: str, found: Found) -> None:
    """Save what can be saved from a piece that is no Python: an answer's own line, when the slip is in its value."""
    where = f"{place}, line {piece.line}"
    match = _BROKEN.match(piece.text)
    if not match or not is_answer_name(match.group(1)):
        found.problems.append(
            Problem(
                where=where,
                message=f"this is not valid Python ({piece.error}); the lines around it were read without it.",
            )
        )
        return
    name, value = match.group(1), _without_comment(match.group(2))
    where = f"{place}, line {piece.before + piece.text.count(chr(10), 0, match.start(1)) + 1}"
    found.answers.append(_saved(name, value, where, piece))


def _saved(name: str, value: str, where: str, piece: Piece) -> Written:
    literal = string_value(value)
    if literal is not None:  # quotes are fine; a "\xi" without r is what Python could not take
        return Written(name=name, content=literal[0], where=where, source=value, notices=(f"{name} {FORGOTTEN_RAW}",))
    if not value:
        return Written(name=name, content="", where=where, notices=(f"{name} has nothing behind its equals sign.",))
    if _QUOTE.search(value):
        trouble = (
            f"is not valid Python ({piece.error}, line {piece.line}); check that every quote and bracket is closed"
        )
        return Written(name=name, content="", where=where, source=value, trouble=trouble)
    content: Content = " ".join(value.split())
    return Written(name=name, content=content, where=where, source=value, notices=(f"{name} {UNQUOTED}",))


def _without_comment(value: str) -> str:
    """The value up to the next statement, without comments behind it; inside of quotes a # stays."""
    if _QUOTE.search(value):
        return value.strip()
    value = _NEXT_STATEMENT.split(value, maxsplit=1)[0]
    return "\n".join(line.split("#")[0] for line in value.split("\n")).strip()
