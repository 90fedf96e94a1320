"""The few Linux calls that Python's standard library lacks, through ctypes."""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_GET_NO_NEW_PRIVS = 39
SECCOMP_MODE_FILTER = 2

# These numbers are the same on every architecture that uses the generic table, x86_64 and aarch64 among them.
LANDLOCK_CREATE_RULESET = 444
LANDLOCK_ADD_RULE = 445
LANDLOCK_RESTRICT_SELF = 446

_CAPABILITY_VERSION_3 = 0x20080522


def is_linux() -> bool:
    """Tell whether this system has the calls of this module."""
    return sys.platform.startswith("linux")


_libc = ctypes.CDLL(None, use_errno=True) if is_linux() else None


def call(number: int, *arguments: int | bytes | None) -> int:
    """Make system call `number`; integers are passed as 64-bit words, bytes as pointers.

    Raises:
        OSError: the kernel refused, or this is not Linux.
    """
    return _checked("syscall", ctypes.c_long(number), *map(_word, arguments))


def prctl(option: int, *arguments: int | bytes) -> int:
    """Call prctl with its five words, the missing ones zero.

    Raises:
        OSError: the kernel refused, or this is not Linux.
    """
    words = [_word(argument) for argument in arguments]
    words += [ctypes.c_ulong(0)] * (4 - len(words))
    return _checked("prctl", ctypes.c_int(option), *words)


def drop_capabilities() -> None:
    """Empty the effective, permitted and inheritable capabilities of this thread, and check that they are empty.

    Raises:
        OSError: the kernel refused.
    """
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    _checked("capset", header, sets)
    for index in range(6):
        sets[index] = 0xFFFFFFFF
    _checked("capget", header, sets)
    if any(sets):
        raise PermissionError("capabilities are left after capset")


def _word(argument: int | bytes | None) -> object:
    return ctypes.c_char_p(argument) if isinstance(argument, bytes) else ctypes.c_ulong(argument or 0)


def _checked(name: str, *arguments: object) -> int:
    if _libc is None:
        raise OSError(f"{name} exists on Linux only")
    ctypes.set_errno(0)
    result: int = getattr(_libc, name)(*arguments)
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
    return result
