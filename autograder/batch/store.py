"""What a batch knows, in one SQLite file: each result is there the moment it is graded, whatever happens afterwards."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.batch.entries import Entry
from autograder.errors import AuthorError
from autograder.report.marked import Person

FILE = "batch.sqlite"
VERSION = 1
_SCHEMA = """
create table if not exists meta (name text primary key, value text not null) strict;
create table if not exists submission (
    id text primary key, content text not null, people text not null, created text not null, place integer not null
) strict;
create table if not exists graded (
    content text primary key, result blob not null, timing text not null, sources text not null, seconds real not null,
    memory integer not null, attempts integer not null
) strict;
create table if not exists failure (content text primary key, attempts integer not null, reason text not null) strict;
"""


class StoreFull(Exception):
    """The disk, or the file itself, takes nothing more; all that was stored before is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """The result of a content.

    Args:
        result: as JSON, without times.
        timing: seconds by part.
        sources: hashes of functions by name.
    """

    result: dict[str, Any]
    timing: dict[str, float]
    sources: dict[str, str]
    seconds: float
    memory: int
    attempts: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A submission with its result; none where grading failed."""

    id: str
    content: str
    people: tuple[Person, ...]
    created: str
    graded: Graded | None
    failure: str = ""


class Store:
    """The database of one batch. One process at a time may write to it.

    Raises:
        AuthorError: the file is no such database, comes from another version, or another batch is writing to it.
    """

    def __init__(self, path: Path, *, write: bool = True) -> None:
        self.path = path
        self._lock = _lock(path) if write else None
        try:
            self._connection = _connect(path, write=write)
        except sqlite3.OperationalError as error:
            self._unlock()
            raise AuthorError(
                f"{path} cannot be opened ({error}). Make room, or name another folder with --out."
            ) from None
        except sqlite3.DatabaseError as error:
            self._unlock()
            raise AuthorError(f"{path} is not a batch's database ({error}). Name another folder with --out.") from None
        except BaseException:
            self._unlock()
            raise
        # SQLite numbers rows upwards, also those that replace others: what has a larger number came after this moment.
        self._before = int(self._connection.execute("select coalesce(max(rowid), 0) from graded").fetchone()[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and let others write."""
        self._connection.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def meta(self, name: str) -> str | None:
        """A fact about the whole batch."""
        row = self._connection.execute("select value from meta where name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Keep a fact about the whole batch."""
        self._write("insert or replace into meta values (?, ?)", (name, value))

    def has(self, content: str) -> bool:
        """Whether this content is graded, and not to be tried again."""
        asked = "select 1 from graded where content = ? and content not in (select content from failure)"
        return self._connection.execute(asked, (content,)).fetchone() is not None

    def is_new(self, content: str) -> bool:
        """Whether this content was graded since the database was opened."""
        asked = "select 1 from graded where content = ? and rowid > ?"
        return self._connection.execute(asked, (content, self._before)).fetchone() is not None

    def count(self) -> int:
        """How many submissions are known."""
        return int(self._connection.execute("select count(*) from submission").fetchone()[0])

    def enter(self, entry: Entry, content: str, place: int) -> None:
        """Note that a submission has this content."""
        people = json.dumps([[one.name, one.email, one.sid] for one in entry.people])
        self._write(
            "insert or replace into submission values (?, ?, ?, ?, ?)",
            (entry.id, content, people, entry.created, place),
        )

    def keep(self, content: str, graded: Graded, failure: str = "") -> None:
        """Keep a result, at once and whole; `failure` says what of it should be tried again."""
        values = (
            content,
            zlib.compress(json.dumps(graded.result, sort_keys=True).encode()),
            json.dumps(graded.timing),
            json.dumps(graded.sources),
            graded.seconds,
            graded.memory,
            graded.attempts,
        )
        with self._transaction():
            self._connection.execute("insert or replace into graded values (?, ?, ?, ?, ?, ?, ?)", values)
            self._connection.execute("delete from failure where content = ?", (content,))
            if failure:
                self._connection.execute("insert into failure values (?, ?, ?)", (content, graded.attempts, failure))

    def fail(self, content: str, attempts: int, reason: str) -> None:
        """Note that a content could not be graded, and why."""
        self._write("insert or replace into failure values (?, ?, ?)", (content, attempts, reason))

    def rows(self) -> Iterator[Row]:
        """Every submission in order, with its result or with the reason why there is none."""
        asked = (
            "select s.id, s.content, s.people, s.created, g.result, g.timing, g.sources, g.seconds, g.memory, g.attempts, "
            "f.reason from submission s left join graded g using (content) left join failure f using (content) order by s.id"
        )
        with closing(self._connection.cursor()) as cursor:
            for row in cursor.execute(asked):
                graded = None
                if row[4] is not None:
                    graded = Graded(
                        result=json.loads(zlib.decompress(row[4])),
                        timing=json.loads(row[5]),
                        sources=json.loads(row[6]),
                        seconds=row[7],
                        memory=row[8],
                        attempts=row[9],
                    )
                people = tuple(Person(name=name, email=email, sid=sid) for name, email, sid in json.loads(row[2]))
                yield Row(
                    id=row[0], content=row[1], people=people, created=row[3], graded=graded, failure=row[10] or ""
                )

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        with self._transaction():
            self._connection.execute(statement, values)

    def _transaction(self) -> _Transaction:
        return _Transaction(self._connection)


class _Transaction:
    """All or nothing; a disk that is full is told apart from every other trouble."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("begin immediate")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._connection.execute("commit")
        except sqlite3.OperationalError as failed:
            error = failed
            raise _told(failed) from failed
        finally:
            if error is not None and self._connection.in_transaction:
                self._connection.execute("rollback")
        if isinstance(error, sqlite3.OperationalError):
            raise _told(error) from error


def _told(error: sqlite3.OperationalError) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    full = code is not None and (code & 0xFF) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    return StoreFull(str(error)) if full else error


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open the file; a reader meets whole results only, even while a batch is writing."""
    if not write and not path.is_file():
        raise AuthorError(f"there is no {path}. Give the folder that `batch` wrote with --out.")
    connection = sqlite3.connect(path, isolation_level=None, timeout=30.0)
    try:
        if write:
            connection.execute("pragma journal_mode = wal")
            connection.execute(
                "pragma synchronous = normal"
            )  # with WAL, only a failing machine can lose the last results
            connection.executescript(_SCHEMA)
            connection.execute("insert or ignore into meta values ('version', ?)", (str(VERSION),))
        found = connection.execute("select value from meta where name = 'version'").fetchone()
        if found is None or found[0] != str(VERSION):
            raise AuthorError(
                f"{path} was written by another version ({found and found[0]!r}, this is {VERSION}). Name another --out."
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _lock(path: Path) -> int:
    """Make this process the only writer; the lock ends with the process, however it ends."""
    descriptor = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        other = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise AuthorError(
            f"another batch (process {other or 'unknown'}) is writing to {path}. Wait for it, or name another --out."
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor
