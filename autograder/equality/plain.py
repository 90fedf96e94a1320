"""Trees without what changes nothing: factors 1 and I, terms 0, signs that undo each other, transposes of whole products."""

from __future__ import annotations

from fractions import Fraction

from autograder.equality.structural import is_scalar
from autograder.formula.rewrite import with_children
from autograder.formula.tree import ONE, ZERO, Add, Constants, Div, Identity, Mul, Neg, Node, Number, Pow, Transpose
from autograder.symbols import SymbolTable


def plain(tree: Node, table: SymbolTable) -> Node:
    """The tree without idle parts; two trees that differ only in those become the same."""
    node = with_children(tree, lambda child: plain(child, table))
    match node:
        case Mul(args):
            return _product(args, table)
        case Add(args):
            return _sum(args)
        case Div(top, Number(value)) if value != 0:
            return _product((Number(1 / value), top), table)
        case Neg(Neg(arg)):
            return arg
        case Transpose(arg):
            return _transposed(arg, table)
        case Pow(base, exponent) if exponent == ONE:
            return base
        case Pow(Identity() as identity, Number()):
            return identity
        case _:
            return node


def _transposed(node: Node, table: SymbolTable) -> Node:
    """The transpose of a plain tree, with transposes at single matrices only."""
    if is_scalar(node, table):
        return node
    match node:
        case Transpose(arg):
            return arg
        case Identity():
            return node
        case Mul(args):
            return _product(tuple(_transposed(arg, table) for arg in reversed(args)), table)
        case Add(args):
            return _sum(tuple(_transposed(arg, table) for arg in args))
        case Neg(arg):
            return Neg(_transposed(arg, table))
        case Div(top, bottom):
            return Div(_transposed(top, table), bottom)
        case Pow(base, exponent):
            return Pow(_transposed(base, table), exponent)
        case _:
            return Transpose(node)


def _product(args: tuple[Node, ...], table: SymbolTable) -> Node:
    """A product with its number first, then what else is scalar, then the matrices in their order."""
    number = Fraction(1)
    scalars: list[Node] = []
    rest: list[Node] = []
    identity: Node | None = None
    factors = (inner for factor in args for inner in (factor.args if isinstance(factor, Mul) else (factor,)))
    for arg in factors:
        if isinstance(arg, Number):
            number *= arg.value
        elif isinstance(arg, Identity):
            identity = arg
        else:
            (scalars if is_scalar(arg, table) else rest).append(arg)
    if not rest and not scalars and identity is not None:
        rest = [identity]
    rest = [*scalars, *rest]
    if number != 1 or not rest:
        rest = [Number(number), *rest]
    return rest[0] if len(rest) == 1 else Mul(tuple(rest))


def _sum(args: tuple[Node, ...]) -> Node:
    terms = [inner for arg in args for inner in (arg.args if isinstance(arg, Add) else (arg,))]
    rest = [term for term in terms if not _is_zero(term)]
    if not rest:
        return args[0]
    return rest[0] if len(rest) == 1 else Add(tuple(rest))


def _is_zero(node: Node) -> bool:
    if isinstance(node, Mul):
        return any(_is_zero(arg) for arg in node.args)
    return node == ZERO or (isinstance(node, Constants) and node.value == 0)
