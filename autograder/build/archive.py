"""A zip that depends on its content alone: sorted, without times, with fixed modes, the same bytes on every machine."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Collection, Mapping

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
