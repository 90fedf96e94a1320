"""Trees without what changes nothing: factors 1 and I, terms 0, signs and transposes that undo each other."""

from __future__ import annotations

from fractions import Fraction

from autograder.formula.rewrite import with_children
from autograder.formula.tree import ONE, ZERO, Add, Constants, Div, Identity, Mul, Neg, Node, Number, Pow, Transpose


def plain(tree: Node) -> Node:
    """The tree without idle parts; two trees that differ only in those become the same."""
    node = with_children(tree, plain)
    match node:
        case Mul(args):
            return _product(args)
        case Add(args):
            return _sum(args)
        case Div(top, Number(value)) if value != 0:
            return _product((Number(1 / value), top))
        case Neg(Neg(arg)) | Transpose(Transpose(arg)):
            return arg
        case Pow(base, exponent) if exponent == ONE:
            return base
        case Transpose(Identity() as identity) | Pow(Identity() as identity, Number()):
            return identity
        case _:
            return node


def _product(args: tuple[Node, ...]) -> Node:
    number = Fraction(1)
    rest: list[Node] = []
    identity: Node | None = None
    factors = (inner for factor in args for inner in (factor.args if isinstance(factor, Mul) else (factor,)))
    for arg in factors:
        if isinstance(arg, Number):
            number *= arg.value
        elif isinstance(arg, Identity):
            identity = arg
        else:
            rest.append(arg)
    if not rest and identity is not None:
        rest = [identity]
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
