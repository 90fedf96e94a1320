"""How a student's file is loaded for one of its functions: as far as it comes.

A file is run as it is. Where a statement of it raises (its own tests, a plot, data that are not there), it is run statement
by statement without those that raise; where it does not come to its end (a training loop, a flood of text, an exit), only
what the function needs is run, taken by names. A notebook begins with the last of these. Nothing is run in the grader.
"""

from __future__ import annotations

import ast
import time
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import notebooks
from autograder.report.plain import clean_line
from autograder.sandbox import Frame, Limits, Missing, NotRun, Outcome, OutOfMemory, Program, Raised, Sandbox, Session
from autograder.submission.dependencies import Outline
from autograder.submission.installed import HARMLESS, imported_by
from autograder.submission.statements import parse

if TYPE_CHECKING:
    from autograder.submission.program import Located, Source

STAND_INS = "grader_stand_ins"
"""The package of stand-ins among a program's files."""
_STAGE = Path(notebooks.__file__).parent / "stage"
_SHOWN = 3


class Way(Enum):
    """How much of a file is run, the most first."""

    WHOLE = auto()
    EACH = auto()
    NEEDED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How a file is loaded, as far as is known.

    Args:
        way: what is tried next, or has worked.
        cause: why it is not loaded as a whole, or None.
    """

    way: Way
    cause: Outcome | None = None


class NotLoaded(Exception):  # a verdict on a file, not a fault of the program
    """The file could not be loaded in any way, or does not hold the function."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.message)
        self.outcome = outcome


@dataclass(slots=True, kw_only=True)
class Loading:
    """Loads the file of a function as often as is asked.

    Args:
        located: the function and its file.
        sandbox: where it is loaded.
        limits: what it may use.
        deadline: moment of `time.monotonic()` after which nothing is run, or None.
        known: by its text, how a file is loaded: the functions of one file need not find out again.
        appended: trusted text to run behind the file.
        spent: seconds that all loading took.
        skipped: what the statements raised that were left out.
    """

    located: Located
    sandbox: Sandbox
    limits: Limits
    deadline: float | None
    known: dict[str, Attempt]
    appended: str = ""
    spent: float = 0.0
    skipped: tuple[Raised, ...] = field(default=())

    def session(self) -> Session:
        """A process that holds the file; where the submission's time is over, `loading` of it is a `NotRun`.

        Raises:
            NotLoaded: no way leads to its end.
        """
        source = self.located.source
        attempt = self.known.get(source.text) or Attempt(way=first_way(source))
        while True:
            session = self._loaded(attempt.way)
            if session.loading is None:
                self.known[source.text] = attempt
                self.skipped = session.skipped
                return session
            session.close()
            if isinstance(session.loading, NotRun):
                return session
            further = _next_way(attempt.way, session.loading, source)
            if further is None:
                raise NotLoaded(session.loading)
            attempt = self.known[source.text] = Attempt(way=further, cause=attempt.cause or session.loading)

    def missing(self, outcome: Missing) -> NotLoaded:
        """Why the function is not there after loading: what its own statement raised, else what the first one did."""
        first = self.located.definition.line
        own = (raised for raised in self.skipped if raised.traceback and raised.traceback[0].line >= first)
        cause = next(own, self.skipped[0] if self.skipped else None)
        return NotLoaded(
            Missing(during=outcome.during, name=outcome.name, found=outcome.found, cause=outcome.cause or cause)
        )

    def remarks(self) -> list[str]:
        """What the student should know of how the file was loaded, in whole sentences."""
        source = self.located.source
        attempt = self.known.get(source.text)
        found = said_of_skipped(self.skipped, source)
        if attempt is None or attempt.way is not Way.NEEDED or attempt.cause is None:
            return found
        return [f"Of {source.shown} only what {self.located.name} needs was run, since {_said(attempt.cause)}", *found]

    def program(self) -> Program:
        """What is run, in the way that is known to lead to the file's end."""
        source = self.located.source
        return self._program((self.known.get(source.text) or Attempt(way=first_way(source))).way)

    def _loaded(self, way: Way) -> Session:
        begun = time.monotonic()
        session = self.sandbox.session(self._program(way), self.limits, self.deadline)
        self.spent += time.monotonic() - begun
        return session

    def _program(self, way: Way) -> Program:
        source = self.located.source
        text = f"{source.text}\n\n\n{self.appended}"
        libraries = stand_ins(self.located.libraries)
        return Program(
            files={**self.located.files, source.name: text.encode(), **libraries},
            main=source.name,
            statements=_statements(source.text, self.located.name, way, self.appended),
            first=STAND_INS if libraries else "",
        )


