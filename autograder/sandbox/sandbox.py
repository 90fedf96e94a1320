"""The face of the sandbox: start it, run programs in it, ask how strongly it holds.

What needs NumPy is imported once the fork server is on its way: it takes as long to begin as to be loaded here.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from autograder.sandbox import landlock, seccomp
from autograder.sandbox.config import Config
from autograder.sandbox.errors import NotEntered, SandboxError, TierUnmet
from autograder.sandbox.limits import Limits, Tier
from autograder.sandbox.server import Server
from autograder.sandbox.surroundings import closed_to_children, readable_folders
from autograder.shelf import shelf

if TYPE_CHECKING:
    from autograder.sandbox.canary import Report
    from autograder.sandbox.outcome import Outcome
    from autograder.sandbox.program import Call, Program, Read
    from autograder.sandbox.session import Session

Mechanism = Literal["landlock", "filter"]


class Sandbox:
    """A warm fork server, from which every program gets a fresh, confined process.

    Use as a context manager. Threads may share one: each session is a process of its own.

    Attributes:
        report: what this machine offers, as a canary saw it.
        limits: what a session may use unless it says otherwise.
    """

    report: Report

    def __init__(self, config: Config, limits: Limits, data: Mapping[str, bytes]) -> None:
        self._config = config
        self._data = data
        self._lent = False
        self._server: Server | None = None
        self.limits = limits

    @classmethod
    def start(
        cls,
        libraries: Sequence[str] = (),
        *,
        limits: Limits | None = None,
        require_tier: Tier | None = None,
        data: Mapping[str, bytes] | None = None,
        probes: Mapping[str, Path] | None = None,
        keys: Sequence[Path] = (),
        without: Collection[Mechanism] = (),
    ) -> Self:
        """Start the fork server and let the canary try its attacks.

        Args:
            libraries: modules to load beside NumPy, such as "torch"; each costs time once and memory.
            limits: what a session may use.
            require_tier: refuse to work where student code cannot be held this strongly.
            data: files of the assignment, by plain name, readable in the working directory of student code.
            probes: by name, the file of a trusted module whose `probe(value, namespace)` runs inside the sandbox and
                turns a result that cannot cross, such as a figure, into plain values.
            keys: files and folders that hold keys; where the canary can read one, the tier is 1.
            without: mechanisms to leave out although the machine has them; for tests and comparison.

        Raises:
            TierUnmet: `require_tier` is not reached.
            SandboxError: the fork server does not start.
        """
        sandbox = cls.begin(libraries, limits=limits, data=data, probes=probes, without=without)
        sandbox.prove(require_tier, keys)
        return sandbox

    @classmethod
    def begin(
        cls,
        libraries: Sequence[str] = (),
        *,
        limits: Limits | None = None,
        data: Mapping[str, bytes] | None = None,
        probes: Mapping[str, Path] | None = None,
        ready: Mapping[str, Path] | None = None,
        lasting: bool = False,
        without: Collection[Mechanism] = (),
    ) -> Self:
        """Start the fork server without waiting for its libraries; `prove` must come before any program.

        Args:
            ready: by the name that they have among a program's files, trusted files that many programs are sent with.
            lasting: whether it will be used for many submissions.

        Raises:
            SandboxError: the fork server does not start.
        """
        folder = _working_folder(data or {})
        config = Config(
            libraries=tuple(dict.fromkeys(("numpy", *libraries))),
            readable=tuple(readable_folders(str(folder))),
            mechanisms=tuple(name for name in available_mechanisms() if name not in without),
            closed=tuple(closed_to_children()),
            folder=str(folder),
            probes={name: str(path) for name, path in (probes or {}).items()},
            ready={name: str(path) for name, path in (ready or {}).items()},
            kept=str(shelf("fonts") or ""),
            lasting=lasting,
        )
        sandbox = cls(config, limits or Limits(), data or {})
        try:
            _ = sandbox.server
        except BaseException:
            sandbox.close()
            raise
        return sandbox

    def prove(self, require_tier: Tier | None = None, keys: Sequence[Path] = ()) -> None:
        """Let the canary try its attacks; where that fails, or not enough holds, the sandbox is closed.

        Raises:
            TierUnmet, SandboxError: see `start`.
        """
        from autograder.sandbox.canary import observe

        try:
            self.report = observe(self.session, self._config.mechanisms, keys)
            if require_tier is not None and self.report.tier < require_tier:
                raise TierUnmet(_unmet(require_tier, self.report))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def server(self) -> Server:
        """The fork server, started again if it was lost."""
        if self._server is not None and not self._server.alive:
            self._lose_server()
        if self._server is None:
            if self._lent:  # its owner may be about to clear its folder up
                self._config = _at(_working_folder(self._data), self._config)
            self._server = Server(self._config)
        return self._server

    @property
    def _folder(self) -> Path:
        return Path(self._config.folder)

    @property
    def sound(self) -> bool:
        """Whether its fork server can be asked."""
        return self._server is not None and self._server.sound

    def borrow(self, line: int = 0) -> None:
        """Take a line to it over in a forked child; nobody else asks anything over it until that child has ended."""
        self.server.borrow(line)
        self._lent = True

    @property
    def protected(self) -> frozenset[str]:
        """The module names that files of a submission cannot take over; see `Program.shadowed`."""
        return self.server.protected

    def session(self, program: Program, limits: Limits | None = None, deadline: float | None = None) -> Session:
        """Load a program in a fresh process; use as a context manager and call what is in it.

        What no student can have done is tried once more: a child that ended before it read anything of theirs (a machine
        short of memory kills the newest process first), and a fork server that was killed.

        Args:
            deadline: moment of `time.monotonic()` after which calls are not run, for a whole submission.

        Raises:
            SandboxError: the sandbox itself failed, which is never the student's fault.
        """
        from autograder.sandbox.session import Session

        server = self.server
        try:
            return Session(server, program, limits or self.limits, deadline)
        except SandboxError as error:
            if server.alive and not isinstance(error, NotEntered):
                raise
        return Session(self.server, program, limits or self.limits, deadline)

    def run(
        self,
        program: Program,
        calls: Sequence[Call | Read],
        *,
        limits: Limits | None = None,
        deadline: float | None = None,
    ) -> list[Outcome]:
        """Make a group of calls in one fresh process, in order; a call that ends it leaves the later ones not run."""
        with self.session(program, limits, deadline) as session:
            return [session.call(call) for call in calls]

    def call(
        self, program: Program, call: Call | Read, *, limits: Limits | None = None, deadline: float | None = None
    ) -> Outcome:
        """Make one call in a process of its own, as every hidden check is to be."""
        return self.run(program, [call], limits=limits, deadline=deadline)[0]

    def end(self) -> None:
        """Have the fork server end; `close` waits for that."""
        if self._server is not None:
            self._server.end()

    def close(self) -> bool:
        """End the fork server and everything in it, and tell whether it left by itself; may be called twice."""
        orderly = self._lose_server()
        with contextlib.suppress(FileNotFoundError):  # a server that lost its owner cleared up itself
            self._folder.chmod(0o755)
        shutil.rmtree(self._folder, ignore_errors=True)
        return orderly

    def _lose_server(self) -> bool:
        if self._server is None:
            return True
        server, self._server = self._server, None
        return server.close()


def probe(libraries: Sequence[str] = ()) -> Report:
    """Start a sandbox, let the canary look around, and end it: what `doctor` prints."""
    with Sandbox.start(libraries) as sandbox:
        return sandbox.report


def available_mechanisms() -> tuple[Mechanism, ...]:
    """Return what this kernel claims to offer; the canary shows whether it holds."""
    names: list[Mechanism] = []
    if landlock.version() > 0:
        names.append("landlock")
    if seccomp.supported():
        names.append("filter")
    return tuple(names)


def _working_folder(data: Mapping[str, bytes]) -> Path:
    """Make the folder in which student code wakes up: the assignment's data, readable and not writable."""
    folder = Path(tempfile.mkdtemp(prefix="sandbox-"))
    for name, content in data.items():
        if "/" in name or name in ("", ".", ".."):
            raise ValueError(f"Sandbox.start(data): {name!r} is not a plain file name")
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o444)
    folder.chmod(0o555)
    return folder


def _at(folder: Path, config: Config) -> Config:
    """The same with another working folder."""
    return replace(config, folder=str(folder), readable=tuple(readable_folders(str(folder))))


def _unmet(wanted: Tier, report: Report) -> str:
    failed = ", ".join(sorted(report.succeeded)) or "none of the canary's attacks, but a mechanism is missing"
    user = "root" if os.geteuid() == 0 else "an ordinary user"
    return (
        f"this assignment requires tier {wanted.label} to run student code, and this machine reaches tier "
        f"{report.tier.label} (as {user}; what succeeded: {failed}). Nothing was graded. Run `python -m autograder doctor`, "
        "or lower require_tier if the submissions are trusted."
    )
