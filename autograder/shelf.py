"""Folders in which this user's files are kept that save time; nobody else can write there, and nothing is lost with them."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

_VARIABLE = "XDG_CACHE_HOME"


def shelf(name: str) -> Path | None:
    """The folder of that name, made if it is not there; None where there can be none, or where others could write to it."""
    try:
        cache = Path(os.environ.get(_VARIABLE) or Path.home() / ".cache")
        folder = cache / "autograder" / name
        if not cache.is_absolute():
            return None
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder if all(map(_is_ours_alone, (folder.parent, folder))) else None
    except (OSError, RuntimeError):  # without a home, or without a place in it
        return None


def _is_ours_alone(folder: Path) -> bool:
    """Whether it is a folder of this user's, which others cannot write to."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022


def keep(place: Path, data: bytes) -> None:
    """Put a file on a shelf, whole or not at all; where that cannot be, nothing is kept."""
    with suppress(OSError):
        descriptor, temporary = tempfile.mkstemp(dir=place.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(temporary).replace(place)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
