"""Imports among a student's own files, from memory, never in place of a library."""

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import PurePosixPath
from types import ModuleType


class SubmissionFinder(MetaPathFinder):
    """Finds modules among the files of a submission: beside the main file first, then from the top folder.

    It is asked before the installed libraries, so that a student's `utils.py` is not lost to some package of that name,
    but it never answers for a protected name: a planted `numpy.py` is simply not seen.
    """

    def __init__(self, files: Mapping[str, bytes], main: str, protected: frozenset[str]) -> None:
        self.files = files
        self.protected = protected
        beside = PurePosixPath(main).parent.as_posix()
        self.roots = list(dict.fromkeys(("" if beside == "." else f"{beside}/", "")))

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module's source is, or None to let the libraries answer."""
        del path, target
        if fullname.partition(".")[0] in self.protected:
            return None
        relative = fullname.replace(".", "/")
        for root in self.roots:
            for name, is_package in ((f"{root}{relative}/__init__.py", True), (f"{root}{relative}.py", False)):
                if name in self.files:
                    return spec_from_loader(fullname, SubmissionLoader(self.files[name], name, is_package=is_package))
            if any(name.startswith(f"{root}{relative}/") and name.endswith(".py") for name in self.files):
                return spec_from_loader(fullname, SubmissionLoader(b"", f"{root}{relative}/", is_package=True))
        return None


class SubmissionLoader(InspectLoader):
    """Compiles one file of a submission under its own name, so that tracebacks point into it."""

    def __init__(self, source: bytes, file: str, *, is_package: bool) -> None:
        self.source = source
        self.file = file
        self._is_package = is_package

    def is_package(self, fullname: str) -> bool:
        """Tell whether the module may have submodules."""
        del fullname
        return self._is_package

    def get_source(self, fullname: str) -> str:
        """Return the source text, also used by `inspect` and `linecache`."""
        del fullname
        return self.source.decode("utf-8", "replace")

    def exec_module(self, module: ModuleType) -> None:
        """Run the file in the module's namespace."""
        module.__file__ = self.file
        code = compile(self.source, self.file, "exec", dont_inherit=True)
        exec(code, module.__dict__)  # noqa: S102  # this is the sandbox: running this text is its purpose


def main_module(files: Mapping[str, bytes], main: str, protected: frozenset[str]) -> ModuleType:
    """Create the module of the main file, ready to be run by its loader."""
    stem = PurePosixPath(main).stem
    name = f"{stem}_submission" if stem in protected else stem
    module = ModuleType(name)
    loader = SubmissionLoader(files[main], main, is_package=False)
    module.__spec__ = spec_from_loader(name, loader)
    module.__loader__ = loader
    sys.modules[name] = module  # dataclasses and pickling look a class's module up by name
    return module
