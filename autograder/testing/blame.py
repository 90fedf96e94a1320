"""Whose fault an error in an author's test is: decided where the test runs, from what it had asked of the student."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import AuthorError
from autograder.testing.reports import Fault, Trouble
from autograder.testing.student import Calls, NotRun, StudentError

_MESSAGE, _TRACE = 4_000, 6_000
# pytest explains each name in an assertion, the student's too: "where student.add = student.add".
_SELF_EVIDENT = re.compile(r"\n \+ +where (\S+) = \1(?=\n|$)")
_CERTAINLY_THE_TESTS_OWN = (AuthorError, ImportError, NameError, NotImplementedError, SyntaxError)


def trouble(
    error: BaseException,
    calls: Calls,
    file: Path,
    *,
    checks: tuple[type[BaseException], ...] = (AssertionError,),
    place: str = "",
    shared: bool = False,
) -> Trouble:
    """What an exception that left a test says.

    Args:
        calls: what the test had asked of the student.
        file: the author's file, to which the traceback is cut.
        checks: the exceptions by which a test says that a check does not hold.
        place: the subtest or the fixture that it came from.
        shared: it came from a fixture of a class or a module, where a check says nothing of the student unless their
            code was asked.
    """
    fault = _fault(error, calls, checks, shared=shared)
    return Trouble(fault=fault, message=_message(error, fault), trace=_trace(error, file), place=place)


def _fault(error: BaseException, calls: Calls, checks: tuple[type[BaseException], ...], *, shared: bool) -> Fault:
    if isinstance(error, NotRun) or calls.not_run:
        return Fault.NOT_RUN
    if isinstance(error, StudentError):
        return Fault.STUDENT
    if isinstance(error, checks):
        return Fault.AUTHOR if shared and not calls.asked else Fault.CHECK
    if isinstance(error, _CERTAINLY_THE_TESTS_OWN):
        return Fault.AUTHOR
    if any(isinstance(earlier, StudentError) for earlier in _earlier(error)):
        return Fault.STUDENT
    if calls.nothing and "NoneType" in str(error):  # a function without `return`
        return Fault.STUDENT
    return Fault.UNCLEAR if calls.answered else Fault.AUTHOR


def _earlier(error: BaseException) -> Iterator[BaseException]:
    """The exceptions during whose handling this one came up."""
    seen = {id(error)}
    current = error.__cause__ or error.__context__
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _message(error: BaseException, fault: Fault) -> str:
    if isinstance(error, StudentError):
        return "\n".join(filter(None, (error.message, error.trace)))
    text = _text(error)
    if fault is Fault.CHECK:
        return _SELF_EVIDENT.sub("", text) or "A check of this test does not hold."
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _text(error: BaseException) -> str:
    try:
        return str(error)[:_MESSAGE]
    except Exception:  # noqa: BLE001 - `__str__` of an author's exception may fail; its name is then all there is
        return ""


def _trace(error: BaseException, file: Path) -> str:
    lines = [
        f"  line {frame.lineno} of {Path(frame.filename).name}, in {frame.name}: {frame.line}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).parent == file.parent
    ]
    return "\n".join([*lines, f"{type(error).__name__}: {_text(error)}"])[:_TRACE]
