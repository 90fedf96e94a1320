"""Whether two formulas are equal: the tiers in order, and what each may say."""

from __future__ import annotations

from dataclasses import replace

from autograder.equality.by_balls import ByBalls
from autograder.equality.by_residues import ByResidues
from autograder.equality.decision import Decision, Evidence, Outcome, Witness
from autograder.equality.exact import HAS_FLINT
from autograder.equality.frames import NoDomain
from autograder.equality.signals import ShapesDiffer, Signal
from autograder.equality.structural import same_tree
from autograder.equality.usage import usage_of
from autograder.formula import tree as t
from autograder.symbols import SymbolTable

CONDITIONS_AND_SETS = (t.Relation, t.And, t.Or, t.Not, t.Member, t.Interval, t.Union, t.SetOf)
"""Trees that are no values; `autograder.equality.sets` compares them."""


def decide(
    expected: t.Node, given: t.Node, table: SymbolTable, *, seed: int, prove: bool = False, pure: bool = not HAS_FLINT
) -> Decision:
    """Compare two formulas as real functions on the declared domain.

    Args:
        expected: the key, elaborated (every identity has its size).
        given: the student's formula, elaborated.
        table: the declared symbols; other names count as real scalars.
        seed: secret source of every point.
        prove: whether SymPy may try to prove what is only equal numerically, or not decided.
        pure: whether to do without python-flint.

    Returns:
        EQUAL with evidence structural, exact, ball or proof; DIFFERENT with a witness; UNDECIDED with a reason.
    """
    try:
        decision = _decide(_value_of(expected), _value_of(given), table, seed=seed, pure=pure)
    except ShapesDiffer as signal:
        return _by_type(str(signal), seed)
    except (Signal, NoDomain) as signal:
        decision = Decision(outcome=Outcome.UNDECIDED, reason=str(signal), seed=seed)
    except RecursionError:
        decision = Decision(outcome=Outcome.UNDECIDED, reason="the formula is nested too deep", seed=seed)
    if prove and decision.evidence in (Evidence.BALL, Evidence.NONE) and not decision.different:
        from autograder.equality.proof import is_proved_equal

        if is_proved_equal(expected, given, table):
            return Decision(outcome=Outcome.EQUAL, evidence=Evidence.PROOF, seed=seed)
    return decision


def _value_of(node: t.Node) -> t.Node:
    return node.value if isinstance(node, t.Assigned) else node


def _by_type(reason: str, seed: int) -> Decision:
    return Decision(
        outcome=Outcome.DIFFERENT, evidence=Evidence.TYPE, witness=Witness(reason=reason), reason=reason, seed=seed
    )


def _decide(expected: t.Node, given: t.Node, table: SymbolTable, *, seed: int, pure: bool) -> Decision:
    if same_tree(expected, given, table):
        return Decision(outcome=Outcome.EQUAL, evidence=Evidence.STRUCTURAL, seed=seed)
    if isinstance(given, CONDITIONS_AND_SETS) and not isinstance(expected, CONDITIONS_AND_SETS):
        return _by_type("a condition or a set, where a value is asked", seed)
    if isinstance(expected, t.Sequence) or isinstance(given, t.Sequence):
        return _decide_items(expected, given, table, seed=seed, pure=pure)
    usage = usage_of((expected, given), table)
    exact = ByResidues(expected, given, usage, table, seed=seed, pure=pure).decide()
    if exact is not None:
        return exact
    return ByBalls(expected, given, usage, table, seed=seed, pure=pure).decide()


def _items(node: t.Node) -> tuple[t.Node, ...] | None:
    """The items of a sequence; an explicit row or column counts as one, since a vector may be typed either way."""
    if isinstance(node, t.Sequence):
        return node.items
    if isinstance(node, t.Matrix) and len(node.rows) == 1:
        return node.rows[0]
    if isinstance(node, t.Matrix) and all(len(row) == 1 for row in node.rows):
        return tuple(row[0] for row in node.rows)
    return None


def _as_column(node: t.Node) -> t.Node:
    return t.Matrix(tuple((item,) for item in node.items)) if isinstance(node, t.Sequence) else node


def _decide_items(expected: t.Node, given: t.Node, table: SymbolTable, *, seed: int, pure: bool) -> Decision:
    left, right = _items(expected), _items(given)
    if left is None or right is None:
        return _decide(_as_column(expected), _as_column(given), table, seed=seed, pure=pure)
    if isinstance(expected, t.Sequence) and expected.opening == "{":
        return _decide_sets_of_values(left, right, table, seed=seed, pure=pure)
    if len(left) != len(right):
        return _by_type(f"{len(right)} instead of {len(left)} values", seed)
    decisions = [_decide(one, two, table, seed=seed, pure=pure) for one, two in zip(left, right, strict=True)]
    for place, decision in enumerate(decisions, start=1):
        if decision.different and decision.witness is not None:
            where = f"value {place} of {len(left)}"
            reason = f"{where}: {decision.witness.reason}" if decision.witness.reason else where
            return replace(decision, witness=replace(decision.witness, reason=reason))
    return _weakest(decisions, seed)


def _weakest(decisions: list[Decision], seed: int) -> Decision:
    order = list(Evidence)
    undecided = [decision for decision in decisions if not decision.equal]
    if undecided:
        return undecided[0]
    weakest = max((decision.evidence for decision in decisions), key=order.index, default=Evidence.STRUCTURAL)
    return Decision(outcome=Outcome.EQUAL, evidence=weakest, seed=seed)


def _decide_sets_of_values(
    expected: tuple[t.Node, ...], given: tuple[t.Node, ...], table: SymbolTable, *, seed: int, pure: bool
) -> Decision:
    """Whether every value of each side is among those of the other; order and repetition do not count."""
    decisions = [[_decide(one, two, table, seed=seed, pure=pure) for two in given] for one in expected]
    lines = [*decisions, *zip(*decisions, strict=True)]
    if all(any(decision.equal for decision in line) for line in lines):
        return _weakest([next(decision for decision in line if decision.equal) for line in lines], seed)
    for line in lines:
        if line and all(decision.different for decision in line):
            return _by_type("a value of one set is not in the other", seed)
    return Decision(outcome=Outcome.UNDECIDED, reason="the values of the two sets could not all be matched", seed=seed)
