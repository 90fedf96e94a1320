"""The submissions of a class: found in a folder, a Gradescope export, or a zip of either, and read one at a time."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.batch.metadata import METADATA, Recorded, read_metadata
from autograder.errors import SubmissionError
from autograder.report.marked import Person
from autograder.report.plain import clean_line
from autograder.sandbox.archive import UNREADABLE, read_members
from autograder.sandbox.staging import NOISE, Staged, printable
from autograder.submission.collect import CAPS, stage, with_archive

_ALONE = frozenset({".zip", ".py", ".ipynb"})
_MOST_MEMBERS = 5_000_000  # of a class's zip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One submission, not read yet.

    Args:
        id: stable within the class: the folder's or file's name.
        people: who handed it in.
        created: when, as the platform wrote it, or "".
        read: takes its files into memory.
    """

    id: str
    read: Callable[[], Staged]
    people: tuple[Person, ...] = ()
    created: str = ""
    recorded: Recorded | None = None

    @property
    def label(self) -> str:
        """The entry for people: its id, with names where they are known."""
        names = ", ".join(person.name for person in self.people if person.name)
        return clean_line(f"{self.id} ({names})" if names else self.id)

    def is_of(self, wanted: str) -> bool:
        """Whether this is the submission that somebody means: by id, student number, email or name."""
        known = {self.id, *(value for person in self.people for value in (person.sid, person.email, person.name))}
        return wanted.casefold() in {value.casefold() for value in known if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """All submissions of a class in the order of their ids, and what was passed over."""

    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()


def gather(source: Path) -> Class:
    """The submissions below a folder or in a zip.

    Raises:
        SubmissionError: there is no such thing, it cannot be read, or it holds no submission.
    """
    shown = clean_line(str(source))
    if source.is_dir():
        found = _in_folder(source)
    elif source.is_file() and source.suffix.lower() == ".zip":
        found = _in_zip(source)
    elif source.exists():
        raise SubmissionError(f"{shown} is neither a folder nor a .zip. Give the folder that holds the submissions.")
    else:
        raise SubmissionError(f"there is no {shown}. Give the folder or the .zip that holds the submissions.")
    if not found.entries:
        more = f" ({found.notices[0]})" if found.notices else ""
        raise SubmissionError(
            f"{shown} holds no submission{more}. It should hold one folder, .zip, .py or .ipynb file per submission."
        )
    return replace(found, entries=tuple(sorted(found.entries, key=lambda entry: entry.id)))


def _in_folder(folder: Path) -> Class:
    if not (folder / METADATA).is_file():
        inner = [child for child in folder.iterdir() if child.name not in NOISE]
        if len(inner) == 1 and inner[0].is_dir() and (inner[0] / METADATA).is_file():
            folder = inner[0]
    about, notices = read_metadata(folder / METADATA)
    paths: list[tuple[str, Callable[[], Staged]]] = []
    for child in sorted(folder.iterdir()):
        if child.name in NOISE or child.name == METADATA:
            continue
        if child.is_symlink():
            notices.append(f"{printable(child.name)} is a symbolic link and was passed over.")
        elif child.is_dir() or child.suffix.lower() in _ALONE:
            paths.append((child.name, _reader(child)))
        elif not child.name.startswith("."):
            notices.append(f"{printable(child.name)} is no submission and was passed over.")
    return _named(paths, about, notices)


def _reader(path: Path) -> Callable[[], Staged]:
    return lambda: stage(path)[0]


def _in_zip(path: Path) -> Class:
    try:
        archive = zipfile.ZipFile(path)
        members = [member for member in archive.infolist() if not member.is_dir()]
    except UNREADABLE as error:
        raise SubmissionError(
            f"{clean_line(str(path))} is not a readable zip ({clean_line(str(error))}). Download it again."
        ) from None
    if len(members) > _MOST_MEMBERS:
        raise SubmissionError(f"{clean_line(str(path))} holds {len(members):,} files, which is too many for a class.")
    members = [member for member in members if not NOISE & set(member.filename.split("/"))]
    prefix = _common_folder([member.filename for member in members])
    about, notices = read_metadata(archive, prefix + METADATA)
    groups: dict[str, list[zipfile.ZipInfo]] = {}
    for member in members:
        name = member.filename.removeprefix(prefix)
        top, slash, _ = name.partition("/")
        if slash or PurePosixPath(top).suffix.lower() in _ALONE:
            groups.setdefault(top, []).append(member)
        elif top != METADATA:
            notices.append(f"{printable(top)} is no submission and was passed over.")
    paths = [(top, _zip_reader(archive, group, prefix, top)) for top, group in groups.items()]
    return _named(paths, about, notices)


def _common_folder(names: Sequence[str]) -> str:
    """The folder that everything in an export lies in, with its `/`; "" when the submissions are at the top."""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1:
        return ""
    top = f"{next(iter(tops))}/"
    inside = [name.removeprefix(top) for name in names]
    is_class = METADATA in inside or all("/" in name for name in inside) or _all_alone(inside)
    return top if is_class and names[0].startswith(top) else ""


def _all_alone(names: Sequence[str]) -> bool:
    return len(names) > 1 and all(PurePosixPath(name).suffix.lower() == ".zip" for name in names)


def _zip_reader(archive: zipfile.ZipFile, group: list[zipfile.ZipInfo], prefix: str, top: str) -> Callable[[], Staged]:
    alone = [member.filename for member in group] == [prefix + top]

    def read() -> Staged:
        return with_archive(read_members(archive, group, prefix if alone else f"{prefix}{top}/", CAPS))

    return read


def _named(
    paths: Sequence[tuple[str, Callable[[], Staged]]], about: dict[str, dict[str, Any]], notices: list[str]
) -> Class:
    entries = []
    for (name, read), one in zip(paths, _ids([name for name, _ in paths]), strict=True):
        known = about.get(name, {})
        entries.append(
            Entry(
                id=one,
                read=read,
                people=known.get("people", ()),
                created=known.get("created", ""),
                recorded=known.get("recorded"),
            )
        )
    missing = sorted(set(about) - {name for name, _ in paths})
    notices += [f"{METADATA} names {clean_line(name)}, which is not there." for name in missing]
    return Class(entries=tuple(entries), notices=(*notices, *_twice(entries)))


def _ids(names: Sequence[str]) -> Iterator[str]:
    """An id for each: the name without its suffix where that is nobody else's, else the whole name, never one twice."""
    stems = Counter(map(_stem, names))
    whole = {name_of(name) for name in names}
    taken: set[str] = set()
    for name in names:
        one = name_of(_stem(name))
        if stems[_stem(name)] > 1 or (one in whole and one != name_of(name)):
            one = name_of(name)
        while one in taken:  # escaped bytes may read like another name
            one += "_"
        taken.add(one)
        yield one


def _stem(name: str) -> str:
    return PurePosixPath(name).stem if PurePosixPath(name).suffix.lower() in _ALONE else name


def name_of(name: str) -> str:
    """A file's name as an id: any script, but valid Unicode."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _twice(entries: Sequence[Entry]) -> Iterator[str]:
    """Students with several submissions: every one is graded, and which counts is for a person to say."""
    seen: dict[str, list[str]] = {}
    for entry in entries:
        for person in entry.people:
            if person.key:
                seen.setdefault(person.key, []).append(entry.id)
    for key, ids in sorted(seen.items()):
        if len(ids) > 1:
            yield f"{clean_line(key)} has {len(ids)} submissions ({clean_line(', '.join(ids))}); each is graded."
