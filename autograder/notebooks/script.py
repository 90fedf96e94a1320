"""A submission's notebooks and files as programs of which a slice can be taken; nothing is executed here."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from autograder.errors import Unreadable
from autograder.report.plain import clean_line
from autograder.submission.decoding import decode
from autograder.submission.dependencies import Outline
from autograder.submission.notebook import read_notebook
from autograder.submission.program import SameFiles
from autograder.submission.statements import Piece, parse, pieces, without_magics

_LONGEST = 1 << 19  # characters of one file's code


@dataclass(frozen=True, kw_only=True)
class Script:
    """One file's code.

    Args:
        name: its relative path.
        text: the code cells one below the other, without magics; what does not parse as blank lines.
        cells: the line on which each cell begins and its number; empty for a `.py` file.
        broken: the pieces that do not parse, with lines of `text`.
        lent: functions with a body that it imports from the submission's own modules.
    """

    name: str
    text: str
    cells: tuple[tuple[int, int], ...]
    broken: tuple[Piece, ...]
    lent: tuple[str, ...] = ()

    @cached_property
    def body(self) -> tuple[ast.stmt, ...]:
        """The statements that parse."""
        return parse(self.text).body or ()

    @cached_property
    def outline(self) -> Outline:
        """Which statements define what."""
        return Outline(self.body)

    def function(self, name: str) -> ast.FunctionDef | None:
        """The last definition of a function, or None."""
        statement = self.outline.last(name)
        return statement.node if statement is not None and isinstance(statement.node, ast.FunctionDef) else None

    @property
    def functions(self) -> tuple[str, ...]:
        """Names of all functions at the left margin."""
        return tuple(dict.fromkeys(node.name for node in self.body if isinstance(node, ast.FunctionDef)))

    def binds(self, name: str) -> bool:
        """Whether any statement makes a name, kept or not."""
        return name in self.lent or any(name in statement.binds for statement in self.outline.statements)

    def is_written(self, name: str) -> bool:
        """Whether a name is made by more than an empty body."""
        function = self.function(name)
        return self.binds(name) if function is None else not all(_says_nothing(inner) for inner in function.body)

    def where(self, name: str) -> str:
        """The place of a name's last definition, or ""."""
        makers = [s for s in self.outline.statements if name in s.binds]
        return self.place(makers[-1].node.lineno) if makers else ""

    def broken_definition(self, name: str) -> Piece | None:
        """The piece with a definition that does not parse, or None."""
        pattern = re.compile(rf"^\s*def\s+{re.escape(name)}\b", re.MULTILINE)
        return next((piece for piece in self.broken if pattern.search(piece.text)), None)

    def place(self, line: int) -> str:
        """A line as the student finds it: "hw1.ipynb, cell 2, line 3"."""
        shown = clean_line(self.name, 80)
        if not self.cells:
            return f"{shown}, line {line}"
        first, number = self.cells[max(0, bisect_right(self.cells, (line, 1 << 30)) - 1)]
        return f"{shown}, cell {number}, line {line - first + 1}"

    @cached_property
    def imported(self) -> frozenset[str]:
        """Top names of all modules that are imported anywhere in it."""
        return frozenset(name for statement in self.body for name in imported_modules(statement))

    @cached_property
    def asks_for_a_card(self) -> bool:
        """Whether a statement moves things to a graphics card without asking whether there is one."""
        if "cuda" not in self.text:
            return False
        texts = (ast.unparse(statement) for statement in self.body)
        return any("cuda" in text and "is_available" not in text for text in texts)

    def files(self, others: Mapping[str, bytes]) -> dict[str, bytes]:
        """What the sandbox gets: this file, and the definitions of the submission's own modules."""
        found = {self.name: self.text.encode()}
        for name, data in others.items():
            if name.lower().endswith(".py") and name != self.name and len(data) <= _LONGEST:
                found[name] = _definitions_only(name, data)
        return found


