"""Whether two typed sets of values of one variable are the same set.

Parameters get random rational values. Then every boundary of both sides is found, and both are compared exactly there
and once in every gap between: for rational functions with absolute values, maxima and cases that leaves no room.
"""

from __future__ import annotations

from autograder.equality.bounds import StatedBound, bound_of
from autograder.equality.decision import Decision, Evidence, Outcome, Witness
from autograder.equality.membership import NotASet, condition_of
from autograder.equality.parameters import NoPoint, domain_of, parameters_of
from autograder.equality.signals import Signal
from autograder.equality.trials import Contest, Mark, Trial
from autograder.formula.tree import And, Node
from autograder.symbols import SymbolTable

__all__ = ["StatedBound", "bound_of", "contest_of", "decide_sets"]

TRIALS = 16
FEWEST_TRIALS = 8
"""So many trials must have said something before two sets count as equal."""


def decide_sets(
    expected: Node, given: Node, variable: str, table: SymbolTable, *, seed: int, within: Node | None = None
) -> Decision:
    """Decide whether two trees mean the same set of values of `variable`.

    Args:
        expected, given: conditions, intervals, unions, sets, or bare expressions, which are upper bounds.
        table: the declared symbols; the variable's own domain restricts the comparison.
        seed: of the random parameters.
        within: a further restriction, as a condition or set.

    Returns:
        DIFFERENT with a value that belongs to one side only; EQUAL, as EXACT when there are no parameters and every
        boundary was rational, else as SAMPLED; UNDECIDED when too little could be evaluated.
    """
    try:
        contest = contest_of(expected, given, variable, table, within=within)
    except NotASet as problem:
        witness = Witness(reason=str(problem))
        return Decision(outcome=Outcome.DIFFERENT, evidence=Evidence.TYPE, witness=witness, seed=seed)
    except NoPoint as problem:
        return Decision(outcome=Outcome.UNDECIDED, reason=str(problem), seed=seed)
    return _decide(contest, seed)


def contest_of(
    expected: Node, given: Node, variable: str, table: SymbolTable, *, within: Node | None = None
) -> Contest:
    """The comparison of two sets.

    Raises:
        NotASet: the given tree is no set.
        NoPoint: a parameter is no declared number.
    """
    sides = condition_of(expected, variable), condition_of(given, variable)
    limits = () if within is None else (condition_of(within, variable),)
    parameters = parameters_of((*sides, *limits), variable, table)
    domain = domain_of(variable, table, parameters)
    clauses = (*limits, *(() if domain is None else (domain,)))
    return Contest(
        expected=sides[0],
        given=sides[1],
        domain=And(clauses) if clauses else None,
        variable=variable,
        table=table,
        parameters=parameters,
    )


def _decide(contest: Contest, seed: int) -> Decision:
    told, exact, doubtful = 0, True, []
    try:
        for trial in contest.trials(seed, TRIALS):
            for mark in sorted(trial.differences, key=lambda mark: mark.boundary):
                if mark.place.exact:
                    return _different(contest, trial, mark, seed)
                doubtful.append((trial, mark))
            told += bool(trial.marks)
            exact = exact and trial.exact
    except (NoPoint, Signal) as problem:
        return Decision(outcome=Outcome.UNDECIDED, reason=str(problem), seed=seed)
    if len(doubtful) >= min(3, TRIALS if contest.parameters else 1):
        return _different(contest, *doubtful[0], seed)
    if doubtful or told < (FEWEST_TRIALS if contest.parameters else 1):
        return Decision(outcome=Outcome.UNDECIDED, reason="too few points could be compared", seed=seed)
    evidence = Evidence.EXACT if exact and not contest.parameters else Evidence.SAMPLED
    return Decision(outcome=Outcome.EQUAL, evidence=evidence, seed=seed)


def _different(contest: Contest, trial: Trial, mark: Mark, seed: int) -> Decision:
    value = mark.place.value
    shown = str(value) if mark.place.exact else f"{float(value):.6g}…"
    point = (*((name, str(number)) for name, number in trial.values.items()), (contest.variable, shown))
    words = {True: "belongs", False: "does not belong"}
    where = f"an end of the range, {contest.variable} = {shown}," if mark.boundary else f"{contest.variable} = {shown}"
    side = "only your set" if mark.given else "only the expected set"
    witness = Witness(
        point=point, expected=words[mark.expected], given=words[mark.given], reason=f"{where} belongs to {side}"
    )
    evidence = Evidence.EXACT if mark.place.exact else Evidence.SAMPLED
    return Decision(outcome=Outcome.DIFFERENT, evidence=evidence, witness=witness, seed=seed)
