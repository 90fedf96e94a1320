"""What this machine offers for grading, found out without importing anything heavy or running anything of a student's."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.equality.exact import HAS_FLINT
from autograder.processes import control_group, cores

if TYPE_CHECKING:
    from autograder.sandbox import Report

OLDEST_PYTHON = (3, 11)
_FONTS = ("DejaVuSans", "DejaVuSansMono", "STIXGeneral")

NEEDED: Mapping[str, str] = {"numpy": "2", "sympy": "1.13"}
"""Libraries without which nothing can be graded, with the oldest version that will do."""

USEFUL: Mapping[str, str] = {
    "python-flint": "0.7",
    "torch": "2.5",
    "matplotlib": "3.9",
    "pytest": "8",
    "gradescope-utils": "0.5",
}
"""Libraries that some parts need, or that make grading faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What was found.

    Args:
        python: version of the interpreter.
        system: name and release of the system ("Linux 6.8.0").
        architecture: of the processor ("x86_64").
        cores: processors that may be used, a share of one included ("0.5" in a small container).
        memory: bytes that may be used, None where the system does not tell.
        root: whether this is root.
        versions: by library, its installed version or None.
        fonts: names of the fonts of matplotlib that are missing, None where matplotlib itself is.
        unicode: whether what is printed may hold Greek letters and signs of mathematics.
        flint: whether exact arithmetic uses python-flint, and not its stand-in in pure Python.
        report: what the canary saw in the sandbox, None where the sandbox does not start.
        trouble: why the sandbox does not start, or "".
    """

    python: str
    system: str
    architecture: str
    cores: float
    memory: int | None
    root: bool
    versions: Mapping[str, str | None]
    flint: bool
    report: Report | None
    trouble: str = ""
    fonts: tuple[str, ...] | None = ()
    unicode: bool = True

    @property
    def on_linux(self) -> bool:
        """Whether the kernel can have Landlock and a system-call filter at all."""
        return self.system.startswith("Linux")

    @property
    def landlock(self) -> int:
        """The version of the kernel's Landlock interface, 0 where there is none."""
        said = "" if self.report is None else self.report.versions.get("Landlock", "")
        return int(said) if said.isdigit() else 0

    @property
    def has_filter(self) -> bool:
        """Whether system calls can be filtered (seccomp)."""
        return self.report is not None and "filter" in self.report.mechanisms


def look_around() -> Machine:
    """Look at this machine; starts a sandbox for its canary, which takes a second."""
    report, trouble = _canary()
    return Machine(
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()}",
        architecture=platform.machine(),
        cores=cores(),
        memory=_memory(),
        root=hasattr(os, "geteuid") and os.geteuid() == 0,
        versions={name: installed(name) for name in (*NEEDED, *USEFUL)},
        flint=HAS_FLINT,
        report=report,
        trouble=trouble,
        fonts=_missing_fonts(),
        unicode=_prints("σ² ≤ ‖x‖"),
    )


def _missing_fonts() -> tuple[str, ...] | None:
    """The fonts that figures of notebooks are drawn with and that matplotlib should have brought, without importing it."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    return tuple(name for name in _FONTS if not (folder / f"{name}.ttf").is_file())


def _prints(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def installed(name: str) -> str | None:
    """The version of an installed library by its metadata, without importing it."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def is_older(version: str, oldest: str) -> bool:
    """Whether a version comes before another; only the numbers in front count.

    >>> is_older("1.9", "1.13"), is_older("2.13.0+cpu", "2.5")
    (True, False)
    """
    return _numbers(version) < _numbers(oldest)


def _numbers(version: str) -> tuple[int, ...]:
    found = []
    for piece in version.partition("+")[0].split("."):
        if not piece.isdigit():
            break
        found.append(int(piece))
    return tuple(found)


def _canary() -> tuple[Report | None, str]:
    try:
        from autograder.sandbox import SandboxError, probe
    except ImportError as error:
        return None, f"a library is missing: {error}"
    try:
        return probe(), ""
    except SandboxError as error:
        return None, str(error)


def _memory() -> int | None:
    try:
        found = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return None
    most = control_group("memory.max")
    return min(found, int(most)) if most.isdigit() else found