def imported_modules(tree: ast.AST) -> Iterator[str]:
    """Top names of the modules that are imported anywhere in a tree, but for a `try`, which says what to do without them."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Try) and node.handlers:
            waiting += [*node.handlers, *node.orelse, *node.finalbody]
        else:
            waiting += ast.iter_child_nodes(node)


def scripts(files: Mapping[str, bytes]) -> tuple[Script, ...]:
    """Every file with code: notebooks before `.py`, outer folders before inner ones."""
    return _scripts(SameFiles(files))


@lru_cache(maxsize=2)  # of the submission, and of its modules alone
def _scripts(same: SameFiles) -> tuple[Script, ...]:
    files = same.files
    found: list[Script] = []
    for name in sorted(files, key=lambda name: (not name.lower().endswith(".ipynb"), name.count("/"), name)):
        suffix = PurePosixPath(name).suffix.lower()
        if suffix == ".py" and len(files[name]) <= _LONGEST:
            # A notebook saved as a script still has its magics, and an editor's `# %%` lines are comments anyway.
            found.append(_script(name, [(0, without_magics(decode(files[name], name).text))], numbered=False))
        elif suffix == ".ipynb":
            try:
                cells = read_notebook(files[name], name).cells
            except Unreadable:  # collecting has said so already
                continue
            code = [(cell.number, without_magics(cell.source)) for cell in cells if cell.code]
            found.append(_script(name, [(n, text) for n, text in code if len(text) <= _LONGEST], numbered=True))
    modules = {PurePosixPath(script.name).stem: script for script in found if not script.cells}
    return tuple(replace(script, lent=tuple(_lent(script, modules))) for script in found)


def _lent(script: Script, modules: Mapping[str, Script]) -> Iterator[str]:
    """The functions that a script imports, all or by their own names, from modules among the scripts."""
    for statement in script.body:
        match statement:
            case ast.ImportFrom(module=str(module), names=aliases) if (
                lender := modules.get(module.rpartition(".")[2])
            ) is not None and lender.name != script.name:
                names = {alias.name for alias in aliases}
                yield from (n for n in lender.functions if (n in names or "*" in names) and lender.is_written(n))


def missing_modules(script: Script, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Modules that a script, or a helper of the submission, imports and that are neither installed nor handed in."""
    own = {name.split("/")[0].removesuffix(".py") for name in files}
    own |= {PurePosixPath(name).stem for name in files if name.lower().endswith(".py")}
    helpers = [
        helper
        for helper in scripts({n: d for n, d in files.items() if n.lower().endswith(".py")})
        if helper is not script
    ]
    wanted = script.imported.union(*(helper.imported for helper in helpers))
    return tuple(sorted(name for name in wanted if name not in own and not _is_installed(name)))


def impossible_outputs(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Cells whose source is no Python but which hold a saved figure: for people to look at, never judged."""
    found: list[str] = []
    for name in sorted(files):
        if not name.lower().endswith(".ipynb"):
            continue
        try:
            cells = read_notebook(files[name], name).cells
        except Unreadable:
            continue
        drawn = _cells_with_figures(files[name])
        for cell in cells:
            if cell.code and cell.number in drawn:
                bad = [piece for piece in pieces(without_magics(cell.source)) if piece.body is None]
                if bad:
                    found.append(
                        f"{clean_line(name, 80)}, cell {cell.number}: the saved output holds a figure, but the source "
                        f"cannot have made it: {bad[0].error} (line {bad[0].line})."
                    )
    return tuple(found)


def printed_text(data: bytes, name: str) -> str:
    """What the saved outputs of a notebook say, "" of a `.py` file."""
    if not name.lower().endswith(".ipynb"):
        return ""
    texts = (output.get("text", "") for _, output in _outputs(data) if isinstance(output, dict))
    return "\n".join("".join(text) if isinstance(text, list) else str(text) for text in texts)


def _cells_with_figures(data: bytes) -> frozenset[int]:
    return frozenset(number for number, output in _outputs(data) if _is_figure(output))


def _outputs(data: bytes) -> Iterator[tuple[int, object]]:
    """The saved outputs with the numbers of their cells; the notebook has been read before, so that it is one."""
    document = json.loads(decode(data, "").text)
    cells = document.get("cells")
    if not isinstance(cells, list):
        sheets = document.get("worksheets")
        cells = [c for sheet in sheets or () if isinstance(sheet, dict) for c in sheet.get("cells") or ()]
    for number, cell in enumerate(cells, 1):
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        yield from ((number, output) for output in (outputs if isinstance(outputs, list) else ()))


def _is_figure(output: object) -> bool:
    if not isinstance(output, dict):
        return False
    data = output.get("data")
    return "png" in output or (isinstance(data, dict) and any(str(kind).startswith("image/") for kind in data))


def _script(name: str, parts: list[tuple[int, str]], *, numbered: bool) -> Script:
    texts: list[str] = []
    cells: list[tuple[int, int]] = []
    broken: list[Piece] = []
    line = 1
    for number, source in parts:
        cells.append((line, number))
        kept: list[str] = []
        for piece in pieces(source):
            if piece.body is None:
                broken.append(
                    Piece(
                        text=piece.text,
                        before=piece.before + line - 1,
                        body=None,
                        error=piece.error,
                        line=piece.line + line - 1,
                    )
                )
                kept.append("\n" * piece.text.count("\n"))
            else:
                kept.append(piece.text)
        texts.append("\n".join(kept))
        line += texts[-1].count("\n") + 1
    return Script(name=name, text="\n".join(texts), cells=tuple(cells) if numbered else (), broken=tuple(broken))


@lru_cache(maxsize=8)  # every part sends the same modules along
def _definitions_only(name: str, data: bytes) -> bytes:
    """A helper module without what it does when it is run, its lines where they were."""
    script = _script(name, [(0, without_magics(decode(data, name).text))], numbered=False)
    keep = {line for statement in script.outline.whole().statements for line in _lines(statement.node)}
    return "\n".join(line if number in keep else "" for number, line in enumerate(script.text.split("\n"), 1)).encode()


def _lines(node: ast.stmt) -> Iterator[int]:
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    yield from range(first, (node.end_lineno or node.lineno) + 1)


def _says_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Return(value=None | ast.Constant(value=None)):
            return True
        case ast.Raise():
            return True
    return False


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
