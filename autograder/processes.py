"""What a process may use, and what it and all that it started do use, as the kernel of Linux tells; 0 where it tells nothing."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import floor
from pathlib import Path

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables that say in how many threads NumPy computes."""

LINES = 2
"""How many processes can ask one fork server, each over a line of its own."""

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all that it started, the oldest first."""
    parents: dict[int, list[int]] = {}
    if _PROC.is_dir():
        for place in _PROC.iterdir():
            if place.name.isdigit():
                with suppress(OSError, ValueError, IndexError):
                    parents.setdefault(int(_fields(int(place.name))[1]), []).append(int(place.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def proportional_memory(pid: int) -> int:
    """Bytes of a process, shared pages divided among those that share them; 0 where it has just ended."""
    with suppress(OSError, ValueError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def processor_seconds(pid: int) -> float:
    """Processor time of a process and of those of its children that have ended and been waited for."""
    if pid == os.getpid():
        used = os.times()
        return time.process_time() + used.children_user + used.children_system
    with suppress(OSError, ValueError, IndexError):
        return sum(int(field) for field in _fields(pid)[11:15]) / _TICK
    return 0.0


def seconds_since_start() -> float:
    """How long this process has been running."""
    with suppress(OSError, ValueError, IndexError, AttributeError):
        started = int(_fields(os.getpid())[19]) / _TICK
        return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - started)
    return time.process_time()


def _fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name, which may hold blanks and brackets; the first is the state."""
    text = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    return text.rpartition(")")[2].split()


def cores() -> float:
    """Processors that this process may use; a container's share may be a fraction."""
    found = float(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    quota, _, period = control_group("cpu.max").partition(" ")
    return min(found, int(quota) / int(period)) if quota.isdigit() and period.isdigit() else found


def whole_cores() -> int:
    """Processors that this process has to itself, at least one."""
    return max(1, floor(cores()))


def control_group(name: str) -> str:
    """What the container's control group (version 2) says, "" where there is none."""
    try:
        return Path("/sys/fs/cgroup", name).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def one_thread_each() -> None:
    """Have NumPy, once it is loaded, compute in one thread unless the user says otherwise.

    At sizes like ours two threads mostly wait for one another, and no result is to depend on how many processors there are.
    """
    for name in THREADS:
        os.environ.setdefault(name, "1")


@contextmanager
def loading() -> Iterator[None]:
    """Load modules without looking for garbage, of which they make next to none: that would take a tenth of the time.

    What was loaded stays, and is never looked at again, so that a forked process need not copy it.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()
