"""Submissions read from a zip, which may lie about everything it declares."""

import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from autograder.report.plain import clean_line
from autograder.sandbox.staging import DEFAULT_CAPS, NOISE, Caps, Collection, Staged, too_many


def read_archive(source: Path | bytes, caps: Caps = DEFAULT_CAPS) -> Staged:
    """Read a zip into memory, member by member, trusting none of the sizes that it declares.

    Members with unsafe names, links, duplicates and bombs are refused one by one; an archive that is no zip, has too
    many members or is too large is refused as a whole.
    """
    collection = Collection(caps=caps)
    data = source if isinstance(source, bytes) else _read_whole(source, collection)
    if data is None or not _central_directory_is_small(data, collection):
        return collection.staged()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _read_members(archive, collection, archive.infolist())
    except UNREADABLE as error:
        collection.refuse("the archive", f"it is not a readable zip file ({clean_line(str(error))})")
    return collection.staged()


def _read_whole(path: Path, collection: Collection) -> bytes | None:
    name = path.name
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
        status = os.fstat(opened.fileno())
        if not stat.S_ISREG(status.st_mode):
            collection.refuse(name, "it is not a regular file")
            return None
        data = opened.read(collection.caps.total_size + 1)
    if len(data) > collection.caps.total_size:
        collection.refuse(name, f"the archive is larger than the {collection.caps.total_size:,} bytes allowed")
        return None
    return data


# All that `zipfile` raises on damaged or exotic archives, by its source; it has no common base class.
UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    struct.error,
    zlib.error,
)
_END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
_RECORD_CEILING = 1024  # bytes of central directory per member, generous


def _central_directory_is_small(data: bytes, collection: Collection) -> bool:
    """Bound the member list before `zipfile` builds an object for each of its entries."""
    position = data.rfind(b"PK\x05\x06", max(0, len(data) - 0xFFFF - _END_OF_DIRECTORY.size))
    if position < 0 or position + _END_OF_DIRECTORY.size > len(data):
        collection.refuse("the archive", "it is not a zip file")
        return False
    record = _END_OF_DIRECTORY.unpack_from(data, position)
    members, size = record[4], record[5]
    if members > collection.caps.files or size > collection.caps.files * _RECORD_CEILING:
        collection.refuse("the archive", too_many(collection.caps).replace("; the rest was not", "; nothing was"))
        return False
    if data.rfind(b"PK\x06\x07", 0, position) == position - 20:
        # The zip64 record would override the numbers checked above, and no submission needs it.
        collection.refuse("the archive", "it is a zip64 archive; compress it with an ordinary zip program")
        return False
    return True


def read_members(
    archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], prefix: str, caps: Caps = DEFAULT_CAPS
) -> Staged:
    """Read one submission out of an archive that holds many: the members below `prefix`, by the same rules."""
    collection = Collection(caps=caps)
    if len(members) > caps.files:
        collection.refuse("the submission", too_many(caps))
    _read_members(archive, collection, members[: caps.files], prefix)
    return collection.staged()


def _read_members(
    archive: zipfile.ZipFile, collection: Collection, members: Sequence[zipfile.ZipInfo], prefix: str = ""
) -> None:
    repeated = _repeated(member.filename for member in members)
    for member in members:
        name = member.filename.removeprefix(prefix)
        if member.is_dir() or any(part in NOISE for part in name.split("/")):
            continue
        if fault := _member_fault(member, name, repeated, collection):
            collection.refuse(name, fault)
            continue
        try:
            with archive.open(member) as opened:
                data = opened.read(collection.caps.file_size + 1)
        except UNREADABLE as error:
            collection.refuse(name, f"it could not be unpacked ({clean_line(str(error))})")
            continue
        if fault := collection.fault_of(name, len(data)):
            collection.refuse(name, fault)
            continue
        collection.add(name, data)


def _repeated(names: Iterable[str]) -> frozenset[str]:
    """Return the names that occur more than once when case and Unicode form are ignored."""
    counts: dict[str, int] = {}
    for name in names:
        counts[_folded(name)] = counts.get(_folded(name), 0) + 1
    return frozenset(name for name, count in counts.items() if count > 1)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _member_fault(member: zipfile.ZipInfo, name: str, repeated: frozenset[str], collection: Collection) -> str | None:
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "it is a symbolic link or a special file; submit the file itself"
    if member.flag_bits & 0x1:
        return "it is encrypted; submit it without a password"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # LZMA takes as much memory as the member asks for.
        return "it is compressed in an unusual way; use an ordinary zip program"
    if member.orig_filename != member.filename:
        return "the name has a NUL character or a backslash"
    if _folded(member.filename) in repeated:
        return "two members of the archive have this name; keep one"
    return collection.fault_of(name, member.file_size)
