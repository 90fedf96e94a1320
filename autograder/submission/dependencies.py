"""The part of a program that some of its functions need, found by names: imports, definitions and constants.

A notebook is a heap of statements that somebody ran in some order. Of each name the last definition counts, and what a
function needs may stand below it. So the slice is taken by name, not by place, and ordered so that what a statement needs
while it runs comes first. Loops, training, calls for their effect and displays never belong to it.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from autograder.submission.cheap import CHEAP_BUILTINS, COSTLY, is_import, is_setting, only_defines
from autograder.submission.names import Statement, attribute

_BUILTINS = frozenset(dir(builtins)) | {"__name__", "__file__", "get_ipython", "display"}
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What to run.

    Args:
        statements: in an order in which they can run.
        left_out: by name that is needed and was not kept, the statement that would have made it.
        unknown: names that are needed and made nowhere; the grader may supply them.
    """

    statements: tuple[Statement, ...]
    left_out: Mapping[str, Statement] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()

    @property
    def lines(self) -> list[int]:
        """The first line of each statement, in the order in which they are to be run."""
        return [statement.node.lineno for statement in self.statements]


class Outline:
    """The statements of a program, none of them run."""

    def __init__(self, body: Iterable[ast.stmt]) -> None:
        self.statements = tuple(Statement(node) for node in body)
        known = {
            name for statement in self.statements if is_import(statement.node) for name in statement.binds
        } | CHEAP_BUILTINS
        self._quick = _without_loops(self.statements)
        self._kept = frozenset(
            id(statement)
            for statement in self.statements
            if only_defines(statement.node, known, self._quick.__contains__)
        )
        # Of each name the last statement that makes it: any, and one that may be run.
        self._makers = {name: statement for statement in self.statements for name in statement.binds}
        kept = [statement for statement in self.statements if self.keeps(statement)]
        self._last = {name: s for s in kept for name in s.binds}
        self._before = _made_before(kept)

    def keeps(self, statement: Statement) -> bool:
        """Whether a statement may be run at all: it only brings in names, cheaply."""
        return id(statement) in self._kept

    def last(self, name: str) -> Statement | None:
        """The last statement that may be run and binds a name."""
        return self._last.get(name)

    def needed(self, wanted: Iterable[str], supplied: Iterable[str] = ()) -> Slice:
        """The slice for some names.

        Args:
            wanted: functions or other names.
            supplied: names that are given from outside where the program does not make them.
        """
        chosen: dict[int, Statement] = {
            id(s): s for s in self.statements if s.is_star_import or (self.keeps(s) and is_setting(s.node))
        }
        left_out: dict[str, Statement] = {}
        unknown: set[str] = set()
        waiting = [*wanted, *(name for s in chosen.values() for name in s.needs)]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            statement = self.last(name)
            if statement is None and name not in _BUILTINS:
                if name in self._makers and name not in supplied:
                    left_out[name] = self._makers[name]
                unknown.add(name)
            while statement is not None and id(statement) not in chosen:
                chosen[id(statement)] = statement
                waiting += statement.needs
                statement = self._before.get((id(statement), name))  # `ridge = timed(ridge)` needs the one above
        in_order = [s for s in self.statements if id(s) in chosen]
        return Slice(statements=tuple(_runnable(in_order)), left_out=left_out, unknown=frozenset(unknown))

    def whole(self) -> Slice:
        """Everything that only defines: what remains of a helper module."""
        return Slice(statements=tuple(s for s in self.statements if self.keeps(s)))


def _made_before(statements: Iterable[Statement]) -> dict[tuple[int, str], Statement]:
    """By statement and name, the statement above that makes a name which this one uses to make it anew."""
    found: dict[tuple[int, str], Statement] = {}
    makers: dict[str, Statement] = {}
    for statement in statements:
        for name in statement.binds:
            if name in statement.needs_now and name in makers:
                found[id(statement), name] = makers[name]
            makers[name] = statement
    return found


def _without_loops(statements: Iterable[Statement]) -> frozenset[str]:
    """Functions and classes that, with all that they call, have no loop: calling them costs nothing."""
    defined = {s.node.name: s for s in statements if isinstance(s.node, ast.FunctionDef | ast.ClassDef)}
    callers: dict[str, list[str]] = {}
    for name, statement in defined.items():
        for used in statement.needs:
            callers.setdefault(used, []).append(name)
    slow = {
        name
        for name, statement in defined.items()
        if any(isinstance(node, _LOOPS) or attribute(node) in COSTLY for node in ast.walk(statement.node))
    }
    waiting = list(slow)
    while waiting:
        fresh = [name for name in callers.get(waiting.pop(), ()) if name not in slow]
        slow.update(fresh)
        waiting += fresh
    return frozenset(defined) - slow


def _runnable(statements: list[Statement]) -> Iterator[Statement]:
    """The statements, imports first, each after those that make what it needs while it runs.

    What a statement calls while it runs must be there with all that it calls in turn. A chain of calls may be thousands
    long, so that the stack is a list.
    """
    makers = {name: statement for statement in statements for name in statement.binds}
    before = _made_before(statements)
    done: set[int] = set()
    begun: set[tuple[int, bool]] = set()
    for first in sorted(statements, key=lambda s: not is_import(s.node)):
        stack = [(first, False, False)]
        while stack:
            statement, is_called, is_ready = stack.pop()
            if id(statement) in done:
                continue
            if is_ready:
                done.add(id(statement))
                yield statement
                continue
            if (id(statement), is_called) in begun:
                continue
            begun.add((id(statement), is_called))
            stack.append((statement, is_called, True))
            deep = is_called and isinstance(statement.node, ast.FunctionDef | ast.ClassDef)
            needs = statement.needs if deep else statement.needs_now
            for name in sorted(needs, reverse=True):
                maker = before.get((id(statement), name), makers.get(name))
                if maker is not None and maker is not statement:
                    stack.append((maker, True, False))
