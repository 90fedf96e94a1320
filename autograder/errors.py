"""Everything that can go wrong, in one tree.

AutograderError
├── AuthorError          a question file, an assignment or a command line is wrong: the author mends it
├── Unreadable           a student's text cannot be read: offset, cause, repair
├── Undecided            the text was read, but equality could not be decided: a person looks, it costs nothing
├── SubmissionError      a submission as a whole cannot be taken in (no such folder, a bomb of an archive)
└── GraderBug            ours: the student sees an apology and a code, the instructor the traceback
"""

from __future__ import annotations


class AutograderError(Exception):
    """The root of every error that this package raises on purpose."""


class AuthorError(AutograderError):
    """A question, an assignment or a command line is wrong; the message says where and what to write instead."""


class SubmissionError(AutograderError):
    """A submission as a whole cannot be taken in; the message says what was found and what to hand in instead."""


class GraderBug(AutograderError):
    """Our own fault: never counted against a student."""


class Undecided(AutograderError):
    """The formula was read, but equality could not be decided within the budget: never the same as wrong."""


class Unreadable(AutograderError):
    """A student's text cannot be read.

    Args:
        cause: what is wrong, one clause without a full stop ("the bracket is never closed").
        text: the student's original text.
        start: offset of the first character concerned, in `text`.
        end: offset behind the last character concerned.
        repair: what to type instead, one sentence, or "" where none is known.
    """

    def __init__(self, cause: str, *, text: str = "", start: int = 0, end: int | None = None, repair: str = "") -> None:
        self.cause = cause
        self.text = text
        self.start = max(0, min(start, len(text)))
        self.end = max(self.start, min(len(text), self.start + 1 if end is None else end))
        self.repair = repair
        super().__init__(cause)

    @property
    def found(self) -> str:
        """The piece of the original text that the error points at."""
        return self.text[self.start : self.end]

    def __str__(self) -> str:
        return f"{self.cause}. {self.repair}".rstrip() if self.repair else f"{self.cause}."
