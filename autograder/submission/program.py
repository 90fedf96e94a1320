"""Finding a function in a submission's files, and the program that the sandbox is to load for it. Nothing is executed.

A `.py` file is loaded as it is, with the other `.py` files importable; where that fails, only its definitions are. Of a notebook the imports, functions, classes and
constants are kept, so that no training loop is repeated; everything else becomes blank lines.
"""

from __future__ import annotations

import ast
import difflib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from autograder.errors import Unreadable
from autograder.report.plain import clean_line
from autograder.submission.decoding import decode
from autograder.submission.notebook import read_notebook
from autograder.submission.slices import kept_lines
from autograder.submission.statements import pieces, without_magics

_LONGEST = 1 << 20  # characters of one file; the sandbox may get more, but nothing is looked for in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """Where a name is defined at the left margin of a file, and whether its body is still empty."""

    name: str
    line: int
    blank: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file as it would be loaded.

    Args:
        name: its relative path.
        text: its code.
        bare: of it only the imports, functions, classes and constants, on the same lines.
        definitions: by name, the last definition of each.
        cells: of a notebook, the line on which each cell begins with the cell's number; else empty.
        notices: what was done with it that the student should know.
    """

    name: str
    text: str
    bare: str
    definitions: Mapping[str, Definition]
    cells: tuple[tuple[int, int], ...] = ()
    notices: tuple[str, ...] = ()

    def place(self, line: int) -> str:
        """A line as the student finds it: "functions.py, line 3" or "hw1.ipynb, cell 2, line 3"."""
        shown = clean_line(self.name, 80)
        if not self.cells:
            return f"{shown}, line {line}"
        first, number = self.cells[max(0, bisect_right(self.cells, (line, 1 << 30)) - 1)]
        return f"{shown}, cell {number}, line {line - first + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A function that was found, and everything that the sandbox needs to load it.

    Args:
        name: the function.
        source: the file that defines it.
        definition: where in that file.
        files: what can be loaded or imported, by relative path.
        notices: what the student should know.
    """

    name: str
    source: Source
    definition: Definition
    files: Mapping[str, bytes]
    notices: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """File and line of the definition."""
        return self.source.place(self.definition.line)


def sources(files: Mapping[str, bytes]) -> tuple[Source, ...]:
    """Every file with code that can be read: `.py` before notebooks, outer folders before inner ones."""
    return _sources(_Same(files))


class _Same:
    """The files of a submission as a key: the same mapping is read once, however many parts ask; a notebook is large."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.files is other.files

    def __hash__(self) -> int:
        return id(self.files)


@lru_cache(maxsize=1)
def _sources(same: _Same) -> tuple[Source, ...]:
    files = same.files
    found: list[Source] = []
    for name in sorted(files, key=lambda name: (name.lower().endswith(".ipynb"), name.count("/"), name)):
        suffix = PurePosixPath(name).suffix.lower()
        if suffix == ".py" and len(files[name]) <= _LONGEST:
            found.append(_python(name, decode(files[name], name).text, files))
        elif suffix == ".ipynb":
            try:
                found.append(_notebook(name, files[name], files))
            except Unreadable:  # collecting has said so already
                continue
    return tuple(found)


def locate(name: str, found: tuple[Source, ...], files: Mapping[str, bytes]) -> Located | None:
    """The definition of a function that counts: one with a body before an empty one, the first file of several."""
    places = [source for source in found if name in source.definitions]
    if not places:
        return None
    written = [source for source in places if not source.definitions[name].blank]
    source = (written or places)[0]
    notices = list(source.notices)
    if len(written) > 1:
        others = ", ".join(clean_line(other.name, 80) for other in written[1:])
        notices.append(f"{name} is defined in {clean_line(source.name, 80)}, which counts, and also in {others}.")
    loadable = {other: data for other, data in files.items() if other.lower().endswith(".py")}
    return Located(
        name=name,
        source=source,
        definition=source.definitions[name],
        files={**loadable, source.name: source.text.encode()},
        notices=tuple(notices),
    )


def similar_function(name: str, files: Mapping[str, bytes]) -> str:
    """A function with almost that name and its place, "" where there is none."""
    names = {found: source for source in sources(files) for found in source.definitions}
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    if not close:
        return ""
    source = names[close[0]]
    return f"`{close[0]}` ({source.place(source.definitions[close[0]].line)})"


def _python(name: str, text: str, files: Mapping[str, bytes]) -> Source:
    kept = kept_lines(text, files, name=name, everything=True)
    return Source(
        name=name,
        text=kept.text,
        bare=kept_lines(text, files, name=name, everything=False).text,
        definitions=definitions(text),
        notices=_left_out(name, kept.left_out),
    )


def _notebook(name: str, data: bytes, files: Mapping[str, bytes]) -> Source:
    texts: list[str] = []
    cells: list[tuple[int, int]] = []
    line = 1
    for cell in read_notebook(data, name).cells:
        if cell.code and len(cell.source) <= _LONGEST:
            text = without_magics(cell.source)
            text = "\n".join(_parsed_only(text))
            cells.append((line, cell.number))
            texts.append(text)
            line += text.count("\n") + 1
    kept = kept_lines("\n".join(texts), files, name=name, everything=False)
    return Source(
        name=name,
        text=kept.text,
        bare=kept.text,
        definitions=definitions(kept.text),
        cells=tuple(cells),
        notices=_left_out(name, kept.left_out),
    )


def _parsed_only(text: str) -> Iterator[str]:
    """A cell's text with the pieces that are no Python as blank lines: one bad cell must not spoil the others."""
    for piece in pieces(text):
        yield piece.text if piece.body is not None else "\n" * piece.text.count("\n")


def _left_out(name: str, modules: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        f"{clean_line(name, 80)} imports {clean_line(module, 40)}, which is not there while code is graded; "
        "the import was left out."
        for module in modules
    )


def definitions(text: str) -> dict[str, Definition]:
    """What a file defines at its left margin, also where other parts of it do not parse."""
    found: dict[str, Definition] = {}
    for piece in pieces(text):
        for statement in piece.body or ():
            for name, blank in _defined(statement):
                found[name] = Definition(name=name, line=piece.before + statement.lineno, blank=blank)
    return found


def _defined(statement: ast.stmt) -> Iterator[tuple[str, bool]]:
    match statement:
        case ast.FunctionDef(name=name, body=body):
            yield name, all(_says_nothing(inner) for inner in body)
        case ast.Assign(targets=targets, value=value) if isinstance(value, ast.Lambda | ast.Name | ast.Attribute):
            yield from ((target.id, False) for target in targets if isinstance(target, ast.Name))


def _says_nothing(statement: ast.stmt) -> bool:
    """Whether a statement is what a blank has: a docstring, `pass`, `...`, `raise NotImplementedError`, `return None`."""
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Return(value=None | ast.Constant(value=None)):
            return True
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
    return False


def imports(text: str, module: str) -> bool:
    """Whether code imports a module or a part of it anywhere."""
    for piece in pieces(text):
        for node in (inner for statement in piece.body or () for inner in ast.walk(statement)):
            if isinstance(node, ast.Import) and any(alias.name.split(".")[0] == module for alias in node.names):
                return True
            if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == module:
                return True
    return False
