"""Finding a function in a submission's files, and the program that the sandbox is to load for it. Nothing is executed.

How a file is loaded, and what of it, is told in `functions/loading.py`.
"""

from __future__ import annotations

import ast
import difflib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from autograder.errors import Unreadable
from autograder.report.plain import clean_line
from autograder.submission.decoding import decode
from autograder.submission.installed import LIBRARIES, absent_modules
from autograder.submission.notebook import read_notebook
from autograder.submission.statements import MOST_WORDS, PYTHON, pieces, without_magics, words

Broken = list[tuple[int, str, str]]
_LONGEST = 1 << 20  # characters of one file; the sandbox may get more, but nothing is looked for in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """Where a name is made in a file, whether its body is still empty, and whether it is another file's."""

    name: str
    line: int
    blank: bool
    imported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file as it would be loaded.

    Args:
        name: its relative path.
        text: its code.
        definitions: by name, the definition of each that counts.
        cells: of a notebook, the line on which each cell begins with the cell's number; else empty.
        absent: modules that it imports and that are not installed.
        broken: its pieces that do not parse, by line, text and cause; `text` has blank lines instead.
    """

    name: str
    text: str
    definitions: Mapping[str, Definition]
    cells: tuple[tuple[int, int], ...] = ()
    absent: tuple[str, ...] = ()
    broken: tuple[tuple[int, str, str], ...] = ()

    @property
    def shown(self) -> str:
        """Its name, safe inside a sentence."""
        return clean_line(self.name, 80)

    @property
    def is_notebook(self) -> bool:
        """Whether it is a notebook, which is never run from top to bottom."""
        return bool(self.cells)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was done with it that the student should know."""
        return tuple(
            f"{self.shown} imports {clean_line(module, 40)}, which is not there while code is graded; "
            f"{'it was ignored' if module in LIBRARIES else 'the import was left out'}."
            for module in self.absent
        )

    def place(self, line: int) -> str:
        """A line as the student finds it: "functions.py, line 3" or "hw1.ipynb, cell 2, line 3"."""
        if not self.cells:
            return f"{self.shown}, line {line}"
        first, number = self.cells[max(0, bisect_right(self.cells, (line, 1 << 30)) - 1)]
        return f"{self.shown}, cell {number}, line {line - first + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A function that was found, and everything that the sandbox needs to load it.

    Args:
        name: the function.
        source: the file that defines it.
        definition: where in that file.
        files: what can be loaded or imported, by relative path.
        notices: what the student should know.
        libraries: those that are not installed, of this file and of what it may import: there is a stand-in for each.
    """

    name: str
    source: Source
    definition: Definition
    files: Mapping[str, bytes]
    notices: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """File and line of the definition."""
        return self.source.place(self.definition.line)


def sources(files: Mapping[str, bytes]) -> tuple[Source, ...]:
    """Every file with code that can be read: `.py` before notebooks, outer folders before inner ones."""
    return _sources(SameFiles(files))


class SameFiles:
    """The files of a submission as a key: the same mapping is read once, however many parts ask; a notebook is large."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameFiles) and self.files is other.files

    def __hash__(self) -> int:
        return id(self.files)


@lru_cache(maxsize=1)
def _sources(same: SameFiles) -> tuple[Source, ...]:
    files = same.files
    found: list[Source] = []
    left = MOST_WORDS  # collecting has said what is not read
    for name in sorted(files, key=lambda name: (name.lower().endswith(".ipynb"), name.count("/"), name)):
        cells: tuple[tuple[int, int], ...] = ()
        broken: Broken = []
        suffix = PurePosixPath(name).suffix.lower()
        if suffix == ".py" and len(files[name]) <= _LONGEST:
            text = decode(files[name], name).text
            text = text if words(text) > left else _parsed_only(text, 0, broken)
        elif suffix == ".ipynb":
            try:
                text, cells = _code_of_notebook(name, files[name], broken)
            except Unreadable:
                continue
        else:
            continue
        size = words(text)
        if size > left:
            continue
        left -= size
        found.append(_source(name, text, cells, files, broken))
    return tuple(found)


def locate(name: str, found: tuple[Source, ...], files: Mapping[str, bytes]) -> Located | None:
    """The definition of a function that counts: one with a body before an empty one, the first file of several."""
    places = [source for source in found if name in source.definitions]
    if not places:
        return None
    makers = [source for source in places if not source.definitions[name].imported] or places
    written = [source for source in makers if not source.definitions[name].blank]
    source = (written or makers)[0]
    notices = list(source.notices)
    if len(written) > 1:
        others = ", ".join(other.shown for other in written[1:])
        notices.append(f"{name} is defined in {source.shown}, which counts, and also in {others}.")
    loadable = {other: data for other, data in files.items() if other.lower().endswith(".py")}
    helpers = [other for other in found if other is source or other.name in loadable]
    return Located(
        name=name,
        source=source,
        definition=source.definitions[name],
        files={**loadable, source.name: source.text.encode()},
        notices=tuple(notices),
        libraries=tuple(sorted(LIBRARIES & {module for helper in helpers for module in helper.absent})),
    )


