"""Matrices and vectors in the spellings of LaTeX, NumPy and SymPy."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from autograder.formula import conditions, functions
from autograder.formula.brackets import arguments
from autograder.formula.errors import UnclosedBracket, UnexpectedToken, WrongArguments
from autograder.formula.roles import CONDITION, TERNARY, value
from autograder.formula.tree import (
    Add,
    Constants,
    Identity,
    Indicator,
    Matrix,
    Mul,
    Name,
    Node,
    Number,
    Pow,
    Sequence,
    Transpose,
)

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

INVERSE = Number(Fraction(-1))
_MATRIX_ENVIRONMENTS = frozenset({"matrix", "bmatrix", "pmatrix", "vmatrix", "Bmatrix", "smallmatrix", "array"})


def call(parser: Parser, token: Token) -> Node:
    """A call that builds or combines arrays; the function's name was consumed."""
    items, keywords = arguments(parser)
    name, span = token.text, (token.start, parser.last_end())
    if name in functions.IDENTITIES and len(items) == 1:
        if isinstance(items[0], CONDITION):
            return Indicator(items[0], span=span)
        return Identity(value(items[0]), span=span)
    args = [value(item) if not isinstance(item, Sequence) else item for item in items]
    if name in functions.TRANSPOSES and len(args) == 1:
        return Transpose(value(args[0]), span=span)
    if name in functions.INVERSES and len(args) == 1:
        return Pow(value(args[0]), INVERSE, span=span)
    if name in functions.MATRICES and args:
        return _array(args, span)
    if name in functions.STACKS and args:
        vertical = functions.STACKS[name] and keywords.get("axis") != Number(Fraction(1))
        blocks = list(args[0].items) if len(args) == 1 and isinstance(args[0], Sequence) else args
        if len(blocks) == 1 and isinstance(blocks[0], Matrix):
            blocks = [Sequence(row, "[", "]") for row in blocks[0].rows]
        rows = tuple((value(block),) for block in blocks) if vertical else (tuple(value(block) for block in blocks),)
        return Matrix(rows, span=span)
    if name in functions.CONSTANT_ARRAYS:
        sizes = list(args[0].items) if len(args) == 1 and isinstance(args[0], Sequence) else args
        return Constants(
            1 if functions.CONSTANT_ARRAYS[name] else 0,
            sizes[0] if sizes else None,
            sizes[1] if len(sizes) > 1 else (Number(Fraction(1)) if sizes else None),
            span=span,
        )
    if name in ("Mul", "MatMul", "Add", "MatAdd") and len(args) > 1:
        factors = tuple(value(arg) for arg in args)
        return Mul(factors, span=span) if name.endswith("Mul") else Add(factors, span=span)
    if name in functions.PRODUCTS and len(args) == 2:
        left, right = value(args[0]), value(args[1])
        if name == "outer":
            return Mul((left, Transpose(right)), span=span)
        return Mul((left, right), span=span) if name == "matmul" else product(parser, left, right, span)
    raise WrongArguments(
        f"{name} cannot take these {len(args)} arguments",
        text=parser.text,
        start=span[0],
        end=span[1],
        repair="Mend the list in the brackets.",
    )


def _array(args: list[Node], span: tuple[int, int]) -> Node:
    """`Matrix([[a, b], [c, d]])`, `array([a, b])` (a column), `Matrix(2, 2, [a, b, c, d])`."""
    first = args[0]
    if len(args) == 3 and isinstance(args[2], Sequence) and isinstance(args[1], Number):
        columns = int(args[1].value)
        entries = args[2].items
        if columns > 0 and len(entries) % columns == 0:
            rows = tuple(entries[i : i + columns] for i in range(0, len(entries), columns))
            return Matrix(rows, span=span)
    if isinstance(first, Matrix):
        return Matrix(first.rows, span=span)
    if isinstance(first, Sequence):
        if all(isinstance(item, Sequence) for item in first.items):
            return Matrix(tuple(tuple(map(value, cast(Sequence, item).items)) for item in first.items), span=span)
        return Matrix(tuple((value(item),) for item in first.items), span=span)
    return value(first)


def product(parser: Parser, left: Node, right: Node, span: tuple[int, int]) -> Node:
    """NumPy's `dot`: the inner product of two vectors, else the matrix product."""
    if _is_vector(parser, left) and _is_vector(parser, right):
        return Mul((Transpose(left, span=left.span), right), span=span)
    return Mul((left, right), span=span)


def _is_vector(parser: Parser, node: Node) -> bool:
    symbol = parser.names.table.get(node.name) if isinstance(node, Name) else None
    return symbol is not None and not symbol.is_scalar and symbol.shape[1] == 1


def pseudo_inverse(parser: Parser, arg: Node, span: tuple[int, int]) -> Node:
    """The pseudo-inverse of a vector, `x^T / (x^T x)`; of a matrix it depends on the rank, so it must be written out."""
    if _is_vector(parser, arg):
        turned = Transpose(arg, span=arg.span)
        return Mul((Pow(Mul((turned, arg)), INVERSE), turned), span=span)
    raise WrongArguments(
        "pinv depends on the rank of its matrix",
        text=parser.text,
        start=span[0],
        end=span[1],
        repair="Write it out: (X^T*X)^-1*X^T or X^T*(X*X^T)^-1.",
    )


def environment(parser: Parser, token: Token) -> Node:
    """`\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}` and `\\begin{cases} … \\end{cases}`."""
    kind, _, name = token.text.partition(" ")
    if kind != "begin" or (name not in _MATRIX_ENVIRONMENTS and name != "cases"):
        raise UnexpectedToken(
            f"the environment {name or token.text} cannot stand here",
            text=parser.text,
            start=token.start,
            end=token.end,
            repair="Use bmatrix, pmatrix or cases.",
        )
    rows: list[list[Node]] = [[]]
    with parser.within("group"):
        while not (parser.token.kind == "command" and parser.token.text.startswith("end")):
            if parser.token.kind == "end":
                raise UnclosedBracket(
                    f"\\begin{{{name}}} is never closed", text=parser.text, start=token.start, end=token.end,
                    repair=f"Add \\end{{{name}}}.",
                )  # fmt: skip
            if parser.accept(";"):
                rows.append([])
            elif parser.accept("&", ","):
                continue
            else:
                rows[-1].append(_cell(parser, name))
    parser.take()
    span = (token.start, parser.last_end())
    filled = [row for row in rows if row]
    if not filled:
        raise UnexpectedToken(
            f"there is nothing in this {name}", text=parser.text, start=span[0], end=span[1],
            repair="Type its entries.",
        )  # fmt: skip
    if name == "cases":
        items: list[Node] = [
            Sequence((row[0], row[1] if len(row) > 1 else conditions.TRUE), "(", ")") for row in filled
        ]
        return conditions.cases(parser, token, items)
    return Matrix(tuple(tuple(row) for row in filled), span=span)


def _cell(parser: Parser, name: str) -> Node:
    while name == "cases" and parser.token.text in ("if", "for", "when", "where"):
        parser.take()
    node = parser.expression(TERNARY)
    return node if name == "cases" else value(node)
