"""Matplotlib's list of the machine's fonts: it takes longer to make than matplotlib takes to load, so that it is kept."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from autograder import shelf

_LISTS = "fontlist-*.json"
"""Matplotlib's own names, with the version of the list; it looks itself whether one can be used."""


def bring(kept: Path, cache: Path) -> None:
    """Put the lists that are kept where matplotlib looks for them."""
    for place in kept.glob(_LISTS):
        with suppress(OSError):
            shutil.copyfile(place, cache / place.name)


def keep(cache: Path, kept: Path) -> None:
    """Keep the lists that matplotlib has made; where that cannot be, they are made again next time."""
    for place in cache.rglob(_LISTS):
        made = place.read_bytes()
        if _content(kept / place.name) != made:
            shelf.keep(kept / place.name, made)


def _content(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except OSError:
        return None
