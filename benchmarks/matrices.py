"""How well matrix formulas of unspecified shape are decided, and how fast, beside two ways of SymPy.

    python benchmarks/matrices.py [--seconds 20] [--seed 1]

`MatrixExpr` compares after `doit` and `expand`; non-commutative symbols forget shapes and transposes of products, as
graders that use them do. A pair that a way cannot even write down is undecided.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from autograder.equality.decide import decide
from autograder.formula import tree as t
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.formula.shapes import elaborate
from autograder.formula.to_sympy import to_sympy
from autograder.symbols import SymbolTable
from benchmarks.contest import Contender, Verdict, contest


class Pair(NamedTuple):
    """Two formulas, what they may use, and whether they are equal."""

    symbols: str
    expected: str
    given: str
    equal: bool


RIDGE = "X:n*d, y:n, w:d, lambda>0"
WOODBURY = "A:positive definite n*n, U:n*k, C:positive definite k*k, V:k*n, u:n"
SQUARE = "A:n*n, B:n*n, C:n*n, x:n"
TIKHONOV = "A:m*n, b:m, W1:k*m, W2:l*n, c:n"
BLOCK = "A:n*n, B:n*m, D:m*m"
SYMMETRIC = "S:symmetric n*n, R:symmetric n*n, x:n, y:n"
SOLUTION = "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)"

PAIRS = (
    Pair(RIDGE, "inv(X^T X + lambda I) X^T y", "X^T inv(X X^T + lambda I) y", equal=True),
    Pair(RIDGE, "X inv(X^T X + lambda I) X^T", "I - lambda inv(X X^T + lambda I)", equal=True),
    Pair(RIDGE, "inv(X^T X + lambda I) X^T y", "inv(X^T X + lambda^2 I) X^T y", equal=False),
    Pair(RIDGE, "inv(X^T X + lambda I) X^T y", "X^T inv(X X^T + lambda I) y/lambda", equal=False),
    Pair(RIDGE, "norm(X w - y)^2 + lambda norm(w)^2", "w^T (X^T X + lambda I) w - 2 y^T X w + y^T y", equal=True),
    Pair(RIDGE, "norm(X w - y)^2", "w^T X^T X w - y^T X w + y^T y", equal=False),
    Pair(TIKHONOV, SOLUTION, "c + inv(A^T W1^T W1 A + W2^T W2) A^T W1^T W1 (b - A c)", equal=True),
    Pair(TIKHONOV, SOLUTION, "inv([W1 A; W2]^T [W1 A; W2]) [W1 A; W2]^T [W1 b; W2 c]", equal=True),
    Pair(TIKHONOV, SOLUTION, "inv(A^T W1^T W1 A + W2^T W2) A^T W1^T W1 b", equal=False),
    Pair(WOODBURY, "inv(A + U C V)", "inv(A) - inv(A) U inv(inv(C) + V inv(A) U) V inv(A)", equal=True),
    Pair(WOODBURY, "inv(A + U C V)", "inv(A) + inv(A) U inv(inv(C) + V inv(A) U) V inv(A)", equal=False),
    Pair(WOODBURY, "inv(A + u u^T)", "inv(A) - inv(A) u u^T inv(A)/(1 + u^T inv(A) u)", equal=True),
    Pair(WOODBURY, "det(I + U V)", "det(I + V U)", equal=True),
    Pair(WOODBURY, "det(I + U V)", "1 + trace(V U)", equal=False),
    Pair(SQUARE, "trace(A B C)", "trace(C A B)", equal=True),
    Pair(SQUARE, "trace(A B C)", "trace(A C B)", equal=False),
    Pair(SQUARE, "inv(A B)", "inv(B) inv(A)", equal=True),
    Pair(SQUARE, "inv(A B)", "inv(A) inv(B)", equal=False),
    Pair(SQUARE, "(A + B)^2", "A^2 + A B + B A + B^2", equal=True),
    Pair(SQUARE, "(A + B)^2", "A^2 + 2 A B + B^2", equal=False),
    Pair(SQUARE, "A inv(I + B A)", "inv(I + A B) A", equal=True),
    Pair(SQUARE, "(A + A^T) x", "2 A x", equal=False),
    Pair(SQUARE, "A^2 - trace(A) A + det(A) I", "0 A", equal=False),
    Pair(SQUARE, "trace(A) I", "A", equal=False),
    Pair(BLOCK, "inv([A, B; 0, D])", "[inv(A), -inv(A) B inv(D); 0, inv(D)]", equal=True),
    Pair(BLOCK, "inv([A, B; 0, D])", "[inv(A), -B; 0, inv(D)]", equal=False),
    Pair(SYMMETRIC, "x^T S y", "y^T S x", equal=True),
    Pair(SYMMETRIC, "S R", "R S", equal=False),
)


def trees(pair: Pair) -> tuple[SymbolTable, t.Node, t.Node]:
    """Both formulas, read and elaborated, with their table."""
    table = declare(pair.symbols)
    expected, shape = elaborate(read(pair.expected, table).tree, table)
    return table, expected, elaborate(read(pair.given, table).tree, table, expected=shape)[0]


def ours(pair: Pair, seed: int) -> Verdict:
    """This project, from the text to the verdict."""
    table, expected, given = trees(pair)
    decision = decide(expected, given, table, seed=seed)
    return Verdict.EQUAL if decision.equal else Verdict.DIFFERENT if decision.different else Verdict.UNDECIDED


def matrix_expressions(pair: Pair, _: int) -> Verdict:
    """SymPy's `MatrixExpr` after `doit` and `expand`."""
    table, expected, given = trees(pair)
    left, right = (to_sympy(side, table).doit().expand().doit() for side in (expected, given))
    return Verdict.EQUAL if left == right else Verdict.DIFFERENT


