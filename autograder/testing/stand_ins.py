"""Modules of gradescope-utils as an author's tests may import them, without that package being there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from types import ModuleType

from autograder.testing import decorators

_PACKAGE = "gradescope_utils"
_SUBMISSION = "/autograder/submission"


def stand_in(files: Sequence[str]) -> None:
    """Make `gradescope_utils.autograder_utils` importable in this process, decorators and file check included.

    The package itself, where it is installed, is not used: what it notes differs between its versions, and its wrappers
    lose a score when two of them are stacked.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == _PACKAGE]:
        del sys.modules[name]
    package = _module(_PACKAGE)
    inner = _module(f"{_PACKAGE}.autograder_utils")
    files_module = _module(f"{_PACKAGE}.autograder_utils.files")
    vars(files_module).update(SUBMISSION_BASE=_SUBMISSION, check_submitted_files=_checker(files))
    sys.modules[f"{_PACKAGE}.autograder_utils.decorators"] = decorators
    vars(inner).update(decorators=decorators, files=files_module)
    vars(package).update(autograder_utils=inner)


def _module(name: str) -> ModuleType:
    module = ModuleType(name)
    module.__path__ = []
    sys.modules[name] = module
    return module


def _checker(files: Sequence[str]) -> Callable[..., list[str]]:
    submitted = frozenset(files)

    def check_submitted_files(paths: Sequence[str], base: str = _SUBMISSION) -> list[str]:
        """The paths that were not handed in; only regular files that were taken into the submission count."""
        if base != _SUBMISSION:
            return [path for path in paths if not Path(base, path).is_file()]
        return [path for path in paths if str(PurePosixPath(path)) not in submitted]

    return check_submitted_files
