"""What the verb `compare` does: decide two bare formulas, or rows of them, each within its own budget."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from autograder.equality.budget import SECONDS, Crashed, OutOfTime, Worker
from autograder.equality.decide import CONDITIONS_AND_SETS, decide
from autograder.equality.decision import Decision, Evidence, Outcome, Witness
from autograder.equality.sets import decide_sets
from autograder.errors import AuthorError, AutograderError, Unreadable
from autograder.formula import tree as t
from autograder.formula.declare import declare
from autograder.formula.errors import ShapeMismatch, UnknownName
from autograder.formula.read import read
from autograder.formula.shapes import elaborate
from autograder.symbols import Symbol, SymbolTable

Row = dict[str, Any]
_MOST_UNDECLARED = 50


def compare(expected: str, given: str, symbols: str = "", *, seed: int, prove: bool = False) -> Row:
    """Decide whether two typed formulas mean the same.

    Args:
        expected: the key; names in it that `symbols` does not declare count as real numbers.
        given: the answer.
        symbols: declarations, as in `eta>0, N:int, y:data, X:n*d, S:symmetric n*n`.
        seed: source of every point.
        prove: whether SymPy may upgrade "equal numerically" to a proof; it may take long.

    Returns:
        verdict (equal, different, undecided, unreadable), evidence, witness or None, reason, seed and ms; where
        unreadable also cause, offset, end and repair, in the given text.

    Raises:
        AuthorError: the expected text or the declarations cannot be read.
    """
    *_, best = _answers(expected, given, symbols, seed=seed, prove=prove)
    return best


def _answers(expected: str, given: str, symbols: str, *, seed: int, prove: bool) -> Iterator[Row]:
    """The decision without a proof first; then, where one is asked for and found, the better one."""
    start = time.perf_counter()
    table, key = _read_expected(expected, symbols)
    try:
        answer = read(given, table).tree
        pair = _Pair(key, answer, table, expected, given)
        decision = pair.decide(seed=seed, prove=False)
    except Unreadable as error:
        yield _unreadable(error, seed, start)
        return
    yield _row(decision, start)
    if prove and not decision.different and decision.evidence in (Evidence.BALL, Evidence.NONE):
        yield _row(pair.decide(seed=seed, prove=True), start)


class _Pair:
    """Two trees with what is needed to compare them."""

    def __init__(
        self, expected: t.Node, given: t.Node, table: SymbolTable, expected_text: str, given_text: str
    ) -> None:
        self._table = table
        self._expected = expected
        self._given = given
        self._variable = ""
        self._misfit = ""
        if _is_set(expected, given):
            self._variable = _variable(expected, given, table)
            return
        if all(isinstance(side, t.Sequence) and side.opening == "{" for side in (expected, given)):
            # a set of values is no column: every value has a shape of its own
            self._expected = _each(expected, table, expected_text)
            self._given = _each(given, table, given_text)
            return
        try:
            self._expected, shape = elaborate(_value(expected), table, text=expected_text)
        except Unreadable as error:
            raise _author(expected_text, error) from None
        try:
            self._given, _ = elaborate(_value(given), table, text=given_text, expected=shape)
        except ShapeMismatch as error:  # it was read; no value of any symbol makes it right
            self._misfit = f"{error.cause}. {error.repair}".strip()

    def decide(self, *, seed: int, prove: bool) -> Decision:
        if self._misfit:
            return Decision(
                outcome=Outcome.DIFFERENT,
                evidence=Evidence.TYPE,
                witness=Witness(reason=self._misfit),
                reason=self._misfit,
                seed=seed,
            )
        if self._variable:
            return decide_sets(self._expected, self._given, self._variable, self._table, seed=seed)
        return decide(self._expected, self._given, self._table, seed=seed, prove=prove)


def _each(node: t.Node, table: SymbolTable, text: str) -> t.Node:
    assert isinstance(node, t.Sequence)
    return replace(node, items=tuple(elaborate(item, table, text=text)[0] for item in node.items))


def _value(node: t.Node) -> t.Node:
    return node.value if isinstance(node, t.Assigned) else node


def _is_set(expected: t.Node, given: t.Node) -> bool:
    if isinstance(expected, CONDITIONS_AND_SETS):
        return True
    if not isinstance(expected, t.Sequence):
        return False
    mixed = expected.opening + expected.closing in ("(]", "[)", "][")
    return mixed or isinstance(given, CONDITIONS_AND_SETS)


def _variable(expected: t.Node, given: t.Node, table: SymbolTable) -> str:
    """The unknown of a set: alone on one side of a relation of the key (else of the answer), else the first common name."""
    for side in (expected, given):
        for node in t.walk(side):
            if isinstance(node, t.Relation):
                alone = [operand.name for operand in node.operands if isinstance(operand, t.Name)]
                if alone:
                    return alone[0]
            if isinstance(node, t.Member) and isinstance(node.element, t.Name):
                return node.element.name
    used = [{node.name for node in t.walk(side) if isinstance(node, t.Name)} for side in (expected, given)]
    common = [symbol.name for symbol in table.symbols if symbol.name in used[0] & used[1]]
    rest = [symbol.name for symbol in table.symbols if symbol.name in used[0] | used[1]]
    return next(iter([*common, *rest, *(symbol.name for symbol in table.symbols)]), "x")


def _read_expected(expected: str, symbols: str) -> tuple[SymbolTable, t.Node]:
    """The table, with undeclared names of the key as real scalars, and the key's tree."""
    table = declare(symbols)
    for _ in range(_MOST_UNDECLARED):
        try:
            return table, read(expected, table).tree
        except UnknownName as error:
            if not error.found.isidentifier():
                raise _author(expected, error) from None
            table = SymbolTable(symbols=(*table.symbols, Symbol(name=error.found)), indices=table.indices)
        except Unreadable as error:
            raise _author(expected, error) from None
    raise AuthorError(f"the expected formula {expected!r} uses too many names that are not declared. Declare them.")


