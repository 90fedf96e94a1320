"""Submissions read from a folder or a zip: plain files only, everything else refused with a reason.

What a student uploads is read once, through descriptors that follow no link, into memory. Afterwards nothing in the
grader opens a path that a student could still change, and nothing is written, renamed or deleted through one.
"""

import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from autograder.report.plain import clean_line

MIB = 1024 * 1024

# Made by operating systems and tools, never by a student: passed over without a word.
_NOISE = frozenset(
    {
        "__MACOSX",
        "__pycache__",
        ".DS_Store",
        ".git",
        ".idea",
        ".ipynb_checkpoints",
        ".mypy_cache",
        ".pytest_cache",
        ".venv",
        ".vscode",
        "Thumbs.db",
        "desktop.ini",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """Bounds on what one submission may hold.

    Counts are of entries, sizes in bytes, depth in folders, names in bytes of UTF-8 per component.
    """

    files: int = 500
    file_size: int = 24 * MIB
    total_size: int = 64 * MIB
    depth: int = 8
    name: int = 255

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) < 1:
                raise ValueError(f"Caps({name}={getattr(self, name)}): every cap must be at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One entry that was not taken, by a name that is safe to print, and why."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """The files of a submission by their relative path with `/`, and what was refused."""

    files: dict[str, bytes]
    refusals: tuple[Refusal, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Collection:
    """Files and refusals under construction, with the caps that hold for all of them together."""

    caps: Caps
    files: dict[str, bytes] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    total: int = 0
    seen: int = 0

    def refuse(self, name: str, reason: str) -> None:
        # The list is capped as well: 10^5 refused names must not become a 10^5-line message.
        if len(self.refusals) <= self.caps.files:
            self.refusals.append(Refusal(name=printable(name), reason=reason))

    def fault_of(self, name: str, size: int) -> str | None:
        """Say why a regular file of this name and size may not be added, or None."""
        caps = self.caps
        if fault := name_fault(name, caps):
            return fault
        if size > caps.file_size:
            return f"{size:,} bytes is more than the {caps.file_size:,} allowed for one file"
        if self.total + size > caps.total_size:
            return f"with it the submission is larger than the {caps.total_size:,} bytes allowed in total"
        return None

    def add(self, name: str, data: bytes) -> None:
        self.total += len(data)
        self.files[name] = data

    def staged(self) -> Staged:
        return Staged(files=dict(sorted(self.files.items())), refusals=tuple(self.refusals))


def printable(name: str) -> str:
    """Return a file name that is safe in a log line: one line, no control characters, undecodable bytes escaped."""
    return clean_line(name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")) or repr(name)


def name_fault(name: str, caps: Caps) -> str | None:
    """Say what is wrong with a relative path that uses `/`, or None."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "the name is not valid UTF-8; rename the file with plain letters"
    if name.startswith("/") or "\\" in name or re.match("[A-Za-z]:", name):
        return "absolute paths and backslashes are not accepted in a name"
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return "the path must not contain '.', '..' or empty folders"
    if len(parts) > caps.depth:
        return f"{len(parts)} nested folders are more than the {caps.depth} allowed"
    if any(len(part.encode()) > caps.name for part in parts):
        return f"the name is longer than {caps.name} bytes"
    if any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in name):
        return "the name has control or invisible characters; rename the file with plain letters"
    return None


def read_folder(path: Path, caps: Caps = Caps()) -> Staged:
    """Read every regular file below `path` without following a link or blocking on a pipe.

    Raises:
        NotADirectoryError, FileNotFoundError: `path` itself is not a folder (a symbolic link to one does not count).
    """
    collection = _Collection(caps=caps)
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        _read_level(descriptor, "", collection)
    finally:
        os.close(descriptor)
    return collection.staged()


def _read_level(descriptor: int, prefix: str, collection: _Collection) -> None:
    for entry in _sorted_entries(descriptor, prefix, collection):
        name = prefix + entry
        try:
            status = os.stat(entry, dir_fd=descriptor, follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                _read_child(descriptor, entry, name, collection)
            else:
                _read_file(descriptor, entry, name, status, collection)
        except OSError as error:
            collection.refuse(name, f"it could not be read ({error.strerror})")


def _sorted_entries(descriptor: int, prefix: str, collection: _Collection) -> list[str]:
    """List one folder in a stable order, stopping at the cap rather than after reading a million names."""
    entries: list[str] = []
    with os.scandir(descriptor) as listing:
        for item in listing:
            if item.name in _NOISE:
                continue
            collection.seen += 1
            if collection.seen > collection.caps.files:
                collection.refuse(prefix or "the submission", _too_many(collection.caps))
                break
            entries.append(item.name)
    return sorted(entries)


def _too_many(caps: Caps) -> str:
    return f"there are more than {caps.files} files and folders; the rest was not read"


def _read_child(descriptor: int, entry: str, name: str, collection: _Collection) -> None:
    if fault := name_fault(name, collection.caps):
        collection.refuse(name, fault)
        return
    child = os.open(entry, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=descriptor)
    try:
        _read_level(child, name + "/", collection)
    finally:
        os.close(child)


def _read_file(descriptor: int, entry: str, name: str, status: os.stat_result, collection: _Collection) -> None:
    if fault := _kind_fault(status) or collection.fault_of(name, status.st_size):
        collection.refuse(name, fault)
        return
    # Between stat and open the entry may have been exchanged: NONBLOCK keeps a FIFO from hanging the grader, and the
    # descriptor is judged again.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    with os.fdopen(os.open(entry, flags, dir_fd=descriptor), "rb") as opened:
        if fault := _kind_fault(os.fstat(opened.fileno())):
            collection.refuse(name, fault)
            return
        data = opened.read(collection.caps.file_size + 1)
    if fault := collection.fault_of(name, len(data)):
        collection.refuse(name, fault)
        return
    collection.add(name, data)


def _kind_fault(status: os.stat_result) -> str | None:
    mode = status.st_mode
    if stat.S_ISLNK(mode):
        return "it is a symbolic link; submit the file itself"
    if not stat.S_ISREG(mode):
        return "it is not a regular file"
    if status.st_nlink != 1:
        return "it is a hard link shared with another name; submit a copy"
    return None


def read_archive(source: Path | bytes, caps: Caps = Caps()) -> Staged:
    """Read a zip into memory, member by member, trusting none of the sizes that it declares.

    Members with unsafe names, links, duplicates and bombs are refused one by one; an archive that is no zip, has too
    many members or is too large is refused as a whole.
    """
    collection = _Collection(caps=caps)
    data = source if isinstance(source, bytes) else _read_whole(source, collection)
    if data is None or not _central_directory_is_small(data, collection):
        return collection.staged()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _read_members(archive, collection)
    except _UNREADABLE as error:
        collection.refuse("the archive", f"it is not a readable zip file ({clean_line(str(error))})")
    return collection.staged()


def _read_whole(path: Path, collection: _Collection) -> bytes | None:
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
_UNREADABLE = (
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


def _central_directory_is_small(data: bytes, collection: _Collection) -> bool:
    """Bound the member list before `zipfile` builds an object for each of its entries."""
    position = data.rfind(b"PK\x05\x06", max(0, len(data) - 0xFFFF - _END_OF_DIRECTORY.size))
    if position < 0 or position + _END_OF_DIRECTORY.size > len(data):
        collection.refuse("the archive", "it is not a zip file")
        return False
    record = _END_OF_DIRECTORY.unpack_from(data, position)
    members, size = record[4], record[5]
    if members > collection.caps.files or size > collection.caps.files * _RECORD_CEILING:
        collection.refuse("the archive", _too_many(collection.caps).replace("; the rest was not", "; nothing was"))
        return False
    if data.rfind(b"PK\x06\x07", 0, position) == position - 20:
        # The zip64 record would override the numbers checked above, and no submission needs it.
        collection.refuse("the archive", "it is a zip64 archive; compress it with an ordinary zip program")
        return False
    return True


def _read_members(archive: zipfile.ZipFile, collection: _Collection) -> None:
    members = archive.infolist()
    repeated = _repeated(member.filename for member in members)
    for member in members:
        name = member.filename
        if member.is_dir() or any(part in _NOISE for part in name.split("/")):
            continue
        if fault := _member_fault(member, repeated, collection):
            collection.refuse(name, fault)
            continue
        try:
            with archive.open(member) as opened:
                data = opened.read(collection.caps.file_size + 1)
        except _UNREADABLE as error:
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


def _member_fault(member: zipfile.ZipInfo, repeated: frozenset[str], collection: _Collection) -> str | None:
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
    return collection.fault_of(member.filename, member.file_size)
