"""Running a pytest module: pytest without plugins, without any conftest, on the author's one file."""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AuthorError
from autograder.testing.announce import Stage, found
from autograder.testing.blame import trouble
from autograder.testing.recorder import set_leaderboard_value, set_score
from autograder.testing.reports import Ending, Found, Trouble
from autograder.testing.student import Student, calls, student

_CHECKS = (AssertionError, pytest.fail.Exception, pytest.xfail.Exception)


def run(file: Path, stage: Stage) -> None:
    """Collect the author's file and run every test in it.

    Raises:
        BaseException: what the file raises while it is collected.
        AuthorError: pytest cannot work with it.
    """
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    options = ["-s", "--noconftest", "--import-mode=importlib", "-c", os.devnull, f"--rootdir={file.parent}"]
    for plugin in (
        "cacheprovider",
        "doctest",
        "faulthandler",
        "junitxml",
        "pastebin",
        "stepwise",
        "threadexception",
        "unraisableexception",
    ):
        options += ["-p", f"no:{plugin}"]
    teller = _Plugin(stage)
    code = pytest.main([*options, str(file)], plugins=[teller])
    if teller.broken is not None:
        raise teller.broken
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise AuthorError(f"pytest ended with {pytest.ExitCode(code).name}; run it on {file.name} to see why.")


class _Plugin:
    """Told by pytest what happens; tells the stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._why: Trouble | None = None  # of the report that pytest is about to make
        self._declared_skip = False
        self.broken: BaseException | None = None

    @pytest.fixture
    def student(self) -> Student:
        """The student's functions, in the sandbox."""
        return student

    @pytest.fixture
    def set_score(self) -> Any:
        """What a test with @partial_credit calls."""
        return set_score

    @pytest.fixture
    def set_leaderboard_value(self) -> Any:
        """What a test with @leaderboard calls."""
        return set_leaderboard_value

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Take away pytest's own report: what it prints would count as printed by the tests."""
        config.pluginmanager.unregister(name="terminalreporter")

    def pytest_exception_interact(
        self, call: pytest.CallInfo[Any], report: pytest.CollectReport | pytest.TestReport
    ) -> None:
        """Keep what the file raised while it was collected."""
        if isinstance(report, pytest.CollectReport) and call.excinfo is not None:
            self.broken = self.broken or call.excinfo.value

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Say which tests there are."""
        if self.broken is None:
            self._stage.announcer.found([_found(item) for item in session.items])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Set the stage."""
        self._stage.begin(nodeid)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Tell what came of the test."""
        del nodeid
        self._stage.end()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note what an exception says before pytest turns it into text."""
        del item
        report = yield
        if report.when == "setup":
            calls.keep()  # a fixture of a class or a module may have asked the student for all tests to come
        error = None if call.excinfo is None else call.excinfo.value
        place = "" if report.when == "call" else str(report.when)
        self._why = None
        if error is not None:
            self._why = trouble(
                error, calls, self._stage.file, checks=_CHECKS, place=place, shared=report.when == "setup"
            )
        # A mark skips whatever was handed in; a call of pytest.skip may depend on it.
        self._declared_skip = bool(getattr(error, "_use_item_location", False))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what came of one phase, or of one subtest."""
        place = _subtest(report)
        if hasattr(report, "wasxfail"):
            self._expected(str(report.wasxfail), failed=report.skipped)
        elif report.failed and self._why is None:  # a strict xfail that passed
            self._stage.ended(Ending.UNEXPECTED_SUCCESS, report.longreprtext)
        elif report.failed and self._why is not None:
            self._stage.failed(replace(self._why, place=place or self._why.place))
        elif report.skipped and place:
            self._stage.remarked(f"{place} was skipped: {_reason(report)}")
        elif report.skipped:
            self._stage.ended(Ending.LEFT_OUT if self._declared_skip else Ending.SKIPPED, _reason(report))
        elif report.when == "call" and not place:
            self._stage.ended(Ending.PASSED)

    def _expected(self, reason: str, *, failed: bool) -> None:
        """Note an expected failure that came, or that did not and need not have."""
        self._stage.ended(Ending.EXPECTED_FAILURE if failed else Ending.PASSED, reason)
        if failed and self._why is not None:
            self._stage.failed(self._why)


def _found(item: pytest.Item) -> Found:
    function = getattr(item, "obj", None)
    first, _, _ = (getattr(function, "__doc__", None) or "").strip().partition("\n")
    bracket = item.name.find("[")
    cases = item.name[bracket:] if bracket >= 0 else ""
    return found(item.nodeid, f"{first} {cases}".strip() if first else item.name, function)


def _subtest(report: pytest.TestReport) -> str:
    """What a report of a subtest says of it ("i=3"), or ""."""
    context = getattr(report, "context", None)
    if context is None:
        return ""
    cases = ", ".join(f"{name}={value}" for name, value in context.kwargs.items())
    return " ".join(filter(None, (context.msg, cases))) or "a subtest"


def _reason(report: pytest.TestReport) -> str:
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
    return str(said).removeprefix("Skipped: ")
