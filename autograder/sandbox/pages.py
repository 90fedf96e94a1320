"""Memory in large pages, so that a fork has few entries to copy and a child's end few to take back.

A process that holds torch has some 200 MB of its own in 50,000 pages, and a fork copies an entry for each, twelve
milliseconds with the child's end. In pages of 2 MB that is a hundredth of the entries; what a child then writes is still
copied 4 KB at a time. Gathering takes a quarter of a second, so that it is for servers that many are forked from. Where the
kernel does not offer this (Linux before 6.1, others), everything works as before.

Source: Linux, Documentation/admin-guide/mm/transhuge.rst; madvise(2), MADV_COLLAPSE.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.sandbox import linux

_COLLAPSE = 25
_LARGE = 2 << 20
_ANONYMOUS = ("", "[heap]")


def gather() -> int:
    """Put this process's own writable memory into large pages where whole ones fit; return how many there are."""
    if not linux.is_linux():
        return 0
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return sum(advise(place, _LARGE, _COLLAPSE) == 0 for place in large_pages(lines))


def large_pages(lines: Iterable[str]) -> Iterator[int]:
    """Where whole large pages fit into private anonymous memory, from the lines of /proc/self/maps.

    >>> [hex(place) for place in large_pages(["3ff000-a00000 rw-p 00000000 00:00 0   [heap]"])]
    ['0x400000', '0x600000', '0x800000']
    """
    for line in lines:
        span, access, _, _, _, *name = line.split(maxsplit=5)
        if access == "rw-p" and "".join(name).strip() in _ANONYMOUS:
            first, last = (int(end, 16) for end in span.split("-"))
            yield from range(-(-first // _LARGE) * _LARGE, last // _LARGE * _LARGE - _LARGE + 1, _LARGE)
