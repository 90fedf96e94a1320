"""What a forked child gives up, in this order, before it sees a byte of a student's.

Any step that fails ends the process at once, without a frame: the grader then knows that no student code has run, and
treats it as its own fault.
"""

import os
import platform
import resource
from dataclasses import dataclass
from enum import IntEnum

from autograder.sandbox import landlock, linux, seccomp, users
from autograder.sandbox.limits import Limits

# Beyond the grader's own clocks: should the grader die, this ends a loop that nobody watches any more.
_CPU_BACKSTOP = 20


class Step(IntEnum):
    """The steps of entering the jail; a child that fails in one exits with this status."""

    DESCRIPTORS = 101
    SESSION = 102
    FOLDER = 103
    LIMITS = 104
    USER = 105
    CAPABILITIES = 106
    PRIVILEGES = 107
    LANDLOCK = 108
    FILTER = 109
    PROGRAM = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Jail:
    """How one child is confined.

    Args:
        uid: the user to become, None to stay (the grader is an ordinary user).
        ruleset: descriptor of a Landlock ruleset, None without Landlock.
        filtered: whether to install the system-call filter.
        folder: working directory, readable and empty but for the course's data.
        occupied: bytes of address space that the libraries already take.
        process_limit: RLIMIT_NPROC, None where a foreign process could exhaust it.
        environment: all of the environment.
    """

    uid: int | None
    ruleset: int | None
    filtered: bool
    folder: str
    occupied: int
    process_limit: int | None
    environment: dict[str, str]
    limits: Limits


def enter(jail: Jail) -> None:
    """Confine this process for good, or leave it with the status of the step that failed."""
    step = Step.SESSION
    try:
        os.setsid()
        step = Step.FOLDER
        os.chdir(jail.folder)
        os.umask(0o077)
        os.environ.clear()
        os.environ.update(jail.environment)
        step = Step.LIMITS
        _limit(jail)
        step = Step.USER
        if jail.uid is not None:
            users.become(jail.uid)
        if linux.is_linux():
            step = Step.CAPABILITIES
            linux.drop_capabilities()
            step = Step.PRIVILEGES
            _give_up_privileges()
        step = Step.LANDLOCK
        if jail.ruleset is not None:
            landlock.restrict(jail.ruleset)
            os.close(jail.ruleset)
        step = Step.FILTER
        if jail.filtered:
            read_only = jail.ruleset is None
            seccomp.install(seccomp.program(platform.machine(), os.getpid(), files_read_only=read_only))
    except (OSError, ValueError):
        os._exit(step)


def _limit(jail: Jail) -> None:
    limits = jail.limits
    wanted = {
        "RLIMIT_AS": jail.occupied + limits.memory,
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": int(limits.cpu * _CPU_BACKSTOP) + 1,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_NICE": 0,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_RTPRIO": 0,
        "RLIMIT_SIGPENDING": 64,
    }
    if jail.process_limit is not None:
        wanted["RLIMIT_NPROC"] = jail.process_limit
    for name, value in wanted.items():
        which = getattr(resource, name, None)  # other systems have fewer
        if which is None or (name == "RLIMIT_AS" and not linux.is_linux()):
            continue
        hard = resource.getrlimit(which)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (bound, bound))


def _give_up_privileges() -> None:
    linux.prctl(linux.PR_SET_DUMPABLE, 0)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    if linux.prctl(linux.PR_GET_NO_NEW_PRIVS) != 1:
        raise PermissionError("no_new_privs does not hold")
    # Set after the change of identity, which clears it: a child must not outlive the fork server.
    linux.prctl(linux.PR_SET_PDEATHSIG, 9)
