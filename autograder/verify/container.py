"""A program run with the share of a processor and the memory of a container, by control groups or, failing these, by hand."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from autograder.build.advice import Container
from autograder.errors import AutograderError
from autograder.processes import family, proportional_memory

PERIOD = 0.1
"""Seconds over which a share of a processor is kept, as the kernel does for containers."""

_ROOT = Path("/sys/fs/cgroup")
_NAME = "autograder-"  # of a group, followed by the number of the process that made it
_JOIN = 'for procs in $1; do echo $$ > "$procs"; done; shift; exec "$@"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a run took.

    Args:
        code: how it ended; negative by a signal.
        elapsed: seconds on the clock, limits included.
        processor: seconds of processor time, of all its processes.
        memory: the most bytes that all its processes had together.
        killed: whether it was ended for want of memory.
        how: by what the limits were kept, for the report.
        kept: whether they were kept at all.
    """

    code: int
    elapsed: float
    processor: float
    memory: int
    killed: bool
    how: str
    kept: bool = True


class Limiter(Protocol):
    """A way to keep the limits of a container."""

    def run(self, command: Sequence[str], size: Container, log: IO[bytes]) -> Spent:
        """Run a command within them; what it prints goes to `log`."""
        ...


class Unavailable(AutograderError):
    """This machine does not let this process make control groups."""


def run_within(command: Sequence[str], size: Container, log: IO[bytes]) -> Spent:
    """Run a command with the processors and memory of a container, as strictly as this machine allows."""
    limiters: list[Limiter] = [ControlGroups(), ByHand()]
    for limiter in limiters[:-1]:
        with suppress(Unavailable):
            return limiter.run(command, size, log)
    return limiters[-1].run(command, size, log)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlGroups:
    """The kernel's own limits, in either version; Docker uses the same."""

    root: Path = _ROOT
    own: str | None = None  # the text of /proc/self/cgroup, where another one is meant

    def run(self, command: Sequence[str], size: Container, log: IO[bytes]) -> Spent:
        """Run a command in groups of its own.

        Raises:
            Unavailable: they cannot be made.
        """
        groups = self._made(size)
        try:
            joins = " ".join(str(group / "cgroup.procs") for group in groups)
            started = time.monotonic()
            process = subprocess.Popen(  # noqa: S603 - our own program
                ["/bin/sh", "-c", _JOIN, "sh", joins, *command], stdout=log, stderr=subprocess.STDOUT
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            memory, killed = _memory_of(groups)
            return Spent(
                code=process.returncode, elapsed=time.monotonic() - started, processor=usage.ru_utime + usage.ru_stime,
                memory=memory or usage.ru_maxrss * 1024, killed=killed, how="control groups, as containers have",
            )  # fmt: skip
        finally:
            for group in groups:
                with suppress(OSError):
                    group.rmdir()

    def _made(self, size: Container) -> list[Path]:
        made: list[Path] = []
        try:
            for folder, limits in self._wanted(size):
                _sweep(folder)
                group = folder / f"{_NAME}{os.getpid()}"
                group.mkdir()
                made.append(group)
                for name, value in limits.items():
                    (group / name).write_text(value, encoding="ascii")
        except OSError as error:
            for group in made:
                with suppress(OSError):
                    group.rmdir()
            raise Unavailable(f"no control groups: {error}") from error
        if not made:
            raise Unavailable("no control groups: there is no controller for processors and memory")
        return made

    def _wanted(self, size: Container) -> Iterator[tuple[Path, dict[str, str]]]:
        """Folders in which a group is to be made, each with its limits."""
        period = round(PERIOD * 1e6)
        quota, memory = str(round(size.processors * period)), str(size.memory)
        places = self._places()
        if {"cpu", "memory"} <= places.keys():
            yield places["cpu"], {"cpu.cfs_period_us": str(period), "cpu.cfs_quota_us": quota}
            yield places["memory"], {"memory.limit_in_bytes": memory}
        elif "" in places:
            yield places[""], {"cpu.max": f"{quota} {period}", "memory.max": memory}

    def _places(self) -> dict[str, Path]:
        """The folder of this process's group by controller; "" is the single one of version 2."""
        text = self.own
        if text is None:
            with suppress(OSError):
                text = Path("/proc/self/cgroup").read_text(encoding="ascii")
        found: dict[str, Path] = {}
        for line in (text or "").splitlines():
            _, controllers, path = line.split(":", 2)
            for controller in controllers.split(","):
                place = self.root / controllers / path.lstrip("/") if controller else self.root / path.lstrip("/")
                if place.is_dir():
                    found[controller] = place
        return found


def _sweep(folder: Path) -> None:
    """Take away the groups of runs that were stopped before they could; the kernel keeps those with processes in them."""
    for group in folder.glob(f"{_NAME}*"):
        if not Path("/proc", group.name.removeprefix(_NAME)).exists():
            with suppress(OSError):
                group.rmdir()


def _memory_of(groups: Sequence[Path]) -> tuple[int, bool]:
    """The most memory that was in use, and whether the kernel ended a process for want of it."""
    peak, killed = 0, False
    for group in groups:
        for name in ("memory.max_usage_in_bytes", "memory.peak"):
            with suppress(OSError, ValueError):
                peak = int((group / name).read_text(encoding="ascii"))
        for name in ("memory.oom_control", "memory.events"):
            with suppress(OSError):
                words = (group / name).read_text(encoding="ascii").split()
                killed |= "oom_kill" in words and words[words.index("oom_kill") + 1] != "0"
    return peak, killed


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """One core, all processes stopped for part of every period, and their memory added up while they stand still."""

    def run(self, command: Sequence[str], size: Container, log: IO[bytes]) -> Spent:
        """Run a command; where processes cannot be watched, only its cost is measured."""
        watched = sys.platform == "linux"
        pin = shutil.which("taskset") if watched else None
        one = str(min(os.sched_getaffinity(0))) if watched else ""
        started = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 - our own program
            [*([pin, "-c", one] if pin else []), *command], stdout=log, stderr=subprocess.STDOUT
        )
        peak, killed = 0, False
        stopped = PERIOD * max(0.0, 1 - size.processors)
        while watched and not _has_ended(process.pid):
            members = family(process.pid)
            _send(members, signal.SIGSTOP)
            peak = max(peak, sum(map(proportional_memory, members)))
            if peak > size.memory:
                killed = True
                _send(members, signal.SIGKILL)
            time.sleep(stopped)
            _send(members, signal.SIGCONT)
            time.sleep(PERIOD - stopped)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return Spent(
            code=process.returncode, elapsed=time.monotonic() - started, processor=usage.ru_utime + usage.ru_stime,
            memory=peak or usage.ru_maxrss * 1024, killed=killed,
            how="one core and pauses, since control groups are not writable" if watched else "nothing on this system",
            kept=watched,
        )  # fmt: skip


def _has_ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _send(members: Sequence[int], number: signal.Signals) -> None:
    for pid in members:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
