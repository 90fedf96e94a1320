"""Imports from an interpreter that other users cannot reach, such as one below /root.

A sandbox becomes another user, for whom `/root/.../lib/python3.12` does not exist. The fork server, still root, opens such
folders beforehand; files below them are then opened relative to those descriptors, which needs no right on the folders
above. Compiled modules can only be loaded by path, so the standard library's are loaded in the fork server.
"""

import importlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.abc import PathEntryFinder, SourceLoader
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from types import ModuleType


class Reach:
    """Open folders, by descriptors that may be renumbered in a child."""

    def __init__(self, folders: Iterable[str]) -> None:
        self.folders = tuple(folders)
        self.descriptors = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC) for folder in self.folders]
        if self.folders:
            _load_compiled(self.folders)
            sys.path_hooks.insert(0, self._finder)
            sys.path_importer_cache.clear()

    def place(self, path: str) -> tuple[int, str] | None:
        """Return the descriptor and the relative path for a path below one of the folders."""
        for folder, descriptor in zip(self.folders, self.descriptors, strict=True):
            if path == folder or path.startswith(folder + "/"):
                return descriptor, path[len(folder) :].strip("/") or "."
        return None

    def _finder(self, path: str) -> PathEntryFinder:
        if self.place(path) is None:
            raise ImportError(f"{path} is not one of the folders opened beforehand", path=path)
        return _Finder(path, self.place)


Place = Callable[[str], tuple[int, str] | None]


class _Finder(PathEntryFinder):
    def __init__(self, folder: str, place: Place) -> None:
        self.folder = folder
        self.place = place

    def find_spec(self, fullname: str, target: ModuleType | None = None) -> ModuleSpec | None:
        del target
        stem = f"{self.folder}/{fullname.rpartition('.')[2]}"
        for path, inside in ((f"{stem}/__init__.py", [stem]), (f"{stem}.py", None)):
            if self._exists(path):
                loader = _Loader(fullname, path, self.place)
                return spec_from_file_location(fullname, path, loader=loader, submodule_search_locations=inside)
        return None

    def _exists(self, path: str) -> bool:
        placed = self.place(path)
        return placed is not None and os.access(placed[1], os.R_OK, dir_fd=placed[0])


class _Loader(SourceLoader):
    def __init__(self, fullname: str, path: str, place: Place) -> None:
        self.fullname = fullname
        self.path = path
        self.place = place

    def get_filename(self, fullname: str) -> str:
        del fullname
        return self.path

    def get_data(self, path: str | bytes) -> bytes:
        placed = self.place(os.fsdecode(path))
        if placed is None:
            raise FileNotFoundError(path)
        with os.fdopen(os.open(placed[1], os.O_RDONLY | os.O_CLOEXEC, dir_fd=placed[0]), "rb") as file:
            return file.read()

    def path_stats(self, path: str | bytes) -> dict[str, float]:
        placed = self.place(os.fsdecode(path))
        if placed is None:
            raise FileNotFoundError(path)
        status = os.stat(placed[1], dir_fd=placed[0])
        return {"mtime": status.st_mtime, "size": status.st_size}


def _load_compiled(folders: Sequence[str]) -> None:
    for folder in {*folders, *(f"{folder}/lib-dynload" for folder in folders)}:
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        for name in names:
            module = name.partition(".")[0]
            if name.endswith(tuple(EXTENSION_SUFFIXES)) and not module.startswith(("_test", "xx", "_ctypes_test")):
                _load_if_whole(module)


def _load_if_whole(module: str) -> None:
    try:
        importlib.import_module(module)
    except ImportError:
        return  # built against a library that this machine lacks, such as Tk
