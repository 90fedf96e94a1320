"""Tier 5: a proof by SymPy under the declared assumptions; it may say "equal" and never anything else."""

from __future__ import annotations

from typing import Any

from autograder.errors import AutograderError
from autograder.formula import tree as t
from autograder.formula.to_sympy import to_sympy
from autograder.symbols import SymbolTable


def is_proved_equal(expected: t.Node, given: t.Node, table: SymbolTable) -> bool:
    """Whether SymPy shows the difference of two scalar formulas to be 0.

    It may take any time: run it in a `Worker`. Whatever SymPy fails at is no proof.
    """
    import sympy

    try:
        left, right = to_sympy(expected, table), to_sympy(given, table)
        if not (isinstance(left, sympy.Expr) and isinstance(right, sympy.Expr)):
            return False
        if _is_matrix(left) or _is_matrix(right):
            return False
        difference = left - right
        return any(step(difference) == 0 for step in (lambda d: d, sympy.expand, _by_parts, sympy.simplify))
    except AutograderError:
        return False
    except Exception:  # noqa: BLE001 - SymPy raises anything on hard input; only a finished computation proves
        return False


def _by_parts(difference: Any) -> Any:
    """Sums expanded and pulled apart, logarithms expanded: what `simplify` alone often misses."""
    import sympy

    return sympy.factor_terms(sympy.expand_log(sympy.expand(difference.doit())))


def _is_matrix(value: Any) -> bool:
    return bool(getattr(value, "is_Matrix", False))
