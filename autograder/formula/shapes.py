"""Which shape a formula has, found by unification over sizes that are letters.

`elaborate` checks that everything fits and returns the same tree with the sizes of `I`, of `0` and of vectors of ones
filled in, products of inner products grouped (`X w^T w` is `X (w^T w)`), and lists turned into columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from autograder.formula.blocks import is_zero, zeros
from autograder.formula.errors import ShapeMismatch
from autograder.formula.extent import SCALAR, UNIT, Extent, Shape, extent_of, shape_of
from autograder.formula.inference import Inference, Typed
from autograder.formula.misfits import Misfit, expected_misfit
from autograder.formula.rewrite import exchange, with_children
from autograder.formula.tree import Constants, Identity, Node, Transpose
from autograder.symbols import SymbolTable

__all__ = ["SCALAR", "Extent", "Shape", "ShapeMismatch", "elaborate", "shape_of"]


def elaborate(
    tree: Node, table: SymbolTable, *, text: str = "", expected: Shape | None = None, row_or_column: bool = False
) -> Typed:
    """Infer the shape of a formula and fill in every size that was left open.

    Args:
        tree: what was read.
        table: the declared symbols with their shapes.
        text: the student's text, for the messages.
        expected: the shape that is asked, None when any will do.
        row_or_column: a vector may lie or stand; the tree returned then has the shape that is asked.

    Returns:
        The elaborated tree and its shape.

    Raises:
        ShapeMismatch: something does not fit; the message says which piece, why, and what may have been meant.
    """

    def attempt(candidate: Node, asked: Shape | None) -> Typed:
        return _whole(candidate, Inference(table, text), asked, row_or_column=row_or_column)

    try:
        return attempt(tree, expected)
    except Misfit as misfit:
        start, end = misfit.within(text)
        repair = _repair(misfit, tree, attempt, expected)
        raise ShapeMismatch(misfit.cause, text=text, start=start, end=end, repair=repair) from None


def _repair(misfit: Misfit, tree: Node, attempt: Callable[[Node, Shape | None], Typed], expected: Shape | None) -> str:
    """The first candidate with which the whole formula fits, best of all with the shape that is asked."""
    for asked in dict.fromkeys((expected, None)):
        for candidate in misfit.candidates:
            try:
                attempt(exchange(tree, candidate.target, candidate.replacement), asked)
            except Misfit:
                continue
            return f"Did you mean `{candidate.text}`?"
    return misfit.repair


def _whole(tree: Node, inference: Inference, expected: Shape | None, *, row_or_column: bool) -> Typed:
    """The whole formula with its shape, checked against the shape that is asked."""
    done, shape = inference.infer(tree)
    sizes = inference.sizes
    if expected is not None:
        if is_zero(done):
            done, shape = zeros(expected, done), expected
        elif row_or_column and expected.is_vector and sizes.equate_shapes(shape.transposed, expected):
            done, shape = Transpose(done, span=done.span), expected
        elif not sizes.equate_shapes(shape, expected):
            raise expected_misfit(inference.quote, tree, sizes.resolve_shape(shape), expected)
    _settle_ones(inference)
    return _settle(done, inference), Shape(*(_known(size, tree, inference) for size in (shape.rows, shape.cols)))


def _settle_ones(inference: Inference) -> None:
    """Give vectors of ones whose length nothing tells (`1^T 1`) the length of the others."""
    lengths = {size for raw in inference.ones if not (size := inference.sizes.resolve(raw)).unknowns}
    lengths = lengths or {Extent.of(size) for size in inference.table.sizes}
    if len(lengths) == 1:
        for raw in inference.ones:
            inference.sizes.equate(raw, next(iter(lengths)))


def _settle(node: Node, inference: Inference) -> Node:
    """The tree with every size that was found written in."""
    match node:
        case Identity(size) if size is not None:
            return replace(node, size=_written(size, node, inference))
        case Constants(_, rows, cols) if rows is not None and cols is not None:
            return replace(node, rows=_written(rows, node, inference), cols=_written(cols, node, inference))
        case _:
            return with_children(node, lambda child: _settle(child, inference))


def _written(size: Node, node: Node, inference: Inference) -> Node:
    extent = extent_of(size)
    return size if extent is None else _known(extent, node, inference).to_node()


def _known(raw: Extent, node: Node, inference: Inference) -> Extent:
    """A size without unknowns.

    A row or column of zeros that nothing measures is a single one; an identity has the only size there is.
    """
    size = inference.sizes.resolve(raw)
    if not size.unknowns:
        return size
    letters = inference.table.sizes
    default = UNIT if isinstance(node, Constants) and node.value == 0 else Extent.of(letters[0]) if letters else UNIT
    if not isinstance(node, Constants) and len(letters) != 1:
        text = inference.quote.piece(node)
        raise Misfit(
            f"the size of `{text}` cannot be told here", (node,), repair="Write it with its size, such as I_n."
        )
    for unknown in size.unknowns:
        inference.sizes.equate(Extent(terms=((unknown, 1),)), default)
    return inference.sizes.resolve(size)