def stand_ins(libraries: tuple[str, ...]) -> dict[str, bytes]:
    """The files that let a program import libraries that are not installed; none where all are."""
    if not libraries:
        return {}
    files = {
        f"{STAND_INS}/{name}": (_STAGE / name).read_bytes()
        for name in ("charts.py", "doubles.py", "linear_algebra.py", "stand_ins.py")
    }
    first = f"from .stand_ins import install\n\ninstall({libraries!r}, {{}})\n"
    return {**files, f"{STAND_INS}/__init__.py": first.encode()}


def lacking(located: Located) -> tuple[str, ...]:
    """Libraries that are not installed, that a function may need, and whose stand-ins do not do all that they do."""
    missing = [library for library in located.libraries if library not in HARMLESS]
    if not missing:
        return ()
    source = located.source
    places = _statements(source.text, located.name, Way.NEEDED, "") or ()
    body = parse(source.text).body or ()
    wanted = {module for place in places for module in imported_by(body[place])}
    uses_helpers = any(name.rpartition("/")[2].removesuffix(".py") in wanted for name in located.files)
    return tuple(one for one in missing if one in wanted or (uses_helpers and one not in source.absent))


def first_way(source: Source) -> Way:
    """A notebook is never run from top to bottom; a file with a missing library would not come to its end."""
    if source.is_notebook:
        return Way.NEEDED
    return Way.EACH if source.absent else Way.WHOLE


def _next_way(way: Way, outcome: Outcome, source: Source) -> Way | None:
    if way is Way.NEEDED or parse(source.text).body is None:
        return None
    raised = isinstance(outcome, Missing | OutOfMemory)
    return Way.EACH if way is Way.WHOLE and raised else Way.NEEDED


def said_of_skipped(skipped: tuple[Raised, ...], source: Source) -> list[str]:
    """Sentences on the statements of a file that were left out, but for missing libraries, of which is told elsewhere."""
    found: list[str] = []
    told = [raised for raised in skipped if not _is_known_to_be_absent(raised, source)]
    for raised in told[:_SHOWN]:
        first = raised.traceback[0] if raised.traceback else None
        where = source.shown
        if first is not None:
            where = source.place(first.line) if first.file == clean_line(source.name, 100) else _place(first)
        code = f" ({first.code})" if first is not None and first.code else ""
        found.append(f"{where} was left out, since it raises {raised.what}{code}.{raised.advice}")
    if len(told) > _SHOWN:
        found.append(f"{source.shown}: {len(told) - _SHOWN} further statements that raise were left out.")
    return found


def _place(frame: Frame) -> str:
    return f"{frame.file}, line {frame.line}"


def every_statement(source: Source) -> tuple[int, ...] | None:
    """The places of all statements, of a notebook those that only define; None where the text does not parse."""
    body = parse(source.text).body
    if body is None or not source.is_notebook:
        return None if body is None else tuple(range(len(body)))
    kept = {id(statement.node) for statement in Outline(body).whole().statements}
    return tuple(place for place, node in enumerate(body) if id(node) in kept)


@lru_cache(maxsize=8)
def _statements(text: str, name: str, way: Way, appended: str) -> tuple[int, ...] | None:
    """The places of the statements to run, those of the appended text behind them; None for all as it stands."""
    if way is Way.WHOLE:
        return None
    body = parse(text).body
    if body is None:
        return None
    behind = range(len(body), len(body) + len(ast.parse(appended).body))
    if way is Way.EACH:
        return (*range(len(body)), *behind)
    places = {id(node): place for place, node in enumerate(body)}
    outline = Outline(body)
    found = outline.needed([name])
    needed = list(found.statements)
    if name in found.left_out:  # the function itself is wanted even where it stands in a block with other things
        block = found.left_out[name]
        needed = [*outline.needed(block.needs).statements, block]
    return (*(places[id(statement.node)] for statement in needed), *behind)


def _is_known_to_be_absent(raised: Raised, source: Source) -> bool:
    return raised.kind == "ModuleNotFoundError" and any(f"'{module}" in raised.error for module in source.absent)


def _said(outcome: Outcome) -> str:
    """Why a file could not be loaded as a whole, on one line."""
    cause = outcome.cause if isinstance(outcome, Missing) and outcome.cause is not None else outcome
    return " ".join(cause.message.split())[:400]
