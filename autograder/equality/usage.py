"""What two formulas use of a symbol table: which symbols must be sampled, and how."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from autograder.equality.exactly import exact_value
from autograder.equality.signals import TooLarge, Undefined
from autograder.formula import tree as t
from autograder.symbols import Bound, Kind, Size, Structure, Symbol, SymbolTable

_COUNTING_FUNCTIONS = frozenset({"factorial"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The symbols that formulas use.

    Args:
        scalars: real scalars, every bound after the symbols that it uses; undeclared names count as unbounded reals.
        integers: integers that are not sizes, in such an order too.
        sizes: names of sizes, with the symbol that declares bounds where there is one.
        matrix_sizes: those sizes that cost a matrix (not only a vector or data) when they are large.
        arrays: data, vectors and matrices.
        indices: free indices, with the size that they run to.
        counted: integers that must stay small, since a sum, an index or a factorial runs to them.
        literals: numbers that are typed in the formulas, positive ones, each once.
        roots: whether a square root occurs.
        thresholds: integers at and beside the numbers in conditions, maxima and roundings.
    """

    scalars: tuple[Symbol, ...]
    integers: tuple[Symbol, ...]
    sizes: tuple[tuple[str, Symbol | None], ...]
    matrix_sizes: frozenset[str]
    arrays: tuple[Symbol, ...]
    indices: tuple[tuple[str, Size], ...]
    counted: frozenset[str]
    literals: tuple[Fraction, ...]
    roots: bool
    thresholds: tuple[int, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that has a value, sizes first."""
        return (
            *(name for name, _ in self.sizes),
            *(symbol.name for symbol in (*self.integers, *self.scalars, *self.arrays)),
            *(name for name, _ in self.indices),
        )


def free_names(node: t.Node) -> Iterator[t.Name | t.Entry | t.Row]:
    """Every use of a name that no sum or product binds."""
    stack: list[tuple[t.Node, frozenset[str]]] = [(node, frozenset())]
    while stack:
        top, bound = stack.pop()
        if isinstance(top, t.Name):
            if top.name not in bound:
                yield top
            continue
        if isinstance(top, t.Entry | t.Row):
            yield top
        if isinstance(top, t.Sum | t.Product):
            stack.extend([(top.low, bound), (top.high, bound), (top.body, bound | {top.index})])
        else:
            stack.extend((child, bound) for child in t.children(top))


def usage_of(trees: tuple[t.Node, ...], table: SymbolTable) -> Usage:
    """What the trees use of the table."""
    found = _Gathering(table)
    for root in trees:
        for use in free_names(root):
            found.use(use.array if isinstance(use, t.Entry | t.Row) else use.name)
    nodes = [node for root in trees for node in t.walk(root)]
    for node in nodes:
        if isinstance(node, t.Identity):
            found.use_size(node.size, matrix=True)
        elif isinstance(node, t.Constants):
            for side in (node.rows, node.cols):
                found.use_size(side, matrix=t.ONE not in (node.rows, node.cols))
    indices = [(name, _extent(name, nodes, table)) for name in found.indices]
    for _, size in indices:
        found.use_size_name(size, matrix=False)
    literals = {abs(value) for value in map(_typed, nodes) if value}
    return Usage(
        scalars=tuple(found.scalars.values()),
        integers=tuple(symbol for symbol in found.integers.values() if symbol.name not in found.sizes),
        sizes=tuple((name, found.integers.get(name) or table.get(name)) for name in found.sizes),
        matrix_sizes=frozenset(found.matrix_sizes),
        arrays=tuple(found.arrays.values()),
        indices=tuple(indices),
        counted=frozenset(_counted(nodes, found.arrays)),
        literals=tuple(sorted(literals)),
        roots=any(_is_root(node) for node in nodes),
        thresholds=_thresholds(nodes),
    )


_MOST_THRESHOLDS = 24
_CASE_CALLS = frozenset({"max", "min", "floor", "ceil", "abs", "sign", "step", "relu"})


def _thresholds(nodes: list[t.Node]) -> tuple[int, ...]:
    """Integers at which a condition on integers may change; few, the smallest first."""
    found: set[int] = set()
    for node in nodes:
        if isinstance(node, t.Relation) or (isinstance(node, t.Call) and node.function in _CASE_CALLS):
            numbers = [part.value for part in t.walk(node) if isinstance(part, t.Number)]
            found.update(int(number) + step for number in [*numbers, Fraction(0)] for step in (-1, 0, 1))
    return tuple(sorted(found, key=abs)[:_MOST_THRESHOLDS])


def _typed(node: t.Node) -> Fraction | None:
    """The value of a part without names (`1000`, `10^30`)."""
    if not isinstance(node, t.Number | t.Pow | t.Div | t.Mul):
        return None
    try:
        return exact_value(node, lambda _: None)
    except (Undefined, TooLarge):
        return None


class _Gathering:
    """Collects symbols, each after those that its bounds use."""

    def __init__(self, table: SymbolTable) -> None:
        self._table = table
        self._size_names = frozenset(table.sizes)
        self._open: set[str] = set()
        self.scalars: dict[str, Symbol] = {}
        self.integers: dict[str, Symbol] = {}
        self.arrays: dict[str, Symbol] = {}
        self.sizes: dict[str, None] = {}
        self.matrix_sizes: set[str] = set()
        self.indices: dict[str, None] = {}

    def use(self, name: str) -> None:
        symbol = self._table.get(name)
        if symbol is None and name in self._table.indices:
            self.indices.setdefault(name)
        elif name in self._size_names:
            self.use_size_name(name, matrix=False)
        else:
            self._use_symbol(symbol or Symbol(name=name))

    def _use_symbol(self, symbol: Symbol) -> None:
        name = symbol.name
        if name in self._open:
            return
        self._open.add(name)
        for bound in (symbol.lower, symbol.upper):
            for used in _names_in(bound):
                self.use(used)
        if symbol.kind is Kind.INTEGER:
            self.integers[name] = symbol
        elif symbol.kind is Kind.SCALAR:
            self.scalars[name] = symbol
        else:
            self.arrays[name] = symbol
            rows, cols = symbol.shape
            for size in symbol.shape:
                self.use_size_name(size, matrix=1 not in (rows, cols))

    def use_size_name(self, size: Size, *, matrix: bool) -> None:
        if isinstance(size, int):
            return
        self.sizes.setdefault(size)
        if matrix:
            self.matrix_sizes.add(size)
        symbol = self._table.get(size)
        if symbol is not None and size not in self._open:
            self._open.add(size)
            for bound in (symbol.lower, symbol.upper):
                for used in _names_in(bound):
                    self.use(used)

    def use_size(self, size: t.Node | None, *, matrix: bool) -> None:
        for node in t.walk(size) if size is not None else ():
            if isinstance(node, t.Name):
                self.use_size_name(node.name, matrix=matrix)
                self.scalars.pop(node.name, None)


def _names_in(bound: Bound | None) -> list[str]:
    return [use.name for use in free_names(bound.value) if isinstance(use, t.Name)] if bound is not None else []


def _is_root(node: t.Node) -> bool:
    if isinstance(node, t.Call):
        return node.function == "sqrt"
    return isinstance(node, t.Pow) and any(
        (isinstance(part, t.Number) and part.value.denominator % 2 == 0) or isinstance(part, t.Div)
        for part in t.walk(node.exponent)
    )


def _counted(nodes: list[t.Node], arrays: Collection[str]) -> Iterator[str]:
    for node in nodes:
        places: tuple[t.Node, ...] = ()
        if isinstance(node, t.Sum | t.Product):
            places = (node.low, node.high)
        elif isinstance(node, t.Entry | t.Row):
            places = node.indices
        elif isinstance(node, t.Call) and node.function in _COUNTING_FUNCTIONS:
            places = node.args
        elif isinstance(node, t.Pow) and _may_be_matrix(node.base, arrays):
            places = (node.exponent,)
        for place in places:
            yield from (part.name for part in t.walk(place) if isinstance(part, t.Name))


def _may_be_matrix(node: t.Node, arrays: Collection[str]) -> bool:
    """Whether a base may be a matrix, whose power costs more than a number's."""
    return any(
        isinstance(part, t.Identity | t.Matrix | t.Constants) or (isinstance(part, t.Name) and part.name in arrays)
        for part in t.walk(node)
    )


def _extent(index: str, nodes: list[t.Node], table: SymbolTable) -> Size:
    """The size that a free index runs to: that of the first entry where it stands, else of the first data."""
    for node in nodes:
        if isinstance(node, t.Entry | t.Row) and node.array in table:
            for place, inner in enumerate(node.indices):
                if inner == t.Name(index):
                    shape = table[node.array].shape
                    return shape[place] if shape[0] != 1 or len(node.indices) > 1 else shape[1]
    for symbol in table.symbols:
        if symbol.kind is Kind.DATA:
            return symbol.shape[0]
    return 3


def is_structured(symbol: Symbol) -> bool:
    """Whether the entries of an array are not free of each other."""
    return symbol.structure is not Structure.GENERAL
