"""What a program and everything that it starts cost: time, processor time, and memory that is counted once."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1  # seconds between two looks at the memory
_SHARE = 50  # a look is followed by so many times what it took: many large processes are not to pay for being looked at
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>
_LEAVING = 10.0  # seconds that what a program left behind has to end


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Wall-clock and processor seconds, and the peak of the memory of all processes together, in MiB."""

    wall: float
    cpu: float
    memory: float


def measured(command: Sequence[str], *, most: float | None = None, **more: object) -> Cost:
    """Run a program to its end, or interrupt it after so many seconds, and measure it with its children.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    stopped = False
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL, **more) as process,  # type: ignore[call-overload]  # noqa: S603
        cost_of(Watch(process.pid)) as cost,
    ):
        try:
            process.wait(most)
        except subprocess.TimeoutExpired:
            stopped = True
            process.send_signal(signal.SIGINT)
            process.wait()
    if process.returncode and not stopped:
        raise subprocess.CalledProcessError(process.returncode, command)
    return cost()


def _adopt() -> None:
    """Let what a program leaves behind become a child of this process, so that its processor time counts.

    Processes that are killed while their own children are at work would take the time of these along, which is most of the
    time where the children are sandboxes.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0)


def _collect_orphans() -> None:
    deadline = time.monotonic() + _LEAVING
    with suppress(ChildProcessError):
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(_EVERY)


@contextmanager
def cost_of(watch: Watch) -> Iterator[Callable[[], Cost]]:
    """What the processes that end within cost; asked for afterwards. No other children may run at its end."""
    _adopt()
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    found: list[Cost] = []
    try:
        yield lambda: found[0]
    finally:
        watch.stop()
        wall = time.perf_counter() - started
        _collect_orphans()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found.append(Cost(wall=wall, cpu=cpu, memory=watch.peak / 1024))


class Watch:
    """Looks at the memory of a process and all its descendants from time to time.

    Args:
        root: the process.
        of_children: leave the process itself out.

    Attributes:
        peak: the largest sum seen, in KiB. Pages that several processes share count once (PSS).
    """

    def __init__(self, root: int, *, of_children: bool = False) -> None:
        self.peak = 0
        self._root = root
        self._first = 1 if of_children else 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        pause = _EVERY
        while not self._over.wait(pause):
            begun = time.thread_time()
            self.peak = max(self.peak, sum(_pss(pid) for pid in _tree(self._root)[self._first :]))
            pause = max(_EVERY, _SHARE * (time.thread_time() - begun))


def _tree(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                fields = (place / "stat").read_text(errors="replace").rpartition(")")[2].split()
                parents.setdefault(int(fields[1]), []).append(int(place.name))
    found, left = [], [root]
    while left:
        one = left.pop()
        found.append(one)
        left += parents.get(one, [])
    return found


def _pss(pid: int) -> int:
    with suppress(OSError, IndexError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
