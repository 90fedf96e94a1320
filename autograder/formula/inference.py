"""One pass over a formula that finds the shape of every part by unification."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Sequence as Many
from dataclasses import replace

from autograder.formula.blocks import is_zero, sequence, stack, zeros
from autograder.formula.extent import SCALAR, UNIT, Extent, Shape, Unifier, extent_of, shape_of
from autograder.formula.misfits import Misfit, Quote, power_misfit, product_misfit, reach, sum_misfit
from autograder.formula.rewrite import with_children
from autograder.formula.tree import (
    Add,
    Assigned,
    Call,
    Constants,
    Div,
    Entry,
    Identity,
    Matrix,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Product,
    Relation,
    Row,
    Sequence,
    Sum,
    Transpose,
)  # fmt: skip
from autograder.symbols import SymbolTable

Typed = tuple[Node, Shape]


class Inference:
    """One pass over one formula."""

    def __init__(self, table: SymbolTable, text: str) -> None:
        self.table = table
        self.quote = Quote(text)
        self.sizes = Unifier()
        self.ones: list[Extent] = []

    def infer(self, node: Node) -> Typed:
        """A part with its shape; sizes may still be unknown."""
        match node:
            case Name(name):
                symbol = self.table.get(name)
                return node, SCALAR if symbol is None else shape_of(symbol)
            case Neg(arg):
                done, shape = self.infer(arg)
                return replace(node, arg=done), shape
            case Add(args):
                terms, shape = self.alike(args, lambda a, b, sa, sb: sum_misfit(self.quote, (a, b), (sa, sb)))
                return replace(node, args=terms), shape
            case Mul():
                return self.product(node)
            case Div():
                return self.quotient(node)
            case Pow():
                return self.power(node)
            case Transpose(arg):
                done, shape = self.infer(arg)
                return replace(node, arg=done), shape.transposed
            case Call():
                return self.call(node)
            case Identity() | Constants():
                return self.open_sizes(node)
            case Matrix(rows):
                return stack(node, [[self.infer(cell) for cell in row] for row in rows], self.sizes, self.quote)
            case Sequence(items):
                return sequence(node, [self.infer(item) for item in items], self.sizes, self.quote)
            case _:
                return self.other(node)

    def other(self, node: Node) -> Typed:
        """Entries, sums, cases and conditions."""
        match node:
            case Entry():
                return self.entry(node)
            case Row():
                return self.row(node)
            case Sum(body) | Product(body):
                done, shape = self.infer(body)
                if isinstance(node, Product) and not self.sizes.resolve_shape(shape).is_scalar:
                    cause = f"multiplies up `{self.quote.piece(body)}`, {self.sizes.resolve_shape(shape).noun}"
                    raise Misfit(cause, (body,), repair="Only numbers can be multiplied up.")
                low, high = self.scalar(node.low, "sums from"), self.scalar(node.high, "sums to")
                return replace(node, body=done, low=low, high=high), shape
            case Piecewise(branches, otherwise):
                values = tuple(value for value, _ in branches) + (() if otherwise is None else (otherwise,))
                done_values, shape = self.alike(values, self.unlike("case"))
                conditions = tuple(self.infer(condition)[0] for _, condition in branches)
                pairs = tuple(zip(done_values[: len(branches)], conditions, strict=True))
                return replace(node, branches=pairs, otherwise=None if otherwise is None else done_values[-1]), shape
            case Relation():
                return self.relation(node)
            case Assigned(value=value):
                done, shape = self.infer(value)
                return replace(node, value=done), shape
            case _:
                return with_children(node, lambda part: self.infer(part)[0]), SCALAR

    def alike(
        self, nodes: Iterable[Node], misfit: Callable[[Node, Node, Shape, Shape], Misfit]
    ) -> tuple[tuple[Node, ...], Shape]:
        """Parts that must have one shape; a bare 0 takes the shape of the others."""
        typed = [(node, *self.infer(node)) for node in nodes]
        firm = [(node, shape) for node, done, shape in typed if not is_zero(done)]
        if not firm:
            return tuple(done for _, done, _ in typed), SCALAR
        first, shape = firm[0]
        for node, other in firm[1:]:
            if not self.sizes.equate_shapes(shape, other):
                raise misfit(first, node, self.sizes.resolve_shape(shape), self.sizes.resolve_shape(other))
        shape = self.sizes.resolve_shape(shape)
        done_all = tuple(zeros(shape, done) if is_zero(done) else done for _, done, _ in typed)
        return done_all, shape

    def unlike(self, noun: str) -> Callable[[Node, Node, Shape, Shape], Misfit]:
        """The complaint that two cases or sides have different shapes."""

        def complain(first: Node, second: Node, left: Shape, right: Shape) -> Misfit:
            pieces = f"`{self.quote.piece(first)}` is {left.noun}, but `{self.quote.piece(second)}` is {right.noun}"
            return Misfit(f"one {noun} and the other have different shapes: {pieces}", (first, second),
                repair=f"Every {noun} must have the same shape.")  # fmt: skip

        return complain

    def product(self, node: Mul) -> Typed:
        """A product, from left to right; when that fails, with its inner products grouped."""
        typed = [self.infer(arg) for arg in node.args]
        shapes = [shape for _, shape in typed]
        done = replace(node, args=tuple(part for part, _ in typed))
        clash = self.chain(shapes)
        if isinstance(clash, Shape):
            return done, clash
        grouped, group_shapes = self.grouped(done, shapes)
        shape = self.chain(group_shapes)
        if isinstance(shape, Shape):
            return grouped, shape
        left, right = (self.sizes.resolve_shape(shapes[place]) for place in clash)
        raise product_misfit(self.quote, node, clash, (left, right))

    def chain(self, shapes: Many[Shape]) -> Shape | tuple[int, int]:
        """The shape of a product from left to right, or the places of the two factors that clash."""
        total, last = SCALAR, 0
        for place, raw in enumerate(shapes):
            shape, total = self.sizes.resolve_shape(raw), self.sizes.resolve_shape(total)
            if shape.is_scalar:
                continue
            if not total.is_scalar and not self.sizes.equate(total.cols, shape.rows):
                return last, place
            total = shape if total.is_scalar else Shape(total.rows, shape.cols)
            last = place
        return self.sizes.resolve_shape(total)

    def grouped(self, node: Mul, shapes: Many[Shape]) -> tuple[Mul, list[Shape]]:
        """The product with every run from a row to the next column that makes a number put in brackets."""
        parts: list[Node] = []
        kept: list[Shape] = []
        place = 0
        while place < len(shapes):
            end = self.number_run(shapes, place)
            run = node.args[place:end]
            parts.append(run[0] if len(run) == 1 else Mul(run, span=reach(run)))
            kept.append(shapes[place] if len(run) == 1 else SCALAR)
            place = end
        return (replace(node, args=tuple(parts)) if len(parts) > 1 else node), kept

    def number_run(self, shapes: Many[Shape], start: int) -> int:
        """Where the run of factors that begins with the row at `start` has become a number; else just behind it."""
        first = self.sizes.resolve_shape(shapes[start])
        if first.is_vector and first.rows.is_one:
            for end in range(start + 2, len(shapes) + 1):
                shape = self.chain(shapes[start:end])
                if not isinstance(shape, Shape):
                    break
                if shape.is_scalar:
                    return end
        return start + 1

    def quotient(self, node: Div) -> Typed:
        """A quotient by a number."""
        top, shape = self.infer(node.numerator)
        bottom, divisor = self.infer(node.denominator)
        divisor = self.sizes.resolve_shape(divisor)
        if not divisor.is_scalar:
            text = self.quote.piece(node.denominator)
            way = (
                f"Write `inv({text})` on the side where it belongs."
                if divisor.rows == divisor.cols
                else "Only a number can be divided by; did you mean an inner product or a norm?"
            )
            raise Misfit(f"divides by `{text}`, {divisor.noun}", (node.denominator,), repair=way)
        return replace(node, numerator=top, denominator=bottom), shape

    def power(self, node: Pow) -> Typed:
        """A power of a number or of a square matrix; a root of a multiple of the identity is one too."""
        if not _is_whole(node.exponent):
            rooted = self.root_of_multiple(node.base, lambda scale: replace(node, base=scale))
            if rooted is not None:
                return rooted
        base, shape = self.infer(node.base)
        exponent = self.scalar(node.exponent, "raises to")
        if not self.sizes.equate(shape.rows, shape.cols):
            raise power_misfit(self.quote, node, self.sizes.resolve_shape(shape))
        return replace(node, base=base, exponent=exponent), self.sizes.resolve_shape(shape)

    def call(self, node: Call) -> Typed:
        """A function; `abs` of a vector is its norm, and the root of a multiple of the identity one too."""
        if node.function == "sqrt":
            rooted = self.root_of_multiple(node.args[0], lambda scale: replace(node, args=(scale,)))
            if rooted is not None:
                return rooted
        typed = [self.infer(arg) for arg in node.args]
        done = replace(node, args=tuple(part for part, _ in typed))
        shape = self.sizes.resolve_shape(typed[0][1])
        if node.function in ("norm", "norm1"):
            return done, SCALAR
        if node.function == "pinv":
            return done, shape.transposed
        if node.function in ("trace", "det"):
            if not self.sizes.equate(shape.rows, shape.cols):
                noun = "trace" if node.function == "trace" else "determinant"
                cause = f"takes the {noun} of `{self.quote.piece(node.args[0])}`, {shape.noun}"
                raise Misfit(cause, (node,), repair=f"Only a square matrix has a {noun}.")
            return done, SCALAR
        if node.function == "abs" and shape.is_vector:
            return replace(done, function="norm"), SCALAR
        for arg, (_, raw) in zip(node.args, typed, strict=True):
            self.function_argument(node, arg, self.sizes.resolve_shape(raw))
        return done, SCALAR

    def root_of_multiple(self, node: Node, root: Callable[[Node], Node]) -> Typed | None:
        """`sqrt(lambda I)` as `sqrt(lambda) I`, entry by entry as well as for matrices; None for anything else."""
        factors = node.args if isinstance(node, Mul) else (node,)
        identities = [factor for factor in factors if isinstance(factor, Identity)]
        scales = tuple(factor for factor in factors if not isinstance(factor, Identity))
        if len(identities) != 1:
            return None
        if not scales:
            return self.infer(identities[0])
        if not all(self.sizes.resolve_shape(self.infer(scale)[1]).is_scalar for scale in scales):
            return None
        scale = scales[0] if len(scales) == 1 else Mul(scales, span=node.span)
        return self.infer(Mul((root(scale), identities[0]), span=node.span))

    def function_argument(self, node: Call, arg: Node, shape: Shape) -> None:
        """Check that a function of numbers is given a number."""
        if shape.is_scalar:
            return
        way = "Write `norm(...)` for a norm." if node.function == "abs" else f"`{node.function}` takes a number."
        raise Misfit(f"takes {node.function} of `{self.quote.piece(arg)}`, {shape.noun}", (node,), repair=way)

    def open_sizes(self, node: Identity | Constants) -> Typed:
        """The identity, zeros or ones; a size that was not typed becomes an unknown."""
        if isinstance(node, Identity):
            size = self.size(node.size)
            return replace(node, size=size.to_node()), Shape(size, size)
        rows = self.size(node.rows)
        cols = UNIT if node.value == 1 and node.cols is None else self.size(node.cols)
        if node.value == 1:
            self.ones.append(rows)
        return replace(node, rows=rows.to_node(), cols=cols.to_node()), Shape(rows, cols)

    def size(self, node: Node | None) -> Extent:
        """A size as typed, or a new unknown."""
        if node is None:
            return self.sizes.fresh()
        size = extent_of(node)
        if size is None or not size.possible:
            cause = f"`{self.quote.piece(node)}` is no size of a matrix"
            raise Misfit(cause, (node,), repair="Write a letter such as n, a whole number, or a sum of them.")
        return size

    def scalar(self, node: Node, verb: str) -> Node:
        """A part that must be a number: an exponent, an end of a sum, an index."""
        done, raw = self.infer(node)
        shape = self.sizes.resolve_shape(raw)
        if not shape.is_scalar:
            raise Misfit(
                f"{verb} `{self.quote.piece(node)}`, {shape.noun}", (node,), repair="A number must stand there."
            )
        return done

    def entry(self, node: Entry) -> Typed:
        """An entry of data, of a vector or of a matrix."""
        symbol = self.table.get(node.array)
        indices = tuple(self.scalar(index, "takes the entry number") for index in node.indices)
        if symbol is not None and len(indices) == 1:
            shape = shape_of(symbol)
            if not shape.is_vector and not shape.is_scalar:
                cause = f"`{self.quote.piece(node)}` has one index, but `{node.array}` is {shape}"
                raise Misfit(cause, (node,), repair=f"An entry of `{node.array}` has two: its row and its column.")
        return replace(node, indices=indices), SCALAR

    def row(self, node: Row) -> Typed:
        """A row of a matrix, lying."""
        index = self.scalar(node.index, "takes the row number")
        return replace(node, index=index), Shape(SCALAR.rows, shape_of(self.table[node.array]).cols)

    def relation(self, node: Relation) -> Typed:
        """An equation between things of one shape, or an order of numbers."""
        if all(sign in ("=", "!=") for sign in node.signs):
            return replace(node, operands=self.alike(node.operands, self.unlike("side"))[0]), SCALAR
        done = []
        for operand in node.operands:
            part, raw = self.infer(operand)
            shape = self.sizes.resolve_shape(raw)
            if not shape.is_scalar:
                cause = f"compares `{self.quote.piece(operand)}`, {shape.noun}"
                raise Misfit(cause, (operand,), repair="Only numbers are larger or smaller; did you mean a norm?")
            done.append(part)
        return replace(node, operands=tuple(done)), SCALAR


def _is_whole(node: Node) -> bool:
    """Whether an exponent was typed as a whole number, with or without a minus."""
    number = node.arg if isinstance(node, Neg) else node
    return isinstance(number, Number) and number.value.denominator == 1
