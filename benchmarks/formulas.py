"""How well scalar formulas are decided, and how fast: this project, SymPy's two ways and, when installed, Math-Verify.

    python benchmarks/formulas.py [--seconds 20] [--seed 1]

Each pair says whether its two formulas are equal as real functions on the declared domain. A wrong "equal" is a false
accept, a wrong "different" a false reject. SymPy gets the same formulas with the declared assumptions, each pair in a
process that is killed after the given seconds. `simplify(a - b) == 0` can only say "equal" or "not shown"; graders that
use it take "not shown" for "different", and so it is counted. Math-Verify gets the formulas in LaTeX.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from autograder.equality.decide import decide
from autograder.formula.declare import declare
from autograder.formula.echo import to_latex
from autograder.formula.read import read
from autograder.formula.shapes import elaborate
from autograder.formula.to_sympy import to_sympy
from benchmarks.contest import Contender, Verdict, contest


class Pair(NamedTuple):
    """Two formulas, what they may use, and whether they are equal."""

    symbols: str
    expected: str
    given: str
    equal: bool


DATA = "theta, alpha>0, N:int, y:data, x:data"
RATE = "sigma>0, eta>0, 0<epsilon<1, t>=0:int, y"
TWO = "sigma_l > sigma_s > 0"
NOISE = "x!=0, sigma>0, eta>0, y, E"
FREE = "x, y, w, a, b"
STEP = "(y/sigma)*(1 - (1 - 2*eta*sigma^2)^t)"
STEPS = "ln(epsilon)/ln(abs(1 - 2*eta*sigma^2))"

PAIRS = (
    Pair(DATA, "2/N*sum(theta - y_i)", "2*(theta - mean(y))", equal=True),
    Pair(DATA, "2/N*sum(theta - y_i)", "-2/N*sum(y_i - theta)", equal=True),
    Pair(DATA, "2/N*sum(theta - y_i)", "2*(theta - sum(y))", equal=False),
    Pair(DATA, "2/N*sum(theta - y_i)", "2*sum(theta - y_i)", equal=False),
    Pair(DATA, "theta - 2*alpha/N*sum(theta - y_i)", "(1 - 2*alpha)*theta + 2*alpha*mean(y)", equal=True),
    Pair(DATA, "2/N*sum((theta*x_i - y_i)*x_i)", "2/N*(theta*sum(x_i^2) - sum(x_i*y_i))", equal=True),
    Pair(DATA, "sum(x_i*y_i)/sum(x_i^2)", "mean(y_i/x_i)", equal=False),
    Pair(DATA, "1/N*sum((y_i - mean(y))^2)", "mean(y_i^2) - mean(y)^2", equal=True),
    Pair(DATA, "sum(abs(y_i - theta))", "sum(max(y_i - theta, theta - y_i))", equal=True),
    Pair(DATA, "sum(max(0, y_i))", "max(0, sum(y))", equal=False),
    Pair(RATE, STEP, "y/sigma - y/sigma*(1 - 2*eta*sigma^2)^t", equal=True),
    Pair(RATE, STEP, "2*eta*sigma*y*sum((1 - 2*eta*sigma^2)^k, (k, 0, t - 1))", equal=True),
    Pair(RATE, STEP, "y/sigma*(1 - (1 - 2*eta*sigma^2)^(t + 1))", equal=False),
    Pair(RATE, STEP, "y/sigma*(1 - abs(1 - 2*eta*sigma^2)^t)", equal=False),
    Pair(RATE, "(1 - 2*eta*sigma^2)^t", "exp(t*ln(1 - 2*eta*sigma^2))", equal=True),
    Pair(RATE, STEPS, "ln(1/epsilon)/(-ln(abs(1 - 2*eta*sigma^2)))", equal=True),
    Pair(RATE, STEPS, "2*ln(epsilon)/ln((1 - 2*eta*sigma^2)^2)", equal=True),
    Pair(RATE, STEPS, "ln(epsilon)/ln(1 - 2*eta*sigma^2)", equal=False),
    Pair(RATE, STEPS, "ln(1 - epsilon)/ln(abs(1 - 2*eta*sigma^2))", equal=False),
    Pair(TWO, "1/(sigma_l^2 + sigma_s^2)", "1/(2*((sigma_l^2 + sigma_s^2)/2))", equal=True),
    Pair(TWO, "1/(sigma_l^2 + sigma_s^2)", "2/(sigma_l^2 + sigma_s^2)", equal=False),
    Pair(TWO, "1/sigma_l^2", "min(1/sigma_l^2, 1/sigma_s^2)", equal=True),
    Pair(
        TWO,
        "(sigma_l^2 - sigma_s^2)/(sigma_l^2 + sigma_s^2)",
        "((sigma_l/sigma_s)^2 - 1)/((sigma_l/sigma_s)^2 + 1)",
        equal=True,
    ),
    Pair(
        TWO, "(sigma_l^2 - sigma_s^2)/(sigma_l^2 + sigma_s^2)", "(sigma_l - sigma_s)/(sigma_l + sigma_s)", equal=False
    ),
    Pair(NOISE, "(1 - eta*(x^2 + sigma^2))*E + eta*x*y", "E - eta*((x^2 + sigma^2)*E - x*y)", equal=True),
    Pair(NOISE, "x*y/(x^2 + sigma^2)", "(y/x)/(1 + sigma^2/x^2)", equal=True),
    Pair(NOISE, "x*y/(x^2 + sigma^2)", "x*y/(x^2 + 2*sigma^2)", equal=False),
    Pair(NOISE, "sqrt(sigma^2 + x^2)", "sigma*sqrt(1 + x^2/sigma^2)", equal=True),
    Pair(NOISE, "ln(x^2)", "2*ln(x)", equal=False),
    Pair(FREE, "max(0, w*x + b)", "(w*x + b + abs(w*x + b))/2", equal=True),
    Pair(FREE, "max(0, w*x + b)", "Piecewise((w*x + b, w*x + b > 0), (0, True))", equal=True),
    Pair(FREE, "max(0, w*x + b)", "max(0, w*x) + max(0, b)", equal=False),
    Pair(FREE, "max(0, w*x + b)", "max(0, w*x + b) + max(0, x - 10^6)", equal=False),
    Pair(FREE, "sqrt(x^2)", "x", equal=False),
    Pair(FREE, "(x^2 - 1)/(x - 1)", "x + 1", equal=True),
    Pair(FREE, "sin(x)^2 + cos(x)^2", "1", equal=True),
    Pair(FREE, "(exp(2*x) - 1)/(exp(2*x) + 1)", "tanh(x)", equal=True),
    Pair(FREE, "exp(x)", "1 + x + x^2/2 + x^3/6", equal=False),
    Pair(FREE, "abs(a + b)", "abs(a) + abs(b)", equal=False),
    Pair(FREE, "x", "x + 10^-20", equal=False),
    Pair("k>=1:int", "sum(i^2, (i, 1, k))", "k*(k + 1)*(2*k + 1)/6", equal=True),
    Pair("k>=1:int", "sum(i^2, (i, 2, k))", "k*(k + 1)*(2*k + 1)/6", equal=False),
)


def trees(pair: Pair) -> tuple[Any, Any, Any]:
    """Both formulas, read and elaborated, with their table."""
    table = declare(pair.symbols)
    return table, *(elaborate(read(text, table).tree, table)[0] for text in (pair.expected, pair.given))


def ours(pair: Pair, seed: int) -> Verdict:
    """This project, from the text to the verdict, without a proof."""
    table, expected, given = trees(pair)
    decision = decide(expected, given, table, seed=seed)
    return Verdict.EQUAL if decision.equal else Verdict.DIFFERENT if decision.different else Verdict.UNDECIDED


def simplified(pair: Pair, _: int) -> Verdict:
    """`simplify(a - b) == 0`."""
    import sympy

    table, expected, given = trees(pair)
    difference = to_sympy(expected, table) - to_sympy(given, table)
    return Verdict.EQUAL if sympy.simplify(difference) == 0 else Verdict.DIFFERENT


def equals(pair: Pair, _: int) -> Verdict:
    """`a.equals(b)`, which may also say that it does not know."""
    table, expected, given = trees(pair)
    found = to_sympy(expected, table).equals(to_sympy(given, table))
    return Verdict.UNDECIDED if found is None else Verdict.EQUAL if found else Verdict.DIFFERENT


def math_verify(pair: Pair, _: int) -> Verdict:
    """Math-Verify on the formulas in LaTeX."""
    from math_verify import parse, verify

    _, expected, given = trees(pair)
    sides = [parse(f"${to_latex(side)}$") for side in (expected, given)]
    if not all(sides):
        return Verdict.UNDECIDED
    return Verdict.EQUAL if verify(*sides) else Verdict.DIFFERENT


def main() -> None:
    """Run every contender on every pair and print the table."""
    arguments = argparse.ArgumentParser(description="Compare ways to decide scalar formulas.")
    arguments.add_argument("--seconds", type=float, default=20, help="what a pair may take")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    contenders = [
        Contender("this project", ours),
        Contender("simplify(a - b) == 0", simplified),
        Contender("a.equals(b)", equals),
    ]
    if importlib.util.find_spec("math_verify") is not None:
        contenders.append(Contender("Math-Verify", math_verify))
    contest("scalar pairs", PAIRS, contenders, seconds=options.seconds, seed=options.seed)


if __name__ == "__main__":
    main()
