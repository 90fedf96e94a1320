"""What a new question still lacks: every line of its files that says what to write there."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.verify.rows import Context, Mark, Row

MARK = "WRITE:"
"""Stands in a new question's file before what its author has to write."""


def check_unfinished(context: Context) -> Iterator[Row]:
    """List every line that is still to be written, with its instruction."""
    found = 0
    for path in sorted(context.folder.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            before, mark, wanted = line.partition(MARK)
            if mark:
                found += 1
                told, here = wanted.strip(' .,"'), before.strip(' #"')
                yield Row(
                    check="unfinished", part="", mark=Mark.FAIL, says=f"line {number}: {here}",
                    file=path.relative_to(context.library.parent).as_posix(), at=f"line {number}",
                    fix=f"Write {told}, and take the mark {MARK} away.",
                )  # fmt: skip
    if not found:
        yield Row(check="unfinished", part="", mark=Mark.OK, says="nothing is left to write")
