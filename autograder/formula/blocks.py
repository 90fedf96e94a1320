"""Shapes of matrices that are put together from entries or blocks."""

from __future__ import annotations

from dataclasses import replace

from autograder.formula.extent import Extent, Shape, Unifier
from autograder.formula.misfits import Misfit, Quote, above_misfit, beside_misfit, reach
from autograder.formula.tree import ZERO, Constants, Matrix, Neg, Node, Sequence

Typed = tuple[Node, Shape]
Rows = list[list[Typed]]


def is_zero(node: Node) -> bool:
    """Whether a bare 0 was typed, which may stand for a matrix of zeros."""
    return node == ZERO or (isinstance(node, Neg) and is_zero(node.arg))


def zeros(shape: Shape, node: Node) -> Node:
    """The bare 0 `node` as a matrix of that shape; unchanged where a number is meant."""
    if shape.is_scalar:
        return node
    return Constants(0, shape.rows.to_node(), shape.cols.to_node(), span=node.span)


def sequence(node: Sequence, items: list[Typed], sizes: Unifier, quote: Quote) -> Typed:
    """Items between brackets: a column of numbers; blocks in square brackets stand side by side, as in NumPy's `bmat`."""
    if not items:
        raise Misfit("the list is empty", (node,), repair="Write its entries, separated by commas.")
    beside = node.opening == "[" and not all(sizes.resolve_shape(shape).is_scalar for _, shape in items)
    rows = [items] if beside else [[item] for item in items]
    cells = tuple(tuple(cell for cell, _ in row) for row in rows)
    return stack(Matrix(cells, span=node.span), rows, sizes, quote)


def stack(node: Matrix, rows: Rows, sizes: Unifier, quote: Quote) -> Typed:
    """A matrix of entries or blocks with its shape."""
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    if all(sizes.resolve_shape(shape).is_scalar for row in rows for _, shape in row):
        return replace(node, rows=_cells(rows)), _of_numbers(node, rows)
    rows = [[_open_zero(cell, sizes) for cell in row] for row in rows]
    _align_columns(rows, sizes)
    for row in rows:
        _check_heights(row, sizes, quote)
    _check_widths(rows, sizes, quote)
    height = _total([row[0][1].rows for row in rows], sizes)
    width = _total([shape.cols for _, shape in rows[0]], sizes)
    return replace(node, rows=_cells(rows)), Shape(height, width)


def _cells(rows: Rows) -> tuple[tuple[Node, ...], ...]:
    return tuple(tuple(cell for cell, _ in row) for row in rows)


def _of_numbers(node: Matrix, rows: Rows) -> Shape:
    for row in rows:
        if len(row) != len(rows[0]):
            cause = f"one row has {len(rows[0])} entries and another has {len(row)}"
            cells = [cell for cell, _ in row]
            raise Misfit(cause, cells if reach(cells) else (node,), repair="Every row of a matrix is equally long.")
    return Shape(Extent(constant=len(rows)), Extent(constant=len(rows[0])))


def _open_zero(cell: Typed, sizes: Unifier) -> Typed:
    """A bare 0 among blocks as a block of unknown shape."""
    if not is_zero(cell[0]):
        return cell
    shape = Shape(sizes.fresh(), sizes.fresh())
    return zeros(shape, cell[0]), shape


def _align_columns(rows: Rows, sizes: Unifier) -> None:
    """Let blocks of unknown width take the width of the block above or below, where rows have equally many blocks."""
    for row in rows[1:]:
        if len(row) == len(rows[0]):
            for (_, above), (_, below) in zip(rows[0], row, strict=True):
                sizes.equate(above.cols, below.cols)


def _check_heights(row: list[Typed], sizes: Unifier, quote: Quote) -> None:
    for cell, shape in row[1:]:
        if not sizes.equate(row[0][1].rows, shape.rows):
            shapes = sizes.resolve_shape(row[0][1]), sizes.resolve_shape(shape)
            raise beside_misfit(quote, (row[0][0], cell), shapes)


def _check_widths(rows: Rows, sizes: Unifier, quote: Quote) -> None:
    first = _total([shape.cols for _, shape in rows[0]], sizes)
    for row in rows[1:]:
        width = _total([shape.cols for _, shape in row], sizes)
        if sizes.equate(first, width):
            continue
        cells = rows[0][0][0], row[0][0]
        shapes = (
            Shape(sizes.resolve(rows[0][0][1].rows), sizes.resolve(first)),
            Shape(sizes.resolve(row[0][1].rows), sizes.resolve(width)),
        )
        raise above_misfit(quote, cells, shapes)


def _total(parts: list[Extent], sizes: Unifier) -> Extent:
    total = Extent()
    for part in parts:
        total = total + part
    return sizes.resolve(total)
