"""Where memory can lie in large pages, and that gathering it changes nothing that is in it."""

import mmap
from pathlib import Path

from autograder.sandbox import Sandbox, pages

MAPS = [
    "00400000-00c00000 r-xp 00000000 fe:00 99   /usr/bin/python3.11",
    "10000000-10200000 rw-p 00000000 00:00 0 ",
    "1ff00000-20500000 rw-p 00000000 00:00 0   [heap]",
    "30100000-30300000 rw-p 00000000 00:00 0 ",
    "40000000-40400000 rw-s 00000000 00:01 7   /dev/zero (deleted)",
    "50000000-50400000 r--p 00000000 00:00 0 ",
    "60000000-60400000 rw-p 00000000 fe:00 7   /a file/with blanks",
]


def test_only_private_memory_without_a_file_is_gathered_and_only_where_whole_pages_fit():
    """Of the heap the part between the first and the last boundary of 2 MB; of 2 MB across a boundary nothing."""
    assert list(pages.large_pages(MAPS)) == [0x10000000, 0x20000000, 0x20200000]


def test_what_is_in_memory_stays():
    """Every byte is as before, written ones and untouched ones."""
    with mmap.mmap(-1, 16 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as area:
        pattern = bytes(range(256)) * 4096
        area[: len(pattern)] = pattern
        pages.gather()
        assert area[: len(pattern)] == pattern
        assert not any(area[len(pattern) :])


def test_a_lasting_server_gathers_its_memory_before_its_first_child():
    """A server for one submission leaves its memory as it is, since gathering would cost more than it saves."""
    with Sandbox.begin(lasting=True) as lasting, Sandbox.begin() as brief:
        for sandbox in (lasting, brief):
            sandbox.prove()
        gathered, left = _in_large_pages(lasting.server.pid), _in_large_pages(brief.server.pid)
    assert gathered > left or (pages.gather() == 0 and gathered == left)


def _in_large_pages(process: int) -> int:
    """KB of a process's own memory that lie in large pages."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("AnonHugePages:"))
