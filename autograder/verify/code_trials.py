"""An edited function tried as the grader would: in the author's own process, or in the sandbox as a student's is."""

from __future__ import annotations

import copy
import inspect
import textwrap
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.answers.function import Function
from autograder.functions import tolerance
from autograder.functions.draw import Array, Case
from autograder.functions.reading import read
from autograder.functions.trial import exact, judged
from autograder.sandbox import Call, Program, Sandbox
from autograder.submission.program import locate, sources

if TYPE_CHECKING:
    from autograder.submission.program import Located

_SECONDS = 1.0  # of processor time for one call: these inputs are small
_ANYTHING = (
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    NameError,
    AttributeError,
    RuntimeError,
    AssertionError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What one call gave.

    Args:
        results: the arrays, where there are such.
        objection: what is off, "" when nothing is.
    """

    results: tuple[Array, ...] | None = None
    objection: str = ""


Try = Callable[[Case], Tried]


def trusted(function: Function, implementation: Callable[..., Any]) -> Try:
    """Calls of an author's own implementation, read and checked as a student's would be."""

    def call(case: Case) -> Tried:
        arguments = case.copy()
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = implementation(*arguments)
        except _ANYTHING as error:
            return Tried(objection=f"raises {type(error).__name__}")
        if not all(np.array_equal(now, was) for now, was in zip(arguments, case.arguments, strict=True)):
            return Tried(objection="changes its input")
        found = read(_plain(value), function.declared, function.declared.sizes(case.arguments))
        if found.results is None or found.finding is not None:
            return Tried(
                objection=found.finding.said if found.finding is not None else "returns nothing that can be read"
            )
        eps = max(found.eps, tolerance.rounding(case.arguments))
        said = next(filter(None, (one.objection(found.results, exact(case), eps) for one in function.checks)), "")
        return Tried(results=found.results, objection=said and f"is not right yet: {said}")

    return call


@contextmanager
def contained(function: Function, files: Mapping[str, bytes], sandbox: Sandbox) -> Iterator[Try]:
    """Calls of a submitted function in one process of the sandbox."""
    located = _located(function, files)
    main = located.source.name
    code = f"{located.source.text}\n\n\n{function.wrapper}"
    limits = replace(function, seconds=_SECONDS).limits
    with sandbox.session(Program(files={**located.files, main: code.encode()}, main=main), limits) as session:

        def call(case: Case) -> Tried:
            outcome = session.call(Call(name=function.entry, arguments=case.copy(), seed=0))
            trial = judged(function, located, case, outcome)
            return Tried(results=trial.results, objection="" if trial.finding is None else trial.finding.said)

        yield call


def _located(function: Function, files: Mapping[str, bytes]) -> Located:
    located = locate(function.name, sources(files), files)
    assert located is not None, function.name
    return located


def _plain(value: Any) -> Any:
    """NumPy's own numbers and truth values as the border of the sandbox would hand them on."""
    return value.item() if isinstance(value, np.generic) and not isinstance(value, np.number) else value


@dataclass(frozen=True, slots=True)
class Reference:
    """An author's implementation as a source that can be edited: itself, and the functions of its module that it calls."""

    function: types.FunctionType

    @property
    def parts(self) -> dict[str, types.FunctionType]:
        """By name, the functions that can be edited."""
        found: dict[str, types.FunctionType] = {}
        waiting = [self.function]
        while waiting:
            one = waiting.pop()
            if one.__name__ not in found and one.__module__ == self.function.__module__ and one.__name__ != "<lambda>":
                found[one.__name__] = one
                named = (one.__globals__.get(name) for name in one.__code__.co_names)
                waiting += [value for value in named if isinstance(value, types.FunctionType)]
        return found

    def source(self, name: str) -> str:
        """The text of one of them."""
        return textwrap.dedent(inspect.getsource(self.parts[name]))

    def edited(self, name: str, source: str) -> Callable[..., Any]:
        """The implementation with another text in the place of one function; the module itself stays as it is."""
        space = copy.copy(self.function.__globals__)
        for other, one in self.parts.items():
            space[other] = types.FunctionType(one.__code__, space, other, one.__defaults__, one.__closure__)
        exec(compile(source, f"<edited {name}>", "exec", dont_inherit=True), space)  # noqa: S102 - the author's own text
        implementation: Callable[..., Any] = space[self.function.__name__]
        return implementation