def _author(expected: str, error: Unreadable) -> AuthorError:
    return AuthorError(f"the expected formula {expected!r} cannot be read, at offset {error.start}: {error}")


def _row(decision: Decision, start: float) -> Row:
    return {**decision.to_json(), "ms": round((time.perf_counter() - start) * 1000, 3)}


def _unreadable(error: Unreadable, seed: int, start: float) -> Row:
    return {
        "verdict": "unreadable",
        "evidence": str(Evidence.NONE),
        "witness": None,
        "cause": error.cause,
        "offset": error.start,
        "end": error.end,
        "repair": error.repair,
        "seed": seed,
        "ms": round((time.perf_counter() - start) * 1000, 3),
    }


def compare_lines(lines: Iterable[str], *, seed: int, prove: bool = False, seconds: float = SECONDS) -> Iterator[Row]:
    """One row for every line of JSON, each within its own budget; a bad line gives a row with verdict "error".

    A row that is decided but not proved in time keeps its decision; one that is not decided in time is undecided.
    """
    with Worker(_handle) as worker:
        for line in lines:
            if not line.strip():
                continue
            start = time.perf_counter()
            try:
                job = _job(line)
                row = worker.ask({**job, "seed": seed, "prove": prove}, seconds)
            except AutograderError as error:
                row = _failed(error, seconds, seed)
            row.setdefault("ms", round((time.perf_counter() - start) * 1000, 3))
            yield row


def compare_within(expected: str, given: str, symbols: str = "", *, seed: int, prove: bool = False) -> Row:
    """Like `compare`, in a child process with the default budget; errors become a row."""
    line = json.dumps({"expected": expected, "given": given, "symbols": symbols})
    (row,) = compare_lines([line], seed=seed, prove=prove)
    return row


def _job(line: str) -> dict[str, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise AuthorError(
            'the line is not JSON. Write {"expected": "...", "given": "...", "symbols": "..."}.'
        ) from None
    if not isinstance(row, dict):
        raise AuthorError('the line is not an object. Write {"expected": "...", "given": "...", "symbols": "..."}.')
    job = {"symbols": "", **row}
    for name in ("expected", "given", "symbols"):
        if not isinstance(job.get(name), str):
            raise AuthorError(f'"{name}" must be there as a string. Write {{"expected": "...", "given": "..."}}.')
    return {name: job[name] for name in ("expected", "given", "symbols")}


def _handle(job: Mapping[str, Any]) -> Iterator[Row]:
    try:
        yield from _answers(job["expected"], job["given"], job["symbols"], seed=job["seed"], prove=job["prove"])
    except AutograderError as error:
        yield {"verdict": "error", "evidence": str(Evidence.NONE), "witness": None, "error": str(error)}


def _failed(error: AutograderError, seconds: float, seed: int) -> Row:
    if isinstance(error, OutOfTime | Crashed):
        reason = f"no decision within {seconds:g} s" if isinstance(error, OutOfTime) else "the comparison broke down"
        return Decision(outcome=Outcome.UNDECIDED, reason=reason, seed=seed).to_json()
    return {"verdict": "error", "evidence": str(Evidence.NONE), "witness": None, "error": str(error)}
