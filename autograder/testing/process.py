"""The process of an author's tests: forked, stripped of what it does not need, and left by `os._exit` whatever happens."""

from __future__ import annotations

import ast
import os
import resource
import signal
import socket
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from autograder.errors import AuthorError
from autograder.sandbox import linux
from autograder.testing.announce import Stage
from autograder.testing.blame import trouble
from autograder.testing.link import Link
from autograder.testing.outcomes import Answered
from autograder.testing.recorder import Printed
from autograder.testing.reports import Found, Ran, Trouble, to_wire, trouble_to_wire
from autograder.testing.stand_ins import stand_in
from autograder.testing.student import calls

_DESCRIPTORS = 1 << 16
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]


def start(file: Path, files: Sequence[str], seed: int) -> tuple[int, Link]:
    """Fork the process that runs an author's file, and return its id and the link to it.

    Args:
        file: the author's tests.
        files: names of the files that were handed in.
        seed: seeds what the tests draw.
    """
    ours, theirs = socket.socketpair()
    with warnings.catch_warnings():
        # Python warns of threads; the child touches none of their locks before it starts anew with the author's file.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        ours.close()
        _live(file, tuple(files), seed, Link(theirs))
    theirs.close()
    return child, Link(ours)


def _live(file: Path, files: tuple[str, ...], seed: int, link: Link) -> NoReturn:
    """The child's whole life."""
    try:
        printed = Printed()
        _settle(file, printed, link)
        teller = _Teller(link)
        calls.caller = _OverLink(link, files)
        stand_in(files)
        try:
            _run(file, Stage(teller, file, printed, seed))
            teller.send("done", None)
        except BaseException as error:  # noqa: BLE001 - border two: an author's file may raise anything, SystemExit too
            teller.send("broken", trouble_to_wire(trouble(error, calls, file, shared=True)))
    finally:
        os._exit(0)


def _run(file: Path, stage: Stage) -> None:
    if needs_pytest(file):
        try:
            from autograder.testing.by_pytest import run
        except ModuleNotFoundError as error:
            raise AuthorError(
                f"{file.name} is written for pytest, which is not installed here. Add pytest to requirements.lock, or "
                "write the tests as classes of unittest.TestCase."
            ) from error
    else:
        from autograder.testing.by_unittest import run
    run(file, stage)


def needs_pytest(file: Path) -> bool:
    """Whether a file of tests is written for pytest: it imports it, or has tests outside of classes with a base.

    Raises:
        AuthorError: the file cannot be read as Python.
    """
    try:
        body = ast.parse(file.read_bytes(), filename=str(file)).body
    except (OSError, SyntaxError, ValueError) as error:
        raise AuthorError(f"the tests {file} cannot be read: {error}") from error
    return any(_is_of_pytest(statement) for statement in body)


def _is_of_pytest(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import(names=names):
            return any(name.name.partition(".")[0] == "pytest" for name in names)
        case ast.ImportFrom(module=str(module)):
            return module.partition(".")[0] == "pytest"
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name.startswith("test")
        case ast.ClassDef(name=name, bases=[]):
            return name.startswith("Test")
        case _:
            return False


def _settle(file: Path, printed: Printed, link: Link) -> None:
    """Give the child signals, descriptors, output, a folder and an import path of its own; it ends when the grader ends."""
    if linux.is_linux():
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGXCPU, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    # The sandbox belongs to the grader alone: its fork server must see the grader's end, and take orders from nobody else.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    os.closerange(3, link.descriptor)
    os.closerange(link.descriptor + 1, min(most, _DESCRIPTORS) if most != resource.RLIM_INFINITY else _DESCRIPTORS)
    sys.stdout = sys.stderr = printed
    # What a library warns of is neither the student's affair nor the author's; tests of warnings set their own filters.
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    # The grader may have been started in the folder of a submission, or below it: nothing there may be imported.
    here = Path.cwd().resolve()
    sys.path[:] = [str(file.parent), *(path for path in sys.path if _is_trusted(path, here))]
    os.chdir(file.parent)


def _is_trusted(path: str, here: Path) -> bool:
    if not path:
        return False
    resolved = Path(path).resolve()
    return resolved == _PACKAGE_ROOT or resolved != here


class _Teller:
    """Tells the grader every step at once."""

    def __init__(self, link: Link) -> None:
        self.send = link.send

    def found(self, tests: Sequence[Found]) -> None:
        self.send("found", [to_wire(test) for test in tests])

    def started(self, test: str) -> None:
        self.send("started", test)

    def ran(self, ran: Ran) -> None:
        self.send("ran", to_wire(ran))

    def noted(self, why: Trouble) -> None:
        self.send("noted", trouble_to_wire(why))


class _OverLink:
    """Makes calls by asking the grader, which alone speaks with the sandbox."""

    def __init__(self, link: Link, files: tuple[str, ...]) -> None:
        self._link = link
        self.files = files

    def call(self, name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Answered:
        return self._ask("call", {"name": name, "arguments": arguments, "keywords": dict(keywords)})

    def read(self, name: str) -> Answered:
        return self._ask("read", {"name": name})

    def _ask(self, kind: str, value: Any) -> Answered:
        self._link.send(kind, value)
        return Answered(**self._link.receive().value)
