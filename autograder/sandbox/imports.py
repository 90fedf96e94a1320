"""Imports among a student's own files, from memory, never in place of a library."""

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import PurePosixPath
from types import CodeType, ModuleType

from autograder.sandbox import piecewise

HOME = "handed_in"
"""The package that a submission's top folder is, so that `from .mine import f` and `from ..lib import g` have a parent."""


READY: dict[tuple[str, bytes | str], CodeType] = {}
"""Trusted files that programs are sent with, by name and content, compiled in the fork server for all its children."""


class SubmissionFinder(MetaPathFinder):
    """Finds modules among the files of a submission: beside the main file first, then from the top folder.

    It is asked before the installed libraries, so that a student's `utils.py` is not lost to some package of that name,
    but it never answers for a protected name: a planted `numpy.py` is simply not seen.

    Args:
        files: the submission by relative path.
        main: the file that is run.
        protected: names that belong to libraries.
        failed: where given, modules are run statement by statement, and it hears of those that raise.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        main: str,
        protected: frozenset[str],
        failed: piecewise.Failed | None = None,
    ) -> None:
        self.files = files
        self.protected = protected
        self.failed = failed
        beside = PurePosixPath(main).parent.as_posix()
        self.roots = list(dict.fromkeys(("" if beside == "." else f"{beside}/", "")))
        self.above = frozenset(_packages_above(main))

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module's source is, or None to let the libraries answer."""
        del path, target
        top, _, rest = fullname.partition(".")
        if top == HOME:
            return self._within(fullname, [rest.replace(".", "/")])
        if top in self.protected:
            return None
        return self._within(fullname, [f"{root}{fullname.replace('.', '/')}" for root in self.roots])

    def _within(self, fullname: str, places: Sequence[str]) -> ModuleSpec | None:
        for place in places:
            folder = f"{place}/" if place else ""
            for name, is_package in ((f"{folder}__init__.py", True), (f"{place}.py", False)):
                if name in self.files:
                    return self._spec(fullname, self.files[name], name, is_package=is_package)
            if not place or any(name.startswith(folder) and name.endswith(".py") for name in self.files):
                return self._spec(fullname, b"", folder, is_package=True)
        return None

    def _spec(self, fullname: str, source: bytes, name: str, *, is_package: bool) -> ModuleSpec | None:
        # The package around the main file is run for its own sake: what it wants of the main file is not there yet.
        failed = _nobody if self.failed is None and fullname in self.above else self.failed
        loader = SubmissionLoader(source, name, is_package=is_package, failed=failed)
        return spec_from_loader(fullname, loader)


class SubmissionLoader(InspectLoader):
    """Compiles one file of a submission under its own name, so that tracebacks point into it.

    Args:
        source: its text.
        file: its relative path.
        is_package: whether it may have submodules.
        failed: as for the finder.
        chosen: of the main file, the places of the statements to run; else all.
    """

    def __init__(
        self,
        source: bytes | str,
        file: str,
        *,
        is_package: bool,
        failed: piecewise.Failed | None = None,
        chosen: Sequence[int] | None = None,
    ) -> None:
        self.source = source
        self.file = file
        self.failed = failed
        self.chosen = chosen
        self._is_package = is_package

    def is_package(self, fullname: str) -> bool:
        """Tell whether the module may have submodules."""
        del fullname
        return self._is_package

    def get_source(self, fullname: str) -> str:
        """Return the source text, also used by `inspect` and `linecache`."""
        del fullname
        return self.source if isinstance(self.source, str) else self.source.decode("utf-8", "replace")

    def exec_module(self, module: ModuleType) -> None:
        """Run the file in the module's namespace."""
        module.__file__ = self.file
        if self.failed is not None:
            piecewise.run(self.source, self.file, module.__dict__, self.failed, self.chosen)
            return
        code = READY.get((self.file, self.source)) or compile(self.source, self.file, "exec", dont_inherit=True)
        exec(code, module.__dict__)  # noqa: S102  # this is the sandbox: running this text is its purpose


def main_module(
    files: Mapping[str, bytes],
    main: str,
    protected: frozenset[str],
    failed: piecewise.Failed | None = None,
    chosen: Sequence[int] | None = None,
) -> tuple[ModuleType, SubmissionLoader]:
    """Create the module of the main file, and the loader that runs it."""
    stem = PurePosixPath(main).stem
    name = f"{stem}_submission" if stem in protected else stem
    module = ModuleType(name)
    # The grader has decoded this file and encoded it as UTF-8: a coding line in it speaks of bytes that are gone.
    text = files[main].decode("utf-8", "replace")
    loader = SubmissionLoader(text, main, is_package=False, failed=failed, chosen=chosen)
    full = f"{_packages_above(main)[-1]}.{stem}"
    module.__spec__ = spec_from_loader(full, loader)
    module.__loader__ = loader
    module.__package__ = full.rpartition(".")[0]
    sys.modules[name] = module  # dataclasses and pickling look a class's module up by name
    sys.modules[full] = module
    return module, loader


def _packages_above(main: str) -> list[str]:
    """The packages around the main file, the outermost first: `handed_in` and `handed_in.hw1` for hw1/functions.py."""
    found = [HOME]
    for folder in PurePosixPath(main).parts[:-1]:
        found.append(f"{found[-1]}.{folder}")
    return found


def _nobody(error: BaseException) -> None:
    """Hear of a failure that costs nothing."""
