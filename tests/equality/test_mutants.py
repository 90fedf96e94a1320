"""Hundreds of one-edit mutants of this course's formulas: none is accepted that an independent judge does not prove."""

from __future__ import annotations

import pytest

from autograder.equality.decide import decide
from autograder.equality.proof import is_proved_equal
from autograder.equality.structural import same_tree
from autograder.formula.declare import declare
from autograder.verify.mutants import mutants
from tests.equality.typed import tree

pytestmark = pytest.mark.untraced

FORMULAS = {
    "2/N*sum(theta - y_i)": "theta, N:int, y:data",
    "sum(x_i*y_i)/sum(x_i^2)": "N:int, y:data, x:data",
    "theta - 2*alpha/N*sum((theta*x_i - y_i)*x_i)": "theta, alpha>0, N:int, y:data, x:data",
    "(y/sigma)*(1 - (1 - 2*eta*sigma^2)^t)": "sigma>0, eta>0, y, t>=2:int",
    "ln(epsilon)/ln(abs(1 - 2*eta*sigma^2))": "sigma>0, eta>0, 0<epsilon<1",
    "1/(sigma_l^2 + sigma_s^2)": "sigma_l > sigma_s > 0",
    "(sigma_l^2 - sigma_s^2)/(sigma_l^2 + sigma_s^2)": "sigma_l > sigma_s > 0",
    "max(abs(1 - 2*eta*sigma_l^2), abs(1 - 2*eta*sigma_s^2))": "sigma_l>0, sigma_s>0, eta>0",
    "(1 - eta*(x^2 + sigma^2))*E + eta*x*y": "x!=0, y, sigma>0, eta>0, E",
    "x*y/(x^2 + sigma^2)": "x!=0, y, sigma>0",
    "a*max(0, w*x + b) + c": "a, w, x, b, c",
    "2*sigma*(sigma*w - y)": "sigma>0, w, y",
    "alpha/(1 - alpha)*V": "0<alpha<1, V>0",
    "1/N*sum((y_i - theta)^2) + lambda*theta^2": "theta, lambda>0, N:int, y:data",
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_mutant_is_accepted_without_proof(formula: str) -> None:
    """A mutant that is called equal is the same tree, or SymPy proves it equal."""
    table = declare(FORMULAS[formula])
    key = tree(formula, table)
    for place, mutant in enumerate(mutants(key)):
        decision = decide(key, mutant, table, seed=place)
        if decision.equal:
            assert same_tree(key, mutant, table) or is_proved_equal(key, mutant, table), mutant


def test_most_mutants_are_told_apart() -> None:
    """Several hundred mutants, and nearly all of them get a witness: being undecided is no way out."""
    outcomes = []
    for formula, symbols in FORMULAS.items():
        table = declare(symbols)
        key = tree(formula, table)
        outcomes += [decide(key, mutant, table, seed=7) for mutant in mutants(key)]
    assert len(outcomes) >= 300
    assert sum(decision.different for decision in outcomes) >= 0.95 * len(outcomes)
    assert sum(not decision.equal and not decision.different for decision in outcomes) <= 0.02 * len(outcomes)
