"""Users for sandboxes: picked at random among those that nobody has, and emptied of processes afterwards."""

import os
import pwd
import random
import signal
from collections.abc import Iterator
from pathlib import Path

_LOWEST, _HIGHEST = 20_000, 2**31 - 2
_RESERVED = frozenset({65_534, 65_535})  # "nobody" and the 16-bit "no such user"
_ATTEMPTS = 100


def free_uid() -> int:
    """Return a user id without a name and without a process, valid as a group id as well.

    Random and far apart, because RLIMIT_NPROC counts the processes of a uid in every container of the machine.

    Raises:
        OSError: this user namespace maps no such id.
    """
    spans = [span for span in _mapped("uid_map") if span in _mapped("gid_map")] or [range(_LOWEST, 60_000)]
    choose = random.SystemRandom()
    for _ in range(_ATTEMPTS):
        span = choose.choices(spans, weights=[len(span) for span in spans])[0]
        uid = choose.choice(span)
        if uid not in _RESERVED and not _has_name(uid) and not has_processes(uid):
            return uid
    raise OSError("no free user id was found; the container maps too few of them")


def become(uid: int) -> None:
    """Turn this process, root's, into one of `uid` for good.

    Raises:
        PermissionError: something of the old identity is left, or could be taken back.
    """
    os.setgroups([])
    # As root these change the real, effective and saved identity at once, on every system; setresuid is not on all.
    os.setgid(uid)
    os.setuid(uid)
    if {os.getuid(), os.geteuid(), os.getgid(), os.getegid()} != {uid} or set(os.getgroups()) - {uid}:
        raise PermissionError("the identity did not change as asked")
    try:
        os.setuid(0)
    except PermissionError:
        return
    raise PermissionError("the old identity could be taken back")


def has_processes(uid: int) -> bool:
    """Tell whether any process that can be seen here, even a dead one not yet collected, belongs to `uid`."""
    try:
        os.getpriority(os.PRIO_USER, uid)
    except ProcessLookupError:
        return False
    return True


def kill_all(uid: int) -> None:
    """Kill every process of `uid` at one stroke, from a child that becomes that user.

    The kernel walks its table once, under its lock: a fork bomb cannot outrun it as it outruns killing one by one.
    """
    child = os.fork()
    if child == 0:
        try:
            become(uid)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def tasks_of_this_user() -> int:
    """Count the threads of all processes of the present user."""
    own = os.getuid()
    count = 0
    for process in _processes():
        try:
            if os.stat(f"/proc/{process}").st_uid == own:
                count += len(os.listdir(f"/proc/{process}/task"))
        except OSError:
            continue  # it ended meanwhile
    return count


def children_of(parent: int) -> list[int]:
    """List the direct children of a process, the dead ones not yet collected included."""
    children = []
    for process in _processes():
        try:
            fields = Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            children.append(process)
    return children


def _processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc") else []


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _mapped(name: str) -> list[range]:
    return [span for span in _spans(name) if len(span)]


def _spans(name: str) -> Iterator[range]:
    try:
        lines = Path(f"/proc/self/{name}").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        start, _, length = map(int, line.split())
        yield range(max(start, _LOWEST), min(start + length, _HIGHEST))
