"""What to run inside a sandbox: a student's files, and the calls into them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from autograder.sandbox.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The source files of a submission, and the one whose functions are wanted.

    Args:
        files: relative path to content; helper modules among them can be imported. Any text may stand under any name: the
            code cells of a notebook can be run under the notebook's name, and tracebacks then point there.
        main: the file that is run first; a key of `files`.
        seed: seeds `random`, NumPy and torch before the file is run.
        statements: places of the top-level statements of the main file to run, in this order. One that raises is then left
            out, in the main file and in those that it imports; `Session.skipped` has them. None runs the file as it is.
        first: a module among the files that is imported before the main file, or "".
    """

    files: Mapping[str, bytes]
    main: str
    seed: int = 0
    statements: tuple[int, ...] | None = None
    first: str = ""

    def __post_init__(self) -> None:
        if self.main not in self.files:
            raise ValueError(f"Program(main={self.main!r}): files has no such entry; it has {sorted(self.files)}")

    def shadowed(self, protected: frozenset[str]) -> tuple[str, ...]:
        """Name the files that no import can reach, because a library has the same name.

        Args:
            protected: module names that belong to libraries, as `Sandbox.protected` lists them.
        """
        return tuple(
            name
            for name in sorted(self.files)
            if name.endswith(".py")
            and name != self.main
            and PurePosixPath(name).parts[0].removesuffix(".py") in protected
        )


def shadow_warning(name: str) -> str:
    """Tell a student why a file of theirs is not used.

    >>> shadow_warning("numpy.py")
    'Your file numpy.py bears the name of a library: `import numpy` gives the library, not your file. Rename the file.'
    """
    module = PurePosixPath(name).parts[0].removesuffix(".py")
    return (
        f"Your file {name} bears the name of a library: `import {module}` gives the library, not your file. "
        "Rename the file."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call of a student's function.

    Args:
        name: the function; dots reach into objects, as in "network.forward".
        arguments, keywords: plain values, a `Tensor` for a torch tensor.
        seed: seeds `random`, NumPy and torch before the call.
        keep_as: bind the result to this name in the student's module instead of sending it, for objects that cannot
            cross, such as a network; later calls of the session then reach it.
        probe: the trusted module inside the sandbox that turns the result into plain values.
    """

    name: str
    arguments: tuple[Value, ...] = ()
    keywords: Mapping[str, Value] = field(default_factory=dict)
    seed: int = 0
    keep_as: str | None = None
    probe: str | None = None

    @property
    def during(self) -> str:
        """The call as a student would name it."""
        return f"`{self.name}`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A look at a variable of a student's module."""

    name: str
    probe: str | None = None

    @property
    def during(self) -> str:
        """The look as a student would name it."""
        return f"reading `{self.name}`"


def request(wanted: Call | Read) -> dict[str, Value]:
    """Write a call or a look as the request that the sandbox understands."""
    if isinstance(wanted, Read):
        return {"name": wanted.name, "is_call": False, "keep_as": None, "probe": wanted.probe}
    return {
        "name": wanted.name,
        "is_call": True,
        "arguments": wanted.arguments,
        "keywords": dict(wanted.keywords),
        "seed": wanted.seed,
        "keep_as": wanted.keep_as,
        "probe": wanted.probe,
    }
