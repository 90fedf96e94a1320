"""How much one piece of student code may use, and how strongly a machine can hold it."""

from dataclasses import asdict, dataclass
from enum import IntEnum

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on the student's process; times and output are per call, the rest per process.

    Args:
        wall: seconds on the grader's clock for one call, or for the import of the file.
        cpu: seconds of processor time for the same, so that a slow container is not held against the student.
        memory: bytes that the process may allocate beyond what the libraries already occupy.
        threads: threads that may run at once.
        open_files: file descriptors that may be open at once.
        printed: bytes written to stdout and stderr after which the process is stopped.
        shown: bytes of either stream that are kept, from its beginning and its end.
        reply: bytes that an answer may take.
    """

    wall: float = 20.0
    cpu: float = 10.0
    memory: int = 1024 * MIB
    threads: int = 64
    open_files: int = 64
    printed: int = 8 * MIB
    shown: int = MIB // 16
    reply: int = 64 * MIB

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not 0 < value < float("inf"):
                raise ValueError(f"Limits({name}={value}): a limit is a positive finite number")


class Tier(IntEnum):
    """How strongly student code is held; a larger tier holds more.

    SEPARATE: a process of its own with limits, for code that one trusts.
    UID: another user, system-call filter, limits; files that everybody may read stay readable.
    USER: Landlock, system-call filter, limits, as the same user.
    FULL: another user, Landlock, system-call filter, limits, and everything of that user killed afterwards.
    """

    SEPARATE = 1
    UID = 2
    USER = 3
    FULL = 4

    @property
    def label(self) -> str:
        """The short name used in the documentation: "1", "2u", "2" or "3"."""
        return {Tier.SEPARATE: "1", Tier.UID: "2u", Tier.USER: "2", Tier.FULL: "3"}[self]
