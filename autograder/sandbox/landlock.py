"""Landlock: which files a process may open, and that it may neither connect nor signal outwards.

A ruleset is built once, in the fork server, and entered by every child; what it does not allow stays forbidden for good.
The `landlock` package of the index is an alpha without the network and scope rules, so the three calls are made here.

Source: Linux, Documentation/userspace-api/landlock.rst.
"""

import os
import stat
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.sandbox import linux

_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
_PATH_BENEATH = struct.Struct("=Qi")

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_FIRST_RIGHTS = (1 << 13) - 1
# Rights that later versions of the interface can handle, by the version that brought them.
_LATER_RIGHTS = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # refer, truncate, ioctl on devices
_NETWORK_SINCE, _NETWORK = 4, 0b11  # bind and connect over TCP
_SCOPES_SINCE, _SCOPES = 6, 0b11  # abstract sockets and signals stay inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """What a confined process may open.

    Args:
        folders: files and folders that may be read, with all below them.
        devices: device files that may be read and written.
    """

    folders: tuple[str, ...]
    devices: tuple[str, ...] = ("/dev/null",)


def version() -> int:
    """Return the version of the kernel's Landlock interface, 0 where there is none."""
    try:
        return linux.call(linux.LANDLOCK_CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION)
    except OSError:
        return 0


def ruleset(readable: Readable) -> int:
    """Build the ruleset and return its descriptor.

    Raises:
        OSError: the kernel has no Landlock.
    """
    found = version()
    rights = _FIRST_RIGHTS
    for since, right in _LATER_RIGHTS.items():
        rights |= right if found >= since else 0
    words = [rights]
    if found >= _NETWORK_SINCE:
        words.append(_NETWORK)
    if found >= _SCOPES_SINCE:
        words.append(_SCOPES)
    attributes = struct.pack(f"={len(words)}Q", *words)
    descriptor = linux.call(linux.LANDLOCK_CREATE_RULESET, attributes, len(attributes), 0)
    _allow(descriptor, readable.folders, _READ_FILE | _READ_DIR)
    _allow(descriptor, readable.devices, _READ_FILE | _WRITE_FILE)
    return descriptor


def restrict(descriptor: int) -> None:
    """Enter the ruleset for good; `no_new_privs` must be set.

    Raises:
        OSError: the kernel refused.
    """
    linux.call(linux.LANDLOCK_RESTRICT_SELF, descriptor, 0)


def _allow(descriptor: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        try:
            opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what does not exist here needs no permission
        try:
            # A rule on a file may hold file rights only, or the kernel refuses it.
            fitting = rights if stat.S_ISDIR(os.fstat(opened).st_mode) else rights & ~_READ_DIR
            linux.call(linux.LANDLOCK_ADD_RULE, descriptor, _RULE_PATH_BENEATH, _PATH_BENEATH.pack(fitting, opened), 0)
        finally:
            os.close(opened)
