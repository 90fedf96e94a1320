"""Small edits of a formula, each of which undoes a common slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from autograder.formula.rewrite import exchange, substitute
from autograder.formula.tree import (
    ONE,
    Add,
    Call,
    Div,
    Entry,
    Identity,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    Product,
    Sum,
    Transpose,
    walk,
)  # fmt: skip
from autograder.symbols import Kind, SymbolTable

_TWO = Number(Fraction(2))
_HALF = Number(Fraction(1, 2))
_INVERSE = Number(Fraction(-1))


class Category(StrEnum):
    """A kind of slip."""

    SIGN = "sign"
    CONSTANT_FACTOR = "constant factor"
    SYMBOL_FACTOR = "factor of a symbol"
    TRANSPOSE = "transposed"
    RATIO = "inverted ratio"
    TERM_SIGN = "sign of a term"
    SQUARE = "a symbol or its square"
    ROOT = "square root"
    ABSOLUTE = "absolute value"
    EXPONENT = "exponent off by one"
    RESCALED = "a number beside a symbol"
    IDENTITY = "identity of the wrong size"
    GRAM = "a matrix or its product with its transpose"
    FACTOR_TRANSPOSE = "transpose of a factor"
    ORDER = "order of a product"
    INVERSE = "inverse"
    TERM_FACTOR = "factor of a term"
    SUMMAND_FACTOR = "factor under a sum"
    MISSING_VARIABLE = "missing variable"
    UNEXPECTED_VARIABLE = "unexpected variable"
    STRICTNESS = "strictness"
    ONE_BOUND = "one bound of two"
    DIRECTION = "inequality turned round"
    BOUND = "size of a bound"


@dataclass(frozen=True, slots=True)
class Edit:
    """The formula as it would be without the slip; `about` is the symbol concerned, `place` the node."""

    category: Category
    tree: Node
    about: str = ""
    place: Node | None = None


def edits(tree: Node, table: SymbolTable, *, fixed: str = "") -> Iterator[Edit]:
    """Edited formulas, those that name a slip most precisely first; the symbol `fixed` is left as it is."""
    nodes = [node for node in {id(node): node for node in walk(tree)}.values() if node != Name(fixed)]
    sorts = (_surplus_roots, _squares, *_OF_MATRICES, *_OF_NUMBERS) if _has_matrices(nodes, table) else _OF_NUMBERS
    for sort in sorts:
        yield from sort(tree, nodes, table)


Nodes = list[Node]
Sort = Callable[[Node, Nodes, SymbolTable], Iterator[Edit]]


def _has_matrices(nodes: Nodes, table: SymbolTable) -> bool:
    return any(isinstance(node, Name) and _is_array(node.name, table) for node in nodes)


def _is_array(name: str, table: SymbolTable) -> bool:
    symbol = table.get(name)
    return symbol is not None and not symbol.is_scalar


def _numbers(nodes: Nodes, table: SymbolTable) -> list[str]:
    """The names of numbers in the formula."""
    return list(
        dict.fromkeys(node.name for node in nodes if isinstance(node, Name) and not _is_array(node.name, table))
    )


def _signs(tree: Node, nodes: Nodes, _: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        if isinstance(node, Add):
            for place, term in enumerate(node.args):
                flipped = term.arg if isinstance(term, Neg) else Neg(term)
                yield Edit(Category.TERM_SIGN, exchange(tree, node, _with_arg(node, place, flipped)), place=term)


def _squares(tree: Node, nodes: Nodes, table: SymbolTable) -> Iterator[Edit]:
    names = _numbers(nodes, table)
    if len(names) > 1:
        everything = tree
        for name in names:
            everything = substitute(everything, name, Pow(Name(name), _TWO))
        yield Edit(Category.SQUARE, everything, about="the symbols")
    for name in names:
        yield Edit(Category.SQUARE, substitute(tree, name, Pow(Name(name), _TWO)), about=name)
    for node in nodes:
        match node:
            case Pow(Name(name) as base, exponent) if exponent == _TWO and not _is_array(name, table):
                yield Edit(Category.SQUARE, exchange(tree, node, base), about=name, place=node)
            case Name(name) if not _is_array(name, table):
                yield Edit(Category.SQUARE, exchange(tree, node, Pow(node, _TWO)), about=name, place=node)
            case Pow(Call("norm" | "abs") as base, exponent) if exponent == _TWO:
                yield Edit(Category.SQUARE, exchange(tree, node, base), about="the norm", place=node)
            case Call("norm" | "abs"):
                yield Edit(Category.SQUARE, exchange(tree, node, Pow(node, _TWO)), about="the norm", place=node)
            case _:
                pass


def _surplus_roots(tree: Node, nodes: Nodes, _: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        if isinstance(node, Call) and node.function == "sqrt":
            yield Edit(Category.ROOT, exchange(tree, node, node.args[0]), place=node)


def _missing_roots(tree: Node, nodes: Nodes, table: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        match node:
            case Name(name) if not _is_array(name, table):
                yield Edit(Category.ROOT, exchange(tree, node, Call("sqrt", (node,))), place=node)
            case Add() | Mul() | Div():
                yield Edit(Category.ROOT, exchange(tree, node, Call("sqrt", (node,))), place=node)
            case _:
                pass


def _absolutes(tree: Node, nodes: Nodes, _: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        match node:
            case Call("abs", (inner,)):
                yield Edit(Category.ABSOLUTE, exchange(tree, node, inner), place=node)
            case Call("ln" | "sqrt", (inner,)):
                bare = Call("abs", (inner,))
                yield Edit(Category.ABSOLUTE, exchange(tree, node, replace(node, args=(bare,))), place=inner)
            case Pow(Add() as base):
                yield Edit(Category.ABSOLUTE, exchange(tree, base, Call("abs", (base,))), place=base)
            case _:
                pass
    yield Edit(Category.ABSOLUTE, Call("abs", (tree,)), place=tree)


def _exponents(tree: Node, nodes: Nodes, _: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        if isinstance(node, Pow) and node.exponent != _INVERSE:
            for step in (ONE, Number(Fraction(-1))):
                shifted = replace(node, exponent=Add((node.exponent, step)))
                yield Edit(Category.EXPONENT, exchange(tree, node, shifted), place=node)


def _ratios(tree: Node, nodes: Nodes, _: SymbolTable) -> Iterator[Edit]:
    yield Edit(Category.RATIO, Div(ONE, tree), place=tree)
    for node in nodes:
        if isinstance(node, Div):
            turned = Div(node.denominator, node.numerator)
            yield Edit(Category.RATIO, exchange(tree, node, turned), place=node)


def _rescaled(tree: Node, nodes: Nodes, table: SymbolTable) -> Iterator[Edit]:
    for name in _numbers(nodes, table):
        for factor in (_TWO, _HALF):
            yield Edit(Category.RESCALED, substitute(tree, name, Mul((factor, Name(name)))), about=name)


def _term_factors(tree: Node, nodes: Nodes, table: SymbolTable) -> Iterator[Edit]:
    letters = [symbol.name for symbol in table.symbols if symbol.is_scalar]
    factors = [_TWO, *(Name(name) for name in dict.fromkeys((*letters, *table.sizes)))]
    for node in nodes:
        if not isinstance(node, Add):
            continue
        for place, term in enumerate(node.args):
            for factor in factors:
                about = factor.name if isinstance(factor, Name) else ""
                for changed in (Mul((factor, term)), Div(term, factor)):
                    tried = exchange(tree, node, _with_arg(node, place, changed))
                    yield Edit(Category.TERM_FACTOR, tried, about=about, place=term)


def _summand_factors(tree: Node, nodes: Nodes, table: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        if not isinstance(node, Sum | Product):
            continue
        data = [symbol.name for symbol in table.symbols if symbol.kind is Kind.DATA]
        for name in data:
            entry = Entry(name, (Name(node.index),))
            for changed in (Mul((node.body, entry)), Div(node.body, entry)):
                tried = exchange(tree, node, replace(node, body=changed))
                yield Edit(Category.SUMMAND_FACTOR, tried, about=name, place=node)


def _transposes(tree: Node, nodes: Nodes, table: SymbolTable) -> Iterator[Edit]:
    yield Edit(Category.TRANSPOSE, Transpose(tree), place=tree)
    inside = {id(node.arg) for node in nodes if isinstance(node, Transpose)}
    for node in nodes:
        if isinstance(node, Transpose):
            yield Edit(Category.FACTOR_TRANSPOSE, exchange(tree, node, node.arg), place=node)
        elif isinstance(node, Name) and _is_array(node.name, table) and id(node) not in inside:
            yield Edit(Category.FACTOR_TRANSPOSE, exchange(tree, node, Transpose(node)), about=node.name, place=node)


def _orders(tree: Node, nodes: Nodes, _: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        if isinstance(node, Mul):
            for place in range(len(node.args) - 1):
                args = list(node.args)
                args[place], args[place + 1] = args[place + 1], args[place]
                yield Edit(Category.ORDER, exchange(tree, node, replace(node, args=tuple(args))), place=node)
            if len(node.args) > 2:
                yield Edit(Category.ORDER, exchange(tree, node, replace(node, args=node.args[::-1])), place=node)


def _identities(tree: Node, nodes: Nodes, table: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        if isinstance(node, Identity):
            for size in table.sizes:
                yield Edit(Category.IDENTITY, exchange(tree, node, replace(node, size=Name(size))), place=node)


def _grams(tree: Node, nodes: Nodes, table: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        match node:
            case Name(name) if _is_array(name, table):
                for pair in (Mul((Transpose(node), Name(name))), Mul((Name(name), Transpose(node)))):
                    yield Edit(Category.GRAM, exchange(tree, node, pair), about=name, place=node)
            case Mul(args):
                for place, (left, right) in enumerate(pairwise(args)):
                    if left == Transpose(right) and isinstance(right, Name):
                        rest = (*args[:place], right, *args[place + 2 :])
                        single = rest[0] if len(rest) == 1 else replace(node, args=rest)
                        yield Edit(Category.GRAM, exchange(tree, node, single), about=right.name, place=node)
            case _:
                pass


def _inverses(tree: Node, nodes: Nodes, table: SymbolTable) -> Iterator[Edit]:
    for node in nodes:
        match node:
            case Pow(base, exponent) if exponent == _INVERSE:
                yield Edit(Category.INVERSE, exchange(tree, node, base), place=node)
            case Add() | Mul() | Name():
                if not isinstance(node, Name) or _is_array(node.name, table):
                    yield Edit(Category.INVERSE, exchange(tree, node, Pow(node, _INVERSE)), place=node)
            case _:
                pass


def _with_arg(node: Add, place: int, arg: Node) -> Add:
    return replace(node, args=(*node.args[:place], arg, *node.args[place + 1 :]))


_OF_NUMBERS: tuple[Sort, ...] = (
    _signs,
    _surplus_roots,
    _squares,
    _absolutes,
    _ratios,
    _missing_roots,
    _rescaled,
    _exponents,
    _term_factors,
    _summand_factors,
)
_OF_MATRICES: tuple[Sort, ...] = (_transposes, _grams, _orders, _identities, _inverses)