def noncommutative(pair: Pair, _: int) -> Verdict:
    """SymPy's non-commutative symbols after `expand` and `simplify`; a transpose is a symbol of its own."""
    import sympy

    table, expected, given = trees(pair)
    difference = _letters(expected, table) - _letters(given, table)
    return Verdict.EQUAL if sympy.simplify(sympy.expand(difference)) == 0 else Verdict.DIFFERENT


def _letters(node: t.Node, table: SymbolTable) -> Any:
    """A formula in which every matrix is a letter."""
    import sympy

    match node:
        case t.Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case t.Name(name):
            symbol = table.get(name)
            return sympy.Symbol(name, commutative=symbol is None or symbol.is_scalar)
        case t.Identity():
            return sympy.Integer(1)
        case t.Neg(arg):
            return -_letters(arg, table)
        case t.Add(args):
            return sympy.Add(*(_letters(arg, table) for arg in args))
        case t.Mul(args):
            return sympy.Mul(*(_letters(arg, table) for arg in args))
        case t.Div(top, bottom):
            return _letters(top, table) * _letters(bottom, table) ** -1
        case t.Pow(base, t.Number(value)):
            return _letters(base, table) ** sympy.Rational(value.numerator, value.denominator)
        case t.Transpose(arg):
            return sympy.transpose(_letters(arg, table))
    raise ValueError(f"non-commutative symbols have no {type(node).__name__.lower()}")


def main() -> None:
    """Run every contender on every pair and print the table."""
    arguments = argparse.ArgumentParser(description="Compare ways to decide matrix formulas of unspecified shape.")
    arguments.add_argument("--seconds", type=float, default=20, help="what a pair may take")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    contenders = [
        Contender("this project", ours),
        Contender("MatrixExpr", matrix_expressions),
        Contender("non-commutative", noncommutative),
    ]
    contest("matrix pairs", PAIRS, contenders, seconds=options.seconds, seed=options.seed)


if __name__ == "__main__":
    main()
