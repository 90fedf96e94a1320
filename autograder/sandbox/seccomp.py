"""The system-call filter: an allow-list with argument checks, assembled here into classic BPF.

Why not libseccomp: its Python binding `pyseccomp` has had no release since 2021, the system binding is tied to the
distribution's own Python, and the library must be present on the machine. The filter needed here is a straight list
without long jumps, so that an assembler for it takes thirty lines, can be read whole, and is tested call by call.

Threads, private sockets in pairs (asyncio needs one) and questions about oneself stay possible; processes, programs,
the network, shared memory between processes, other processes and every way to change a file name do not.
"""

import errno
import os
import platform
import struct
from collections.abc import Iterable
from functools import cache

from autograder.sandbox import linux
from autograder.sandbox.syscalls import ABSENT, JUDGED, NEWEST_KNOWN, NUMBERS, number

_ALLOW = 0x7FFF0000
_KILL_PROCESS = 0x80000000
_ERRNO = 0x00050000

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_IF_EQUAL, _IF_AT_LEAST = 0x15, 0x35
_INSTRUCTION = struct.Struct("<HBBI")
_NUMBER_OFFSET, _ARCH_OFFSET, _ARGUMENTS_OFFSET = 0, 4, 16

_X32_BIT = 0x40000000
_ANY_PID = 0x7FFFFFFF  # stands for the process until it is known; no process has this number, and no call

_CLONE_THREAD = 0x00010000
# Namespaces (mount, cgroup, uts, ipc, user, pid, net) and CLONE_PTRACE, which a new thread never needs.
_CLONE_FORBIDDEN = 0x7E022000
_FCNTL = (0, 1, 2, 3, 4, 1030, 1032)  # duplicate, get and set flags, pipe size; no owner, lease, notification or seal
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # is it a terminal, its size, bytes waiting, flags
_PRCTL = (3, 15, 16)  # is it dumpable, set and get the thread's name
_SOCK_TYPE, _SOCK_STREAM, _AF_UNIX = 0xF, 1, 1
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | 0x400000  # the last is O_TMPFILE's own bit


def supported() -> bool:
    """Tell whether this machine is one of those whose call numbers are known."""
    return linux.is_linux() and platform.machine() in _AUDIT_ARCH


def program(machine: str, own_pid: int, *, files_read_only: bool) -> bytes:
    """Assemble the filter for one process.

    Args:
        machine: "x86_64" or "aarch64".
        own_pid: the only process that may be sent a signal.
        files_read_only: also refuse every `open` for writing, for machines without Landlock.
    """
    return _is_process(own_pid).join(pieces(machine, files_read_only=files_read_only))


@cache
def pieces(machine: str, *, files_read_only: bool) -> tuple[bytes, ...]:
    """The filter but for the steps that name the process: assembled once, in the fork server, for all its children."""
    code = [
        _step(_LOAD, _ARCH_OFFSET),
        *_otherwise(_IF_EQUAL, _AUDIT_ARCH[machine], _KILL_PROCESS),
        _step(_LOAD, _NUMBER_OFFSET),
        # x32 calls have their own numbers beside the native ones, and newer calls are unknown: neither exists here.
        *_when(_IF_AT_LEAST, _X32_BIT, _refusal(errno.ENOSYS)),
        *_when(_IF_AT_LEAST, NEWEST_KNOWN + 1, _refusal(errno.ENOSYS)),
    ]
    for name in NUMBERS:
        which = number(name, machine)
        if which is not None:
            block = _block(name, files_read_only=files_read_only)
            code += [_step(_IF_EQUAL, which, 0, len(block)), *block]
    code.append(_step(_RETURN, _refusal(errno.EPERM)))
    return tuple(b"".join(code).split(_is_process(_ANY_PID)))


def install(code: bytes) -> None:
    """Put the filter on this thread for good; `no_new_privs` must be set.

    Raises:
        OSError: the kernel refused.
    """
    import ctypes

    instructions = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(code) // _INSTRUCTION.size, ctypes.addressof(instructions))
    linux.prctl(linux.PR_SET_SECCOMP, linux.SECCOMP_MODE_FILTER, head)


def _block(name: str, *, files_read_only: bool) -> list[bytes]:
    """Return the instructions that decide one call; every path through them returns."""
    if name in ABSENT:
        return [_step(_RETURN, _refusal(errno.ENOSYS))]
    if name not in JUDGED:
        return [_step(_RETURN, _ALLOW)]
    match name:
        case "open" | "openat":
            flags = 1 if name == "open" else 2
            return [*(_demand(flags, _WRITING, 0, errno.EACCES) if files_read_only else ()), _step(_RETURN, _ALLOW)]
        case "fcntl":
            return _one_of(1, _FCNTL)
        case "ioctl":
            return _one_of(1, _IOCTL)
        case "prctl":
            return _one_of(0, _PRCTL)
        case "kill" | "tgkill":
            return _one_of(0, (_ANY_PID,))
        case "clone":
            return [
                *_demand(0, _CLONE_THREAD, _CLONE_THREAD),
                *_demand(0, _CLONE_FORBIDDEN, 0),
                _step(_RETURN, _ALLOW),
            ]
        case "prlimit64":  # asking for one's own limits, not setting them
            return [*_demand_null(2), *_one_of(0, (0, _ANY_PID))]
        case "socketpair":  # a datagram socket of a pair could still be sent to an address
            return [*_demand(1, _SOCK_TYPE, _SOCK_STREAM), *_one_of(0, (_AF_UNIX,))]
        case _:  # sendto without an address is what `send` becomes
            return [*_demand_null(4), _step(_RETURN, _ALLOW)]


def _is_process(pid: int) -> bytes:
    """The step of `_one_of` that asks for this number."""
    return _step(_IF_EQUAL, pid, 0, 1)


def _step(operation: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return _INSTRUCTION.pack(operation, if_true, if_false, value)


def _refusal(number_of_error: int) -> int:
    return _ERRNO | number_of_error


def _when(condition: int, value: int, answer: int) -> tuple[bytes, bytes]:
    return _step(condition, value, 0, 1), _step(_RETURN, answer)


def _otherwise(condition: int, value: int, answer: int) -> tuple[bytes, bytes]:
    return _step(condition, value, 1, 0), _step(_RETURN, answer)


def _argument(index: int, *, upper_half: bool = False) -> bytes:
    return _step(_LOAD, _ARGUMENTS_OFFSET + 8 * index + 4 * upper_half)


def _one_of(index: int, values: Iterable[int]) -> list[bytes]:
    """Allow the call when the lower half of an `int` argument is one of `values`."""
    code = [_argument(index)]
    for value in values:
        code += _when(_IF_EQUAL, value, _ALLOW)
    return [*code, _step(_RETURN, _refusal(errno.EPERM))]


def _demand(index: int, mask: int, value: int, error: int = errno.EPERM) -> tuple[bytes, ...]:
    """Refuse the call unless the masked lower half of an argument is `value`; else go on."""
    return (_argument(index), _step(_AND, mask), *_otherwise(_IF_EQUAL, value, _refusal(error)))


def _demand_null(index: int) -> tuple[bytes, ...]:
    """Refuse the call unless a pointer argument is null in both halves; else go on."""
    refused = _refusal(errno.EPERM)
    return (
        _argument(index),
        *_otherwise(_IF_EQUAL, 0, refused),
        _argument(index, upper_half=True),
        *_otherwise(_IF_EQUAL, 0, refused),
    )
