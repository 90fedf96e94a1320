"""Two values side by side at a point, entry by entry: what the tables of the workbench are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zlib import crc32

import numpy as np
from numpy.random import default_rng

from autograder.errors import AutograderError
from autograder.formula.tree import Assigned, Node, Sequence
from autograder.oracles.measured import bound_beside
from autograder.oracles.numeric import MultipleOfIdentity, Point, close, value
from autograder.oracles.points import draw
from autograder.oracles.witnesses import Counts, Shows, told
from autograder.question import Question
from autograder.symbols import Structure

CANNOT = (AutograderError, ArithmeticError, ValueError, TypeError, LookupError)
"""What evaluating a formula at a point may raise."""

_TRIES = 4
Row = tuple[str, ...]


def telling_point(question: Question, keys: tuple[Node, ...], given: tuple[Node, ...]) -> Point | None:
    """A point at which answer and key differ: one that students are shown, else one that the part's id draws; or None."""
    told_to_students = question.shows.points() if isinstance(question.shows, Shows | Counts) else []
    drawn = [drawn_point(question, turn) for turn in range(_TRIES)]
    # Where there are sizes, numbers drawn for sizes that differ say more than a point at which all of them are 1.
    for point in [*drawn, *told_to_students] if question.symbols.sizes else [*told_to_students, *drawn]:
        try:
            if any(off(value(mine, point), value(key, point)) for key, mine in zip(keys, given, strict=True)):
                return point
        except CANNOT:
            continue
    return None


def drawn_point(question: Question, turn: int = 0) -> Point:
    """A point that the part's id draws, with small sizes that differ."""
    rng = default_rng((crc32(question.id.encode()), turn))
    table = question.symbols
    point = draw(table, rng, sizes={name: 2 + at for at, name in enumerate(table.sizes)})
    free = {symbol.name for symbol in table.symbols if symbol.structure is Structure.GENERAL}
    return {
        name: np.round(found, 1) if name in free and np.ndim(found) else _short(found) for name, found in point.items()
    }


def _short(found: Any) -> Any:
    return float(f"{found:.2g}") if isinstance(found, float) else found


def parts_of(reading: Node, count: int) -> tuple[Node, ...]:
    """The formulas of an answer that holds several, else the one that it is."""
    if count > 1 and isinstance(reading, Sequence) and len(reading.items) == count:
        return tuple(item.value if isinstance(item, Assigned) else item for item in reading.items)
    return (bound_beside(reading),) if count == 1 else (reading,)


def value_of(tree: Node, point: Point) -> Any:
    """The value of a formula, None where it has none."""
    try:
        return value(tree, point)
    except CANNOT:
        return None


def of_one_size(one: Any, other: Any) -> tuple[Any, Any]:
    """Identities whose size was left open, in the size of what stands beside them."""
    pair = [one, other]
    for at in (0, 1):
        if isinstance(pair[at], MultipleOfIdentity):
            beside = pair[1 - at]
            pair[at] = pair[at].like(1.0 if beside is None or isinstance(beside, MultipleOfIdentity) else beside)
    return pair[0], pair[1]


def rows_beside(name: str, key: Any, mine: Any) -> list[Row]:
    """One row for each entry of either; a value that is not there is a dash."""
    sides = [None if side is None else np.asarray(side, dtype=float) for side in (key, mine)]
    if all(side is None or side.size == 1 for side in sides):
        sides = [None if side is None else side.reshape(()) for side in sides]
    shapes = [side.shape for side in sides if side is not None]
    if len(set(shapes)) > 1:
        return [(name, *(f"of shape {side.shape}" if side is not None else "—" for side in sides), "differs")]
    places: Iterable[tuple[int, ...]] = np.ndindex(shapes[0]) if shapes else [()]
    rows = []
    for place in places:
        entry = [None if side is None else float(side[place]) for side in sides]
        label = (
            name if not place or (shapes and shapes[0] in {(1,), (1, 1)}) else f"{name} [{_numbered(place, shapes[0])}]"
        )
        left, right = (np.nan if one is None else one for one in entry)
        same = bool(np.isclose(left, right, rtol=1e-6, atol=1e-9))
        rows.append(
            marked(label, *("—" if one is None or not np.isfinite(one) else told(one) for one in entry), same=same)
        )
    return rows


def _numbered(place: tuple[int, ...], shape: tuple[int, ...]) -> str:
    """The place of an entry, counted from 1; a column or a row needs one number."""
    kept = [at + 1 for at, size in zip(place, shape, strict=True) if size > 1]
    return ", ".join(map(str, kept or [1]))


def marked(first: str, key: str, mine: str, *, same: bool | None = None) -> Row:
    """A row that says whether key and answer differ; as texts, unless told."""
    return (first, key, mine, "" if (key == mine if same is None else same) else "differs")


def off(one: Any, other: Any) -> bool:
    """Whether two values differ."""
    one, other = of_one_size(one, other)
    return np.shape(one) != np.shape(other) or not close(one, other, 1e-9)
