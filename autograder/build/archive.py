"""A zip that depends on its content alone: sorted, without times, with fixed modes, the same bytes on every machine."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that the format knows
_UNIX = 3


def pack(files: Mapping[str, bytes], *, executable: Collection[str] = ()) -> bytes:
    """The files as a zip.

    They are stored, not deflated: compressed bytes differ from one release of zlib to the next.

    >>> pack({"b": b"2", "a": b"1"}) == pack({"a": b"1", "b": b"2"})
    True
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX  # else modes are not read
            entry.external_attr = (stat.S_IFREG | (0o755 if name in executable else 0o644)) << 16
            packed.writestr(entry, files[name])
    return out.getvalue()


def shares(files: Mapping[str, bytes]) -> Iterator[tuple[str, int, int]]:
    """What takes the room: folders two deep, with how many files each holds and their bytes.

    >>> list(shares({"setup.sh": b"1", "a/b/c.py": b"22", "a/b/d/e.py": b"333"}))
    [('a/b', 2, 5), ('setup.sh', 1, 1)]
    """

    def folder(name: str) -> str:
        return "/".join(name.split("/")[:-1][:2]) or name

    for name, inner in groupby(sorted(files, key=lambda name: (folder(name), name)), key=folder):
        sizes = [len(files[one]) for one in inner]
        yield name, len(sizes), sum(sizes)
