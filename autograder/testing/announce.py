"""What both runners share: tests become `Found` before they run and `Ran` afterwards, and every step is told at once.

A step that was told stays told: when the process of the tests hangs or dies, only the test that ran is in doubt.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from autograder.errors import AuthorError
from autograder.testing.declared import declared, exact
from autograder.testing.recorder import Printed, recorder
from autograder.testing.reports import Ending, Fault, Found, Ran, Trouble
from autograder.testing.student import calls

_WITHOUT_A_WORD = Trouble(
    fault=Fault.AUTHOR, message="the test was interrupted", trace="the test was interrupted: neither passed nor failed"
)

EMPTY = Trouble(
    fault=Fault.UNCLEAR,
    message="an array without entries, which agrees with any other",
    trace="it passed beside an array without entries, which NumPy finds equal to any other; Tests(..., solution=...) tells whether "
    "such an array is right",
)


class Announcer(Protocol):
    """Told what happens, in order."""

    def found(self, tests: Sequence[Found]) -> None:
        """Say which tests there are, before the first one runs."""
        ...

    def started(self, test: str) -> None:
        """Say that a test begins."""
        ...

    def ran(self, ran: Ran) -> None:
        """Say what came of a test."""
        ...

    def noted(self, why: Trouble) -> None:
        """Say something that belongs to no test, such as an error while a class is torn down."""
        ...


class Stage:
    """The test that runs now.

    Args:
        announcer: who is told.
        file: the author's file.
        printed: where the test prints to.
        seed: seeds the random generators that the tests may use, for each test anew.
    """

    def __init__(self, announcer: Announcer, file: Path, printed: Printed, seed: int = 0) -> None:
        self.announcer = announcer
        self.file = file
        self._printed = printed
        self._seed = seed
        self._test: str | None = None
        self._troubles: list[Trouble] = []
        self._ending: Ending | None = None
        self._reason = ""

    def begin(self, test: str) -> None:
        """Set the stage for a test."""
        self._test, self._troubles, self._ending, self._reason = test, [], None, ""
        calls.keep()
        recorder.begin()
        _seed(f"{self._seed} {test}")
        self._printed.take()
        self.announcer.started(test)

    def failed(self, why: Trouble) -> None:
        """Note why the test does not pass; there may be several reasons, one for each subtest."""
        self._troubles.append(why)
        if self._ending is not Ending.EXPECTED_FAILURE:
            self._ending = Ending.FAILED

    def ended(self, ending: Ending, reason: str = "") -> None:
        """Note another ending than passed or failed; a failure that was noted before stays one."""
        if not self._troubles:
            self._ending, self._reason = ending, reason

    def remarked(self, reason: str) -> None:
        """Note a subtest that was skipped: the test itself then passes, unless something else fails."""
        if self._ending is None:
            self._ending = Ending.PASSED
        self._reason = "\n".join(filter(None, (self._reason, reason)))

    def end(self) -> None:
        """Tell what came of the test."""
        if self._test is None:
            return
        if calls.not_run and not self._troubles:  # swallowed by the test, which then judged nothing
            self.failed(Trouble(fault=Fault.NOT_RUN, message=calls.not_run))
        if calls.empty and self._ending is Ending.PASSED and not self._troubles:
            self.failed(EMPTY)
        if self._ending is None:  # a runner that is interrupted ends a test without a word
            self.failed(_WITHOUT_A_WORD)
        assert self._ending is not None
        value = recorder.values[-1] if recorder.values else None
        self.announcer.ran(
            Ran(
                id=self._test,
                ending=self._ending,
                troubles=tuple(self._troubles),
                reason=self._reason,
                printed=self._printed.take(),
                score=_as_text(recorder.scores[-1]) if recorder.scores else None,
                value=_for_the_board(value),
                set_value=bool(recorder.values),
            )
        )
        self._test = None
        calls.begin()

    def tell(self, test: str, ending: Ending, *, why: Trouble | None = None, reason: str = "") -> None:
        """Tell of a test that never ran, because a fixture of its class or module failed or skipped it."""
        self.begin(test)
        if why is not None:
            self.failed(why)
        else:
            self.ended(ending, reason)
        self.end()


def found(test: str, name: str, function: Any) -> Found:
    """A collected test with its declarations; what is wrong with them is noted, not raised."""
    try:
        facts = declared(function)
    except AuthorError as error:
        return Found(id=test, name=name, problem=str(error))
    return Found(
        id=test,
        name=name,
        weight=None if facts.weight is None else str(facts.weight),
        number=facts.number,
        visibility=str(facts.visibility),
        tags=facts.tags,
        partial=facts.partial,
        hide_errors=facts.hide_errors,
        column=facts.column,
        order=facts.order,
    )


def _seed(text: str) -> None:
    """Seed every generator that is loaded: a regrade draws the same inputs, whichever tests ran before."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
    random.seed(number)
    if (numpy := sys.modules.get("numpy")) is not None:
        numpy.random.seed(number)
    if (torch := sys.modules.get("torch")) is not None:
        torch.manual_seed(number)


def _as_text(score: Any) -> str:
    plain = exact(score)
    return "" if plain is None else str(plain)


def _for_the_board(value: Any) -> float | str | None:
    if isinstance(value, str):
        return str(value)
    plain = exact(value)
    return None if plain is None else float(plain)
