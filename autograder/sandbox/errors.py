"""What can go wrong with the sandbox itself: never a student's fault, never a zero."""

from autograder.errors import GraderBug


class SandboxError(GraderBug):
    """The sandbox could not do its work on this machine; the message says what to look at."""


class TierUnmet(SandboxError):
    """The machine cannot hold student code as strongly as was asked; the message says what is missing."""


class NotEntered(SandboxError):
    """A child did not come as far as reading a student's first byte; another one may."""
