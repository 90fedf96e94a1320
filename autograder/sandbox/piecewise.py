"""A file run statement by statement: one that raises is left out, so that a student's own tests or plots cost no function."""

import __future__

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Failed = Callable[[BaseException], None]
"""Hears of every statement that raised."""


def run(
    source: bytes | str, file: str, namespace: dict[str, Any], failed: Failed, chosen: Iterable[int] | None = None
) -> None:
    """Run top-level statements one after the other.

    Annotations are not evaluated: a name that is only missing there (a library's type) keeps no function away.

    Args:
        source: the file's text.
        file: the name under which tracebacks show it.
        namespace: where its names go.
        failed: called with what a statement raised.
        chosen: places of the statements to run, in that order; all of them when left out.

    Raises:
        SyntaxError: the text is no Python.
    """
    body = ast.parse(source, file).body
    flags = __future__.annotations.compiler_flag
    for statement in body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                flags |= getattr(__future__, alias.name).compiler_flag
    for place in range(len(body)) if chosen is None else chosen:
        for part in _parts(body[place]):
            try:
                code = compile(ast.Module([part], []), file, "exec", flags=flags, dont_inherit=True)
                exec(code, namespace)  # noqa: S102  # this is the sandbox: running this text is its purpose
            except BaseException as error:  # noqa: BLE001  # the border between student and harness
                failed(error)


def _parts(statement: ast.stmt) -> Iterator[ast.stmt]:
    """An import of several modules as one each: `import numpy as np, seaborn` is not to lose both."""
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            yield ast.copy_location(ast.Import(names=[alias]), statement)
    else:
        yield statement
