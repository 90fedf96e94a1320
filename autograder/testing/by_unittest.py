"""Running a unittest module: every test ends in exactly one report, whatever its fixtures do."""

from __future__ import annotations

import importlib.util
import sys
import unittest
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from autograder.testing.announce import Stage, found
from autograder.testing.blame import trouble
from autograder.testing.reports import Ending, Found, Trouble
from autograder.testing.student import calls, student

Info = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
_CLASS, _MODULE = "setUpClass (", "setUpModule ("


def run(file: Path, stage: Stage) -> None:
    """Load the author's file and run every test in it.

    Raises:
        BaseException: whatever the file raises while it is loaded.
    """
    module = _load(file)
    suite = unittest.TestLoader().loadTestsFromModule(module)
    tests = list(_flat(suite))
    for test in tests:
        if not hasattr(type(test), "student"):
            type(test).student = student  # type: ignore[attr-defined]  # what the tests call
    stage.announcer.found([_found(test) for test in tests])
    suite.run(_Result(stage, tests))


def _load(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module  # unittest looks a module up by its name to find setUpModule
    spec.loader.exec_module(module)
    return module


def _flat(suite: unittest.TestSuite) -> Iterator[unittest.TestCase]:
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from _flat(test)
        else:
            yield test


def _found(test: unittest.TestCase) -> Found:
    name = test.shortDescription() or f"{_method(test)} ({type(test).__name__})"
    return found(test.id(), name, _function(test))


def _is_left_out(test: unittest.TestCase) -> bool:
    """Whether a decorator skips the test, whatever was handed in."""
    return any(getattr(holder, "__unittest_skip__", False) for holder in (type(test), _function(test)))


def _method(test: unittest.TestCase) -> str:
    return str(getattr(test, "_testMethodName", test.id()))


def _function(test: unittest.TestCase) -> Any:
    return getattr(test, _method(test), None)


class _Result(unittest.TestResult):
    """Told by unittest what happens; tells the stage, and what unittest itself leaves out."""

    def __init__(self, stage: Stage, tests: list[unittest.TestCase]) -> None:
        super().__init__()
        self._stage = stage
        self._tests = tests
        self._started: set[str] = set()

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self._started.add(test.id())
        self._stage.begin(test.id())

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        self._stage.end()

    def addSuccess(self, test: unittest.TestCase) -> None:
        del test  # the stage knows which one runs
        self._stage.ended(Ending.PASSED)

    def addError(self, test: unittest.TestCase, err: Info) -> None:
        if _is_test(test):
            self._stage.failed(self._trouble(err))
            return
        why = self._trouble(err, place=test.id().partition(" ")[0], shared=True)
        untold = self._without_their_fixture(test.id())
        for never_ran in untold:
            self._started.add(never_ran.id())
            self._stage.tell(never_ran.id(), Ending.FAILED, why=why)
        if not untold:
            self._stage.announcer.noted(why)

    def addFailure(self, test: unittest.TestCase, err: Info) -> None:
        del test
        self._stage.failed(self._trouble(err))

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Info | None) -> None:
        del test
        if err is not None:
            self._stage.failed(self._trouble(err, place=_described(subtest)))

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        if _is_subtest(test):
            self._stage.remarked(f"{_described(test)} was skipped: {reason}")
        elif test.id() in self._started:
            self._stage.ended(Ending.LEFT_OUT if _is_left_out(test) else Ending.SKIPPED, str(reason))
        else:
            for never_ran in [test] if _is_test(test) else self._without_their_fixture(test.id()):
                self._started.add(never_ran.id())
                self._stage.tell(never_ran.id(), Ending.SKIPPED, reason=str(reason))

    def addExpectedFailure(self, test: unittest.TestCase, err: Info) -> None:
        del test
        self._stage.ended(Ending.EXPECTED_FAILURE)
        self._stage.failed(self._trouble(err))

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        del test
        self._stage.ended(Ending.UNEXPECTED_SUCCESS)

    def _without_their_fixture(self, place: str) -> list[unittest.TestCase]:
        """The tests that never run because the fixture of their class or module failed."""
        name = place.partition("(")[2].rstrip(")")
        if not place.startswith((_CLASS, _MODULE)):
            return []
        of_class = place.startswith(_CLASS)
        return [
            test
            for test in self._tests
            if test.id() not in self._started
            and (f"{type(test).__module__}.{type(test).__qualname__}" if of_class else type(test).__module__) == name
        ]

    def _trouble(self, err: Info, *, place: str = "", shared: bool = False) -> Trouble:
        error = err[1]
        assert error is not None
        return trouble(error, calls, self._stage.file, place=place, shared=shared)


def _is_test(test: object) -> bool:
    """Whether this is a test, and not what unittest puts in the place of a failed fixture."""
    return isinstance(test, unittest.TestCase)


def _is_subtest(test: object) -> bool:
    return hasattr(test, "test_case")


def _described(subtest: unittest.TestCase) -> str:
    """A subtest by its parameters: "i=3"."""
    return str(getattr(subtest, "_subDescription", subtest.id)()).strip("()")
