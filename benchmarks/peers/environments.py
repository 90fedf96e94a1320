"""An environment of its own for each peer, kept from run to run outside the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

PACKAGES = {
    "gradescope-utils": ("gradescope-utils",),
    "pytest": ("pytest",),
    "otter": ("otter-grader", "ipykernel"),  # a kernel, since otter runs a script as a notebook
}


def cache() -> Path:
    """Where the environments are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "derivation-autograder" / "peers"


def interpreter(peer: str, folder: Path) -> Path | str:
    """The python of a peer's environment, made where it is not there yet; or why there is none.

    NumPy, SymPy and torch are those of this environment, by a path file: all graders then load the very same libraries, and
    nothing of several hundred MB is installed three times. What the peer itself needs is installed into its own.
    """
    place = folder / peer
    python, done = place / "bin" / "python", place / "installed"
    if done.is_file():
        return python
    print(f"installing {', '.join(PACKAGES[peer])} into {place}", file=sys.stderr, flush=True)
    try:
        _run(sys.executable, "-m", "venv", "--clear", str(place))
        (packages,) = place.glob("lib/python*/site-packages")
        paths = sysconfig.get_paths()
        (packages / "shared.pth").write_text("\n".join(dict.fromkeys([paths["purelib"], paths["platlib"]])) + "\n")
        _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES[peer])
    except subprocess.CalledProcessError as error:
        return f"could not be installed: {error.stderr.decode(errors='replace').strip()[-200:]}"
    done.touch()
    return python


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands
