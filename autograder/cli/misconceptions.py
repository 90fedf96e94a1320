"""Show, part by part, which wrong answer triggers which rule: each its own and no other, and the right answer none."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from autograder.assignments import available, load
from autograder.cli import FAULT, GRADED
from autograder.places import LIBRARY
from autograder.report.plain import clean
from autograder.verify.matrix import Matrix, matrices
from autograder.verify.rows import Context

_WIDTH = 60  # of an answer as it is typed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "what", metavar="ASSIGNMENT[/PART]", nargs="?", default="", help='like "dis1" or "dis1/1a.i" (default: all)'
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Print the matrices; 0 when all are clean, 1 when an answer triggers another rule than its own, or none."""
    name, _, part = arguments.what.partition("/")
    found: list[Matrix] = []
    for one in (name,) if name else available(arguments.library):
        context = Context(assignment=load(one, arguments.library), library=arguments.library, part=part)
        for matrix in matrices(context):
            found.append(matrix)
            if not arguments.json:
                print(table(matrix), flush=True)
    if arguments.json:
        print(json.dumps([{**asdict(one), "clean": one.clean} for one in found], ensure_ascii=False, indent=1))
    else:
        print(summary(found))
    return GRADED if all(one.clean for one in found) else FAULT


def table(matrix: Matrix) -> str:
    """One row per answer, one column per rule: ● its own, ✗ another one; then the answer as it was typed."""
    width = max(len(one.name) for one in matrix.tried) if matrix.tried else 0
    heads = [str(at) for at in range(1, len(matrix.rules) + 1)]
    lines = [f"{matrix.part}  {matrix.title}", f"    {'':<{width}}  {'  '.join(heads)}"]
    for one in matrix.tried:
        number = str(matrix.rules.index(one.name) + 1) if one.name in matrix.rules else ""
        marks = [("●" if rule == one.name else "✗") if rule in one.fires else "·" for rule in matrix.rules]
        cells = "  ".join(f"{mark:<{len(head)}}" for mark, head in zip(marks, heads, strict=True))
        typed = clean(one.typed, _WIDTH).replace("\n", " ")
        lines.append(
            f"{number:>3} {one.name:<{width}}  {cells}  {typed}{'' if one.clean else '  <- NOT CLEAN'}".rstrip()
        )
    if matrix.untyped:
        lines.append(f"    by a property, without an answer to type: {', '.join(matrix.untyped)}")
    return "\n".join(lines) + "\n"


def summary(found: list[Matrix]) -> str:
    """How many answers were tried, and which of them are not clean."""
    wrong = [(matrix.part, one) for matrix in found for one in matrix.tried if one.name in matrix.rules]
    off = [f"{matrix.part} {one.name}" for matrix in found for one in matrix.tried if not one.clean]
    said = f"{len(wrong)} wrong answers to {len(found)} parts"
    if off:
        return f"{said}; not clean: {', '.join(off)}."
    return f"{said}: each triggers its own rule and no other; no right answer triggers any."
