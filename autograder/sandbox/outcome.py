"""What came of one call into student code: exactly one of these, each with a sentence that a student can act on.

Outcome
├── Returned      a value came back
├── Raised        the student's code raised
├── Missing       there is no such function, or the file could not be imported
├── Refused       the answer cannot be taken: an unsupported type, or too large
├── TimedOut      the limit on time was reached
├── OutOfMemory   the limit on memory was reached
├── TooMuchOutput the limit on printed text was reached
├── Crashed       the process died of a signal
├── Exited        the process left by itself
├── NoAnswer      the process broke the protocol
└── NotRun        an earlier call ended the process, or the submission's deadline was reached
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from signal import SIGKILL, Signals

from autograder.sandbox.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a call cost, measured outside the sandbox.

    Args:
        wall: seconds on the grader's clock.
        cpu: seconds of processor time, None where the system does not tell.
    """

    wall: float = 0.0
    cpu: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One line of a traceback that lies in the student's files; `code` is "" where the line does not exist."""

    file: str
    line: int
    function: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What all outcomes share; made only as one of its subclasses.

    Args:
        during: what was going on, as a student would say it: "`ridge`" or "the import of answers.py".
        stdout: what was printed, already safe to show.
        stderr: what was written to stderr, warnings included, already safe to show.
    """

    during: str
    stdout: str = ""
    stderr: str = ""
    usage: Usage = Usage()

    @property
    def message(self) -> str:
        """One sentence for the student."""
        return self._sentence()

    def _sentence(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Outcome):
    """A value came back.

    Args:
        value: as it was sent; texts inside it are not yet safe to show.
        changed_arguments: the arguments that the call changed in place, by position or keyword, as they were afterwards.
    """

    value: Value
    changed_arguments: Mapping[int | str, Value]

    def _sentence(self) -> str:
        return f"{self.during} returned a value."


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised(Outcome):
    """The student's code raised; `kind`, `error` and the names in `traceback` are theirs, made safe to show."""

    kind: str
    error: str
    traceback: tuple[Frame, ...]

    @property
    def what(self) -> str:
        """The name of the exception's class and its text, on one line."""
        return " ".join(f"{self.kind}: {self.error}".split()).rstrip(".:")

    def _sentence(self) -> str:
        said = f"{self.kind}: {self.error}" if self.error else self.kind
        place = f" in line {self.traceback[-1].line} of {self.traceback[-1].file}" if self.traceback else ""
        return f"{self.during} raised {said}{place}.{self.advice}"

    @property
    def advice(self) -> str:
        """What to know about this kind of error here, "" or a sentence that begins with a space."""
        if self.kind in ("PermissionError", "BlockingIOError"):
            return " Graded code cannot start processes, use the network, or write files; threads are fine."
        if self.kind == "RuntimeError" and "new thread" in self.error:
            return " The number of threads is limited while code is graded: use fewer, or none."
        if self.kind == "EOFError":
            return " There is no keyboard while code is graded: remove calls of input()."
        if self.kind == "FileNotFoundError":
            return " Only the data files of the assignment are there while code is graded."
        if self.kind in ("SystemExit", "KeyboardInterrupt", "GeneratorExit"):
            return " A function that is graded must return, not leave the program."
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(Outcome):
    """There is no such function.

    Args:
        name: what was looked for.
        found: the names that the file does define.
        cause: why the file could not be imported, where that is the reason.
    """

    name: str
    found: tuple[str, ...] = ()
    cause: Raised | None = None

    def _sentence(self) -> str:
        if self.cause is not None:
            return f"{self.cause.message} So nothing in the file can be called."
        close = get_close_matches(self.name, self.found, n=1)
        guess = f" Did you mean `{close[0]}`?" if close else ""
        return f"There is no function `{self.name}` in your file.{guess}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Outcome):
    """The answer cannot be taken."""

    reason: str

    def _sentence(self) -> str:
        return f"The answer of {self.during} cannot be read: {self.reason}."


class Clock(Enum):
    """Which limit on time was reached."""

    WALL = "time"
    CPU = "processor time"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedOut(Outcome):
    """The limit on time was reached."""

    seconds: float
    clock: Clock

    def _sentence(self) -> str:
        return (
            f"{self.during} was stopped after {self.seconds:g} seconds of {self.clock.value}: look for a loop that "
            "never ends, or for work that grows too fast with the size of the input."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfMemory(Outcome):
    """The limit on memory was reached."""

    limit: int

    def _sentence(self) -> str:
        return (
            f"{self.during} needed more than the {self.limit // 2**20:,} MiB of memory allowed: look for an array "
            "that is larger than you meant, such as (n, n) where (n,) would do."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMuchOutput(Outcome):
    """The limit on printed text was reached."""

    limit: int

    def _sentence(self) -> str:
        return f"{self.during} was stopped after it printed {self.limit:,} bytes: remove the prints inside loops."


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed(Outcome):
    """The process died of a signal."""

    signal: int

    def _sentence(self) -> str:
        try:
            name = Signals(self.signal).name
        except ValueError:
            name = f"signal {self.signal}"
        if self.signal == SIGKILL:
            return f"{self.during} was killed by the system, most often because the machine's memory was used up."
        return (
            f"{self.during} ended the whole Python process with {name}: most often a recursion without end or a fault "
            "inside a library."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exited(Outcome):
    """The process left by itself."""

    status: int

    def _sentence(self) -> str:
        return (
            f"{self.during} left the Python process (status {self.status}) and gave no answer: remove os._exit and the "
            "like."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer(Outcome):
    """The process broke the protocol."""

    reason: str

    def _sentence(self) -> str:
        return f"{self.during} gave no answer that can be read: {self.reason}."


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRun(Outcome):
    """The call was not made, which says nothing about the student's answer."""

    reason: str

    def _sentence(self) -> str:
        return f"{self.during} was not run: {self.reason}."