def near_miss(name: str, files: Mapping[str, bytes]) -> str:
    """What to do about a function that stands where it cannot be called or has almost that name; "" where there is none."""
    found = sources(files)
    for source in found:
        for line, text, error in source.broken:
            if re.search(rf"^\s*(?:async\s+)?def\s+{re.escape(name)}\b", text, re.MULTILINE):
                return f"`{name}` cannot be called: {source.place(line)} is not valid {PYTHON} ({error})."
    for source in found:
        if line := inner_definition(source.text, name):
            return (
                f"`{name}` ({source.place(line)}) stands inside of a class, of another function or of "
                '`if __name__ == "__main__":`, so that it cannot be called from outside. Move it to the left margin.'
            )
    names = {other: source for source in found for other in source.definitions}
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    if not close:
        return ""
    where = names[close[0]].place(names[close[0]].definitions[close[0]].line)
    return f"There is no `{name}`, but there is `{close[0]}` ({where}); did you mean `{name}`?"


def _source(
    name: str, text: str, cells: tuple[tuple[int, int], ...], files: Mapping[str, bytes], broken: Broken
) -> Source:
    return Source(
        name=name,
        text=text,
        definitions=definitions(text),
        cells=cells,
        absent=absent_modules(text, files, name=name),
        broken=tuple(broken),
    )


def _code_of_notebook(name: str, data: bytes, broken: Broken) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The code cells one below the other, and on which line each begins, with its number."""
    texts: list[str] = []
    cells: list[tuple[int, int]] = []
    line, left = 1, MOST_WORDS
    for cell in read_notebook(data, name).cells:
        size = words(cell.source) if cell.code and len(cell.source) <= _LONGEST else left + 1
        if size <= left:
            left -= size
            text = _parsed_only(without_magics(cell.source), line - 1, broken)
            cells.append((line, cell.number))
            texts.append(text)
            line += text.count("\n") + 1
    return "\n".join(texts), tuple(cells)


def _parsed_only(text: str, above: int, broken: Broken) -> str:
    """A file's or cell's text with the pieces that are no Python as blank lines: one bad piece must not spoil the others.

    Args:
        text: what was written.
        above: lines of the whole that stand above it.
        broken: gets the pieces that were taken out.
    """
    kept = []
    for piece in pieces(text):
        kept.append(piece.text if piece.body is not None else "\n" * piece.text.count("\n"))
        if piece.body is None:
            broken.append((above + max(piece.line, 1), piece.text, piece.error))
    return "\n".join(kept)


def definitions(text: str) -> dict[str, Definition]:
    """What a file makes outside of functions and classes, also where other parts of it do not parse.

    The last definition counts, as in Python; but a function keeps its place when it is wrapped afterwards
    (`ridge = timed(ridge)`).
    """
    found: dict[str, Definition] = {}
    functions: set[str] = set()
    for piece in pieces(text):
        for node in _at_module_level(piece.body or ()):
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for name, blank, imported in _defined(node):
                kept = found.get(name)
                if is_function or name not in functions or kept is None or kept.blank:
                    line = piece.before + node.lineno
                    found[name] = Definition(name=name, line=line, blank=blank, imported=imported)
                functions |= {name} if is_function else set()
    return found


def inner_definition(text: str, name: str) -> int:
    """The line on which a function of this name stands inside of another function or a class, or is not run; else 0."""
    for piece in pieces(text):
        for node in (inner for statement in piece.body or () for inner in ast.walk(statement)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                return piece.before + node.lineno
    return 0


def _at_module_level(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Every statement that runs with the file: those in blocks as well, but for `if __name__ == "__main__"`."""
    waiting = list(reversed(list(body)))
    while waiting:
        statement = waiting.pop()
        yield statement
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or _is_main_guard(statement):
            continue
        inner: list[ast.stmt] = []
        for field in ("body", "handlers", "orelse", "finalbody"):
            for node in getattr(statement, field, ()):
                inner += node.body if isinstance(node, ast.ExceptHandler) else [node]
        waiting += reversed(inner)


def _is_main_guard(statement: ast.stmt) -> bool:
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()])):
            return True
    return False


def _defined(statement: ast.stmt) -> Iterator[tuple[str, bool, bool]]:
    """The names that a statement makes, each with whether it is blank and whether it is imported."""
    match statement:
        case ast.FunctionDef(name=name, body=body) | ast.AsyncFunctionDef(name=name, body=body):
            yield name, all(_says_nothing(inner) for inner in body), False
        case ast.ClassDef(name=name):
            yield name, False, False
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            for alias in names:
                yield alias.asname or alias.name.partition(".")[0], False, True
        case ast.Assign(targets=targets, value=value):
            for node in (inner for target in targets for inner in ast.walk(target)):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id, isinstance(value, ast.Constant), False
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, isinstance(value, ast.Constant), False


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
