"""Submissions read from a folder: plain files only, everything else refused with a reason.

What a student uploads is read once, through descriptors that follow no link, into memory. Afterwards nothing in the
grader opens a path that a student could still change, and nothing is written, renamed or deleted through one.
"""

import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from autograder.report.plain import clean_line

MIB = 1024 * 1024

# Made by operating systems and tools, never by a student: passed over without a word.
NOISE = frozenset(
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


DEFAULT_CAPS = Caps()


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
class Collection:
    """Files and refusals under construction, with the caps that hold for all of them together."""

    caps: Caps
    files: dict[str, bytes] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    total: int = 0
    seen: int = 0

    def refuse(self, name: str, reason: str) -> None:
        """Note why an entry was not taken."""
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
        """Take a file."""
        self.total += len(data)
        self.files[name] = data

    def staged(self) -> Staged:
        """Return what was collected, in the order of names."""
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


def read_folder(path: Path, caps: Caps = DEFAULT_CAPS) -> Staged:
    """Read every regular file below `path` without following a link or blocking on a pipe.

    Raises:
        NotADirectoryError, FileNotFoundError: `path` itself is not a folder (a symbolic link to one does not count).
    """
    collection = Collection(caps=caps)
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        _read_level(descriptor, "", collection)
    finally:
        os.close(descriptor)
    return collection.staged()


def _read_level(descriptor: int, prefix: str, collection: Collection) -> None:
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


def _sorted_entries(descriptor: int, prefix: str, collection: Collection) -> list[str]:
    """List one folder in a stable order, stopping at the cap rather than after reading a million names."""
    entries: list[str] = []
    with os.scandir(descriptor) as listing:
        for item in listing:
            if item.name in NOISE:
                continue
            collection.seen += 1
            if collection.seen > collection.caps.files:
                collection.refuse(prefix or "the submission", too_many(collection.caps))
                break
            entries.append(item.name)
    return sorted(entries)


def too_many(caps: Caps) -> str:
    """Say that the cap on entries was reached."""
    return f"there are more than {caps.files} files and folders; the rest was not read"


def _read_child(descriptor: int, entry: str, name: str, collection: Collection) -> None:
    if fault := name_fault(name, collection.caps):
        collection.refuse(name, fault)
        return
    child = os.open(entry, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=descriptor)
    try:
        _read_level(child, name + "/", collection)
    finally:
        os.close(child)


def _read_file(descriptor: int, entry: str, name: str, status: os.stat_result, collection: Collection) -> None:
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
